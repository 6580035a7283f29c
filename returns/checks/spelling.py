"""Owns the rule that looks for misspelt words and American spellings in British English."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

from .american import british_for, may_be_american
from .context import Context
from .dictionary import is_available, is_near_miss, is_slip, is_word
from .findings import Finding
from .reading import Reading

__all__ = ["RULE", "check", "is_available"]

RULE = "spelling"

_WORD = re.compile(r"(?<![\w@/#&'’.])[A-Za-zÀ-ÿ]+(?:['’][a-z]{1,3})?(?![\w@/])")
_ADDRESS = re.compile(r"[@/]|\.(?:uk|com|org|net|gov|co|ac|nhs|example)\b")
_ATTRIBUTE = re.compile(r"""\b[a-z-]+=["'“][^"'”\n]*\Z""")
_ENDS = re.compile(r"\s")
_ACCENTED = re.compile(r"[À-ÿ]")
# What follows an apostrophe in English, and what does when it is misplaced (did'nt); else it is another language or slang.
_CONTRACTED = ("s", "t", "d", "m", "ll", "re", "ve", "nt")
_LONGEST = 40
_MOST = 300
# Looking for near misses is dear; an answer of thousands of unknown names is no answer.
_MOST_UNKNOWN = 300
_AMERICAN = "This is the American spelling."
_UNKNOWN = "This word is not in the dictionary."
_ADVICE = (
    "Check the spelling. If it is a word of your field, ask for it to be added to the partnership’s list."
)


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each place of a word. Without a dictionary only American spellings are found."""
    for match, british in islice(_misspelt(reading, context), _MOST):
        message, advice = (_AMERICAN, f"In British English: {british}.") if british else (_UNKNOWN, _ADVICE)
        yield Finding(RULE, "hint", context.question, match.start(), match.end(), match[0], message, advice)


def _misspelt(reading: Reading, context: Context) -> Iterator[tuple[re.Match[str], str | None]]:
    """Words, each with its British spelling if it is an American one."""
    text, known = reading.text, _known(context)
    unknown = 0
    for match in _WORD.finditer(text):
        if unknown >= _MOST_UNKNOWN:
            return
        if _is_fine(match[0]) or _is_of_field(text, match, known):
            continue
        british = _american(text, match)
        if not british:
            if not is_available() or is_word(_straight(match[0])):
                continue
            unknown += 1
            if not _is_slip(reading, match):
                continue
        if not _is_in_address(text, *match.span()) and not _is_in_tag(text, *match.span()):
            yield match, british


def _straight(word: str) -> str:
    return word.replace("’", "'")


def _is_of_field(text: str, match: re.Match[str], known: frozenset[str]) -> bool:
    word = _straight(match[0])
    if word.endswith("o") and text.startswith("-", match.end()):
        return True  # neuro-affirming, socio-economic
    bare = word.split("'")[0]
    return word in known or bare in known or bare.lower() in known


def _is_slip(reading: Reading, match: re.Match[str]) -> bool:
    """Whether an unknown word is one slip from a known one; a word with a capital may be a name."""
    bare = _straight(match[0]).split("'")[0]
    if _ACCENTED.search(bare):
        return False
    return _is_misspelt_capital(reading, match.start(), bare) if bare[0].isupper() else is_slip(bare)


def _is_in_address(text: str, start: int, end: int) -> bool:
    """Whether a word is a piece of an e-mail or web address; an address is at most 100 characters to either side."""
    before = _ENDS.split(text[max(start - 100, 0) : start])[-1]
    after = _ENDS.split(text[end : end + 100], maxsplit=1)[0]
    return bool(_ADDRESS.search(before + " " + after)) and not (before in ("", "(") and after.startswith("/"))


def _is_in_tag(text: str, start: int, end: int) -> bool:
    """Whether a word is a piece of mark-up, which another rule finds."""
    opened = text.rfind("<", max(start - 120, 0), start)
    closed = text.find(">", end, end + 120)
    if opened != -1 and closed != -1 and ">" not in text[opened:start] and "<" not in text[end:closed]:
        return True
    return bool(_ATTRIBUTE.search(text, max(start - 120, 0), start))


@lru_cache(maxsize=50_000)
def _is_fine(word: str) -> bool:
    """Whether a word as it is written needs no further look."""
    if len(word) < 3 or len(word) > _LONGEST:
        return True
    bare, apostrophe, rest = _straight(word).partition("'")
    if not _is_plain(bare) or (apostrophe and rest not in _CONTRACTED):
        return True
    return not may_be_american(word.lower()) and is_available() and is_word(_straight(word))


def _is_plain(word: str) -> bool:
    return word.islower() or (word[0].isupper() and word[1:].islower())


def _american(text: str, match: re.Match[str]) -> str | None:
    word = match[0]
    if not may_be_american(word.lower()):
        return None
    if word[0].isupper() and not (
        match.start() < 2 or text[match.start() - 2] in ".!?\n:" or text[match.start() - 1] in '\n"“('
    ):
        return None  # part of a name: World Health Organization
    return british_for(
        word.lower(), text[max(match.start() - 24, 0) : match.start()], text[match.end() : match.end() + 24]
    )


@lru_cache(maxsize=2)
def _starts(reading: Reading) -> frozenset[int]:
    return frozenset(
        {sentence.start for sentence in reading.sentences} | {line.start for line in reading.lines}
    )


@lru_cache(maxsize=2)
def _names(reading: Reading) -> frozenset[str]:
    """Words that have a capital in the middle of a sentence."""
    text = reading.text
    return frozenset(
        match[0]
        for match in re.finditer(r"(?<=[\w,;] )[A-Z][a-z]+", text)
        if match.start() not in _starts(reading) and text[match.start() - 2] not in ".!?:"
    )


def _is_misspelt_capital(reading: Reading, start: int, word: str) -> bool:
    """A word with a capital may be a name; at the start of a sentence it is misspelt when it is nearly a word."""
    text, starts = reading.text, _starts(reading)
    if start not in starts and not (start and text[start - 1] in '"“(' and start - 1 in starts):
        return is_near_miss(word, names_of_time=True)
    return word not in _names(reading) and is_near_miss(word)


def _known(context: Context) -> frozenset[str]:
    return _known_words(
        context.field_words,
        tuple(context.acronyms.values()),
        (*context.preferred_names, *context.preferred_names.values(), context.agency),
    )


@cache
def _known_words(
    field: frozenset[str], expansions: tuple[str, ...], names: tuple[str, ...]
) -> frozenset[str]:
    words = {word for text in (*field, *expansions, *names) for word in re.findall(r"[^\W\d_]+", text)}
    return frozenset(words | {word.lower() for word in words})
