"""Shows the registers of a partnership on their page, and from a point with one click."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.views import managed
from returns import permissions
from returns.actions import checkups
from returns.actions import points as point_actions
from returns.actions import registers as actions
from returns.forms.registers import ExpansionForm, TermForm
from returns.models import Finding, Return, Term, TermKind
from returns.models.registers import starting_acronyms, starting_names
from returns.views.scope import (
    attempt,
    attempt_form,
    person,
    place,
    place_for_readers,
    return_or_404,
)

# What a point of a rule can become.
KINDS = {"unexpanded-acronym": TermKind.ACRONYM, "spelling": TermKind.WORD}


@login_required
@require_http_methods(["GET", "POST"])
def registers(request: HttpRequest, partnership: str) -> HttpResponse:
    user, found = person(request), managed(request, partnership)
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: actions.add(found, by=user, **form.cleaned_data)):
            messages.success(request, "It is in the list.")
            return redirect(request.path)
    terms = Term.objects.filter(partnership=found).select_related("added_by")
    context = place(found, ("Short forms and names", "")) | {
        "form": form,
        "proposed": terms.proposed(),
        "terms": terms.accepted(),
        "starting_acronyms": starting_acronyms(),
        "starting_names": {name: ", ".join(variants) for name, variants in starting_names().items()},
    }
    return render(request, "returns/registers.html", context)


def _back(partnership: str) -> str:
    return reverse("registers", args=[partnership])


@login_required
@require_http_methods(["GET", "POST"])
def term_accept(request: HttpRequest, partnership: str, term: int) -> HttpResponse:
    if request.method == "POST":
        user, found = person(request), managed(request, partnership)
        one = get_object_or_404(found.terms, pk=term)
        attempt(request, lambda: actions.accept(one, by=user), "It is in the list.")
    return redirect(_back(partnership))


@login_required
@require_http_methods(["GET", "POST"])
def term_remove(request: HttpRequest, partnership: str, term: int) -> HttpResponse:
    if request.method == "POST":
        user, found = person(request), managed(request, partnership)
        one = get_object_or_404(found.terms, pk=term)
        attempt(request, lambda: actions.remove(one, by=user), "It is not in the list any more.")
    return redirect(_back(partnership))


@login_required
@require_http_methods(["GET", "POST"])
def point_add(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    """Takes what a point is about into the lists, or proposes it; an acronym needs what it stands for."""
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    part = point_actions.keeps(user, found)
    if not part and not permissions.is_of_agency(user, found):
        permissions.require_coordinator(user, found.partnership_id)
    back = found.url(
        "review" if part == "coordinator" or not permissions.is_of_agency(user, found) else "check"
    )
    point = _point(found, part, request.POST.get("point") or request.GET.get("point") or "")
    if point is None:
        messages.info(request, "Choose a short form or a word that stands in the text as it is now.")
        return redirect(back)
    kind = KINDS[point.rule]
    form = ExpansionForm(
        request.POST if "meaning" in request.POST or kind == TermKind.WORD else None,
        initial={"meaning": _proposed_meaning(found, kind, point.quote) if part == "coordinator" else ""},
    )
    if kind == TermKind.WORD:
        del form.fields["meaning"]
    if request.method == "POST" and form.is_valid():
        values = {"kind": kind, "text": point.quote, "by": user, **form.cleaned_data}
        if attempt_form(form, lambda: _add(found, part, values)):
            messages.success(
                request,
                "It is in the partnership’s lists."
                if part == "coordinator"
                else "You have proposed it to the partnership.",
            )
            return redirect(f"{back}#points")
    where = place_for_readers if part == "coordinator" else place
    context = where(found, ("Add to the lists", "")) | {
        "form": form,
        "point": point,
        "part": part,
        "back": back,
    }
    return render(request, "returns/point_add.html", context)


def _add(found: Return, part: str, values: dict[str, object]) -> None:
    if part == "coordinator":
        actions.add(found.collection.partnership, **values)  # type: ignore[arg-type]
    else:
        actions.propose(found, **values)  # type: ignore[arg-type]


def _proposed_meaning(found: Return, kind: TermKind, text: str) -> str:
    """What an agency has proposed already, so that nobody types it again."""
    terms = found.collection.partnership.terms.proposed()
    return terms.filter(kind=kind, text=text).values_list("meaning", flat=True).first() or ""


def _point(found: Return, part: str, key: str) -> Finding | None:
    """The open point of the text that the person works on, if it is one of those."""
    if part == "agency":
        shown = checkups.draft_points(found).findings
    else:
        checkup = checkups.current(found) if part else None
        shown = checkups.sent_points(checkup) if checkup else []
    return next((one for one in shown if one.key == key and one.rule in KINDS), None)
