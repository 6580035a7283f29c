"""Erasing a passage: first where it stands and how often, then the act."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from agencies.models import User
from agencies.views.proof import has_fresh_proof, require_fresh_proof
from returns import permissions
from returns.actions import erasing as actions
from returns.forms.editions import EraseForm
from returns.models import Collection
from returns.views.publishing import opened, place_of_appendix, url
from returns.views.scope import attempt_form, person


@sensitive_post_parameters("passage")
@login_required
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = opened(user, partnership, collection)
    permissions.require_coordinator(user, found.partnership)
    if request.method == "POST" and not has_fresh_proof(request):
        return redirect(url(found, "erase"))  # what was sent is not kept anywhere while we ask
    require_fresh_proof(request)
    form = EraseForm(request.POST or None)
    places: list[actions.Found] | None = None
    if request.method == "POST" and form.is_valid():
        if "erase" in request.POST and attempt_form(form, lambda: _erase(request, found, form, user)):
            return redirect(url(found, "readiness"))
        places = actions.look(found, form.cleaned_data["passage"])
    context = place_of_appendix(found, ("Publish it", url(found, "readiness")), ("Erase a passage", "")) | {
        "form": form,
        "places": places,
        "times": sum(place.count for place in places or []),
    }
    return render(request, "returns/erase.html", context)


def _erase(request: HttpRequest, collection: Collection, form: EraseForm, user: User) -> None:
    times = actions.erase(collection, **form.cleaned_data, by=user)
    messages.success(request, f"Erased: the words stood in {times} place{'' if times == 1 else 's'}.")
