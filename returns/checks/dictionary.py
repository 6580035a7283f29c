"""Owns which words are spelt as in British English; loads its dictionary once in a process, when first asked."""

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from .american import american_for

_WORDS = Path(__file__).parent / "words"
_DICTIONARY = "dictionaries/en_US.dic"  # in hunspell's wheel
# Where Debian, Fedora, Homebrew and macOS keep hunspell's dictionaries.
_SYSTEM = (
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/Library/Spelling",
)
_TIMES = frozenset(
    "January February March April June July August September October November December"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter".split()
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PREFIXES = tuple("co pre non multi over under inter cyber neuro anti micro un re de".split())
_BEFORE_VERBS = ("un", "re", "de")
_COMPOUNDED = frozenset(
    "bag bank bench board boat book boot boots bottle box boxes boy cafe card care carer case chair chart chat coat course"
    " cover den duty field folk frame friendly fund garden girl ground group hat house hub jar keeper keeping kit land"
    " leader led library light line load lodge maker making mate mates minibus mouse night pack park party path phone pitch"
    " place plan play player pool post proof room school seat share sharing sheet shelf shirt shop shore show side site"
    " sitter sofa song space stand station step stick store storm story suit table talk tent time track tray tree van walk"
    " walker wall ware wear wide work worker yard".split()
)


class _Speller(Protocol):
    def spell(self, word: str) -> bool: ...


def is_available() -> bool:
    """Whether there is a dictionary. Without one, spelling was not checked, and whoever shows findings must say so."""
    return bool(_spellers())


@lru_cache(maxsize=50_000)
def is_word(word: str) -> bool:
    """Whether a word, with or without a capital and 's, is in the dictionary or in our own lists."""
    low = word.lower()
    if low in _misspellings():
        return False
    if _knows(word) or (low != word and _knows(low)):
        return True
    stem, apostrophe, _ = low.partition("'")
    return bool(apostrophe) and _knows(stem)


@lru_cache(maxsize=5_000)
def is_near_miss(word: str, *, names_of_time: bool = False) -> bool:
    """Whether a word with a capital that no dictionary knows is one slip away from a word, and so hardly a name."""
    low = word.lower()
    if low in _misspellings():
        return True
    if names_of_time:
        return len(low) > 4 and _is_slip_of_a_time(low)
    if len(low) < 7 or low in _first_names():
        return False
    return _is_slip(low)


@lru_cache(maxsize=5_000)
def is_slip(word: str) -> bool:
    """Whether a word in small letters that no dictionary knows is one slip away from one that they know, or a slip that
    is often made. What is further away is mostly a word after all: of a clinic, a dialect, a kitchen abroad."""
    return word in _misspellings() or (len(word) > 4 and (_is_slip(word) or _is_slip_of_a_time(word)))


def _is_slip(low: str) -> bool:
    meant = _meant()
    return any(each in meant or _is_inflected(each, meant) for each in _slips(low))


def _is_slip_of_a_time(low: str) -> bool:
    return any(each.capitalize() in _TIMES for each in _slips(low))


@cache
def _spellers() -> tuple[_Speller, ...]:
    """The system's British dictionary where there is one, and the American one that comes with hunspell's wheel."""
    try:
        hunspell = import_module("hunspell")
    except ImportError:
        return ()
    folders = [folder for folder in _SYSTEM if (Path(folder) / "en_GB.dic").exists()]
    british = [hunspell.Hunspell("en_GB", hunspell_data_dir=folder) for folder in folders[:1]]
    return cast(tuple[_Speller, ...], (*british, hunspell.Hunspell("en_US")))


def _knows(word: str) -> bool:
    low = word.lower()
    if low in _ours() or any(speller.spell(word) for speller in _spellers()):
        return True
    if any(speller.spell(each) for each in american_for(low) for speller in _spellers()):
        return True
    return _is_inflected(low, _ours()) or _is_prefixed(low) or _is_compound(low)


def _is_inflected(low: str, words: frozenset[str]) -> bool:
    return any(low.endswith(ending) and low.removesuffix(ending) + rest in words for ending, rest in _ENDINGS)


_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("ies", "y"),
    ("er", ""),
    ("ers", ""),
)


def _is_prefixed(low: str) -> bool:
    for prefix in _PREFIXES:
        rest = low.removeprefix(prefix)
        # What begins with un or re is often a slip of another word.
        if (
            rest == low
            or len(rest) < 5
            or (prefix in _BEFORE_VERBS and not (len(rest) > 5 and rest.endswith(("ed", "ing", "able"))))
        ):
            continue
        if rest in _ours() or any(
            speller.spell(each) for each in (rest, *american_for(rest)) for speller in _spellers()
        ):
            return True
    return False


def _is_compound(low: str) -> bool:
    """A compound nobody lists, of a word and one that often ends such: playpark, houseboat, sandtray."""
    stem = low.removesuffix("s")
    ends = (stem[place:] for place in range(3, len(stem) - 2))
    return any(
        end in _COMPOUNDED and any(speller.spell(stem.removesuffix(end)) for speller in _spellers())
        for end in ends
    )


def _slips(low: str) -> Iterable[str]:
    """Every word one letter more, less or other away, or with two neighbours exchanged."""
    for place in range(len(low) + 1):
        head, tail = low[:place], low[place:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS if letter != tail[0])
        yield from (head + letter + tail for letter in _LETTERS)


@cache
def _meant() -> frozenset[str]:
    """What somebody may have meant who slipped: our words and the dictionary's, most without their endings. Asking
    the dictionary itself for hundreds of words takes it too long."""
    file = Path(str(import_module("hunspell").__file__)).parent / _DICTIONARY
    stems = (
        line.partition("/")[0] for line in file.read_text(encoding="utf-8", errors="ignore").splitlines()
    )
    return _ours() | {stem for stem in stems if stem.islower()}


@cache
def _ours() -> frozenset[str]:
    return _listed("british.txt") | _listed("field.txt") | _listed("everyday.txt")


@cache
def _misspellings() -> frozenset[str]:
    return _listed("misspellings.txt")


@cache
def _first_names() -> frozenset[str]:
    return _listed("names.txt")


def _listed(name: str) -> frozenset[str]:
    lines = (_WORDS / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.lower().split())
