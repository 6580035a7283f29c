"""Owns the canonical form of blocks: what may stand in what, nothing empty, nothing too deep; knows no HTML."""

from collections.abc import Iterable, Iterator, Sequence

from .blocks import (
    Block,
    Blocks,
    BulletList,
    Cell,
    Heading,
    Inlines,
    ListItem,
    NumberedList,
    Paragraph,
    Quotation,
    Table,
    Text,
)
from .changes import Changes
from .inlines import on_one_line, paragraphs, tidy, with_bold
from .limits import DEEPEST_LIST, DEEPEST_QUOTATION, HIGHEST_START


def tidy_blocks(blocks: Iterable[Block], changes: Changes) -> Blocks:
    """The canonical form; the same words in the same order, and the same again when tidied again."""
    return tuple(_with_levels(_tidy(blocks, changes, 0, 0), changes))


def _tidy(blocks: Iterable[Block], changes: Changes, lists: int, quotations: int) -> list[Block]:
    """`lists` and `quotations` count what the blocks stand in."""
    return _joined(
        part
        for block in _unquoted(blocks, changes, quotations)
        for part in _tidy_one(block, changes, lists, quotations)
    )


def _unquoted(blocks: Iterable[Block], changes: Changes, quotations: int) -> Iterator[Block]:
    """The blocks, those of a quotation that is too deep standing in its place."""
    for block in blocks:
        if isinstance(block, Quotation) and quotations >= DEEPEST_QUOTATION:
            changes.note("deep nesting")
            yield from _unquoted(block.blocks, changes, quotations)
        else:
            yield block


def _tidy_one(block: Block, changes: Changes, lists: int, quotations: int) -> Sequence[Block]:
    inside = bool(lists or quotations)
    match block:
        case Paragraph(inlines):
            return [Paragraph(part) for part in paragraphs(inlines)]
        case Heading():
            return _heading(block, changes, inside)
        case BulletList() | NumberedList():
            return _list(block, changes, lists, quotations)
        case Quotation(inner):
            said = _tidy(inner, changes, lists, quotations + 1)
            return [Quotation(tuple(said))] if said else []
        case Table():
            return _table(block, inside)


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, every list joined to the list of its kind just before it."""
    found: list[Block] = []
    items: list[ListItem] = []
    first: BulletList | NumberedList | None = None
    for block in blocks:
        if isinstance(block, BulletList | NumberedList):
            if first is None or not _goes_on(first, len(items), block):
                found.extend(_with_items(first, items))
                first, items = block, []
            items.extend(block.items)
        else:
            found.extend(_with_items(first, items))
            first, items = None, []
            found.append(block)
    found.extend(_with_items(first, items))
    return found


def _goes_on(first: BulletList | NumberedList, length: int, block: BulletList | NumberedList) -> bool:
    if isinstance(first, NumberedList):
        return isinstance(block, NumberedList) and block.start == first.start + length
    return isinstance(block, BulletList)


def _with_items(first: BulletList | NumberedList | None, items: list[ListItem]) -> list[Block]:
    if first is None:
        return []
    return [
        NumberedList(tuple(items), first.start)
        if isinstance(first, NumberedList)
        else BulletList(tuple(items))
    ]


# Headings


def _heading(heading: Heading, changes: Changes, inside: bool) -> list[Block]:
    inlines = on_one_line(heading.inlines)
    if not inlines:
        return []
    if not inside:
        return [Heading(heading.level, with_bold(inlines, False))]
    changes.note("headings in lists")
    return [Paragraph(with_bold(inlines, True))]


def _with_levels(blocks: list[Block], changes: Changes) -> list[Block]:
    """No level is skipped: a level 2 before the first level 1 is a level 1."""
    found: list[Block] = []
    begun = False
    for block in blocks:
        if isinstance(block, Heading):
            begun = begun or block.level == 1
            if not begun:
                changes.note("heading levels")
                block = Heading(1, block.inlines)
        found.append(block)
    return found


# Lists


def _list(block: BulletList | NumberedList, changes: Changes, lists: int, quotations: int) -> list[Block]:
    if lists >= DEEPEST_LIST:
        changes.note("deep nesting")
        return _tidy((part for item in block.items for part in item.blocks), changes, lists, quotations)
    items = tuple(_items(block.items, changes, lists + 1, quotations))
    if not items:
        return []
    if isinstance(block, BulletList):
        return [BulletList(items)]
    return [NumberedList(items, block.start if 0 <= block.start <= HIGHEST_START else 1)]


def _items(items: Iterable[ListItem], changes: Changes, depth: int, quotations: int) -> Iterator[ListItem]:
    """Items that begin with words: a list at the start of an item, or one too deep, gives its items to this list."""
    for item in items:
        blocks: list[Block] = []
        for block in _unquoted(item.blocks, changes, quotations):
            if isinstance(block, BulletList | NumberedList) and (not blocks or depth >= DEEPEST_LIST):
                if blocks:
                    changes.note("deep nesting")
                    yield ListItem(tuple(_joined(blocks)))
                    blocks = []
                yield from _items(block.items, changes, depth, quotations)
            else:
                blocks.extend(_tidy_one(block, changes, depth, quotations))
        if blocks:
            yield ListItem(tuple(_joined(blocks)))


# Tables


def _table(table: Table, inside: bool) -> list[Block]:
    rows = [[tidy(cell.inlines) for cell in row] for row in (table.header, *table.rows)]
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [()] * (width - len(row)) for row in rows]
    columns = [column for column in range(width) if any(row[column] for row in rows)]
    rows = [[row[column] for column in columns] for row in rows]
    if len(columns) < 2:
        return [Paragraph(inlines) for row in rows for inlines in row]
    if inside:
        return [Paragraph(_in_a_line(row)) for row in rows]
    header = tuple(Cell(with_bold(inlines, False)) for inlines in rows[0])
    return [Table(header, tuple(tuple(Cell(inlines) for inlines in row) for row in rows[1:]))]


def _in_a_line(row: list[Inlines]) -> Inlines:
    parts: list[Text] = []
    for inlines in row:
        if inlines:
            parts += [Text(" | ")] if parts else []
            parts += [part for part in on_one_line(inlines) if isinstance(part, Text)]
    return tidy(parts)
