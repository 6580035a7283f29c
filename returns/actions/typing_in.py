"""An answer that came by e-mail: a coordinator types it in, and the agency says by a link whether it is theirs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Unpack

from django.db import transaction
from django.utils import timezone

from agencies import tokens
from agencies.actions import messages
from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Role, User
from returns import permissions
from returns.actions.blockers import newest_revision
from returns.actions.drafting import Saved, Written, apply_save, declare, refuse_unless_pen
from returns.actions.moves import locked, take
from returns.emails import compose
from returns.models import Confirmation, Question, Return, Told
from returns.models.collections import READERS
from returns.workflow import TRANSITIONS

_ROW = TRANSITIONS["submit_for_agency"]


@transaction.atomic
def type_in(agency_return: Return, question: Question, *, by: User, **written: Unpack[Written]) -> Saved:
    """Saves what a coordinator copied from an e-mail; the same rules as for the agency's own saves."""
    agency_return = locked(agency_return)
    permissions.require(by, agency_return, _ROW.by)
    refuse_unless_pen(agency_return)
    refuse_if_agency_writes(agency_return)
    return apply_save(agency_return, question, by=by, typed_by=by, **written)


def refuse_if_agency_writes(agency_return: Return) -> None:
    """A coordinator neither sees nor replaces a draft that the agency has begun itself, be it only to say that
    there is nothing to report."""
    if agency_return.typed_by_id is not None:
        return
    if agency_return.is_nil or agency_return.answers.filter(version__gt=0).exists():
        raise NotNow(
            "The agency has begun to write its own answer. Ask it to paste the text there, or to send what it has."
        )


@transaction.atomic
def submit_for_agency(
    agency_return: Return,
    *,
    by: User,
    signed_name: str,
    signed_post: str,
    signed_on: date,
    email: str,
    told: Told | None = None,
) -> Confirmation:
    """Sends what was typed in, with what the agency says of the children and families in it (`told`), and asks the
    person who signed it off to confirm both by a link."""
    agency_return = locked(agency_return)
    permissions.require(by, agency_return, _ROW.by)
    refuse_if_agency_writes(agency_return)
    email = email.strip().lower()
    _refuse_address_of_the_partnership(agency_return, email)
    agency_return.signed_name, agency_return.signed_post, agency_return.signed_on = (
        signed_name,
        signed_post,
        signed_on,
    )
    if told:
        declare(agency_return, told, by=by)
    agency_return = take(agency_return, _ROW, by=by)
    revision = newest_revision(agency_return)
    assert revision is not None
    confirmation = Confirmation.objects.create(
        agency_return=agency_return,
        revision=revision,
        name=signed_name,
        post=signed_post,
        email=email,
        asked_by=by,
        expires_at=timezone.now() + timedelta(days=Confirmation.DAYS),
    )
    compose.confirmation_asked(confirmation, by=by)
    return confirmation


def _refuse_address_of_the_partnership(agency_return: Return, email: str) -> None:
    """Who reads or approves answers confirms none: it is the agency's word that is asked for."""
    own = Role.objects.active().filter(
        partnership=agency_return.partnership_id, kind__in=READERS, user__email=email
    )
    if found := own.select_related("user").first():
        raise NotNow(
            f"{email} is the address of {found.user}, who reads the answers for the partnership. Enter the address "
            "of the person in the agency who signed it off."
        )


@transaction.atomic
def resend_confirmation(confirmation: Confirmation, *, by: User) -> None:
    """Sends a new link; the one sent before stops working."""
    confirmation = (
        Confirmation.objects.select_for_update(of=("self",))
        .select_related("agency_return__collection__partnership", "agency_return__seat__agency")
        .get(pk=confirmation.pk)
    )
    permissions.require(by, confirmation.agency_return, _ROW.by)
    if confirmation.answered_at or confirmation != confirmation.agency_return.confirmations.first():
        raise NotNow("This has been answered already.")
    confirmation.nonce += 1
    confirmation.expires_at = timezone.now() + timedelta(days=Confirmation.DAYS)
    confirmation.save(update_fields=["nonce", "expires_at"])
    messages.cancel(confirmation.agency_return.about, kind="confirmation")
    compose.confirmation_asked(confirmation, by=by)
    _record(
        confirmation, "resend_confirmation", f"asked {confirmation.name} again to confirm the answer", by=by
    )


def find_confirmation(token: str) -> Confirmation | None:
    found = tokens.read(token, "confirmation")
    if found is None:
        return None
    pk, nonce = found
    return (
        Confirmation.objects.select_related(
            "agency_return__collection__partnership", "agency_return__seat__agency", "revision"
        )
        .filter(pk=pk, nonce=nonce)
        .first()
    )


def why_not_for_agency(confirmation: Confirmation, signed_in: User | None) -> str:
    """Why whoever is signed in in this browser does not speak for the agency, or ""."""
    if signed_in is None or not signed_in.has_role(confirmation.agency_return.partnership_id, *READERS):
        return ""
    return (
        f"You are signed in as {signed_in}, who reads the answers for the partnership, so you cannot answer for the "
        f"agency. The answer is for {confirmation.name} to give, by the link that was sent to {confirmation.email}."
    )


@transaction.atomic
def answer_confirmation(
    confirmation: Confirmation, *, confirmed: bool, note: str = "", signed_in: User | None = None
) -> None:
    """What the person behind the link said. Only about the text they were shown, and only once. Nobody who reads the
    answers for the partnership says it in the agency's place."""
    confirmation = (
        Confirmation.objects.select_for_update(of=("self",))
        .select_related("agency_return__collection__partnership", "agency_return__seat__agency", "revision")
        .get(pk=confirmation.pk)
    )
    if not is_answerable(confirmation):
        raise NotNow("This link cannot be used any more. Ask the partnership’s coordinator for a new one.")
    if refused := why_not_for_agency(confirmation, signed_in):
        raise NotNow(refused)
    if not confirmed and not note.strip():
        raise NotNow("Say what is wrong, so that it can be put right.")
    confirmation.answered_at, confirmation.confirmed, confirmation.note = timezone.now(), confirmed, note
    confirmation.save(update_fields=["answered_at", "confirmed", "note"])
    phrase = (
        "confirmed that this is the agency’s answer"
        if confirmed
        else "said that this is not the agency’s answer"
    )
    phrase += f", by the link sent to {confirmation.email}"
    _record(confirmation, "confirm" if confirmed else "decline", phrase, by=None, reason=note)
    compose.confirmation_answered(confirmation)


def is_answerable(confirmation: Confirmation) -> bool:
    """Open, and nothing newer was sent since."""
    agency_return = confirmation.agency_return
    return (
        confirmation.is_open
        and agency_return.typed_by_id is not None
        and confirmation == agency_return.confirmations.first()
    )


def _record(confirmation: Confirmation, act: str, phrase: str, *, by: User | None, reason: str = "") -> None:
    agency_return = confirmation.agency_return
    record(
        act,
        phrase,
        by=by,
        by_name="" if by else f"{confirmation.name} ({confirmation.post})",
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
        reason=reason,
    )
