"""Which short forms an appendix uses, and the part that expands them. Knows a document, and no register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from returns import richtext
from returns.appendix.document import Part, Section

Chapters = Iterable[Part | Section]

_SHORT = re.compile(r"(?<![\w&])[A-Z][A-Za-z&]{1,11}(?![\w&])")
ANCHOR = "glossary"
_HEADER = ("Short form", "What it stands for")


def glossary(chapters: Chapters, meanings: Mapping[str, str]) -> Part:
    """A table of those that occur, in the order of the alphabet; without blocks where none does."""
    rows = tuple((_cell(short), _cell(meanings[short])) for short in occurring(chapters, meanings.keys()))
    table = richtext.Table(tuple(map(_cell, _HEADER)), rows)
    return Part(ANCHOR, "Short forms", (table,) if rows else ())


def occurring(chapters: Chapters, known: Set[str]) -> list[str]:
    """Those of the known ones that stand somewhere, by themselves or in the plural, in the order of the alphabet."""
    found = {short for one in chapters for text in _texts(one) for short in _SHORT.findall(text)}
    return sorted((found | {short.removesuffix("s") for short in found}) & known, key=str.casefold)


def _texts(chapter: Part | Section) -> Iterator[str]:
    """What is printed of an agency, or of what stands around the agencies; but not what expands the short forms."""
    if isinstance(chapter, Part):
        yield from _lines(chapter.blocks) if chapter.anchor != ANCHOR else ()
        return
    yield from (chapter.instead, chapter.nil_reason)
    for passage in chapter.passages:
        yield passage.question
        yield from _lines(passage.blocks)


def _lines(blocks: richtext.Blocks) -> Iterator[str]:
    for inlines in richtext.leaves(blocks):
        yield "".join(each.text for each in inlines if isinstance(each, richtext.Text))


def _cell(text: str) -> richtext.Cell:
    return richtext.Cell((richtext.Text(text),))
