"""The page on which an answer is written, whoever writes it: shows it, saves it, hands back what was not saved."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agencies.errors import NotNow
from returns.forms.returns import AnswerForm
from returns.views import conflict
from returns.views.autosave import others_line
from returns.views.desk import Desk
from returns.views.keeping import not_saved


def show(request: HttpRequest, desk: Desk, **more: Any) -> HttpResponse:
    form = AnswerForm.of(desk.answer, suggested_words=desk.question.suggested_words)
    return _page(request, desk, form, **more)


def receive(request: HttpRequest, desk: Desk, **more: Any) -> HttpResponse:
    """Saves what was posted and leads on. `more` is for the page, should it have to be shown again."""
    form = AnswerForm(request.POST, suggested_words=desk.question.suggested_words)
    if not form.is_valid():
        return _page(request, desk, form, status=422, **more)
    try:
        saved = desk.keep(**form.values())
    except NotNow as no:
        return hand_back(request, desk, no.reasons, form.cleaned_data["text"])
    if not saved.applied:
        return conflict.page(request, desk, saved, form.cleaned_data["text"])
    messages.success(request, f"Saved at {timezone.localtime():%H:%M}.")
    return redirect(desk.edit_url if "stay" in request.POST else desk.back_url)


def hand_back(request: HttpRequest, desk: Desk, reasons: tuple[str, ...], html: str) -> HttpResponse:
    """For a text that came when nothing could be written there any more."""
    context = desk.place(("Not saved", "")) | {"ways": desk.ways_on()}
    return not_saved(request, context, reasons, html)


def _page(
    request: HttpRequest, desk: Desk, form: AnswerForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    questions = len(desk.agency_return.collection.ordered_questions)
    label = f"Question {desk.question.position}" if questions > 1 else "Your answer"
    context = desk.place((label, "")) | {
        "desk": desk,
        "form": form,
        "question": desk.question,
        "answer": desk.answer,
        "questions": questions,
        "others": others_line(desk, client=str(form["client"].value())),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        **more,
    }
    return render(request, f"returns/{desk.edit}.html", context, status=status)
