"""Owns how a rough tree becomes blocks: where lists end, what levels mean; knows no typed bullets and no output."""

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
    leaves,
)
from .changes import Changes
from .inlines import lines, paragraphs, plain, tidy
from .levels import Levelled, nest
from .lists import begins_with_bullet, without_bullet
from .rough import RawCell, RawItem, RawList, RawNode, RawParagraph, RawQuotation, RawTable
from .word import number

_MOST_COLUMNS = 50
_MOST_ROWS_SPANNED = 200


def to_blocks(nodes: Sequence[RawNode], changes: Changes, *, in_item: bool = False) -> list[Block]:
    """Blocks in the order of the tree; not yet tidy."""
    found: list[Block] = []
    levelled: list[Levelled] = []
    for node in nodes:
        steps = [] if in_item else _levelled(node, changes)
        if steps:
            levelled.extend(steps)
            continue
        found.extend(nest(levelled))
        levelled = []
        found.extend(_block(node, changes))
    found.extend(nest(levelled))
    return found


def _block(node: RawNode, changes: Changes) -> list[Block]:
    match node:
        case RawParagraph():
            return _paragraph(node)
        case RawList():
            return _list(node, changes)
        case RawItem():
            return [BulletList((ListItem(tuple(to_blocks(node.children, changes, in_item=True))),))]
        case RawQuotation():
            return [Quotation(tuple(to_blocks(node.children, changes)))]
        case RawTable():
            return _table(node, changes)


def _paragraph(node: RawParagraph) -> list[Block]:
    if node.level:
        return [Heading(node.level, tidy(node.inlines))]
    return [Paragraph(inlines) for inlines in paragraphs(node.inlines)]


# Levels


def _levelled(node: RawNode, changes: Changes) -> list[Levelled]:
    """A paragraph of Word's lists, or a list of Word Online, as items that say their level."""
    if isinstance(node, RawParagraph) and node.list_level:
        return [_word_item(node, node.list_level, changes)]
    if not isinstance(node, RawList) or not node.children:
        return []
    items = [child for child in node.children if isinstance(child, RawItem) and child.level]
    if len(items) != len(node.children):
        return []
    return [
        Levelled(
            item.level or 1,
            node.ordered,
            node.start + place,
            tuple(to_blocks(item.children, changes, in_item=True)),
        )
        for place, item in enumerate(items)
    ]


def _word_item(node: RawParagraph, level: int, changes: Changes) -> Levelled:
    changes.note("word lists")
    marker, inlines = node.marker or "", tidy(node.inlines)
    if not marker.strip():
        marker, inlines = without_bullet(inlines)
    counted = number(marker)
    return Levelled(level, counted is not None, counted or None, (Paragraph(inlines),))


# Lists


def _list(node: RawList, changes: Changes) -> list[Block]:
    children, escaped = _until_end(node)
    if escaped:
        changes.note("lists closed")
    items: list[ListItem] = []
    for child in children:
        if isinstance(child, RawItem):
            items.append(ListItem(tuple(to_blocks(child.children, changes, in_item=True))))
        elif isinstance(child, RawList) and items:
            # Google Docs puts a nested list beside its item instead of into it.
            items[-1] = ListItem((*items[-1].blocks, *_list(child, changes)))
        elif isinstance(child, RawParagraph) and child.loose:
            items.extend(_loose(child, changes))
        else:
            items.append(ListItem(tuple(_block(child, changes))))
    listed: Block = NumberedList(tuple(items), node.start) if node.ordered else BulletList(tuple(items))
    return [listed, *to_blocks(_regrouped(escaped, node), changes)]


def _loose(node: RawParagraph, changes: Changes) -> Iterable[ListItem]:
    """Loose text in a list: every line of it is an item."""
    for line in lines(node.inlines):
        inlines = tidy(line)
        if inlines:
            if not begins_with_bullet(plain(inlines)):
                changes.note("loose text")
            yield ListItem((Paragraph(inlines),))


def _until_end(node: RawList) -> tuple[list[RawNode], list[RawNode]]:
    """What belongs to a list and what it swallowed because its end is missing.

    A list that was never closed ends before the first paragraph of its own element that is not in an item. So does a
    closed one that has no items, only typed bullets: an editor closed it, at the wrong place.
    """
    if node.closed and not _has_only_typed_items(node):
        return node.children, []
    for place, child in enumerate(node.children):
        if _ends_list(child):
            return node.children[:place], node.children[place:]
    last = node.children[-1] if node.children else None
    if isinstance(last, RawItem) and not last.closed:
        for place, child in enumerate(last.children[1:], start=1):
            if _ends_list(child):
                kept = RawItem(last.children[:place], last.level)
                return [*node.children[:-1], kept], last.children[place:]
        inner = last.children[-1] if last.children else None
        if isinstance(inner, RawList) and not inner.closed:
            kept_inner, escaped = _until_end(inner)
            if escaped:
                trimmed = RawList(inner.ordered, inner.start, kept_inner, closed=True)
                return [*node.children[:-1], RawItem([*last.children[:-1], trimmed], last.level)], escaped
    return node.children, []


def _has_only_typed_items(node: RawList) -> bool:
    first = node.children[0] if node.children else None
    return (
        isinstance(first, RawParagraph)
        and first.loose
        and begins_with_bullet(plain(first.inlines).lstrip())
        and not any(isinstance(child, RawItem) for child in node.children)
    )


def _ends_list(node: RawNode) -> bool:
    if isinstance(node, RawParagraph):
        return not node.loose and not node.list_level and not begins_with_bullet(plain(node.inlines).lstrip())
    return isinstance(node, RawTable | RawQuotation)


def _regrouped(escaped: list[RawNode], source: RawList) -> list[RawNode]:
    """What comes after the end of a list; items among it make lists of their own."""
    found: list[RawNode] = []
    for node in escaped:
        last = found[-1] if found else None
        if not isinstance(node, RawItem):
            found.append(node)
        elif isinstance(last, RawList) and isinstance(last.children[-1], RawItem):
            last.children.append(node)
        else:
            found.append(RawList(source.ordered, 1, [node], closed=True))
    return found


# Tables


def _table(node: RawTable, changes: Changes) -> list[Block]:
    before = to_blocks(node.before, changes)
    rows = [row for row in node.rows if row]
    if all(len(row) == 1 for row in rows):
        # One column holds no relation: it is a frame drawn around text, as e-mail programs do.
        if rows:
            changes.note("tables unwrapped")
        return before + [block for row in rows for block in to_blocks(row[0].children, changes)]
    grid = _grid(rows, changes)
    if rows and not any(cell.heading for cell in rows[0]):
        changes.note("header rows")
    return [*before, Table(grid[0], tuple(grid[1:]))]


def _grid(rows: list[list[RawCell]], changes: Changes) -> list[tuple[Cell, ...]]:
    """Rows of cells with room left for cells that span; not yet of the same length."""
    grid: list[tuple[Cell, ...]] = []
    spanned: dict[int, int] = {}
    for row in rows:
        cells: list[Cell] = []
        upcoming: dict[int, int] = {}
        for raw in row:
            while spanned.get(len(cells), 0) > 0 and len(cells) < _MOST_COLUMNS:
                cells.append(Cell(()))
            place = len(cells)
            across = min(max(raw.across, 1), max(_MOST_COLUMNS - place, 1))
            cells.append(Cell(_cell_inlines(to_blocks(raw.children, changes))))
            cells.extend(Cell(()) for _ in range(across - 1))
            down = min(raw.down, _MOST_ROWS_SPANNED) - 1
            upcoming.update({column: down for column in range(place, place + across) if down > 0})
        grid.append(tuple(cells))
        spanned = {column: left - 1 for column, left in spanned.items() if left > 1} | upcoming
    return grid


def _cell_inlines(blocks: Sequence[Block]) -> Inlines:
    """Lists and tables in a cell as lines of text."""
    found: list[LineBreak | Inlines] = []
    for inlines in leaves(blocks):
        found += [inlines, LineBreak()]
    return tidy(inline for part in found for inline in ((part,) if isinstance(part, LineBreak) else part))
