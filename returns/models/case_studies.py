"""What an agency says about the children and families it tells of, and who read each case study a second time."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import User
from returns.models.returns import Return


class Live(models.TextChoices):
    NO = "no", "No"
    YES = "yes", "Yes, or it is likely"
    UNKNOWN = "unknown", "We do not know"


@dataclass(frozen=True, slots=True)
class Told:
    """What an agency says when it sends its return. All but `tells` is empty when it tells of nobody in particular."""

    tells: bool
    permission: str = ""
    changed: str = ""
    live: str = ""
    live_note: str = ""
    checked_by: str = ""
    recognisable: str = ""

    @property
    def is_whole(self) -> bool:
        said = (
            self.permission.strip() or self.changed.strip(),
            self.live,
            self.live != Live.YES or self.live_note.strip(),
            self.checked_by.strip(),
            self.recognisable.strip(),
        )
        return not self.tells or all(said)


class Declaration(models.Model):
    """Whether a return tells of an individual child or family, and if so, what makes it fit to be published."""

    agency_return = models.OneToOneField(Return, models.CASCADE, related_name="declaration")
    tells = models.BooleanField()
    permission = models.TextField(blank=True)  # who agreed to publication, and who holds that
    changed = models.TextField(blank=True)  # what was changed so that nobody is recognised
    live = models.CharField(max_length=10, choices=Live.choices, blank=True)
    live_note = models.TextField(blank=True)  # whom they asked whether it may be printed
    checked_by = models.CharField(max_length=200, blank=True)
    recognisable = models.TextField(blank=True)  # could a neighbour, a classmate or a reporter work it out?
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tells=False)
                | (
                    (~Q(permission="") | ~Q(changed=""))
                    & ~Q(live="")
                    & ~Q(checked_by="")
                    & ~Q(recognisable="")
                ),
                name="declaration_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Declaration of return {self.agency_return_id}"

    @property
    def is_live(self) -> bool:
        """A court case, an inquest or a review is under way or likely: printing could be contempt of court."""
        return self.tells and self.live == Live.YES

    @property
    def is_unsettled(self) -> bool:
        """Nobody knows whether one is, or whom the agency asked about it."""
        return self.tells and (self.live == Live.UNKNOWN or (self.is_live and not self.live_note.strip()))


class CaseSignOff(models.Model):
    """What a second person who read a case study says of it: it can be printed or (`refused`) it cannot. It holds
    while the words of `text` stand. `knows_of_case`: they were told of a court case, an inquest or a review."""

    agency_return = models.ForeignKey(Return, models.CASCADE, related_name="case_sign_offs")
    number = models.PositiveIntegerField()  # of the question; 0 is the whole return
    text = models.TextField()
    note = models.TextField()
    refused = models.BooleanField(default=False)
    knows_of_case = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by_import = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="case_sign_off_has_note")]

    def __str__(self) -> str:
        return f"Sign-off of a case study in return {self.agency_return_id}"
