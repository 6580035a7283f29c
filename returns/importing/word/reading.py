"""Turns the text of a Word file into blocks: every visible word in order; what is left out is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from xml.etree.ElementTree import Element

from returns import richtext
from returns.importing.word.package import Package, Unreadable
from returns.importing.word.styles import Point, Styles, child, is_on, value

# What somebody deleted, where something was moved away from, and what only programs read.
_LEFT_OUT = frozenset(
    {"w:del", "w:moveFrom", "w:instrText", "w:delText", "w:delInstrText", "w:pPr", "w:rPr", "w:tblPr"}
)
_TRACKED = frozenset({"w:ins", "w:del", "w:moveTo"})
_PICTURES = frozenset({"pic:pic", "v:imagedata"})
_SIGNS = {
    "w:tab": " ",
    "w:ptab": " ",
    "w:br": "<br>",
    "w:cr": "<br>",
    "w:noBreakHyphen": "‑",
    "w:softHyphen": "",
}
# The few signs of symbol fonts that people do use; any other is a bullet.
_SYMBOLS = {"F0FC": "✓", "F0FE": "✓", "F0FB": "✗", "F0E0": "→", "F04A": "☺", "F0B0": "°"}


@dataclass(frozen=True, slots=True)
class Word:
    """What a file says; `notes` are sentences on what was taken or left, for the person who sent it."""

    html: str
    blocks: richtext.Blocks
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A piece of HTML, and its place in a list if it is a point of one."""

    html: str
    point: Point | None = None
    quoted: bool = False


def read(content: bytes) -> Word:
    """The text of a .docx. Raises Unreadable, whose message is for the person."""
    package = Package(content)
    root = package.part(package.main)
    body = child(root, "w:body")
    if body is None:
        raise Unreadable("There is no text in this file.")
    reader = _Reader(package, body)
    html = reader.blocks(body) + reader.written_notes()
    try:
        cleaned = richtext.clean(html)
    except richtext.TooMuch as error:
        raise Unreadable(str(error)) from error
    if not cleaned.html:
        raise Unreadable("There is no text in this file. Perhaps it is a picture of one.")
    return Word(cleaned.html, cleaned.blocks, tuple(reader.said(root)))


class _Reader:
    def __init__(self, package: Package, body: Element) -> None:
        self.package = package
        self.styles = Styles.of(package)
        self.top = self._highest_heading(body)
        self.links = {
            key: target for key, (_, target, outside) in package.relations(package.main).items() if outside
        }
        self.notes = {kind: self._notes(package, kind) for kind in ("footnote", "endnote")}
        self.cited: list[tuple[str, str]] = []
        self.hidden = False
        self.boxes: list[Element] = []

    def _highest_heading(self, body: Element) -> int:
        """The level that becomes our first one; all that is deeper becomes our second."""
        found = (self.styles.heading(child(one, "w:pPr")) for one in body.iter("w:p"))
        return min((level for level in found if level), default=1)

    @staticmethod
    def _notes(package: Package, kind: str) -> dict[str, Element]:
        roots = [root for name in package.related(f"{kind}s") if (root := package.part(name)) is not None]
        return {one.get("w:id", ""): one for root in roots for one in root}

    # --- Blocks -----------------------------------------------------------------------------------

    def blocks(self, parent: Element) -> str:
        passages = list(self._passages(parent))
        return "".join(_grouped(passages))

    def _passages(self, parent: Element) -> Iterator[_Passage]:
        for one in _chosen(parent):
            if one.tag == "w:p":
                yield from self._paragraph(one)
            elif one.tag == "w:tbl":
                yield _Passage(self._table(one))
            elif one.tag not in _LEFT_OUT:
                yield from self._passages(one)

    def _paragraph(self, paragraph: Element) -> Iterator[_Passage]:
        properties = child(paragraph, "w:pPr")
        inside = self._inline(paragraph)
        boxes, self.boxes = self.boxes, []
        level, point = self.styles.heading(properties), self.styles.point(properties)
        if level is not None:
            tag = "h3" if level <= self.top else "h4"
            yield _Passage(f"<{tag}>{inside}</{tag}>")
        elif point is not None:
            yield _Passage(inside, point)
        else:
            yield _Passage(f"<p>{inside}</p>", quoted=self.styles.is_quotation(properties))
        for box in boxes:
            yield from self._passages(box)

    def _table(self, table: Element) -> str:
        rows = "".join(self._row(row) for row in _inside(table, "w:tr"))
        return f"<table>{rows}</table>"

    def _row(self, row: Element) -> str:
        cells = []
        for cell in _inside(row, "w:tc"):
            span = value(cell, "w:tcPr", "w:gridSpan") or "1"
            wide = f' colspan="{span}"' if span.isdecimal() and 1 < int(span) < 100 else ""
            cells.append(f"<td{wide}>{self.blocks(cell)}</td>")
        return f"<tr>{''.join(cells)}</tr>"

    # --- In a line --------------------------------------------------------------------------------

    def _inline(self, parent: Element) -> str:
        return "".join(self._piece(one) for one in _chosen(parent))

    def _piece(self, one: Element) -> str:
        if one.tag in _LEFT_OUT:
            return ""
        if one.tag == "w:r":
            return self._run(one)
        if one.tag in ("w:t", "m:t"):
            return escape(one.text or "")
        if one.tag in _SIGNS:
            return _SIGNS[one.tag]
        if one.tag == "w:sym":
            return _SYMBOLS.get(one.get("w:char", "").upper(), "•")
        if one.tag in ("w:footnoteReference", "w:endnoteReference"):
            return self._reference(one)
        if one.tag == "w:txbxContent":
            self.boxes.append(one)  # stands after the paragraph to which it is fastened
            return ""
        inside = self._inline(one)
        target = self.links.get(one.get("r:id", "")) if one.tag == "w:hyperlink" else None
        return f'<a href="{escape(target)}">{inside}</a>' if target and inside else inside

    def _run(self, run: Element) -> str:
        properties = child(run, "w:rPr")
        if is_on(properties, "w:vanish"):
            self.hidden = True
            return ""
        inside = self._inline(run)
        if not inside:
            return ""
        if self.styles.marks(properties, "w:b") or is_on(properties, "w:u"):
            inside = f"<strong>{inside}</strong>"
        return f"<em>{inside}</em>" if self.styles.marks(properties, "w:i") else inside

    def _reference(self, one: Element) -> str:
        key = (one.tag.removeprefix("w:").removesuffix("Reference"), one.get("w:id", ""))
        if key[1] not in self.notes[key[0]]:
            return ""
        if key not in self.cited:
            self.cited.append(key)
        return f" [{self.cited.index(key) + 1}]"

    def written_notes(self) -> str:
        """Footnotes and endnotes under the text, as the numbers in it name them; a note may cite another."""
        written = []
        for number, (kind, key) in enumerate(self.cited, start=1):
            written.append(
                f"<p>[{number}]</p>{self.blocks(self.notes[kind][key])}".replace("</p><p>", " ", 1)
            )
        return "".join(written)

    # --- What was taken or left ---------------------------------------------------------------------

    def said(self, root: Element | None) -> Iterator[str]:
        if root is None:
            return
        found = Counter(one.tag for one in root.iter())
        tracked = sum(1 for one in root.iter() if one.tag in _TRACKED and len(one))
        if tracked:
            yield _counted(
                tracked, "tracked change was taken as it stands", "tracked changes were taken as they stand"
            )
        comments = sum(
            len(part)
            for name in self.package.related("comments")
            if (part := self.package.part(name)) is not None
        )
        if comments:
            yield _counted(comments, "comment was not kept", "comments were not kept")
        pictures = sum(found[name] for name in _PICTURES)
        if pictures:
            yield _counted(pictures, "picture was not kept", "pictures were not kept")
        if self.cited:
            yield _counted(
                len(self.cited), "footnote stands below the text", "footnotes stand below the text"
            )
        if self.hidden:
            yield "Hidden text was not kept."
        if any(self._has_words(kind) for kind in ("header", "footer")):
            yield "What stands at the head and foot of the pages was not kept."

    def _has_words(self, kind: str) -> bool:
        parts = (self.package.part(name) for name in self.package.related(kind))
        return any((one.text or "").strip() for part in parts if part is not None for one in part.iter("w:t"))


def _chosen(parent: Element) -> Iterator[Element]:
    """The children; of the same thing written in two ways for new and old programs only the first."""
    for one in parent:
        if one.tag == "mc:AlternateContent":
            way = child(one, "mc:Choice")
            yield from _chosen(way if way is not None and len(way) else _other_way(one))
        else:
            yield one


def _other_way(one: Element) -> Element:
    found = child(one, "mc:Fallback")
    return Element("mc:Fallback") if found is None else found


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in a form's field or in a tracked change."""
    for one in _chosen(parent):
        if one.tag == name:
            yield one
        elif one.tag not in _LEFT_OUT and one.tag != "w:tcPr":
            yield from _inside(one, name)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}."


def _grouped(passages: Iterable[_Passage]) -> Iterator[str]:
    """Neighbours that are points become lists, neighbours that are quoted one quotation."""
    for (is_point, quoted), group in groupby(passages, key=lambda one: (one.point is not None, one.quoted)):
        if is_point:
            yield from _listed(list(group))
        elif quoted:
            yield f"<blockquote>{''.join(one.html for one in group)}</blockquote>"
        else:
            yield from (one.html for one in group)


def _listed(passages: list[_Passage]) -> Iterator[str]:
    """Nested lists from paragraphs that only say how deep they stand."""
    open_at: list[tuple[int, str]] = []  # (level, tag) of the lists that are open
    for one in passages:
        point = one.point
        assert point is not None
        tag = "ul" if point.number is None else "ol"
        while open_at and (open_at[-1][0] > point.level or open_at[-1] == (point.level, _other(tag))):
            yield f"</li></{open_at.pop()[1]}>"
        if open_at and open_at[-1][0] == point.level:
            yield "</li><li>"
        else:
            start = f' start="{point.number}"' if point.number not in (None, 1) else ""
            yield f"<{tag}{start}><li>"
            open_at.append((point.level, tag))
        yield one.html
    while open_at:
        yield f"</li></{open_at.pop()[1]}>"


def _other(tag: str) -> str:
    return "ol" if tag == "ul" else "ul"
