"""What waits for a person in the returns of all their parts, partnerships and years. Costs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from agencies.models import Role, RoleKind, User
from returns.models.asks import Ask, AskKind
from returns.models.collections import Collection, CollectionStage
from returns.models.points import Finding
from returns.models.proofs import Proof, settle_url
from returns.models.returns import Return
from returns.workflow import Status, StatusPage

_TO_READ = (Status.SUBMITTED, Status.IN_REVIEW)
SECOND_READER = "Waits for a second reader"
PARTNERSHIP = "The partnership’s turn"
CUT_OFF = "Nobody’s turn: the year is closed"
CLOSED = StatusPage("Closed", "quiet", "")
_OBJECTION = Proof.objects.newest_of_each().objections().filter(agency_return=OuterRef("pk"))
_WISH = Ask.objects.filter(agency_return=OuterRef("pk"), kind=AskKind.REOPENING, answered_at=None)
_BLOCKING = Finding.objects.filter(checkup__agency_return=OuterRef("pk"), kept=None, severity="blocking")


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
    due: date | None = None
    days_late: int = 0
    mine: bool = True

    @property
    def is_due_today(self) -> bool:
        return self.due == timezone.localdate()


def waiting_for(user: User) -> list[Waiting]:
    return in_order([*_of_own_agencies(user), *_coordinated(user), *_case_studies(user)])


def in_order(lines: Iterable[Waiting]) -> list[Waiting]:
    """The person's own turns first, then by due date."""
    return sorted(lines, key=lambda line: (not line.mine, line.due or date.max, line.partnership, line.title))


# --- Of the person's own agencies ----------------------------------------------------------------


def _of_own_agencies(user: User) -> list[Waiting]:
    """The returns of years that are not over: open, or closed and not published yet. One whose proof waits for the person
    is listed by that alone."""
    proofs = list(_own_proofs(user))
    returns = Return.objects.of_agencies_of(user).for_pages().filter(_not_over())
    marked = returns.annotate(is_objecting=Exists(_OBJECTION), is_asking=Exists(_WISH))
    shown = {one.agency_return_id for one in proofs}
    return [_to_look_at(one) for one in proofs] + [_own(one) for one in marked if one.pk not in shown]


def _not_over() -> Q:
    return Q(collection__stage=CollectionStage.OPEN) | Q(
        collection__stage=CollectionStage.CLOSED, collection__in=Collection.objects.not_published()
    )


def _own(one: Return) -> Waiting:
    page = CLOSED if one.is_cut_off else one.page
    return Waiting(
        title=one.name,
        url=one.get_absolute_url(),
        partnership=one.collection.partnership.name,
        collection=str(one.collection),
        label="Ready to be checked" if one.ready_at and not one.is_cut_off else page.label,
        tone=page.tone,
        turn=turn_for_agency(one, unanswered=unanswered(one, objects=one.is_objecting, asks=one.is_asking)),  # type: ignore[attr-defined]
        due=one.due if one.waits_for_agency else None,
        days_late=one.days_late,
        mine=one.waits_for_agency,
    )


def _own_proofs(user: User) -> QuerySet[Proof]:
    """Sections to look at before they are printed; only those responsible answer."""
    proofs = Proof.objects.newest_of_each().unanswered()
    waiting = proofs.filter(
        answer_by__gte=timezone.localdate(), agency_return__in=Return.objects.led_by(user)
    )
    return waiting.select_related("agency_return__collection__partnership", "agency_return__seat")


def _to_look_at(proof: Proof) -> Waiting:
    one, turn = proof.agency_return, "Your turn: see how it will be printed"
    return _line(one, one.url("proof"), "Proof", "todo", turn, due=proof.answer_by)


# --- Whose turn it is, in words ------------------------------------------------------------------


def unanswered(agency_return: Return, *, objects: bool, asks: bool) -> str:
    """What the partnership still has to answer, said to the agency's own people. In a closed year nothing can be opened."""
    if objects:
        return "your objection"
    return "what you asked" if asks and agency_return.collection.is_open else ""


def turn_for_agency(agency_return: Return, *, unanswered: str = "") -> str:
    """Whose turn it is, said to the agency's own people. `unanswered` is what waits for an answer."""
    if unanswered and is_done(agency_return):
        return f"{PARTNERSHIP}: answer {unanswered}"
    return _turn(agency_return, "Your turn")


def turn_for_readers(
    agency_return: Return, *, only_case_studies: bool = False, is_unanswered: bool = False
) -> str:
    """Whose turn it is, said to coordinators and second readers. `only_case_studies`: approval waits for nothing but
    that somebody else reads them; `is_unanswered`: the agency has asked or objects, and waits for an answer."""
    if only_case_studies and agency_return.state in _TO_READ:
        return SECOND_READER
    if is_unanswered and is_done(agency_return):
        return PARTNERSHIP
    return _turn(agency_return, "The agency’s turn")


def is_done(agency_return: Return) -> bool:
    """As far as its status goes."""
    return not agency_return.page.turn


def _turn(agency_return: Return, agency: str) -> str:
    if agency_return.is_cut_off:
        return CUT_OFF
    return {"agency": agency, "coordinator": PARTNERSHIP, "": "Nothing to do"}[agency_return.page.turn]


# --- Of coordinators and second readers ----------------------------------------------------------


def _coordinated(user: User) -> list[Waiting]:
    """Returns to read, questions and objections to answer."""
    partnerships = _partnerships(user, RoleKind.COORDINATOR)
    if not partnerships:
        return []
    return [*_to_read(partnerships), *_asks(partnerships), *_objections(partnerships)]


def _partnerships(user: User, kind: RoleKind) -> list[int]:
    return [role.partnership_id for role in user.active_roles if role.kind == kind]


def _of(partnerships: list[int]) -> Q:
    return Q(collection__partnership__in=partnerships) & ~Q(collection__stage=CollectionStage.PREPARING)


def _to_read(partnerships: list[int]) -> list[Waiting]:
    """A closed year's, too: what was sent can still be approved."""
    returns = Return.objects.for_pages().filter(_of(partnerships), status__in=(*_TO_READ, Status.HELD))
    roles = Role.objects.active().filter(kind=RoleKind.SECOND_READER, partnership__in=partnerships)
    read_by_others = set(roles.values_list("partnership", flat=True))
    marked = returns.annotate(
        unread=F("checkup__unread_cases"), refused=F("checkup__refused_cases"), is_blocked=Exists(_BLOCKING)
    )
    return [_step(one, one.partnership_id in read_by_others) for one in marked]


def _step(one: Return, has_second_reader: bool) -> Waiting:
    turn, mine = "Your turn: read it", True
    if one.state == Status.HELD:
        turn = "Your turn: decide what happens"
    elif one.unread and not one.refused and not one.is_blocked:  # type: ignore[attr-defined]
        mine = not has_second_reader
        turn = "Your turn: have a case study read by somebody else" if mine else SECOND_READER
    return _line(one, one.url("review"), one.page.label, one.page.tone, turn, mine=mine)


def _asks(partnerships: list[int]) -> list[Waiting]:
    """In an open year only: in a closed one no time can be given, and nothing opened."""
    returns = Return.objects.filter(_of(partnerships), collection__stage=CollectionStage.OPEN)
    asks = Ask.objects.filter(answered_at=None, agency_return__in=returns)
    return [
        _line(
            ask.agency_return,
            ask.agency_return.url("ask_answer", ask.pk),
            f"Asks {ask.wish}",
            "todo",
            "Your turn: answer",
        )
        for ask in asks.select_related("agency_return__collection__partnership", "agency_return__seat")
    ]


def _objections(partnerships: list[int]) -> list[Waiting]:
    returns = Return.objects.filter(_of(partnerships))
    found = Proof.objects.newest_of_each().objections().filter(agency_return__in=returns)
    turn = "Your turn: answer the objection"
    return [
        _line(one.agency_return, settle_url(one.agency_return.collection, one.pk), *one.state, turn)
        for one in found.select_related("agency_return__collection__partnership")
    ]


def _case_studies(user: User) -> list[Waiting]:
    """What a second reader is asked to read: case studies that nobody has signed off."""
    partnerships = _partnerships(user, RoleKind.SECOND_READER)
    if not partnerships:
        return []
    returns = Return.objects.for_pages().filter(
        collection__partnership__in=partnerships, status__in=_TO_READ, checkup__unread_cases__gt=0
    )
    turn = "Your turn: read a case study"
    return [_line(one, one.url("review") + "#cases", one.page.label, one.page.tone, turn) for one in returns]


def _line(
    one: Return, url: str, label: str, tone: str, turn: str, *, due: date | None = None, mine: bool = True
) -> Waiting:
    return Waiting(
        title=one.name,
        url=url,
        partnership=one.collection.partnership.name,
        collection=str(one.collection),
        label=label,
        tone=tone,
        turn=turn,
        due=due,
        mine=mine,
    )
