"""Owns the rule that looks for what reaches or names one person: addresses, numbers, dates of birth."""

import re
from collections.abc import Iterator
from functools import lru_cache

from .context import Context
from .dates import is_birth
from .findings import Finding
from .reading import Reading

RULE = "contact-identifier"

_MAILBOX = re.compile(r"[A-Za-z0-9._%+'’-]{1,64}\Z")
_HOST = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}")
_DIGITS = re.compile(
    r"(?<![\w.,£$€+-])(?:\+|\(\+?|00)?\(?[0-9](?:[ ().\xa0–-]{0,3}[0-9]){6,15}(?![\w%]|[.,/][0-9])"
)
# Quick looks at a line: six digits near each other, what a postcode ends in, a number before a name.
_LONG_NUMBER = re.compile(r"[0-9](?:[ ().\xa0–-]{0,3}[0-9]){5}")
_INWARD = re.compile(r"[0-9][A-Za-z]{2}")
_BEFORE_NAME = re.compile(r"[0-9][A-Za-z]?,? [A-Z]")
_DIGIT = re.compile(r"[0-9]")
_NHS = re.compile(r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}")
_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-Z]{1,2})([0-9][0-9A-Z]?) ?[0-9](?:[ABD-HJLNP-UW-Z]{2}|(?P<odd>[A-Z]{2}))(?![A-Za-z0-9])",
    re.I,
)
_AREAS = frozenset(
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX"
    " FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN"
    " NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW"
    " UB W WA WC WD WF WN WR WS WV YO ZE".split()
)
# What stands before a postcode that the Post Office would not give: a street or town, or that it is one.
_IN_ADDRESS = re.compile(r"\b(?i:address|post ?code|lives? at|lived at|living at|home at)\b|[A-Z][a-z]+, ?\Z")
_UPN = re.compile(r"(?<!\w)[A-HJ-NP-Z][0-9]{11}[0-9A-HJ-NP-Z](?!\w)")
_INSURANCE = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D](?!\w)")
# Both begin with a capital, so that the engine goes from one to the next.
_PLATE = re.compile(r"[A-HJ-PR-Y](?<!\w.)[A-HJ-PR-Y](?:0[1-9]|[1-9][0-9])[ -]?[A-HJ-PR-Z]{3}(?![\w-])")
_OLD_PLATE = re.compile(
    r"[A-HJ-PR-Y](?<!\w.)(?:(?<![OU])[0-9]{1,3} ?[A-HJ-PR-Y]{3}|[A-HJ-PR-Y]{2} ?[0-9]{1,4}[A-HJ-NPR-TV-Y]?)(?!\w)"
)
_VEHICLE = re.compile(
    r"\b(?:cars?|vans?|vehicles?|taxis?|minibus(?:es)?|registrations?|reg|plates?|vrm|motorbikes?|mopeds?|lorry|drivers?"
    r"|driving|drove|driven|park(?:ed|ing)|fiesta|corsa|astra|golf|bmw|audi|ford|vauxhall|hatchback|saloon|scooter)\b",
    re.I,
)
_CODE = re.compile(
    r"\b(?:budget|cost|project|account|reference|invoice|order|purchase|course|product|form) (?:code|number|no\.?|centre)?\W{0,3}\Z",
    re.I,
)
_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Terrace|Crescent|Cres|Gardens|Gdns|Grove|Place|Court|Way|Walk"
    "|Square|Hill|Row|Mews|Park|Parade|Approach|Rise|View|Green|Broadway|Buildings|Villas|Wharf|Quay|Embankment"
    "|Cottages|Bank|Vale|End|Gate|Path|Yard|Common|Circus|Croft|Fold|Mount|Heights|Meadows?|Fields?|Garth|Drove|Chase"
    "|Dene|Side|Walks|Esplanade|Boulevard|Passage|Alley|Lodge|Towers?|House|Oval|Ridge|Ride|Spinney|Copse|Brow|Wynd"
    "|Hey|Reach|Link|Links|Causeway|Promenade|Estate|Point|Mead|Leys|Nook|Orchard|Steps"
)  # fmt: skip
_ADDRESS = re.compile(
    r"(?<![\w£$€.,/:-])(?:(?P<unit>Flat|Unit|Apartment|Apt|Room|Maisonette|Plot)\.? [0-9]{1,4}[A-Za-z]?(?: ?[-–] ?[0-9]{1,4})?,? (?:at )?)?"
    rf"(?P<number>[0-9]{{1,4}}(?: ?[-–/] ?[0-9]{{1,4}})?[A-Za-z]?),? (?:The |(?:[A-Z][\w'’.-]{{0,24}} ){{1,3}}?)(?:{_STREETS})(?![\w])"
)
_THE_STREET = re.compile(
    r"(?<![\w£.,/:-])[0-9]{1,4}[A-Za-z]?,? The (?:Avenue|Crescent|Drive|Close|Green|Grove|Street|Square|Terrace|Mews|Parade|Causeway|Promenade)(?!\w)"
)
_COUNTED = re.compile(
    r"\b(?:section|sections|year|years|page|pages|stage|phase|part|level|grade|chapter|ward|tier|of|class|key|paragraph|article|operation|week|day|band|table|figure|(?:over|about|around|than|some|nearly|all|our|the|these|those))\s\Z",
    re.I,
)
_MONTH_FIRST = re.compile(
    r"[0-9/–-]+[A-Za-z]?,? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)

_ADVICE = "Take it out, or write who it is about in general words. A published page must not help anyone to find a person."


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each identifier."""
    text = reading.text
    for start, end, message in identifiers(reading):
        yield Finding(RULE, "blocking", context.question, start, end, text[start:end], message, _ADVICE)


@lru_cache(maxsize=2)
def identifiers(reading: Reading) -> tuple[tuple[int, int, str], ...]:
    """Where identifiers stand, in order, none over another, with what each looks like."""
    found: list[tuple[int, int, str]] = []
    covered = bytearray(len(reading.text))
    for start, end, message in _candidates(reading):
        if not any(covered[start:end]):
            covered[start:end] = b"\x01" * (end - start)
            found.append((start, end, message))
    return tuple(sorted(found))


def _candidates(reading: Reading) -> Iterator[tuple[int, int, str]]:
    text = reading.text
    yield from _emails(text)
    for dated in reading.dates:
        if dated.kind == "day" and is_birth(text, dated):
            yield dated.start, dated.end, "This is a date of birth."
    for line in reading.lines:
        if _DIGIT.search(text, line.start, line.end):
            yield from _with_digits(text, line.start, line.end)


def _with_digits(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    if _LONG_NUMBER.search(text, first, last):
        for match in _UPN.finditer(text, first, last):
            yield *match.span(), "This looks like a pupil number."
        for match in _INSURANCE.finditer(text, first, last):
            yield *match.span(), "This looks like a National Insurance number."
        yield from _numbers(text, first, last)
    if _INWARD.search(text, first, last):
        yield from _postcodes(text, first, last)
    yield from _plates(text, first, last)
    if _BEFORE_NAME.search(text, first, last):
        for pattern in (_ADDRESS, _THE_STREET):
            for match in pattern.finditer(text, first, last):
                if _is_address(text, match):
                    yield *match.span(), "This is an address."


def _emails(text: str) -> Iterator[tuple[int, int, str]]:
    position = text.find("@")
    while position != -1:
        host = _HOST.match(text, position + 1)
        mailbox = _MAILBOX.search(text, max(position - 64, 0), position) if host else None
        if mailbox and host:
            start = mailbox.start() + len(mailbox[0]) - len(mailbox[0].lstrip("'’.-"))
            if start < position:
                yield start, host.end(), "This is an e-mail address."
        position = text.find("@", position + 1)


def _numbers(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    for match in _DIGITS.finditer(text, first, last):
        digits = "".join(character for character in match[0] if character.isdigit())
        if _is_phone(match[0], digits):
            yield *match.span(), "This is a telephone number."
        elif len(digits) == 10 and _NHS.fullmatch(match[0].lstrip("(")) and _has_check_digit(digits):
            yield match.end() - len(match[0].lstrip("(")), match.end(), "This is a valid NHS number."


def _is_phone(written: str, digits: str) -> bool:
    if digits.startswith("0044"):
        digits = digits[2:]
    if digits.startswith("44") and (written.lstrip("(").startswith(("+", "00"))):
        digits = "0" + digits[2:].removeprefix("0")
    return len(digits) in (10, 11) and digits[0] == "0" and digits[1] in "123578"


def _has_check_digit(digits: str) -> bool:
    """Modulus 11, as the NHS Data Dictionary gives it for the NHS number."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest % 11 == int(digits[9]) and rest != 10 and len(set(digits)) > 1


def _postcodes(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    for match in _POSTCODE.finditer(text, first, last):
        known = (match[1].upper() in _AREAS and not match["odd"]) or _IN_ADDRESS.search(
            text, max(match.start() - 40, 0), match.start()
        )
        if known and (match[0].isupper() or (match[0].islower() and " " in match[0])):
            yield *match.span(), "This is a full postcode: it stands for about fifteen homes."


def _plates(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    for match in _PLATE.finditer(text, first, last):
        if not _CODE.search(text, max(match.start() - 30, 0), match.start()):
            yield *match.span(), "This looks like a vehicle registration."
    for match in _OLD_PLATE.finditer(text, first, last):
        if _VEHICLE.search(text, max(match.start() - 80, 0), match.start()) or _VEHICLE.search(
            text, match.end(), match.end() + 40
        ):
            if not match[0].startswith(("KS", "Year")) and any(each.isdigit() for each in match[0]):
                yield *match.span(), "This looks like a vehicle registration."


def _is_address(text: str, match: re.Match[str]) -> bool:
    number = re.match(r"[0-9]+", match["number"]) if "number" in match.re.groupindex else None
    if number and len(number[0]) == 4 and number[0].startswith(("19", "20")):
        return False
    if _MONTH_FIRST.match(match[0]):
        return False
    return not _COUNTED.search(text, max(match.start() - 14, 0), match.start())
