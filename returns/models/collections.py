"""One year's gathering in one partnership, and its questions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from agencies.models import Partnership, Role, RoleKind, User
from agencies.prepared import prepared

READERS = (RoleKind.COORDINATOR, RoleKind.SECOND_READER)


class CollectionStage(models.TextChoices):
    PREPARING = "preparing", "Being prepared"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, user: User) -> CollectionQuerySet:
        """Whole collections: those a coordinator runs, and a second reader reads once they are open."""
        coordinates = Role.objects.active().of(user, RoleKind.COORDINATOR).values("partnership")
        reads = Role.objects.active().of(user, RoleKind.SECOND_READER).values("partnership")
        opened = ~Q(stage=CollectionStage.PREPARING)
        return self.filter(Q(partnership__in=coordinates) | Q(opened, partnership__in=reads))

    def appendix_visible_to(self, user: User) -> CollectionQuerySet:
        """Those whose compiled appendix the person may read: coordinators and second readers always,
        everybody else of the partnership once it was shown to the board."""
        reads = [role.partnership_id for role in user.active_roles if role.kind in READERS]
        belongs = [role.partnership_id for role in user.active_roles]
        opened = ~Q(stage=CollectionStage.PREPARING)
        return self.filter(
            opened, Q(partnership__in=reads) | Q(partnership__in=belongs, shown_at__isnull=False)
        )

    def not_published(self) -> CollectionQuerySet:
        """Those without an edition that stands: what there is to read of them is a preview."""
        return self.exclude(
            pk__in=self.model.objects.filter(editions__isnull=False, editions__withdrawn_at=None)
        )

    def newest_first(self) -> CollectionQuerySet:
        return self.order_by("-period_end", "-pk")


class Collection(models.Model):
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="collections")
    slug = models.SlugField(max_length=40)
    label = models.CharField(max_length=60, default="Appendix C")
    report_title = models.CharField(max_length=120)
    name = models.CharField(max_length=120, default="Partners Voice of the Child Snapshot")
    period_start = models.DateField()
    period_end = models.DateField()
    opens_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    stage = models.CharField(
        max_length=20, choices=CollectionStage.choices, default=CollectionStage.PREPARING
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    period_confirmed_at = models.DateTimeField(null=True, blank=True)
    people_confirmed_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="one_collection_per_slug"),
            models.CheckConstraint(
                condition=Q(stage__in=CollectionStage.values), name="collection_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")), name="collection_period_forward"
            ),
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(due_on=None) | Q(due_on__gte=F("opens_on")),
                name="collection_due_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(stage=CollectionStage.PREPARING, opened_at=None)
                | (~Q(stage=CollectionStage.PREPARING) & Q(opened_at__isnull=False)),
                name="collection_opened_has_time",
            ),
            models.CheckConstraint(
                condition=Q(stage=CollectionStage.CLOSED, closed_at__isnull=False)
                | (~Q(stage=CollectionStage.CLOSED) & Q(closed_at=None)),
                name="collection_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} return"

    @property
    def title(self) -> str:
        """The appendix's whole title, put together as the yearly report prints it."""
        return f"{self.label}: {self.partnership.name} {self.report_title} – {self.name}"

    @property
    def about(self) -> str:
        """The path under which events and messages about it are kept."""
        return f"collection/{self.pk}/"

    @property
    def is_preparing(self) -> bool:
        return self.stage == CollectionStage.PREPARING

    @property
    def is_open(self) -> bool:
        return self.stage == CollectionStage.OPEN

    @property
    def is_closed(self) -> bool:
        return self.stage == CollectionStage.CLOSED

    @property
    def period_needs_a_look(self) -> bool:
        """A due date more than a year after the period usually means that the period is last year's."""
        if self.due_on is None or self.period_confirmed_at is not None:
            return False
        return (self.due_on - self.period_end).days > 365

    @cached_property
    def ordered_questions(self) -> list[Question]:
        """The questions in their order, read once a request."""
        return _questions_of(collection=self)

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.partnership.slug, self.slug])


class Question(models.Model):
    """Fixed once the collection is open, so that every agency answers the same."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="questions")
    position = models.PositiveIntegerField()
    wording = models.TextField(max_length=1000)
    guidance = models.TextField(max_length=4000, blank=True)
    suggested_words = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.wording


@prepared
def _questions_of(collection: Collection) -> models.QuerySet[Question]:
    return Question.objects.filter(collection=collection)
