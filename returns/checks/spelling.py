"""Owns the rule that looks for misspelt words and American spellings in British English."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from .american import british_for, may_be_american
from .context import Context
from .dictionary import is_available, is_near_miss, is_slip, is_word
from .findings import Finding
from .reading import Reading

__all__ = ["RULE", "check", "is_available"]

RULE = "spelling"

_WORD = re.compile(r"(?<![\w@/#&'’.])[A-Za-zÀ-ÿ]+(?:['’][a-z]{1,3})?(?![\w@/])")
_ADDRESS = re.compile(r"[@/]|\.(?:uk|com|org|net|gov|co|ac|nhs|example)\b")
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


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each place of a word. Without a dictionary only American spellings are found."""
    text = reading.text
    known = _known(context)
    starts = {sentence.start for sentence in reading.sentences} | {line.start for line in reading.lines}
    names: set[str] | None = None
    count = unknown = 0
    for match in _WORD.finditer(text):
        if count >= _MOST or unknown >= _MOST_UNKNOWN:
            break
        if _is_fine(match[0]):
            continue
        word, start = match[0].replace("’", "'"), match.start()
        if word.endswith("o") and text.startswith("-", match.end()):
            continue  # neuro-affirming, socio-economic
        bare = word.split("'")[0]
        if word in known or bare in known or bare.lower() in known:
            continue
        british = _american(text, match)
        if not british:
            if not is_available() or is_word(word):
                continue
            unknown += 1
            if _ACCENTED.search(bare):
                continue
            if bare[0].isupper():
                names = _names(reading, starts) if names is None else names
                if not _is_misspelt_capital(text, start, bare, starts, names):
                    continue
            elif not is_slip(bare):
                continue
        if _is_in_address(text, start, match.end()) or _is_in_tag(text, start, match.end()):
            continue
        count += 1
        message, advice = (_AMERICAN, f"In British English: {british}.") if british else (_UNKNOWN, _advice())
        yield Finding(RULE, "hint", context.question, start, match.end(), match[0], message, advice)


def _is_in_address(text: str, start: int, end: int) -> bool:
    """Whether a word is a piece of an e-mail or web address; an address is at most 100 characters to either side."""
    before = _ENDS.split(text[max(start - 100, 0) : start])[-1]
    after = _ENDS.split(text[end : end + 100], maxsplit=1)[0]
    return bool(_ADDRESS.search(before + " " + after)) and not (before in ("", "(") and after.startswith("/"))


def _is_in_tag(text: str, start: int, end: int) -> bool:
    """Whether a word is a piece of mark-up, which another rule finds."""
    opened = text.rfind("<", max(start - 120, 0), start)
    closed = text.find(">", end, end + 120)
    return opened != -1 and closed != -1 and ">" not in text[opened:start] and "<" not in text[end:closed]


def _advice() -> str:
    return (
        "Check the spelling. If it is a word of your field, ask for it to be added to the partnership’s list."
    )


@lru_cache(maxsize=50_000)
def _is_fine(word: str) -> bool:
    """Whether a word as it is written needs no further look."""
    if len(word) < 3 or len(word) > _LONGEST:
        return True
    bare, apostrophe, rest = word.replace("’", "'").partition("'")
    if not _is_plain(bare) or (apostrophe and rest not in _CONTRACTED):
        return True
    return not may_be_american(word.lower()) and is_available() and is_word(word.replace("’", "'"))


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


def _names(reading: Reading, starts: set[int]) -> set[str]:
    """Words that have a capital in the middle of a sentence."""
    text = reading.text
    return {
        match[0]
        for match in re.finditer(r"(?<=[\w,;] )[A-Z][a-z]+", text)
        if match.start() not in starts and text[match.start() - 2] not in ".!?:"
    }


def _is_misspelt_capital(text: str, start: int, word: str, starts: set[int], names: set[str]) -> bool:
    """A word with a capital may be a name; at the start of a sentence it is misspelt when it is nearly a word."""
    if start not in starts and not (start and text[start - 1] in '"“(' and start - 1 in starts):
        return is_near_miss(word, names_of_time=True)
    return word not in names and is_near_miss(word)


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
