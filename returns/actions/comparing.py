"""Holds what the agencies of a year sent against each other: a passage that another one tells, too, is a point for the
coordinators. The agencies are not shown these points, and none of them holds a word of another agency's text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet

from agencies.prepared import prepared
from returns import checks
from returns.actions import checkups
from returns.actions.texts import texts_of
from returns.models import Checkup, Collection, Dismissal, Finding, Return
from returns.workflow import READABLE

_RULE = frozenset({"repeated-passage"})


def bring_up_to_date(collection: Collection) -> None:
    """All points of a year: of each text by itself, then of all together."""
    checkups.bring_up_to_date(collection)
    compare(collection)


def compare(collection: Collection) -> None:
    """Compares anew when one of the texts is another one. One query else."""
    rows = _compared(collection=collection)
    texts = checkups.digest([(agency_return, text) for _, agency_return, text, _ in rows])
    behind = [pk for pk, _, _, compared in rows if compared != texts]
    if behind:
        _keep(collection, behind, texts)


def _sent(collection: Collection) -> QuerySet[Checkup]:
    sent = Checkup.objects.filter(agency_return__collection=collection, agency_return__status__in=READABLE)
    return sent.order_by("agency_return__position", "agency_return")


@prepared
def _compared(collection: Collection) -> QuerySet[Checkup, tuple[int, int, str, str]]:
    return _sent(collection).values_list("pk", "agency_return", "text", "compared")


@transaction.atomic
def _keep(collection: Collection, behind: Sequence[int], texts: str) -> None:
    """A fixed number of queries, however many are behind."""
    list(Return.objects.select_for_update(of=("self",)).filter(checkup__in=behind).order_by("pk"))
    sent = list(_sent(collection).select_related("agency_return", "revision"))
    context = checkups.context_of(collection)
    found = [one for one in _found(sent, context) if one.checkup_id in behind]
    _settle(found)
    Finding.objects.filter(checkup__in=behind, other__isnull=False).delete()
    Finding.objects.bulk_create(found)
    Checkup.objects.filter(pk__in=behind).update(compared=texts)


def _found(sent: Sequence[Checkup], context: checks.Context) -> Iterator[Finding]:
    """A point for each passage that another agency tells, too; the first of them is named."""
    answers = [
        (one, text, checks.read(text.blocks))
        for one in sent
        for text in texts_of(one.revision.data)
        if text.number
    ]
    others = checks.Passages.of(
        (_source(one), sentence.text) for one, _, reading in answers for sentence in reading.prose
    )
    returns = {_source(one): one.agency_return for one in sent}
    names = {source: one.name for source, one in returns.items()}
    for one, text, reading in answers:
        asked = tuple(answer["question"] for answer in one.revision.data["answers"])
        known = replace(context, question_wordings=asked, others=others, source=_source(one), names=names)
        shared = [each for each in checks.check_reading(reading, known, only=_RULE).findings if each.other]
        for each, finding in zip(shared, checkups.in_place(text.number, reading.text, shared), strict=True):
            finding.checkup, finding.other = one, returns[each.other]
            yield finding


def _source(checkup: Checkup) -> str:
    """Two agencies of a partnership may have the same name."""
    return str(checkup.agency_return_id)


def _settle(findings: Sequence[Finding]) -> None:
    """Gives each point the reason for which a coordinator kept it."""
    by_return: dict[int, list[Finding]] = defaultdict(list)
    for one in findings:
        by_return[one.checkup.agency_return_id].append(one)
    kept = Dismissal.objects.filter(agency_return__in=by_return, other__isnull=False, ended_at=None)
    dismissals: dict[int, list[Dismissal]] = defaultdict(list)
    for reason in kept:
        dismissals[reason.agency_return_id].append(reason)
    for agency_return, group in by_return.items():
        checkups.settle(group, dismissals[agency_return])
