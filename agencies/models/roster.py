"""Who has a part in a partnership, who was invited and what may not have reached them; read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from agencies.models.organisations import Partnership, Seat
from agencies.models.people import Invitation, Role, RoleKind
from agencies.models.record import Message, MessageState


@dataclass
class Invited:
    """An invitation that nobody has answered, with the last e-mail that carried it."""

    invitation: Invitation
    message: Message | None

    @property
    def state(self) -> tuple[str, str]:
        """(words, tone of the tag)"""
        if self.invitation.has_expired:
            return "Link has expired", "todo"
        if self.message is None or self.message.state == MessageState.SENT:
            return "Not accepted yet", "quiet"
        return self.message.get_state_display(), self.message.tone


@dataclass
class Place:
    """An agency on the list, with the people responsible for its return."""

    seat: Seat
    leads: list[Role]


@dataclass
class Roster:
    partnership_roles: list[Role] = field(default_factory=list)
    agency_roles: list[Role] = field(default_factory=list)
    invited: list[Invited] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    troubled: list[Message] = field(default_factory=list)
    former_coordinators: list[Role] = field(default_factory=list)  # ended, or with a disabled account

    @property
    def shut_out(self) -> list[Role]:
        """Coordinators whose parts come back once their account is enabled."""
        return [role for role in self.former_coordinators if role.ended_at is None]

    @property
    def unled(self) -> list[Seat]:
        """Agencies in which nobody is responsible for the return."""
        led = {role.seat_id for role in self.agency_roles if role.kind == RoleKind.LEAD}
        return [seat for seat in self.seats if seat.pk not in led]

    @property
    def places(self) -> list[Place]:
        leads: dict[int | None, list[Role]] = {}
        for role in self.agency_roles:
            if role.kind == RoleKind.LEAD:
                leads.setdefault(role.seat_id, []).append(role)
        return [Place(seat, leads.get(seat.pk, [])) for seat in self.seats]

    @property
    def has_coordinator(self) -> bool:
        return any(role.is_coordinator for role in self.partnership_roles)

    @property
    def invited_coordinators(self) -> list[Invitation]:
        return [one.invitation for one in self.invited if one.invitation.kind == RoleKind.COORDINATOR]


def roster(partnership: Partnership) -> Roster:
    roles = list(
        partnership.roles.active()
        .select_related("user", "seat__agency", "partnership")
        .order_by("seat__position", "seat", "kind", "user__name", "pk")
    )
    coordinators = partnership.roles.filter(kind=RoleKind.COORDINATOR).select_related("user")
    return Roster(
        partnership_roles=_by_kind([role for role in roles if role.seat_id is None]),
        agency_roles=[role for role in roles if role.seat_id is not None],
        invited=_invited(partnership),
        seats=list(partnership.seats.current().select_related("agency")),
        troubled=list(partnership.messages.unresolved().filter(~Q(kind="invitation"))[:50]),
        former_coordinators=list(coordinators.filter(Q(ended_at__isnull=False) | Q(user__is_active=False))),
    )


def _by_kind(roles: list[Role]) -> list[Role]:
    order = list(RoleKind)
    return sorted(roles, key=lambda role: order.index(RoleKind(role.kind)))


def _invited(partnership: Partnership) -> list[Invited]:
    invitations = list(
        partnership.invitations.unanswered().select_related("seat__agency", "partnership", "invited_by")
    )
    about = {f"invitation/{one.pk}/": one.pk for one in invitations}
    last = {
        about[message.about]: message
        for message in partnership.messages.filter(kind="invitation", about__in=about).order_by("pk")
    }
    return [Invited(one, last.get(one.pk)) for one in invitations]
