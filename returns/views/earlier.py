"""What was there earlier: the saves of one answer, and the milestones of a return side by side."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.errors import NotNow
from agencies.views import number as number_in
from lscp.templatetags.ui import moment
from returns import permissions, richtext
from returns.actions import restoring
from returns.forms.returns import CompareForm
from returns.models import Answer, Question, Return, Revision
from returns.models.earlier import saves_of, thinned
from returns.models.writing import snapshot
from returns.views import conflict
from returns.views.desk import AgencyDesk
from returns.views.reviewing import differences
from returns.views.scope import (
    not_found_unless,
    own_return,
    person,
    place,
    place_for_readers,
    question_or_404,
    return_or_404,
)

NOW = 0  # the number under which the draft as it is now is compared


def _answer(found: Return, number: int) -> tuple[Question, Answer | None]:
    question = question_or_404(found.collection, number)
    return question, found.answers.select_related("saved_by").filter(question=question).first()


@login_required
@require_safe
def answer_earlier(
    request: HttpRequest, partnership: str, collection: str, agency: str, number: int
) -> HttpResponse:
    _, found = own_return(request, partnership, collection, agency)
    question, answer = _answer(found, number)
    every = saves_of(answer) if answer else []
    shown = every if "all" in request.GET else thinned(every, timezone.now())
    crumbs = ((f"Question {number}", found.url("answer_edit", number)), ("What was there earlier", ""))
    context = place(found, *crumbs) | {
        "question": question,
        "answer": answer,
        "saves": shown,
        "hidden": len(every) - len(shown),
    }
    return render(request, "returns/answer_earlier.html", context)


@login_required
@require_safe
def answer_earlier_text(
    request: HttpRequest, partnership: str, collection: str, agency: str, number: int, save: int
) -> HttpResponse:
    _, found = own_return(request, partnership, collection, agency)
    question, answer = _answer(found, number)
    not_found_unless(answer is not None and save < 2**63)
    assert answer is not None
    one = get_object_or_404(answer.saves.select_related("by"), pk=save)
    blocks = richtext.parse(one.html)
    context = place(
        found,
        (f"Question {number}", found.url("answer_edit", number)),
        ("What was there earlier", found.url("answer_earlier", number)),
        (moment(one.at), ""),
    ) | {
        "question": question,
        "answer": answer,
        "save": one,
        "text": richtext.to_html(blocks),
        "difference": richtext.diff_html(blocks, answer.blocks),
        "is_now": one.html == answer.html,
    }
    return render(request, "returns/answer_earlier_text.html", context)


@login_required
def answer_restore(
    request: HttpRequest, partnership: str, collection: str, agency: str, number: int, save: int
) -> HttpResponse:
    if request.method != "POST":
        return redirect("answer_earlier", partnership, collection, agency, number)
    user, found = own_return(request, partnership, collection, agency)
    question, answer = _answer(found, number)
    not_found_unless(answer is not None and save < 2**63)
    assert answer is not None
    one = get_object_or_404(answer.saves.select_related("answer__question"), pk=save)
    seen = number_in(request.POST.get("seen"))
    try:
        saved = restoring.restore(found, one, base_version=seen or 0, by=user)
    except NotNow as no:
        for reason in no.reasons:
            messages.error(request, reason)
        return redirect(found.url("answer_earlier_text", number, one.pk))
    if not saved.applied:
        return conflict.page(request, AgencyDesk(user, found, question), saved, one.html)
    messages.success(request, f"The text of {moment(one.at)} is the draft again. Nothing was deleted.")
    return redirect(found.url("answer_edit", number))


@login_required
@require_safe
def history_compare(request: HttpRequest, partnership: str, collection: str, agency: str) -> HttpResponse:
    """Any two texts that were kept, word by word; for the agency also the draft as it is now."""
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    is_agency = permissions.is_of_agency(user, found)
    kept = list(permissions.readable_revisions(user, found).newest_first())
    choices = {one.number: f"{one.get_kind_display()}, {moment(one.at)}" for one in kept}
    if is_agency:
        choices = {NOW: "As it is now"} | choices
    form = CompareForm(_asked(request, list(choices)), choices=choices)
    pair = form.pair() if form.is_valid() else None
    texts = {one.number: one for one in kept}
    if is_agency and pair and NOW in pair:
        texts[NOW] = Revision(data=snapshot(found))
    where = place if is_agency else place_for_readers
    context = where(found, ("History", found.url("return_history")), ("Compare", "")) | {
        "form": form,
        "enough": len(choices) > 1,
        "differences": differences(texts[pair[0]], texts[pair[1]]) if pair else None,
        "pair": (choices[pair[0]], choices[pair[1]]) if pair else None,
    }
    return render(request, "returns/history_compare.html", context)


def _asked(request: HttpRequest, numbers: list[int]) -> dict[str, str]:
    """What was asked for, or else the two newest."""
    newest = numbers[0] if numbers else 0
    before = numbers[1] if len(numbers) > 1 else newest
    return {
        "earlier": request.GET.get("earlier", str(before)),
        "later": request.GET.get("later", str(newest)),
    }
