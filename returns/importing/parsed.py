"""Owns what a file of returns says once it is checked, and how two names are told apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/\u2010-\u2015\u2212]\s*(\d\d|\d{4})(?!\d)")


class ImportRefused(Exception):
    """The file cannot be taken in; the message says where and why, in words for the person who runs it."""


@dataclass(frozen=True, slots=True)
class Year:
    """The year from 1 April to 31 March that a report is about; `slug` is such as 2023-24."""

    slug: str
    period_start: date
    period_end: date

    @classmethod
    def of_title(cls, title: str) -> Year:
        """From "2023-24", with a hyphen, slash or dash, or "2023-2024". Raises ImportRefused for none or two."""
        found = {int(first) for first, second in _YEARS.findall(title) if _follows(int(first), second)}
        if not found:
            raise ImportRefused(
                f"“{title}” does not say which year it is about. Write the year like 2023-24 in it."
            )
        if len(found) > 1:
            raise ImportRefused(f"“{title}” names more than one year, so it is not clear which is meant.")
        first = found.pop()
        return cls(f"{first}-{(first + 1) % 100:02}", date(first, 4, 1), date(first + 1, 3, 31))


def _follows(first: int, second: str) -> bool:
    following = str(first + 1)
    return second in (following, following[2:])


@dataclass(frozen=True, slots=True)
class ParsedReturn:
    """One agency's answer, cleaned. `place` is where it stands in the file: "returns[3]"."""

    place: str
    agency: str
    html: str
    words: int
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    title: str
    label: str
    report: str
    name: str
    partnership: str
    question: str
    year: Year
    returns: tuple[ParsedReturn, ...]


def name_key(name: str) -> str:
    """Equal for names that differ in case, white space or how their accents are encoded."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
