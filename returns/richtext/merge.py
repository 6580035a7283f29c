"""Owns the joining of two texts that were made from one: block by block, three ways. Knows no HTML and no versions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .alignment import Budget, align
from .blocks import Block, Blocks, BulletList, ListItem, NumberedList
from .cleaning import clean
from .html import to_html

Choice = Literal["mine", "theirs", "both"]
Node = Block | ListItem
Slices = tuple[slice, slice, slice]


@dataclass(frozen=True, slots=True)
class Part:
    """A passage of the three texts.

    `changed` says by whom: "" by nobody, or by both in the same way; "both" when the two differ. `joined` is what the
    passage is with the changes of both; None if they overlap, so that somebody has to choose."""

    changed: Literal["", "mine", "theirs", "both"]
    base: Blocks
    mine: Blocks
    theirs: Blocks
    joined: Blocks | None

    def taken(self, choice: Choice) -> Blocks:
        """Both, where they overlap, is theirs and then mine."""
        if choice == "both":
            return self.joined if self.joined is not None else self.theirs + self.mine
        return self.mine if choice == "mine" else self.theirs


def merge(base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]) -> tuple[Part, ...]:
    """The three texts as passages in order; each text is the passages of its own put together."""
    return tuple(_block_parts(tuple(base), tuple(mine), tuple(theirs), Budget()))


def common(mine: Sequence[Block], theirs: Sequence[Block]) -> Blocks:
    """The blocks that both have, in order: what they were made from, as far as that can be told without knowing it."""
    return tuple(
        block
        for same, start, end, _, _ in align(_keys(mine), _keys(theirs), Budget())
        if same
        for block in mine[start:end]
    )


def joined(parts: Sequence[Part]) -> Blocks | None:
    """The text with the changes of both, or None if some of them overlap."""
    if any(part.joined is None for part in parts):
        return None
    return _tidy([block for part in parts for block in part.joined or ()])


def chosen(parts: Sequence[Part], choices: Sequence[Choice]) -> Blocks:
    """The text with what was chosen for each passage."""
    pairs = zip(parts, choices, strict=True)
    return _tidy([block for part, choice in pairs for block in part.taken(choice)])


def _tidy(blocks: Sequence[Block]) -> Blocks:
    """As every text is kept: passages that meet may be two halves of one list."""
    return clean(to_html(blocks)).blocks


def _keys(nodes: Sequence[Node]) -> list[str]:
    return [repr(node) for node in nodes]


def _block_parts(base: Blocks, mine: Blocks, theirs: Blocks, budget: Budget) -> Iterator[Part]:
    for b, m, t in _passages(base, mine, theirs, budget):
        yield _part(base[b], mine[m], theirs[t], budget)


def _part(base: Blocks, mine: Blocks, theirs: Blocks, budget: Budget) -> Part:
    if mine == theirs:
        return Part("", base, mine, theirs, mine)
    if mine == base:
        return Part("theirs", base, mine, theirs, theirs)
    if theirs == base:
        return Part("mine", base, mine, theirs, mine)
    return Part("both", base, mine, theirs, _joined_list(base, mine, theirs, budget))


def _joined_list(base: Blocks, mine: Blocks, theirs: Blocks, budget: Budget) -> Blocks | None:
    """One list with the changes of both, if they are about different items."""
    match base, mine, theirs:
        case ((BulletList(a),), (BulletList(b),), (BulletList(c),)):
            items = _joined_items(a, b, c, budget)
            return (BulletList(items),) if items else None
        case ((NumberedList(a, x),), (NumberedList(b, y),), (NumberedList(c, z),)) if x == y == z:
            items = _joined_items(a, b, c, budget)
            return (NumberedList(items, x),) if items else None
    return None


def _joined_items(
    base: tuple[ListItem, ...], mine: tuple[ListItem, ...], theirs: tuple[ListItem, ...], budget: Budget
) -> tuple[ListItem, ...] | None:
    items: list[ListItem] = []
    for b, m, t in _passages(base, mine, theirs, budget):
        if mine[m] in (theirs[t], base[b]):
            items += theirs[t]
        elif theirs[t] == base[b]:
            items += mine[m]
        else:
            return None
    return tuple(items)


def _passages(
    base: Sequence[Node], mine: Sequence[Node], theirs: Sequence[Node], budget: Budget
) -> Iterator[Slices]:
    """Stretches that cover all three, in order: in turn what neither changed, and what lies between."""
    to_mine, to_theirs = _matches(base, mine, budget), _matches(base, theirs, budget)
    both = [one for one in range(len(base)) if one in to_mine and one in to_theirs]
    b = m = t = 0
    for anchor in [*both, len(base)]:
        x, y, z = anchor, to_mine.get(anchor, len(mine)), to_theirs.get(anchor, len(theirs))
        if (b, m, t) != (x, y, z):
            yield from _finer(base[b:x], mine[m:y], theirs[t:z], (b, m, t), budget)
        if anchor < len(base):
            yield slice(x, x + 1), slice(y, y + 1), slice(z, z + 1)
        b, m, t = x + 1, y + 1, z + 1


def _finer(
    base: Sequence[Node],
    mine: Sequence[Node],
    theirs: Sequence[Node],
    begin: tuple[int, int, int],
    budget: Budget,
) -> Iterator[Slices]:
    """A stretch that both changed, cut where one of them kept a block that the other changed in its place."""
    b, m, t = begin
    if base not in (mine, theirs) and len(theirs) == len(base):
        for x, y in _gaps(base, mine, budget):
            yield _moved(x, b), _moved(y, m), _moved(x, t)
    elif base not in (mine, theirs) and len(mine) == len(base):
        for x, z in _gaps(base, theirs, budget):
            yield _moved(x, b), _moved(x, m), _moved(z, t)
    else:
        yield slice(b, b + len(base)), slice(m, m + len(mine)), slice(t, t + len(theirs))


def _gaps(base: Sequence[Node], other: Sequence[Node], budget: Budget) -> Iterator[tuple[slice, slice]]:
    """What `other` kept, one by one, and what it changed in between."""
    for same, x, end, y, new_end in align(_keys(base), _keys(other), budget):
        if same:
            yield from ((slice(x + n, x + n + 1), slice(y + n, y + n + 1)) for n in range(end - x))
        else:
            yield slice(x, end), slice(y, new_end)


def _moved(stretch: slice, by: int) -> slice:
    return slice(stretch.start + by, stretch.stop + by)


def _matches(base: Sequence[Node], other: Sequence[Node], budget: Budget) -> dict[int, int]:
    """The place in `other` of each node of `base` that is still there."""
    return {
        start + step: new_start + step
        for same, start, end, new_start, _ in align(_keys(base), _keys(other), budget)
        if same
        for step in range(end - start)
    }
