"""Typing in for an agency what it sent by e-mail, and the page on which the agency confirms it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from returns import permissions
from returns.actions import typing_in as actions
from returns.actions.blockers import Attempt, reasons_against, waiting_confirmation
from returns.actions.case_studies import declaration_of
from returns.appendix.compile import section_of
from returns.forms.points import TypedInSendForm
from returns.forms.returns import ConfirmationForm
from returns.models import Revision
from returns.models.writing import snapshot
from returns.views import answering
from returns.views.desk import TypingDesk, closed_to_typing, typed_return
from returns.views.keeping import keeps_text
from returns.views.points import telling_points
from returns.views.scope import (
    attempt,
    attempt_form,
    button,
    not_found_unless,
    person,
    place_for_readers,
)
from returns.views.writing import question_rows
from returns.workflow import ASKED_AT_SENDING, TRANSITIONS

_ROW = TRANSITIONS["submit_for_agency"]


@login_required
@require_safe
def type_in(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = typed_return(request, partnership, collection, agency)
    closed = closed_to_typing(found)
    reasons = reasons_against(_ROW, Attempt(found, user), but=ASKED_AT_SENDING)
    context = place_for_readers(found, ("Type in an answer", "")) | {
        "closed": closed,
        "rows": [] if closed else question_rows(found, "type_in_answer"),
        "reasons": reasons,
        "originals": permissions.readable_originals(user, found).select_related("received_by"),
    }
    return render(request, "returns/type_in.html", context)


@keeps_text
@require_http_methods(["GET", "POST"])
def type_in_answer(request: HttpRequest, number: int, **address: str) -> HttpResponse:
    desk = TypingDesk.at(request, number, **address)
    if request.method == "POST":
        return answering.receive(request, desk)
    if desk.closed():
        return redirect(desk.back_url)
    return answering.show(request, desk)


@keeps_text
@require_http_methods(["GET", "POST"])
def type_in_send(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = typed_return(request, partnership, collection, agency)
    if closed_to_typing(found):
        return redirect(found.url("type_in"))
    first = TypedInSendForm.first(declaration_of(found))
    form = TypedInSendForm(request.POST or None, initial={"signed_on": timezone.localdate()} | first)
    if request.method == "POST" and form.is_valid():
        told, signed = form.told(), form.signed()
        if attempt_form(form, lambda: actions.submit_for_agency(found, by=user, told=told, **signed)):
            messages.success(
                request, f"{form.cleaned_data['signed_name']} is asked by e-mail to confirm the answer."
            )
            return redirect(found.url("review"))
    context = place_for_readers(
        found, ("Type in an answer", found.url("type_in")), ("Ask to confirm", "")
    ) | {
        "form": form,
        "section": section_of(Revision(data=snapshot(found))),
        "seen": telling_points(found),
    }
    return render(request, "returns/type_in_send.html", context)


@button(back="review")
def confirmation_resend(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = typed_return(request, partnership, collection, agency)
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
    signed_in = person(request) if request.user.is_authenticated else None
    form = ConfirmationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {"confirmed": request.POST.get("answer") == "yes", "note": form.cleaned_data["note"]}
        if attempt_form(form, lambda: actions.answer_confirmation(found, **said, signed_in=signed_in)):
            return redirect(request.path)
    context = {
        "confirmation": found,
        "agency_return": found.agency_return,
        "section": section_of(found.revision) if found.answered_at is None else None,
        "declaration": declaration_of(found.agency_return),
        "form": form,
        "refused": actions.why_not_for_agency(found, signed_in),
    }
    return render(request, "returns/confirmation.html", context)
