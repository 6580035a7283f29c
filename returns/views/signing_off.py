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
from returns.models import Finding, Revision, SignOff
from returns.models.earlier import kept_beside
from returns.models.sign_offs import newest_sign_off
from returns.models.writing import snapshot
from returns.views.points import identifying_points
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
        "sign_off": newest,
        "kept_beside": kept_beside(found),
        "to_settle": len(identifying_points(found)),
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
    points: list[Finding]
    form: SignOffAnswerForm


@never_cache
@require_http_methods(["GET", "POST"])
def sign_off(request: HttpRequest, token: str) -> HttpResponse:
    """Everything the person is asked for by this agency, each with its own buttons. Opening the page signs nothing.
    What cannot be signed any more is said with its cause, and does not stand in the way of the others."""
    found = signing_off.find(token)
    not_found_unless(found is not None)
    assert found is not None
    waiting = signing_off.asked_of_the_same_person(found)
    pressed = number_in(request.POST.get("which"))
    chosen = next((one for one in waiting if one.pk == pressed), None)
    over = [] if chosen else _over(request, found, waiting, pressed)
    if over and not waiting:
        return render(request, "returns/sign_off_over.html", {"over": over}, status=410)
    form = SignOffAnswerForm(request.POST, prefix=str(pressed)) if chosen else None
    if chosen and form and form.is_valid() and _answered(request, chosen, form):
        return redirect(request.path)
    rows = [
        Asked(
            one,
            section_of(one.text),
            identifying_points(one.agency_return),
            form if form and one == chosen else SignOffAnswerForm(prefix=str(one.pk)),
        )
        for one in waiting
    ]
    context = {"sign_off": found, "rows": rows, "form": form, "over": over}
    return render(request, "returns/sign_off.html", context, status=422 if form and form.errors else 200)


@dataclass(frozen=True, slots=True)
class Over:
    """One return that cannot be signed off by this link any more, why, and what the person had written about it."""

    sign_off: SignOff
    why: str
    words: str


def _over(request: HttpRequest, found: SignOff, waiting: list[SignOff], pressed: int | None) -> list[Over]:
    """The one whose link was opened, and the one whose button was pressed, if neither can be answered."""
    asked = [found] if found.answered_at is None and found not in waiting else []
    other = signing_off.of_the_same_person(found).filter(pk=pressed or 0).exclude(pk=found.pk).first()
    if other and other.answered_at is None:
        asked.append(other)
    return [
        Over(one, signing_off.why_over(one), request.POST.get(f"{one.pk}-note", "").strip()) for one in asked
    ]


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
