"""The agency's own sign-off: asking somebody by a link, and the page behind the link, for people without an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies.errors import NotNow
from agencies.views import number as number_in
from returns import permissions
from returns.actions import signing_off
from returns.appendix.compile import section_of
from returns.forms.returns import AskSignOffForm, SignOffAnswerForm
from returns.models import Revision, SignOff
from returns.models.earlier import kept_beside
from returns.models.sign_offs import newest_sign_off
from returns.models.writing import snapshot
from returns.views.scope import attempt_form, not_found_unless, own_return, place
from returns.views.writing import reasons_against_sending
from returns.workflow import TRANSITIONS


@login_required
@require_http_methods(["GET", "POST"])
def ask_sign_off(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = own_return(request, partnership, collection, agency)
    permissions.require(user, found, TRANSITIONS["submit"].by)
    if not found.waits_for_agency or reasons_against_sending(found, user):
        return redirect(found)
    newest = newest_sign_off(found)
    form = AskSignOffForm(request.POST or None, initial=_last_named(newest))
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: signing_off.ask(found, by=user, **form.cleaned_data)):
            messages.success(request, f"{form.cleaned_data['name']} is asked by e-mail to sign it off.")
            return redirect(found)
    context = place(found, ("Have it signed off", "")) | {
        "form": form,
        "newest": newest,
        "kept_beside": kept_beside(found),
        "section": section_of(Revision(data=snapshot(found))),
    }
    return render(request, "returns/ask_sign_off.html", context, status=422 if form.errors else 200)


def _last_named(newest: SignOff | None) -> dict[str, str]:
    return {"name": newest.name, "post": newest.post, "email": newest.email} if newest else {}


@dataclass(frozen=True, slots=True)
class Asked:
    """One return to be signed off, as it is shown."""

    sign_off: SignOff
    section: Any
    form: SignOffAnswerForm


@never_cache
@require_http_methods(["GET", "POST"])
def sign_off(request: HttpRequest, token: str) -> HttpResponse:
    """Everything the person is asked for by this agency, each with its own buttons. Opening the page signs nothing."""
    found = signing_off.find(token)
    not_found_unless(found is not None)
    assert found is not None
    waiting = [] if found.has_expired else signing_off.asked_of_the_same_person(found)
    if found.answered_at is None and found not in waiting:
        return render(request, "returns/sign_off_over.html", {"sign_off": found}, status=410)
    pressed = number_in(request.POST.get("which"))
    chosen = next((one for one in waiting if one.pk == pressed), None)
    form = SignOffAnswerForm(request.POST, prefix=str(pressed)) if chosen else None
    if chosen and form and form.is_valid() and _answered(request, chosen, form):
        return redirect(request.path)
    rows = [
        Asked(
            one,
            section_of(one.text),
            form if form and one == chosen else SignOffAnswerForm(prefix=str(one.pk)),
        )
        for one in waiting
    ]
    context = {"sign_off": found, "rows": rows, "form": form}
    return render(request, "returns/sign_off.html", context, status=422 if form and form.errors else 200)


def _answered(request: HttpRequest, chosen: SignOff, form: SignOffAnswerForm) -> bool:
    signed = request.POST.get("answer") == "yes"
    try:
        signing_off.answer(chosen, signed=signed, note=form.cleaned_data["note"])
    except NotNow as no:
        for reason in no.reasons:
            form.add_error("note" if not signed else None, reason)
        return False
    what = f"{chosen.agency_return.name}, {chosen.agency_return.collection}"
    messages.success(request, f"{'Signed off' if signed else 'Not signed off'}: {what}.")
    return True
