"""Sets up partnerships and the agencies that sit in them. Knows nothing of returns."""

from __future__ import annotations

import contextlib
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from agencies.actions import messages
from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Agency, Invitation, Partnership, Seat, User
from agencies.models.organisations import cut_slug
from agencies.permissions import require_administrator, require_mailbox, require_manager


def about(thing: Partnership | Agency | User) -> str:
    """The path under which events about the thing are kept."""
    return f"{thing._meta.model_name}/{thing.pk}/"


@transaction.atomic
def create_partnership(*, name: str, slug: str, by: User) -> Partnership:
    require_administrator(by)
    try:
        with transaction.atomic():
            partnership = Partnership.objects.create(name=name, slug=slug)
    except IntegrityError:
        raise NotNow(f"There is a partnership with the short name {slug} already. Choose another.") from None
    record("create_partnership", f"set up {name}", by=by, about=about(partnership), partnership=partnership)
    return partnership


@transaction.atomic
def rename_partnership(partnership: Partnership, *, name: str, by: User) -> None:
    require_administrator(by)
    partnership = lock(partnership)
    before = partnership.name
    if name == before:
        return
    partnership.name = name
    partnership.save(update_fields=["name"])
    record(
        "rename_partnership",
        f"renamed {before} to {name}",
        by=by,
        about=about(partnership),
        partnership=partnership,
    )


def lock(partnership: Partnership) -> Partnership:
    """Lets one change at a time be made to the partnership's people and agencies."""
    return Partnership.objects.select_for_update().get(pk=partnership.pk)


def free_agency_slug(name: str) -> str:
    """A short name for addresses that no agency has yet, in whatever script the name is written."""
    base = cut_slug(slugify(name, allow_unicode=True), 70).strip("-") or "agency"
    slug, number = base, 1
    while Agency.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _create_agency(name: str) -> Agency:
    """Somebody else may take the same short name at the same moment; then the next one is tried."""
    for _ in range(5):
        with contextlib.suppress(IntegrityError), transaction.atomic():
            return Agency.objects.create(name=name, slug=free_agency_slug(name))
    raise NotNow("Several agencies were being added at once. Try again.")


@transaction.atomic
def add_seat(
    partnership: Partnership,
    *,
    name: str,
    by: User,
    agency: Agency | None = None,
    joined_on: date | None = None,
) -> Seat:
    """Gives an agency a place at the end of the list; `agency=None` makes a new one of that name."""
    require_manager(by, partnership)
    if agency is None:
        agency = _create_agency(name)
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    lock(partnership)
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
    record(
        "add_seat",
        f"added {seat.name}",
        by=by,
        about=about(partnership),
        partnership=partnership,
        agency=agency,
    )
    return seat


@transaction.atomic
def rename_seat(seat: Seat, *, name: str, by: User) -> None:
    require_manager(by, seat.partnership)
    before = seat.name
    if name == before:
        return
    seat.display_name = "" if name == seat.agency.name else name
    seat.save(update_fields=["display_name"])
    record(
        "rename_seat",
        f"renamed {before} to {seat.name}",
        by=by,
        about=about(seat.partnership),
        partnership=seat.partnership,
        agency=seat.agency,
    )


@transaction.atomic
def set_mailbox(seat: Seat, *, email: str, by: User) -> None:
    """Which mailbox is copied in on the e-mails to the agency's people; "" for none."""
    require_mailbox(by, seat)
    lock(seat.partnership)
    seat.mailbox = email.strip().lower()
    seat.save(update_fields=["mailbox"])
    record(
        "set_mailbox",
        f"had {seat.mailbox} copied in on the e-mails to {seat.name}"
        if seat.mailbox
        else f"ended the copies of e-mails to {seat.name}",
        by=by,
        about=about(seat.partnership),
        partnership=seat.partnership,
        agency=seat.agency,
    )


@transaction.atomic
def move_seat(seat: Seat, *, up: bool, by: User) -> None:
    """Swaps the agency with its neighbour; at the end of the list nothing changes."""
    require_manager(by, seat.partnership)
    lock(seat.partnership)
    seats = list(seat.partnership.seats.current().select_related("agency"))
    if seat not in seats:
        raise NotNow(f"{seat.name} has left, so it has no place in the order.")
    at = [other.pk for other in seats].index(seat.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(seats):
        return
    seats[at], seats[to] = seats[to], seats[at]
    for position, other in enumerate(seats, start=1):
        Seat.objects.filter(pk=other.pk).update(position=position)
    record(
        "move_seat",
        f"moved {seat.name} {'up' if up else 'down'}",
        by=by,
        about=about(seat.partnership),
        partnership=seat.partnership,
        agency=seat.agency,
    )


@transaction.atomic
def end_seat(seat: Seat, *, by: User) -> None:
    """The agency leaves the partnership: its people lose their parts in it, what it wrote stays."""
    require_manager(by, seat.partnership)
    lock(seat.partnership)
    seat = Seat.objects.select_related("partnership", "agency").get(pk=seat.pk)
    if seat.left_on:
        raise NotNow(f"{seat.name} has already left.")
    now = timezone.now()
    seat.left_on = timezone.localdate()
    seat.save(update_fields=["left_on"])
    seat.roles.filter(ended_at=None).update(ended_at=now, ended_by=by)
    for invitation in seat.invitations.unanswered():
        withdraw(invitation, by=by)
    record(
        "end_seat",
        f"noted that {seat.name} has left",
        by=by,
        about=about(seat.partnership),
        partnership=seat.partnership,
        agency=seat.agency,
    )


@transaction.atomic
def merge(agency: Agency, *, into: Agency, by: User) -> None:
    """One agency is taken over by another, in every partnership: its people carry on in the successor's place."""
    require_administrator(by)
    if agency.pk == into.pk:
        raise NotNow("An agency cannot be merged into itself. Choose another one.")
    # In one order for everybody, so that two mergers cannot wait for each other.
    locked = Agency.objects.select_for_update().filter(pk__in=[agency.pk, into.pk]).order_by("pk")
    found = {one.pk: one for one in locked}
    agency, into = found[agency.pk], found[into.pk]
    for one in (agency, into):
        if one.succeeded_by_id:
            raise NotNow(f"{one.name} has already been merged into {one.succeeded_by}.")
    for seat in agency.seats.current().select_related("partnership").order_by("partnership"):
        lock(seat.partnership)
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
        successor = Seat.objects.create(
            partnership=seat.partnership, agency=into, position=seat.position, joined_on=today
        )
    Seat.objects.filter(pk=seat.pk).update(left_on=today, succeeded_by=successor)
    Seat.objects.filter(succeeded_by=seat).update(succeeded_by=successor)
    held = _carry_roles(seat, successor, by=by)
    _carry_invitations(seat, successor, held, by=by)


def _carry_roles(seat: Seat, successor: Seat, *, by: User) -> set[tuple[str, str]]:
    """Gives the seat's people the same parts in the successor; who has which part there now, by address."""
    now = timezone.now()
    held = set(successor.roles.filter(ended_at=None).values_list("user__email", "kind"))
    for role in seat.roles.filter(ended_at=None).select_related("user"):
        role.ended_at, role.ended_by = now, by
        role.save(update_fields=["ended_at", "ended_by"])
        if (role.user.email, role.kind) not in held:
            successor.roles.create(user=role.user, kind=role.kind, partnership=seat.partnership, began_by=by)
            held.add((role.user.email, role.kind))
    return held


def _carry_invitations(seat: Seat, successor: Seat, held: set[tuple[str, str]], *, by: User) -> None:
    """Links that were sent stay good and lead to the successor, but for what the person has there already."""
    held |= set(successor.invitations.unanswered().values_list("email", "kind"))
    for invitation in seat.invitations.unanswered():
        if (invitation.email, invitation.kind) in held:
            withdraw(invitation, by=by)
        else:
            Invitation.objects.filter(pk=invitation.pk).update(seat=successor)


def withdraw(invitation: Invitation, *, by: User) -> None:
    """Makes the link worthless and takes back an e-mail that was not sent yet. The caller leaves the event."""
    invitation.withdrawn_at, invitation.withdrawn_by = timezone.now(), by
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    messages.cancel(f"invitation/{invitation.pk}/", kind="invitation")
