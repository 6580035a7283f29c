"""Words the e-mails about a year that is closed, or opened again. They go to those whose return was not sent."""

from __future__ import annotations

from agencies.models import RoleKind, User
from returns.emails.compose import day, mailbox
from returns.emails.telling import Mailbox, tell
from returns.models import Return


def closed(agency_return: Return, *, by: User) -> None:
    collection = agency_return.collection
    _tell(
        agency_return,
        by=by,
        kind="closed",
        subject=f"The {collection} of {agency_return.name} is closed",
        paragraphs=[
            f"{by} has closed the {collection} of {collection.partnership.name}. The return of {agency_return.name} was not sent, and cannot be written or sent now.",
            "What is written is kept. If it must still go in, please reply to this e-mail.",
        ],
        label="See the return",
    )


def opened_again(agency_return: Return, *, by: User) -> None:
    collection = agency_return.collection
    due = f" It is due on {day(agency_return.due)}." if agency_return.due else ""
    _tell(
        agency_return,
        by=by,
        kind="opened_again",
        subject=f"The {collection} of {agency_return.name} is open again",
        paragraphs=[
            f"{by} has opened the {collection} of {collection.partnership.name} again, so {agency_return.name} can still send its return.{due}",
            "What was written is as you left it.",
        ],
        label="Carry on with it",
    )


def _tell(
    agency_return: Return, *, by: User, kind: str, subject: str, paragraphs: list[str], label: str
) -> None:
    people: list[User | Mailbox] = [*agency_return.people(RoleKind.LEAD), *mailbox(agency_return)]
    for person in people:
        tell(person, agency_return, by=by, kind=kind, subject=subject, paragraphs=paragraphs, label=label)
