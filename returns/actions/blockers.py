"""Evaluates what stands in the way of a move, and words it for the person who wants to make it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from agencies.models import User
from returns import permissions
from returns.actions import case_studies, checkups
from returns.models import Confirmation, Return, Revision
from returns.workflow import Blocker, Transition


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to move a return: who (None for the service itself), and which revision (its number) they
    had before their eyes."""

    agency_return: Return
    by: User | None
    read: int | None = None


def reasons_against(row: Transition, attempt: Attempt, *, but: frozenset[Blocker] = frozenset()) -> list[str]:
    """Everything in the way, in the order of the blockers; empty when the move is free.

    `but` leaves out what the person is about to give, such as the sign-off on the page that asks for it."""
    found = (_RULES[blocker](attempt) for blocker in Blocker if blocker in row.needs - but)
    return [reason for reason in found if reason]


def empty_questions(agency_return: Return) -> list[int]:
    """The number of each question that has no words yet."""
    answered = set(agency_return.answers.filter(words__gt=0).values_list("question_id", flat=True))
    return [q.position for q in agency_return.collection.questions.all() if q.pk not in answered]


def newest_revision(agency_return: Return) -> Revision | None:
    return agency_return.revisions.newest_first().first()


def waiting_confirmation(agency_return: Return) -> Confirmation | None:
    """The newest request to confirm what a coordinator typed in, unless the agency has said yes."""
    if agency_return.typed_by_id is None:
        return None
    newest = agency_return.confirmations.first()
    return newest if newest and not newest.confirmed else None


def _not_open(attempt: Attempt) -> str:
    collection = attempt.agency_return.collection
    if collection.is_preparing:
        return f"The {collection} is not open yet."
    if collection.is_closed:
        return f"The {collection} is closed. Ask the partnership’s coordinator if something has to change."
    return ""


def _empty_answer(attempt: Attempt) -> str:
    if attempt.agency_return.is_nil:
        return ""
    empty = empty_questions(attempt.agency_return)
    if not empty:
        return ""
    if attempt.agency_return.collection.questions.count() == 1:
        return "Nothing is written yet. Write an answer, or say that there is nothing to report."
    *first, last = map(str, empty)
    if not first:
        return f"Question {last} has no answer yet."
    return f"Questions {', '.join(first)} and {last} have no answer yet."


def _no_sign_off(attempt: Attempt) -> str:
    if attempt.agency_return.is_signed_off:
        return ""
    return "Say who signed it off in the agency: name, post and date."


def _not_declared(attempt: Attempt) -> str:
    if attempt.agency_return.is_nil or case_studies.declaration_of(attempt.agency_return):
        return ""
    return "Say whether it tells of an individual child or family."


def _not_newest(attempt: Attempt) -> str:
    newest = newest_revision(attempt.agency_return)
    if newest is None:
        return "There is nothing to approve yet."
    if attempt.read is not None and attempt.read != newest.number:
        return "Something newer came in while you were reading. It is shown below; please read it first."
    return ""


def _unconfirmed(attempt: Attempt) -> str:
    waiting = waiting_confirmation(attempt.agency_return)
    if waiting is None:
        return ""
    if waiting.confirmed is False:
        return f"{waiting.name} said that this is not the agency’s answer."
    return f"{waiting.name} has not confirmed yet that this is the agency’s answer."


def _separation(attempt: Attempt) -> str:
    if attempt.by is None:
        return "Somebody has to answer for this, so name a coordinator."
    return permissions.separation(attempt.by, attempt.agency_return)


def _open_point(attempt: Attempt) -> str:
    checkup = checkups.current(attempt.agency_return)
    count = checkup.findings.filter(kept=None, severity="blocking").count() if checkup else 0
    if not count:
        return ""
    points = "1 point is" if count == 1 else f"{count} points are"
    return f"{points} open that could show who somebody is. Ask the agency to change it, or keep it with a reason."


def _case_study(attempt: Attempt) -> str:
    checkup = checkups.current(attempt.agency_return)
    found = case_studies.found_in(checkup) if checkup else []
    refused = {str(one.refusal.by) for one in found if one.refusal}
    waiting = sum(not one.refusal and not one.is_read_by_another(attempt.by) for one in found)
    return " ".join([*map(_refused, sorted(refused)), *_waiting(waiting)])


def _refused(name: str) -> str:
    return (
        f"{name} says that a case study cannot be printed like this. "
        "Ask the agency to change it; or have it read once more and signed off."
    )


def _waiting(count: int) -> Iterator[str]:
    if count:
        tells = "1 case study has" if count == 1 else f"{count} case studies have"
        yield f"{tells} not been read by a second person: a second reader, or another coordinator than the one who approves."


def _live_case(attempt: Attempt) -> str:
    declaration = case_studies.declaration_of(attempt.agency_return)
    if declaration is None or attempt.agency_return.is_nil or not declaration.is_unsettled:
        return ""
    again = "Ask for changes: it says so when it sends the return again."
    if declaration.is_live:
        return f"The agency has not said whom it asked about the court case, inquest or review. {again}"
    return (
        "The agency does not know whether a court case, an inquest or a review about the child or family is "
        f"under way or likely, and has to find out. {again}"
    )


_RULES: dict[Blocker, Callable[[Attempt], str]] = {
    Blocker.NOT_OPEN: _not_open,
    Blocker.EMPTY_ANSWER: _empty_answer,
    Blocker.NO_SIGN_OFF: _no_sign_off,
    Blocker.NOT_DECLARED: _not_declared,
    Blocker.NOT_NEWEST: _not_newest,
    Blocker.UNCONFIRMED: _unconfirmed,
    Blocker.SEPARATION: _separation,
    Blocker.OPEN_POINT: _open_point,
    Blocker.CASE_STUDY: _case_study,
    Blocker.LIVE_CASE: _live_case,
}
