"""What is kept of people and organisations, and every read of it."""

from agencies.models.organisations import Agency, Logo, Partnership, Seat
from agencies.models.people import Invitation, Role, RoleKind, User
from agencies.models.record import Event, Message, MessageState

__all__ = [
    "Agency",
    "Event",
    "Invitation",
    "Logo",
    "Message",
    "MessageState",
    "Partnership",
    "Role",
    "RoleKind",
    "Seat",
    "User",
]
