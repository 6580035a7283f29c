"""Owns whether an answer says what an acronym stands for; knows no register and no rule."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from .reading import Reading

_WORDS = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?")
_LETTER = re.compile(r"\w")
_ITS_END = re.compile(r"(?:s|['’]s)?(?!\w)")
_LITTLE = frozenset("a an the of to in and or for on at by with from into as".split())
_BEFORE = 200
_MOST = 50
# What may tie an acronym to its expansion: an open bracket, a joining word or stop before it, a bracket or verb after it.
_BESIDE = re.compile(r"(?:\([^()\n]{0,60}|(?:\bor|\bas|\bcalled|[–—=:,-])(?: the)?\s?[\"'‘“]?)\Z")
_FOLLOWED = re.compile(r" ?[(\[:=–—-]|, (?:the|an?|our)\b|,? (?:stands|means|which|that|is)\b")
_JOINED = re.compile(
    r"(?: (?:or|called|known as|=)|[–—:,-]|(?:\bor|\bas|\bcalled|[–—=:,-]) the)\s?[\"'‘“]?\Z"
)
_JOINING = re.compile(
    r"(?:,? (?:or|(?:also |often |better )?known as|called)(?: the)?|[–—=:,-])\s?[\"'‘“]?\Z"
)
_STANDS_FOR = (
    r"(?: stands for| means|,? (?:which|that) (?:is|stands for|means)| ?[:=–—-]|(?:,| is) (?:the|an?|our))"
)


def expanded(reading: Reading, acronym: str) -> bool:
    """Whether "X Y Z (XYZ)", "XYZ (X Y Z)", "X Y Z, or XYZ" or "XYZ stands for X Y Z" occurs anywhere."""
    text = reading.text
    for start, end in islice(_places(text, acronym), _MOST):
        if not _BESIDE.search(text, max(start - 60, 0), start) and not _FOLLOWED.match(text, end):
            continue
        before, after = text[max(start - _BEFORE, 0) : start], text[end : end + _BEFORE]
        if any(says(acronym, before) for says in (_in_bracket, _joined)):
            return True
        if any(says(acronym, after) for says in (_bracket_follows, _stands_for)):
            return True
    return False


def _in_bracket(acronym: str, before: str) -> bool:
    """X Y Z (XYZ); (X Y Z, or XYZ)."""
    opener = before.rfind("(")
    if opener == -1 or ")" in before[opener:] or "\n" in before[opener:]:
        return False
    inside = before[opener + 1 :]
    if len(_WORDS.findall(inside)) <= 4 and spelled_before(acronym, before[:opener]):
        return True
    return spelled_before(acronym, inside.rstrip(" ,;:–—-").removesuffix(" or").removesuffix(","))


def _joined(acronym: str, before: str) -> bool:
    """X Y Z, or XYZ; X Y Z, known as the XYZ; X Y Z – XYZ."""
    return bool(_JOINED.search(before)) and spelled_before(acronym, _JOINING.sub("", before))


def _bracket_follows(acronym: str, after: str) -> bool:
    """XYZ (X Y Z). One word may follow that gives no letter: MCQ (My Comment in Quick pictures)."""
    bracket = re.match(r" ?[(\[]([^()\[\]\n]{1,160})[)\]]", after)
    words = _WORDS.findall(bracket[1].replace("-", " ").replace("/", " ")) if bracket else []
    return spells(acronym, words) or spells(acronym, words[:-1])


def _stands_for(acronym: str, after: str) -> bool:
    """XYZ stands for X Y Z; XYZ, the X Y Z."""
    stands = re.match(rf"{_STANDS_FOR} ?([^.;:()\n]{{1,120}})", after)
    words = _WORDS.findall(stands[1].replace("-", " ")) if stands else []
    lasts = range(len(acronym), min(len(words), 12) + 1)
    return any(spells(acronym, words[first:last]) for first in (0, 1) for last in lasts)


def _places(text: str, acronym: str) -> Iterator[tuple[int, int]]:
    """Where an acronym stands by itself, with its s; looked for as letters, which is far quicker than an expression."""
    start = text.find(acronym)
    while start != -1:
        ends = (
            _ITS_END.match(text, start + len(acronym)) if not _LETTER.match(text[start - 1 : start]) else None
        )
        if ends:
            yield start, ends.end()
        start = text.find(acronym, ends.end() if ends else start + 1)


def spelled_before(acronym: str, text: str) -> bool:
    """Whether the words at the end of the text spell the acronym; up to two words may stand between."""
    sentence = re.split(r"[.;:!?\n]\s", text[-_BEFORE:])[-1]
    words = _WORDS.findall(sentence.replace("-", " ").replace("/", " ").replace("&", " and "))[
        -(2 * len(acronym) + 5) :
    ]
    for last in range(len(words), max(len(words) - 3, 0), -1):
        for first in range(last - 1, -1, -1):
            if words[first][0].lower() == acronym[0].lower() and spells(acronym, words[first:last]):
                return True
    return False


def spells(acronym: str, words: Sequence[str]) -> bool:
    """Whether the letters are the initials of the words in order.

    Little words may be left out, and a word may give a second letter from its inside (ChIld: CHISVA), but never the
    first, and never two words in one.
    """
    letters = acronym.lower().replace("&", "")
    states = {(0, False)}
    for word in words:
        low = word.lower()
        following: set[tuple[int, bool]] = set()
        for matched, bent in states:
            if low in _LITTLE and matched:
                following.add((matched, bent))
            if matched < len(letters) and low[0] == letters[matched]:
                following.add((matched + 1, bent))
                if (
                    not bent
                    and matched + 1 < len(letters)
                    and len(letters) > 3
                    and letters[matched + 1] in low[1:]
                ):
                    following.add((matched + 2, True))
        states = following
        if not states:
            return False
    return any(matched == len(letters) for matched, _ in states)
