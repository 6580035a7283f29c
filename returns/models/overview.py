"""Where every agency of a collection stands, one row each. Costs a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from django.db.models import Max, QuerySet
from django.urls import reverse

from agencies.models import Message, Partnership, Role, RoleKind
from agencies.models.people import AGENCY_KINDS
from agencies.prepared import prepared
from returns.models.asks import Ask, Confirmation
from returns.models.collections import Collection
from returns.models.points import Counts, counts
from returns.models.proofs import Proof, settle_url
from returns.models.returns import Return
from returns.models.waiting import turn_for_readers
from returns.workflow import READABLE, Status

# What needs a coordinator's attention comes first; a question or an objection before all, and who is late before the others.
_ASKS, _LATE = 0, 4
_ORDER = {
    Status.HELD: 1,
    Status.SUBMITTED: 2,
    Status.IN_REVIEW: 3,
    Status.CHANGES_REQUESTED: 5,
    Status.DRAFT: 5,
    Status.APPROVED: 7,
    Status.EXCLUDED: 8,
}


@dataclass(frozen=True, slots=True)
class Row:
    """Plain values that can be compared, so that a long table is quick to write."""

    name: str
    url: str
    seat: int
    status: Status
    is_readable: bool  # by second readers, too
    label: str
    tone: str
    turn: str
    for_partnership: bool
    due: date | None  # while the agency has the pen
    days_late: int
    words: int
    is_nil: bool
    active_at: datetime | None
    leads: tuple[str, ...]
    reminded_at: datetime | None  # while the agency has the pen
    points: Counts | None  # of what was sent
    asks: str  # what for; "" when it asks nothing
    ask_url: str
    objection_url: str  # "" when it objects to nothing
    order: tuple[int, int, int]

    @property
    def waits_for_partnership(self) -> bool:
        return self.for_partnership or bool(self.asks or self.objection_url)


def rows(collection: Collection) -> list[Row]:
    """One row an agency, what needs attention first."""
    people = people_by_seat(collection.partnership)
    asks = {ask.agency_return_id: ask for ask in _open_asks(collection=collection)}
    objections = {one: settle_url(collection, proof) for one, proof in _objections(collection=collection)}
    asked = unconfirmed(collection)
    points = counts(collection)
    reminded = _reminded(collection)
    before, after = _around_slug(collection)
    found = []
    for one in _returns_of(collection=collection):
        one.collection = collection
        found_points = points.get(one.pk)
        ask, objection_url = asks.get(one.pk), objections.get(one.pk, "")
        turn = asked.get(one.pk) or turn_for_readers(
            one,
            only_case_studies=found_points is not None and found_points.only_cases,
            is_unanswered=bool(ask or objection_url),
        )
        url = before + quote(one.slug) + after
        leads = lead_roles(one, people)
        last = max((reminded[role.user_id] for role in leads if role.user_id in reminded), default=None)
        found.append(_row(one, url, turn, leads, last, found_points, ask, objection_url))
    return sorted(found, key=lambda row: row.order)


@prepared
def _returns_of(collection: Collection) -> QuerySet[Return]:
    return Return.objects.filter(collection=collection).with_words().select_related("seat")


def _around_slug(collection: Collection) -> list[str]:
    """The address of a review page before and after the agency; looked up once and not for every row."""
    return reverse("review", args=[collection.partnership.slug, collection.slug, "AGENCY"]).split("AGENCY")


def _row(
    one: Return,
    url: str,
    turn: str,
    leads: list[Role],
    reminded_at: datetime | None,
    points: Counts | None,
    ask: Ask | None,
    objection_url: str,
) -> Row:
    page, late, state = one.page, one.days_late, one.state
    place = _ASKS if ask or objection_url else (_LATE if late else _ORDER[state])
    return Row(
        name=one.name,
        url=url,
        seat=one.seat_id,
        status=state,
        is_readable=state in READABLE,
        label=page.label,
        tone=page.tone,
        turn=turn,
        for_partnership=page.turn == "coordinator",
        due=one.due if one.waits_for_agency else None,
        days_late=late,
        words=one.words,  # type: ignore[attr-defined]
        is_nil=one.is_nil,
        active_at=one.active_at,
        leads=tuple(str(role.user) for role in leads),
        reminded_at=reminded_at if one.waits_for_agency else None,
        points=points,
        asks=ask.wish if ask else "",
        ask_url=one.url("ask_answer", ask.pk) if ask else "",
        objection_url=objection_url,
        order=(place, -late, one.position),
    )


def people_by_seat(partnership: Partnership) -> dict[int, list[Role]]:
    """The parts of the agencies' people, leads first, by seat."""
    roles = _roles_in(partnership=partnership)
    found: dict[int, list[Role]] = {}
    for role in sorted(roles, key=lambda role: (role.kind != RoleKind.LEAD, role.user.name)):
        found.setdefault(role.seat_id or 0, []).append(role)
    return found


@prepared
def _roles_in(partnership: Partnership) -> QuerySet[Role]:
    active = Role.objects.active().filter(partnership=partnership, kind__in=AGENCY_KINDS)
    return active.select_related("user").order_by()


def lead_roles(agency_return: Return, people: dict[int, list[Role]]) -> list[Role]:
    """Those responsible, in the return's own seat and the one that took it over."""
    roles = (role for seat in agency_return.seat_ids for role in people.get(seat, ()))
    return [role for role in roles if role.kind == RoleKind.LEAD]


def _reminded(collection: Collection) -> dict[int, datetime]:
    """When each person was last reminded of something in it."""
    return dict(_reminders(about=collection.about))


@prepared
def _reminders(about: str) -> QuerySet[Message, tuple[int, datetime]]:
    sent = Message.objects.filter(kind="reminder", about__startswith=about, to_user__isnull=False)
    return sent.order_by().values_list("to_user").annotate(Max("created_at"))


@prepared
def _open_asks(collection: Collection) -> QuerySet[Ask]:
    return Ask.objects.filter(agency_return__collection=collection, answered_at=None)


@prepared
def _objections(collection: Collection) -> QuerySet[Proof, tuple[int, int]]:
    newest = Proof.objects.newest_of_each().objections().filter(agency_return__collection=collection)
    return newest.order_by().values_list("agency_return", "pk")


def unconfirmed(collection: Collection) -> dict[int, str]:
    """Whose word is still owed for answers that a coordinator typed in."""
    waiting = _unconfirmed(collection=collection)
    return {agency_return: f"{name} is asked to confirm it" for agency_return, name in waiting}


@prepared
def _unconfirmed(collection: Collection) -> QuerySet[Confirmation, tuple[int, str]]:
    waiting = Confirmation.objects.filter(
        agency_return__collection=collection,
        agency_return__typed_by__isnull=False,
        agency_return__status__in=[Status.SUBMITTED, Status.IN_REVIEW],
        answered_at=None,
    )
    return waiting.order_by("asked_at").values_list("agency_return", "name")
