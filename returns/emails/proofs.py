"""Words the e-mails about proofs and puts them into the outbox. Never holds a word of the section, or of an objection."""

from __future__ import annotations

from django.urls import reverse

from agencies.models import RoleKind, User
from returns.emails.compose import coordinators, day
from returns.emails.telling import tell
from returns.models import Proof


def sent(proof: Proof, *, by: User) -> None:
    name = proof.agency_return.name
    for person in proof.agency_return.people(RoleKind.LEAD):
        tell(
            person,
            proof.agency_return,
            by=by,
            kind="proof",
            subject=f"Please look at how {name} will be printed",
            paragraphs=[
                f"The {_appendix(proof)} is about to be published.",
                f"Look at the section of {name} as it will stand, and say by {day(proof.answer_by)} whether it is right.",
            ],
            link=_page(proof),
            label="Look at the section",
        )


def answered(proof: Proof, *, by: User) -> None:
    """Only an objection asks somebody to do something."""
    if not proof.objection:
        return
    collection = proof.agency_return.collection
    for person in coordinators(collection.partnership):
        tell(
            person,
            proof.agency_return,
            by=by,
            kind="proof_objection",
            subject=f"{proof.agency_return.name} objects to how it will be printed",
            paragraphs=[
                f"{by} has objected to the {_section(proof)}. It waits for your answer.",
            ],
            link=reverse("proofs", args=[collection.partnership.slug, collection.slug]),
            label="Read the objection",
        )


def settled(proof: Proof, *, by: User) -> None:
    if proof.answered_by is not None:
        tell(
            proof.answered_by,
            proof.agency_return,
            by=by,
            kind="proof_settled",
            subject=f"An answer to your objection about the {proof.agency_return.collection}",
            paragraphs=[f"{by} has answered what you said about the {_section(proof)}."],
            link=_page(proof),
            label="Read the answer",
        )


def _section(proof: Proof) -> str:
    return f"section of {proof.agency_return.name} in the {_appendix(proof)}"


def _appendix(proof: Proof) -> str:
    collection = proof.agency_return.collection
    return f"appendix of the {collection} of {collection.partnership.name}"


def _page(proof: Proof) -> str:
    return proof.agency_return.url("proof")
