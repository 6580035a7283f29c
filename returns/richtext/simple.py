"""Owns the plain notation a person writes without an editor: how blocks are put into it. Knows no HTML.

    # Sub-heading          - bullet              **bold**  *italic*
    ## Smaller one         1. number             [text](https://example.org)
    > quotation              - two spaces deeper  | a | table |

A blank line stands between blocks, a new line is a new line, and a backslash takes a sign literally.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from .blocks import (
    Block,
    BulletList,
    Cell,
    Heading,
    Inlines,
    ListItem,
    NumberedList,
    Paragraph,
    Quotation,
    Table,
    Text,
)
from .inlines import Line, lines
from .simple_reading import from_simple

__all__ = ["from_simple", "to_simple"]

_LIKE_A_MARKER = re.compile(r"(?=-(?:\s|$)|#{1,6}(?:\s|$)|[>|])|[0-9]{1,9}(?=[.)](?:\s|$))")
_LIKE_A_RULE = re.compile(r"[\s:-]+")


def to_simple(blocks: Sequence[Block]) -> str:
    """The blocks in the plain notation; `clean(from_simple(…))` gives back blocks in canonical form exactly."""
    return "\n".join(_blocks(blocks))


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    before: Block | None = None
    for block in blocks:
        tight = isinstance(before, Paragraph) and isinstance(block, BulletList | NumberedList)
        if before is not None and not tight:
            yield ""
        yield from _block(block)
        before = block


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(inlines):
            yield from (_not_a_marker(_line(line)) for line in lines(inlines))
        case Heading(level, inlines):
            yield "#" * level + " " + _flat(inlines)
        case BulletList(items):
            for item in items:
                yield from _item("- ", item)
        case NumberedList(items, start):
            for number, item in enumerate(items, start):
                yield from _item(f"{number}. ", item)
        case Quotation(inner):
            yield from (f"> {line}" if line else ">" for line in _blocks(inner))
        case Table(header, rows):
            yield from (_row(row) for row in (header, *rows))


def _not_a_marker(text: str) -> str:
    """The line, a backslash before the sign that would make it something else."""
    found = _LIKE_A_MARKER.match(text)
    return text[: found.end()] + "\\" + text[found.end() :] if found else text


def _item(marker: str, item: ListItem) -> Iterator[str]:
    for number, line in enumerate(_blocks(item.blocks)):
        yield (f"  {line}" if line else "") if number else marker + line


def _row(row: Iterable[Cell]) -> str:
    return "|" + "|".join(f" {_cell(cell.inlines)} " for cell in row) + "|"


def _cell(inlines: Inlines) -> str:
    """A lone backslash is a line break in a cell."""
    text = " \\ ".join(_line(line).replace("|", "\\|") for line in lines(inlines))
    return "\\" + text if _LIKE_A_RULE.fullmatch(text) else text


def _flat(inlines: Inlines) -> str:
    return " ".join(_line(line) for line in lines(inlines))


def _line(line: Line) -> str:
    """Asterisks where marks change, links around runs with the same address."""
    parts: list[str] = []
    last, opened = Text(""), Text("")
    for piece in (*line, Text("")):
        if last.href and last.href != piece.href:
            # What was turned on in the link and ends with it is turned off in it.
            bold = last.bold and (opened.bold or piece.bold)
            italic = last.italic and (opened.italic or piece.italic)
            parts += [_turned(last.bold != bold, last.italic != italic), _closing(last.href)]
            last = Text("", bold, italic)
        if piece.href and piece.href != last.href:
            # What is turned on or off where a link begins stands before it, what goes on in it stays on.
            opened = piece
            parts += [_turned(last.bold != piece.bold, last.italic != piece.italic), "["]
        else:
            parts.append(_turned(last.bold != piece.bold, last.italic != piece.italic))
        parts.append(_literal(piece.text, in_link=piece.href is not None))
        last = piece
    return "".join(parts)


def _turned(bold: bool, italic: bool) -> str:
    return "**" * bold + "*" * italic


def _closing(href: str) -> str:
    return "](" + re.sub(r"([\\()])", r"\\\1", href) + ")"


def _literal(text: str, *, in_link: bool) -> str:
    return re.sub(r"[\\*\[\]]" if in_link else r"[\\*]|\](?=\(|$)", lambda found: "\\" + found[0], text)
