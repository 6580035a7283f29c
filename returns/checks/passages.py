"""Owns which sentences are nearly the same, found without comparing each with each; knows no rule and no context."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple

FEWEST_WORDS = 12
_SHORTEST = 10
_SAME = 0.75
_IN_ORDER = 0.5  # clauses may have changed places
_SAME_WITH_MORE = 0.85  # where one of the two has a figure more
_MOST_WORDS = 120
_MOST_ALIKE = 40
_NOT = (
    ("can't", "can not"),
    ("cannot", "can not"),
    ("won't", "will not"),
    ("no one", "nobody"),
    ("n't", " not"),
)
_WORD = re.compile(r"[^\W_]+")
_LITTLE = frozenset(
    "a an the of to in and or is are was were be been has have had that which it its for on at by".split()
)


class Passage(NamedTuple):
    """A sentence, where it comes from, and its words in lower case."""

    source: str
    text: str
    words: tuple[str, ...]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a sentence, in lower case, at most 120 of them."""
    low = text.lower().replace("’", "'")
    for short, full in _NOT:
        low = low.replace(short, full)
    return tuple(_WORD.findall(low.replace("'", ""))[:_MOST_WORDS])


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two sentences say the same in nearly the same words; other figures make another fact."""
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    if longer < FEWEST_WORDS or shorter < _SHORTEST or shorter < 0.6 * longer:
        return False
    if one == other:
        return True
    shared = sum((Counter(one) & Counter(other)).values())
    share = 2 * shared / (longer + shorter)
    if share < _SAME or share < _share_needed(_figures(one), _figures(other)):
        return False
    if {word for word in set(one) ^ set(other) if word in ("not", "no", "never")}:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _IN_ORDER


def _figures(words: tuple[str, ...]) -> Counter[str]:
    return Counter(word for word in words if word[0].isdigit())


def _share_needed(one: Counter[str], other: Counter[str]) -> float:
    """Other figures make another fact; a figure more, perhaps the same one with an addition."""
    if one == other:
        return _SAME
    return _SAME_WITH_MORE if one <= other or other <= one else 2


@lru_cache(maxsize=4)
def _keys(words: tuple[str, ...]) -> frozenset[int]:
    """What two sentences that are alike share at least some of: pairs of neighbouring weighty words."""
    weighty = [word for word in words if word not in _LITTLE]
    return frozenset(map(hash, pairwise(weighty)))


@dataclass(frozen=True)
class Passages:
    """Sentences that can be looked up by likeness. A look-up costs about as much as the sentence is long."""

    _passages: list[Passage] = field(default_factory=list)
    _index: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _exact: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str]]) -> "Passages":
        """From (source, sentence), where a source is an agency or what else tells its answer apart."""
        passages = cls()
        for source, text in texts:
            passages.add(source, text)
        return passages

    def add(self, source: str, text: str, words: tuple[str, ...] | None = None) -> None:
        words = words_of(text) if words is None else words
        if len(words) < _SHORTEST:
            return
        place = len(self._passages)
        self._passages.append(Passage(source, text, words))
        self._exact[words].append(place)
        for key in _keys(words):
            listed = self._index[key]
            # What stands in very many sentences tells nothing of any of them.
            if len(listed) < _MOST_ALIKE:
                listed.append(place)

    def like(self, words: tuple[str, ...], *, but: str | None = None) -> Iterator[Passage]:
        """The passages like a sentence, nearest first; `but` leaves out a source."""
        if len(words) < _SHORTEST or not self._passages:
            return
        seen: set[int] = set()
        for place in self._exact.get(words, ())[:_MOST_ALIKE]:
            seen.add(place)
            if self._passages[place].source != but and len(words) >= FEWEST_WORDS:
                yield self._passages[place]
        keys = _keys(words)
        shared = Counter(chain.from_iterable(self._index.get(key, ()) for key in keys))
        likely = [each for each in shared.items() if each[1] * 4 >= len(keys)]
        for place, _count in sorted(likely, key=itemgetter(1), reverse=True)[:_MOST_ALIKE]:
            passage = self._passages[place]
            if place not in seen and passage.source != but and alike(words, passage.words):
                yield passage
