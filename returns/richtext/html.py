"""Owns the canonical HTML of blocks; knows nothing of where the blocks come from. Everything is escaped here."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby

from .blocks import (
    Block,
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
)

Wrap = Callable[[Inlines], str]


def to_html(blocks: Sequence[Block], *, heading_base: int = 3) -> str:
    """Canonical HTML; level 1 is `<h{heading_base}>`, level 2 one deeper. No white space between elements."""
    return render(blocks, inlines_html, heading_base)


def render(blocks: Iterable[Block], wrap: Wrap, heading_base: int) -> str:
    """The blocks as HTML, `wrap` making the HTML of each inline content."""
    return "".join(_block(block, wrap, heading_base) for block in blocks)


def _block(block: Block, wrap: Wrap, base: int) -> str:
    match block:
        case Paragraph(inlines):
            return f"<p>{wrap(inlines)}</p>"
        case Heading(level, inlines):
            return f"<h{base + level - 1}>{wrap(inlines)}</h{base + level - 1}>"
        case BulletList(items):
            return f"<ul>{_items(items, wrap, base)}</ul>"
        case NumberedList(items, start):
            return f"{opening_ol(start)}{_items(items, wrap, base)}</ol>"
        case Quotation(inner):
            return f"<blockquote>{render(inner, wrap, base)}</blockquote>"
        case Table(header, rows):
            return table_html(row_html(header, "th", wrap), [row_html(row, "td", wrap) for row in rows])


def opening_ol(start: int) -> str:
    return "<ol>" if start == 1 else f'<ol start="{start}">'


def _items(items: Iterable[ListItem], wrap: Wrap, base: int) -> str:
    return "".join(item_html(item, wrap, base) for item in items)


def item_html(item: ListItem, wrap: Wrap, base: int) -> str:
    """An item; its only paragraph needs no `<p>` when it comes first."""
    first = item.blocks[0] if item.blocks else None
    if isinstance(first, Paragraph) and not any(isinstance(block, Paragraph) for block in item.blocks[1:]):
        return f"<li>{wrap(first.inlines)}{render(item.blocks[1:], wrap, base)}</li>"
    return f"<li>{render(item.blocks, wrap, base)}</li>"


def row_html(row: Iterable[Cell], tag: str, wrap: Wrap) -> str:
    cells = "".join(f"<{tag}>{wrap(cell.inlines) if cell.inlines else ''}</{tag}>" for cell in row)
    return f"<tr>{cells}</tr>"


def table_html(header: str, rows: Sequence[str]) -> str:
    body = f"<tbody>{''.join(rows)}</tbody>" if rows else ""
    return f"<table><thead>{header}</thead>{body}</table>"


def inlines_html(inlines: Iterable[Inline]) -> str:
    """Texts and line breaks; neighbouring texts with the same address are one link."""
    parts: list[str] = []
    for href, run in groupby(
        inlines, key=lambda inline: None if isinstance(inline, LineBreak) else inline.href
    ):
        inner = "".join(map(_inline, run))
        parts.append(f'<a href="{escape(href)}">{inner}</a>' if href else inner)
    return "".join(parts)


def _inline(inline: Inline) -> str:
    if isinstance(inline, LineBreak):
        return "<br>"
    text = escape(inline.text, quote=False)
    if inline.italic:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if inline.bold else text
