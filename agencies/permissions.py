"""Who may look after people and agencies. Knows nothing of the state of anything."""

from django.core.exceptions import PermissionDenied

from agencies.models import Partnership, RoleKind, Seat, User


def may_manage(user: User, partnership: Partnership) -> bool:
    """A coordinator of the partnership, or an administrator, who sets it up."""
    return user.is_staff or user.has_role(partnership.pk, RoleKind.COORDINATOR)


def require_manager(user: User, partnership: Partnership) -> None:
    if not may_manage(user, partnership):
        raise PermissionDenied("Only a coordinator of the partnership can do this.")


def require_coordinator(user: User, partnership: Partnership) -> None:
    """What concerns answers is not the administrator's."""
    if not user.has_role(partnership.pk, RoleKind.COORDINATOR):
        raise PermissionDenied("Only a coordinator of the partnership can do this.")


def require_mailbox(user: User, seat: Seat) -> None:
    """The person responsible for the return knows the agency's mailbox, and so may a coordinator."""
    responsible = any(role.kind == RoleKind.LEAD and role.seat_id == seat.pk for role in user.active_roles)
    if not (responsible or may_manage(user, seat.partnership)):
        raise PermissionDenied("Only the person responsible for the return or a coordinator can do this.")


def require_administrator(user: User) -> None:
    if not user.is_staff:
        raise PermissionDenied("Only an administrator can do this.")
