"""Owns the shapes of a rough tree: what was read, as it was meant to nest, before anyone judges it."""

from dataclasses import dataclass, field
from typing import Literal

from .blocks import Inline


@dataclass(slots=True)
class RawParagraph:
    """`level` is that of a heading, 0 for none; `list_level` that of Word. Loose text has no element of its own."""

    inlines: list[Inline] = field(default_factory=list)
    level: Literal[0, 1, 2] = 0
    list_level: int | None = None
    marker: str | None = None
    loose: bool = True


@dataclass(slots=True)
class RawItem:
    children: "list[RawNode]" = field(default_factory=list)
    level: int | None = None
    closed: bool = False


@dataclass(slots=True)
class RawList:
    """`children` are items and, where the source is loose about it, anything else."""

    ordered: bool = False
    start: int = 1
    children: "list[RawNode]" = field(default_factory=list)
    closed: bool = False


@dataclass(slots=True)
class RawQuotation:
    children: "list[RawNode]" = field(default_factory=list)


@dataclass(slots=True)
class RawCell:
    children: "list[RawNode]" = field(default_factory=list)
    heading: bool = False
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class RawTable:
    """`before` is what stands in the table before its first row, such as a caption."""

    before: "list[RawNode]" = field(default_factory=list)
    rows: list[list[RawCell]] = field(default_factory=list)


RawNode = RawParagraph | RawItem | RawList | RawQuotation | RawTable
