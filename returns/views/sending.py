"""Sending a return to the partnership, and the page that says that it is sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from returns import permissions
from returns.actions import drafting
from returns.actions.case_studies import declaration_of
from returns.forms.points import SendForm
from returns.forms.returns import SignOffForm
from returns.models import AskKind, Return, Revision, SignOff
from returns.models.earlier import kept_beside
from returns.models.sign_offs import newest_sign_off
from returns.models.writing import snapshot
from returns.views.keeping import keeps_text
from returns.views.points import identifying_points, telling_points
from returns.views.scope import attempt_form, own_return, place
from returns.views.writing import led_away, question_rows, reasons_against_sending, ways_back
from returns.workflow import TRANSITIONS, RevisionKind, Status, Who


@keeps_text
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = own_return(request, partnership, collection, agency)
    permissions.require(user, found, TRANSITIONS["submit"].by)
    if away := led_away(request, user, found):
        return away
    asked_for_time = found.asks.filter(answered_at=None, kind=AskKind.MORE_TIME).exists()
    sign_off = newest_sign_off(found)
    changed = _changed_since_signed(found, sign_off)
    first = _signed_off_by(found, sign_off, changed=changed)
    if found.is_nil:
        form: SignOffForm = SignOffForm(request.POST or None, initial=first)
    else:
        form = SendForm(request.POST or None, initial=first | SendForm.first(declaration_of(found)))
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: drafting.submit(found, by=user, **_said(form))):
            if asked_for_time:
                messages.info(request, "Your request for more time has ended, because the return is sent.")
            return redirect(found.url("sent"))
    reasons = reasons_against_sending(found, user) if request.method == "GET" else []
    context = place(found, ("Send it", "")) | {
        "form": form,
        "reasons": reasons,
        "rows": question_rows(found, "answer_edit") if reasons else [],
        "sign_off": sign_off,
        "asked_for_time": asked_for_time,
        "kept_beside": kept_beside(found),
        "seen": [] if found.is_nil else telling_points(found),
        "to_settle": len(identifying_points(found)),
        "changed": changed,
    }
    return render(request, "returns/send.html", context)


def _said(form: SignOffForm) -> dict[str, Any]:
    return {"told": form.told(), **form.signed()} if isinstance(form, SendForm) else form.cleaned_data


def _changed_since_signed(found: Return, sign_off: SignOff | None) -> bool:
    """Whether who was named at the last sending signed off another text than the one that is sent now."""
    if sign_off and sign_off.state == "signed":
        return False
    last = found.revisions.filter(kind=RevisionKind.SUBMITTED).newest_first().first()
    return bool(found.signed_on and last and not last.says_the_same_as(Revision(data=snapshot(found))))


def _signed_off_by(found: Return, sign_off: SignOff | None, *, changed: bool) -> dict[str, object]:
    """Who signed it off by link, or else who was named when it was last sent; the day only if it is of this text."""
    if sign_off and sign_off.state == "signed" and sign_off.answered_at:
        signed_on = timezone.localdate(sign_off.answered_at)
        return {"signed_name": sign_off.name, "signed_post": sign_off.post, "signed_on": signed_on}
    return {
        "signed_name": found.signed_name,
        "signed_post": found.signed_post,
        "signed_on": None if changed else found.signed_on or timezone.localdate(),
    }


@login_required
@require_safe
def sent(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = own_return(request, partnership, collection, agency)
    if found.state not in (Status.SUBMITTED, Status.IN_REVIEW):
        return redirect(found)
    revision = found.revisions.newest_first().first()
    context = place(found, ("Sent", "")) | {
        "revision": revision,
        "is_lead": Who.LEAD in permissions.parts(user, found),
        **ways_back(user, found),
    }
    return render(request, "returns/sent.html", context)
