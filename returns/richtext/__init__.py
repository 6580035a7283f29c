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
    leaves,
)
from .cleaning import Cleaned, clean, parse
from .data import from_data, to_data
from .diff import Change, Words, diff
from .diff_html import diff_html
from .html import to_html
from .limits import TooMuch
from .merge import Choice, Part, chosen, common, joined, merge
from .passages import (
    REMOVED,
    bare,
    clear_blocks,
    clear_pieces,
    clear_text,
    holds_piece,
    marked_html,
    occurrences,
)
from .simple import from_simple, to_simple
from .text import count_words, to_text, visible_text

__all__ = [
    "REMOVED",
    "Block",
    "Blocks",
    "BulletList",
    "Cell",
    "Change",
    "Choice",
    "Cleaned",
    "Heading",
    "Inline",
    "Inlines",
    "LineBreak",
    "ListItem",
    "NumberedList",
    "Paragraph",
    "Part",
    "Quotation",
    "Table",
    "Text",
    "TooMuch",
    "Words",
    "bare",
    "chosen",
    "clean",
    "clear_blocks",
    "clear_pieces",
    "clear_text",
    "common",
    "count_words",
    "diff",
    "diff_html",
    "from_data",
    "from_simple",
    "holds_piece",
    "joined",
    "leaves",
    "marked_html",
    "merge",
    "occurrences",
    "parse",
    "to_data",
    "to_html",
    "to_simple",
    "to_text",
    "visible_text",
]
