"""What is asked and waits for an answer: more time, reopening, and "is this your agency's answer?"."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import User
from returns.models.returns import Return
from returns.models.writing import Revision


class AskKind(models.TextChoices):
    MORE_TIME = "more_time", "More time"
    REOPENING = "reopening", "Opening the return again"


class Ask(models.Model):
    """An agency asks for more time, or for its return to be opened again; a coordinator grants it or does not."""

    agency_return = models.ForeignKey(Return, models.CASCADE, related_name="asks")
    kind = models.CharField(max_length=20, choices=AskKind.choices)
    reason = models.TextField()
    wanted_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    granted = models.BooleanField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency_return", "kind"], condition=Q(answered_at=None), name="one_open_ask_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=AskKind.values), name="ask_kind_known"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, granted=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False, granted__isnull=False),
                name="ask_answered_at_by",
            ),
            models.CheckConstraint(
                condition=~Q(kind=AskKind.MORE_TIME) | Q(wanted_on__isnull=False),
                name="ask_for_time_names_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.agency_return}"

    @property
    def wish(self) -> str:
        """What is asked, as it follows "asks" or "asked"."""
        return "for more time" if self.kind == AskKind.MORE_TIME else "to change the return"

    @property
    def is_about_writing(self) -> bool:
        """Whether the answer is of use while the agency writes; else it is while the partnership has the return."""
        return self.kind == AskKind.MORE_TIME or bool(self.granted)

    @property
    def answer_in_words(self) -> str:
        if not self.granted:
            return "The partnership could not agree to what you asked"
        more_time = self.kind == AskKind.MORE_TIME
        return "You have more time" if more_time else "You can change the return, as you asked"


class AskedByLink(models.Model):
    """Somebody of the agency, who needs no account, is asked something by a link that works for a time."""

    DAYS = 28

    name = models.CharField(max_length=150)
    post = models.CharField(max_length=150)
    email = models.EmailField()
    nonce = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["-asked_at", "-pk"]

    @property
    def has_expired(self) -> bool:
        return timezone.now() >= self.expires_at


class Confirmation(AskedByLink):
    """Somebody of the agency is asked, by a link, whether what a coordinator typed in is the agency's answer."""

    agency_return = models.ForeignKey(Return, models.CASCADE, related_name="confirmations")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="confirmations")
    confirmed = models.BooleanField(null=True, blank=True)

    class Meta(AskedByLink.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, confirmed=None)
                | Q(answered_at__isnull=False, confirmed__isnull=False),
                name="confirmation_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"Confirmation by {self.name}, {self.agency_return}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and not self.has_expired
