"""Approved revisions in, Document out. The only part of the appendix that reads the database."""

from __future__ import annotations

from django.utils.text import slugify

from returns import richtext
from returns.appendix.document import Document, Passage, Section
from returns.models import Collection, Return, Revision
from returns.models.writing import snapshot
from returns.workflow import RevisionKind, Status


def compile_document(collection: Collection) -> Document:
    """The appendix of what is approved, in the collection's order. Costs a fixed number of queries."""
    returns = list(
        collection.returns.exclude(status=Status.EXCLUDED).only(
            "id", "status", "name", "slug", "position", "collection"
        )
    )
    approved = [agency_return for agency_return in returns if agency_return.state == Status.APPROVED]
    revisions = _approved_revisions(approved)
    anchors = Anchors()
    sections = tuple(section_of(revisions[one.pk], anchors) for one in approved)
    return _document(collection, sections, preview=_missing(len(approved), len(returns)))


def compile_return(agency_return: Return, *, note: str = "") -> Document:
    """A document of one agency's section, made of the text as it stands now; `note` says what it is."""
    section = section_of(Revision(data=snapshot(agency_return)), Anchors())
    return _document(agency_return.collection, (section,), preview=note)


def _document(collection: Collection, sections: tuple[Section, ...], *, preview: str) -> Document:
    return Document(
        title=collection.title,
        label=collection.label,
        partnership=collection.partnership.name,
        report=collection.report_title,
        name=collection.name,
        collection=collection.slug,
        period_start=collection.period_start,
        period_end=collection.period_end,
        sections=sections,
        preview=preview,
    )


def _approved_revisions(approved: list[Return]) -> dict[int, Revision]:
    """The newest approved revision of each return: ascending numbers, so the last one stays."""
    found = Revision.objects.filter(agency_return__in=approved, kind=RevisionKind.APPROVED).order_by("number")
    return {revision.agency_return_id: revision for revision in found}


def _missing(approved: int, asked: int) -> str:
    if approved == asked:
        return ""
    return f"Preview: {approved} of {asked} returns {'is' if approved == 1 else 'are'} approved."


def section_of(revision: Revision, anchors: Anchors | None = None) -> Section:
    """One agency's section, from the wording and names of the revision's own day."""
    anchors = anchors or Anchors()
    anchor = anchors.take(revision.data["agency"])
    passages = tuple(
        Passage(f"{anchor}.{number}", answer["question"], richtext.parse(answer["html"]))
        for number, answer in enumerate(revision.data["answers"], start=1)
    )
    return Section(anchor, revision.data["agency"], passages, revision.data["nil_reason"])


class Anchors:
    """Gives each agency an address of its own within a document, made of its name in whatever script.

    None holds a full stop, so that what is addressed below an agency ("police.1") never meets another one."""

    def __init__(self) -> None:
        self._taken: set[str] = {"contents", "main", "title"}

    def take(self, name: str) -> str:
        base = slugify(name, allow_unicode=True) or "agency"
        anchor, number = base, 1
        while anchor in self._taken:
            number += 1
            anchor = f"{base}-{number}"
        self._taken.add(anchor)
        return anchor
