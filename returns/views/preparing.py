"""How a coordinator prepares a year's return: details, questions, agencies and people, opening."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Partnership, User
from returns.actions import collections as actions
from returns.forms.collections import (
    DetailsForm,
    QuestionForm,
    StartForm,
    details_of,
    question_values,
    suggested,
)
from returns.models import Collection, Question
from returns.models.overview import lead_roles, people_by_seat
from returns.permissions import require_coordinator
from returns.views.keeping import keeps_text
from returns.views.scope import (
    attempt,
    attempt_form,
    button,
    collection_or_404,
    partnership_or_404,
    person,
    place,
    question_or_404,
)
from returns.workflow import Status


def _prepared(user: User, partnership: str, slug: str) -> Collection:
    """The collection, for its coordinators; others who see it may not prepare it."""
    collection = collection_or_404(user, partnership, slug)
    require_coordinator(user, collection.partnership)
    return collection


def _url(collection: Collection, view: str, *args: object) -> str:
    return reverse(view, args=[collection.partnership.slug, collection.slug, *args])


@login_required
@require_http_methods(["GET", "POST"])
def collection_start(request: HttpRequest, partnership: str) -> HttpResponse:
    user = person(request)
    found = partnership_or_404(user, partnership)
    require_coordinator(user, found)
    earlier = list(found.collections.newest_first()[:3])
    form = StartForm(
        request.POST or None, earlier=earlier, initial=suggested(earlier[0] if earlier else None)
    )
    if request.method == "POST" and form.is_valid():
        started = _start(form, found, earlier, user)
        if started:
            messages.success(request, f"The {started} is being prepared. Nobody has been told yet.")
            return redirect(started)
    return render(
        request, "returns/collection_start.html", place(found, ("Prepare a new return", "")) | {"form": form}
    )


def _start(
    form: StartForm, partnership: Partnership, earlier: list[Collection], user: User
) -> Collection | None:
    previous = next((one for one in earlier if one.slug == form.cleaned_data.get("begin_from")), None)
    started: list[Collection] = []
    attempt_form(
        form,
        lambda: started.append(actions.start(partnership, details=form.details, by=user, previous=previous)),
    )
    return started[0] if started else None


@login_required
@require_http_methods(["GET", "POST"])
def collection_details(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = _prepared(user, partnership, collection)
    form = DetailsForm(request.POST or None, initial=details_of(found))
    if request.method == "POST" and form.is_valid():
        changed: list[Collection] = []
        if attempt_form(
            form, lambda: changed.append(actions.change_details(found, details=form.details, by=user))
        ):
            messages.success(request, "The details are saved.")
            return redirect(changed[0])
    return render(
        request, "returns/collection_details.html", place(found, ("Titles and dates", "")) | {"form": form}
    )


@button(back="collection")
def collection_period(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = _prepared(user, partnership, collection)
    attempt(request, lambda: actions.confirm_period(found, by=user), "Thank you. The period stays as it is.")
    return redirect(found)


@login_required
@require_safe
def collection_questions(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    found = _prepared(person(request), partnership, collection)
    context = place(found, ("Questions", "")) | {"questions": list(found.questions.all())}
    return render(request, "returns/collection_questions.html", context)


@keeps_text
@require_http_methods(["GET", "POST"])
def question_add(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = _prepared(user, partnership, collection)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: actions.add_question(found, by=user, **form.cleaned_data)):
            messages.success(request, "The question is added.")
            return redirect(_url(found, "collection_questions"))
    return render(
        request, "returns/question_add.html", _question_place(found, "Add a question") | {"form": form}
    )


@keeps_text
@require_http_methods(["GET", "POST"])
def question_edit(request: HttpRequest, partnership: str, collection: str, number: int) -> HttpResponse:
    user = person(request)
    found = _prepared(user, partnership, collection)
    question = question_or_404(found, number)
    form = QuestionForm(request.POST or None, initial=question_values(question))
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: actions.change_question(question, by=user, **form.cleaned_data)):
            messages.success(request, "The question is saved.")
            return redirect(_url(found, "collection_questions"))
    context = _question_place(found, f"Question {number}") | {"form": form, "question": question}
    return render(request, "returns/question_edit.html", context)


def _question_place(collection: Collection, label: str) -> dict[str, object]:
    return place(collection, ("Questions", _url(collection, "collection_questions")), (label, ""))


@button(back="collection_questions")
def question_move(request: HttpRequest, partnership: str, collection: str, number: int) -> HttpResponse:
    user = person(request)
    found = _prepared(user, partnership, collection)
    question: Question = question_or_404(found, number)
    up = request.POST.get("up") == "1"
    attempt(request, lambda: actions.move_question(question, up=up, by=user), "The order is changed.")
    return redirect(_url(found, "collection_questions"))


@login_required
@require_http_methods(["GET", "POST"])
def question_remove(request: HttpRequest, partnership: str, collection: str, number: int) -> HttpResponse:
    """Shows the words that go for good before they go."""
    user = person(request)
    found = _prepared(user, partnership, collection)
    question = question_or_404(found, number)
    if request.method == "POST":
        attempt(request, lambda: actions.remove_question(question, by=user), "The question is removed.")
        return redirect(_url(found, "collection_questions"))
    context = _question_place(found, f"Remove question {number}") | {"question": question}
    return render(request, "returns/question_remove.html", context)


@login_required
@require_safe
def collection_agencies(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    found = _prepared(person(request), partnership, collection)
    returns = list(found.returns.for_pages())
    people = people_by_seat(found.partnership)
    rows = [(one, people.get(one.seat_id, [])) for one in returns]
    context = place(found, ("Agencies and people", "")) | {
        "rows": rows,
        "new_seats": actions.seats_without_return(found),
    }
    return render(request, "returns/collection_agencies.html", context)


@button(back="collection")
def people_confirm(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = _prepared(user, partnership, collection)
    attempt(
        request,
        lambda: actions.confirm_people(found, by=user),
        "Thank you. The agencies and people are noted as right.",
    )
    return redirect(found)


@login_required
@require_http_methods(["GET", "POST"])
def collection_open(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = _prepared(user, partnership, collection)
    if not found.is_preparing:
        messages.info(request, f"The {found} was opened already.")
        return redirect(found)
    if request.method == "POST":
        if attempt(
            request,
            lambda: actions.open_collection(found, by=user),
            f"The {found} is open. The agencies are being told by e-mail.",
        ):
            return redirect(found)
        return redirect(_url(found, "collection_open"))
    people = people_by_seat(found.partnership)
    returns = list(found.returns.for_pages())
    asked = [one for one in returns if one.state != Status.EXCLUDED]
    context = place(found, ("Open it", "")) | {
        "reasons": actions.reasons_against_opening(found),
        "asked": asked,
        "unmanned": [one for one in asked if not lead_roles(one, people)],
        "left_out": [one for one in returns if one.state == Status.EXCLUDED],
        "told": len({role.user_id for one in asked for role in people.get(one.seat_id, [])}),
        "questions": found.questions.all(),
        "early": found.opens_on is not None and found.opens_on > timezone.localdate(),
    }
    return render(request, "returns/collection_open.html", context)
