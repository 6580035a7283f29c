"""Owns the canonical plain text of an answer and how it falls into lines and sentences; knows no rule."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Literal, NamedTuple

from returns.richtext import Block, BulletList, Heading, NumberedList, Paragraph, Quotation, Table
from returns.richtext.blocks import Inlines
from returns.richtext.inlines import plain

from .dates import Dated, dates
from .passages import words_of
from .sentences import sentence_ends

Kind = Literal["paragraph", "heading", "item", "cell"]
_QUOTES = re.compile(r"[\"“”]")


class Line(NamedTuple):
    """A line of the text. Lines of the same `part` are one paragraph, heading, item or cell with line breaks."""

    start: int
    end: int
    kind: Kind
    part: int


class Sentence(NamedTuple):
    """`low` is the text in small letters, as long: to ignore capitals in an expression takes four times as long."""

    start: int
    end: int
    text: str
    low: str
    kind: Kind
    part: int


@dataclass(frozen=True, eq=False)
class Reading:
    """`text` is the canonical plain text: what people wrote, white space collapsed, each block and line on a line.

    List markers, table heads repeated for e-mail and other things that `richtext.to_text` adds are not in it, so that
    a typed bullet is told from a real one and every quotation is the writer's.
    """

    text: str
    lines: tuple[Line, ...]

    @cached_property
    def parts(self) -> tuple[Line, ...]:
        """The lines of a paragraph, item or cell as one span."""
        found: list[Line] = []
        for line in self.lines:
            if found and found[-1].part == line.part:
                found[-1] = found[-1]._replace(end=line.end)
            else:
                found.append(line)
        return tuple(found)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        found: list[Sentence] = []
        for part in self.parts:
            start = part.start
            for end in (*sentence_ends(self.text, part.start, part.end), part.end):
                body = self.text[start:end].strip()
                if body:
                    begin = self.text.index(body[0], start, end)
                    found.append(Sentence(begin, begin + len(body), body, small(body), part.kind, part.part))
                start = end
        return tuple(found)

    @cached_property
    def prose(self) -> tuple[Sentence, ...]:
        """The sentences that are no headings."""
        return tuple(sentence for sentence in self.sentences if sentence.kind != "heading")

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """Of each sentence of the prose."""
        return tuple(words_of(sentence.text) for sentence in self.prose)

    @cached_property
    def dates(self) -> list[Dated]:
        return dates(self.text)

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """Spans between double quotation marks, each within a paragraph."""
        found: list[tuple[int, int]] = []
        for part in self.parts:
            opened: int | None = None
            for mark in _QUOTES.finditer(self.text, part.start, part.end):
                if opened is None:
                    opened = mark.start() if mark[0] != "”" else None
                elif mark[0] != "“":
                    found.append((opened, mark.end()))
                    opened = None
        return tuple(found)

    def unquoted(self, sentence: Sentence) -> str:
        """The sentence with the words inside quotation marks blanked, as long as before."""
        text = sentence.text
        quoted = self.quoted
        # The spans lie one after the other, so those that end before the sentence are passed over at once.
        for number in range(bisect_right(quoted, sentence.start, key=itemgetter(1)), len(quoted)):
            start, end = quoted[number]
            if start >= sentence.end:
                break
            first, last = max(start - sentence.start, 0), min(end - sentence.start, len(text))
            text = text[:first] + " " * (last - first) + text[last:]
        return text


def small(text: str) -> str:
    """In small letters, every letter in its place: of all letters only İ becomes two."""
    return text.replace("İ", "I").lower()


def read(blocks: Sequence[Block]) -> Reading:
    """The canonical plain text of blocks, with where its lines are."""
    lines: list[Line] = []
    pieces: list[str] = []
    position = 0
    for part, (kind, inlines) in enumerate(_leaves(blocks, "paragraph")):
        for line in plain(inlines).split("\n"):
            tidy = " ".join(line.split())
            if tidy:
                pieces.append(tidy)
                lines.append(Line(position, position + len(tidy), kind, part))
                position += len(tidy) + 1
    return Reading("\n".join(pieces), tuple(lines))


def _leaves(blocks: Sequence[Block], kind: Kind) -> Iterator[tuple[Kind, Inlines]]:
    for block in blocks:
        match block:
            case Heading(_, inlines):
                yield "heading", inlines
            case Paragraph(inlines):
                yield kind, inlines
            case BulletList(items) | NumberedList(items):
                for item in items:
                    yield from _leaves(item.blocks, "item")
            case Quotation(inner):
                yield from _leaves(inner, kind)
            case Table(header, rows):
                for cell in header:
                    yield "heading", cell.inlines
                for row in rows:
                    yield from (("cell", cell.inlines) for cell in row)
