"""Leaves the one event of an act. Called by every other action, inside its transaction."""

from django.utils.text import Truncator

from agencies.models import Agency, Event, Partnership, User

# Two names of 200 characters may meet in one sentence.
PHRASE_LENGTH = 300


def record(
    act: str,
    phrase: str,
    *,
    by: User | None,
    about: str,
    partnership: Partnership | None = None,
    agency: Agency | None = None,
    reason: str = "",
    by_name: str = "",
) -> Event:
    return Event.objects.create(
        act=act,
        phrase=Truncator(phrase).chars(PHRASE_LENGTH),
        by=by,
        by_name=by_name or (str(by) if by else "The service"),
        reason=reason,
        partnership=partnership,
        agency=agency,
        about=about,
    )
