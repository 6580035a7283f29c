"""Makes of a Document the plain data that the PDF's template sets. Knows blocks and characters, not typst or fonts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from returns.appendix.document import NO_ANSWER, NOTHING_APPROVED, Document, Logo, Part, Section
from returns.appendix.pictures import fit
from returns.appendix.tables import shares
from returns.richtext import (
    Block,
    BulletList,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    NumberedList,
    Paragraph,
    Quotation,
    Table,
    Text,
    leaves,
)

REPLACEMENT = "\ufffd"
# Longer than any word of a language the service is used in; a line of the page holds about 75 characters.
LONGEST_WORD = 40
_LINE_OF_TABLE = 70
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_BREAK = "\u200b"

Data = dict[str, Any]


def strings(document: Document) -> Iterator[tuple[str, str]]:
    """Every (agency, text) that is set, in the form it is set in; the document's own words belong to no agency."""
    logo = document.look.logo
    own = (document.title, document.label, document.name, document.preview, document.partnership)
    for text in (*own, logo.alt if logo else "", *document.imprint):
        yield "", tidy(text)
    for part in (*document.before, *document.after):
        yield "", tidy(f"{part.title} {part.signature}")
        yield from (("", text) for text in _texts(part.blocks))
    for section in document.sections:
        for text in (
            section.agency,
            section.instead,
            section.nil_reason,
            *(passage.question for passage in section.passages),
        ):
            yield section.agency, tidy(text)
        for passage in section.passages:
            yield from ((section.agency, text) for text in _texts(passage.blocks))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for inlines in leaves(blocks):
        yield tidy("".join(each.text for each in inlines if isinstance(each, Text)))


def tidy(text: str) -> str:
    """In composed characters, which more fonts hold, and without what would change how its surroundings read."""
    return _FORBIDDEN.sub("", unicodedata.normalize("NFC", text))


class Writer:
    """Writes a document's data; `missing` are the characters that no font holds."""

    def __init__(self, missing: Iterable[str] = ()) -> None:
        self._missing = str.maketrans(dict.fromkeys(missing, REPLACEMENT))

    def document(self, document: Document) -> Data:
        return {
            "title": self._text(document.title),
            "author": self._text(document.partnership),
            "notice": self._text(document.preview),
            "footer": self._line(f"{document.label}: {document.name}"),
            "logo": self._logo(document.look.logo),
            "title-parts": [{"role": part.role, **self._line(part.text)} for part in document.title_parts],
            "period": document.period,
            "imprint": [self._line(line) for line in document.imprint],
            "contents": "Contents",
            "empty": "" if document.sections else NOTHING_APPROVED,
            "sections": [
                self._part(one) if isinstance(one, Part) else self._section(one, document.question_once)
                for one in document.chapters
            ],
        }

    def _logo(self, logo: Logo | None) -> Data | None:
        if logo is None:
            return None
        width, height = fit(logo.png)
        return {"png": list(logo.png), "alt": self._text(logo.alt), "width": width, "height": height}

    def _section(self, section: Section, question_once: bool) -> Data:
        """`question` is null where none stands above the text: sub-headings then come right below the name."""
        return {
            "name": self._line(section.agency),
            "before": [{"type": "paragraph", **self._line(line)} for line in section.lines_instead],
            "passages": [
                {
                    "question": None if question_once else self._line(passage.question),
                    "blocks": self._answer(passage.blocks),
                }
                for passage in section.passages
            ],
            "signature": None,
        }

    def _part(self, part: Part) -> Data:
        return {
            "name": self._line(part.title),
            "before": [],
            "passages": [{"question": None, "blocks": self._blocks(part.blocks)}],
            "signature": self._line(part.signature) if part.signature else None,
        }

    def _answer(self, blocks: Sequence[Block]) -> list[Data]:
        return self._blocks(blocks) if blocks else [{"type": "paragraph", **self._line(NO_ANSWER)}]

    def _blocks(self, blocks: Sequence[Block]) -> list[Data]:
        return [self._block(block) for block in blocks]

    def _block(self, block: Block) -> Data:
        match block:
            case Paragraph(inlines):
                return {"type": "paragraph", **self._inlines(inlines)}
            case Heading(level, inlines):
                return {"type": "heading", "level": level, **self._inlines(inlines)}
            case BulletList():
                return {"type": "bullets", **self._list(block)}
            case NumberedList(_, start):
                return {"type": "numbers", "start": start, **self._list(block)}
            case Quotation(inner):
                return {"type": "quotation", **_direction(leaves(inner)), "blocks": self._blocks(inner)}
            case Table():
                return self._table(block)

    def _list(self, block: BulletList | NumberedList) -> Data:
        return {
            "items": [self._blocks(item.blocks) for item in block.items],
            **_direction(leaves([block])),
        }

    def _table(self, table: Table) -> Data:
        widths = shares(table)
        longest = [max(4, int(_LINE_OF_TABLE * width) - 1) for width in widths]
        header, *body = [
            [self._inlines(cell.inlines, most) for cell, most in zip(row, longest, strict=True)]
            for row in (table.header, *table.rows)
        ]
        return {
            "type": "table",
            "widths": [round(width, 4) for width in widths],
            "header": header,
            "rows": body,
            **_direction(leaves([table])),
        }

    def _line(self, text: str) -> Data:
        return self._inlines((Text(" ".join(text.split())),))

    def _inlines(self, inlines: Inlines, longest: int = LONGEST_WORD) -> Data:
        """Strings, line breaks, marked runs, and runs with one address as one link: one stop for a screen reader."""
        parts: list[Any] = []
        for href, run in groupby(
            inlines, key=lambda each: None if isinstance(each, LineBreak) else each.href
        ):
            runs = [self._run(each, longest) for each in run]
            parts += [{"href": href, "runs": runs}] if href else runs
        return {"text": parts, **_direction([inlines])}

    def _run(self, inline: Inline, longest: int) -> str | Data:
        if isinstance(inline, LineBreak):
            return "\n"
        text = self._text(inline.text, longest)
        marks = {name: True for name in ("bold", "italic") if getattr(inline, name)}
        return {"text": text, **marks} if marks or text == "\n" else text

    def _text(self, text: str, longest: int = 0) -> str:
        text = tidy(text).translate(self._missing)
        if longest and len(text) > longest:
            return re.sub(rf"\S{{{longest},}}", lambda word: _breakable(word[0]), text)
        return text


def _breakable(word: str) -> str:
    """May be broken after any character, but not between one and what is combined with it."""
    parts = [word[0]]
    for character in word[1:]:
        joined = unicodedata.combining(character) or unicodedata.category(character) in (
            "Mn",
            "Mc",
            "Me",
            "Cf",
        )
        parts.append(character if joined or parts[-1] == "\u200d" else _BREAK + character)
    return "".join(parts)


def _direction(texts: Iterable[Inlines]) -> Data:
    """{"rtl": True} when the first letter is one of a script that runs from right to left."""
    for inlines in texts:
        for inline in inlines:
            for character in "" if isinstance(inline, LineBreak) or inline.text.isascii() else inline.text:
                match unicodedata.bidirectional(character):
                    case "R" | "AL":
                        return {"rtl": True}
                    case "L":
                        return {}
            if isinstance(inline, Text) and inline.text.isascii() and any(map(str.isalpha, inline.text)):
                return {}
    return {}
