"""Two texts of one answer: both are shown, passage by passage, and the person says what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from agencies.errors import NotNow
from returns import richtext
from returns.actions.drafting import Saved
from returns.forms.returns import AnswerForm, MergeForm
from returns.models import Answer
from returns.views.desk import AgencyDesk, Desk, TypingDesk
from returns.views.keeping import keeps_text, not_saved, posted_text

_HEADING = 4  # under the headings of the page


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the two texts, ready to be shown. `number` is its place among those that differ, 0 if it does not."""

    index: int  # among all passages, which names its choice
    number: int
    changed: str
    theirs: str  # HTML, with the differences marked
    mine: str
    joins: bool
    preset: str


def page(
    request: HttpRequest,
    desk: Desk,
    saved: Saved,
    html: str,
) -> HttpResponse:
    """Somebody saved in between. `html` is the person's own text; what it was based on is among the saves."""
    answer = saved.answer
    client = _client(answer, html)
    base, theirs, mine = answer.text_of(saved.version), answer.blocks, richtext.parse(html)
    parts = parts_of(base, mine, theirs)
    passages = _passages(parts)
    context = desk.place(("Two texts", "")) | {
        "desk": desk,
        "form": AnswerForm.of(answer, html=html, client=client, **desk.field),
        "choice": MergeForm.of_two(answer, html=html, from_version=saved.version, client=client),
        "answer": answer,
        "own": answer.saved_by_id == request.user.pk,  # on another page of theirs
        "theirs_by": str(answer.saved_by or "Somebody"),
        "passages": passages,
        "differing": [one for one in passages if one.number],
        "joins": base is not None and richtext.joined(parts) is not None,
    }
    return render(request, "returns/answer_conflict.html", context, status=409)


def _client(answer: Answer, html: str) -> str:
    """Names the page after the one whose text was kept beside: what is saved here has dealt with it."""
    kept = answer.saves.filter(applied=False, html=html).first()
    return kept.next_client() if kept else ""


def parts_of(
    base: richtext.Blocks | None, mine: richtext.Blocks, theirs: richtext.Blocks
) -> tuple[richtext.Part, ...]:
    known = richtext.common(mine, theirs) if base is None else base
    return richtext.merge(known, mine, theirs)


def _passages(parts: tuple[richtext.Part, ...]) -> list[Passage]:
    """Neighbours in which nothing differs are one passage; the others are chosen one by one."""
    shown: list[Passage] = []
    number = 0
    for differs, group in groupby(enumerate(parts), key=lambda pair: bool(pair[1].changed)):
        if not differs:
            same = richtext.to_html(
                [block for _, part in group for block in part.mine], heading_base=_HEADING
            )
            shown.append(Passage(-1, 0, "", same, same, True, ""))
            continue
        for index, part in group:
            number += 1
            shown.append(_differing(index, number, part))
    return shown


def _differing(index: int, number: int, part: richtext.Part) -> Passage:
    return Passage(
        index=index,
        number=number,
        changed=part.changed,
        theirs=richtext.diff_html(part.base, part.theirs, heading_base=_HEADING),
        mine=richtext.diff_html(part.base, part.mine, heading_base=_HEADING),
        joins=part.joined is not None,
        preset=part.changed,
    )


@keeps_text
def answer_merge(request: HttpRequest, number: int, **address: str) -> HttpResponse:
    return _merge(request, AgencyDesk, number, **address)


@keeps_text
def type_in_merge(request: HttpRequest, number: int, **address: str) -> HttpResponse:
    return _merge(request, TypingDesk, number, **address)


def _merge(request: HttpRequest, kind: type[Desk], number: int, **address: str) -> HttpResponse:
    """Saves what was chosen of the two texts."""
    if request.method != "POST":
        return redirect(reverse(kind.edit, kwargs={**address, "number": number}))
    desk = kind.at(request, number, **address)
    form, answer = MergeForm(request.POST), desk.answer
    if answer is None or not form.is_valid():
        reason = "The page sent something that could not be read."
        context = desk.place(("Not saved", ""))
        return not_saved(request, context, (reason,), posted_text(request), status=422)
    html = _chosen(request, form, answer)
    try:
        saved = desk.keep(**form.values() | {"html": html})
    except NotNow as no:
        context = desk.place(("Not saved", "")) | {"ways": desk.ways_on()}
        return not_saved(request, context, no.reasons, html)
    if not saved.applied:
        return page(request, desk, saved, html)
    messages.success(request, f"Saved at {timezone.localtime():%H:%M}.")
    return redirect(desk.edit_url)


def _chosen(request: HttpRequest, form: MergeForm, answer: Answer) -> str:
    values = form.cleaned_data
    html: str = values["text"]
    if request.POST.get("whole") == "mine":
        return html
    mine = richtext.parse(html)
    theirs = answer.text_of(values["base_version"])
    if theirs is None:
        return html
    parts = parts_of(answer.text_of(values["from_version"]), mine, theirs)
    if request.POST.get("whole") == "joined":
        fitting = richtext.joined(parts)
        if fitting is not None:
            return richtext.to_html(fitting)
    return richtext.to_html(richtext.chosen(parts, form.choices(len(parts))))
