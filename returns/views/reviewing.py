"""Reading a return as printed, deciding about it, and its history."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.errors import NotNow
from agencies.models import Event, Role, User
from agencies.views import number as number_in
from returns import permissions, richtext
from returns.actions import moves
from returns.actions.blockers import Attempt, reasons_against, waiting_confirmation
from returns.actions.promises import promises_of
from returns.appendix.compile import section_of
from returns.appendix.document import Section
from returns.forms.returns import ChangesForm, ReasonForm
from returns.models import Finding, Return, Revision, SignOff
from returns.models.gaps import published_in
from returns.models.points import counts
from returns.models.said_before import brought_forward
from returns.models.sign_offs import is_signed_by_link
from returns.models.waiting import turn_for_readers
from returns.views.desk import closed_to_typing
from returns.views.keeping import keeps_text, words_back
from returns.views.points import open_points, points_for
from returns.views.scope import (
    attempt,
    attempt_form,
    button,
    person,
    place,
    place_for_readers,
    return_or_404,
)
from returns.views.second_reading import telling_of
from returns.workflow import TRANSITIONS, RevisionKind, Status, Transition, moves_from

# These have pages of their own.
_ELSEWHERE = frozenset({"submit", "submit_for_agency", "import", "approve"})
# These say what the agency has to change.
_ASKS_FOR_CHANGES = frozenset({"request_changes", "reopen"})
# These stand below the text that is decided about, the others in the margin.
_BESIDE_THE_TEXT = {
    Status.SUBMITTED: ("request_changes", "begin_review"),
    Status.IN_REVIEW: ("request_changes",),
    Status.HELD: ("release", "reopen"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One thing the person may do with the return, and why it cannot be done now, if so."""

    name: str
    label: str
    url: str
    asks_reason: bool
    reasons: list[str]


def moves_for(user: User, agency_return: Return) -> list[Move]:
    """The rows that the person may take from here, approval apart."""
    return [
        Move(
            row.name,
            row.label,
            move_url(agency_return, row),
            bool(row.reason),
            reasons_against(row, Attempt(agency_return, user)),
        )
        for row in moves_from(agency_return.state)
        if row.name not in _ELSEWHERE and permissions.may_move(user, agency_return, row)
    ]


def move_url(agency_return: Return, row: Transition) -> str:
    return agency_return.url("move", row.name.replace("_", "-"))


@login_required
@require_safe
def review(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    return _review_page(request, found, user)


def _review_page(
    request: HttpRequest, found: Return, user: User, *, seen: int | None = None, status: int = 200
) -> HttpResponse:
    """The newest text that the person may read. `seen`: the revision they had read before something newer came."""
    revisions = list(permissions.readable_revisions(user, found).select_related("by").newest_first())
    newest = revisions[0] if revisions else None
    before = _compared(revisions, seen)
    approve = TRANSITIONS["approve"]
    may_approve = found.state in approve.sources and permissions.may_move(user, found, approve)
    asks = list(found.asks.filter(answered_at=None).select_related("asked_by"))
    objection = found.proofs.newest_of_each().objections().select_related("answered_by").first()
    where = place if _as_agency(user, found) else place_for_readers
    context = where(found) | {
        "revision": newest,
        "by_link": is_signed_by_link(newest) if newest else False,
        "section": section_of(newest) if newest else None,
        "promises": promises_of(found) if newest else [],
        "forward": brought_forward(newest, found) if newest else [],
        "before": before,
        "differences": differences(before, newest) if before and newest else [],
        "moves": moves_for(user, found),
        "elsewhere": _BESIDE_THE_TEXT.get(found.state, ()),
        "may_approve": may_approve,
        "against_approval": reasons_against(approve, Attempt(found, user)) if may_approve else [],
        "turn": turn_for_readers(
            found, only_case_studies=_only_case_studies(found), is_unanswered=bool(asks or objection)
        ),
        "is_coordinator": permissions.is_coordinator(user, found),
        "no_typing": closed_to_typing(found),
        "originals": permissions.readable_originals(user, found).select_related("received_by"),
        "confirmation": waiting_confirmation(found),
        "asks": asks,
        "objection": objection,
        "roles": Role.objects.active()
        .filter(seat__in=found.seat_ids)
        .select_related("user")
        .order_by("-kind", "user__name"),  # who is responsible first
        "revisions": revisions,
        "newer": seen is not None,
        "points": points_for(user, found) if newest else None,
        "keep_url": found.url("point_keep"),
        "tick": request.GET.get("tick", ""),
        "add_url": found.url("point_add"),
        "telling": telling_of(user, found) if newest else None,
    }
    return render(request, "returns/review.html", context, status=status)


def _only_case_studies(found: Return) -> bool:
    if found.state not in TRANSITIONS["approve"].sources:
        return False
    counted = counts(found.collection).get(found.pk)
    return counted is not None and counted.only_cases


def _compared(revisions: list[Revision], seen: int | None) -> Revision | None:
    """What the newest text is compared with: what was read, or else what changes were asked for in."""
    if seen is not None:
        return next((one for one in revisions if one.number == seen), None)
    return next((one for one in revisions[1:] if one.kind == RevisionKind.SENT_BACK), None)


def differences(before: Revision, after: Revision) -> list[tuple[str, str]]:
    """(question, marked-up difference) for each answer that changed."""
    earlier = {answer["question"]: answer["blocks"] for answer in before.answers}
    pairs = [
        (answer["question"], earlier.get(answer["question"], ()), answer["blocks"])
        for answer in after.answers
    ]
    return [(question, richtext.diff_html(old, new)) for question, old, new in pairs if old != new]


@button(back="review")
def approve(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    """Approves what was read: the number of the revision comes with the button."""
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    read = number_in(request.POST.get("read"))
    if read is None:
        raise PermissionDenied("The page did not say which text you read. Open the review again.")
    try:
        moves.move(found, "approve", by=user, read=read)
    except NotNow as no:
        now = return_or_404(user, partnership, collection, agency)
        newest = permissions.readable_revisions(user, now).newest_first().first()
        newer = newest is not None and newest.number != read
        for reason in () if newer else no.reasons:  # the page says itself what is newer
            messages.error(request, reason)
        return _review_page(request, now, user, seen=read if newer else None, status=409)
    messages.success(request, f"You have approved the return of {found.name}.")
    return redirect(found.collection)


@keeps_text
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, partnership: str, collection: str, agency: str, name: str) -> HttpResponse:
    """Every other move: a page that asks why where a reason is needed, or else asks whether you mean it."""
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    row = TRANSITIONS[name.replace("-", "_")]
    permissions.require(user, found, row.by)
    form = _reason_form(request, user, found, row) if row.reason else None
    if request.method == "POST" and (form is None or form.is_valid()):
        if _moved(request, found, row, form, user):
            return redirect(_after(user, found))
        if form is None:
            return redirect(_after(user, found))
    where = place if _as_agency(user, found) else place_for_readers
    context = where(found, (row.label, ""))
    if found.state not in row.sources and (kept := words_back(request, context, _not_now(found))):
        return kept
    context |= {
        "form": form,
        "row": row,
        "back": _after(user, found),
        "possible": found.state in row.sources,
        "published": published_in(found) if row.name == "reopen" else None,
        "section": _text_for(user, found, row),
    }
    return render(request, "returns/move.html", context)


def _not_now(found: Return) -> str:
    return f"This cannot be done now: the return is “{found.page.label}”."


def _reason_form(request: HttpRequest, user: User, found: Return, row: Transition) -> ReasonForm:
    if row.name not in _ASKS_FOR_CHANGES:
        asks_due_date = row.name == "include" and found.would_be_late
        return ReasonForm(request.POST or None, row=row, asks_due_date=asks_due_date)
    several = found.collection.questions.count() > 1
    quotes = {one.key: _quoted(one, several=several) for one in open_points(user, found) if not one.other_id}
    return ChangesForm(request.POST or None, row=row, due=found.due, quotes=quotes)


def _quoted(point: Finding, *, several: bool) -> str:
    """What is said to the agency of one point: the passage, cut where it is long, of which question if there are
    `several`, and why it matters."""
    passage = f"“{shorten(point.quote, 200, placeholder=' …')}”" if point.quote else "The answer as a whole"
    return f"{point.where} – {passage}: {point.message}" if several else f"{passage}: {point.message}"


def _text_for(user: User, found: Return, row: Transition) -> Section | None:
    """Whoever asks for changes has the text before their eyes."""
    if row.name not in _ASKS_FOR_CHANGES:
        return None
    newest = permissions.readable_revisions(user, found).newest_first().first()
    return section_of(newest) if newest else None


def _moved(request: HttpRequest, found: Return, row: Transition, form: ReasonForm | None, user: User) -> bool:
    done = f"{found.name}: {row.phrase}."
    if form is None:
        return attempt(request, lambda: moves.move(found, row.name, by=user), _done(row))
    reason = form.asked() if isinstance(form, ChangesForm) else form.cleaned_data["reason"]
    due_on = form.cleaned_data.get("due_on")
    if not attempt_form(form, lambda: moves.move(found, row.name, by=user, reason=reason, due_on=due_on)):
        return False
    messages.success(request, _done(row) or done)
    return True


def _done(row: Transition) -> str:
    return f"You {row.phrase}."


def _as_agency(user: User, agency_return: Return) -> bool:
    return permissions.is_of_agency(user, agency_return) and not permissions.is_coordinator(
        user, agency_return
    )


def _after(user: User, agency_return: Return) -> str:
    if agency_return.collection.is_preparing:
        return reverse(
            "collection_agencies",
            args=[agency_return.collection.partnership.slug, agency_return.collection.slug],
        )
    return (
        agency_return.get_absolute_url() if _as_agency(user, agency_return) else agency_return.url("review")
    )


@login_required
@require_safe
def return_history(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    is_agency = permissions.is_of_agency(user, found)
    where = place if is_agency else place_for_readers
    revisions = list(permissions.readable_revisions(user, found).select_related("by").newest_first())
    context = where(found, ("History", "")) | {
        "earlier": found.collection.questions.all() if is_agency else (),
        "events": _events(found, for_agency=is_agency),
        "revisions": revisions,
        "comparable": len(revisions) > 1 or is_agency,  # the agency compares with its draft, too
    }
    return render(request, "returns/return_history.html", context)


def _events(found: Return, *, for_agency: bool) -> list[Event]:
    """Why somebody did not sign it off is the agency's only, so the event does not hold it and it is put there for
    them. Each refusal left one event, so they come in the same order."""
    events = list(Event.objects.under(found.about)[:500])
    if for_agency:
        refused = (event for event in events if event.act == "decline_sign_off")
        for event, reason in zip(refused, SignOff.objects.of(found).why_declined(), strict=False):
            event.reason = reason
    return events


@login_required
@require_safe
def revision(
    request: HttpRequest, partnership: str, collection: str, agency: str, number: int
) -> HttpResponse:
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    one = get_object_or_404(permissions.readable_revisions(user, found).select_related("by"), number=number)
    where = place if permissions.is_of_agency(user, found) else place_for_readers
    context = where(found, ("History", found.url("return_history")), (one.get_kind_display(), "")) | {
        "revision": one,
        "by_link": is_signed_by_link(one),
        "section": section_of(one),
    }
    return render(request, "returns/revision.html", context)
