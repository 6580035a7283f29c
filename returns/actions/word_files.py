"""A Word file handed in for an answer: read, shown, and taken or left. Taking is a save like any other."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import User
from returns import permissions
from returns.actions import drafting, typing_in
from returns.actions.drafting import Saved
from returns.actions.moves import locked
from returns.importing import word
from returns.models import Question, Return, WordFile
from returns.workflow import TRANSITIONS

_TYPES_IN = TRANSITIONS["submit_for_agency"].by


@transaction.atomic
def receive(
    agency_return: Return, question: Question, *, content: bytes, for_agency: bool, by: User
) -> WordFile:
    """Reads the file and keeps it until somebody has said what becomes of it. It changes no text, so it leaves no
    event. NotNow says what is wrong with a file that cannot be read."""
    agency_return = locked(agency_return)
    _require(agency_return, for_agency=for_agency, by=by)
    try:
        read = word.read(content)
    except word.Unreadable as error:
        raise NotNow(str(error)) from error
    WordFile.objects.forgotten(timezone.now()).delete()
    return WordFile.objects.create(
        agency_return=agency_return,
        question=question,
        for_agency=for_agency,
        content=content if for_agency else b"",
        size=len(content),
        html=read.html,
        notes=list(read.notes),
        received_by=by,
    )


@transaction.atomic
def take(word_file: WordFile, *, html: str, base_version: int, by: User) -> Saved:
    """Saves what was chosen of the file and the draft. If somebody saved since, nothing is taken yet: both texts are
    shown, as with every other save."""
    agency_return = locked(word_file.agency_return)
    found = WordFile.objects.select_for_update(of=("self",)).select_related("question")
    word_file = found.get(pk=word_file.pk)
    if word_file.taken_at:
        raise NotNow("This file was taken already.")
    save = typing_in.type_in if word_file.for_agency else drafting.save_answer
    saved = save(
        agency_return,
        word_file.question,
        html=html,
        base_version=base_version,
        client=uuid4().hex,
        sequence=1,
        by=by,
    )
    _settle(word_file)
    if saved.applied:
        _record(agency_return, by=by)
    return saved


@transaction.atomic
def leave(word_file: WordFile, *, by: User) -> None:
    """Nothing of the file is taken, and nothing of it is kept."""
    _require(locked(word_file.agency_return), for_agency=word_file.for_agency, by=by)
    WordFile.objects.waiting().filter(pk=word_file.pk).delete()


def _require(agency_return: Return, *, for_agency: bool, by: User) -> None:
    if for_agency:
        permissions.require(by, agency_return, _TYPES_IN)
        drafting.refuse_unless_pen(agency_return)
        typing_in.refuse_if_agency_writes(agency_return)
    else:
        permissions.require_writer(by, agency_return)
        drafting.refuse_unless_pen(agency_return)


def _settle(word_file: WordFile) -> None:
    """The original of what came by e-mail stays with the return; the agency has its own file itself."""
    if not word_file.for_agency:
        word_file.delete()
        return
    word_file.taken_at = timezone.now()
    word_file.save(update_fields=["taken_at"])


def _record(agency_return: Return, *, by: User) -> None:
    record(
        "take_word_file",
        "took in the text of a Word file",
        by=by,
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
    )
