"""Asking for more time or for reopening, and a coordinator's answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agencies.models import User
from returns import permissions
from returns.actions import chasing, drafting
from returns.forms.returns import AskAnswerForm, AskReopeningForm, AskTimeForm, GrantTimeForm
from returns.models import AskKind, Return
from returns.views.keeping import keeps_text
from returns.views.scope import (
    agency_only,
    attempt,
    attempt_form,
    button,
    person,
    place,
    place_for_readers,
    return_or_404,
)
from returns.views.writing import led_away


@keeps_text
@require_http_methods(["GET", "POST"])
def ask_time(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    agency_only(user, found)
    if away := led_away(request, user, found):
        return away
    form = AskTimeForm(request.POST or None, agency_return=found)
    if request.method == "POST" and form.is_valid():
        if attempt_form(
            form, lambda: drafting.ask(found, kind=AskKind.MORE_TIME, by=user, **form.cleaned_data)
        ):
            messages.success(request, "You have asked for more time. The coordinator will answer by e-mail.")
            return redirect(found)
    return render(request, "returns/ask_time.html", place(found, ("Ask for more time", "")) | {"form": form})


@keeps_text
@require_http_methods(["GET", "POST"])
def ask_reopening(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    agency_only(user, found)
    form = AskReopeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt_form(
            form, lambda: drafting.ask(found, kind=AskKind.REOPENING, by=user, **form.cleaned_data)
        ):
            messages.success(
                request, "You have asked to change the return. The coordinator will answer by e-mail."
            )
            return redirect(found)
    return render(
        request, "returns/ask_reopening.html", place(found, ("Ask to change it", "")) | {"form": form}
    )


def _coordinated(request: HttpRequest, partnership: str, collection: str, agency: str) -> tuple[User, Return]:
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    permissions.require_coordinator(user, found.partnership_id)
    return user, found


@login_required
@require_http_methods(["GET", "POST"])
def grant_time(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = _coordinated(request, partnership, collection, agency)
    form = GrantTimeForm(request.POST or None, initial={"due_on": found.due})
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: chasing.grant_time(found, by=user, **form.cleaned_data)):
            messages.success(request, f"{found.name} has a new due date and is told by e-mail.")
            return redirect(found.url("review"))
    context = place_for_readers(found, ("Due date", "")) | {"form": form}
    return render(request, "returns/grant_time.html", context)


@button(back="review")
def remind(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = _coordinated(request, partnership, collection, agency)
    attempt(
        request, lambda: chasing.remind(found, by=user), f"Those responsible for {found.name} get an e-mail."
    )
    return redirect(found.url("review"))


@keeps_text
@require_http_methods(["GET", "POST"])
def ask_answer(
    request: HttpRequest, partnership: str, collection: str, agency: str, ask: int
) -> HttpResponse:
    user, found = _coordinated(request, partnership, collection, agency)
    asked = get_object_or_404(found.asks.select_related("asked_by", "answered_by"), pk=ask)
    form = AskAnswerForm(request.POST or None, ask=asked)
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: chasing.answer_ask(asked, by=user, **form.cleaned_data)):
            messages.success(request, f"{asked.asked_by} is told by e-mail.")
            return redirect(found.url("review"))
    context = place_for_readers(found, ("Answer", "")) | {"form": form, "ask": asked}
    return render(request, "returns/ask_answer.html", context)
