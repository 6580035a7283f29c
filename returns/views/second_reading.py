"""Case studies on the review page, and signing one off as a second person."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.models import User
from returns import permissions
from returns.actions import checkups
from returns.actions import second_reading as actions
from returns.actions.case_studies import CaseStudy, declaration_of, found_in, kept_in
from returns.appendix.compile import section_of
from returns.appendix.document import Section
from returns.forms.points import SecondReadingForm
from returns.models import Declaration, Return, Revision
from returns.views.keeping import keeps_text, words_back
from returns.views.scope import attempt_form, person, place_for_readers, return_or_404
from returns.workflow import Who

_REFUSED = "Noted that it cannot be printed like this. The coordinators are told by e-mail."


@dataclass(frozen=True, slots=True)
class Telling:
    """What a page shows of the children and families in a return."""

    declaration: Declaration | None
    cases: list[CaseStudy]
    may_sign: bool

    @property
    def disagrees(self) -> bool:
        """The agency says that it tells of nobody, and the checks found passages that seem to."""
        return bool(self.declaration and not self.declaration.tells and self.cases)


def telling_of(user: User, agency_return: Return) -> Telling:
    return Telling(
        declaration_of(agency_return),
        actions.of(agency_return),
        actions.may_sign(user, agency_return),
    )


@keeps_text
@require_http_methods(["GET", "POST"])
def case_sign(
    request: HttpRequest, partnership: str, collection: str, agency: str, number: int
) -> HttpResponse:
    """Shows one case study by itself, and asks what the second person makes of it."""
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    permissions.require(user, found, frozenset({Who.SECOND_READER, Who.COORDINATOR}))
    if against := permissions.separation(user, found):
        raise PermissionDenied(against)
    checkup = checkups.current(found) if actions.may_sign(user, found) else None
    cases = found_in(checkup) if checkup else []
    where = place_for_readers(found, ("Case study", ""))
    if checkup is None or not 1 <= number <= len(cases):
        if kept := words_back(request, where, "This case study cannot be signed off now."):
            return kept
        messages.info(request, "This case study cannot be signed off now. Here is the return as it stands.")
        return redirect(found.url("review"))
    case = cases[number - 1]
    declaration = declaration_of(found)
    refusing = request.POST.get("say") == "no"
    form = SecondReadingForm(
        request.POST or None, is_live=bool(declaration and declaration.is_live), refusing=refusing
    )
    if request.method == "POST" and form.is_valid():
        read = request.POST.get("read", "")
        if attempt_form(form, lambda: _say(found, read, form, user, refusing=refusing)):
            messages.success(request, _REFUSED if refusing else "You have signed off the case study.")
            return redirect(f"{found.url('review')}#cases")
    context = where | {
        "form": form,
        "case": case,
        "number": number,
        "total": len(cases),
        "declaration": declaration,
        "section": _where_it_stands(checkup.revision, case),
        "mark": "" if case.is_whole else case.text,
        "kept": kept_in(checkup, case),
    }
    return render(request, "returns/case_sign.html", context)


def _say(found: Return, read: str, form: SecondReadingForm, user: User, *, refusing: bool) -> None:
    note = form.cleaned_data["note"]
    if refusing:
        actions.refuse(found, read=read, reason=note, by=user)
    else:
        knows = form.cleaned_data.get("knows_of_case", False)
        actions.sign_off(found, read=read, note=note, knows_of_case=knows, by=user)


def _where_it_stands(revision: Revision, case: CaseStudy) -> Section:
    """The answer that tells of it, as printed; all of them where the whole return does."""
    section = section_of(revision)
    if not case.number:
        return section
    return replace(section, passages=section.passages[case.number - 1 : case.number])
