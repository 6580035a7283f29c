"""One page for the whole collection: where each agency stands, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.models import Event, Role
from returns import permissions
from returns.actions import collections as actions
from returns.models import Ask, Collection, Confirmation, Return
from returns.models.waiting import turn_for_readers
from returns.views.preparing import people_by_seat
from returns.views.scope import attempt, collection_or_404, person, place
from returns.workflow import Status

# What needs a coordinator's attention comes first.
_ORDER = {
    Status.HELD: 1,
    Status.SUBMITTED: 2,
    Status.IN_REVIEW: 3,
    Status.CHANGES_REQUESTED: 5,
    Status.DRAFT: 5,
    Status.APPROVED: 7,
    Status.EXCLUDED: 8,
}


@dataclass(frozen=True, slots=True)
class Row:
    agency_return: Return
    turn: str
    people: list[Role]
    ask: Ask | None
    words: int

    @property
    def order(self) -> tuple[int, int, int]:
        """Questions first, then what waits for the partnership, then who is late, longest first."""
        late = self.agency_return.days_late
        place = 0 if self.ask else (4 if late else _ORDER[self.agency_return.state])
        return place, -late, self.agency_return.position


@login_required
@require_safe
def collection(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    coordinates = permissions.may_coordinate(user, found)
    if found.is_preparing:
        return render(request, "returns/collection_preparing.html", place(found) | _preparation(found))
    rows = _rows(found)
    context = place(found) | {
        "rows": rows,
        "coordinates": coordinates,
        "asked": sum(row.agency_return.state != Status.EXCLUDED for row in rows),
        "approved": sum(row.agency_return.state == Status.APPROVED for row in rows),
        "with_partnership": sum(row.agency_return.page.turn == "coordinator" for row in rows),
        "late": sum(row.agency_return.days_late > 0 for row in rows),
        "new_seats": actions.seats_without_return(found) if coordinates and found.is_open else [],
    }
    return render(request, "returns/collection.html", context)


def _preparation(collection: Collection) -> dict[str, object]:
    questions = collection.questions.count()
    returns = list(collection.returns.all())
    left_out = sum(one.state == Status.EXCLUDED for one in returns)
    return {
        "questions": questions,
        "asked": len(returns) - left_out,
        "left_out": left_out,
        "reasons": actions.reasons_against_opening(collection),
    }


def _rows(collection: Collection) -> list[Row]:
    """One row an agency, what needs attention first. A fixed number of queries."""
    people = people_by_seat(collection.partnership)
    asks = {
        ask.agency_return_id: ask
        for ask in Ask.objects.filter(agency_return__collection=collection, answered_at=None)
    }
    unconfirmed = _unconfirmed(collection)
    rows = []
    for one in collection.returns.with_words().select_related("seat__agency"):
        one.collection = collection
        turn = unconfirmed.get(one.pk) or turn_for_readers(one)
        roles = [role for seat in one.seat_ids for role in people.get(seat, [])]
        rows.append(Row(one, turn, roles, asks.get(one.pk), one.words))  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: row.order)


def _unconfirmed(collection: Collection) -> dict[int, str]:
    """Whose word is still owed for answers that a coordinator typed in."""
    waiting = Confirmation.objects.filter(
        agency_return__collection=collection,
        agency_return__typed_by__isnull=False,
        agency_return__status__in=[Status.SUBMITTED, Status.IN_REVIEW],
        answered_at=None,
    )
    return {
        one.agency_return_id: f"{one.name} is asked to confirm it" for one in waiting.order_by("asked_at")
    }


@login_required
@require_POST
def take_in(request: HttpRequest, partnership: str, collection: str, seat: int) -> HttpResponse:
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    new = get_object_or_404(found.partnership.seats.current().select_related("agency"), pk=seat)
    attempt(request, lambda: actions.take_in(found, new, by=user), f"{new.name} is asked for its return.")
    return redirect(found)


@login_required
@require_http_methods(["GET", "POST"])
def collection_close(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    permissions.require_coordinator(user, found.partnership)
    if request.method == "POST":
        attempt(request, lambda: actions.close_collection(found, by=user), f"The {found} is closed.")
        return redirect(found)
    unfinished = found.returns.exclude(status__in=[Status.APPROVED, Status.EXCLUDED])
    context = place(found, ("Close it", "")) | {"unfinished": unfinished}
    return render(request, "returns/collection_close.html", context)


@login_required
@require_POST
def collection_reopen(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    attempt(request, lambda: actions.reopen_collection(found, by=user), f"The {found} is open again.")
    return redirect(found)


@login_required
@require_safe
def collection_history(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    context = place(found, ("History", "")) | {
        "events": Event.objects.under(found.about)[:500],
        "coordinates": permissions.may_coordinate(user, found),
    }
    return render(request, "returns/collection_history.html", context)
