"""Keeping a passage as it is, for a reason, although the checks point at it; and keeping it no longer."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import User
from returns import permissions
from returns.actions import checkups
from returns.actions.moves import locked
from returns.models import Dismissal, Finding, Return
from returns.workflow import Status

# While the agency writes, it keeps its own points; while the partnership reads, the coordinator does.
_READING = frozenset({Status.SUBMITTED, Status.IN_REVIEW})


def keeps(user: User, agency_return: Return) -> str:
    """As what the person may keep points now: "agency", "coordinator" or ""."""
    if agency_return.waits_for_agency and permissions.is_of_agency(user, agency_return):
        return "agency"
    if agency_return.state in _READING and permissions.is_coordinator(user, agency_return):
        return "coordinator"
    return ""


@transaction.atomic
def keep(agency_return: Return, *, keys: Sequence[str], reason: str, by: User) -> list[Dismissal]:
    """Keeps the points with these keys. Agencies may keep warnings and hints; what could show who somebody is,
    only a coordinator who may approve the return."""
    agency_return = locked(agency_return)
    found = [one for one in _points(agency_return, by) if one.key in keys]
    if not found:
        raise NotNow("The text has changed since you opened the page. Look at the points again.")
    if any(one.is_blocking for one in found):
        _require_to_keep_blocking(agency_return, by)
    if not reason.strip():
        raise NotNow("Say why it can stay as it is.")
    kept = keep_findings(agency_return, found, reason=reason, by=by)
    phrase = "kept a passage as it is" if len(kept) == 1 else f"kept {len(kept)} passages as they are"
    shared = any(one.other_id for one in found)
    _record(agency_return, "keep_point", phrase, by=by, reason=reason, shared=shared)
    return kept


def _points(agency_return: Return, by: User) -> list[Finding]:
    """The open points of the text that the person works on."""
    part = keeps(by, agency_return)
    if part == "agency":
        found = checkups.draft_points(agency_return).findings
    else:
        permissions.require_coordinator(by, agency_return.partnership_id)
        if not part:
            raise NotNow(
                f"Points can be kept while the partnership reads the return. It is “{agency_return.page.label}”."
            )
        checkup = checkups.current(agency_return)
        compared = permissions.may_compare(by, agency_return)
        found = checkups.sent_points(checkup, compared=compared) if checkup else []
    return [one for one in found if one.is_open]


def _require_to_keep_blocking(agency_return: Return, by: User) -> None:
    if keeps(by, agency_return) != "coordinator":
        raise NotNow(
            "Only a coordinator of the partnership can keep what could show who somebody is. Change it, or send the return as it is and say why."
        )
    if against := permissions.separation(by, agency_return):
        raise NotNow(against)


def keep_findings(
    agency_return: Return, findings: Sequence[Finding], *, reason: str, by: User, by_import: bool = False
) -> list[Dismissal]:
    """The writing half of `keep`: inside a transaction, return locked, WHO and WHEN asked."""
    kept = Dismissal.objects.bulk_create(
        Dismissal(
            agency_return=agency_return,
            other=one.other,
            number=one.number,
            rule=one.rule,
            quote=one.quote,
            before=one.before,
            after=one.after,
            occurrence=one.occurrence,
            message=one.message,
            reason=reason,
            by=by,
            by_import=by_import,
        )
        for one in findings
    )
    checkups.settle_anew(agency_return)
    return kept


@transaction.atomic
def keep_no_longer(dismissal: Dismissal, *, by: User) -> None:
    """The point is open again. Who kept it, and why, stays in the history."""
    agency_return = locked(dismissal.agency_return)
    part = keeps(by, agency_return)
    if not part:
        permissions.require_coordinator(by, agency_return.partnership_id)
        raise NotNow(f"This cannot be changed now: the return is “{agency_return.page.label}”.")
    dismissal = Dismissal.objects.select_for_update().get(pk=dismissal.pk)
    if dismissal.other_id and not permissions.may_compare(by, agency_return):
        raise PermissionDenied("Only a coordinator of the partnership can do this.")
    if dismissal.ended_at:
        return
    dismissal.ended_at, dismissal.ended_by = timezone.now(), by
    dismissal.save(update_fields=["ended_at", "ended_by"])
    checkups.settle_anew(agency_return)
    phrase = "opened a point again that was kept"
    _record(agency_return, "keep_no_longer", phrase, by=by, shared=bool(dismissal.other_id))


def _record(
    agency_return: Return, act: str, phrase: str, *, by: User, reason: str = "", shared: bool = False
) -> None:
    """What is about a passage that two agencies share stands in the history of the year, which no agency reads."""
    collection = agency_return.collection
    record(
        act,
        f"{phrase} in the return of {agency_return.name}" if shared else phrase,
        by=by,
        about=collection.about if shared else agency_return.about,
        partnership=collection.partnership,
        agency=None if shared else agency_return.seat.agency,
        reason=reason,
    )
