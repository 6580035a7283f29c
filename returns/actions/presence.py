"""Notes that somebody has a question open. Not an act: it leaves no event, and is forgotten within the hour."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from returns import permissions
from returns.models import Presence, Question, Return
from returns.workflow import Who

# The agency writes, or a coordinator types in for it.
_WRITERS = frozenset({Who.LEAD, Who.CONTRIBUTOR, Who.COORDINATOR})


@transaction.atomic
def note(agency_return: Return, question: Question, *, client: str, by: User) -> None:
    """The page called `client` is open; called again, it still is."""
    permissions.require(by, agency_return, _WRITERS)
    Presence.objects.forgotten().delete()
    Presence.objects.bulk_create(
        [
            Presence(
                agency_return=agency_return, question=question, user=by, client=client, seen_at=timezone.now()
            )
        ],
        update_conflicts=True,
        unique_fields=["agency_return", "question", "client"],
        update_fields=["user", "seen_at"],
    )


def end(agency_return: Return, question: Question, *, client: str, by: User) -> None:
    """The page called `client` is being left."""
    Presence.objects.of(agency_return, question).filter(client=client, user=by).delete()
