"""The points to check of a return: shown by weight, kept for a reason, opened again; and those of a whole year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import User
from returns import permissions
from returns.actions import checkups, comparing, year_points
from returns.actions import points as actions
from returns.actions.case_studies import TELLING
from returns.checks.wording import SHARED, WORDING
from returns.forms.points import KeepForm
from returns.models import Finding, Return, overview
from returns.views.autosave import Body, in_json
from returns.views.desk import AgencyDesk
from returns.views.keeping import keeps_text, words_back
from returns.views.scope import (
    attempt,
    attempt_form,
    button,
    collection_or_404,
    person,
    place,
    place_for_readers,
    return_or_404,
)

_WEIGHTS = {
    "blocking": ("Settle before it is printed", "stop"),
    "warning": ("Look at again", "todo"),
    "hint": ("Small things", "quiet"),
}

_AGENCY_SETTLES = (
    "Change the text, or send it as it stands: the partnership decides. "
    "Only a coordinator of the partnership can keep one of these."
)


@dataclass(frozen=True, slots=True)
class Group:
    """The open points of one rule: what it is called, why it matters, and each passage. `rule` names it on the page."""

    rule: str
    title: str
    why: str
    points: list[Finding]

    @property
    def parts(self) -> list[tuple[str, list[Finding]]]:
        """What is said of them, once for all that it is said of."""
        said: dict[str, list[Finding]] = {}
        for one in self.points:
            said.setdefault(f"{one.message} {one.advice}", []).append(one)
        return list(said.items())


@dataclass(frozen=True, slots=True)
class Weight:
    """Everything of one weight."""

    severity: str
    title: str
    tone: str
    groups: list[Group]
    may_keep: bool

    @property
    def count(self) -> int:
        return sum(len(group.points) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Points:
    """What a page shows of the checks of one return."""

    weights: list[Weight]
    kept: list[Finding]
    spelling_checked: bool
    may_reopen: bool
    several: bool  # questions, so that each point says which
    adds: bool  # to the registers; else proposes
    who_settles: str  # said of what blocks, to those who work on the text and cannot keep it

    @property
    def open(self) -> int:
        return sum(weight.count for weight in self.weights)


def points_for(user: User, agency_return: Return) -> Points | None:
    """Of the draft for the agency while it writes, else of what was sent; None where nothing was sent."""
    part = actions.keeps(user, agency_return)
    if part == "agency":
        examined = checkups.draft_points(agency_return)
        return _points(agency_return, examined.findings, examined.spelling_checked, part, _AGENCY_SETTLES)
    compared = permissions.may_compare(user, agency_return)
    checkup = checkups.current(agency_return)
    if checkup is None:
        return None
    if compared:
        comparing.compare(agency_return.collection)
    against = permissions.separation(user, agency_return) if part else ""
    found = checkups.sent_points(checkup, compared=compared)
    if against:  # who wrote it keeps no more than the agency may
        who_settles = f"{against} The other coordinator decides about these points, too."
        return _points(agency_return, found, checkup.spelling_checked, "agency", who_settles)
    return _points(agency_return, found, checkup.spelling_checked, part)


def telling_points(agency_return: Return) -> list[Finding]:
    """What in the draft seems to tell of one person, kept or not."""
    findings = checkups.draft_points(agency_return).findings
    return [one for one in findings if one.rule in TELLING]


def identifying_points(agency_return: Return) -> list[Finding]:
    """What in the draft could show who somebody is, and nobody has kept. Never looks at another agency's text."""
    return [one for one in checkups.draft_points(agency_return).findings if one.is_blocking and one.is_open]


def open_points(user: User, agency_return: Return) -> list[Finding]:
    """By weight."""
    shown = points_for(user, agency_return)
    return [
        one for weight in (shown.weights if shown else ()) for group in weight.groups for one in group.points
    ]


def _points(
    agency_return: Return,
    findings: Iterable[Finding],
    spelling_checked: bool,
    part: str,
    who_settles: str = "",
) -> Points:
    found = list(findings)
    weights = [
        Weight(
            severity, title, tone, groups, bool(part) and (severity != "blocking" or part == "coordinator")
        )
        for severity, (title, tone) in _WEIGHTS.items()
        if (groups := _groups(one for one in found if one.severity == severity and one.is_open))
    ]
    kept = [one for one in found if not one.is_open]
    several = agency_return.collection.questions.count() > 1
    return Points(weights, kept, spelling_checked, bool(part), several, part == "coordinator", who_settles)


def _groups(findings: Iterable[Finding]) -> list[Group]:
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault("shared" if one.other_id else one.rule, []).append(one)
    wordings = WORDING | {"shared": SHARED}
    return [Group(rule, *wording, found[rule]) for rule, wording in wordings.items() if rule in found]


@keeps_text
@require_http_methods(["GET", "POST"])
def point_keep(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    """Asks why the passages that were chosen can stay."""
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    part = actions.keeps(user, found)
    if not part and not permissions.is_of_agency(user, found):
        permissions.require_coordinator(user, found.partnership_id)
    keys = request.GET.getlist("point")
    back = found.url("check" if permissions.is_of_agency(user, found) and part != "coordinator" else "review")
    chosen = [one for one in _open_points(user, found) if one.key in keys]
    if not keys and (of := request.GET.get("of")):
        return redirect(f"{back}?{urlencode({'tick': of})}#{quote(of)}")
    where = place if part == "agency" else place_for_readers
    context = where(found, ("Keep as it is", ""))
    if not chosen:
        if kept := words_back(request, context, "The passage does not stand in the text any more."):
            return kept
        messages.info(request, "Choose at least one passage that stands in the text as it is now.")
        return redirect(back)
    form = KeepForm(request.POST or None, shared=any(one.other_id for one in chosen))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt_form(form, lambda: actions.keep(found, keys=keys, reason=reason, by=user)):
            messages.success(request, "Noted why it can stay.")
            return redirect(f"{back}#points")
    context |= {
        "form": form,
        "groups": _groups(chosen),
        "back": back,
        "several": found.collection.questions.count() > 1,
    }
    return render(request, "returns/point_keep.html", context)


def _open_points(user: User, found: Return) -> list[Finding]:
    shown = points_for(user, found)
    weights = shown.weights if shown else []
    return [one for weight in weights if weight.may_keep for group in weight.groups for one in group.points]


@button(back="review")
def point_reopen(
    request: HttpRequest, partnership: str, collection: str, agency: str, point: int
) -> HttpResponse:
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    shown = Q() if permissions.may_compare(user, found) else Q(other=None)
    kept = get_object_or_404(found.dismissals.filter(shown).select_related("agency_return"), pk=point)
    attempt(request, lambda: actions.keep_no_longer(kept, by=user), "The point is open again.")
    back = "check" if actions.keeps(user, found) == "agency" else "review"
    return redirect(f"{found.url(back)}#points")


@login_required
@require_safe
def collection_points(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    """What the checks see over all agencies of a year, open or published."""
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    comparing.bring_up_to_date(found)
    context = place(found, ("Points to check", "")) | {
        "year": year_points.of(found),
        "rows": [row for row in overview.rows(found) if row.points],
        "coordinates": permissions.may_coordinate(user, found),
    }
    return render(request, "returns/collection_points.html", context)


# --- While writing ------------------------------------------------------------------------------------


@in_json
def answer_points(request: HttpRequest, body: Body, number: int, **address: str) -> HttpResponse:
    """What in the text as it was saved could show who somebody is. The page of an answer asks when it was opened and
    after a pause, so that nobody waits for the checks before they can write."""
    desk = AgencyDesk.at(request, number, **address)
    text = desk.answer.html if desk.answer else ""
    context = {
        "points": checkups.blocking_points(desk.agency_return, number, text),
        "check_url": desk.agency_return.url("check"),
    }
    html = render_to_string("returns/parts/points_beside.html", context)
    return JsonResponse({"state": "points", "html": html})


answer_points.is_poll = True  # type: ignore[attr-defined]
