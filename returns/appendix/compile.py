"""Approved revisions in, Document out. The only part of the appendix that reads the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from agencies.models import Event
from returns import richtext
from returns.appendix.document import (
    Document,
    Logo,
    Look,
    Part,
    Passage,
    Section,
    single_question,
    to_the_second,
)
from returns.appendix.glossary import glossary
from returns.models import Collection, Edition, Frame, Return, Revision
from returns.models.editions import NOTHING_TO_REPORT
from returns.models.gaps import Gap, gaps
from returns.models.registers import Registers, registers_of
from returns.models.writing import snapshot
from returns.workflow import RevisionKind, Status


def compile_document(collection: Collection) -> Document:
    """The appendix of what is approved, in its frame and the collection's order. Once the collection is closed, an
    agency whose return is missing has a sentence there that says why. Costs a fixed number of queries."""
    returns = list(
        collection.returns.exclude(status=Status.EXCLUDED).only(
            "id", "status", "name", "slug", "position", "collection"
        )
    )
    approved = [agency_return for agency_return in returns if agency_return.state == Status.APPROVED]
    revisions = _approved_revisions(approved)
    frame = Frame.of(collection)
    anchors = Anchors()
    missing = gaps(collection) if collection.is_closed else {}
    sections = []
    for one in returns:
        if one.pk in revisions:
            sections.append(section_of(revisions[one.pk], anchors, nothing=frame.nothing_to_report))
        elif one.pk in missing:
            sections.append(
                Section(anchors.take(one.name), one.name, instead=said_of(missing[one.pk], frame))
            )
    document = _document(
        collection,
        tuple(sections),
        preview=_missing(len(approved), len(returns)),
        as_of=_last_act(collection),
    )
    return _framed(document, frame, registers_of(collection.partnership_id))


def said_of(gap: Gap, frame: Frame) -> str:
    """What is printed in place of an answer that is missing; true of what became of it."""
    return frame.nothing_received if gap == Gap.NOTHING_SENT else frame.not_agreed


def compile_edition(edition: Edition) -> Document:
    """What the collection would be published as, with the imprint of the edition; never marked as a preview."""
    document = compile_document(edition.collection)
    as_of = to_the_second(edition.published_at)
    return replace(document, preview="", imprint=imprint(edition), as_of=as_of)


def imprint(edition: Edition) -> tuple[str, ...]:
    """What is said under the title: which edition, who approved it, what a correction mends."""
    published = timezone.localdate(edition.published_at)
    before = (
        edition.collection.editions.standing().filter(number__lt=edition.number).order_by("number").last()
    )
    corrects = f", corrects edition {before.number}" if before else ""
    lines = [
        f"Edition {edition.number}, published on {when(published)}{corrects}",
        f"Approved on behalf of the partners by {edition.approved_by_name}, {edition.approved_meeting}, "
        f"{when(edition.approved_on)}",
    ]
    return (*lines, *edition.note.splitlines())


def _framed(document: Document, frame: Frame, registers: Registers) -> Document:
    """With what the partnership put around the answers. A single question can be stated once, in front of them."""
    question = single_question(document.sections) if frame.question_once else ""
    asked = (richtext.Paragraph((richtext.Text(question),)),) if question else ()
    before = _filled(
        Part("preface", "Preface", richtext.parse(frame.preface)),
        Part("question", "What each agency was asked", asked),
    )
    after = _filled(
        Part("commentary", "Commentary", richtext.parse(frame.commentary), _signature(frame)),
        Part("closing", "Closing note", richtext.parse(frame.closing)),
    )
    explained = glossary((*before, *document.sections, *after), frame.meanings(registers.glossary))
    return replace(
        document,
        before=before,
        after=(*after, *_filled(explained)),
        question_once=bool(question),
    )


def _filled(*parts: Part) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.blocks)


def _signature(frame: Frame) -> str:
    if frame.commentary_by is None or frame.commentary_at is None:
        return ""
    signed = timezone.localdate(frame.commentary_at)
    return ", ".join(filter(None, (str(frame.commentary_by), frame.commentary_post, when(signed))))


def when(day: date) -> str:
    """3 May 2026"""
    return f"{day.day} {day:%B} {day.year}"


def compile_return(agency_return: Return, *, as_of: datetime, note: str = "") -> Document:
    """A document of one agency's section, made of the text as it stands now; `note` says what it is."""
    section = section_of(Revision(data=snapshot(agency_return)), Anchors())
    return _document(agency_return.collection, (section,), preview=note, as_of=as_of)


def _last_act(collection: Collection) -> datetime:
    """Since then nothing was done to what is compiled. The clock would make other files of the same text."""
    last = Event.objects.filter(about__startswith=collection.about).aggregate(at=Max("at"))["at"]
    return last or collection.created_at


def _document(
    collection: Collection, sections: tuple[Section, ...], *, preview: str, as_of: datetime
) -> Document:
    return Document(
        title=collection.title,
        label=collection.label,
        partnership=collection.partnership.name,
        report=collection.report_title,
        name=collection.name,
        collection=collection.slug,
        period_start=collection.period_start,
        period_end=collection.period_end,
        as_of=to_the_second(as_of),
        sections=sections,
        preview=preview,
        look=_look(collection),
    )


def _look(collection: Collection) -> Look:
    """The partnership's present one; a document keeps it."""
    partnership = collection.partnership
    if not partnership.logo_sha256:
        return Look(partnership.accent)
    return Look(partnership.accent, Logo(bytes(partnership.logo.content), partnership.logo_alt))


def _approved_revisions(approved: list[Return]) -> dict[int, Revision]:
    """The newest approved revision of each return: ascending numbers, so the last one stays."""
    found = Revision.objects.filter(agency_return__in=approved, kind=RevisionKind.APPROVED).order_by("number")
    return {revision.agency_return_id: revision for revision in found}


def _missing(approved: int, asked: int) -> str:
    if approved == asked:
        return ""
    return (
        f"Preview, not published: {approved} of {asked} returns {'is' if approved == 1 else 'are'} approved."
    )


def section_of(
    revision: Revision, anchors: Anchors | None = None, *, nothing: str = NOTHING_TO_REPORT
) -> Section:
    """One agency's section, from the wording and names of the revision's own day."""
    anchors = anchors or Anchors()
    anchor = anchors.take(revision.data["agency"])
    passages = tuple(
        Passage(f"{anchor}.{number}", answer["question"], richtext.parse(answer["html"]))
        for number, answer in enumerate(revision.data["answers"], start=1)
    )
    nil_reason = revision.data["nil_reason"]
    return Section(
        anchor, revision.data["agency"], passages, nil_reason, instead=nothing if nil_reason else ""
    )


# The addresses of what stands around the agencies.
_PARTS = ("preface", "question", "commentary", "closing", "glossary")


class Anchors:
    """Gives each agency an address of its own within a document, made of its name in whatever script.

    None holds a full stop, so that what is addressed below an agency ("police.1") never meets another one."""

    def __init__(self) -> None:
        self._taken: set[str] = {"contents", "main", "title", *_PARTS}

    def take(self, name: str) -> str:
        base = slugify(name, allow_unicode=True) or "agency"
        anchor, number = base, 1
        while anchor in self._taken:
            number += 1
            anchor = f"{base}-{number}"
        self._taken.add(anchor)
        return anchor
