"""The short forms of one year's appendix: which occur in it, what it says of each, and setting that for this year only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from agencies.actions.record import record
from agencies.models import User
from returns.actions import around
from returns.actions.collections import locked
from returns.actions.framing import locked_frame
from returns.appendix.document import Document
from returns.appendix.glossary import occurring
from returns.checks import unexpanded_acronym
from returns.models import Collection, Finding, Frame
from returns.models.registers import registers_of
from returns.workflow import Status

LONGEST = 200  # characters of a meaning


@dataclass(frozen=True, slots=True)
class ShortForm:
    """One that occurs. `meaning` is what this appendix prints and `usual` what the partnership's lists say; "" where
    nothing is printed or known."""

    short: str
    meaning: str
    usual: str


def short_forms_of(collection: Collection, document: Document) -> list[ShortForm]:
    """In the order of the alphabet; with those that the checks found nobody to expand."""
    registers, frame = registers_of(collection.partnership_id), Frame.of(collection)
    known = registers.acronyms.keys() | frame.glossary.keys() | _unexpanded(collection, frame)
    usual, printed = registers.glossary, frame.meanings(registers.glossary)
    return [
        ShortForm(short, printed.get(short, ""), usual.get(short, ""))
        for short in occurring(document.chapters, known)
    ]


def _unexpanded(collection: Collection, frame: Frame) -> set[str]:
    """In what is approved, and in what stands around it."""
    found = Finding.objects.filter(
        checkup__agency_return__collection=collection,
        checkup__agency_return__status=Status.APPROVED,
        rule=unexpanded_acronym.RULE,
    )
    beside = (one for one in around.of(collection, frame).others if one.rule == unexpanded_acronym.RULE)
    return {*found.values_list("quote", flat=True), *(one.quote for one in beside)}


@transaction.atomic
def set_meanings(collection: Collection, *, meanings: Mapping[str, str], by: User) -> Frame:
    """What this appendix says of each short form, "" for nothing. Only what differs from the partnership's lists is
    kept, so that a better entry there reaches it."""
    collection = locked(collection, by=by)
    frame = locked_frame(collection)
    usual = registers_of(collection.partnership_id).glossary
    said = {**frame.glossary, **{short: meaning.strip() for short, meaning in meanings.items()}}
    frame.glossary = {short: meaning for short, meaning in said.items() if meaning != usual.get(short, "")}
    frame.save(update_fields=["glossary"])
    phrase = "changed the short forms in the appendix"
    record("set_glossary", phrase, by=by, about=collection.about, partnership=collection.partnership)
    return frame
