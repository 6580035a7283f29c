"""Owns whether a passage still stands in a text that has changed since; knows no rule and no person.

A passage stands while its words do: other punctuation, capitals and the mending of a misspelt word leave it standing,
another word or figure does not. Short passages, such as two letters, also need words around them that they had before.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from .american import american_for
from .dictionary import is_available, is_word

_WORD = re.compile(r"[^\W_]+")
_INSIDE = re.compile(r"(?<=\w)[-‐-―'’.](?=\w)")
_LONG = 5  # so many words stand for themselves, wherever they have moved to
_AROUND = 8
_ALIKE = 0.5
_LONGEST_GUESS = 40


class Place(NamedTuple):
    """A passage with what stands before and after it; `occurrence` counts the same quotation from 1."""

    quote: str
    before: str = ""
    after: str = ""
    occurrence: int = 1


def words_of(text: str) -> list[str]:
    """The words in lower case; what is inside a word (well-being, don't, J.D.) holds it together."""
    return _WORD.findall(_INSIDE.sub("", text.lower()))


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in punctuation, capitals and spelling at most."""
    first, second = words_of(one), words_of(other)
    if len(first) != len(second):
        return "".join(first) == "".join(second)
    return all(map(_same_word, first, second))


def settle(places: Sequence[Place], kept: Sequence[Place]) -> list[int | None]:
    """For each place the number of the kept one that it is, or None. Each kept one is one place at most."""
    found: list[int | None] = [None] * len(places)
    taken: set[int] = set()
    likely = (
        (-likeness(place, one), place_number, number)
        for place_number, place in enumerate(places)
        for number, one in enumerate(kept)
    )
    for _score, place_number, number in sorted(each for each in likely if each[0]):
        if found[place_number] is None and number not in taken:
            found[place_number] = number
            taken.add(number)
    return found


def likeness(place: Place, kept: Place) -> float:
    """How surely one is the other; 0 when it is not."""
    if not same_words(place.quote, kept.quote):
        return 0
    around = _around_alike(place, kept)
    if len(words_of(kept.quote)) < _LONG and kept.quote and around < _ALIKE:
        return 0
    return 1 + around + (0.1 if place.occurrence == kept.occurrence else 0)


def _around_alike(place: Place, kept: Place) -> float:
    one, other = _around(place), _around(kept)
    if not one and not other:
        return 1
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _around(place: Place) -> list[str]:
    return [*words_of(place.before)[-_AROUND:], *words_of(place.after)[:_AROUND]]


def _same_word(one: str, other: str) -> bool:
    """The same, or one the misspelt other: what is a word by itself is another word."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter >= 5 and (one in american_for(other) or other in american_for(one)):
        return True  # "for" is no American "four"
    if shorter < 3 or max(len(one), len(other)) > _LONGEST_GUESS or not (one.isalpha() and other.isalpha()):
        return False
    if not is_available():
        return shorter >= 6 and _slips(one, other) == 1
    return is_word(one) != is_word(other) and _slips(one, other) <= (1 if shorter < 5 else 2)


def _slips(one: str, other: str) -> int:
    """How many letters were added, left out, changed or exchanged with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, there in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]
