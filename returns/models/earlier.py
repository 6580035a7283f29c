"""What an answer said earlier: its saves, thinned with age for reading. Nothing is ever taken away from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from returns.models.writing import Answer, Save

# Up to this age, one save is shown for each so many minutes; of what is older, one for each day.
_STEPS = (
    (timedelta(minutes=15), 1),
    (timedelta(hours=2), 10),
    (timedelta(days=2), 60),
)


def saves_of(answer: Answer) -> list[Save]:
    """Newest first, without the text."""
    return list(answer.saves.select_related("by").defer("html").order_by("-pk"))


def thinned(saves: Iterable[Save], now: datetime) -> list[Save]:
    """The newest of each stretch of time, of each person, and apart from that of what was not taken over; in their
    order, which is newest first."""
    shown: list[Save] = []
    seen: set[tuple[object, ...]] = set()
    for save in saves:
        key = (save.by_id, save.applied, *_stretch(save.at, now))
        if key not in seen:
            seen.add(key)
            shown.append(save)
    return shown


def _stretch(at: datetime, now: datetime) -> tuple[object, ...]:
    local = timezone.localtime(at)
    for age, minutes in _STEPS:
        if now - at <= age:
            return local.date(), minutes, (local.hour * 60 + local.minute) // minutes
    return (local.date(),)
