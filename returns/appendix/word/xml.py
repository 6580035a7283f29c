"""Writes WordprocessingML from text and blocks: runs, paragraphs, lists, tables. Knows no package and no document.

Whatever was typed passes through `escaped` and stands in `w:t`, so nothing in it is a field, a tag or a control.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from returns.appendix.tables import shares
from returns.richtext import (
    Block,
    BulletList,
    Cell,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    NumberedList,
    Paragraph,
    Quotation,
    Table,
    Text,
)

TAB = "<w:r><w:tab/></w:r>"
BULLETS = 1  # the one numbering that all bulleted lists share
_STEP = 397  # 7 mm a level, in twentieths of a point
_DEEPEST = 8
AFTER = 150  # below a paragraph, in twentieths of a point
WIDTH = 8164  # the text area: 144 mm
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_MILLIMETRE = 36_000  # in the drawing's units
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def escaped(text: str) -> str:
    """Text for an element, without what XML forbids and what would change how its surroundings read."""
    return escape(_FORBIDDEN.sub("", text))


def attribute(text: str) -> str:
    """The value of an attribute with its quotation marks."""
    return quoteattr(_FORBIDDEN.sub("", text))


def runs_rtl(text: str) -> bool:
    """Whether its first letter is of a script that runs from right to left."""
    if text.isascii():
        return False
    return next((unicodedata.bidirectional(one) != "L" for one in text if _strong(one)), False)


def _strong(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("L", "R", "AL")


def run(text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> str:
    marks = f'<w:rStyle w:val="{style}"/>' if style else ""
    marks += "<w:b/><w:bCs/>" if bold else ""
    marks += "<w:i/><w:iCs/>" if italic else ""
    marks += "<w:rtl/>" if runs_rtl(text) else ""
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def field(code: str, cached: str, *, rtl: bool = False) -> str:
    """A field with what it shows until it is computed. `code` is never anybody's text."""
    properties = "<w:rPr><w:rtl/></w:rPr>" if rtl else ""
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(cached) if cached else ''}"
        f'<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(style: str, content: str, *, first: str = "", last: str = "", rtl: bool = False) -> str:
    """`first` is what the schema puts before the direction (numbering), `last` what it puts after (space, indent)."""
    bidi = "<w:bidi/>" if rtl else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{first}{bidi}{last}</w:pPr>{content}</w:p>'


def line(style: str, text: str) -> str:
    """A paragraph of plain text, white space collapsed."""
    text = " ".join(text.split())
    return paragraph(style, run(text), rtl=runs_rtl(text))


def picture(relation: str, alt: str, width: float, height: float) -> str:
    """A run with a picture in the line; width and height in millimetres."""
    extent = f'cx="{round(width * _MILLIMETRE)}" cy="{round(height * _MILLIMETRE)}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr id="1" name="Logo" descr={attribute(alt)}/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="1" name="Logo" descr={attribute(alt)}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


class Body:
    """Writes blocks; collects what they need elsewhere in the package: addresses, and where numbering starts anew."""

    def __init__(self, heading: int) -> None:
        """`heading` is the level of a sub-heading of level 1 below a question; right below a name it is set one
        less, and looks the same."""
        self._below_question = self.heading = heading
        self.links: dict[str, str] = {}  # address to the id of its relationship
        self.numbers: list[tuple[int, int]] = []  # (level, start) of each numbered list, in order

    def blocks(self, blocks: Iterable[Block], style: str = "BodyText") -> str:
        return "".join(self._block(block, style) for block in blocks)

    def _block(self, block: Block, style: str) -> str:
        match block:
            case Paragraph(inlines):
                return paragraph(style, self.inlines(inlines), rtl=_rtl(inlines))
            case Heading(level, inlines):
                name = f"Heading{min(self.heading + level - 1, 9)}"
                style = "SubHeading" if self.heading < self._below_question else ""
                return paragraph(name, self.inlines(inlines, style), rtl=_rtl(inlines))
            case BulletList() | NumberedList():
                return _ended(self._list(block, 0, style))
            case Quotation(inner):
                return self.blocks(inner, "Quote" if style == "BodyText" else "QuoteInner")
            case Table():
                return self._table(block)

    # --- Lists ---

    def _list(self, block: BulletList | NumberedList, level: int, style: str) -> str:
        level = min(level, _DEEPEST)
        number = BULLETS
        if isinstance(block, NumberedList):
            self.numbers.append((level, block.start))
            number = BULLETS + len(self.numbers)
        return "".join(self._item(item.blocks, number, level, style) for item in block.items)

    def _item(self, blocks: Sequence[Block], number: int, level: int, style: str) -> str:
        """Its first paragraph carries the sign; the others stand under its text."""
        parts: list[str] = []
        for block in blocks:
            match block:
                case BulletList() | NumberedList():
                    parts.append(self._list(block, level + 1, style))
                case Quotation(inner):
                    parts.append(self._item_quotation(inner, number, level, first=not parts))
                case Paragraph(inlines):
                    parts.append(self._item_line(inlines, number, level, style, first=not parts))
                case _:
                    parts.append(self._block(block, style))
        return "".join(parts)

    def _item_line(self, inlines: Inlines, number: int, level: int, style: str, *, first: bool) -> str:
        """In a quotation a list keeps the quotation's style, and so its line at the side."""
        aside = {"BodyText": 0, "Quote": 340}.get(style, 680)
        indent = f'w:left="{aside + _STEP * (level + 1)}"'
        if first:
            sign = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            indent = f'<w:ind {indent} w:hanging="{_STEP}"/>' if aside else ""
            name = "ListParagraph" if style == "BodyText" else style
        else:
            sign, indent = "", f"<w:ind {indent}/>"
            name = "ListContinue" if style == "BodyText" else style
        return paragraph(name, self.inlines(inlines), first=sign, last=indent, rtl=_rtl(inlines))

    def _item_quotation(self, blocks: Sequence[Block], number: int, level: int, *, first: bool) -> str:
        parts: list[str] = []
        for block in blocks:
            if isinstance(block, Paragraph):
                parts.append(
                    self._item_line(block.inlines, number, level, "Quote", first=first and not parts)
                )
            else:
                parts.append(self._block(block, "Quote"))
        return "".join(parts)

    # --- Tables ---

    def _table(self, table: Table) -> str:
        widths = [round(WIDTH * share) for share in shares(table)]
        rtl = "<w:bidiVisual/>" if _rtl(table.header[0].inlines) else ""
        head = self._row(
            table.header, widths, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", "TableHeading"
        )
        rows = "".join(
            self._row(row, widths, "<w:trPr><w:cantSplit/></w:trPr>", "TableText") for row in table.rows
        )
        grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{rtl}<w:tblW w:w="5000" w:type="pct"/>'
            '<w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            ' w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
            '<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>'
        )

    def _row(self, row: Sequence[Cell], widths: Sequence[int], properties: str, style: str) -> str:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{paragraph(style, self.inlines(cell.inlines), rtl=_rtl(cell.inlines))}</w:tc>"
            for cell, width in zip(row, widths, strict=True)
        )
        return f"<w:tr>{properties}{cells}</w:tr>"

    # --- Inside a line ---

    def inlines(self, inlines: Inlines, style: str = "") -> str:
        """Neighbouring runs with one address are one link."""
        parts: list[str] = []
        for href, group in groupby(
            inlines, key=lambda each: None if isinstance(each, LineBreak) else each.href
        ):
            content = "".join(self._inline(each, style) for each in group)
            parts.append(
                f'<w:hyperlink r:id="{self._link(href)}" w:history="1">{content}</w:hyperlink>'
                if href
                else content
            )
        return "".join(parts)

    def _inline(self, inline: Inline, style: str = "") -> str:
        if isinstance(inline, LineBreak):
            return "<w:r><w:br/></w:r>"
        style = "Hyperlink" if inline.href else style
        return run(inline.text, bold=inline.bold, italic=inline.italic, style=style)

    def _link(self, href: str) -> str:
        return self.links.setdefault(href, f"rIdLink{len(self.links) + 1}")


def _ended(items: str) -> str:
    """After the last item of a list comes the space of a paragraph, not that between items."""
    start = items.rindex("<w:pPr>")
    before, last = items[:start], items[start:]
    properties, content = last.split("</w:pPr>", 1)
    if 'w:val="List' not in properties:
        return items
    style, indent, rest = properties.partition("<w:ind ")  # the schema has it after the space
    return f'{before}{style}<w:spacing w:after="{AFTER}"/>{indent}{rest}</w:pPr>{content}'


def _rtl(inlines: Inlines) -> bool:
    return runs_rtl("".join(each.text for each in inlines if isinstance(each, Text)))
