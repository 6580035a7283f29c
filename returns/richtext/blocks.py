"""Owns the shapes an answer is made of once it is clean; knows neither HTML nor how a shape is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters with the same marks; `href` is an http, https or mailto address."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line inside a paragraph or a cell."""


Inline = Text | LineBreak
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    """A sub-heading. A level 2 never comes before the first level 1; never bold, never over two lines."""

    level: Literal[1, 2]
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class ListItem:
    """Paragraphs, lists and quotations; never empty, and never starting with a list."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    """`start` is the number of the first item, 0 to 999."""

    items: tuple[ListItem, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quotation:
    """Paragraphs, lists and, once, another quotation."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Cell:
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Table:
    """At least two columns; every row has as many cells as the header. Only ever at the top of a text."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Heading | BulletList | NumberedList | Quotation | Table
Blocks = tuple[Block, ...]


def leaves(blocks: Sequence[Block]) -> Iterator[Inlines]:
    """The inline content of every paragraph, heading, item and cell, in reading order."""
    for block in blocks:
        match block:
            case Paragraph(inlines) | Heading(_, inlines):
                yield inlines
            case BulletList(items) | NumberedList(items):
                for item in items:
                    yield from leaves(item.blocks)
            case Quotation(inner):
                yield from leaves(inner)
            case Table(header, rows):
                for row in (header, *rows):
                    yield from (cell.inlines for cell in row)
