"""Owns dates as people write them in British prose: where they stand and which days they cover; knows no period."""

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Literal, NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "winter": (12, 2),
    "easter": (4, 4),
    "christmas": (12, 12),
    "advent": (12, 12),
    "lent": (2, 4),
    "whitsun": (5, 6),
    "diwali": (10, 11),
    "hanukkah": (12, 12),
    "halloween": (10, 10),
    "bonfire night": (11, 11),
}
_TERMS = {
    "spring": (1, 4),
    "summer": (4, 8),
    "autumn": (9, 12),
    "winter": (1, 4),
    "easter": (4, 4),
    "christmas": (12, 12),
}

# Long names as they may be misspelt, too: Febuary, Septemeber.
MONTH = (
    r"(?:Jan(?:[a-z]{1,3}r[a-z]{0,2}y)?|Feb(?:[a-z]{0,3}r[a-z]{0,2}y)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:[a-z]{0,3}b[a-z]{0,2}r)?|Oct(?:[a-z]{0,2}b[a-z]{1,2}r)?|Nov(?:[a-z]{0,3}b[a-z]{0,2}r)?|Dec(?:[a-z]{0,3}b[a-z]{0,2}r)?)"
)
_YEAR = r"(?:19|20)[0-9]{2}"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_DASH = r"(?: ?[-–—] ?| to | and |/| & )"

DateKind = Literal["day", "month", "season", "year pair", "quarter"]

_PATTERNS: tuple[tuple[DateKind, re.Pattern[str]], ...] = (
    ("day", re.compile(rf"(?<![\w/.-])(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-2][0-9]|3[01])(?![\w-])")),
    ("day", re.compile(rf"(?<![\w/.-])(?P<d>{_DAY})(?P<s>[/.-])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<y>{_YEAR}|[0-9]{{2}})(?![\w/-]|\.[0-9])")),
    ("day", re.compile(rf"(?<![\w/.-])(?:{_DAY}{_DASH})?(?P<d>{_DAY})(?: day)?(?: of)? (?P<mn>{MONTH}),? (?P<y>{_YEAR})(?![\w/-])", re.I)),
    ("day", re.compile(rf"(?<![\w/.-])(?P<mn>{MONTH}) (?P<d>{_DAY}),? (?P<y>{_YEAR})(?![\w/-])", re.I)),
    ("month", re.compile(
        rf"(?<![\w/.-])(?:(?P<first>{MONTH})(?:, {MONTH}){{0,4}},?{_DASH})?"
        rf"(?P<mn>{MONTH})(?: (?:half[- ]term|school holidays?|holidays?))?(?:,? (?:of )?(?P<y>{_YEAR})(?![\w/]|-[0-9])"
        rf"| ?['’](?P<short>[0-9]{{2}})(?!\w))", re.I)),
    ("quarter", re.compile(
        rf"(?<!\w)(?:Q(?P<q>[1-4])|(?:the )?(?:quarter (?P<q2>[1-4])|(?P<q3>first|second|third|fourth|last) quarter))(?: of| in|,)? "
        rf"(?P<y>{_YEAR})(?:[/–-](?P<y2>[0-9]{{2}}|{_YEAR}))?(?![\w])", re.I)),
    ("season", re.compile(
        rf"(?<!\w)(?P<season>{'|'.join(_SEASONS)})"
        rf"(?P<term> (?:and {MONTH} )?(?:term|half[- ]term))?(?: (?:holidays?|break))?(?: of|,| in)? (?P<y>{_YEAR})(?:/[0-9]{{2}})?(?![\w-])", re.I)),
    ("year pair", re.compile(rf"(?<![\w/.-])(?:FY ?)?(?P<y>{_YEAR})(?: ?[/–-] ?)(?P<y2>[0-9]{{2}}|{_YEAR})(?![\w/-]|\.[0-9])")),
)  # fmt: skip
# It begins with digits, so that the engine goes from one to the next.
_HINT = re.compile(r"[0-9]{2}(?:(?<=19|20)[0-9]{2}|(?<=[/.'’-]..)(?![0-9]))")
_ACADEMIC = re.compile(r"(?:academic|school) year(?: of)?,? \(?\Z", re.I)


class Dated(NamedTuple):
    """A date in a text, with the first and last day it may mean; `month_only` and coarser cover whole months."""

    start: int
    end: int
    kind: DateKind
    first: date
    last: date


def dates(text: str) -> list[Dated]:
    """Every date with a year, in order, none inside another. A bare year is not a date."""
    found: list[Dated] = []
    if not _HINT.search(text):
        return found
    covered = bytearray(len(text))
    for first, last in _lines(text):
        if not _HINT.search(text, first, last):
            continue
        for kind, pattern in _PATTERNS:
            for match in pattern.finditer(text, first, last):
                if covered[match.start()] or covered[match.end() - 1]:
                    continue
                days = _days(kind, match, text)
                if days:
                    found.append(Dated(match.start(), match.end(), kind, *days))
                    covered[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return sorted(found)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := text.find("\n", start)) != -1:
        yield start, end
        start = end + 1
    yield start, len(text)


def _days(kind: DateKind, match: re.Match[str], text: str) -> tuple[date, date] | None:
    try:
        if kind == "day":
            return _day(match)
        if kind == "month":
            year = int(match["y"]) if match["y"] else 2000 + int(match["short"])
            if match["mn"] == "may" or (match["short"] and match["mn"].islower()):
                return None
            last = MONTHS[match["mn"].lower()[:3]]
            first = MONTHS[match["first"].lower()[:3]] if match["first"] else last
            return _months(year if first <= last else year - 1, first, year, last)
        if kind == "season":
            first, last = (_SEASONS | _TERMS if match["term"] else _SEASONS)[match["season"].lower()]
            year = int(match["y"])
            return _months(year, first, year + (last < first), last)
        if kind == "quarter":
            return _quarter(match)
        return _pair(match, text)
    except ValueError:
        return None


def _day(match: re.Match[str]) -> tuple[date, date]:
    groups = match.groupdict()
    year = int(groups["y"])
    if year < 100:
        year += 2000 if year < 60 else 1900
    month = int(groups["m"]) if groups.get("m") else MONTHS[groups["mn"].lower()[:3]]
    day = date(year, month, int(re.sub(r"\D", "", groups["d"])))
    return day, day


def _quarter(match: re.Match[str]) -> tuple[date, date]:
    words = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
    number = int(match["q"] or match["q2"] or words[match["q3"].lower()])
    year = int(match["y"])
    if match["y2"]:
        first = 4 + 3 * (number - 1)
        return _months(
            year + (first > 12), (first - 1) % 12 + 1, year + (first + 2 > 12), (first + 1) % 12 + 1
        )
    return _months(year, 1, year, 12)


def _pair(match: re.Match[str], text: str) -> tuple[date, date] | None:
    year, other = int(match["y"]), match["y2"]
    following = int(other) if len(other) == 4 else year // 100 * 100 + int(other)
    if following != year + 1 and not (other == "00" and year % 100 == 99):
        return None
    if _ACADEMIC.search(text, max(match.start() - 24, 0), match.start()):
        return date(year, 9, 1), date(year + 1, 8, 31)
    return date(year, 4, 1), date(year + 1, 3, 31)


def _months(year: int, month: int, last_year: int, last_month: int) -> tuple[date, date]:
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def share_inside(dated: Dated, period: tuple[date, date]) -> float:
    """Which part of the days a date may mean lies in a period, 0 to 1."""
    first, last = max(dated.first, period[0]), min(dated.last, period[1])
    return max((last - first).days + 1, 0) / ((dated.last - dated.first).days + 1)


_BORN = re.compile(
    r"(?:\bborn(?: on)?(?: the)?|\bd\.?o\.?b\.?|\bdates? of birth|\bbirth ?dates?|\bbirthday|\bb\.)"
    r"(?:(?<=birth)[^.;:]{0,30},|(?:\W{1,3}(?:is|was|of|on|being|given as|shown as|recorded as))?)\W{0,4}\Z"
    r"|(?-i:\b[A-Z]\w*['’]s is )\Z",
    re.I,
)
# "Isla T, 14/06/2013": as in a row of a register.
_BESIDE_NAME = re.compile(
    r"\b(?!Group|Committee|Panel|Ward|Class|Child|Year|Team|Room|Section|Part|Table|Appendix|Form|Version)[A-Z][a-z]+ [A-Z]\.?,? \(?\Z"
)
# "with 514 370 8265 and 30-11-2015 on it": as on a label.
_BESIDE_NUMBER = re.compile(r"[0-9]{3} ?[0-9]{3} ?[0-9]{4},? (?:and )?\Z")
_LETTER = re.compile(r"[A-Za-z]")
_BORN_AFTER = re.compile(
    r"\A\W{0,3}\(?(?:d\.?o\.?b\b|date of birth|her birthday|his birthday|their birthday)", re.I
)


def is_birth(text: str, dated: Dated) -> bool:
    """Whether the words beside a date say that somebody was born on it."""
    before = text[max(dated.start - 40, 0) : dated.start]
    if (_BESIDE_NAME.search(before) or _BESIDE_NUMBER.search(before)) and not _LETTER.search(
        text, dated.start, dated.end
    ):
        return True
    return bool(_BORN.search(before) or _BORN_AFTER.match(text[dated.end : dated.end + 24]))


def in_sentence(found: list[Dated], start: int, end: int) -> list[Dated]:
    first, last = (bisect_left(found, place, key=itemgetter(0)) for place in (start, end))
    return found[first:last]
