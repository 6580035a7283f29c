"""The agency's own pages: what to do, writing, seeing it as printed, checking, keeping a copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Invitation, RoleKind, User
from lscp.templatetags.ui import moment
from returns import permissions
from returns.actions import checking, drafting
from returns.actions.blockers import Attempt, reasons_against
from returns.actions.case_studies import declaration_of
from returns.actions.promises import promises_of
from returns.appendix.compile import compile_return, said_of, section_of
from returns.forms.returns import NilForm
from returns.models import Answer, Frame, Proof, Question, Return, Revision, SignOff
from returns.models.earlier import kept_beside
from returns.models.gaps import Gap, gap_of, published_in
from returns.models.sign_offs import is_signed_by_link, newest_sign_off
from returns.models.waiting import unanswered
from returns.models.writing import snapshot
from returns.views import answering
from returns.views.desk import AgencyDesk
from returns.views.downloads import download
from returns.views.keeping import keeps_text
from returns.views.points import points_for
from returns.views.scope import (
    attempt,
    attempt_form,
    button,
    own_return,
    person,
    place,
    return_or_404,
)
from returns.workflow import ASKED_AT_SENDING, PEN, TRANSITIONS, RevisionKind, Status, Who, moves_from


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question with what is known of its answer."""

    question: Question
    url: str
    words: int
    saved: str  # who and when, "" before the first save

    @property
    def too_many(self) -> int:
        """Words beyond what was suggested, once they are more than twice as many; else 0."""
        suggested = self.question.suggested_words or 0
        return self.words - suggested if suggested and self.words > 2 * suggested else 0

    @property
    def words_said(self) -> str:
        return f"{self.words} words, {self.too_many} more than suggested"


def question_rows(agency_return: Return, view: str) -> list[QuestionRow]:
    """The questions in order; `view` is the page on which they are answered."""
    answers = {answer.question_id: answer for answer in agency_return.answers.select_related("saved_by")}
    return [
        _question_row(question, agency_return.url(view, question.position), answers.get(question.pk))
        for question in agency_return.collection.questions.all()
    ]


def _question_row(question: Question, url: str, answer: Answer | None) -> QuestionRow:
    saved = f"Saved by {answer.saved_by}, {moment(answer.saved_at)}" if answer and answer.saved_at else ""
    return QuestionRow(question, url, answer.words if answer else 0, saved)


@login_required
@require_safe
def agency_return(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    if not permissions.is_of_agency(user, found):
        return redirect(found.url("review"))
    is_lead = Who.LEAD in permissions.parts(user, found)
    rows = question_rows(found, "answer_edit")
    leads = list(found.people(RoleKind.LEAD))
    invited = list(Invitation.objects.to_answer_for(*found.seat_ids))
    promises = promises_of(found) if found.waits_for_agency else []
    asks = list(found.asks.filter(answered_at=None).select_related("asked_by"))
    proof = Proof.objects.select_related("answered_by", "settled_by").filter(agency_return=found).first()
    objects = proof is not None and proof.is_objection
    still_open = sum(1 for one in promises if one.answer is None)
    context = place(found) | {
        "rows": rows,
        "promises": promises,
        "open_promises": f"{still_open} to say" if still_open else "",
        "writable": found.waits_for_agency,
        "is_lead": is_lead,
        "is_contributor": Who.CONTRIBUTOR in permissions.parts(user, found),
        "own_lead_role": next(
            (one for one in user.active_roles if one.seat_id == found.seat_id and one.kind == RoleKind.LEAD),
            None,
        ),
        "send_hint": _who_sends(leads),
        "reasons": reasons_against_sending(found, user),
        "asks": asks,
        "answered_ask": found.asks.filter(answered_at__isnull=False)
        .select_related("asked_by", "answered_by")
        .first(),
        "proof": proof,
        "unanswered": unanswered(found, objects=objects, asks=bool(asks)),
        **_missing(found),
        "is_printed": _is_printed(found),
        "has_text": found.is_nil or any(row.words for row in rows),
        "leads": leads,
        "invited": invited,
        "handed_over": any(one.is_of(user) for one in invited),
        "coordinators": found.collection.partnership.roles.active()
        .filter(kind=RoleKind.COORDINATOR)
        .select_related("user"),
        "is_coordinator": permissions.is_coordinator(user, found),
        "signing": signing_of(newest_sign_off(found) if found.waits_for_agency else None),
        "originals": permissions.readable_originals(user, found).select_related("received_by"),
        **_said_at_sending(found),
        **ways_back(user, found),
    }
    return render(request, "returns/agency_return.html", context)


def _said_at_sending(found: Return) -> dict[str, Any]:
    """What the partnership was told with the text that it has now."""
    if found.waits_for_agency:
        return {}
    kept = found.revisions.filter(kind=RevisionKind.SUBMITTED, taken_back_at=None)
    sent = kept.select_related("by").newest_first().first()
    if sent is None:
        return {}
    declaration = None if found.is_nil else declaration_of(found)
    return {"sent": sent, "by_link": is_signed_by_link(sent), "declaration": declaration}


def ways_back(user: User, found: Return) -> dict[str, Any]:
    """How the agency gets a return back that it has sent, and what it still has to say about it."""
    with_partnership = found.state in (Status.SUBMITTED, Status.IN_REVIEW) and not found.is_nil
    declaration = declaration_of(found) if with_partnership else None
    return {
        "moves": _moves(user, found),
        "reopenable": found.state in drafting.REOPENABLE and found.collection.is_open,
        "owed": declaration if declaration and declaration.is_unsettled else None,
    }


def _missing(found: Return) -> dict[str, Any]:
    """What readers have in place of the agency's answer: a published one that was opened again, or a sentence."""
    gap = gap_of(found)
    if gap == Gap.OPENED_AGAIN:
        return {"gap": gap, "published": published_in(found)}
    if gap and found.collection.is_closed:
        return {"gap": gap, "printed_instead": said_of(gap, Frame.of(found.collection))}
    return {}


@dataclass(frozen=True, slots=True)
class Signing:
    """How it stands with the sign-off by link: tag, its tone, a sentence, and what the approver said, if they did not sign."""

    label: str
    tone: str
    hint: str
    said: str = ""

    @property
    def is_signed(self) -> bool:
        return self.tone == "done"


def signing_of(one: SignOff | None) -> Signing:
    if one is None:
        return Signing("Optional", "quiet", "Somebody in your agency reads it by a link, without an account.")
    match one.state:
        case "signed":
            return Signing("Signed off", "done", f"By {one.name} ({one.post}), {moment(one.answered_at)}.")
        case "declined":
            return Signing("Not signed off", "todo", f"{one.name} says what has to change.", one.note)
        case "changed" if one.signed:
            return Signing(
                "To be signed again", "todo", f"The text has changed since {one.name} signed it off."
            )
        case "changed":
            return Signing("To be sent again", "todo", f"The text has changed since {one.name} was asked.")
        case "expired":
            return Signing("Link has ended", "todo", f"{one.name} did not answer in time.")
    return Signing("Asked", "active", f"{one.name} was asked on {moment(one.asked_at)}.")


def _moves(user: User, agency_return: Return) -> list[str]:
    """The names of the rows that the person may take now."""
    return [
        row.name
        for row in moves_from(agency_return.state)
        if permissions.may_move(user, agency_return, row)
        and not reasons_against(row, Attempt(agency_return, user))
    ]


def _who_sends(leads: list[User]) -> str:
    if not leads:
        return "Nobody is responsible for it yet. Ask the partnership’s coordinator."
    return f"{_listed(leads)} can send it."


def _listed(people: list[User]) -> str:
    return " or ".join(str(person) for person in people)


def reasons_against_sending(agency_return: Return, user: User) -> list[str]:
    """What is missing before the page that asks who signed it off, and whether it tells of anybody."""
    return reasons_against(TRANSITIONS["submit"], Attempt(agency_return, user), but=ASKED_AT_SENDING)


@keeps_text
@require_http_methods(["GET", "POST"])
def answer_edit(request: HttpRequest, number: int, **address: str) -> HttpResponse:
    desk = AgencyDesk.at(request, number, **address)
    if request.method == "POST":
        return answering.receive(request, desk)
    if desk.closed():
        messages.info(request, _why_closed(desk.user, desk.agency_return))
        return redirect(desk.agency_return.url("as_printed"))
    return answering.show(request, desk)


def led_away(request: HttpRequest, user: User, found: Return) -> HttpResponse | None:
    """From a page that is of use only while the agency writes, with the reason; but not with words in hand."""
    if request.method == "POST" or found.waits_for_agency:
        return None
    messages.info(request, _why_closed(user, found))
    return redirect(found)


def _why_closed(user: User, found: Return) -> str:
    """Why nothing can be written now; with the way back, for who may take the return back."""
    if not found.collection.is_open:
        return f"The {found.collection} is closed, so the return cannot be changed now."
    why = f"The return is “{found.page.label}”, so it cannot be changed now."
    if "take_back" in _moves(user, found):
        way = format_html('<a href="{}">Take it back</a>', found.url("move", "take-back"))
        return format_html("{} {} to change it: you can until its review begins.", why, way)
    return why


@keeps_text
@require_http_methods(["GET", "POST"])
def nothing_to_report(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = own_return(request, partnership, collection, agency)
    if away := led_away(request, user, found):
        return away
    if request.method == "POST" and "undo" in request.POST:
        attempt(request, lambda: drafting.unset_nil(found, by=user), "Noted. You can write an answer now.")
        return redirect(found)
    form = NilForm(request.POST or None, initial={"reason": found.nil_reason})
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: drafting.set_nil(found, reason=form.cleaned_data["reason"], by=user)):
            messages.success(request, "Noted that there is nothing to report.")
            return redirect(found)
    drafted = not found.is_nil and found.answers.filter(words__gt=0).exists()
    context = place(found, ("Nothing to report", "")) | {"form": form, "drafted": drafted}
    return render(request, "returns/nothing_to_report.html", context)


def _is_printed(found: Return) -> bool:
    """Whether the text is on its way into the appendix; not while it is held or left out, or came too late."""
    is_out = found.state in (Status.HELD, Status.EXCLUDED)
    return not is_out and not (found.collection.is_closed and gap_of(found))


@login_required
@require_safe
def as_printed(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    _, found = own_return(request, partnership, collection, agency)
    heading = "As it will be printed" if _is_printed(found) else "What you have written"
    context = place(found, (heading, "")) | {
        "heading": heading,
        "section": section_of(Revision(data=snapshot(found))),
    }
    return render(request, "returns/as_printed.html", context)


@login_required
@require_safe
def check(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = own_return(request, partnership, collection, agency)
    context = place(found, ("Check your answers", "")) | {
        "section": section_of(Revision(data=snapshot(found))),
        "rows": question_rows(found, "answer_edit"),
        "reasons": reasons_against_sending(found, user),
        "is_lead": Who.LEAD in permissions.parts(user, found),
        "is_contributor": Who.CONTRIBUTOR in permissions.parts(user, found),
        "kept_beside": kept_beside(found) if found.waits_for_agency else [],
        "points": points_for(user, found),
        "keep_url": found.url("point_keep"),
        "tick": request.GET.get("tick", ""),
        "add_url": found.url("point_add"),
    }
    return render(request, "returns/check.html", context)


@button(back="agency_return")
def mark_ready(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    user, found = own_return(request, partnership, collection, agency)
    if request.POST.get("ready") == "no":
        attempt(request, lambda: checking.unmark_ready(found, by=user), "Noted that it is not ready yet.")
    else:
        who = _listed(list(found.people(RoleKind.LEAD))) or "The person responsible"
        attempt(request, lambda: checking.mark_ready(found, by=user), f"{who} is told by e-mail.")
    return redirect(found)


@login_required
@require_safe
def copy_to_keep(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    """The return as plain text, to be kept in the agency's own files."""
    return _copy(request, partnership, collection, agency, "txt")


@login_required
@require_safe
def copy_as_file(
    request: HttpRequest, partnership: str, collection: str, agency: str, kind: str
) -> HttpResponse:
    """The same as PDF or Word; every page says how the return stood, and when."""
    return _copy(request, partnership, collection, agency, kind)


def _copy(request: HttpRequest, partnership: str, collection: str, agency: str, kind: str) -> HttpResponse:
    _, found = own_return(request, partnership, collection, agency)
    stands = f"Draft: {found.page.label.lower()}" if found.state in PEN else found.page.label
    now = timezone.now()
    document = compile_return(found, as_of=now, note=f"{stands}. Copy of {moment(now)}.")
    return download(request, document, kind, name=_file_name(found))


def _file_name(agency_return: Return) -> str:
    """Year, agency and partnership, in letters that every system keeps; an agency whose name has none of
    these goes by its number. Somebody who writes for several agencies can tell the files apart."""
    year = agency_return.collection
    agency = slugify(agency_return.name)[:60].strip("-") or f"agency-{agency_return.position}"
    return f"return-{year.slug}-{agency}-{year.partnership.slug}"
