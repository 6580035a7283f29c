"""Owns the rule that looks for acronyms which neither the answer nor the register explains."""

import re
from collections.abc import Iterator
from itertools import islice

from .contact_identifier import identifiers
from .context import Context
from .dictionary import is_available, is_word
from .expansions import expanded
from .findings import Finding
from .initials import initials
from .reading import Reading

RULE = "unexpanded-acronym"

# It begins with a capital, so that the engine goes from one to the next.
_ACRONYM = re.compile(
    r"[A-Z](?<![\w@./&-].)(?:(?<!['’#].)[A-Z&]{0,6}[A-Z](?=s?(?![\w@]))(?!&|-?[0-9]|\.[A-Z])|[A-Z]{1,6}(?=['’]s\b)"
    r"|(?<!['’#].)[A-Z]{2,4}Co(?=s?(?![\w@-]))|(?<!['’#].)[A-Z]{0,2}[a-z]{1,2}(?:[A-Z]{1,3}[a-z]{1,2})?[A-Z]{1,4}(?=s?(?![\w@-])))"
)
_KNOWN = frozenset(
    "NHS UK GP TV ID IT OK PDF US USA EU UN BBC ITV DVD CD PIN SMS FAQ AM PM BC AD CV USB URL RSVP SOS PS PTO PE DIY"
    " MOT VAT XL XXL XXXL XS XXS GPS SIM CCTV GCSE HIV COVID PC DC DI QC KC MBE OBE CBE WC AA VHS HTML WIFI HGV DJ BMX FM"
    " LED UFO VIP GB II III IV VI VII VIII IX XI XII BSC PHD PhD BA MA MSC".split()
)
_SHOUTED = frozenset(
    "A ALL AND ANY ARE AS AT BE BUT BY CAN DO FOR FROM HAVE HE HELP HER HIS HOW IF IN IS ME MUST MY NEVER NO NOT NOW OF"
    " ON ONE ONLY OR OUR OUT SAID SEE SHE SO STOP THAT THE THEIR THEM THEN THERE THEY THIS TO UP US VERY WAS WE WERE WHAT"
    " WHEN WHERE WHO WHY WILL WITH YES YOU YOUR GO GOOD BAD LISTEN LOVE SAFE VOICE CHILD DON DID WELL MORE TOO ALWAYS EVERY".split()
)
_INTRODUCED = re.compile(
    r"\b(?:called|named|known as|entitled|titled|nicknamed|dubbed|branded|under the name(?: of)?|by the name of|name is)\s[\"'‘“]?\Z",
    re.I,
)
_MOST_PLACES = 200
_MOST = 300  # an answer with more of them is none
_ADVICE = (
    "Write it out once, with the short form in brackets, or ask for it to be added to the partnership’s list."
)


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each distinct acronym, where it first stands."""
    text = reading.text
    places: dict[str, list[int]] = {}
    for match in _ACRONYM.finditer(text):
        places.setdefault(match[0], []).append(match.start())
    if not places:
        return
    people: set[int] = set()
    for start, end in initials(reading, frozenset(context.acronyms)):
        people.update(range(start, end))
    for start, end, _ in identifiers(reading):
        people.update(range(start, end))
    unknown = (each for each in places.items() if not _is_known(each[0], context))
    for acronym, starts in islice(unknown, _MOST):
        starts = [start for start in starts[:_MOST_PLACES] if start not in people]
        if not starts or any(_INTRODUCED.search(text, max(start - 24, 0), start) for start in starts):
            continue
        starts = [start for start in starts if not _is_shouted(text, start, acronym)]
        if starts and not _is_stressed(reading, acronym) and not expanded(reading, acronym):
            yield Finding(
                RULE,
                "hint",
                context.question,
                starts[0],
                starts[0] + len(acronym),
                acronym,
                "Not every reader will know what this stands for.",
                _ADVICE,
            )


def _is_known(acronym: str, context: Context) -> bool:
    return (
        acronym in _KNOWN
        or acronym.startswith("Mc")
        or acronym in context.acronyms
        or acronym in context.field_words
    )


def _is_shouted(text: str, start: int, acronym: str) -> bool:
    """A word in capitals for weight, among others or by itself."""
    if acronym in _SHOUTED:
        return True
    around = text[max(start - 40, 0) : start + len(acronym) + 40]
    letters = sum(map(str.isalpha, around))
    if letters > len(acronym) + 4 and sum(map(str.isupper, around)) > 0.8 * letters:
        return True
    beside = re.findall(r"[A-Z]{2,}", text[max(start - 20, 0) : start + len(acronym) + 20])
    shouted = sum(word in _SHOUTED for word in beside)
    return shouted >= 2 or (shouted == 1 and _is_word(acronym))


def _is_stressed(reading: Reading, acronym: str) -> bool:
    """A word in capitals for weight: a long one, or one that the answer has in small letters, too."""
    low = acronym.lower()
    return _is_word(acronym) and (len(low) >= 7 or re.search(rf"\b{low}\b", reading.text) is not None)


def _is_word(acronym: str) -> bool:
    """Whether it may be a word in capitals beside others: ASK, WAIT and LISTEN."""
    return len(acronym) >= 3 and is_available() and is_word(acronym.lower())
