"""Owns blocks as JSON-able data and back; knows no HTML."""

from collections.abc import Sequence
from typing import Any

from .blocks import (
    Block,
    Blocks,
    BulletList,
    Cell,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListItem,
    NumberedList,
    Paragraph,
    Quotation,
    Table,
    Text,
)

Data = list[dict[str, Any]]


def to_data(blocks: Sequence[Block]) -> Data:
    """A list of {"type": …}. Inline content is a list of strings, {"text", "bold"?, "italic"?, "href"?} and "\\n"."""
    return [_block(block) for block in blocks]


def from_data(data: Data) -> Blocks:
    """The blocks `to_data` was given. Raises ValueError for a type it does not know, KeyError for a missing part."""
    return tuple(_from_block(each) for each in data)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(inlines):
            return {"type": "paragraph", "text": _inlines(inlines)}
        case Heading(level, inlines):
            return {"type": "heading", "level": level, "text": _inlines(inlines)}
        case BulletList(items):
            return {"type": "bullets", "items": [to_data(item.blocks) for item in items]}
        case NumberedList(items, start):
            return {"type": "numbers", "start": start, "items": [to_data(item.blocks) for item in items]}
        case Quotation(inner):
            return {"type": "quotation", "blocks": to_data(inner)}
        case Table(header, rows):
            return {"type": "table", "header": _row(header), "rows": [_row(row) for row in rows]}


def _row(row: Sequence[Cell]) -> list[list[Any]]:
    return [_inlines(cell.inlines) for cell in row]


def _inlines(inlines: Inlines) -> list[Any]:
    return [_inline(inline) for inline in inlines]


def _inline(inline: Inline) -> str | dict[str, Any]:
    if isinstance(inline, LineBreak):
        return "\n"
    marks: dict[str, Any] = {"bold": inline.bold, "italic": inline.italic, "href": inline.href}
    kept = {name: value for name, value in marks.items() if value}
    return {"text": inline.text, **kept} if kept or inline.text == "\n" else inline.text


def _from_block(data: dict[str, Any]) -> Block:
    match data["type"]:
        case "paragraph":
            return Paragraph(_from_inlines(data["text"]))
        case "heading":
            return Heading(2 if data["level"] == 2 else 1, _from_inlines(data["text"]))
        case "bullets":
            return BulletList(_from_items(data["items"]))
        case "numbers":
            return NumberedList(_from_items(data["items"]), data["start"])
        case "quotation":
            return Quotation(from_data(data["blocks"]))
        case "table":
            return Table(_from_row(data["header"]), tuple(_from_row(row) for row in data["rows"]))
        case unknown:
            raise ValueError(f"There is no block of the type {unknown!r}.")


def _from_items(data: list[Data]) -> tuple[ListItem, ...]:
    return tuple(ListItem(from_data(blocks)) for blocks in data)


def _from_row(data: list[list[Any]]) -> tuple[Cell, ...]:
    return tuple(Cell(_from_inlines(each)) for each in data)


def _from_inlines(data: list[Any]) -> Inlines:
    return tuple(_from_inline(each) for each in data)


def _from_inline(data: str | dict[str, Any]) -> Inline:
    if isinstance(data, str):
        return LineBreak() if data == "\n" else Text(data)
    return Text(data["text"], data.get("bold", False), data.get("italic", False), data.get("href"))
