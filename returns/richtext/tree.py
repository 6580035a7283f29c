"""Owns the reading of tokens into a rough tree, as forgiving as a browser; leaves judgement of it to others."""

from dataclasses import dataclass

from .blocks import LineBreak, Text
from .changes import Changes
from .characters import address
from .elements import BLOCKS, BOXES, CELLS, FORMATTING, GAPS, HEADINGS, INLINE, LISTS, PARAGRAPHS
from .limits import check_depth
from .rough import RawCell, RawItem, RawList, RawNode, RawParagraph, RawQuotation, RawTable
from .tokens import Token, attributes
from .word import effect, has_looks, heading_level, list_level

_MOST_MARKS = 200


@dataclass(slots=True)
class _Open:
    """An open element: `node` is None for one that only has to be closed again."""

    tag: str
    node: RawItem | RawList | RawQuotation | RawCell | RawTable | None = None


@dataclass(slots=True)
class _Mark:
    tag: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    href: str | None = None
    paragraph: int = 0


class Reader:
    """Reads tokens once; `children` is what was read so far. Raises TooMuch."""

    def __init__(self, changes: Changes) -> None:
        self.children: list[RawNode] = []
        self._changes = changes
        self._open: list[_Open] = []
        self._depth = 0
        self._marks: list[_Mark] = [_Mark("")]
        self._paragraph = RawParagraph()
        self._serial = 0
        self._preformatted = 0

    def read(self, tokens: list[Token]) -> list[RawNode]:
        for token in tokens:
            if token.kind == "text":
                self._text(token.value)
            elif token.kind == "start":
                self._start(token.name, token.value)
            elif token.kind == "end":
                self._end(token.name)
            elif token.kind == "marker":
                self._paragraph.marker = token.value
        self._end_paragraph()
        return self.children

    # Text and marks

    def _text(self, text: str) -> None:
        mark = self._marks[-1]
        bold = mark.bold
        if mark.underline and not mark.href and not bold and not text.isspace():
            self._changes.note("underlining")
            bold = True
        if not self._preformatted:
            self._paragraph.inlines.append(Text(text, bold, mark.italic, mark.href))
            return
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                self._paragraph.inlines.append(LineBreak())
            if line:
                self._paragraph.inlines.append(Text(line, bold, mark.italic, mark.href))

    def _start_inline(self, tag: str, source: str) -> None:
        if tag == "a":
            self._end_inline("a")  # links do not nest
        if len(self._marks) > _MOST_MARKS:
            return
        found = attributes(source) if source.strip() else {}
        last, change = self._marks[-1], effect(tag, found)
        if has_looks(tag, found):
            self._changes.note("styles")
        mark = _Mark(
            tag,
            last.bold if change.bold is None else change.bold,
            last.italic if change.italic is None else change.italic,
            last.underline if change.underline is None else change.underline,
            last.href,
            self._serial,
        )
        if tag == "a" and "href" in found:
            mark.href = address(found["href"])
            if mark.href is None:
                self._changes.note("links")
        self._marks.append(mark)

    def _end_inline(self, tag: str) -> None:
        """Close the nearest open mark of this name; those opened inside it stay, as in a browser."""
        for index in range(len(self._marks) - 1, 0, -1):
            if self._marks[index].tag == tag:
                later = self._marks[index + 1 :]
                before, gone = self._marks[index - 1], self._marks[index]
                del self._marks[index:]
                self._marks.extend(_without(mark, gone, before) for mark in later)
                return

    def _forget_spans(self) -> None:
        """Spans left open end with their paragraph; bold, italic and links go on, as in a browser."""
        while self._marks[-1].paragraph == self._serial and self._marks[-1].tag not in {*FORMATTING, ""}:
            self._marks.pop()

    # Blocks

    def _end_paragraph(self) -> None:
        paragraph = self._paragraph
        if any(isinstance(inline, Text) and not inline.text.isspace() for inline in paragraph.inlines):
            self._place(paragraph)
        self._paragraph = RawParagraph()
        if not paragraph.loose:
            self._forget_spans()
        self._serial += 1

    def _start_paragraph(self, tag: str, source: str) -> None:
        found = attributes(source) if source.strip() else {}
        if has_looks(tag, found):
            self._changes.note("styles")
        level = HEADINGS.get(tag, 0) or heading_level(found)
        if tag in ("h1", "h2", "h5", "h6"):
            self._changes.note("heading levels")
        self._paragraph.level = 1 if level == 1 else 2 if level == 2 else 0
        self._paragraph.list_level = None if level else list_level(found)
        self._paragraph.loose = False

    def _place(self, node: RawNode) -> None:
        """Add a finished or opening node where it belongs."""
        for opened in reversed(self._open):
            if isinstance(opened.node, RawTable):
                if opened.node.rows:
                    opened.node.rows.append([RawCell([node])])
                else:
                    opened.node.before.append(node)
                return
            if opened.node is not None:
                opened.node.children.append(node)
                return
        self.children.append(node)

    def _push(self, opened: _Open) -> None:
        self._open.append(opened)
        check_depth(sum(1 for each in self._open if each.tag not in ("li", "td", "th")))

    def _find(self, tags: frozenset[str], stops: frozenset[str]) -> int | None:
        """The innermost open element with one of these names, not looking beyond one that stops the search."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag in tags:
                return index
            if self._open[index].tag in stops:
                return None
        return None

    def _start(self, tag: str, source: str) -> None:
        if tag == "br":
            self._paragraph.inlines.append(LineBreak())
        elif tag in GAPS:
            self._paragraph.inlines.append(Text(" "))
            if tag in ("img", "image"):
                self._changes.note("pictures")
        elif tag not in BLOCKS:
            if tag in INLINE:
                self._start_inline(tag, source)
        else:
            self._end_paragraph()
            self._start_block(tag, source)

    def _start_block(self, tag: str, source: str) -> None:
        if tag in PARAGRAPHS:
            self._start_paragraph(tag, source)
        elif tag in LISTS:
            self._start_list(tag, source)
        elif tag == "li":
            self._start_item(source)
        elif tag == "blockquote":
            quotation = RawQuotation()
            self._place(quotation)
            self._push(_Open(tag, quotation))
        elif tag == "table":
            table = RawTable()
            self._place(table)
            self._push(_Open(tag, table))
        elif tag == "tr":
            self._start_row()
        elif tag in CELLS:
            self._start_cell(tag, source)
        elif tag in BOXES:
            self._preformatted += tag == "pre"
            self._push(_Open(tag))

    def _start_list(self, tag: str, source: str) -> None:
        found = attributes(source) if source.strip() else {}
        opened = RawList(tag == "ol", _whole_number(found.get("start", ""), 1))
        self._place(opened)
        self._push(_Open(tag, opened))

    def _start_item(self, source: str) -> None:
        index = self._find(LISTS | {"li"}, CELLS | {"blockquote", "table"})
        if index is None:
            implied = RawList()
            self._place(implied)
            self._push(_Open("ul", implied))
        elif self._open[index].tag == "li":
            self._close(index)
        else:
            self._close(index + 1)
        found = attributes(source) if source.strip() else {}
        level = found.get("data-aria-level") or found.get("aria-level") or ""
        item = RawItem(level=_whole_number(level, 1) if level else None)
        self._place(item)
        self._push(_Open("li", item))

    def _start_row(self) -> None:
        index = self._find(frozenset({"table"}), frozenset())
        if index is not None:
            self._close(index + 1)
            table = self._open[index].node
            if isinstance(table, RawTable) and (not table.rows or table.rows[-1]):
                table.rows.append([])

    def _start_cell(self, tag: str, source: str) -> None:
        index = self._find(frozenset({"table"}), frozenset())
        if index is None:
            return
        self._close(index + 1)
        table = self._open[index].node
        found = attributes(source) if source.strip() else {}
        across, down = (_whole_number(found.get(name, ""), 1) for name in ("colspan", "rowspan"))
        cell = RawCell([], tag == "th", across, down)
        if isinstance(table, RawTable):
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(cell)
        self._push(_Open(tag, cell))

    def _end(self, tag: str) -> None:
        if tag == "br":
            self._paragraph.inlines.append(LineBreak())
        elif tag in GAPS:
            self._paragraph.inlines.append(Text(" "))
        elif tag not in BLOCKS:
            self._end_inline(tag)
        else:
            self._end_paragraph()
            self._end_block(tag)

    def _end_block(self, tag: str) -> None:
        if tag == "tr":
            index = self._find(frozenset({"table"}), frozenset())
            if index is not None:
                self._close(index + 1)
            return
        stops = frozenset({"table"}) if tag in CELLS else CELLS | LISTS if tag == "li" else CELLS
        index = self._find(frozenset({tag}), frozenset() if tag == "table" else stops)
        if index is not None:
            node = self._open[index].node
            if isinstance(node, RawList | RawItem):
                node.closed = True
            self._close(index)

    def _close(self, index: int) -> None:
        """Close the open elements from this one on."""
        for opened in self._open[index:]:
            self._preformatted -= opened.tag == "pre"
        del self._open[index:]


def _without(mark: _Mark, gone: _Mark, before: _Mark) -> _Mark:
    """A mark that was opened inside one that has ended."""
    return _Mark(
        mark.tag,
        before.bold if gone.bold != before.bold and mark.bold == gone.bold else mark.bold,
        before.italic if gone.italic != before.italic and mark.italic == gone.italic else mark.italic,
        before.underline
        if gone.underline != before.underline and mark.underline == gone.underline
        else mark.underline,
        before.href if gone.href != before.href and mark.href == gone.href else mark.href,
        mark.paragraph,
    )


def _whole_number(source: str, default: int) -> int:
    source = source.strip()[:6]
    return int(source) if source.isascii() and source.isdigit() else default
