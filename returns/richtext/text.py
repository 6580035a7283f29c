"""Owns plain text: of blocks, and of any HTML; knows nothing of how HTML becomes blocks."""

import textwrap
from collections.abc import Iterator, Sequence

from .blocks import (
    Block,
    BulletList,
    Cell,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Quotation,
    Table,
    leaves,
)
from .changes import Changes
from .elements import BLOCKS, GAPS
from .inlines import plain
from .limits import check_length
from .tokens import tokenize
from .word import without_leftovers


def to_text(blocks: Sequence[Block], *, width: int | None = None) -> str:
    """Canonical plain text, a blank line between blocks. With `width` wrapped for e-mail, never inside a word."""
    text = "\n\n".join("\n".join(_block(block)) for block in blocks)
    return text if width is None else "\n".join(_wrapped(text.split("\n"), width))


def visible_text(html: str) -> str:
    """The words of any HTML as a person sees them, each block and line on a line. Raises TooMuch.

    Left out: tags, comments, script, style, title, tracked deletions, review comments and Word's list markers.
    """
    check_length(html)
    parts: list[str] = []
    for token in without_leftovers(tokenize(html), Changes()):
        if token.kind == "text":
            parts.append(token.value)
        elif token.kind in ("start", "end") and (token.name in BLOCKS or token.name == "br"):
            parts.append("\n")
        elif token.kind in ("start", "end") and token.name in GAPS:
            parts.append(" ")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def count_words(blocks: Sequence[Block]) -> int:
    """How many words a person typed: what stands between spaces and has a letter or a digit."""
    return sum(
        word.isalnum() or any(map(str.isalnum, word))
        for inlines in leaves(blocks)
        for word in plain(inlines).split()
    )


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(inlines) | Heading(_, inlines):
            yield from plain(inlines).split("\n")
        case BulletList(items):
            for item in items:
                yield from _item("\u2022 ", item)
        case NumberedList(items, start):
            for number, item in enumerate(items, start):
                yield from _item(f"{number}. ", item)
        case Quotation(inner):
            for place, part in enumerate(inner):
                if place:
                    yield ">"
                yield from (f"> {line}" if line else ">" for line in _block(part))
        case Table(header, rows):
            yield from _table(header, rows)


def _item(marker: str, item: ListItem) -> Iterator[str]:
    """The marker before the first line, the other lines two spaces further in."""
    for place, block in enumerate(item.blocks):
        if place and not isinstance(block, BulletList | NumberedList):
            yield ""
        for number, line in enumerate(_block(block)):
            yield (f"  {line}" if line else "") if place or number else marker + line


def _table(header: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """The header in a line; then every filled cell on a line with its header, rows apart."""
    yield " | ".join(plain(cell.inlines, " ") for cell in header)
    for row in rows:
        yield ""
        for head, cell in zip(header, row, strict=True):
            if cell.inlines:
                name = plain(head.inlines, " ")
                yield from (
                    (f"{name}: " if name else "")
                    .join(("", plain(cell.inlines)))
                    .replace("\n", "\n  ")
                    .split("\n")
                )


def _wrapped(lines: Sequence[str], width: int) -> Iterator[str]:
    for line in lines:
        if len(line) <= width:
            yield line
            continue
        indent = line[: len(line) - len(line.lstrip(" >"))]
        marked = line[len(indent) :]
        hanging = indent if not marked.startswith("\u2022 ") else indent + "  "
        yield from textwrap.wrap(
            marked,
            width,
            initial_indent=indent,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
