"""What an answer said earlier: its saves, thinned with age for reading. Nothing is ever taken away from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from returns.models.returns import Return
from returns.models.writing import Answer, Save
from returns.workflow import RevisionKind

# Up to this age, one save is shown for each so many minutes; of what is older, one for each day.
_STEPS = (
    (timedelta(minutes=15), 1),
    (timedelta(hours=2), 10),
    (timedelta(days=2), 60),
)


def saves_of(answer: Answer) -> list[Save]:
    """Newest first, without the text."""
    return list(answer.saves.select_related("by").defer("html").order_by("-pk"))


def kept_beside(agency_return: Return) -> list[Save]:
    """Texts that were not taken over since the return was last sent, and that nobody has dealt with: of each page the
    newest. Dealt with is a text whose two versions somebody saved together, that was brought back, or that stands in
    the draft by now."""
    sent = agency_return.revisions.for_readers().filter(kind=RevisionKind.SUBMITTED).newest_first().first()
    others = Save.objects.filter(answer=OuterRef("answer"))
    followed = others.filter(
        Q(pk__gt=OuterRef("pk")) | Q(client=OuterRef("client"), sequence__gt=OuterRef("sequence")),
        client__startswith=OuterRef("client"),
    )
    brought_back = others.filter(pk__gt=OuterRef("pk"), applied=True, html=OuterRef("html"))
    found = (
        Save.objects.filter(answer__agency_return=agency_return, applied=False)
        .exclude(Exists(followed))
        .exclude(Exists(brought_back))
        .select_related("answer__question", "by")
        .order_by("pk")
    )
    if sent:
        found = found.filter(at__gt=sent.at)
    return [save for save in found if not set(save.blocks) <= set(save.answer.blocks)]


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
