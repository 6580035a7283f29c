"""Word files that were handed in for an answer: what one says, waiting to be taken; and the original of what came by
e-mail, kept with the return."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import User
from returns import richtext
from returns.models.collections import Question
from returns.models.returns import Return

FORGOTTEN = timedelta(days=1)


class WordFileQuerySet(models.QuerySet["WordFile"]):
    def of(self, agency_return: Return) -> WordFileQuerySet:
        return self.filter(agency_return=agency_return)

    def waiting(self) -> WordFileQuerySet:
        """Handed in, and neither taken nor left."""
        return self.filter(taken_at=None)

    def originals(self) -> WordFileQuerySet:
        """What an agency sent by e-mail, as it came."""
        return self.filter(taken_at__isnull=False)

    def forgotten(self, now: datetime) -> WordFileQuerySet:
        return self.waiting().filter(received_at__lt=now - FORGOTTEN)


class WordFile(models.Model):
    """One file. `content` is the original, kept only when a coordinator took it for the agency (`for_agency`); what
    the agency's own people hand in is theirs and is not kept once its text is taken."""

    agency_return = models.ForeignKey(Return, models.CASCADE, related_name="word_files")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    for_agency = models.BooleanField()
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    html = models.TextField()  # clean, as it would be taken
    notes = models.JSONField(default=list)  # sentences on what was taken or left
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = WordFileQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at=None) | Q(for_agency=True), name="word_file_kept_for_agency_only"
            ),
        ]

    def __str__(self) -> str:
        return f"Word file {self.pk}"

    @property
    def blocks(self) -> richtext.Blocks:
        return richtext.parse(self.html)
