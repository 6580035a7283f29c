"""Sets up partnerships and the agencies that sit in them. Knows nothing of returns."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Agency, Partnership, Seat, User
from agencies.permissions import require_administrator, require_manager


def about(thing: Partnership | Agency | User) -> str:
    """The path under which events about the thing are kept."""
    return f"{thing._meta.model_name}/{thing.pk}/"


@transaction.atomic
def create_partnership(*, name: str, slug: str, by: User) -> Partnership:
    require_administrator(by)
    partnership = Partnership.objects.create(name=name, slug=slug)
    record("create_partnership", f"set up {name}", by=by, about=about(partnership), partnership=partnership)
    return partnership


@transaction.atomic
def rename_partnership(partnership: Partnership, *, name: str, by: User) -> None:
    require_administrator(by)
    before = partnership.name
    partnership.name = name
    partnership.save(update_fields=["name"])
    record("rename_partnership", f"renamed {before} to {name}", by=by, about=about(partnership), partnership=partnership)


def free_agency_slug(name: str) -> str:
    """A short name for addresses that no agency has yet, in whatever script the name is written."""
    base = slugify(name, allow_unicode=True)[:70].strip("-") or "agency"
    slug, number = base, 1
    while Agency.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def add_seat(partnership: Partnership, *, name: str, by: User, agency: Agency | None = None, joined_on: date | None = None) -> Seat:
    """Gives an agency a place at the end of the list; `agency=None` makes a new one of that name."""
    require_manager(by, partnership)
    if agency is None:
        agency = Agency.objects.create(name=name, slug=free_agency_slug(name))
    if agency.succeeded_by_id:
        raise NotNow(f"{agency.name} was taken over by {agency.succeeded_by}. Add that agency instead.")
    if partnership.seats.current().filter(agency=agency).exists():
        raise NotNow(f"{agency.name} is already on the list.")
    last = partnership.seats.aggregate(last=Max("position"))["last"] or 0
    seat = Seat.objects.create(
        partnership=partnership,
        agency=agency,
        display_name="" if name == agency.name else name,
        position=last + 1,
        joined_on=joined_on or timezone.localdate(),
    )
    record("add_seat", f"added {seat.name}", by=by, about=about(partnership), partnership=partnership, agency=agency)
    return seat


@transaction.atomic
def rename_seat(seat: Seat, *, name: str, by: User) -> None:
    require_manager(by, seat.partnership)
    before = seat.name
    seat.display_name = "" if name == seat.agency.name else name
    seat.save(update_fields=["display_name"])
    record("rename_seat", f"renamed {before} to {seat.name}", by=by, about=about(seat.partnership), partnership=seat.partnership, agency=seat.agency)


@transaction.atomic
def move_seat(seat: Seat, *, up: bool, by: User) -> None:
    """Swaps the agency with its neighbour; at the end of the list nothing changes."""
    require_manager(by, seat.partnership)
    seats = list(seat.partnership.seats.current().select_for_update())
    at = [other.pk for other in seats].index(seat.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(seats):
        return
    seats[at], seats[to] = seats[to], seats[at]
    for position, other in enumerate(seats, start=1):
        Seat.objects.filter(pk=other.pk).update(position=position)
    record("move_seat", f"moved {seat.name} {'up' if up else 'down'}", by=by, about=about(seat.partnership), partnership=seat.partnership, agency=seat.agency)


@transaction.atomic
def end_seat(seat: Seat, *, by: User) -> None:
    """The agency leaves the partnership: its people lose their parts in it, what it wrote stays."""
    require_manager(by, seat.partnership)
    if seat.left_on:
        raise NotNow(f"{seat.name} has already left.")
    now = timezone.now()
    seat.left_on = timezone.localdate()
    seat.save(update_fields=["left_on"])
    seat.roles.filter(ended_at=None).update(ended_at=now, ended_by=by)
    seat.invitations.unanswered().update(withdrawn_at=now, withdrawn_by=by)
    record("end_seat", f"noted that {seat.name} has left", by=by, about=about(seat.partnership), partnership=seat.partnership, agency=seat.agency)


@transaction.atomic
def merge(agency: Agency, *, into: Agency, by: User) -> None:
    """One agency is taken over by another, in every partnership: its people carry on in the successor's place."""
    require_administrator(by)
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    into = Agency.objects.select_for_update().get(pk=into.pk)
    if agency == into:
        raise NotNow("An agency cannot be merged into itself. Choose another one.")
    for one in (agency, into):
        if one.succeeded_by_id:
            raise NotNow(f"{one.name} has already been merged into {one.succeeded_by}.")
    for seat in agency.seats.current().select_related("partnership"):
        _take_over(seat, into, by=by)
    agency.succeeded_by = into
    agency.save(update_fields=["succeeded_by"])
    Agency.objects.filter(succeeded_by=agency).update(succeeded_by=into)
    record("merge", f"merged {agency.name} into {into.name}", by=by, about=about(agency), agency=agency)


def _take_over(seat: Seat, into: Agency, *, by: User) -> None:
    """Ends the seat and names its successor, so that whoever sits there can finish what was begun."""
    successor = seat.partnership.seats.current().filter(agency=into).first()
    today = timezone.localdate()
    if successor is None:
        successor = Seat.objects.create(partnership=seat.partnership, agency=into, position=seat.position, joined_on=today)
    Seat.objects.filter(pk=seat.pk).update(left_on=today, succeeded_by=successor)
    Seat.objects.filter(succeeded_by=seat).update(succeeded_by=successor)
    now = timezone.now()
    held = set(successor.roles.filter(ended_at=None).values_list("user_id", "kind"))
    for role in seat.roles.filter(ended_at=None).select_related("user"):
        role.ended_at, role.ended_by = now, by
        role.save(update_fields=["ended_at", "ended_by"])
        if (role.user_id, role.kind) not in held:
            successor.roles.create(user=role.user, kind=role.kind, partnership=seat.partnership, began_by=by)
    seat.invitations.unanswered().update(withdrawn_at=now, withdrawn_by=by)
