"""Finds, or makes, what an imported file is about: the partnership, its coordinator, its agencies' seats."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Max
from django.utils import timezone

from agencies.actions.people import give_role
from agencies.actions.record import record
from agencies.actions.setup import about, free_agency_slug
from agencies.forms.setup import RESERVED_SLUGS
from agencies.models import Agency, Partnership, RoleKind, Seat, User
from returns.importing import ImportRefused, name_key


def find_or_create_partnership(
    name: str, slug: str, *, by_email: str, create: bool
) -> tuple[Partnership, User | None, list[str]]:
    """The partnership, held until the transaction ends; the person of that e-mail address; what was made.

    Whoever sets a partnership up this way becomes its coordinator. Nobody becomes one of a partnership that is
    there already."""
    _check_slug(slug)
    partnership = Partnership.objects.select_for_update().filter(slug=slug).first()
    if partnership:
        return partnership, _coordinator(partnership, by_email) if by_email else None, []
    if not create:
        raise ImportRefused(f"There is no partnership with the short name {slug}.")
    person = _find_or_create_person(by_email) if by_email else None
    partnership = Partnership.objects.create(name=name, slug=slug)
    record(
        "create_partnership", f"set up {name}", by=person, about=about(partnership), partnership=partnership
    )
    made = [f"the partnership {name}"]
    if person:
        _make_coordinator(person, partnership)
        made.append(f"{person} as its coordinator")
        person = User.objects.get(pk=person.pk)  # who has read no parts yet
    return partnership, person, made


def _check_slug(slug: str) -> None:
    field = Partnership._meta.get_field("slug")
    try:
        field.run_validators(slug)
    except ValidationError as error:
        raise ImportRefused(
            f"“{slug}” cannot be a partnership’s short name. {' '.join(error.messages)}"
        ) from None
    if not slug or slug in RESERVED_SLUGS:
        raise ImportRefused(f"“{slug}” cannot be a partnership’s short name. Choose another one.")


def _coordinator(partnership: Partnership, email: str) -> User:
    person: User | None = User.objects.filter(email=email.strip().lower()).first()
    if person is None or not person.has_role(partnership.pk, RoleKind.COORDINATOR):
        raise ImportRefused(f"{email} is not a coordinator of {partnership.name}, so cannot act for it.")
    return person


def _find_or_create_person(email: str) -> User:
    """Somebody new signs in by e-mailed codes, and is called by the address until they say their name."""
    email = email.strip().lower()
    person: User | None = User.objects.filter(email=email).first()
    if person is None:
        _check_email(email)
        person = User.objects.create_user(email, name=email[:150])
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    if not person.is_active:
        raise ImportRefused(f"The account of {email} is disabled.")
    return person


def _check_email(email: str) -> None:
    longest = User._meta.get_field("email").max_length or 0
    try:
        validate_email(email)
    except ValidationError:
        raise ImportRefused(f"“{email}” is not an e-mail address.") from None
    if len(email) > longest:
        raise ImportRefused(f"The e-mail address is too long: at most {longest} characters can be kept.")


def _make_coordinator(person: User, partnership: Partnership) -> None:
    give_role(person, kind=RoleKind.COORDINATOR, partnership=partnership, by=None)
    record(
        "give_role",
        f"became a coordinator of {partnership.name}",
        by=person,
        about=about(partnership),
        partnership=partnership,
    )


def seats_by_name(partnership: Partnership) -> dict[str, Seat]:
    """Every seat under each of its names. A present one goes before one that has left, and what the partnership
    calls an agency before what the agency calls itself."""
    seats = list(partnership.seats.select_related("agency").order_by("position", "pk"))
    seats.sort(key=lambda seat: seat.left_on is not None)
    found: dict[str, Seat] = {}
    for seat in seats:
        found.setdefault(name_key(seat.name), seat)
    for seat in seats:
        found.setdefault(name_key(seat.agency.name), seat)
    return found


def add_seat(partnership: Partnership, name: str, *, by: User | None) -> Seat:
    """At the end of the list. An agency of this name that serves another partnership is the same agency."""
    agency = _agency(name) or Agency.objects.create(name=name, slug=free_agency_slug(name))
    last = partnership.seats.aggregate(last=Max("position"))["last"] or 0
    seat = Seat.objects.create(
        partnership=partnership,
        agency=agency,
        display_name="" if name == agency.name else name,
        position=last + 1,
        joined_on=timezone.localdate(),
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


def _agency(name: str) -> Agency | None:
    """The one agency of this name, unless it was taken over or several are called the same."""
    same = [
        agency
        for agency in Agency.objects.filter(name__iexact=name, succeeded_by=None)
        if name_key(agency.name) == name_key(name)
    ]
    return same[0] if len(same) == 1 else None
