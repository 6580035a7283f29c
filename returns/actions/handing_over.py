"""Hands a return over, and tells whoever takes it over when it is due."""

from __future__ import annotations

from django.utils import timezone

from agencies.actions import handing_over
from agencies.models import Role, User
from returns.emails import compose
from returns.models import Return
from returns.models.collections import CollectionStage
from returns.workflow import PEN


def hand_over(role: Role, *, name: str, email: str, by: User) -> bool:
    """True if it is done; False if it waits for the other to accept."""
    return handing_over.hand_over(role, name=name, email=email, by=by, note=_due(role))


def _due(role: Role) -> str:
    """Of what the agency has still to send; the day that comes first."""
    waits = Return.objects.filter(seat=role.seat, status__in=PEN, collection__stage=CollectionStage.OPEN)
    dated = [(one.due, str(one.collection)) for one in waits.for_pages() if one.due]
    if not dated:
        return ""
    due, year = min(dated)
    if due < timezone.localdate():
        return f"The {year} was due on {compose.day(due)}, and can still be sent."
    return f"The {year} is due on {compose.day(due)}."
