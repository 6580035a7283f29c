"""Who has a question open at the moment. No act and no text: it is forgotten within the hour, and no event tells it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from agencies.models import User
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

    def now(self) -> PresenceQuerySet:
        return self.filter(seen_at__gte=timezone.now() - PRESENT)

    def unless_left(self, user: User, since: datetime | None) -> PresenceQuerySet:
        """Without the person's own pages that were not seen since then; without any of their own for None."""
        own = Q(user=user)
        return self.exclude(own if since is None else own & Q(seen_at__lt=since))

    def besides(self, client: str) -> list[Present]:
        """Those who have another page open. When nobody has, as mostly, nothing more is asked."""
        others = self.exclude(client=client)
        if not (present := set(others.values_list("user", flat=True))):
            return []
        saves = Save.objects.filter(
            answer__agency_return=OuterRef("agency_return"),
            answer__question=OuterRef("question"),
            by=OuterRef("user"),
            applied=True,
        )
        saved_at = Subquery(saves.order_by("-pk").values("at")[:1])
        times = dict(others.values_list("user", saved_at))
        people = User.objects.in_bulk(present)
        return sorted(
            (Present(people[pk], at) for pk, at in times.items() if pk in people),
            key=lambda one: str(one.user),
        )

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
