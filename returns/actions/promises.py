"""Last year's promises: the sentences that announced something, and what the agency says came of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import User
from returns import permissions
from returns.actions.drafting import refuse_unless_pen
from returns.actions.moves import locked
from returns.checks import plan_not_action
from returns.checks.reading import read
from returns.models import PromiseAnswer, Return
from returns.models.promises import LONGEST_WORD, key_of
from returns.models.said_before import last_approved


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence of last year's approved answer that announced something."""

    key: str
    sentence: str
    answer: PromiseAnswer | None


@dataclass(frozen=True, slots=True)
class Said:
    """What came of it; nothing at all leaves it open."""

    in_text: bool
    word: str = ""

    @property
    def is_open(self) -> bool:
        return not (self.in_text or self.word.strip())


def promises_of(agency_return: Return) -> list[Promise]:
    """In the order of last year's text, each once."""
    sentences = {
        key_of(sentence.text): sentence.text
        for revision in last_approved(agency_return)
        for answer in revision.answers
        for reading in (read(answer["blocks"]),)
        for sentence in reading.prose
        if plan_not_action.is_plan(reading, sentence)
    }
    if not sentences:
        return []
    answers = {one.key: one for one in PromiseAnswer.objects.of(agency_return)}
    return [Promise(key, sentence, answers.get(key)) for key, sentence in sentences.items()]


@transaction.atomic
def say(agency_return: Return, said: Mapping[str, Said], *, by: User) -> bool:
    """Takes what was said of each promise in place of what was said before. Whether anything is said now."""
    agency_return = locked(agency_return)
    permissions.require_writer(by, agency_return)
    refuse_unless_pen(agency_return)
    listed = promises_of(agency_return)
    known = {one.key for one in listed} & said.keys()
    something = any(not said[key].is_open for key in known)
    if not something and all(one.answer is None for one in listed):
        raise NotNow("Nothing is said yet. Tick or write what came of at least one of them.")
    for key in known:
        _keep(agency_return, key, said[key], by=by)
    record(
        "answer_promises",
        "said what came of what was announced last year"
        if something
        else "took back what was said of what was announced last year",
        by=by,
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
    )
    return something


def _keep(agency_return: Return, key: str, said: Said, *, by: User) -> None:
    word = said.word.strip()[:LONGEST_WORD]
    if said.is_open:
        PromiseAnswer.objects.of(agency_return).filter(key=key).delete()
        return
    PromiseAnswer.objects.update_or_create(
        agency_return=agency_return,
        key=key,
        defaults={"in_text": said.in_text, "word": word, "said_at": timezone.now(), "said_by": by},
    )
