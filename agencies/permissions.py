"""Who may look after people and agencies. Knows nothing of the state of anything."""

from django.core.exceptions import PermissionDenied

from agencies.models import Partnership, RoleKind, User


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


def require_administrator(user: User) -> None:
    if not user.is_staff:
        raise PermissionDenied("Only an administrator can do this.")
