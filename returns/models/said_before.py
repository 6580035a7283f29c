"""What an agency said before: its approved answer of the year before, and this year's to other partnerships. Reads only,
and only what the person may see of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from agencies.models import User
from agencies.prepared import prepared
from returns import richtext
from returns.models.returns import Return
from returns.models.writing import Revision
from returns.workflow import RevisionKind, Status

_FEWEST_WORDS = 6  # a heading or "We listened." comes every year


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of an earlier text; `key` names it in a form."""

    key: str
    blocks: richtext.Blocks


@dataclass(frozen=True, slots=True)
class Source:
    """One earlier text: `title` says which."""

    title: str
    passages: tuple[Passage, ...]

    @property
    def blocks(self) -> richtext.Blocks:
        return tuple(block for passage in self.passages for block in passage.blocks)


def sources_for(user: User, agency_return: Return) -> list[Source]:
    """For somebody of the agency, while they write: last year's first."""
    before = [
        _source(
            f"{one.agency_return.name}, {one.agency_return.collection}",
            one.agency_return_id,
            "l",
            _texts(one),
        )
        for one in last_approved(agency_return)
    ]
    return [*before, *_elsewhere(user, agency_return)]


def last_approved(agency_return: Return) -> list[Revision]:
    """What was approved in the newest earlier year in which there was anything: of the agency, or of those that it
    has taken over since, in the same partnership."""
    collection = agency_return.collection
    returns = _approved_before(
        seat=agency_return.seat_id, partnership=collection.partnership_id, period_end=collection.period_end
    )
    newest = [pk for pk, collection in returns if collection == returns[0][1]]
    if not newest:
        return []
    kept = Revision.objects.filter(agency_return__in=newest, kind=RevisionKind.APPROVED).order_by("number")
    by_return = {one.agency_return_id: one for one in kept.select_related("agency_return__collection")}
    return [by_return[pk] for pk in newest if pk in by_return]  # the later of two stands last


@prepared
def _approved_before(seat: int, partnership: int, period_end: date) -> QuerySet[Return, tuple[int, int]]:
    """Each with its collection, the newest year first."""
    approved = Return.objects.filter(
        Q(seat=seat) | Q(seat__succeeded_by=seat),
        status=Status.APPROVED,
        collection__partnership=partnership,
        collection__period_end__lt=period_end,
    )
    return approved.order_by("-collection__period_end", "position").values_list("pk", "collection")


def _texts(revision: Revision) -> list[richtext.Blocks]:
    return [answer["blocks"] for answer in revision.answers]


def _elsewhere(user: User, agency_return: Return) -> Iterator[Source]:
    """This year's answers of the same agency to other partnerships, as far as the person writes them, too."""
    if all(role.partnership_id == agency_return.partnership_id for role in user.active_roles):
        return
    period = agency_return.collection
    same_time = Q(
        collection__period_start__lt=period.period_end, collection__period_end__gt=period.period_start
    )
    others = (
        Return.objects.of_agencies_of(user)
        .filter(same_time, seat__agency=agency_return.seat.agency_id)
        .exclude(collection__partnership=agency_return.partnership_id)
        .for_pages()
        .prefetch_related("answers")
    )
    for one in others:
        texts = [answer.blocks for answer in one.answers.all()]
        if any(texts):
            yield _source(f"For {one.collection.partnership.name}, {one.collection}", one.pk, "e", texts)


def _source(title: str, pk: int, sort: str, texts: list[richtext.Blocks]) -> Source:
    blocks = [block for text in texts for block in text]
    return Source(title, tuple(Passage(f"{sort}{pk}-{n}", (block,)) for n, block in enumerate(blocks)))


def leaves_of(blocks: richtext.Blocks) -> Iterator[str]:
    """Each paragraph, point and cell as plain text, short ones apart."""
    for inlines in richtext.leaves(blocks):
        text = " ".join(
            "".join(one.text if isinstance(one, richtext.Text) else " " for one in inlines).split()
        )
        if len(text.split()) >= _FEWEST_WORDS:
            yield text


def brought_forward(revision: Revision, agency_return: Return) -> list[str]:
    """The passages that stood word for word in what the same partnership approved the year before."""
    before = {
        text for one in last_approved(agency_return) for blocks in _texts(one) for text in leaves_of(blocks)
    }
    if not before:
        return []
    return [text for blocks in _texts(revision) for text in leaves_of(blocks) if text in before]
