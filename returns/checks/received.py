"""Owns reading HTML as it was received: what a person would have seen, nothing repaired; knows no rule.

The application keeps clean blocks. A file of answers has not been cleaned, and what is wrong with it (typed bullets,
markers that Word wrote) is what a check of the file is for. So every block and line break begins a new line here, and
a list item is one only when the mark-up says so.
"""

from returns.richtext import Block, Blocks, BulletList, Heading, LineBreak, ListItem, Paragraph, Text
from returns.richtext.blocks import Inline
from returns.richtext.elements import BLOCKS, GAPS
from returns.richtext.limits import check_length
from returns.richtext.tokens import tokenize

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th"})
_LISTS = frozenset({"ul", "ol", "menu"})


def as_received(html: str) -> Blocks:
    """Flat blocks of any HTML with every visible word, in order. Raises TooMuch."""
    check_length(html)
    found: list[Block] = []
    line: list[Inline] = []
    kind = "paragraph"

    def end_block() -> None:
        nonlocal kind
        inlines = tuple(line)
        line.clear()
        if any(isinstance(each, Text) and each.text.strip() for each in inlines):
            if kind == "heading":
                found.append(Heading(1, inlines))
            elif kind == "item":
                found.append(BulletList((ListItem((Paragraph(inlines),)),)))
            else:
                found.append(Paragraph(inlines))

    for token in tokenize(html):
        if token.kind == "text":
            line.append(Text(" ".join(token.value.split("\n"))))
        elif token.kind not in ("start", "end"):
            continue
        elif token.name == "br":
            line.append(LineBreak())
        elif token.name in BLOCKS:
            end_block()
            if token.kind == "end" or token.name in _LISTS:
                kind = "paragraph"
            elif token.name == "li":
                kind = "item"
            elif token.name in _HEADINGS:
                kind = "heading"
            elif token.name != "p" or kind != "item":
                kind = "paragraph"
        elif token.name in GAPS:
            line.append(Text(" "))
    end_block()
    return tuple(found)
