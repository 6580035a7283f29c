"""Owns rich text: HTML in, clean HTML, blocks and plain text out. Pure: knows no Django, no database, none of ours."""

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
from .cleaning import Cleaned, clean, parse
from .data import from_data, to_data
from .html import to_html
from .limits import TooMuch
from .text import count_words, to_text, visible_text

__all__ = [
    "Block",
    "Blocks",
    "BulletList",
    "Cell",
    "Cleaned",
    "Heading",
    "Inline",
    "Inlines",
    "LineBreak",
    "ListItem",
    "NumberedList",
    "Paragraph",
    "Quotation",
    "Table",
    "Text",
    "TooMuch",
    "clean",
    "count_words",
    "from_data",
    "parse",
    "to_data",
    "to_html",
    "to_text",
    "visible_text",
]
