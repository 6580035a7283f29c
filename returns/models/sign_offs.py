"""Signing off by link: somebody of the agency, without an account, is asked to sign off the return as it stands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from returns.models.asks import AskedByLink
from returns.models.returns import Return
from returns.models.writing import Revision, snapshot


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def of(self, agency_return: Return) -> SignOffQuerySet:
        return self.filter(agency_return=agency_return)

    def with_places(self) -> SignOffQuerySet:
        return self.select_related(
            "agency_return__collection__partnership", "agency_return__seat__agency", "asked_by"
        )

    def unanswered(self) -> SignOffQuerySet:
        return self.filter(answered_at=None, expires_at__gt=timezone.now())

    def why_declined(self) -> models.QuerySet[SignOff, str]:
        """What was said by those who did not sign, the newest first."""
        return self.filter(signed=False).order_by("-answered_at", "-pk").values_list("note", flat=True)


class SignOff(AskedByLink):
    """One asking. Only the newest of a return counts, and only while the return says what it said then (`data`, of
    the shape of a revision's): whoever changes the text afterwards undoes it without doing anything else."""

    agency_return = models.ForeignKey(Return, models.CASCADE, related_name="sign_offs")
    data = models.JSONField()
    signed = models.BooleanField(null=True, blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta(AskedByLink.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, signed=None)
                | Q(answered_at__isnull=False, signed__isnull=False),
                name="sign_off_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"Sign-off by {self.name}, {self.agency_return}"

    @property
    def text(self) -> Revision:
        """The return as it was shown to the person."""
        return Revision(data=self.data)

    @property
    def is_of_present_text(self) -> bool:
        return self.text.says_the_same_as(Revision(data=snapshot(self.agency_return)))

    @property
    def state(self) -> str:
        """waiting, expired, signed, declined; or changed, when the text is not what it was then."""
        if self.signed is False:
            return "declined"
        if not self.is_of_present_text:
            return "changed"
        if self.signed:
            return "signed"
        return "expired" if self.has_expired else "waiting"


def is_signed_by_link(revision: Revision) -> bool:
    """Whether the person whom the agency named has signed off this very text by a link."""
    by = revision.signed_off
    if by is None:
        return False
    signed = SignOff.objects.filter(
        agency_return=revision.agency_return_id, signed=True, name=by.name, post=by.post
    )
    return any(one.text.says_the_same_as(revision) for one in signed)


def newest_sign_off(agency_return: Return) -> SignOff | None:
    return SignOff.objects.of(agency_return).select_related("asked_by").first()
