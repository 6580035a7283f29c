"""The page on which an agency says what came of what it announced the year before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.errors import NotNow
from returns.actions import promises as actions
from returns.forms.returns import PromiseForm
from returns.views.keeping import keeps_text, words_back
from returns.views.scope import own_return, place


@keeps_text
@require_http_methods(["GET", "POST"])
def promises(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = own_return(request, partnership, collection, agency)
    listed = actions.promises_of(found)
    where = place(found, ("Announced last year", ""))
    if not (listed and found.waits_for_agency):
        return words_back(request, where, "The return cannot be changed now.") or redirect(found)
    data = request.POST if request.method == "POST" else None
    forms = [PromiseForm.of(one.answer, data, prefix=one.key) for one in listed]
    if data is not None and not any(form.errors for form in forms):
        said = {form.prefix or "": actions.Said(**form.cleaned_data) for form in forms}
        try:
            something = actions.say(found, said, by=user)
        except NotNow as no:
            if kept := words_back(request, where, *no.reasons):
                return kept
            messages.error(request, str(no))
            return redirect(request.path)
        read = "The partnership reads it when you have sent the return."
        messages.success(request, f"Noted. {read}" if something else "Noted. Nothing is said of them now.")
        return redirect(found)
    rows = list(zip(listed, forms, strict=True))
    context = where | {
        "rows": rows,
        "form": next((form for form in forms if form.errors), None),
    }
    return render(request, "returns/promises.html", context, status=422 if context["form"] else 200)
