"""Partnerships, agencies, and an agency's place in a partnership. Knows nothing of people but who may see what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

if TYPE_CHECKING:
    from agencies.models.people import User


def cut_slug(slug: str, length: int) -> str:
    """At most so many characters, cut between two words where there are two."""
    if len(slug) <= length:
        return slug
    return slug[: length + 1].rpartition("-")[0] or slug[:length]


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: User) -> PartnershipQuerySet:
        """Those in which the person has a part; all of them for an administrator, who sets them up."""
        if user.is_staff:
            return self
        return self.filter(pk__in=[role.partnership_id for role in user.active_roles])

    def public(self) -> PartnershipQuerySet:
        """Those whose published appendices anybody may read."""
        return self.filter(public_at__isnull=False)

    def managed_by(self, user: User) -> PartnershipQuerySet:
        """Those whose people and agencies the person looks after."""
        if user.is_staff:
            return self
        return self.filter(pk__in=[role.partnership_id for role in user.active_roles if role.is_coordinator])

    def with_counts(self) -> PartnershipQuerySet:
        """With `agency_count`, `people_count` and `coordinator_count` of today, and `had_coordinator` at any time."""
        active = Q(roles__ended_at=None, roles__user__is_active=True)
        coordinators = active & Q(roles__kind="coordinator")
        return self.annotate(
            agency_count=Count("seats", filter=Q(seats__left_on=None), distinct=True),
            people_count=Count("roles__user", filter=active, distinct=True),
            coordinator_count=Count("roles__user", filter=coordinators, distinct=True),
            had_coordinator=Count("roles", filter=Q(roles__kind="coordinator"), distinct=True),
        )


class Partnership(models.Model):
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    accent = models.CharField(max_length=7, blank=True)  # #1b4b8c; "" for the site's own colour
    logo_sha256 = models.CharField(max_length=64, blank=True)  # of the picture in `Logo`; "" without one
    logo_alt = models.CharField(max_length=200, blank=True)
    public_at = models.DateTimeField(null=True, blank=True)  # since when anybody may read what it publishes
    is_listed = models.BooleanField(default=False)  # whether search engines may list its public pages
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_listed=False) | Q(public_at__isnull=False), name="partnership_listed_is_public"
            ),
            models.CheckConstraint(
                condition=Q(logo_sha256="", logo_alt="") | (~Q(logo_sha256="") & ~Q(logo_alt="")),
                name="partnership_logo_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def style_version(self) -> str:
        """Changes with the colour, so that the style may be kept by the browser for as long as it likes."""
        return self.accent.removeprefix("#")

    @property
    def logo_version(self) -> str:
        return self.logo_sha256[:12]

    def get_absolute_url(self) -> str:
        return reverse("partnership", args=[self.slug])


class Logo(models.Model):
    """The picture of a partnership, apart from it: every page reads the partnership, few the picture."""

    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="logo")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"Logo of {self.partnership}"


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, user: User) -> AgencyQuerySet:
        """Whoever looks after a partnership sees the names of all, so that none is entered twice."""
        if user.is_staff or any(role.is_coordinator for role in user.active_roles):
            return self
        return self.filter(seats__partnership__in=Partnership.objects.visible_to(user)).distinct()

    def standing(self) -> AgencyQuerySet:
        """Those that no other one has taken over."""
        return self.filter(succeeded_by=None)


class Agency(models.Model):
    """An organisation, whichever partnerships it sits in."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(condition=~Q(succeeded_by=F("id")), name="agency_not_its_own_successor"),
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    def current(self) -> SeatQuerySet:
        return self.filter(left_on=None)


class Seat(models.Model):
    """An agency's place in a partnership. A seat that ended by a merger names the one that took it over."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="seats")
    display_name = models.CharField(max_length=200, blank=True)
    mailbox = models.EmailField(blank=True)  # shared by the agency's people; copied in on their e-mails
    position = models.PositiveIntegerField()
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "agency"],
                condition=Q(left_on=None),
                name="one_current_seat_per_agency",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="seat_left_after_joining"
            ),
            models.CheckConstraint(
                condition=Q(succeeded_by=None) | Q(left_on__isnull=False), name="succeeded_seat_has_left"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the partnership calls the agency."""
        return self.display_name or self.agency.name
