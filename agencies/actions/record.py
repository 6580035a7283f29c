"""Leaves the one event of an act. Called by every other action, inside its transaction."""

from agencies.models import Agency, Event, Partnership, User
from agencies.models.record import NAME_LENGTH, cut_to_sentence


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
        phrase=cut_to_sentence(phrase),
        by=by,
        by_name=(by_name or (str(by) if by else "The service"))[:NAME_LENGTH],
        reason=reason,
        partnership=partnership,
        agency=agency,
        about=about,
    )
