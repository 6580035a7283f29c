"""The registers of a partnership: acronyms, preferred names of services, and words of the field."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import Partnership, User


class TermKind(models.TextChoices):
    ACRONYM = "acronym", "Acronym"
    NAME = "name", "Name of a service"
    WORD = "word", "Word of the field"


class TermQuerySet(models.QuerySet["Term"]):
    def accepted(self) -> TermQuerySet:
        return self.filter(accepted_at__isnull=False)

    def proposed(self) -> TermQuerySet:
        return self.filter(accepted_at=None)


class Term(models.Model):
    """An entry of a register. `meaning` is what an acronym stands for, or what a service is called otherwise, a
    name a line. One that an agency has proposed counts when a coordinator takes it in."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=10, choices=TermKind.choices)
    text = models.CharField(max_length=120)
    meaning = models.TextField(blank=True, max_length=1000)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "text", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "kind", "text"], name="one_term_of_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=TermKind.values), name="term_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=TermKind.ACRONYM) | ~Q(meaning=""), name="acronym_has_expansion"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def variants(self) -> list[str]:
        return [line.strip() for line in self.meaning.splitlines() if line.strip()]
