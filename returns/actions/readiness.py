"""What stands between now and publication, point by point: what it is, whose turn it is, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.urls import reverse

from returns.actions import around
from returns.appendix.compile import said_of, when
from returns.appendix.document import Document, Section, fingerprint, to_data
from returns.appendix.to_pdf import missing_characters
from returns.models import Collection, Declaration, Frame, Live, Proof, Return
from returns.models.gaps import Gap, gaps
from returns.models.overview import unconfirmed
from returns.models.points import counts
from returns.models.proofs import settle_url
from returns.workflow import Status

COORDINATOR, SECOND_READER = "A coordinator", "A second reader"


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the page. What does not block may stay as it is, when those who publish say so."""

    title: str
    turn: str
    link: str
    url: str
    blocks: bool = True
    hint: str = ""
    open_to_readers: bool = False  # whether the way there opens to second readers, too


# Each is asked in turn with the collection and the document as it would be published.
Source = Callable[[Collection, Document], Iterator[Point]]


def points(collection: Collection, document: Document) -> list[Point]:
    """What blocks comes first."""
    found = [point for source in SOURCES for point in source(collection, document)]
    return sorted(found, key=lambda point: not point.blocks)


def text_of(document: Document) -> str:
    """The fingerprint of a text, by which preparing and publishing know that they mean the same one, on any day."""
    return fingerprint(to_data(replace(document, preview="")) | {"as_of": ""})


def is_prepared(frame: Frame, document: Document) -> bool:
    """Whether somebody said of this very text that it is ready."""
    return frame.prepared_sha256 == text_of(document)


def without_answer(document: Document) -> list[Section]:
    """Those in whose place the appendix will have a sentence of the partnership's."""
    return [section for section in document.sections if section.is_missing]


def _still_open(collection: Collection, document: Document) -> Iterator[Point]:
    if collection.is_open:
        yield Point(
            "The return is still open, so agencies can still write",
            COORDINATOR,
            "Close it",
            reverse("collection_close", args=[collection.partnership.slug, collection.slug]),
        )


def _nothing_approved(collection: Collection, document: Document) -> Iterator[Point]:
    if all(section.is_missing for section in document.sections):
        yield Point(
            "No return is approved yet", COORDINATOR, "See all agencies", collection.get_absolute_url()
        )


def _returns(collection: Collection, document: Document) -> Iterator[Point]:
    return of_returns(collection, closed=collection.is_closed)


def of_returns(collection: Collection, *, closed: bool) -> Iterator[Point]:
    """What stands in the way of each return that is not approved, while the year is open or once it is closed."""
    asked, missing, frame = unconfirmed(collection), gaps(collection), Frame.of(collection)
    checked = counts(collection)
    for one in collection.returns.exclude(status__in=[Status.APPROVED, Status.EXCLUDED]):
        one.collection = collection
        gap = missing.get(one.pk)
        if gap is None:
            yield _with_partnership(
                one, asked.get(one.pk, ""), only_cases=one.pk in checked and checked[one.pk].only_cases
            )
        elif gap == Gap.OPENED_AGAIN:
            yield _opened_again(one, closed=closed)
        elif closed:
            yield _without_answer(one, gap, said_of(gap, frame))
        else:
            title, link = f"{one.name}: {one.page.label.lower()}", "Go to the return"
            hint = "Can still be sent."
            yield Point(title, "The agency", link, one.url("review"), blocks=False, hint=hint)


def _with_partnership(one: Return, asked: str, *, only_cases: bool) -> Point:
    """`asked` is whose word is owed for it; `only_cases`: nothing is, but that somebody else reads its case studies."""
    link, url = "Go to the return", one.url("review")
    if one.state == Status.HELD:
        return Point(f"{one.name}: on hold", COORDINATOR, link, url, open_to_readers=True)
    title = f"{one.name}: sent, and not approved yet"
    if only_cases and not asked:
        hint = "A case study in it is not signed off yet."
        return Point(title, SECOND_READER, link, f"{url}#cases", hint=hint, open_to_readers=True)
    return Point(title, asked or COORDINATOR, link, url, open_to_readers=True)


def _opened_again(one: Return, *, closed: bool) -> Point:
    """What readers have had before them never drops out without anybody having decided so."""
    title = f"{one.name}: published already, and opened again for changes"
    hint = (
        "Without it the next edition would have no answer of theirs. It has to be sent and approved again "
        "first, or the agency left out with a reason."
    )
    if closed:
        url = one.collection.get_absolute_url()
        return Point(title, COORDINATOR, "Open the year’s return again", url, hint=hint)
    return Point(title, "The agency", "Go to the return", one.url("review"), hint=hint)


def _without_answer(one: Return, gap: Gap, said: str) -> Point:
    what = "no return" if gap == Gap.NOTHING_SENT else "sent, and not agreed yet"
    hint = f"The appendix will say: “{said}” A return that comes late can be added by a correction."
    return Point(f"{one.name}: {what}", "", "Go to the return", one.url("review"), blocks=False, hint=hint)


def _to_check(collection: Collection, document: Document) -> Iterator[Point]:
    """What the checks still point at in the texts that would be printed; no text leaves approval by itself."""
    approved = set(collection.returns.filter(status=Status.APPROVED).values_list("pk", flat=True))
    found = [one for pk, one in counts(collection).items() if pk in approved]
    page = reverse("collection_points", args=[collection.partnership.slug, collection.slug])
    if identifying := sum(one.blocking for one in found):
        yield Point(
            f"{_number(identifying)} open in what is approved that could show who somebody is",
            COORDINATOR,
            "See which",
            page,
            blocks=False,
            hint="The checks or their lists have changed since. Put a return on hold if it must not be printed as it is.",
            open_to_readers=True,
        )
    others, kept = sum(one.others for one in found), sum(one.kept for one in found)
    if others or kept:
        title = f"{_number(others)} open in what is approved" if others else "No other point is open"
        hint = f"{kept} kept as they are, each with a reason." if kept else ""
        yield Point(title, "", "See them", page, blocks=False, hint=hint, open_to_readers=True)


def _around(collection: Collection, document: Document) -> Iterator[Point]:
    """What the checks point at in the partnership's own texts. Only a coordinator or a change of the text settles what
    could show who somebody is."""
    found = around.of(collection, Frame.of(collection))
    page = reverse("frame_points", args=[collection.partnership.slug, collection.slug])
    if found.is_open:
        title = f"{_number(len(found.identifying))} open around the answers that could show who somebody is"
        hint = f"In: {', '.join(place.title.lower() for place in found.places_identifying)}."
        yield Point(title, COORDINATOR, "See which", page, hint=hint, open_to_readers=True)
    elif found.is_kept:
        title = f"{_number(len(found.identifying))} kept around the answers"
        hint = f"{found.frame.kept_by} says why: {found.frame.kept_because}"
        yield Point(title, "", "See which", page, blocks=False, hint=hint, open_to_readers=True)
    if found.others:
        title = f"{_number(len(found.others))} open around the answers"
        yield Point(title, "", "See them", page, blocks=False, open_to_readers=True)


def _number(points: int) -> str:
    return "1 point to check is" if points == 1 else f"{points} points to check are"


def _characters(collection: Collection, document: Document) -> Iterator[Point]:
    for missing in missing_characters(document):
        where = f" in {missing.agency}" if missing.agency else ""
        yield Point(
            f"No font here has the character “{missing.character}”{where}",
            "",
            "Read it",
            reverse("appendix", args=[collection.partnership.slug, collection.slug]),
            blocks=False,
            open_to_readers=True,
            hint=f"{missing.name.capitalize()}. The PDF shows “�” in its place; the other formats show it as it is.",
        )


def proofs(collection: Collection) -> Iterator[Point]:
    """Objections stand until they are answered; who has not answered yet is waited for until the day that was named."""
    page = reverse("proofs", args=[collection.partnership.slug, collection.slug])
    newest = Proof.objects.of(collection).newest_of_each().order_by("agency_return__position")
    for proof in newest.objections():
        title = f"{proof.agency_return.name} objects to how it will be printed"
        yield Point(title, COORDINATOR, "Answer the objection", settle_url(collection, proof.pk))
    for proof in newest.unanswered():
        name, day = proof.agency_return.name, when(proof.answer_by)
        if proof.waits:
            hint = f"It can answer until {day}. If you cannot wait that long, send the proofs again with an earlier day."
            yield Point(f"{name} has not answered its proof", "The agency", "See the proofs", page, hint=hint)
        else:
            hint = f"It was asked to until {day}."
            yield Point(
                f"{name} did not answer its proof", "", "See the proofs", page, blocks=False, hint=hint
            )


def _proofs(collection: Collection, document: Document) -> Iterator[Point]:
    return proofs(collection)


def live_cases(collection: Collection) -> Iterator[Point]:
    """Approved is not settled for good: whoever publishes is told once more of a court case, and who was asked."""
    said = Declaration.objects.filter(
        agency_return__collection=collection,
        agency_return__status=Status.APPROVED,
        agency_return__nil_reason="",
        tells=True,
    ).exclude(live=Live.NO)
    for one in said.select_related("agency_return").order_by("agency_return__position"):
        one.agency_return.collection = collection
        name, url = one.agency_return.name, one.agency_return.url("review")
        likely = "is under way or likely" if one.is_live else "may be under way: nobody knows"
        title = f"{name}: a court case, inquest or review {likely}"
        hint = f"Asked: {one.live_note}" if one.live_note else "Nobody is named who was asked about it."
        yield Point(title, "", "Read it", f"{url}#cases", blocks=False, hint=hint, open_to_readers=True)


def _live_cases(collection: Collection, document: Document) -> Iterator[Point]:
    return live_cases(collection)


SOURCES: tuple[Source, ...] = (
    _still_open,
    _nothing_approved,
    _returns,
    _live_cases,
    _to_check,
    _around,
    _characters,
    _proofs,
)
