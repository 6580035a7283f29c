"""Stories about one child or family: which there are in what was sent, what the agency says of them, and who has
read each a second time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.crypto import salted_hmac

from agencies.models import User
from returns import checks
from returns.actions.texts import texts_of
from returns.models import CaseSignOff, Checkup, Declaration, Finding, Return, Revision

TELLING = ("case-detail", "stray-initials")


@dataclass(frozen=True, slots=True)
class CaseStudy:
    """A passage of the text that was sent, in which one person or family is told of. Where the agency says that
    there is one, or initials stand, and no story stands out, it is the whole answer (`is_whole`), with the `quotes`
    that the checks point at in it."""

    number: int  # of the question; 0 is the whole return
    text: str
    is_whole: bool = False
    quotes: tuple[str, ...] = ()
    sign_offs: tuple[CaseSignOff, ...] = ()
    refusal: CaseSignOff | None = None  # the newest word of a second person: it cannot be printed like this

    @property
    def key(self) -> str:
        """Names the text on a page, so that only what was read is signed off."""
        return salted_hmac("case study", self.text, algorithm="sha256").hexdigest()

    def is_read_by_another(self, approver: User | None) -> bool:
        """Whether somebody else than the one who approves has signed it off; an import stands in for that."""
        return any(one.by_import or approver is None or one.by_id != approver.pk for one in self.sign_offs)


def declaration_of(agency_return: Return) -> Declaration | None:
    return Declaration.objects.select_related("by").filter(agency_return=agency_return).first()


def kept_in(checkup: Checkup, case: CaseStudy) -> list[Finding]:
    """The points on the case study that a coordinator kept, with the reason."""
    found = checkup.findings.filter(rule__in=TELLING, kept__isnull=False).select_related("kept__by")
    return [one for one in found if case.number in (0, one.number) and one.quote in case.text]


def found_in(checkup: Checkup) -> list[CaseStudy]:
    """The case studies of the text that was checked, with the sign-offs that still hold."""
    agency_return = checkup.agency_return
    declaration = declaration_of(agency_return)
    told: dict[int, list[str]] = {}
    for number, quote in checkup.findings.filter(rule__in=TELLING).values_list("number", "quote"):
        told.setdefault(number, []).append(quote)
    if not told and not (declaration and declaration.tells):
        return []
    found = list(_in_text(checkup.revision, told))
    if not found:
        found = [CaseStudy(0, _whole(checkup.revision.data), is_whole=True)]
    said = list(agency_return.case_sign_offs.select_related("by"))
    is_live = bool(declaration and declaration.is_live)
    return [_read(one, _holding(one, said), is_live=is_live) for one in found]


def _in_text(revision: Revision, told: Mapping[int, Iterable[str]]) -> Iterator[CaseStudy]:
    """Each story by itself; an answer with initials but no story as a whole. `told` is what the checks found where."""
    for text in texts_of(revision.data):
        if text.number not in told:
            continue
        reading = checks.read(text.blocks)
        stories = list(checks.case_studies(reading))
        for start, end in stories:
            yield CaseStudy(text.number, reading.text[start:end])
        if not stories:
            quotes = tuple(dict.fromkeys(told[text.number]))
            yield CaseStudy(text.number, reading.text, is_whole=True, quotes=quotes)


def _whole(data: dict[str, Any]) -> str:
    return "\n".join(checks.read(text.blocks).text for text in texts_of(data))


def _holding(case: CaseStudy, said: Sequence[CaseSignOff]) -> list[CaseSignOff]:
    return [one for one in said if one.number == case.number and checks.same_words(one.text, case.text)]


def _read(case: CaseStudy, said: Sequence[CaseSignOff], *, is_live: bool) -> CaseStudy:
    """A "no" undoes what was signed off before it, and stands until somebody signs off after it. Nobody signed off
    what is printed while a court case is live without knowing of it."""
    sign_offs: list[CaseSignOff] = []
    refusal: CaseSignOff | None = None
    for one in said:
        if one.refused:
            sign_offs, refusal = [], one
        elif one.knows_of_case or not is_live:
            sign_offs, refusal = [*sign_offs, one], None
    return replace(case, sign_offs=tuple(sign_offs), refusal=refusal)
