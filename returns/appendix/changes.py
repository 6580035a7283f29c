"""Says chapter by chapter what is different between two documents. Pure: knows neither editions nor a database."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TypedDict

from returns.appendix.document import Document, Part, Section

Chapter = Part | Section


class Change(TypedDict):
    """`what` is added, late, changed, removed or moved; `anchor` is "" for what has no place in the document."""

    name: str
    anchor: str
    what: str


def changes(before: Document, after: Document) -> list[Change]:
    """In the order of the later document, what is gone at the end. The imprint counts for nothing."""
    earlier, later = _chapters(before), _chapters(after)
    moved = _moved([key for key in earlier if key in later], [key for key in later if key in earlier])
    found: list[Change] = []
    if _head(before) != _head(after):
        found.append({"name": "Title and period", "anchor": "", "what": "changed"})
    for key, chapter in later.items():
        what = _what(earlier.get(key), chapter) or ("moved" if key in moved else "")
        if what:
            found.append({"name": _name(chapter), "anchor": chapter.anchor, "what": what})
    gone = (chapter for key, chapter in earlier.items() if key not in later)
    found += [{"name": _name(chapter), "anchor": "", "what": "removed"} for chapter in gone]
    return found


def _head(document: Document) -> tuple[object, ...]:
    return document.title, document.period_start, document.period_end, document.question_once


def _chapters(document: Document) -> dict[tuple[str, str], Chapter]:
    """By what stays the same when the others change: an agency's name, the kind of a part."""
    return {
        ("part", one.anchor) if isinstance(one, Part) else ("agency", one.agency): one
        for one in document.chapters
    }


def _what(before: Chapter | None, after: Chapter) -> str:
    if before is None:
        return "added"
    if _content(before) == _content(after):
        return ""
    return "late" if _is_missing(before) and not _is_missing(after) else "changed"


def _content(chapter: Chapter) -> tuple[object, ...]:
    """What is read under the name; addresses within the document are not."""
    if isinstance(chapter, Part):
        return chapter.title, chapter.blocks, chapter.signature
    passages = [(passage.question, passage.blocks) for passage in chapter.passages]
    return passages, chapter.instead, chapter.nil_reason


def _is_missing(chapter: Chapter) -> bool:
    return isinstance(chapter, Section) and chapter.is_missing


def _moved(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """As few as explain the new order."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {before[place] for block in blocks for place in range(block.a, block.a + block.size)}
    return set(before) - kept


def _name(chapter: Chapter) -> str:
    return chapter.title if isinstance(chapter, Part) else chapter.agency
