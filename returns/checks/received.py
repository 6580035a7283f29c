"""Owns reading HTML as it was received: what a person would have seen, nothing repaired; knows no rule.

The application keeps clean blocks. A file of answers has not been cleaned, and what is wrong with it (typed bullets,
markers that Word wrote) is what a check of the file is for. So every block and line break begins a new line here, and
a list item is one only when the mark-up says so.
"""

from returns.richtext import Block, Blocks, BulletList, Heading, LineBreak, ListItem, Paragraph, Text
from returns.richtext.blocks import Inline
from returns.richtext.elements import BLOCKS, GAPS
from returns.richtext.limits import check_length
from returns.richtext.tokens import Token, tokenize

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th"})


def as_received(html: str) -> Blocks:
    """Flat blocks of any HTML with every visible word, in order. Raises TooMuch."""
    check_length(html)
    found: list[Block] = []
    line: list[Inline] = []
    kind = "paragraph"
    for token in tokenize(html):
        if token.kind in ("start", "end") and token.name in BLOCKS:
            found += _block(kind, line)
            line, kind = [], _kind_after(token, kind)
        else:
            line += _inlines(token)
    return (*found, *_block(kind, line))


def _block(kind: str, line: list[Inline]) -> list[Block]:
    """None of a line without words."""
    inlines = tuple(line)
    if not any(isinstance(each, Text) and each.text.strip() for each in inlines):
        return []
    if kind == "heading":
        return [Heading(1, inlines)]
    if kind == "item":
        return [BulletList((ListItem((Paragraph(inlines),)),))]
    return [Paragraph(inlines)]


def _kind_after(token: Token, kind: str) -> str:
    """What the words after the start or end of a block are. A paragraph within an item is still the item's."""
    if token.kind == "start" and token.name == "li":
        return "item"
    if token.kind == "start" and token.name in _HEADINGS:
        return "heading"
    return kind if token.kind == "start" and token.name == "p" and kind == "item" else "paragraph"


def _inlines(token: Token) -> list[Inline]:
    if token.kind == "text":
        return [Text(" ".join(token.value.split("\n")))]
    if token.kind in ("start", "end") and token.name == "br":
        return [LineBreak()]
    return [Text(" ")] if token.kind in ("start", "end") and token.name in GAPS else []
