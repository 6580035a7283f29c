"""Which short forms an appendix uses, and the part that expands them. Knows a document, and no register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from returns import richtext
from returns.appendix.document import Part, Section

_SHORT = re.compile(r"(?<![\w&])[A-Z][A-Za-z&]{1,11}(?![\w&])")
_HEADER = ("Short form", "What it stands for")


def glossary(sections: Iterable[Section], meanings: Mapping[str, str]) -> Part:
    """A table of those that occur, in the order of the alphabet; without blocks where none does."""
    rows = tuple((_cell(short), _cell(meanings[short])) for short in occurring(sections, meanings.keys()))
    table = richtext.Table(tuple(map(_cell, _HEADER)), rows)
    return Part("glossary", "Short forms", (table,) if rows else ())


def occurring(sections: Iterable[Section], known: Set[str]) -> list[str]:
    """Those of the known ones that stand somewhere, by themselves or in the plural, in the order of the alphabet."""
    found = {short for text in _texts(sections) for short in _SHORT.findall(text)}
    return sorted((found | {short.removesuffix("s") for short in found}) & known, key=str.casefold)


def _texts(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.nil_reason
        for passage in section.passages:
            for inlines in richtext.leaves(passage.blocks):
                yield "".join(each.text for each in inlines if isinstance(each, richtext.Text))


def _cell(text: str) -> richtext.Cell:
    return richtext.Cell((richtext.Text(text),))
