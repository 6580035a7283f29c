"""Whose turn it is with a whole year: while it is prepared and open, and from its closing until it is published."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from agencies.models import RoleKind, User
from returns.actions.editions import others_who_publish, unchanged_since
from returns.actions.readiness import COORDINATOR, is_prepared, proofs
from returns.appendix.compile import compile_document, when
from returns.models import Collection, CollectionStage, Edition, Frame
from returns.models.gaps import Gap, gaps
from returns.models.waiting import Waiting
from returns.workflow import PEN, Status

_STANDING = Edition.objects.standing().filter(collection=OuterRef("pk")).order_by()


def year_turns(user: User) -> list[Waiting]:
    """One line a year for its coordinators; for second readers those that wait to be published. A fixed number of
    queries, but for closed years: what became of returns that were not agreed, and whether the text is still the same,
    is only known from them."""
    found = []
    for one in _under_way(user):
        coordinates = user.has_role(one.partnership_id, RoleKind.COORDINATOR)
        line = _to_publish(one, user) if one.is_closed else (_before(one) if coordinates else None)
        found += [line] if line and (line.mine or coordinates) else []
    return found


def _under_way(user: User) -> list[Collection]:
    late = Q(returns__due_on__lt=timezone.localdate()) | Q(
        returns__due_on=None, due_on__lt=timezone.localdate()
    )
    writing = Q(returns__status__in=PEN)
    years = (
        Collection.objects.visible_to(user)
        .filter(
            ~Q(stage=CollectionStage.CLOSED)
            | Q(pk__in=Collection.objects.not_published())
            | Q(frame__prepared_by__isnull=False)
            | ~Exists(_STANDING.filter(published_at__gte=OuterRef("closed_at")))
        )
        .select_related("partnership", "frame__prepared_by")
        .annotate(
            asked=Count("returns", filter=~Q(returns__status=Status.EXCLUDED)),
            approved=Count("returns", filter=Q(returns__status=Status.APPROVED)),
            writing=Count("returns", filter=writing),
            late=Count("returns", filter=writing & late),
            is_published=Exists(_STANDING),
        )
    )
    return list(years)


def _before(year: Collection) -> Waiting:
    """The coordinator's turn while it is prepared, and again when agencies are late or all is in."""
    if year.is_preparing:
        return _line(year, "Being prepared", "todo", "Your turn: prepare and open it")
    asked, approved, late = year.asked, year.approved, year.late  # type: ignore[attr-defined]
    label = f"{approved} of {asked} approved" + (f" · {late} late" if late else "")
    if asked and approved == asked:
        return _line(year, label, "done", "Your turn: close it")
    if late:
        return _line(year, label, "todo", "Your turn: remind who is late, or close it")
    turn = "The agencies’ turn" if year.writing else ""  # type: ignore[attr-defined]
    return _line(year, label, "active", turn, mine=False)


def _to_publish(year: Collection, user: User) -> Waiting | None:
    """The turn of a coordinator until somebody says that it is ready, then of somebody else; of nobody while the
    edition that is read says the same."""
    frame = getattr(year, "frame", None)
    coordinates = user.has_role(year.partnership_id, RoleKind.COORDINATOR)
    if frame is None or frame.prepared_by is None:
        if year.is_published and unchanged_since(year, compile_document(year)):  # type: ignore[attr-defined]
            return None
        turn = "Your turn: see what is left to do, and say that it is ready"
        return _appendix(year, turn, mine=coordinates)
    if not is_prepared(frame, compile_document(year)):
        turn = "Your turn: something has changed, so say again that it is ready"
        return _appendix(year, turn, mine=coordinates)
    waits_for = {point.turn for point in proofs(year) if point.blocks}
    if COORDINATOR in waits_for:
        return _appendix(year, "Your turn: see what has to be done first", mine=coordinates)
    if waits_for:
        return _appendix(year, "The agencies’ turn: look at their proofs", mine=False)
    return _prepared(year, frame, user)


def _prepared(year: Collection, frame: Frame, user: User) -> Waiting:
    if frame.not_before and timezone.localdate() < frame.not_before:
        return _appendix(year, f"Not to be published before {when(frame.not_before)}", mine=False)
    if frame.prepared_by == user and others_who_publish(year, user):
        return _appendix(year, "Somebody else’s turn: read it and publish it", mine=False)
    return _appendix(year, "Your turn: read it and publish it", mine=True)


def _appendix(year: Collection, turn: str, *, mine: bool) -> Waiting:
    label = f"{year.approved} of {year.asked} approved"  # type: ignore[attr-defined]
    if year.writing:  # type: ignore[attr-defined]
        label += f" · {_without_answer(year)}"
    return Waiting(
        title=f"The appendix of the {year}",
        url=reverse("readiness", args=[year.partnership.slug, year.slug]),
        partnership=year.partnership.name,
        collection=str(year),
        label=label,
        tone="active",
        turn=turn,
        mine=mine,
    )


def _without_answer(year: Collection) -> str:
    """How many of each kind, in the words of the page that publishes."""
    count = Counter(gaps(year).values())
    return ", ".join(f"{count[gap]} {words}" for gap, words in _GAPS.items() if count[gap])


_GAPS = {
    Gap.OPENED_AGAIN: "opened again",
    Gap.NOT_AGREED: "not agreed",
    Gap.NOTHING_SENT: "not sent",
}


def _line(year: Collection, label: str, tone: str, turn: str, *, mine: bool = True) -> Waiting:
    return Waiting(
        title=f"The {year}: all agencies",
        url=year.get_absolute_url(),
        partnership=year.partnership.name,
        collection=str(year),
        label=label,
        tone=tone,
        turn=turn,
        due=year.due_on,
        mine=mine,
    )
