"""Owns the making of lists within lists from items that say their level; knows nothing of where levels come from."""

from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import Block, BulletList, ListItem, NumberedList


@dataclass(frozen=True, slots=True)
class Levelled:
    """An item that says its own level, from 1, and its number, if it has one that counts."""

    level: int
    ordered: bool
    start: int | None
    blocks: tuple[Block, ...]


def nest(steps: Sequence[Levelled]) -> list[Block]:
    """Lists within lists. What is deeper than the items before it hangs on the last of them, however much deeper."""
    if not steps:
        return []
    top = min(step.level for step in steps)
    found: list[Block] = []
    group: list[ListItem] = []
    first = steps[0]
    place = 0
    while place < len(steps):
        step, end = steps[place], place + 1
        while end < len(steps) and steps[end].level > top:
            end += 1
        if step.level > top:
            # Nothing to hang on: its items become items of this list.
            found.extend(nest(steps[place:end]))
            place = end
            continue
        if group and not _continues(first, len(group), step):
            found.append(_listed(first, group))
            group = []
        if not group:
            first = step
        group.append(ListItem((*step.blocks, *nest(steps[place + 1 : end]))))
        place = end
    if group:
        found.append(_listed(first, group))
    return found


def _continues(first: Levelled, length: int, step: Levelled) -> bool:
    if step.ordered != first.ordered:
        return False
    return not step.ordered or step.start is None or step.start == (first.start or 1) + length


def _listed(first: Levelled, items: list[ListItem]) -> Block:
    if not first.ordered:
        return BulletList(tuple(items))
    return NumberedList(tuple(items), 1 if first.start is None else first.start)
