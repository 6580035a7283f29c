"""Owns what a check may know besides the answer itself; knows neither database nor rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .passages import Passages


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds an answer: its period (first and last day) and what the registers of a partnership hold.

    `acronyms` maps an acronym to its expansion; `preferred_names` a variant of a service's name to the preferred one;
    `field_words` are words of the trade that spelling lets stand. `others` holds the sentences of the other agencies'
    answers in the collection, `last_year` those of the year before. `question` names the question in the findings.
    Two agencies may have one name: `source` then tells this answer apart in `others`, and `names` says who each is.
    """

    period: tuple[date, date]
    question: str = ""
    agency: str = ""
    acronyms: Mapping[str, str] = field(default_factory=dict)
    preferred_names: Mapping[str, str] = field(default_factory=dict)
    field_words: frozenset[str] = frozenset()
    question_wordings: tuple[str, ...] = ()
    others: Passages = field(default_factory=Passages)
    source: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    last_year: Passages = field(default_factory=Passages)
