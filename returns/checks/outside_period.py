"""Owns the rule that looks for dated activities outside of the period the answer is about."""

import re
from collections.abc import Iterator

from .context import Context
from .dates import Dated, is_birth, share_inside
from .findings import Finding
from .reading import Reading, Sentence

RULE = "outside-period"

_DOCUMENT = (
    "act|acts|strategy|strategies|policy|policies|guidance|framework|plan|plans|report|reports|standards?|code|codes"
    "|directions?|regulations?|circular|statute|edition|version|handbook|manual|toolkit|protocol|procedures?|white paper|green paper|bulletin|charter|paper"
    "|concordat|order|bill|assessment framework|inspection|judgment|newsletter|review of [A-Z]\\w+|analysis|needs assessment|priorities document|prospectus|specification"
)
_TITLE_DATE = re.compile(
    rf"\b(?:{_DOCUMENT})\b[\"'’”)]?(?: [0-9]{{1,3}}[A-Z]?| [A-Z]\w{{0,15}})?(?:,? ?\(?(?:of|from|dated|for|in|version|issued|published|updated|revised)? ?\(?)\Z",
    re.I,
)
_CITED_BY = re.compile(
    r"\b(?:published|issued|updated|revised|reissued|enacted|came into force|in force|came into effect|dated|printed)\b"
    r"(?: by (?!us\b)[^.;:,]{1,60})? (?:in|on|from|since|for)? ?(?:early |late |mid-?)?\Z"
)
_OURS = re.compile(r"\b(?:we|our|us)\b", re.I)
_DOCUMENT_WORD = re.compile(rf"\b(?:{_DOCUMENT})\b", re.I)
_TITLE_AFTER = re.compile(
    r"\A(?: (?:business|annual|yearly|strategic|improvement|delivery|action|council|corporate|work))? (?:[Rr]eport|[Ss]trategy|Plan|plan\b|[Pp]olicy|[Ff]ramework|Guidance|[Ee]dition|Act|Annual Report|[Bb]usiness [Pp]lan|annual report|yearly report|[Pp]rospectus|[Vv]ersion|[Rr]eturn|[Aa]ppendix)\b"
)
_CITATION = re.compile(r"\([^()]{0,80}\Z")
_CITED = re.compile(r"\((?:[“\"‘']?[A-Z][\w&'’.”\"-]*,? ?(?:(?:and|of|for|et al\.?|&|the) )*){1,8}(?:, )?\Z")
_SOURCE = re.compile(r"\((?:source|sources|data|figures|see|from|ref)\b[^()]*\Z", re.I)
# "Cromarty and Vance (May 2021)", "(Farrall, S. and others, March 2014)", "Guidance from the college (July 2022)"
_AUTHORS = re.compile(
    r"[A-Z][\w'’-]+,? (?:(?:and|&) [A-Z][\w'’-]+|et al\.?|and others) \(\Z|(?:\band others|\bet al\.?|\b[A-Z]\.),? \Z"
)
_DATED_DOCUMENT = re.compile(
    rf"\b(?:{_DOCUMENT}|(?:national|public|independent) (?:review|inquiry))\b[^().;]{{0,90}} \(\Z", re.I
)
_KNOWN_TITLES = re.compile(
    r"(?:Working Together[\w ]{0,60}|Keeping [Cc]hildren [Ss]afe in [Ee]ducation|KCSIE|Children Act|Promoting a Safer Church),? ?\(?\Z"
)
_QUOTED_TITLE = re.compile(r"[\"”’'],? ?\(?(?:of|from|dated)? ?\Z")
_MESSAGE = "This is before the period of this return."
_AFTER = "This is after the period of this return."
_ADVICE = "Check the date. If it is right, say what was done in the period, or say why this belongs in it."


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each date of which less than half lies in the period."""
    first, last = context.period
    for sentence, dated in _placed(reading):
        if share_inside(dated, (first, last)) >= 0.5 or _spans(dated, context):
            continue
        if is_birth(reading.text, dated) or is_citation(sentence, dated):
            continue
        yield Finding(
            RULE,
            "warning",
            context.question,
            dated.start,
            dated.end,
            reading.text[dated.start : dated.end],
            _MESSAGE if dated.first < first else _AFTER,
            _ADVICE,
        )


def _placed(reading: Reading) -> Iterator[tuple[Sentence, Dated]]:
    sentences = iter(reading.sentences)
    sentence = next(sentences, None)
    for dated in reading.dates:
        while sentence and dated.start >= sentence.end:
            sentence = next(sentences, None)
        if sentence:
            yield sentence, dated


def _spans(dated: Dated, context: Context) -> bool:
    """A range of months that runs into the period, or a year that is not counted as this collection's is."""
    first, last = context.period
    if dated.kind == "year pair" and (first.month, first.day) != (4, 1):
        return dated.first.year == first.year or (dated.first <= last and first <= dated.last)
    wide = (dated.last - dated.first).days > 100
    return wide and dated.first <= last and first <= dated.last


def is_citation(sentence: Sentence, dated: Dated) -> bool:
    """Whether the date says when a document is from, and nothing was done on it here."""
    before = sentence.text[: dated.start - sentence.start][-120:]
    after = sentence.text[dated.end - sentence.start :][:40]
    if _TITLE_AFTER.match(after) or _KNOWN_TITLES.search(before) or _AUTHORS.search(before):
        return True
    if after.startswith(")") and _DATED_DOCUMENT.search(before) and not _OURS.search(before):
        return True
    if match := _TITLE_DATE.search(before):
        # "Our plan in May 2025 was": only "of", "from" and brackets tie a date to a document in small letters.
        joined = match[0].rstrip()
        if not joined.endswith((" in", " for")) or match[0].lstrip()[0].isupper():
            return True
    if _CITED_BY.search(before) and not _OURS.search(before):
        subject = _DOCUMENT_WORD.search(before)
        return bool(subject) or " by " in before
    if (
        _CITATION.search(before)
        and (_CITED.search(before) or _SOURCE.search(before))
        and after.startswith(")")
    ):
        return True
    return bool(_QUOTED_TITLE.search(before) and dated.kind in ("year pair", "month") and "(" in before[-3:])
