"""Typing in for an agency what it sent by e-mail, and the page on which the agency confirms it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agencies.errors import NotNow
from agencies.models import User
from returns import permissions
from returns.actions import drafting
from returns.actions import typing_in as actions
from returns.actions.blockers import Attempt, reasons_against, waiting_confirmation
from returns.appendix.compile import section_of
from returns.forms.returns import AnswerForm, ConfirmationForm, TypedInForm
from returns.models import Return, Revision
from returns.models.writing import snapshot
from returns.views.keeping import keeps_text, not_saved
from returns.views.scope import (
    attempt,
    attempt_form,
    button,
    not_found_unless,
    person,
    place_for_readers,
    question_or_404,
    return_or_404,
)
from returns.views.writing import question_rows
from returns.workflow import TRANSITIONS, Blocker

_ROW = TRANSITIONS["submit_for_agency"]


def _typed(request: HttpRequest, partnership: str, collection: str, agency: str) -> tuple[User, Return]:
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    permissions.require(user, found, _ROW.by)
    return user, found


def _closed_to_typing(found: Return) -> str:
    """Why nothing can be typed in now, or ""."""
    try:
        drafting.refuse_unless_pen(found)
        actions.refuse_if_agency_writes(found)
    except NotNow as no:
        return str(no)
    return ""


@login_required
@require_safe
def type_in(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = _typed(request, partnership, collection, agency)
    closed = _closed_to_typing(found)
    reasons = reasons_against(_ROW, Attempt(found, user), but=frozenset({Blocker.NO_SIGN_OFF}))
    context = place_for_readers(found, ("Type in an answer", "")) | {
        "closed": closed,
        "rows": [] if closed else question_rows(found, "type_in_answer"),
        "reasons": reasons,
    }
    return render(request, "returns/type_in.html", context)


@keeps_text
@require_http_methods(["GET", "POST"])
def type_in_answer(
    request: HttpRequest, partnership: str, collection: str, agency: str, number: int
) -> HttpResponse:
    user, found = _typed(request, partnership, collection, agency)
    question = question_or_404(found.collection, number)
    if request.method == "GET" and _closed_to_typing(found):
        return redirect(found.url("type_in"))
    if request.method == "POST":
        form = AnswerForm(request.POST, suggested_words=question.suggested_words)
        if form.is_valid():
            return _save(request, user, found, number, form)
    else:
        form = AnswerForm.of(
            found.answers.filter(question=question).first(), suggested_words=question.suggested_words
        )
    context = place_for_readers(found, ("Type in an answer", found.url("type_in"))) | {
        "form": form,
        "question": question,
    }
    return render(request, "returns/type_in_answer.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, user: User, found: Return, number: int, form: AnswerForm) -> HttpResponse:
    values = {key: form.cleaned_data[key] for key in ("base_version", "client", "sequence")}
    html = form.cleaned_data["text"]
    context = place_for_readers(found, ("Not saved", ""))
    try:
        saved = actions.type_in(
            found, question_or_404(found.collection, number), html=html, by=user, **values
        )
    except NotNow as no:
        return not_saved(request, context, no.reasons, html)
    if not saved.applied:
        return not_saved(request, context, (f"{saved.answer.saved_by} saved another text first.",), html)
    messages.success(request, f"Saved at {timezone.localtime():%H:%M}.")
    return redirect(found.url("type_in"))


@login_required
@require_http_methods(["GET", "POST"])
def type_in_send(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = _typed(request, partnership, collection, agency)
    if _closed_to_typing(found):
        return redirect(found.url("type_in"))
    form = TypedInForm(request.POST or None, initial={"signed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: actions.submit_for_agency(found, by=user, **form.cleaned_data)):
            messages.success(
                request, f"{form.cleaned_data['signed_name']} is asked by e-mail to confirm the answer."
            )
            return redirect(found.url("review"))
    context = place_for_readers(
        found, ("Type in an answer", found.url("type_in")), ("Ask to confirm", "")
    ) | {
        "form": form,
        "section": section_of(Revision(data=snapshot(found))),
    }
    return render(request, "returns/type_in_send.html", context)


@button(back="review")
def confirmation_resend(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = _typed(request, partnership, collection, agency)
    waiting = waiting_confirmation(found)
    not_found_unless(waiting is not None)
    assert waiting is not None
    attempt(request, lambda: actions.resend_confirmation(waiting, by=user), f"{waiting.name} is asked again.")
    return redirect(found.url("review"))


@never_cache
@require_http_methods(["GET", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """For somebody of the agency without an account. Opening the page answers nothing; a button does."""
    found = actions.find_confirmation(token)
    not_found_unless(found is not None)
    assert found is not None
    if not actions.is_answerable(found) and found.answered_at is None:
        return render(request, "returns/confirmation_over.html", {"confirmation": found}, status=410)
    form = ConfirmationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        confirmed = request.POST.get("answer") == "yes"
        if attempt_form(
            form,
            lambda: actions.answer_confirmation(found, confirmed=confirmed, note=form.cleaned_data["note"]),
        ):
            return redirect(request.path)
    context = {
        "confirmation": found,
        "agency_return": found.agency_return,
        "section": section_of(found.revision) if found.answered_at is None else None,
        "form": form,
    }
    return render(request, "returns/confirmation.html", context)
