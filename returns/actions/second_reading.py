"""The second pair of eyes on each case study: a second reader, or another coordinator, signs it off or says no."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import User
from returns import permissions
from returns.actions import checkups
from returns.actions.case_studies import CaseStudy, declaration_of, found_in
from returns.actions.moves import locked
from returns.emails import case_studies as emails
from returns.models import CaseSignOff, Return
from returns.workflow import Status, Who

_READING = frozenset({Status.SUBMITTED, Status.IN_REVIEW})
_SECOND = frozenset({Who.SECOND_READER, Who.COORDINATOR})


def of(agency_return: Return) -> list[CaseStudy]:
    """The case studies of the newest text that was sent."""
    checkup = checkups.current(agency_return)
    return found_in(checkup) if checkup else []


def may_sign(user: User, agency_return: Return) -> bool:
    """A second reader or a coordinator, who has no part in the agency and did not send the text; while it is read."""
    return (
        agency_return.state in _READING
        and bool(permissions.parts(user, agency_return) & _SECOND)
        and not permissions.separation(user, agency_return)
    )


@transaction.atomic
def sign_off(
    agency_return: Return, *, read: str, note: str, by: User, knows_of_case: bool = False
) -> CaseSignOff:
    """Signs off the case study that was read (its `key`), which must still stand. Where a court case, an inquest or
    a review is live, only who `knows_of_case` can."""
    agency_return = locked(agency_return)
    case = _read_by(by, agency_return, read)
    if not note.strip():
        raise NotNow("Say what you looked at, and why it can be printed.")
    declaration = declaration_of(agency_return)
    is_live = bool(declaration and declaration.is_live)
    if is_live and not knows_of_case:
        raise NotNow("A court case, an inquest or a review is under way or likely. Say that you know of it.")
    signed = _keep(agency_return, case, note=note, by=by, knows_of_case=is_live)
    phrase = "read a case study as a second person and signed it off"
    _record(agency_return, "sign_off_case", phrase, by=by, reason=note)
    if all(one.sign_offs and not one.refusal for one in of(agency_return)):
        emails.all_read(agency_return, by=by)
    return signed


@transaction.atomic
def refuse(agency_return: Return, *, read: str, reason: str, by: User) -> CaseSignOff:
    """Says that the case study that was read cannot be printed like this, and tells the coordinators."""
    agency_return = locked(agency_return)
    case = _read_by(by, agency_return, read)
    if not reason.strip():
        raise NotNow("Say why it cannot be printed like this.")
    refused = _keep(agency_return, case, note=reason, by=by, refused=True)
    phrase = "read a case study as a second person and said that it cannot be printed like this"
    _record(agency_return, "refuse_case", phrase, by=by, reason=reason)
    emails.refused(agency_return, by=by)
    return refused


def _read_by(by: User, agency_return: Return, read: str) -> CaseStudy:
    """The case study that the person has before their eyes, if they may say anything of it now."""
    permissions.require(by, agency_return, _SECOND)
    if against := permissions.separation(by, agency_return):
        raise PermissionDenied(against)
    if agency_return.state not in _READING:
        raise NotNow(f"This cannot be done any more: the return is now “{agency_return.page.label}”.")
    case = next((one for one in of(agency_return) if one.key == read), None)
    if case is None:
        raise NotNow("The text has changed since you opened the page. Please read it again.")
    return case


def _keep(
    agency_return: Return,
    case: CaseStudy,
    *,
    note: str,
    by: User,
    refused: bool = False,
    knows_of_case: bool = False,
) -> CaseSignOff:
    said = CaseSignOff.objects.create(
        agency_return=agency_return,
        number=case.number,
        text=case.text,
        note=note,
        by=by,
        refused=refused,
        knows_of_case=knows_of_case,
    )
    _count(agency_return)
    return said


def sign_off_by_import(agency_return: Return, *, reason: str, by: User) -> None:
    """The reason of an import stands in for the second reader: what it brings was printed before."""
    CaseSignOff.objects.bulk_create(
        CaseSignOff(
            agency_return=agency_return,
            number=case.number,
            text=case.text,
            note=reason,
            by=by,
            by_import=True,
        )
        for case in of(agency_return)
        if not case.sign_offs
    )
    _count(agency_return)


def _count(agency_return: Return) -> None:
    checkup = checkups.current(agency_return)
    if checkup:
        checkups.count_cases(checkup)


def _record(agency_return: Return, act: str, phrase: str, *, by: User, reason: str = "") -> None:
    record(
        act,
        phrase,
        by=by,
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
        reason=reason,
    )
