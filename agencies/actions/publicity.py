"""Lets everybody read what a partnership has published, or its own people only. Knows nothing of what that is."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from agencies.actions.record import record
from agencies.actions.setup import about, lock
from agencies.errors import NotNow
from agencies.models import Partnership, User
from agencies.permissions import require_coordinator


@transaction.atomic
def change_publicity(partnership: Partnership, *, public: bool, listed: bool, by: User) -> Partnership:
    """`listed`: whether search engines may list the public pages; only what is public can be listed."""
    require_coordinator(by, partnership)
    partnership = lock(partnership)
    if listed and not public:
        raise NotNow("Search engines can only list pages that everybody may read.")
    before = (partnership.public_at is not None, partnership.is_listed)
    if before == (public, listed):
        return partnership
    if public != before[0]:
        partnership.public_at = timezone.now() if public else None
    partnership.is_listed = listed
    partnership.save(update_fields=["public_at", "is_listed"])
    record(
        "change_publicity", _phrase(public, listed), by=by, about=about(partnership), partnership=partnership
    )
    return partnership


def _phrase(public: bool, listed: bool) -> str:
    if not public:
        return "closed the public page"
    return "let everybody read what is published, " + (
        "and search engines list it" if listed else "without search engines listing it"
    )
