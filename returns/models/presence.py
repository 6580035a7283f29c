"""Who has a question open at the moment. No act and no text: it is forgotten within the hour, and no event tells it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from agencies.models import User
from agencies.prepared import prepared
from returns.models.collections import Question
from returns.models.returns import Return
from returns.models.writing import Save

# Pages say three times a minute that they are open, and once a minute when they are hidden.
PRESENT = timedelta(seconds=150)
FORGOTTEN = timedelta(hours=1)


class Present(NamedTuple):
    """Somebody, and when they last saved this answer."""

    user: User
    saved_at: datetime | None


class PresenceQuerySet(models.QuerySet["Presence"]):
    def of(self, agency_return: Return, question: Question) -> PresenceQuerySet:
        return self.filter(agency_return=agency_return, question=question)

    def forgotten(self) -> PresenceQuerySet:
        return self.filter(seen_at__lt=timezone.now() - FORGOTTEN)


class Presence(models.Model):
    """One page that is open. `client` names the page, as it does in a save."""

    agency_return = models.ForeignKey(Return, models.CASCADE, related_name="presences")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    client = models.CharField(max_length=40)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_return", "question", "client"], name="one_presence_per_page"
            ),
        ]
        indexes = [models.Index(fields=["seen_at"], name="presence_seen")]

    def __str__(self) -> str:
        return f"Page {self.client} of {self.user_id}"


def present_besides(
    agency_return: Return, question: Question, *, client: str, user: User, since: datetime | None
) -> list[Present]:
    """Those who have another page open than `client`. The person's own pages count if they were seen since then; for
    None not at all."""
    now = timezone.now()
    never_yet = now + PRESENT
    rows = _present(
        agency_return=agency_return,
        question=question,
        client=client,
        user=user,
        since=since or never_yet,
        seen=now - PRESENT,
    )
    found = {page.user: Present(page.user, page.saved_at) for page in rows}  # type: ignore[attr-defined]
    return sorted(found.values(), key=lambda one: str(one.user))


@prepared
def _present(
    agency_return: Return, question: Question, client: str, user: User, since: datetime, seen: datetime
) -> models.QuerySet[Presence]:
    """Pages, with who has them open and when that person last saved the answer."""
    saves = Save.objects.filter(
        answer__agency_return=OuterRef("agency_return"),
        answer__question=OuterRef("question"),
        by=OuterRef("user"),
        applied=True,
    )
    there = Presence.objects.of(agency_return, question).filter(seen_at__gte=seen).exclude(client=client)
    others = there.exclude(user=user, seen_at__lt=since).order_by()
    return others.select_related("user").annotate(saved_at=Subquery(saves.order_by("-pk").values("at")[:1]))
