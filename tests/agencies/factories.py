"""People, partnerships and agencies for tests, made by the real actions on the real road."""

from itertools import count

from agencies.actions import people, setup
from agencies.models import Agency, Invitation, Partnership, Role, RoleKind, Seat, User

PASSWORD = "three quiet otters"  # fits every validator
_number = count(1)


def administrator(name: str = "Gareth Prosser") -> User:
    """As `manage.py createsuperuser` makes one."""
    return User.objects.create_superuser(f"admin{next(_number)}@example.org", PASSWORD, name=name)


def partnership(name: str = "Luton Partnership", *, by: User | None = None) -> Partnership:
    return setup.create_partnership(name=name, slug=f"place-{next(_number)}", by=by or administrator())


def seat(at: Partnership, name: str = "", *, agency: Agency | None = None, by: User | None = None) -> Seat:
    name = name or (agency.name if agency else f"Agency {next(_number)}")
    return setup.add_seat(at, name=name, agency=agency, by=by or administrator())


def invitation(
    at: Partnership,
    kind: RoleKind = RoleKind.BOARD,
    *,
    seat: Seat | None = None,
    email: str = "",
    name: str = "Imran Chaudhry",
    by: User | None = None,
) -> Invitation:
    email = email or f"person{next(_number)}@example.org"
    return people.invite(at, email=email, name=name, kind=kind, seat=seat, by=by or administrator())


def member(
    at: Partnership,
    kind: RoleKind,
    *,
    seat: Seat | None = None,
    email: str = "",
    name: str = "Imran Chaudhry",
    by: User | None = None,
) -> User:
    """Somebody who was invited and has accepted."""
    offered = invitation(at, kind, seat=seat, email=email, name=name, by=by)
    user, _ = people.accept_invitation(offered, name=name, password=PASSWORD)
    return User.objects.get(pk=user.pk)


def coordinator(at: Partnership, *, email: str = "", name: str = "Maeve Corrigan") -> User:
    return member(at, RoleKind.COORDINATOR, email=email, name=name)


def role_of(user: User, at: Partnership) -> Role:
    return Role.objects.active().get(user=user, partnership=at)


def fresh(user: User) -> User:
    """The person as the next request sees them, with the parts they have now."""
    return User.objects.get(pk=user.pk)
