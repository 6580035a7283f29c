"""WHEN: the life of a return as one table of rows. Pure: knows no database, no person and no page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    HELD = "held"
    EXCLUDED = "excluded"


class Who(StrEnum):
    """In which part somebody acts on a return."""

    LEAD = "lead"
    CONTRIBUTOR = "contributor"
    COORDINATOR = "coordinator"
    SECOND_READER = "second_reader"


class Blocker(StrEnum):
    """What can stand in the way of a move. Evaluated in `actions.blockers`, worded there."""

    NOT_OPEN = "not_open"
    EMPTY_ANSWER = "empty_answer"
    NO_SIGN_OFF = "no_sign_off"
    NOT_DECLARED = "not_declared"
    NOT_NEWEST = "not_newest"
    UNCONFIRMED = "unconfirmed"
    SEPARATION = "separation"
    OPEN_POINT = "open_point"
    CASE_STUDY = "case_study"
    LIVE_CASE = "live_case"


# What the page that sends a return asks for itself; it stands in the way of nothing before.
ASKED_AT_SENDING = frozenset({Blocker.NO_SIGN_OFF, Blocker.NOT_DECLARED})


class RevisionKind(StrEnum):
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    AMENDED = "amended"
    APPROVED = "approved"
    IMPORTED = "imported"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class StatusPage:
    """How a status reads: the tag, its tone, and whose turn it is."""

    label: str
    tone: str
    turn: str  # "agency", "coordinator" or "" when nobody has to do anything


STATUSES: dict[Status, StatusPage] = {
    Status.DRAFT: StatusPage("Being written", "todo", "agency"),
    Status.SUBMITTED: StatusPage("Sent to the partnership", "active", "coordinator"),
    Status.IN_REVIEW: StatusPage("Being read", "active", "coordinator"),
    Status.CHANGES_REQUESTED: StatusPage("Changes asked for", "todo", "agency"),
    Status.APPROVED: StatusPage("Approved", "done", ""),
    Status.HELD: StatusPage("On hold", "stop", "coordinator"),
    Status.EXCLUDED: StatusPage("Left out", "quiet", ""),
}
NOT_STARTED = StatusPage("Not started", "todo", "agency")

# The agency holds the pen in these; nobody types in the others.
PEN = frozenset({Status.DRAFT, Status.CHANGES_REQUESTED})
# What the agency sent may be read by coordinators and second readers in these.
READABLE = frozenset(
    {Status.SUBMITTED, Status.IN_REVIEW, Status.CHANGES_REQUESTED, Status.APPROVED, Status.HELD}
)

# In these a reason stands on top of the return until the partnership decides again.
EXPLAINED = frozenset({Status.CHANGES_REQUESTED, Status.HELD, Status.EXCLUDED})


@dataclass(frozen=True, slots=True)
class Transition:
    """One legal move: the button, who may press it, what stands in the way, who is told, what is kept."""

    name: str
    sources: frozenset[Status]
    target: Status | None  # None: back to where the return was before it was left out
    by: frozenset[Who]
    label: str  # on the button
    phrase: str  # in the history, read on from the person's name
    needs: frozenset[Blocker] = frozenset()
    reason: str = ""  # the question asked when a reason is needed
    tells: frozenset[Who] = frozenset()
    keeps: RevisionKind | None = None
    carries_reason: bool = False  # what was asked for stays in view until the partnership decides again


ALL = frozenset(Status)
_LEAD = frozenset({Who.LEAD})
_COORDINATOR = frozenset({Who.COORDINATOR})
_AGENCY = frozenset({Who.LEAD, Who.CONTRIBUTOR})
_ANSWERED = frozenset({Blocker.NOT_OPEN, Blocker.EMPTY_ANSWER, Blocker.NO_SIGN_OFF, Blocker.NOT_DECLARED})
_OPEN = frozenset({Blocker.NOT_OPEN})

_ROWS = (
    Transition(
        name="submit",
        sources=PEN,
        target=Status.SUBMITTED,
        by=_LEAD,
        label="Send to the partnership",
        phrase="sent the return to the partnership",
        needs=_ANSWERED,
        tells=_COORDINATOR,
        keeps=RevisionKind.SUBMITTED,
        carries_reason=True,
    ),
    Transition(
        name="submit_for_agency",
        sources=PEN,
        target=Status.SUBMITTED,
        by=_COORDINATOR,
        label="Ask the agency to confirm it",
        phrase="typed in the answer for the agency and asked it to confirm",
        needs=_ANSWERED,
        tells=_AGENCY,
        keeps=RevisionKind.SUBMITTED,
        carries_reason=True,
    ),
    Transition(
        name="take_back",
        sources=frozenset({Status.SUBMITTED}),
        target=Status.DRAFT,
        by=_LEAD,
        label="Take it back",
        phrase="took the return back",
        needs=_OPEN,
        tells=_COORDINATOR,
        carries_reason=True,
    ),
    Transition(
        name="begin_review",
        sources=frozenset({Status.SUBMITTED}),
        target=Status.IN_REVIEW,
        by=_COORDINATOR,
        label="Begin the review",
        phrase="began the review",
        tells=_LEAD,
        carries_reason=True,
    ),
    Transition(
        name="request_changes",
        sources=frozenset({Status.SUBMITTED, Status.IN_REVIEW}),
        target=Status.CHANGES_REQUESTED,
        by=_COORDINATOR,
        label="Ask for changes",
        phrase="asked for changes",
        needs=_OPEN,
        reason="What should the agency change?",
        tells=_AGENCY,
        keeps=RevisionKind.SENT_BACK,
    ),
    Transition(
        name="approve",
        sources=frozenset({Status.SUBMITTED, Status.IN_REVIEW}),
        target=Status.APPROVED,
        by=_COORDINATOR,
        label="Approve",
        phrase="approved the return",
        needs=frozenset(
            {
                Blocker.NOT_NEWEST,
                Blocker.UNCONFIRMED,
                Blocker.SEPARATION,
                Blocker.OPEN_POINT,
                Blocker.CASE_STUDY,
                Blocker.LIVE_CASE,
            }
        ),
        tells=_LEAD,
        keeps=RevisionKind.APPROVED,
    ),
    Transition(
        name="hold",
        sources=frozenset({Status.APPROVED}),
        target=Status.HELD,
        by=_LEAD | _COORDINATOR,
        label="Put it on hold",
        phrase="put the return on hold",
        reason="Why must it not be printed as it stands?",
        tells=_LEAD | _COORDINATOR,
    ),
    Transition(
        name="release",
        sources=frozenset({Status.HELD}),
        target=Status.APPROVED,
        by=_COORDINATOR,
        label="Approve it as it stands",
        phrase="approved the return as it stood before it was put on hold",
        needs=frozenset({Blocker.SEPARATION}),
        reason="What settled the worry?",
        tells=_LEAD,
    ),
    Transition(
        name="reopen",
        sources=frozenset({Status.APPROVED, Status.HELD}),
        target=Status.CHANGES_REQUESTED,
        by=_COORDINATOR,
        label="Open it for changes",
        phrase="opened the return for changes",
        needs=_OPEN,
        reason="What should the agency change?",
        tells=_LEAD,
    ),
    Transition(
        name="exclude",
        sources=ALL - {Status.EXCLUDED},
        target=Status.EXCLUDED,
        by=_COORDINATOR,
        label="Leave it out of this year",
        phrase="left the agency out of this year’s return",
        reason="Why is the agency left out this year?",
        tells=_LEAD,
    ),
    Transition(
        name="include",
        sources=frozenset({Status.EXCLUDED}),
        target=None,
        by=_COORDINATOR,
        label="Take it in again",
        phrase="took the agency into this year’s return again",
        reason="Why is the agency taken in again?",
        tells=_LEAD,
    ),
    Transition(
        name="import",
        sources=frozenset({Status.DRAFT}),
        target=Status.SUBMITTED,
        by=_COORDINATOR,
        label="Import",
        phrase="imported the answer",
        keeps=RevisionKind.IMPORTED,
    ),
)

TRANSITIONS: dict[str, Transition] = {row.name: row for row in _ROWS}


def moves_from(status: Status) -> list[Transition]:
    """The rows that leave the status, in the order of the table."""
    return [row for row in _ROWS if status in row.sources]
