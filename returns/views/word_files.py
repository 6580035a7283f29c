"""A Word file as the answer: handed in, compared with the draft passage by passage, taken or left."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.errors import NotNow
from agencies.views import number as number_in
from returns import permissions, richtext
from returns.actions import word_files
from returns.forms.returns import LARGEST, WordFileForm, choices_in
from returns.models import WordFile
from returns.views import conflict
from returns.views.desk import AgencyDesk, Desk, TypingDesk
from returns.views.downloads import attachment
from returns.views.scope import attempt, not_found_unless, person, return_or_404

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADING = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of draft and file: the difference as HTML. `number` is its place among those that differ, else 0."""

    index: int
    number: int
    html: str


@login_required
@require_http_methods(["GET", "POST"])
def answer_word(request: HttpRequest, number: int, **address: str) -> HttpResponse:
    return _hand_in(request, AgencyDesk.at(request, number, **address))


@login_required
@require_http_methods(["GET", "POST"])
def type_in_word(request: HttpRequest, number: int, **address: str) -> HttpResponse:
    return _hand_in(request, TypingDesk.at(request, number, **address))


def _hand_in(request: HttpRequest, desk: Desk) -> HttpResponse:
    if desk.closed():
        return redirect(desk.back_url)
    posted = request.method == "POST"
    form = WordFileForm(request.POST, request.FILES) if posted else WordFileForm()
    if posted and form.is_valid():
        try:
            received = word_files.receive(
                desk.agency_return,
                desk.question,
                content=form.cleaned_data["file"],
                for_agency=desk.for_agency,
                by=desk.user,
            )
        except NotNow as no:
            for reason in no.reasons:
                form.add_error("file", reason)
        else:
            return redirect(desk.word_file_url(received))
    context = desk.place((f"Question {desk.question.position}", desk.edit_url), ("Word file", ""))
    status = 422 if form.errors else 200
    return render(request, f"returns/{desk.word}.html", context | {"desk": desk, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def answer_word_file(request: HttpRequest, number: int, file: int, **address: str) -> HttpResponse:
    return _decide(request, AgencyDesk.at(request, number, **address), file)


@login_required
@require_http_methods(["GET", "POST"])
def type_in_word_file(request: HttpRequest, number: int, file: int, **address: str) -> HttpResponse:
    return _decide(request, TypingDesk.at(request, number, **address), file)


def _decide(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    if desk.closed():
        return redirect(desk.back_url)
    not_found_unless(pk <= LARGEST)
    waiting = WordFile.objects.of(desk.agency_return).filter(
        question=desk.question, for_agency=desk.for_agency
    )
    found = waiting.defer("content").filter(pk=pk, taken_at=None).first()
    if found is None:  # taken or left, perhaps by the first of two clicks
        messages.info(request, "That file is not waiting any more. This is the text as it is now.")
        return redirect(desk.edit_url)
    if request.method == "GET":
        return _compared(request, desk, found)
    if request.POST.get("whole") == "draft":
        attempt(
            request, lambda: word_files.leave(found, by=desk.user), "Nothing was taken from the Word file."
        )
        return redirect(desk.edit_url)
    return _take(request, desk, found)


def _compared(request: HttpRequest, desk: Desk, found: WordFile) -> HttpResponse:
    answer = desk.answer
    draft = answer.blocks if answer else ()
    passages = _passages(conflict.parts_of(None, found.blocks, draft))
    context = desk.place((f"Question {desk.question.position}", desk.edit_url), ("Word file", "")) | {
        "desk": desk,
        "file": found,
        "question": desk.question,
        "version": answer.version if answer else 0,
        "passages": passages,
        "differing": sum(1 for one in passages if one.number),
        "has_draft": bool(draft),
    }
    return render(request, f"returns/{desk.word_file}.html", context)


def _passages(parts: tuple[richtext.Part, ...]) -> list[Passage]:
    shown: list[Passage] = []
    for differs, group in groupby(enumerate(parts), key=lambda pair: bool(pair[1].changed)):
        if not differs:
            same = [block for _, part in group for block in part.mine]
            shown.append(Passage(-1, 0, richtext.to_html(same, heading_base=_HEADING)))
            continue
        for index, part in group:
            number = 1 + sum(1 for one in shown if one.number)
            difference = richtext.diff_html(part.theirs, part.mine, heading_base=_HEADING)
            shown.append(Passage(index, number, difference))
    return shown


def _take(request: HttpRequest, desk: Desk, found: WordFile) -> HttpResponse:
    seen = number_in(request.POST.get("seen")) or 0
    html = found.html if request.POST.get("whole") == "file" else _chosen(request, desk, found, seen)
    try:
        saved = word_files.take(found, html=html, base_version=seen, by=desk.user)
    except NotNow as no:
        for reason in no.reasons:
            messages.error(request, reason)
        return redirect(desk.edit_url)
    if not saved.applied:
        return conflict.page(request, desk, saved, html)
    messages.success(request, f"Taken from the Word file and saved at {timezone.localtime():%H:%M}.")
    return redirect(desk.edit_url)


def _chosen(request: HttpRequest, desk: Desk, found: WordFile, seen: int) -> str:
    answer = desk.answer
    draft = answer.text_of(seen) if answer else ()
    parts = conflict.parts_of(None, found.blocks, draft or ())
    return richtext.to_html(richtext.chosen(parts, choices_in(request.POST, len(parts))))


@login_required
@require_safe
def original_file(
    request: HttpRequest, partnership: str, collection: str, agency: str, file: int
) -> HttpResponse:
    """The file that the agency sent by e-mail, as it came; under a name that tells nothing of what is in it."""
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    not_found_unless(file <= LARGEST)
    originals = permissions.readable_originals(user, found).defer(None)
    one = get_object_or_404(originals, pk=file)
    year = found.collection
    name = f"{year.partnership.slug}-as-sent-by-e-mail-{year.slug}.docx"
    return attachment(bytes(one.content), _MEDIA_TYPE, name)
