"""Proofs: an agency is shown its section as it will be printed, and accepts it or objects by a date."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from returns.models.collections import Collection
from returns.models.returns import Return
from returns.models.writing import Revision
from returns.workflow import RevisionKind, Status


def approved_text(agency_return: Return) -> Revision | None:
    """The text as it will be printed."""
    return agency_return.revisions.filter(kind=RevisionKind.APPROVED).order_by("-number").first()


def settle_url(collection: Collection, proof: int) -> str:
    """Where a coordinator answers what an agency objects to."""
    return reverse("proof_settle", args=[collection.partnership.slug, collection.slug, proof])


class ProofQuerySet(models.QuerySet["Proof"]):
    def newest_of_each(self) -> ProofQuerySet:
        """Of each return the one that was sent last; an earlier one is past."""
        later = Proof.objects.filter(
            agency_return=models.OuterRef("agency_return"), pk__gt=models.OuterRef("pk")
        )
        return self.exclude(models.Exists(later))

    def objections(self) -> ProofQuerySet:
        """Those that nobody has answered."""
        return self.exclude(objection="").filter(settled_at=None)

    def unanswered(self) -> ProofQuerySet:
        """Of what would be printed now."""
        return self.filter(answered_at=None, closed_at=None, agency_return__status=Status.APPROVED)

    def of(self, collection: Collection) -> ProofQuerySet:
        return self.filter(agency_return__collection=collection).select_related(
            "agency_return__collection__partnership", "revision", "answered_by", "settled_by", "sent_by"
        )


class Proof(models.Model):
    """`revision` is what was shown. An objection stands until a coordinator has answered it."""

    agency_return = models.ForeignKey(Return, models.CASCADE, related_name="proofs")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="proofs")
    answer_by = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    objection = models.TextField(blank=True)  # "" for one that is accepted
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settlement = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # by publishing, when nobody had answered

    objects = ProofQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, objection="")
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="proof_answered_at_by",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settlement="")
                | (
                    Q(settled_at__isnull=False, settled_by__isnull=False)
                    & ~Q(settlement="")
                    & ~Q(objection="")
                ),
                name="proof_settled_is_an_objection",
            ),
        ]

    def __str__(self) -> str:
        return f"Proof for {self.agency_return}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.closed_at is None

    @property
    def is_objection(self) -> bool:
        """One that nobody has answered."""
        return bool(self.objection) and self.settled_at is None

    def is_over(self, today: date | None = None) -> bool:
        """The date is a day, and over from the following midnight."""
        return (today or timezone.localdate()) > self.answer_by

    @property
    def waits(self) -> bool:
        """Whether an answer is still asked for."""
        return self.is_open and not self.is_over()

    @property
    def state(self) -> tuple[str, str]:
        """(words, tone of the tag)"""
        if self.is_objection:
            return "Objects", "stop"
        if self.settled_at:
            return "Objection answered", "done"
        if self.answered_at:
            return "Accepted", "done"
        if self.closed_at:
            return "Published without an answer", "quiet"
        return ("No answer by the date", "quiet") if self.is_over() else ("Not answered yet", "todo")

    def says_the_same_as(self, revision: Revision | None) -> bool:
        """Whether the text is still the one that was shown."""
        return revision is not None and (
            revision.pk == self.revision_id
            or all(
                revision.data[part] == self.revision.data[part]
                for part in ("answers", "nil_reason", "agency")
            )
        )
