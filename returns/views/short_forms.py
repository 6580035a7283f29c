"""The short forms of one year's appendix, as a coordinator edits them before it is published."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from returns import permissions
from returns.actions import short_forms as actions
from returns.appendix.compile import compile_document
from returns.forms.editions import GlossaryForm
from returns.views.keeping import keeps_text
from returns.views.publishing import opened, place_of_appendix, url
from returns.views.scope import person


@keeps_text
@require_http_methods(["GET", "POST"])
def appendix_glossary(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = opened(user, partnership, collection)
    permissions.require_coordinator(user, found.partnership)
    form = GlossaryForm(
        request.POST or None, short_forms=actions.short_forms_of(found, compile_document(found))
    )
    if request.method == "POST" and form.is_valid():
        actions.set_meanings(found, meanings=form.meanings, by=user)
        messages.success(request, "The short forms of this appendix are saved.")
        return redirect(url(found, "readiness"))
    context = place_of_appendix(found, ("Short forms", "")) | {"form": form}
    return render(request, "returns/appendix_glossary.html", context)
