"""Runs the checks over a return and keeps what they found, until the text, the rules, the registers or the period
change. Decides nothing: `points` keeps passages, `blockers` says what stands in the way."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery

from agencies.prepared import prepared
from returns import checks, richtext
from returns.actions.case_studies import found_in
from returns.actions.texts import texts_of
from returns.models import Checkup, Collection, Dismissal, Finding, Return, Revision
from returns.models.registers import registers_of
from returns.models.writing import snapshot
from returns.workflow import READABLE

_AROUND = 160
# What makes another story of the same sentence: the classes of detail that stand in its message.
_MESSAGE_COUNTS = frozenset({"case-detail"})


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks found in a whole return, in the order of the text; the findings are not saved."""

    findings: list[Finding]
    spelling_checked: bool
    dated: int


# --- What the checks know -----------------------------------------------------------------------------


def context_of(collection: Collection) -> checks.Context:
    """The period and the registers. One query."""
    registers = registers_of(collection.partnership_id)
    return checks.Context(
        period=(collection.period_start, collection.period_end),
        acronyms=registers.acronyms,
        preferred_names={variant: name for name, variants in registers.names.items() for variant in variants},
        field_words=frozenset(registers.words),
    )


def digest(*parts: object) -> str:
    return sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _context_digest(context: checks.Context) -> str:
    return digest(
        checks.version(),
        context.period,
        dict(context.acronyms),
        dict(context.preferred_names),
        sorted(context.field_words),
    )


# --- Looking at a text ----------------------------------------------------------------------------------


def examine(data: dict[str, Any], context: checks.Context) -> Examined:
    """All rules over every text; where there is nothing to report, only what could show who somebody is."""
    wordings = tuple(answer["question"] for answer in data["answers"])
    context = replace(context, agency=data["agency"], question_wordings=wordings)
    found: list[Finding] = []
    spelling_checked, dated = True, 0
    for text in texts_of(data):
        reading = checks.read(text.blocks)
        if not reading.text and text.number:
            continue
        checked = checks.check_reading(reading, context)
        spelling_checked = not checked.not_checked
        dated += len(reading.dates)
        wanted = (one for one in checked.findings if text.number or one.severity == "blocking")
        found += in_place(text.number, reading.text, wanted)
    return Examined(found, spelling_checked, dated)


def in_place(number: int, text: str, findings: Iterable[checks.Finding]) -> Iterator[Finding]:
    times: dict[tuple[str, str], int] = defaultdict(int)
    for one in findings:
        times[one.rule, one.quote] += 1
        before, after = around(text, one.start, one.end) if one.quote else ("", "")
        yield Finding(
            number=number,
            rule=one.rule,
            severity=one.severity,
            start=one.start,
            end=one.end,
            quote=one.quote,
            before=before,
            after=after,
            occurrence=times[one.rule, one.quote],
            message=one.message,
            advice=one.advice,
        )


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after in the same line, cut at a space where it is long."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last == -1 else last
    before, after = text[first:start], text[end:last]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].split(" ", 1)[-1]
    if len(after) > _AROUND:
        after = after[:_AROUND].rsplit(" ", 1)[0] + " …"
    return before, after


def draft_points(agency_return: Return) -> Examined:
    """What the checks find in the text as it stands now, with what was kept. Nothing of it is stored."""
    examined = examine(snapshot(agency_return), context_of(agency_return.collection))
    settle(examined.findings, agency_return.dismissals.filter(ended_at=None))
    return examined


def blocking_points(agency_return: Return, number: int, html: str) -> list[Finding]:
    """What could show who somebody is in one answer, and was not kept. Quick enough to ask while somebody writes."""
    reading = checks.read(richtext.parse(html))
    checked = checks.check_reading(reading, context_of(agency_return.collection), only=checks.IDENTIFYING)
    found = list(in_place(number, reading.text, checked.findings))
    if found:
        settle(found, agency_return.dismissals.filter(ended_at=None))
    return [one for one in found if one.is_open]


def settle(findings: Sequence[Finding], dismissals: Iterable[Dismissal]) -> None:
    """Gives each finding the reason for which it was kept, if its passage still stands."""
    kept: dict[tuple[object, ...], list[Dismissal]] = defaultdict(list)
    for one in dismissals:
        kept[_sort(one)].append(one)
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        finding.kept = None
        groups[_sort(finding)].append(finding)
    for sort, group in groups.items():
        if sort in kept:
            places = checks.settle([_place(one) for one in group], [_place(one) for one in kept[sort]])
            for finding, number in zip(group, places, strict=True):
                finding.kept = None if number is None else kept[sort][number]


def _sort(one: Finding | Dismissal) -> tuple[object, ...]:
    return one.number, one.rule, one.other_id, one.message if one.rule in _MESSAGE_COUNTS else ""


def _place(one: Finding | Dismissal) -> checks.Place:
    return checks.Place(one.quote, one.before, one.after, one.occurrence)


# --- What is kept of it -----------------------------------------------------------------------------------


def current(agency_return: Return) -> Checkup | None:
    """The checkup of the newest text that was sent, run anew if need be; None while nothing was sent."""
    context = context_of(agency_return.collection)
    newest = newest_sent(agency_return)
    there = Checkup.objects.filter(agency_return=agency_return).first()
    if there and newest and (there.revision_id, there.context) == (newest.pk, _context_digest(context)):
        return there
    return refresh(agency_return, context=context)


def newest_sent(agency_return: Return) -> Revision | None:
    if agency_return.state not in READABLE:
        return None
    return agency_return.revisions.for_readers().newest_first().first()


def bring_up_to_date(collection: Collection) -> None:
    """Runs anew only what a change of text, rules, registers or period has put out of date. Two queries else."""
    context = context_of(collection)
    rows = _newest_and_seen(collection=collection)
    present = _context_digest(context)
    behind = [pk for pk, newest, seen, known in rows if newest and (seen, known) != (newest, present)]
    for one in collection.returns.filter(pk__in=behind) if behind else ():
        one.collection = collection
        refresh(one, context=context)


@prepared
def _newest_and_seen(collection: Collection) -> QuerySet[Return, tuple[int, int | None, int, str]]:
    """Each return's newest text, and which one the checks have seen, knowing what."""
    sent = Revision.objects.for_readers().filter(agency_return=OuterRef("pk")).order_by()
    newest = Subquery(sent.values("agency_return").annotate(last=Max("pk")).values("last"))
    returns = Return.objects.filter(collection=collection, status__in=READABLE).order_by()
    return returns.values_list("pk", newest, "checkup__revision", "checkup__context")


@transaction.atomic
def refresh(agency_return: Return, *, context: checks.Context | None = None) -> Checkup | None:
    """Keeps what the checks find in the newest text that was sent. The same text is not looked at twice."""
    Return.objects.select_for_update(of=("self",)).get(pk=agency_return.pk)
    newest = newest_sent(agency_return)
    there = Checkup.objects.filter(agency_return=agency_return).first()
    if newest is None:
        if there:
            there.delete()
        return None
    context = context or context_of(agency_return.collection)
    known = {
        "text": digest(newest.data["answers"], newest.data["nil_reason"]),
        "context": _context_digest(context),
    }
    if there and (there.text, there.context) == (known["text"], known["context"]):
        there.revision = newest
        there.save(update_fields=["revision"])
        count_cases(there)  # what the agency says of them may be new
        return there
    examined = examine(newest.data, context)
    settle(examined.findings, agency_return.dismissals.filter(ended_at=None))
    checkup, _ = Checkup.objects.update_or_create(
        agency_return=agency_return,
        defaults={
            **known,
            "revision": newest,
            "spelling_checked": examined.spelling_checked,
            "dated": examined.dated,
            "compared": "",
        },
    )
    checkup.findings.all().delete()
    for finding in examined.findings:
        finding.checkup = checkup
    Finding.objects.bulk_create(examined.findings)
    count_cases(checkup)
    return checkup


def count_cases(checkup: Checkup) -> None:
    """Keeps how many case studies nobody has read a second time or somebody says no to, for the lists of what waits."""
    cases = found_in(checkup)
    checkup.unread_cases = sum(not one.sign_offs and not one.refusal for one in cases)
    checkup.refused_cases = sum(one.refusal is not None for one in cases)
    checkup.save(update_fields=["unread_cases", "refused_cases"])


def settle_anew(agency_return: Return) -> None:
    """After something was kept or is not kept any more. The rules need not run again."""
    findings = list(Finding.objects.filter(checkup__agency_return=agency_return))
    before = [finding.kept_id for finding in findings]
    settle(findings, agency_return.dismissals.filter(ended_at=None))
    changed = [one for one, kept in zip(findings, before, strict=True) if one.kept_id != kept]
    Finding.objects.bulk_update(changed, ["kept"])


def sent_points(checkup: Checkup, *, compared: bool = False) -> list[Finding]:
    """Without those that tell of another agency's answer, unless they are asked for (`compared`)."""
    found = checkup.findings.select_related("kept__by")
    return list(found if compared else found.filter(other=None))
