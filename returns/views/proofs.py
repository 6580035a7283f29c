"""Proofs: sent by a coordinator, looked at and answered by each agency, objections answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agencies.views import number as number_in
from returns import permissions
from returns.actions import proofs as actions
from returns.appendix import to_html
from returns.appendix.compile import section_of
from returns.forms.proofs import AnswerProofForm, SendProofsForm, SettleForm
from returns.models import Collection, Proof, Return, Revision
from returns.models.proofs import approved_text
from returns.views.keeping import keeps_text
from returns.views.scope import attempt_form, collection_or_404, own_return, person, place
from returns.workflow import RevisionKind, Status, Who


@dataclass(frozen=True, slots=True)
class Line:
    agency_return: Return
    proof: Proof | None
    changed: bool


@login_required
@require_http_methods(["GET", "POST"])
def proofs(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    permissions.require_coordinator(user, found.partnership)
    form = SendProofsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: actions.send_proofs(found, by=user, **form.cleaned_data)):
            messages.success(
                request,
                "The proofs are sent. Those responsible are asked by e-mail to look at their section.",
            )
            return redirect("proofs", partnership, collection)
    context = place(found, ("Proofs", "")) | {"form": form, "lines": _lines(found)}
    return render(request, "returns/proofs.html", context)


def _lines(collection: Collection) -> list[Line]:
    """Those that are approved, and those that were opened again while their objection waits. In a fixed number of
    queries."""
    newest = {one.agency_return_id: one for one in Proof.objects.of(collection).newest_of_each()}
    objecting = [pk for pk, one in newest.items() if one.is_objection]
    listed = Q(status=Status.APPROVED) | Q(pk__in=objecting)
    shown = list(collection.returns.filter(listed).for_pages())
    texts = {
        one.agency_return_id: one
        for one in Revision.objects.filter(agency_return__in=shown, kind=RevisionKind.APPROVED).order_by(
            "number"
        )
    }
    return [_line(one, newest.get(one.pk), texts.get(one.pk)) for one in shown]


def _line(agency_return: Return, proof: Proof | None, text: Revision | None) -> Line:
    return Line(agency_return, proof, proof is not None and not proof.says_the_same_as(text))


@keeps_text
@require_http_methods(["GET", "POST"])
def proof_settle(request: HttpRequest, partnership: str, collection: str, pk: int) -> HttpResponse:
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    permissions.require_coordinator(user, found.partnership)
    objected = get_object_or_404(Proof.objects.of(found).exclude(objection=""), pk=pk)
    form = SettleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: actions.settle_objection(objected, by=user, **form.cleaned_data)):
            messages.success(request, f"{objected.answered_by} is told by e-mail that you have answered.")
            return redirect("proofs", partnership, collection)
    context = place(found, ("Answer an objection", "")) | {
        "form": form,
        "proof": objected,
        "review_url": objected.agency_return.url("review"),
        "reopen_url": objected.agency_return.url("move", "reopen") if _is_approved(objected) else "",
    }
    return render(request, "returns/proof_settle.html", context)


def _is_approved(proof: Proof) -> bool:
    """Else its text is being changed already, or not printed."""
    return proof.agency_return.state == Status.APPROVED


@keeps_text
@require_http_methods(["GET", "POST"])
def proof(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = own_return(request, partnership, collection, agency)
    shown = get_object_or_404(Proof.objects.of(found.collection).newest_of_each(), agency_return=found)
    form = AnswerProofForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_read(request, form, shown):
        if attempt_form(form, lambda: actions.answer_proof(shown, objection=form.said, by=user)):
            messages.success(request, "Your answer is with the partnership. Thank you for looking.")
            return redirect("proof", partnership, collection, agency)
    context = place(found, ("Proof of your section", "")) | {
        "form": form,
        "proof": shown,
        "section": to_html.render_section(section_of(shown.revision)),
        "changed": not shown.says_the_same_as(approved_text(found)),
        "answers": Who.LEAD in permissions.parts(user, found) and shown.waits,
    }
    return render(request, "returns/proof.html", context)


def _is_read(request: HttpRequest, form: AnswerProofForm, shown: Proof) -> bool:
    """Nobody answers to what they have not seen: a newer proof may have come since the page was opened."""
    if number_in(request.POST.get("read")) == shown.pk:
        return True
    form.add_error(
        None, "A newer proof was sent since you opened this page. Look at it, and answer once more."
    )
    return False
