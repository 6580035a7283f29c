"""Owns the rule that looks for times a reader cannot place next year: in May, last year, recently."""

import re
from collections.abc import Iterator

from .context import Context
from .dates import Dated, in_sentence
from .findings import Finding
from .plan_not_action import is_plan
from .reading import Reading, Sentence

RULE = "undated"

_FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
_SAFE = "January|February|July|September|October|November|December"
_SEASON = "spring|summer|autumn|winter|easter|christmas|ramadan|diwali|eid|hanukkah"
_UNIT = "day|week|weekend|fortnight|month|quarter|term|half[- ]term|year|spring|summer|autumn|winter|christmas|easter"
_NUMBER = "two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|few|couple of|several|[0-9]{1,2}"

_MONTH = re.compile(
    rf"\b(?:(?:[Ii]n|[Dd]uring|[Ss]ince|[Tt]hroughout|[Uu]ntil|[Aa]t the (?:end|beginning|start) of|[Ll]ate in|[Ee]arly in|[Ii]n the (?:middle|month|first week|last week) of"
    rf"|[Bb]y the end of)(?: (?:early|late|mid))?[ -](?:{_FULL})(?:(?:,| and| to|–|-) ?(?:{_FULL}))*"
    rf"|(?:[Bb]etween|[Ff]rom) (?:{_FULL}) (?:and|to|until) (?:{_FULL})"
    rf"|(?:[Ff]rom|[Bb]y|[Bb]efore|[Aa]fter) (?:early |late |mid-?)?(?:{_SAFE})"
    rf"|(?:[Ll]ast|[Tt]his|[Nn]ext|[Ee]arly|[Ll]ate|[Mm]id)[ -](?:{_FULL})"
    rf"|[Oo]n (?:the )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_FULL}))\b"
)
_SOME_SEASON = re.compile(
    rf"\b(?:(?:in|over|during|throughout|since|before|after|at|just before|just after|early in|late in|at the end of)"
    rf" (?:the |early |late |this |last )?(?:(?:early|late|whole) )?(?:{_SEASON})(?: (?:holidays?|term|break|half[- ]term))?)\b(?!['’]s)",
    re.I,
)
_RELATIVE = re.compile(
    rf"\b(?:(?:earlier|later|early|late|at the (?:start|beginning|end) of|in|over|during|for|by|since) )?(?:this|last) (?:past )?(?:academic |school |financial |calendar )?(?:{_UNIT})\b"
    rf"|\b(?:in|over|during|within|throughout|across) the (?:last|past|previous) (?:(?:{_NUMBER}) )?(?:academic |school |financial |calendar )?(?:{_UNIT})s?\b"
    rf"|\b(?:in|over|during) (?:recent|the most recent) (?:day|week|month|year|term)s\b"
    rf"|\b(?:an?|about an?|around an?|over an?|just over an?|some|{_NUMBER}|a (?:few|couple of)|about (?:{_NUMBER})) (?:day|week|month|term|year)s? ago\b"
    r"|\b(?:(?:early|late) )?(?:in|since|over|before|after) the new year\b|\bthe (?:week|month|year|term) before last\b|\bthe other (?:day|week|month)\b|\b(?:most |more |just |only |until )?recently\b"
    r"|\blately\b|\bof late\b|\bnot (?:so |very )?long ago\b|\ba (?:short |little |long )?while (?:ago|back)\b|\bsome time ago\b|\byesterday\b|\bin recent times\b",
    re.I,
)
_NEXT = re.compile(
    r"\bnext (?:academic |school |financial )?(?:week|month|term|half[- ]term|spring|summer|autumn|winter)\b",
    re.I,
)
_HINT = re.compile(
    rf"\b(?:{_FULL}|[Rr]ecent(?:ly)?|[Ll]ately|late|ago|before last|the other|while back|new year|[Yy]esterday|(?:[Ll]ast|[Tt]his|[Pp]ast|[Pp]revious|[Nn]ext) [a-z0-9]+|{_SEASON}|{_SEASON.title()})\b"
)
_OFTEN = re.compile(r"\b(?:each|every|annual|annually|always|usually|yearly|most years|once a year)\b", re.I)
_YEAR = re.compile(r"(?<![\w£,.])(?:19|20)[0-9]{2}(?![\w,%]|\.[0-9])")
_OF_NAME = re.compile(r"\A(?: [A-Z][a-z]+(?<!day)\b|['’]s\b)")
_REFERENCE = re.compile(
    r"\A(?:['’]s? (?:report|return|appendix)| of this (?:report|return)| under review| covered by)", re.I
)
_ADVICE = "Say which month and year, so that it can still be placed when the report is read."


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each expression that no date beside it places."""
    before: Sentence | None = None
    for sentence in reading.prose:
        for start, end, is_month in _expressions(reading, sentence):
            if _is_placed(reading, sentence, start - sentence.start, is_month, before):
                continue
            yield Finding(
                RULE,
                "hint",
                context.question,
                start,
                end,
                reading.text[start:end],
                "A reader cannot tell when this was.",
                _ADVICE,
            )
        before = sentence if before is None or before.part <= sentence.part else before


def _expressions(reading: Reading, sentence: Sentence) -> list[tuple[int, int, bool]]:
    if not _HINT.search(sentence.text):
        return []
    text = reading.unquoted(sentence)
    found: list[tuple[int, int, bool]] = []
    for match in _MONTH.finditer(text):
        if not _OF_NAME.match(text[match.end() : match.end() + 20]) and not _is_day_name(text, match):
            found.append((*match.span(), True))
    for match in _SOME_SEASON.finditer(text):
        found.append((*match.span(), True))
    for match in _RELATIVE.finditer(text):
        words = match[0].lower()
        # "for the last two years" says how long, "for this year" when.
        if words.startswith(("by last", "since this")) or _REFERENCE.match(
            text[match.end() : match.end() + 20]
        ):
            continue
        if text[: match.start()].lower().endswith(("for ", "for over ")) and words.startswith(
            ("in", "over", "the")
        ):
            continue
        if words.endswith("recently") and re.search(r"\buntil \Z", text[: match.start()], re.I):
            pass
        found.append((*match.span(), False))
    for match in _NEXT.finditer(text):
        if not is_plan(reading, sentence):
            found.append((*match.span(), False))
    found.sort(key=lambda each: (each[0], -each[1]))
    kept: list[tuple[int, int, bool]] = []
    for start, end, is_month in found:
        if not kept or start + sentence.start >= kept[-1][1]:
            kept.append((start + sentence.start, end + sentence.start, is_month))
    return kept


def _is_day_name(text: str, match: re.Match[str]) -> bool:
    """May Day is a name, and so is June in "from June Smith"."""
    return bool(re.match(r" Day\b", text[match.end() : match.end() + 5]))


def _is_placed(
    reading: Reading, sentence: Sentence, offset: int, is_month: bool, before: Sentence | None
) -> bool:
    text = sentence.text
    if _YEAR.search(text) or any(in_sentence(reading.dates, sentence.start, sentence.end)):
        return True
    around = text[max(offset - 30, 0) : offset + 50]
    if is_month and _OFTEN.search(around):
        return True
    if before is None or not is_month or sentence.start - before.end > 2:
        return False
    return bool(_near(reading.dates, before) or _YEAR.search(before.text))


def _near(dates: list[Dated], sentence: Sentence) -> list[Dated]:
    return [each for each in in_sentence(dates, sentence.start, sentence.end) if each.kind != "year pair"]
