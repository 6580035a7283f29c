"""One page for the whole collection: where each agency stands, and whose turn it is."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Event
from agencies.prepared import prepared
from returns import permissions
from returns.actions import chasing, comparing, readiness
from returns.actions import collections as actions
from returns.appendix import to_csv
from returns.forms.returns import ReopenForm
from returns.models import Collection, Edition, overview
from returns.views.downloads import attachment
from returns.views.scope import attempt, attempt_form, button, collection_or_404, person, place
from returns.workflow import Status


@login_required
@require_safe
def collection(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    coordinates = permissions.may_coordinate(user, found)
    if found.is_preparing:
        return render(request, "returns/collection_preparing.html", place(found) | _preparation(found))
    comparing.bring_up_to_date(found)
    rows = overview.rows(found)
    context = place(found) | {
        "rows": rows,
        "coordinates": coordinates,
        "asked": sum(row.status != Status.EXCLUDED for row in rows),
        "approved": sum(row.status == Status.APPROVED for row in rows),
        "with_partnership": sum(row.waits_for_partnership for row in rows),
        "published": _published.first(collection=found),
        "late": sum(row.days_late > 0 for row in rows),
        "new_seats": actions.seats_without_return(found) if coordinates and found.is_open else [],
    }
    return render(request, "returns/collection.html", context)


@prepared
def _published(collection: Collection) -> QuerySet[Edition]:
    return Edition.objects.newest_of_each().without_text().filter(collection=collection)


@login_required
@require_safe
def collection_status(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    """The table of the page as CSV."""
    found = collection_or_404(person(request), partnership, collection)
    comparing.bring_up_to_date(found)
    content = to_csv.render(_COLUMNS, map(_cells, overview.rows(found)))
    return attachment(content, "text/csv; charset=utf-8", f"{found.partnership.slug}-status-{found.slug}.csv")


_COLUMNS = (
    "Agency",
    "Stands",
    "Whose turn",
    "Due",
    "Days late",
    "Points",
    "Words",
    "Last activity",
    "Responsible",
)


def _cells(row: overview.Row) -> tuple[str | int, ...]:
    """Days as a spreadsheet knows them, by the calendar of London."""
    due = row.due.isoformat() if row.due else ""
    active = timezone.localdate(row.active_at).isoformat() if row.active_at else ""
    leads = "; ".join(row.leads)
    return row.name, row.label, row.turn, due, row.days_late, _points(row), row.words, active, leads


def _points(row: overview.Row) -> str:
    """As the page says them; nothing where no text is there to check."""
    if row.points is None or not row.is_readable:
        return ""
    return "; ".join(line.text for line in row.points.lines) or "none"


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


@button(back="collection")
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
    once_closed = list(readiness.of_returns(found, closed=True))
    context = place(found, ("Close it", "")) | {
        "blocking": [point for point in once_closed if point.blocks],
        "others": [point for point in once_closed if not point.blocks],
        "not_sent": actions.not_sent(found),
    }
    return render(request, "returns/collection_close.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def collection_remind(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    """Everybody who is late, with one press; who was reminded today is left alone."""
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    permissions.require_coordinator(user, found.partnership)
    if request.method == "POST":
        done = "Those whose return is late get an e-mail."
        attempt(request, lambda: chasing.remind_late(found, by=user), done)
        return redirect(found)
    late = [row for row in overview.rows(found) if row.days_late]
    today = [row for row in late if row.reminded_at and _is_today(row.reminded_at)]
    context = place(found, ("Remind who is late", "")) | {
        "late": late,
        "today": len(today),
        "to_remind": any(row.leads and row not in today for row in late),
    }
    return render(request, "returns/collection_remind.html", context)


def _is_today(moment: datetime) -> bool:
    return timezone.localdate(moment) == timezone.localdate()


@login_required
@require_http_methods(["GET", "POST"])
def collection_reopen(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    """Asks first, and for a due date where the present one has passed."""
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    permissions.require_coordinator(user, found.partnership)
    data = request.POST if request.method == "POST" else None  # it may hold nothing at all
    form = ReopenForm(data, asks_due_date=actions.needs_new_due_date(found))
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: actions.reopen_collection(found, by=user, **form.cleaned_data)):
            messages.success(request, f"The {found} is open again.")
            return redirect(found)
    context = place(found, ("Open it again", "")) | {"form": form, "not_sent": actions.not_sent(found)}
    return render(request, "returns/collection_reopen.html", context)


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
