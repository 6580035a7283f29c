"""Fresh proof of who somebody is, before an act of weight: by password or second step, as allauth asks for them, and
by an e-mailed code for those who have neither."""

from __future__ import annotations

import secrets
import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.core import ratelimit
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.http import require_http_methods

from agencies.forms.proof import CodeForm
from agencies.views import person

_KEY = "proof_by_code"
_SECONDS = 300
_TRIES = 3


def require_fresh_proof(request: HttpRequest) -> None:
    """Leads to the page that asks; what was sent is kept and goes on from there."""
    if not has_fresh_proof(request):
        raise ReauthenticationRequired


def has_fresh_proof(request: HttpRequest) -> bool:
    records = get_authentication_records(request, person(request))
    proven = [record["at"] for record in records if record.get("reauthenticated")]
    return bool(proven) and time.time() - proven[-1] < app_settings.REAUTHENTICATION_TIMEOUT


@login_required
@require_http_methods(["GET", "POST"])
def confirm_by_code(request: HttpRequest) -> HttpResponse:
    """Sends a code when asked to, then takes it. Where there is a password or a second step, those are asked."""
    methods = get_adapter().get_reauthentication_methods(person(request))
    if all(method["url"] != request.path for method in methods):
        raise PermissionDenied("Your password or your second step is asked for instead.")
    if limited := ratelimit.consume_or_429(request, action="reauthenticate", user=person(request)):
        return limited
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and not form.is_bound:
        _send(request)
    elif form.is_valid():
        if _is_right(request, form.cleaned_data["code"]):
            return _go_on(request)
        form.add_error("code", "This is not the code, or it is too old. Have a new one sent to you.")
    context = {"form": form, "sent": _KEY in request.session}
    return render(request, "agencies/confirm_by_code.html", context)


def _send(request: HttpRequest) -> None:
    user, code = person(request), f"{secrets.randbelow(10**6):06}"
    request.session[_KEY] = {"code": _hash(code), "until": time.time() + _SECONDS, "tries": _TRIES}
    get_adapter().send_mail("account/email/proof_code", user.email, {"code": code, "user": user})


def _is_right(request: HttpRequest, code: str) -> bool:
    """Each code may be tried a few times within a few minutes, and is used up."""
    kept = request.session.pop(_KEY, None)
    if kept is None or time.time() > kept["until"]:
        return False
    if constant_time_compare(kept["code"], _hash(code)):
        return True
    if kept["tries"] > 1:
        request.session[_KEY] = kept | {"tries": kept["tries"] - 1}
    return False


def _hash(code: str) -> str:
    return salted_hmac(_KEY, code, algorithm="sha256").hexdigest()


def _go_on(request: HttpRequest) -> HttpResponse:
    user = person(request)
    record_authentication(request, user, method="code", email=user.email, reauthenticated=True)
    response: HttpResponse | None = resume_request(request)
    return response or redirect("home")
