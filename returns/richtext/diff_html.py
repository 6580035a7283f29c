"""Owns how changes are shown: HTML with `<ins>` and `<del>` around inline content only; compares nothing itself."""

from collections.abc import Iterable, Sequence

from .blocks import (
    Block,
    BulletList,
    Cell,
    Heading,
    Inlines,
    LineBreak,
    ListItem,
    NumberedList,
    Paragraph,
    Quotation,
    Table,
)
from .diff import Change, Node, Words, diff
from .html import inlines_html, item_html, opening_ol, render, row_html, table_html
from .inlines import tidy


def diff_html(before: Sequence[Block], after: Sequence[Block], *, heading_base: int = 3) -> str:
    """Both texts as one: what is only in `before` in `<del>`, what is only in `after` in `<ins>`."""
    return "".join(_change(change, heading_base) for change in diff(before, after))


def _added(inlines: Inlines) -> str:
    return f"<ins>{inlines_html(inlines)}</ins>"


def _removed(inlines: Inlines) -> str:
    return f"<del>{inlines_html(inlines)}</del>"


_WRAPS = {"same": inlines_html, "added": _added, "removed": _removed}


def _change(change: Change, base: int, *, header: bool = False) -> str:  # noqa: C901 (a case for each kind of node)
    node = change.before if change.after is None else change.after
    assert node is not None
    if change.kind != "changed":
        return _whole(node, change.kind, base, header=header)
    match node:
        case Paragraph():
            return f"<p>{_words(change.words)}</p>"
        case Heading(level):
            return f"<h{base + level - 1}>{_words(change.words)}</h{base + level - 1}>"
        case Cell():
            return _celled(_words(change.words), header)
        case BulletList():
            return f"<ul>{_all(change.parts, base)}</ul>"
        case NumberedList(_, start):
            return f"{opening_ol(start)}{_all(change.parts, base)}</ol>"
        case ListItem():
            return f"<li>{_item(change.parts, base)}</li>"
        case Quotation():
            return f"<blockquote>{_all(change.parts, base)}</blockquote>"
        case Table():
            return _table(change.parts, base)
        case tuple():
            return f"<tr>{''.join(_change(part, base, header=header) for part in change.parts)}</tr>"


def _all(parts: Iterable[Change], base: int) -> str:
    return "".join(_change(part, base) for part in parts)


def _whole(node: Node, kind: str, base: int, *, header: bool) -> str:
    wrap = _WRAPS[kind]
    match node:
        case ListItem():
            return item_html(node, wrap, base)
        case Cell(inlines):
            return _celled(wrap(inlines) if inlines else "", header)
        case tuple():
            return row_html(node, "th" if header else "td", wrap)
        case _:
            return render([node], wrap, base)


def _celled(inner: str, header: bool) -> str:
    return f"<th>{inner}</th>" if header else f"<td>{inner}</td>"


def _item(parts: Sequence[Change], base: int) -> str:
    """An item whose only paragraph comes first has no `<p>`, as everywhere."""
    nodes = [part.after or part.before for part in parts]
    if isinstance(nodes[0], Paragraph) and not any(isinstance(node, Paragraph) for node in nodes[1:]):
        first = _change(parts[0], base).removeprefix("<p>").removesuffix("</p>")
        return first + _all(parts[1:], base)
    return _all(parts, base)


def _table(parts: Sequence[Change], base: int) -> str:
    """The first row that is still there is the header; without one, the first row."""
    place = next((place for place, part in enumerate(parts) if part.after is not None), 0)
    head = "".join(_change(part, base, header=True) for part in parts[: place + 1])
    return table_html(head, [_change(part, base) for part in parts[place + 1 :]])


def _words(words: Sequence[Words]) -> str:
    """Spaces and line breaks stand between the marked words, never missing, so that no two words become one."""
    written: list[str] = []
    for run in words:
        lead, inlines = "", run.inlines
        first = inlines[0] if inlines else None
        if isinstance(first, LineBreak):
            lead, inlines = "<br>", inlines[1:]
        elif first is not None and first.text == " ":
            lead, inlines = " ", inlines[1:]
        written.append((lead or " ") if written else lead.strip())
        written.append(_WRAPS[run.kind](tidy(inlines)))
    return "".join(written)
