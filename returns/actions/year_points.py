"""What the checks see only over all agencies of a year: passages told twice, dates outside of the period, and one
service under several names. Reads what was sent; changes nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from returns import checks
from returns.actions.texts import texts_of
from returns.models import Checkup, Collection, Dismissal, Finding, Return
from returns.models.registers import registers_of
from returns.workflow import READABLE


@dataclass(frozen=True, slots=True)
class Same:
    """A passage that two agencies tell in nearly the same words, and why coordinators kept it in one or in both."""

    agency: Return
    quote: str
    other: Return
    other_quote: str
    kept: list[Dismissal]


@dataclass(frozen=True, slots=True)
class Names:
    """A service that is called by more than one name, and who calls it what."""

    preferred: str
    used: dict[str, list[str]]  # name to agencies


@dataclass(frozen=True, slots=True)
class Outside:
    """The dates of one agency that lie outside of the period, as it writes them, and how many it names in all."""

    agency: Return
    dates: list[str]
    dated: int


@dataclass(frozen=True, slots=True)
class Year:
    same: list[Same] = field(default_factory=list)
    names: list[Names] = field(default_factory=list)
    dated: int = 0
    outside: int = 0
    outside_by_agency: list[Outside] = field(default_factory=list)
    kept: list[Finding] = field(default_factory=list)

    @property
    def share_outside(self) -> int:
        """In per cent of all dates."""
        return round(100 * self.outside / self.dated) if self.dated else 0


def of(collection: Collection) -> Year:
    """A fixed number of queries; the checkups must be up to date."""
    checkups = list(
        Checkup.objects.filter(agency_return__collection=collection, agency_return__status__in=READABLE)
        .select_related("revision", "agency_return")
        .order_by("agency_return__position")
    )
    readings = [
        (one.agency_return, checks.read(text.blocks))
        for one in checkups
        for text in texts_of(one.revision.data)
    ]
    dates = _outside(checkups)
    kept = _kept(checkups)
    by_agency = [
        row for one in checkups if (row := Outside(one.agency_return, dates[one.pk], one.dated)).dates
    ]
    return Year(
        same=list(_same(readings, kept)),
        names=list(_names(collection, readings)),
        dated=sum(one.dated for one in checkups),
        outside=sum(len(row.dates) for row in by_agency),
        outside_by_agency=by_agency,
        kept=[one for one in kept if not one.other_id],
    )


def _same(readings: list[tuple[Return, checks.Reading]], kept: Sequence[Finding]) -> Iterator[Same]:
    """Each pair once: a sentence is held against those of the agencies before it."""
    reasons = {(one.checkup.agency_return_id, one.quote): one.kept for one in kept if one.other_id}
    returns = {str(one.pk): one for one, _ in readings}  # two agencies may have the same name
    earlier = checks.Passages()
    for one, reading in readings:
        for sentence in reading.prose:
            words = checks.passage_words(sentence.text)
            if like := next(earlier.like(words, but=str(one.pk)), None):
                other = returns[like.source]
                both = ((one.pk, sentence.text), (other.pk, like.text))
                because = [reason for place in both if (reason := reasons.get(place))]
                yield Same(one, sentence.text, other, like.text, because)
            earlier.add(str(one.pk), sentence.text, words)


def _outside(checkups: Sequence[Checkup]) -> dict[int, list[str]]:
    """By checkup, in the order of the text."""
    found: dict[int, list[str]] = defaultdict(list)
    for checkup, date in Finding.objects.filter(checkup__in=checkups, rule="outside-period").values_list(
        "checkup", "quote"
    ):
        found[checkup].append(date)
    return found


def _names(collection: Collection, readings: list[tuple[Return, checks.Reading]]) -> Iterator[Names]:
    for preferred, variants in registers_of(collection.partnership_id).names.items():
        used: dict[str, list[Return]] = defaultdict(list)
        for name in (preferred, *variants):
            pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            for agency, reading in readings:
                if agency not in used[name] and pattern.search(reading.text):
                    used[name].append(agency)
        found = {name: [one.name for one in agencies] for name, agencies in used.items() if agencies}
        if len(found) > 1 or (found and preferred not in found):
            yield Names(preferred, found)


def _kept(checkups: Sequence[Checkup]) -> list[Finding]:
    return list(
        Finding.objects.filter(checkup__in=checkups, kept__isnull=False)
        .select_related("kept__by", "checkup__agency_return")
        .order_by("checkup__agency_return__position", "number", "start")
    )
