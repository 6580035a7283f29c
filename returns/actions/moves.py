"""The one road on which a return changes its status:
lock ▶ who ▶ when ▶ what stands in the way ▶ write ▶ event ▶ e-mails, in one transaction."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import User
from agencies.prepared import prepared
from returns import permissions
from returns.actions import checkups
from returns.actions.blockers import Attempt, reasons_against
from returns.emails import case_studies, compose
from returns.models import AskKind, Return, Revision
from returns.models.writing import snapshot
from returns.workflow import EXPLAINED, PEN, TRANSITIONS, RevisionKind, Status, Transition


def locked(agency_return: Return) -> Return:
    """The return as it is now, held until the transaction ends."""
    found = _locked.first(pk=agency_return.pk)
    if found is None:
        raise Return.DoesNotExist
    return found


@prepared
def _locked(pk: int) -> QuerySet[Return]:
    locking = Return.objects.select_for_update(of=("self",)).order_by()
    return locking.select_related("collection", "seat").filter(pk=pk)


@transaction.atomic
def move(
    agency_return: Return,
    name: str,
    *,
    by: User,
    reason: str = "",
    read: int | None = None,
    due_on: date | None = None,
) -> Return:
    """Moves the return along the row called `name`, or raises PermissionDenied or NotNow with the reasons.

    `read` is the number of the revision the person saw; `due_on` gives the return a due date of its own."""
    row = TRANSITIONS[name]
    agency_return = locked(agency_return)
    permissions.require(by, agency_return, row.by)
    return take(agency_return, row, by=by, reason=reason, read=read, due_on=due_on)


def take(
    agency_return: Return,
    row: Transition,
    *,
    by: User | None,
    reason: str = "",
    read: int | None = None,
    due_on: date | None = None,
) -> Return:
    """The second half of `move`, for actions that lock the return and ask WHO themselves. `by=None` is the
    service itself."""
    _refuse_unless_free(agency_return, row, Attempt(agency_return, by, read), reason, due_on)
    again = row.keeps == RevisionKind.SUBMITTED and agency_return.revisions.exists()
    if row.name == "take_back":
        agency_return.revisions.filter(taken_back_at=None, kind=RevisionKind.SUBMITTED).filter(
            number=agency_return.revisions.aggregate(last=Max("number"))["last"]
        ).update(taken_back_at=timezone.now())
    _write(agency_return, row, by=by, reason=reason, due_on=due_on)
    settled = _settle_asks(agency_return, by=by)
    checkup = None
    if row.keeps:
        keep_revision(agency_return, row.keeps, by=by)
        checkup = checkups.refresh(agency_return)
    record(
        row.name,
        row.phrase + settled,
        by=by,
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
        reason=reason,
    )
    compose.moved(agency_return, row, by=by, again=again)
    if row.keeps == RevisionKind.SUBMITTED and checkup and checkup.unread_cases:
        case_studies.waiting(agency_return, by=by)
    return agency_return


def _refuse_unless_free(
    agency_return: Return, row: Transition, attempt: Attempt, reason: str, due_on: date | None
) -> None:
    if agency_return.state not in row.sources:
        raise NotNow(f"This cannot be done any more: the return is now “{agency_return.page.label}”.")
    if row.reason and not reason.strip():
        raise NotNow("Say why, so that the others know what to do.")
    if row.name == "include" and agency_return.would_be_late and not due_on:
        raise NotNow("Say until when the agency has time: the day on which the return was due has passed.")
    reasons = reasons_against(row, attempt)
    if reasons:
        raise NotNow(*reasons)


def _write(
    agency_return: Return, row: Transition, *, by: User | None, reason: str, due_on: date | None
) -> None:
    now = timezone.now()
    before = agency_return.state
    agency_return.status = row.target or Status(agency_return.status_before)
    agency_return.status_before = before if row.target == Status.EXCLUDED else ""
    if not row.carries_reason:
        stands_for = reason if row.target in EXPLAINED else ""  # why all is well again is history
        agency_return.reason = stands_for
        agency_return.reason_by, agency_return.reason_at = (by, now) if stands_for else (None, None)
    if row.keeps == RevisionKind.SUBMITTED:
        agency_return.submitted_by = by
        agency_return.typed_by = by if row.name == "submit_for_agency" else None
    agency_return.ready_at = agency_return.ready_by = None
    if due_on:
        agency_return.due_on = due_on
    if row.name == "include" and not agency_return.answers.exists() and not agency_return.is_nil:
        agency_return.active_at = None  # nobody has ever worked on it
    elif row.name not in ("exclude", "include") and not agency_return.collection.is_preparing:
        agency_return.active_at = now
    agency_return.save()


def _settle_asks(agency_return: Return, *, by: User | None) -> str:
    """Nobody has to answer what the move has settled: more time for what was sent, opening what is open. What
    was asked stays in the history; what ends without an answer is said there, in the words that are given back."""
    waiting = agency_return.asks.filter(answered_at=None)
    if agency_return.state in PEN:
        waiting.filter(kind=AskKind.REOPENING).update(
            answered_at=timezone.now(), answered_by=by, granted=True
        )
        return ""
    if agency_return.state != Status.EXCLUDED:
        waiting = waiting.filter(kind=AskKind.MORE_TIME)
    wishes = [ask.get_kind_display().lower() for ask in waiting]
    waiting.delete()
    return f", which ended the request for {' and '.join(wishes)}" if wishes else ""


def keep_revision(agency_return: Return, kind: RevisionKind, *, by: User | None) -> Revision:
    """Keeps the whole return as it stands, with the wording and names of today."""
    last = agency_return.revisions.aggregate(last=Max("number"))["last"] or 0
    return Revision.objects.create(
        agency_return=agency_return, number=last + 1, kind=kind, data=snapshot(agency_return), by=by
    )
