"""Owns where a sentence ends in English prose; knows no blocks and no rule."""

import re
from collections.abc import Iterator

_STOP = re.compile(r"[.!?…](?<![.!?…].)[.!?…]*+[\"'”’)\]]*+(?=\s)")
_NEXT = re.compile(r"\s+[\"'“‘(\[]*+([^\s])")
_LAST_WORD = re.compile(r"[\w.&-]{1,20}\Z")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev st no nos cllr sgt insp supt jr sr vs etc eg ie e.g i.e cf al approx dept ext fig vol"
    " tel b d.o.b ref p pp para paras ss".split()
)
_STARTERS = frozenset(
    "she he they her his their we our it its the this these those a an in on at as after before when while since"
    " from for with by to and but so if i my you your there that one two staff children parents families young"
    " mum dad mother father nobody everyone each every all some many most".split()
)
_INITIAL = re.compile(r"(?:[A-Z]\.)*[A-Z]\Z")
_FIRST_WORD = re.compile(r"\s+[\"'“‘(\[]*+([^\W\d_]{1,20})")


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets between `start` and `end` where one sentence ends and another begins.

    A line break ends a sentence after a stop, and before a capital, a digit or a typed bullet; otherwise a paragraph
    that was copied line by line would fall apart.
    """
    ends: set[int] = set()
    for stop in _STOP.finditer(text, start, end):
        following = _NEXT.match(text, stop.end(), end)
        if following and _begins(following[1]) and not _abbreviated(text, stop, end):
            ends.add(stop.end())
    position = text.find("\n", start, end)
    while position != -1:
        following = _NEXT.match(text, position, end)
        if following and (_begins(following[1]) or not following[1].isalnum()):
            ends.add(position)
        position = text.find("\n", position + 1, end)
    yield from sorted(ends)


def _begins(character: str) -> bool:
    return character.isupper() or character.isdigit() or character in "•·-–*▪●"


def _abbreviated(text: str, stop: re.Match[str], end: int) -> bool:
    """Whether the stop belongs to an abbreviation or to initials, as far as the words around it tell."""
    if stop[0] != ".":
        return False
    before = _LAST_WORD.search(text, max(stop.start() - 20, 0), stop.start())
    if before is None:
        return False
    word = before[0].lower()
    if word in _ABBREVIATIONS:
        return True
    if _INITIAL.search(before[0]) and (len(before[0]) == 1 or "." in before[0]):
        following = _FIRST_WORD.match(text, stop.end(), end)
        return bool(following) and following[1].lower() not in _STARTERS if following else False
    return False
