"""Sends proofs to the agencies, takes their answers, and answers what they object to."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import User
from returns import permissions
from returns.actions.collections import locked
from returns.emails import proofs as emails
from returns.models import Collection, Proof, Return
from returns.models.proofs import approved_text
from returns.workflow import Status, Who


@transaction.atomic
def send_proofs(collection: Collection, *, answer_by: date, by: User) -> int:
    """To each agency whose return is approved, but for those that have answered to the text as it is, and those whose
    objection waits: a new proof would take its place. How many."""
    collection = locked(collection, by=by)
    if answer_by < timezone.localdate():
        raise NotNow("Choose today or a later day.")
    held = Proof.objects.of(collection).newest_of_each().select_for_update(of=("self",))
    newest = {one.agency_return_id: one for one in held}
    sent = 0
    for agency_return in collection.returns.filter(status=Status.APPROVED).for_pages():
        sent += _send(agency_return, newest.get(agency_return.pk), answer_by=answer_by, by=by)
    if not sent:
        raise NotNow(
            "There is nobody to send a proof to: each agency has answered to its text, or waits for your answer to its "
            "objection, or is not approved."
        )
    record(
        "send_proofs",
        f"sent {sent} {'proof' if sent == 1 else 'proofs'} of the appendix",
        by=by,
        about=collection.about,
        partnership=collection.partnership,
    )
    return sent


def _send(agency_return: Return, before: Proof | None, *, answer_by: date, by: User) -> bool:
    revision = approved_text(agency_return)
    done = before and before.answered_at and before.says_the_same_as(revision)
    if revision is None or done or (before and before.is_objection):
        return False
    proof = Proof.objects.create(
        agency_return=agency_return, revision=revision, answer_by=answer_by, sent_by=by
    )
    emails.sent(proof, by=by)
    return True


@transaction.atomic
def answer_proof(proof: Proof, *, objection: str, by: User) -> Proof:
    """`objection` says what must not be printed like this; "" accepts the section."""
    proof = _locked(proof)
    permissions.require(by, proof.agency_return, frozenset({Who.LEAD}))
    if proof.closed_at:
        raise NotNow("The appendix is published. Write to the coordinator if something in it is wrong.")
    if not proof.is_open:
        raise NotNow(f"{proof.answered_by} has answered already.")
    if proof.agency_return.proofs.filter(pk__gt=proof.pk).exists():
        raise NotNow("A newer proof was sent in the meantime. Look at that one, and answer it.")
    if proof.is_over():
        raise NotNow("The day by which an answer was asked for is over. Write to the coordinator.")
    proof.answered_at, proof.answered_by, proof.objection = timezone.now(), by, objection.strip()
    proof.save(update_fields=["answered_at", "answered_by", "objection"])
    verb = "objected to" if proof.objection else "accepted"
    phrase = f"{verb} the section of {proof.agency_return.name} in the appendix"
    _record(proof, "answer_proof", phrase, reason=proof.objection, by=by)
    emails.answered(proof, by=by)
    return proof


@transaction.atomic
def settle_objection(proof: Proof, *, settlement: str, by: User) -> Proof:
    """Says what came of an objection; the text itself is changed on the road of the return."""
    proof = _locked(proof)
    permissions.require_coordinator(by, proof.agency_return.partnership_id)
    if not proof.is_objection:
        raise NotNow("There is no objection that waits for an answer.")
    if not settlement.strip():
        raise NotNow("Say what came of it, so that the agency knows.")
    proof.settled_at, proof.settled_by, proof.settlement = timezone.now(), by, settlement.strip()
    proof.save(update_fields=["settled_at", "settled_by", "settlement"])
    _record(proof, "settle_objection", "answered the objection to a section", reason=proof.settlement, by=by)
    emails.settled(proof, by=by)
    return proof


def _locked(proof: Proof) -> Proof:
    held = Proof.objects.select_for_update(of=("self",)).select_related("answered_by").get(pk=proof.pk)
    held.agency_return = Return.objects.for_pages().get(pk=held.agency_return_id)
    return held


def _record(proof: Proof, act: str, phrase: str, *, reason: str, by: User) -> None:
    agency_return = proof.agency_return
    record(
        act,
        phrase,
        by=by,
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
        reason=reason,
    )
