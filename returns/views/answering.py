"""The page on which an answer is written, whoever writes it: shows it, saves it, hands back what was not saved."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agencies.errors import NotNow
from returns import richtext
from returns.forms.returns import AnswerForm
from returns.models import Answer
from returns.views import conflict
from returns.views.autosave import others_line
from returns.views.desk import Desk
from returns.views.keeping import not_saved

_PARTS = ("What children told us", "What we did", "What changed")
_HEADINGS = "".join(f"<h3>{part}</h3>" for part in _PARTS)
_TABLE = f"<table><thead><tr>{''.join(f'<th>{part}</th>' for part in _PARTS)}</tr></thead></table>"
_BEGINNINGS = {"headings": _HEADINGS, "table": _TABLE}


def show(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = AnswerForm.of(desk.answer, **desk.field)
    return _page(request, desk, form)


def receive(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Saves what was posted and leads on."""
    form = AnswerForm(request.POST, **desk.field)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    values = form.values()
    brought = _brought(desk, request.POST.get("bring", ""))
    values["html"] += brought
    try:
        saved = desk.keep(**values)
    except NotNow as no:
        return hand_back(request, desk, no.reasons, values["html"])
    if not saved.applied:
        return conflict.page(request, desk, saved, values["html"])
    done = "Put at the end of your answer, and saved" if brought else "Saved"
    messages.success(request, f"{done} at {timezone.localtime():%H:%M}.")
    return redirect(desk.edit_url if {"stay", "bring"} & set(request.POST) else desk.back_url)


def _brought(desk: Desk, key: str) -> str:
    """What the person wants to have in the answer: something to begin with, a passage of an earlier text, or ""."""
    if not key or key in _BEGINNINGS:
        return _BEGINNINGS.get(key, "")
    passages = (passage for source in desk.said_before() for passage in source.passages)
    return next((richtext.to_html(one.blocks) for one in passages if one.key == key), "")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A passage of an earlier text as it is shown; `is_here` when it stands in the answer already."""

    key: str
    html: str
    is_here: bool


def _earlier(desk: Desk, answer: Answer | None) -> list[tuple[str, list[Earlier]]]:
    sources = desk.said_before()
    here = set(answer.blocks) if answer and sources else set()
    return [
        (
            source.title,
            [
                Earlier(one.key, richtext.to_html(one.blocks), set(one.blocks) <= here)
                for one in source.passages
            ],
        )
        for source in sources
    ]


def _begun(answer: Answer | None) -> dict[str, bool]:
    """Which beginnings stand in the answer already; of a table, whatever was written into it, its columns."""
    here = _recognised(answer.blocks) if answer else set()
    return {name: blocks <= here for name, blocks in _BEGUN.items()}


def _recognised(blocks: richtext.Blocks) -> set[object]:
    return {block.header if isinstance(block, richtext.Table) else block for block in blocks}


_BEGUN = {name: _recognised(richtext.parse(html)) for name, html in _BEGINNINGS.items()}


def hand_back(request: HttpRequest, desk: Desk, reasons: tuple[str, ...], html: str) -> HttpResponse:
    """For a text that came when nothing could be written there any more."""
    context = desk.place(("Not saved", "")) | {"ways": desk.ways_on()}
    return not_saved(request, context, reasons, html)


def _page(request: HttpRequest, desk: Desk, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    questions = len(desk.agency_return.collection.ordered_questions)
    label = f"Question {desk.question.position}" if questions > 1 else desk.label
    answer = desk.answer
    context = desk.place((label, "")) | {
        "desk": desk,
        "earlier": _earlier(desk, answer),
        "parts": _PARTS,
        "begun": _begun(answer),
        "form": form,
        "media": form.media,  # put together once
        "question": desk.question,
        "answer": answer,
        "questions": questions,
        "others": others_line(desk, client=str(form["client"].value())),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    return render(request, f"returns/{desk.edit}.html", context, status=status)
