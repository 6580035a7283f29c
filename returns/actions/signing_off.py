"""The agency's own sign-off, by link: the text as it stands is sent to an approver, who signs it off or says why not."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agencies import tokens
from agencies.actions import messages
from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import User
from returns import permissions
from returns.actions.blockers import Attempt, reasons_against
from returns.actions.drafting import refuse_unless_pen
from returns.actions.moves import locked
from returns.emails import compose
from returns.models import Return, SignOff
from returns.models.sign_offs import SignOffQuerySet
from returns.models.writing import snapshot
from returns.workflow import ASKED_AT_SENDING, TRANSITIONS, Status

_SUBMIT = TRANSITIONS["submit"]


@transaction.atomic
def ask(agency_return: Return, *, name: str, post: str, email: str, by: User) -> SignOff:
    """Sends the text as it stands to the person named. A link that was sent before stops working."""
    agency_return = locked(agency_return)
    permissions.require(by, agency_return, _SUBMIT.by)
    refuse_unless_pen(agency_return)
    reasons = reasons_against(_SUBMIT, Attempt(agency_return, by), but=ASKED_AT_SENDING)
    if reasons:
        raise NotNow(*reasons)
    messages.cancel(agency_return.about, kind="sign_off")
    sign_off = SignOff.objects.create(
        agency_return=agency_return,
        data=snapshot(agency_return),
        name=name,
        post=post,
        email=email.strip().lower(),
        asked_by=by,
        expires_at=timezone.now() + timedelta(days=SignOff.DAYS),
    )
    compose.sign_off_asked(sign_off, by=by)
    _record(sign_off, "ask_sign_off", f"asked {name} to sign the return off", by=by)
    return sign_off


def find(token: str) -> SignOff | None:
    found = tokens.read(token, "sign_off")
    if found is None:
        return None
    pk, nonce = found
    return SignOff.objects.with_places().filter(pk=pk, nonce=nonce).first()


def answerable(sign_off: SignOff) -> bool:
    """Open, about the text as it is now, and the newest of its return."""
    return (
        sign_off.state == "waiting"
        and sign_off.agency_return.waits_for_agency
        and sign_off == SignOff.objects.of(sign_off.agency_return).first()
    )


def why_over(sign_off: SignOff) -> str:
    """Why one that was not answered cannot be any more, for the person who was asked."""
    agency_return = sign_off.agency_return
    if not agency_return.waits_for_agency:
        if agency_return.state == Status.EXCLUDED:
            return "The agency is left out this year, so there is nothing to sign off."
        if agency_return.is_cut_off:
            return "The partnership has closed this year, so the return cannot be sent any more."
        return "The return has been sent to the partnership already."
    newest = SignOff.objects.of(agency_return).first()
    if newest and newest != sign_off:
        if newest.email == sign_off.email:
            return f"You were asked again on {compose.day(timezone.localdate(newest.asked_at))}. Use the link in the newer e-mail."
        return "Somebody else has been asked to sign it off since."
    if not sign_off.is_of_present_text:
        return "The text was changed after it was sent to you."
    return f"The link was valid until {compose.day(timezone.localdate(sign_off.expires_at))}."


def of_the_same_person(sign_off: SignOff) -> SignOffQuerySet:
    """What the same agency asks this mailbox for, for whichever partnership; in the order it was asked."""
    same = SignOff.objects.with_places().order_by("asked_at", "pk")
    return same.filter(
        email=sign_off.email, agency_return__seat__agency=sign_off.agency_return.seat.agency_id
    )


def asked_of_the_same_person(sign_off: SignOff) -> list[SignOff]:
    """What waits for the person behind the link; nothing once it has expired. A link that a newer one replaced shows
    what else waits, and not what the newer one is about."""
    if sign_off.has_expired:
        return []
    found = [one for one in of_the_same_person(sign_off).unanswered() if answerable(one)]
    if sign_off.answered_at is None and sign_off not in found:
        return [one for one in found if one.agency_return_id != sign_off.agency_return_id]
    return found


@transaction.atomic
def answer(sign_off: SignOff, *, signed: bool, note: str = "") -> SignOff:
    """What the person behind the link said of the text they were shown; only once. Their word is for the agency, so
    the history, which the partnership reads too, says only that they did not sign."""
    locked(sign_off.agency_return)
    found = SignOff.objects.select_for_update(of=("self",)).with_places()
    sign_off = found.get(pk=sign_off.pk)
    if not answerable(sign_off):
        answered = "It has been answered already."
        raise NotNow(answered if sign_off.answered_at else why_over(sign_off))
    if not signed and not note.strip():
        raise NotNow("Say what has to change, so that it can be put right.")
    sign_off.answered_at, sign_off.signed, sign_off.note = timezone.now(), signed, note if not signed else ""
    sign_off.save(update_fields=["answered_at", "signed", "note"])
    _record(
        sign_off,
        "sign_off" if signed else "decline_sign_off",
        "signed the return off" if signed else "did not sign the return off",
        by=None,
    )
    compose.sign_off_answered(sign_off)
    return sign_off


def _record(sign_off: SignOff, act: str, phrase: str, *, by: User | None) -> None:
    agency_return = sign_off.agency_return
    record(
        act,
        phrase,
        by=by,
        by_name="" if by else f"{sign_off.name} ({sign_off.post})",
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
    )
