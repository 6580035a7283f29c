"""Keeps what the pages of a published document are made of, so that each is written once and read often."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.utils.safestring import SafeString

from returns.appendix import to_html
from returns.appendix.document import Document

MOST = 24  # documents; one of nine agencies takes about 200 kB


@dataclass(frozen=True, slots=True)
class Chapter:
    anchor: str
    name: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The whole as one page, and each chapter as one of its own."""

    title: str
    chapters: tuple[Chapter, ...]
    body: SafeString
    alone: dict[str, SafeString]

    def around(self, anchor: str) -> tuple[Chapter, Chapter | None, Chapter | None]:
        """The chapter, the one before it and the one after it. Raises ValueError for one that is not there."""
        at = [one.anchor for one in self.chapters].index(anchor)
        before = self.chapters[at - 1] if at else None
        after = self.chapters[at + 1] if at + 1 < len(self.chapters) else None
        return self.chapters[at], before, after


_kept: OrderedDict[str, Pages] = OrderedDict()
_lock = Lock()


def pages_of(sha256: str, document: Callable[[], Document]) -> Pages:
    """By the document's SHA-256, so what is kept can never be another text's; `document` is asked for when needed."""
    with _lock:
        if sha256 in _kept:
            _kept.move_to_end(sha256)
            return _kept[sha256]
    made = _made(document())
    with _lock:
        _kept[sha256] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def _made(document: Document) -> Pages:
    chapters = tuple(Chapter(one.anchor, one.name) for one in document.chapters)
    return Pages(
        title=document.title,
        chapters=chapters,
        body=to_html.render_body(document, permalinks=True),
        alone=to_html.render_sections(document),
    )
