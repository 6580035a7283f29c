"""One agency's return in one collection: where it stands, whose turn it is, who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from agencies.models import Role, RoleKind, Seat, User
from agencies.models.people import AGENCY_KINDS
from returns.models.collections import Collection, CollectionStage
from returns.workflow import NOT_STARTED, PEN, READABLE, STATUSES, Status, StatusPage

_OPENED = ~Q(collection__stage=CollectionStage.PREPARING)


def _written_in(seats: Iterable[Any]) -> Q:
    """What an agency's people see: the returns of their seat, and of one that theirs took over."""
    return Q(_OPENED, Q(seat__in=seats) | Q(seat__succeeded_by__in=seats))


def _seats(user: User, kinds: tuple[RoleKind, ...]) -> list[int | None]:
    return [role.seat_id for role in user.active_roles if role.kind in kinds]


class ReturnQuerySet(models.QuerySet["Return"]):
    def visible_to(self, user: User) -> ReturnQuerySet:
        """The agency's own people (its successor's after a merger) and coordinators see that a return is
        there; second readers see those that were sent. Who may read its text is
        decided by `permissions.readable_revisions`."""
        seats = Role.objects.active().of(user, *AGENCY_KINDS).values("seat")
        coordinates = Role.objects.active().of(user, RoleKind.COORDINATOR).values("partnership")
        reads = Role.objects.active().of(user, RoleKind.SECOND_READER).values("partnership")
        return self.filter(
            _written_in(seats)
            | Q(collection__partnership__in=coordinates)
            | Q(_OPENED, collection__partnership__in=reads, status__in=READABLE)
        )

    def of_agencies_of(self, user: User) -> ReturnQuerySet:
        """Those the person writes or sends."""
        return self.filter(_written_in(_seats(user, AGENCY_KINDS)))

    def led_by(self, user: User) -> ReturnQuerySet:
        """Those the person is responsible for."""
        return self.filter(_written_in(_seats(user, (RoleKind.LEAD,))))

    def with_words(self) -> ReturnQuerySet:
        """Adds `words` (of the current text of all questions)."""
        return self.annotate(words=Coalesce(Sum("answers__words"), 0))

    def for_pages(self) -> ReturnQuerySet:
        return self.select_related("collection__partnership", "seat__agency")


_REASON_TITLES = {
    Status.HELD: "Why it is on hold",
    Status.EXCLUDED: "Why it is left out",
    Status.CHANGES_REQUESTED: "Changes asked for",
}


class Return(models.Model):
    """Called `agency_return` everywhere, since `return` is a keyword."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="returns")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="returns")
    slug = models.SlugField(max_length=80, allow_unicode=True)  # the agency's, as it was on opening
    name = models.CharField(max_length=200)  # what the agency was called on opening
    position = models.PositiveIntegerField()
    status = models.CharField(
        max_length=20, choices=[(s.value, p.label) for s, p in STATUSES.items()], default=Status.DRAFT
    )
    status_before = models.CharField(max_length=20, blank=True)  # of one that is left out
    due_on = models.DateField(null=True, blank=True)
    nil_reason = models.TextField(blank=True)
    signed_name = models.CharField(max_length=150, blank=True)
    signed_post = models.CharField(max_length=150, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)  # why it stands where it stands
    reason_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    typed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ready_at = models.DateTimeField(null=True, blank=True)  # for the person responsible to check
    ready_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    active_at = models.DateTimeField(null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "seat"], name="one_return_per_agency_and_collection"
            ),
            models.UniqueConstraint(fields=["collection", "slug"], name="one_return_per_address"),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Status]), name="return_status_known"
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.EXCLUDED) & ~Q(status_before=""))
                | (~Q(status=Status.EXCLUDED) & Q(status_before="")),
                name="return_excluded_remembers_status",
            ),
            models.CheckConstraint(
                condition=Q(reason_at=None, reason="") | Q(reason_at__isnull=False),
                name="return_reason_has_time",
            ),
            models.CheckConstraint(
                condition=Q(ready_at=None, ready_by=None) | Q(ready_at__isnull=False, ready_by__isnull=False),
                name="return_ready_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.collection}"

    @property
    def about(self) -> str:
        return f"{self.collection.about}return/{self.pk}/"

    @property
    def partnership_id(self) -> int:
        return self.collection.partnership_id

    @property
    def seat_ids(self) -> tuple[int, ...]:
        """The seats whose people write this return: its own, and the one that took it over."""
        return tuple(pk for pk in (self.seat_id, self.seat.succeeded_by_id) if pk is not None)

    @property
    def state(self) -> Status:
        return Status(self.status)

    @property
    def page(self) -> StatusPage:
        """How its status reads on a page. *Not started* is derived."""
        if self.state == Status.DRAFT and self.active_at is None:
            return NOT_STARTED
        return STATUSES[self.state]

    @property
    def reason_title(self) -> str:
        """What the reason is about: the present status, or what was asked for before the agency sent it again."""
        return _REASON_TITLES.get(self.state, "What was asked for")

    @property
    def due(self) -> date | None:
        return self.due_on or self.collection.due_on

    @property
    def waits_for_agency(self) -> bool:
        return self.state in PEN and self.collection.is_open

    @property
    def is_cut_off(self) -> bool:
        """The year was closed before the agency had sent it."""
        return self.state in PEN and self.collection.is_closed

    @property
    def would_be_late(self) -> bool:
        """One that is left out: taken in again as it is, it would be late at once."""
        writes = self.status_before in PEN and self.collection.is_open
        return writes and self.due is not None and self.due < timezone.localdate()

    @property
    def days_late(self) -> int:
        """Whole days since the due date in Europe/London, while the agency still has the pen; else 0."""
        if self.due is None or not self.waits_for_agency:
            return 0
        return max(0, (timezone.localdate() - self.due).days)

    @property
    def days_left(self) -> int | None:
        return None if self.due is None else (self.due - timezone.localdate()).days

    @property
    def is_nil(self) -> bool:
        return bool(self.nil_reason)

    @property
    def is_signed_off(self) -> bool:
        return bool(self.signed_name and self.signed_post and self.signed_on)

    def get_absolute_url(self) -> str:
        return self.url("agency_return")

    def url(self, view: str, *args: object) -> str:
        """The address of one of the return's own pages."""
        return reverse(view, args=[self.collection.partnership.slug, self.collection.slug, self.slug, *args])

    def people(self, *kinds: RoleKind) -> models.QuerySet[User]:
        """The agency's people who have one of the parts, each once."""
        return User.objects.filter(
            pk__in=Role.objects.active().filter(seat__in=self.seat_ids, kind__in=kinds).values("user")
        )
