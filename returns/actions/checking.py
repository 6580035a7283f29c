"""Between the agency's own people: a contributor says that the draft is ready for the person responsible to check."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import User
from returns import permissions
from returns.actions.blockers import Attempt, reasons_against
from returns.actions.drafting import refuse_unless_pen
from returns.actions.moves import locked
from returns.emails import compose
from returns.models import Return
from returns.workflow import ASKED_AT_SENDING, TRANSITIONS, Who


@transaction.atomic
def mark_ready(agency_return: Return, *, by: User) -> None:
    """Tells the person responsible. It holds until the return is moved, or somebody says that it is not ready yet."""
    agency_return = locked(agency_return)
    permissions.require(by, agency_return, frozenset({Who.CONTRIBUTOR}))
    refuse_unless_pen(agency_return)
    missing = reasons_against(TRANSITIONS["submit"], Attempt(agency_return, by), but=ASKED_AT_SENDING)
    if missing:
        raise NotNow(*missing)
    if agency_return.ready_at:
        return
    agency_return.ready_at, agency_return.ready_by = timezone.now(), by
    agency_return.save(update_fields=["ready_at", "ready_by"])
    _record(agency_return, "mark_ready", "said that the draft is ready to be checked", by=by)
    compose.ready(agency_return, by=by)


@transaction.atomic
def unmark_ready(agency_return: Return, *, by: User) -> None:
    agency_return = locked(agency_return)
    permissions.require_writer(by, agency_return)
    refuse_unless_pen(agency_return)
    if not agency_return.ready_at:
        return
    agency_return.ready_at = agency_return.ready_by = None
    agency_return.save(update_fields=["ready_at", "ready_by"])
    _record(agency_return, "unmark_ready", "said that the draft is not ready yet", by=by)


def _record(agency_return: Return, act: str, phrase: str, *, by: User) -> None:
    record(
        act,
        phrase,
        by=by,
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
    )
