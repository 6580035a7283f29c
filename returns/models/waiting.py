"""What waits for a person, across all their parts, partnerships and years. Costs a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from agencies.models import RoleKind, User
from returns.models.asks import Ask
from returns.models.collections import Collection, CollectionStage
from returns.models.returns import Return
from returns.workflow import Status

_TO_READ = (Status.SUBMITTED, Status.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the home page. `mine` says that the next step is the person's own."""

    title: str
    url: str
    partnership: str
    collection: str
    label: str
    tone: str
    turn: str
    due: date | None
    days_late: int
    mine: bool


def waiting_for(user: User) -> list[Waiting]:
    """Everything under way, the person's own turns first, then by due date."""
    lines = [*_own_returns(user), *_coordinated(user), *_case_studies(user)]
    return sorted(lines, key=lambda line: (not line.mine, line.due or date.max, line.partnership, line.title))


def _own_returns(user: User) -> list[Waiting]:
    returns = Return.objects.of_agencies_of(user).for_pages()
    under_way = returns.exclude(collection__stage=CollectionStage.CLOSED)
    return [
        Waiting(
            title=one.name,
            url=one.get_absolute_url(),
            partnership=one.collection.partnership.name,
            collection=str(one.collection),
            label="Ready to be checked" if one.ready_at else one.page.label,
            tone=one.page.tone,
            turn=turn_for_agency(one),
            due=one.due if one.waits_for_agency else None,
            days_late=one.days_late,
            mine=one.waits_for_agency,
        )
        for one in under_way
    ]


def turn_for_agency(agency_return: Return) -> str:
    """Whose turn it is, said to the agency's own people."""
    return {
        "agency": "Your turn",
        "coordinator": "The partnership’s turn",
        "": "Nothing to do",
    }[agency_return.page.turn]


def turn_for_readers(agency_return: Return) -> str:
    """Whose turn it is, said to coordinators and second readers."""
    return {"agency": "The agency’s turn", "coordinator": "The partnership’s turn", "": "Nothing to do"}[
        agency_return.page.turn
    ]


def _coordinated(user: User) -> list[Waiting]:
    partnerships = [role.partnership_id for role in user.active_roles if role.kind == RoleKind.COORDINATOR]
    if not partnerships:
        return []
    collections = (
        Collection.objects.filter(partnership__in=partnerships)
        .exclude(stage=CollectionStage.CLOSED)
        .select_related("partnership")
        .annotate(
            asked=Count("returns", filter=~Q(returns__status=Status.EXCLUDED)),
            approved=Count("returns", filter=Q(returns__status=Status.APPROVED)),
        )
    )
    return [*_steps(partnerships), *(_overview(one) for one in collections)]


def _steps(partnerships: list[int]) -> list[Waiting]:
    """Returns to read, and questions to answer."""
    returns = Return.objects.for_pages().filter(
        collection__partnership__in=partnerships, collection__stage=CollectionStage.OPEN
    )
    to_read = returns.filter(Q(status__in=_TO_READ) | Q(status=Status.HELD))
    asks = Ask.objects.filter(answered_at=None, agency_return__in=returns)
    lines = [_line(one, one.url("review"), one.page.label, one.page.tone, _step(one)) for one in to_read]
    for ask in asks.select_related("agency_return__collection__partnership", "agency_return__seat__agency"):
        one = ask.agency_return
        label = f"Asks for {ask.get_kind_display().lower()}"
        lines.append(_line(one, one.url("ask_answer", ask.pk), label, "todo", "Your turn: answer"))
    return lines


def _step(agency_return: Return) -> str:
    return "Your turn: decide what happens" if agency_return.state == Status.HELD else "Your turn: read it"


def _line(one: Return, url: str, label: str, tone: str, turn: str) -> Waiting:
    return Waiting(
        title=one.name,
        url=url,
        partnership=one.collection.partnership.name,
        collection=str(one.collection),
        label=label,
        tone=tone,
        turn=turn,
        due=None,
        days_late=0,
        mine=True,
    )


def _case_studies(user: User) -> list[Waiting]:
    """What a second reader is asked to read: case studies that nobody has signed off."""
    partnerships = [role.partnership_id for role in user.active_roles if role.kind == RoleKind.SECOND_READER]
    if not partnerships:
        return []
    returns = Return.objects.for_pages().filter(
        collection__partnership__in=partnerships, status__in=_TO_READ, checkup__unread_cases__gt=0
    )
    turn = "Your turn: read a case study"
    return [_line(one, one.url("review") + "#cases", one.page.label, one.page.tone, turn) for one in returns]


def _overview(collection: Collection) -> Waiting:
    """The collection as a whole: the coordinator's turn while it is prepared, the agencies' afterwards."""
    asked, approved = collection.asked, collection.approved  # type: ignore[attr-defined]
    preparing = collection.is_preparing
    complete = not preparing and asked and asked == approved
    return Waiting(
        title=f"The {collection}: all agencies",
        url=collection.get_absolute_url(),
        partnership=collection.partnership.name,
        collection=str(collection),
        label="Being prepared" if preparing else f"{approved} of {asked} approved",
        tone="todo" if preparing else ("done" if complete else "active"),
        turn="Your turn: prepare and open it" if preparing else "",
        due=collection.due_on,
        days_late=0,
        mine=preparing,
    )
