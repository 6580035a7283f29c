"""Owns what changed between two texts: blocks first, then the words in changed blocks. Knows no HTML."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .alignment import Budget, align
from .blocks import (
    Block,
    BulletList,
    Cell,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListItem,
    NumberedList,
    Paragraph,
    Quotation,
    Table,
    Text,
)
from .inlines import plain

Kind = Literal["same", "added", "removed", "changed"]
Row = tuple[Cell, ...]
Node = Block | ListItem | Cell | Row

_MOST_PAIRINGS = 400
_MOST_PAIRED = 4_000
_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Words:
    """Neighbouring words with the same fate."""

    kind: Literal["same", "added", "removed"]
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one block, item, row or cell.

    "same" and "changed" have `before` and `after`, "added" only `after`, "removed" only `before`. A changed paragraph,
    heading or cell has `words`; a changed list, item, quotation, table or row has `parts`.
    """

    kind: Kind
    before: Node | None = None
    after: Node | None = None
    words: tuple[Words, ...] = ()
    parts: tuple["Change", ...] = ()


def diff(before: Sequence[Block], after: Sequence[Block]) -> tuple[Change, ...]:
    """The way from one text to the other: without what was added it has the words of `before` in order, without what
    was removed those of `after`. Words are compared without their marks."""
    return tuple(_aligned(before, after, Budget()))


# Blocks, items, rows


def _aligned(before: Sequence[Node], after: Sequence[Node], budget: Budget) -> Iterator[Change]:
    old, new = [_key(node) for node in before], [_key(node) for node in after]
    for same, start, end, new_start, new_end in align(old, new, budget):
        if same:
            for one, other in zip(before[start:end], after[new_start:new_end], strict=True):
                yield Change("same", one, other)
        else:
            yield from _replaced(before[start:end], after[new_start:new_end], budget)


def _key(node: Node) -> str:
    """Equal for nodes that are shown the same way."""
    return repr(node)


def _replaced(before: Sequence[Node], after: Sequence[Node], budget: Budget) -> Iterator[Change]:
    old = new = 0
    for place, other in _pairs(before, after):
        yield from (Change("removed", before=node) for node in before[old:place])
        yield from (Change("added", after=node) for node in after[new:other])
        yield _changed(before[place], after[other], budget)
        old, new = place + 1, other + 1
    yield from (Change("removed", before=node) for node in before[old:])
    yield from (Change("added", after=node) for node in after[new:])


def _pairs(before: Sequence[Node], after: Sequence[Node]) -> list[tuple[int, int]]:
    """Which nodes are the same one changed: the likest, in order; one by one where there are very many."""
    if not before or not after or len(before) + len(after) > _MOST_PAIRED:
        return []
    old, new = [_word_counts(node) for node in before], [_word_counts(node) for node in after]
    if len(before) * len(after) > _MOST_PAIRINGS:
        return [
            (place, place)
            for place in range(min(len(before), len(after)))
            if _likeness(before[place], after[place], old[place], new[place]) >= _ALIKE
        ]
    scores = [
        [_likeness(one, other, old[x], new[y]) for y, other in enumerate(after)]
        for x, one in enumerate(before)
    ]
    return _best_in_order(scores)


def _best_in_order(scores: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs, in order on both sides, with the highest sum of scores."""
    height, width = len(scores), len(scores[0])
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for x in range(height - 1, -1, -1):
        for y in range(width - 1, -1, -1):
            paired = scores[x][y] + best[x + 1][y + 1] if scores[x][y] >= _ALIKE else 0.0
            best[x][y] = max(best[x + 1][y], best[x][y + 1], paired)
    pairs: list[tuple[int, int]] = []
    x = y = 0
    while x < height and y < width:
        if best[x][y] == best[x + 1][y]:
            x += 1
        elif best[x][y] == best[x][y + 1]:
            y += 1
        else:
            pairs.append((x, y))
            x, y = x + 1, y + 1
    return pairs


def _likeness(before: Node, after: Node, old: Counter[str], new: Counter[str]) -> float:
    """0 to 1: how many of the words are in both; 0 where one cannot become the other."""
    if not any(isinstance(before, kind) and isinstance(after, kind) for kind in _COMPARABLE):
        return 0.0
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


_COMPARABLE: tuple[tuple[type, ...], ...] = (
    (Paragraph, Heading),
    (BulletList, NumberedList),
    (Quotation,),
    (Table,),
    (ListItem,),
    (tuple,),
)


def _word_counts(node: Node) -> Counter[str]:
    return Counter(word for inlines in _inlines(node) for word in plain(inlines).split())


def _inlines(node: Node) -> Iterator[Inlines]:
    """The inline contents in a node of any kind."""
    match node:
        case Paragraph(inlines) | Heading(_, inlines) | Cell(inlines):
            yield inlines
        case _:
            for part in parts_of(node):
                yield from _inlines(part)


def parts_of(node: Node) -> Sequence[Node]:
    """The nodes a node consists of; none for a paragraph, heading or cell."""
    match node:
        case BulletList(items) | NumberedList(items):
            return items
        case ListItem(blocks) | Quotation(blocks):
            return blocks
        case Table(header, rows):
            return (header, *rows)
        case tuple():
            return node
        case _:
            return ()


def _changed(before: Node, after: Node, budget: Budget) -> Change:
    match before, after:
        case (Paragraph() | Heading() | Cell(), Paragraph() | Heading() | Cell()):
            words = tuple(_words(before.inlines, after.inlines, budget))
            return Change("changed", before, after, words=words)
        case (tuple(), tuple()):
            return _changed_row(before, after, budget)
        case _:
            return Change(
                "changed", before, after, parts=tuple(_aligned(parts_of(before), parts_of(after), budget))
            )


def _changed_row(before: Row, after: Row, budget: Budget) -> Change:
    """Cells one by one; a column at the end that came or went is added or removed."""
    shared = min(len(before), len(after))
    parts = [_changed(before[place], after[place], budget) for place in range(shared)]
    parts += [Change("removed", before=cell) for cell in before[shared:]]
    parts += [Change("added", after=cell) for cell in after[shared:]]
    return Change("changed", before, after, parts=tuple(parts))


# Words


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, which may have several marks in it, and the white space before it."""

    text: str
    pieces: tuple[Text, ...]
    space: Inline | None


def _words(before: Inlines, after: Inlines, budget: Budget) -> Iterator[Words]:
    old, new = list(_split(before)), list(_split(after))
    stretches = align([word.text for word in old], [word.text for word in new], budget)
    for same, start, end, new_start, new_end in stretches:
        if same:
            yield Words("same", _joined(new[new_start:new_end]))
            continue
        if end > start:
            yield Words("removed", _joined(old[start:end]))
        if new_end > new_start:
            yield Words("added", _joined(new[new_start:new_end]))


def _split(inlines: Inlines) -> Iterator[_Word]:
    pieces: list[Text] = []
    space: Inline | None = None
    for inline in inlines:
        if isinstance(inline, LineBreak):
            if pieces:
                yield _Word("".join(piece.text for piece in pieces), tuple(pieces), space)
            pieces, space = [], inline
            continue
        for place, text in enumerate(inline.text.split(" ")):
            if place:
                if pieces:
                    yield _Word("".join(piece.text for piece in pieces), tuple(pieces), space)
                    space = None
                pieces, space = [], space or Text(" ", inline.bold, inline.italic, inline.href)
            if text:
                pieces.append(Text(text, inline.bold, inline.italic, inline.href))
    if pieces:
        yield _Word("".join(piece.text for piece in pieces), tuple(pieces), space)


def _joined(words: Sequence[_Word]) -> Inlines:
    """The words with the white space between and before them."""
    return tuple(inline for word in words for inline in ((word.space,) if word.space else ()) + word.pieces)
