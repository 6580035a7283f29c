"""Writes a Document as plain text that reads like an e-mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from returns import richtext
from returns.appendix.document import NO_ANSWER, NOTHING_APPROVED, Document, Part, Section

WIDTH = 78


def render(document: Document) -> str:
    """Lines of at most 78 characters (but for a longer word), underlined headings, a blank line between blocks."""
    return "\n\n".join(_blocks(document)) + "\n"


def _blocks(document: Document) -> Iterator[str]:
    if document.preview:
        yield _wrapped(document.preview)
    yield _heading(document.title, "=")
    if document.imprint:
        yield "\n".join(_wrapped(line) for line in document.imprint)
    if not document.sections:
        yield NOTHING_APPROVED
    for chapter in document.chapters:
        if isinstance(chapter, Part):
            yield from _part(chapter)
        else:
            yield from _section(chapter, question_once=document.question_once)


def _part(part: Part) -> Iterator[str]:
    yield "\n" + _heading(part.title, "=")
    yield richtext.to_text(part.blocks, width=WIDTH)
    if part.signature:
        yield _wrapped(part.signature)


def _section(section: Section, *, question_once: bool = False) -> Iterator[str]:
    yield "\n" + _heading(section.agency, "=")
    yield from map(_wrapped, section.lines_instead)
    for passage in section.passages:
        if not question_once:
            yield _heading(passage.question, "-")
        yield richtext.to_text(passage.blocks, width=WIDTH) or NO_ANSWER


def _heading(text: str, line: str) -> str:
    wrapped = _wrapped(text)
    return f"{wrapped}\n{line * min(WIDTH, max(map(len, wrapped.splitlines())))}"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
