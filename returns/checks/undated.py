"""Owns the rule that looks for times a reader cannot place next year: in May, last year, recently."""

import re
from collections.abc import Iterator

from .context import Context
from .dates import Dated, in_sentence
from .findings import Finding
from .plan_not_action import is_plan
from .reading import Reading, Sentence

RULE = "undated"

_FULL = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    # as they may be misspelt
    "|Jan[a-z]{1,3}r[a-z]{0,2}y|Feb[a-z]{0,3}r[a-z]{0,2}y|Sep[a-z]{0,4}b[a-z]{0,2}r|Oct[a-z]{0,2}b[a-z]{1,2}r|(?:Nov|Dec)[a-z]{0,3}b[a-z]{0,2}r"
)
_SAFE = "January|February|July|September|October|November|December"
_SEASON = "spring|summer|autumn|winter|easter|christmas|ramadan|diwali|eid|hanukkah|advent|lent|whitsun|vaisakhi|purim|passover"
_UNIT = "day|week|weekend|fortnight|month|quarter|term|half[- ]term|year|spring|summer|autumn|winter|christmas|easter"
_NUMBER = "two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|few|couple of|several|[0-9]{1,2}"

_MONTH = re.compile(
    rf"\b(?:(?:[Ii]n|[Dd]uring|[Ss]ince|[Tt]hroughout|[Uu]ntil|[Aa]t the (?:end|beginning|start) of|[Ll]ate in|[Ee]arly in|[Ii]n the (?:middle|month|(?:first|second|third|last) week) of"
    rf"|[Bb]y the end of)(?: (?:early|late|mid))?[ -](?:{_FULL})(?:(?:,| and| to|–|-) ?(?:{_FULL}))*"
    rf"|(?:[Bb]etween|[Ff]rom) (?:{_FULL}) (?:and|to|until) (?:{_FULL})"
    rf"|(?:[Ff]rom|[Bb]y|[Bb]efore|[Aa]fter) (?:early |late |mid-?)?(?:{_SAFE})|(?<=diary )[Ff]or (?:{_FULL})|(?<=booked )for (?:{_FULL})|(?<=planned )for (?:{_FULL})|(?<=set )for (?:{_FULL})|(?<=due )for (?:{_FULL})"
    rf"|(?:[Ll]ast|[Tt]his|[Nn]ext|[Ee]arly|[Ll]ate|[Mm]id)[ -](?:{_FULL})"
    rf"|(?:[Ii]n|[Oo]ver|[Dd]uring|[Aa]t|[Bb]efore|[Aa]fter|[Ss]ince) the (?:{_FULL}) (?:half[- ]term|break|(?:school )?holidays?)(?: week)?"
    rf"|[Oo]n (?:the )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_FULL}))\b"
)
# These two are held against the text in small letters, which is far quicker than to ignore capitals.
_SOME_SEASON = re.compile(
    rf"\b(?:(?:in|over|during|throughout|since|before|after|at|just before|just after|early in|late in|at the (?:start|beginning|end) of|in the run[- ]up to)"
    rf" (?:the |early |late |this |last )?(?:(?:early|late|whole) )?(?:{_SEASON})(?: (?:holidays?|term|break|half[- ]term))?"
    r"|(?:just )?(?:at|in|over|during|before|after|since) (?:the )?half[- ]term|(?:in|during|since) the (?:lent|michaelmas|trinity|hilary|epiphany) term"
    r"|(?:on|at|over|before|after|since) (?:bonfire night|hallowe['’]?en|boxing day|new year['’]s (?:day|eve)|pancake day|mother['’]s day|father['’]s day|the (?:may |august )?bank holiday))\b(?!['’]s)",
)
_RELATIVE = re.compile(
    rf"\b(?:(?:earlier|later|early|late|at the (?:start|beginning|end) of|in|over|during|for|by|since) )?(?:this|last) (?:past )?(?:academic |school |financial |calendar )?(?:{_UNIT})\b"
    rf"|\b(?:in|over|during|within|throughout|across) the (?:last|past|previous) (?:(?:{_NUMBER}) )?(?:academic |school |financial |calendar )?(?:{_UNIT})s?\b"
    rf"|\b(?:in|over|during) (?:recent|the most recent) (?:day|week|month|year|term)s\b"
    rf"|\b(?:an?|about an?|around an?|over an?|just over an?|some|{_NUMBER}|a (?:few|couple of)|about (?:{_NUMBER})) (?:day|week|month|term|year)s? ago\b"
    rf"|\b(?:an?|some|a (?:few|couple of)|{_NUMBER}) (?:day|week|month|term|year)s? (?:or (?:so|two|more) )?(?:ago|back(?= ?[,;.]| (?:we|an?|the|one|two|some|our|they|she|he)\b|\Z))"
    r"|\b(?:an?|about an?|over an?|just over an?) (?:fortnight|weekend) ago\b|\b(?<!the )(?:last|this) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|wk|half[- ]term)\b(?! of)"
    rf"|\b(?:earlier|later|early|late|at the (?:start|beginning)) (?:in|of) the (?:academic |school |financial |calendar )?(?:year|term|month)\b|\b(?:earlier|later) in the (?:{_SEASON})\b"
    r"|\bin the (?:first|second|third|fourth|final|last) quarter\b(?! of)"
    r"|\b(?:(?:early|late) )?(?:in|since|over|before|after) the new (?:calendar |school |financial |academic )?(?:year|term)\b|\bthe (?:week|month|year|term) before last\b|\bthe other (?:day|week|weekend|month|night|evening|morning)\b|\b(?:most |more |just |only |until )?recently\b"
    r"|\blately\b|\bof late\b|\bnot (?:so |very )?long ago\b|\ba (?:short |little |long )?while (?:ago|back)\b|\bsome time ago\b|\byesterday\b|\bin recent times\b",
)
_NEXT = re.compile(
    r"\bnext (?:academic |school |financial )?(?:week|month|term|half[- ]term|spring|summer|autumn|winter)\b",
    re.I,
)
_HINT = re.compile(
    rf"\b(?:{_FULL}|[Rr]ecent(?:ly)?|[Ll]ately|late|ago|back|before last|[Tt]he other|while back|[Nn]ew (?:[a-z]+ )?[Yy]ear|[Ee]arlier|of the year|quarter|half[- ]term|run[- ]up|[Bb]onfire|[Hh]allowe|Lent|Michaelmas|Trinity|Boxing|bank holiday|[Yy]esterday|(?:[Ll]ast|[Tt]his|[Pp]ast|[Pp]revious|[Nn]ext) [A-Za-z0-9]+|{_SEASON}|{_SEASON.title()})\b"
)
# A quick look before the careful ones: each of these patterns has one of its words.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SEASONS = (
    *_SEASON.split("|"),
    *(
        "half term",
        "half-term",
        " term",
        "bonfire",
        "hallowe",
        "boxing day",
        "new year",
        "pancake",
        "ther’s day",
        "ther's day",
        "bank holiday",
    ),
)
_RELATIVES = (
    *(
        "this",
        "last",
        "past",
        "previous",
        "recent",
        "lately",
        "of late",
        "ago",
        " back",
        "yesterday",
        "new",
        "the other",
    ),
    *("earl", "later", "quarter", "at the start", "at the beginning"),
)
_OFTEN = re.compile(
    rf"\b(?:(?:each|every) (?:{_UNIT}|{_SEASON}|{_FULL})|annually|always|usually|yearly|most years|once a year)\b",
    re.I,
)
_YEAR = re.compile(r"(?<![\w£,.])(?:19|20)[0-9]{2}(?![\w,%]|\.[0-9])")
_OF_NAME = re.compile(r"\A(?: [A-Z][a-z]+(?<!day)\b|['’]s\b)")
_REFERENCE = re.compile(
    r"\A(?:['’]s? (?:report|return|appendix)| of this (?:report|return)| under review| covered by)", re.I
)
_WHOSE = re.compile(r"\b(?:[Hh]er|[Hh]is|[Tt]heir|[Mm]y) \Z")
_BESIDE = 34
_ANOTHER = re.compile(r";| and | but ")
_ADVICE = "Say which month and year, so that it can still be placed when the report is read."


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each expression that no date beside it places."""
    before: Sentence | None = None
    for sentence in reading.prose:
        for start, end, is_month in _expressions(reading, sentence):
            offset = start - sentence.start
            if _is_placed(reading, sentence, offset, end - sentence.start, is_month, before):
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
    """Where in the answer each stands, and whether it is a month or season; of two that overlap the first, then the longer."""
    if not _HINT.search(sentence.text):
        return []
    text = reading.unquoted(sentence)
    low = text.lower()
    if len(low) != len(text):  # one letter in the world becomes two, and places would not fit any more
        low = text
    found = [(*span, True) for span in (*_months(text), *_some_seasons(low))]
    found += [(*span, False) for span in (*_relatives(text, low), *_nexts(reading, sentence, text, low))]
    kept: list[tuple[int, int, bool]] = []
    for start, end, is_month in sorted(found, key=lambda each: (each[0], -each[1])):
        if not kept or start + sentence.start >= kept[-1][1]:
            kept.append((start + sentence.start, end + sentence.start, is_month))
    return kept


def _months(text: str) -> Iterator[tuple[int, int]]:
    for match in _MONTH.finditer(text) if any(month in text for month in _MONTHS) else ():
        if not _OF_NAME.match(text[match.end() : match.end() + 20]) and not _is_day_name(text, match):
            yield match.span()


def _some_seasons(low: str) -> Iterator[tuple[int, int]]:
    for match in _SOME_SEASON.finditer(low) if any(word in low for word in _SEASONS) else ():
        yield match.span()


def _relatives(text: str, low: str) -> Iterator[tuple[int, int]]:
    for match in _RELATIVE.finditer(low) if any(word in low for word in _RELATIVES) else ():
        words, before = match[0].lower(), text[: match.start()]
        if words.startswith("last") and _WHOSE.search(before, max(len(before) - 6, 0)):
            continue  # her last Christmas
        if words in ("last day", "last week", "last weekend") and before.lower().endswith("the "):
            continue  # of a course
        if words.startswith(("by last", "since this")) or _REFERENCE.match(
            text[match.end() : match.end() + 20]
        ):
            continue
        if before.lower().endswith(("for ", "for over ")) and words.startswith(("in", "over", "the")):
            continue  # "for the last two years" says how long, "for this year" when
        yield match.span()


def _nexts(reading: Reading, sentence: Sentence, text: str, low: str) -> Iterator[tuple[int, int]]:
    """Not of plans: another rule says that they are."""
    for match in _NEXT.finditer(text) if "next" in low else ():
        if not is_plan(reading, sentence):
            yield match.span()


def _is_day_name(text: str, match: re.Match[str]) -> bool:
    """May Day is a name, and so is June in "from June Smith"."""
    return bool(re.match(r" Day\b", text[match.end() : match.end() + 5]))


def _is_placed(
    reading: Reading, sentence: Sentence, offset: int, end: int, is_month: bool, before: Sentence | None
) -> bool:
    text = sentence.text
    if not is_month:
        return _has_date_beside(sentence, offset, end)
    first, last = text.rfind(";", 0, offset) + 1, text.find(";", end)
    if _has_date(reading, sentence, first, len(text) if last == -1 else last):
        return True
    around = text[max(offset - 30, 0) : offset + 50]
    if is_month and _OFTEN.search(around):
        return True
    if before is None or before.part != sentence.part or is_plan(reading, before):
        return False
    years = {each.last.year for each in _near(reading.dates, before)}
    return len(years or set(_YEAR.findall(before.text))) == 1  # two would leave open which is meant


def _has_date(reading: Reading, sentence: Sentence, first: int, last: int) -> bool:
    found = in_sentence(reading.dates, sentence.start + first, sentence.start + last)
    return bool(found or _YEAR.search(sentence.text, first, last))


def _has_date_beside(sentence: Sentence, offset: int, end: int) -> bool:
    """Last summer (2024); in May 2025, earlier this year. A date further off in the sentence is that of another thing."""
    text = sentence.text
    before = _ANOTHER.split(text[max(offset - _BESIDE, 0) : offset])[-1]
    after = _ANOTHER.split(text[end : end + _BESIDE])[0]
    return bool(_YEAR.search(before + after))


def _near(dates: list[Dated], sentence: Sentence) -> list[Dated]:
    return [each for each in in_sentence(dates, sentence.start, sentence.end) if each.kind != "year pair"]
