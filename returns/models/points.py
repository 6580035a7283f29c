"""What the checks found in a text that was sent (a cache), and why people kept a passage as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agencies.models import User
from agencies.prepared import prepared
from returns.models.collections import Collection
from returns.models.returns import Return
from returns.models.writing import Revision
from returns.workflow import READABLE

SEVERITIES = ("blocking", "warning", "hint")


class Checkup(models.Model):
    """What one run of the checks looked at: the newest text that was sent. It holds while `text` (a digest of that
    text) and `context` (of the rules, the registers and the period) are what they were."""

    agency_return = models.OneToOneField(Return, models.CASCADE, related_name="checkup")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    text = models.CharField(max_length=64)
    context = models.CharField(max_length=64)
    spelling_checked = models.BooleanField(default=True)
    dated = models.PositiveIntegerField(default=0)  # how many dates the text names
    unread_cases = models.PositiveIntegerField(default=0)  # case studies that nobody has read a second time
    refused_cases = models.PositiveIntegerField(default=0)  # of which a second person says no
    compared = models.CharField(
        max_length=64, blank=True
    )  # digest of all the year's texts it was held against
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Checkup of return {self.agency_return_id}"


class Dismissal(models.Model):
    """Why somebody kept a passage as it is. `quote`, `before`, `after` and `occurrence` say where it stands; it holds
    while the passage does. One that was taken back keeps its row. With `other` it is about what that agency tells,
    too, and the agency is not shown it."""

    agency_return = models.ForeignKey(Return, models.CASCADE, related_name="dismissals")
    other = models.ForeignKey(Return, models.CASCADE, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField()  # of the question; 0 is "nothing to report"
    rule = models.CharField(max_length=40)
    quote = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    occurrence = models.PositiveIntegerField(default=1)
    message = models.TextField()
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by_import = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="dismissal_ended_at_by",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="dismissal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} kept in return {self.agency_return_id}"


class Finding(models.Model):
    """One point to check. Rebuilt whenever it may have changed, so nothing refers to it; `kept` says why it may stand.

    `start` and `end` count code points of the canonical plain text; `before` and `after` are what stands around.
    `other` is the return that says nearly the same; such a point is for the coordinators only."""

    checkup = models.ForeignKey(Checkup, models.CASCADE, related_name="findings")
    other = models.ForeignKey(Return, models.CASCADE, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField()
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=10, choices=[(one, one) for one in SEVERITIES])
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    occurrence = models.PositiveIntegerField(default=1)
    message = models.TextField()
    advice = models.TextField()
    kept = models.ForeignKey(Dismissal, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number", "start", "end", "pk"]

    def __str__(self) -> str:
        return f"{self.rule} in question {self.number}"

    @property
    def is_open(self) -> bool:
        return self.kept is None

    @property
    def is_blocking(self) -> bool:
        return self.severity == "blocking"

    @property
    def where(self) -> str:
        """In which text it stands, where there are several."""
        return f"Question {self.number}" if self.number else "Nothing to report"

    @property
    def can_be_listed(self) -> bool:
        """A short form or a word, which the registers of the partnership could know."""
        return self.rule in ("unexpanded-acronym", "spelling")

    @property
    def key(self) -> str:
        """Names the point in an address: where it is, and a digest of what it says, so that a page of yesterday
        cannot keep another passage than the one that was read. Two letters could be guessed from a digest that
        anybody can make, so this one needs the site's secret."""
        digest = salted_hmac("point", f"{self.quote}|{self.message}", algorithm="sha256").hexdigest()[:12]
        return f"{self.number}.{self.rule}.{self.start}.{self.end}.{digest}"


class Line(NamedTuple):
    """A few words in a cell; `tone` is "strong", "hint" or "" (plain)."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many points of a return are open and must be settled, are open besides, or were kept; and how many case
    studies wait for a second reader, or cannot be printed as a second person says."""

    blocking: int = 0
    others: int = 0
    kept: int = 0
    cases: int = 0
    refused: int = 0

    @property
    def lines(self) -> Iterator[Line]:
        """What is to be said of them, in a table."""
        if self.blocking:
            yield Line(f"{self.blocking} to settle", "strong")
        if self.others:
            yield Line(f"{self.others} to look at", "hint" if self.blocking else "")
        yield from self.case_lines
        if self.kept:
            yield Line(f"{self.kept} kept", "hint")

    @property
    def case_lines(self) -> Iterator[Line]:
        """What is to be said of the case studies alone."""
        if self.cases:
            studies = "study waits" if self.cases == 1 else "studies wait"
            yield Line(f"{self.cases} case {studies} for a second reader")
        if self.refused:
            studies = "study" if self.refused == 1 else "studies"
            yield Line(f"{self.refused} case {studies} cannot be printed like this", "strong")

    @property
    def only_cases(self) -> bool:
        """Whether nothing is to be settled but that somebody else reads the case studies."""
        return self.cases > 0 and not self.blocking and not self.refused


def counts(collection: Collection) -> dict[int, Counts]:
    """By return, of what was sent; nothing is computed anew. One query."""
    return {pk: Counts(*numbers) for pk, *numbers in _counts(collection=collection)}


@prepared
def _counts(collection: Collection) -> models.QuerySet[Checkup, tuple[int, ...]]:
    is_open = Q(findings__kept=None)
    return (
        Checkup.objects.filter(agency_return__collection=collection, agency_return__status__in=READABLE)
        .values("agency_return")
        .annotate(
            blocking=Count("findings", filter=is_open & Q(findings__severity="blocking")),
            others=Count("findings", filter=is_open & ~Q(findings__severity="blocking")),
            kept=Count("findings", filter=Q(findings__kept__isnull=False)),
        )
        .order_by()
        .values_list("agency_return", "blocking", "others", "kept", "unread_cases", "refused_cases")
    )
