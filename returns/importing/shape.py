"""Owns the shape a file of returns must have, and names the place where it differs. Knows no file."""

from __future__ import annotations

import re
from typing import Any

from agencies.models import Agency, Partnership
from returns import richtext
from returns.importing.parsed import ImportRefused, Parsed, ParsedReturn, Year, name_key
from returns.models import Collection, Question

# What no name can hold: controls but white space, what turns the direction of the line, halves of characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}


def parse(data: Any) -> Parsed:
    """Keys that are not known are left alone. Raises ImportRefused for the first thing that is wrong."""
    top = _of_kind(data, dict, "The file")
    collection = _of_kind(_member(top, "collection", ""), dict, "collection")
    report = _name(collection, "report", "collection.", _longest(Collection, "report_title"))
    try:
        year = Year.of_title(report)
    except ImportRefused as refused:
        raise ImportRefused(f"collection.report: {refused}") from None
    return Parsed(
        title=_text(top, "title", ""),
        label=_name(collection, "label", "collection.", _longest(Collection, "label")),
        report=report,
        name=_name(collection, "name", "collection.", _longest(Collection, "name")),
        partnership=_name(collection, "partnership", "collection.", _longest(Partnership, "name")),
        question=_name(top, "question", "", _longest(Question, "wording")),
        year=year,
        returns=_returns(_of_kind(_member(top, "returns", ""), list, "returns")),
    )


def _returns(entries: list[Any]) -> tuple[ParsedReturn, ...]:
    if not entries:
        raise ImportRefused("returns holds no return, so there is nothing to import.")
    seen: dict[str, str] = {}
    found = []
    for number, entry in enumerate(entries):
        place = f"returns[{number}]"
        one = _return(_of_kind(entry, dict, place), place)
        first = seen.setdefault(name_key(one.agency), place)
        if first != place:
            raise ImportRefused(f"{place}.agency: “{one.agency}” stands here a second time, after {first}.")
        found.append(one)
    return tuple(found)


def _return(entry: dict[str, Any], place: str) -> ParsedReturn:
    agency = _name(entry, "agency", f"{place}.", _longest(Agency, "name"))
    html = _text(entry, "answer", f"{place}.")
    try:
        cleaned = richtext.clean(html)
    except richtext.TooMuch as error:
        raise ImportRefused(f"{place}.answer ({agency}): {error}") from None
    words = richtext.count_words(cleaned.blocks)
    if not words:
        raise ImportRefused(f"{place}.answer ({agency}): the answer is empty.")
    return ParsedReturn(place, agency, cleaned.html, words, cleaned.changes)


def _name(holder: dict[str, Any], key: str, under: str, longest: int) -> str:
    """A text of one line, its white space evened out."""
    text = " ".join(_text(holder, key, under).split())
    if not text:
        raise ImportRefused(f"{under}{key} is empty.")
    if odd := _UNPRINTABLE.search(text):
        raise ImportRefused(
            f"{under}{key} holds a character that cannot be printed (U+{ord(odd[0]):04X}). Remove it."
        )
    if len(text) > longest:
        raise ImportRefused(
            f"{under}{key} is too long: it has {len(text)} characters, and at most {longest} can be kept."
        )
    return text


def _text(holder: dict[str, Any], key: str, under: str) -> str:
    text: str = _of_kind(_member(holder, key, under), str, f"{under}{key}")
    if "\x00" in text:
        raise ImportRefused(f"{under}{key} holds a NUL character (U+0000). Remove it.")
    return text


def _member(holder: dict[str, Any], key: str, under: str) -> Any:
    if key not in holder:
        raise ImportRefused(f"{under}{key} is missing.")
    return holder[key]


def _of_kind(value: Any, kind: type, place: str) -> Any:
    if not isinstance(value, kind):
        raise ImportRefused(
            f"{place} must be {_KINDS[kind]}, but it is {_KINDS.get(type(value), 'a number')}."
        )
    return value


def _longest(model: type[Collection | Question | Agency | Partnership], field: str) -> int:
    longest: int | None = getattr(model._meta.get_field(field), "max_length", None)
    assert longest is not None
    return longest
