"""Owns which parts of two sequences are the same, in bounded time; knows strings only, not what they stand for.

difflib's time grows with the product of the lengths and worse. So long sequences are first held together at what is
in both exactly once (as in patience diff), and difflib sees only the short stretches in between.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Stretch = tuple[bool, int, int, int, int]

_LARGEST_PRODUCT = 60_000
_MATCHES_PER_PART = 12
_MOST_WORK = 3_000_000


class Budget:
    """How much work is left for one comparison of two texts; what it does not cover is replaced as a whole."""

    def __init__(self) -> None:
        self._left = _MOST_WORK

    def takes(self, work: int) -> bool:
        """Whether there is room for so much; if not, nothing is used up."""
        if work > self._left:
            return False
        self._left -= work
        return True


def align(old: Sequence[str], new: Sequence[str], budget: Budget) -> Iterator[Stretch]:
    """Stretches (same, start, end, new start, new end) that cover both sequences in order, none of them empty."""
    last: Stretch | None = None
    for stretch in _stretches(old, new, budget):
        if last and last[0] == stretch[0]:
            last = (last[0], last[1], stretch[2], last[3], stretch[4])
            continue
        if last:
            yield last
        last = stretch
    if last:
        yield last


def _stretches(old: Sequence[str], new: Sequence[str], budget: Budget) -> Iterator[Stretch]:
    start, short = 0, min(len(old), len(new))
    while start < short and old[start] == new[start]:
        start += 1
    left = 0
    while left < short - start and old[-1 - left] == new[-1 - left]:
        left += 1
    end, new_end = len(old) - left, len(new) - left
    if start:
        yield True, 0, start, 0, start
    if start < end or start < new_end:
        yield from _between(old[start:end], new[start:new_end], start, start, budget)
    if left:
        yield True, end, len(old), new_end, len(new)


def _between(old: Sequence[str], new: Sequence[str], x: int, y: int, budget: Budget) -> Iterator[Stretch]:
    """Stretches of sequences that differ at both ends; x and y are where they begin in the whole."""
    if len(old) * len(new) <= _LARGEST_PRODUCT:
        yield from _short(old, new, x, y, budget)
        return
    done = new_done = 0
    for place, other in [*_anchors(old, new), (len(old), len(new))]:
        if done < place or new_done < other:
            yield from _short(old[done:place], new[new_done:other], x + done, y + new_done, budget)
        if place < len(old):
            yield True, x + place, x + place + 1, y + other, y + other + 1
        done, new_done = place + 1, other + 1


def _short(old: Sequence[str], new: Sequence[str], x: int, y: int, budget: Budget) -> Iterator[Stretch]:
    if not _is_worth_it(old, new, budget):
        yield False, x, x + len(old), y, y + len(new)
        return
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind == "equal", x + start, x + end, y + new_start, y + new_end


def _is_worth_it(old: Sequence[str], new: Sequence[str], budget: Budget) -> bool:
    if not old or not new or len(old) * len(new) > _LARGEST_PRODUCT:
        return False
    counts = Counter(new)
    matches = sum(counts[part] for part in old)
    size = len(old) + len(new)
    return matches <= _MATCHES_PER_PART * size and budget.takes(matches + size)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of what is in both sequences exactly once: the longest run of them that is in order on both sides."""
    counts, new_counts = Counter(old), Counter(new)
    places = {part: place for place, part in enumerate(new) if new_counts[part] == 1}
    pairs = [(place, places[part]) for place, part in enumerate(old) if counts[part] == 1 and part in places]
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for index, (_, other) in enumerate(pairs):
        at = bisect_left(ends, other)
        before.append(tails[at - 1] if at else -1)
        ends[at : at + 1] = [other]
        tails[at : at + 1] = [index]
    found: list[tuple[int, int]] = []
    index = tails[-1] if tails else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]
