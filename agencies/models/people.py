"""People, the parts they have, and invitations to take one. Roles end and people are disabled; neither is deleted."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from agencies.models.organisations import Partnership, Seat
from agencies.prepared import prepared


def holds_words(words: str, *fields: str) -> Q:
    """Every one of the words stands in one of the fields."""
    found = Q()
    for word in words.split():
        found &= reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields))
    return found


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> UserQuerySet:
        """Accounts as such are the administrator's; others meet people by the parts they have."""
        return self if user.is_staff else self.none()

    def matching(self, words: str) -> UserQuerySet:
        """Those whose name or address holds every one of the words."""
        return self.filter(holds_words(words, "name", "email"))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: User) -> UserQuerySet:
        return self.get_queryset().visible_to(user)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """`password=None` leaves the person to sign in by e-mailed codes."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """The administrator that `manage.py createsuperuser` makes in an empty database."""
        user = self.create_user(email, password, is_staff=True, **fields)
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person, signing in by e-mail."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_staff = models.BooleanField("administrator", default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    disabled_at = models.DateTimeField(null=True, blank=True)
    disabled_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=True, disabled_at=None) | Q(is_active=False, disabled_at__isnull=False),
                name="disabled_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def active_roles(self) -> list[Role]:
        """The parts the person has now, read once a request: what they may do, not how their places are called."""
        if not self.is_active:
            return []
        return _active_roles(user=self)

    def has_role(self, partnership_id: int, *kinds: RoleKind) -> bool:
        return any(role.partnership_id == partnership_id and role.kind in kinds for role in self.active_roles)


class RoleKind(models.TextChoices):
    LEAD = "lead", "Responsible for the return"
    CONTRIBUTOR = "contributor", "Helps to write the return"
    COORDINATOR = "coordinator", "Coordinator"
    SECOND_READER = "second_reader", "Second reader"
    BOARD = "board", "Board member"


AGENCY_KINDS = (RoleKind.LEAD, RoleKind.CONTRIBUTOR)
PARTNERSHIP_KINDS = (RoleKind.COORDINATOR, RoleKind.SECOND_READER, RoleKind.BOARD)


# How a part reads within a sentence; the name of the agency or the partnership follows.
PART_WORDS = {
    RoleKind.LEAD: "responsible for the return of",
    RoleKind.CONTRIBUTOR: "helping to write the return of",
    RoleKind.COORDINATOR: "a coordinator of",
    RoleKind.SECOND_READER: "a second reader of",
    RoleKind.BOARD: "a board member of",
}


def seat_fits_kind() -> Q:
    """A lead or contributor has a part in an agency's seat; the others in the partnership as a whole."""
    return Q(kind__in=AGENCY_KINDS, seat__isnull=False) | Q(kind__in=PARTNERSHIP_KINDS, seat=None)


def part(held: Role | Invitation) -> str:
    """responsible for the return of Bedfordshire Police"""
    return f"{PART_WORDS[RoleKind(held.kind)]} {held.place}"


class RoleQuerySet(models.QuerySet["Role"]):
    def active(self) -> RoleQuerySet:
        return self.filter(ended_at=None, user__is_active=True)

    def of(self, user: User, *kinds: RoleKind) -> RoleQuerySet:
        return self.filter(user=user, kind__in=kinds)

    def only_coordinator(self, user: User) -> RoleQuerySet:
        """The parts of somebody without whom nobody would coordinate the partnership."""
        coordinators = self.active().filter(kind=RoleKind.COORDINATOR)
        others = coordinators.filter(partnership=models.OuterRef("partnership")).exclude(user=user)
        return coordinators.filter(~models.Exists(others), user=user).with_places()

    def with_places(self) -> RoleQuerySet:
        """For showing them: with the names of agency and partnership, in their order."""
        return self.select_related("partnership", "seat__agency")


class Role(models.Model):
    """A part a person has. Tied to a seat, not to the agency, so that one partnership's coordinator
    cannot let anybody into what an agency writes for another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=RoleKind.choices)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="roles")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="roles")
    began_at = models.DateTimeField(default=timezone.now)
    began_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "seat__position", "kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RoleKind.values), name="role_kind_known"),
            models.CheckConstraint(condition=seat_fits_kind(), name="role_seat_fits_kind"),
            models.UniqueConstraint(
                fields=["user", "kind", "partnership"],
                condition=Q(ended_at=None, seat=None),
                name="one_active_role_in_partnership",
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "seat"], condition=Q(ended_at=None), name="one_active_role_in_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.place}"

    @property
    def part(self) -> str:
        return part(self)

    @property
    def is_coordinator(self) -> bool:
        return self.kind == RoleKind.COORDINATOR

    @property
    def place(self) -> str:
        return self.seat.name if self.seat else self.partnership.name


@prepared
def _active_roles(user: User) -> models.QuerySet[Role]:
    return Role.objects.filter(user=user, ended_at=None).order_by()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> InvitationQuerySet:
        return self.filter(accepted_at=None, withdrawn_at=None)

    def to_answer_for(self, *seats: int) -> InvitationQuerySet:
        """Who was asked to become responsible for the returns of the seats, and whom they take over from."""
        waiting = self.unanswered().filter(seat__in=seats, kind=RoleKind.LEAD)
        return waiting.select_related("replaces__user")


class Invitation(models.Model):
    """An offer of a part, answered once through a link. A new `nonce` makes the links sent before worthless."""

    DAYS = 14

    email = models.EmailField()
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=RoleKind.choices)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="invitations")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="invitations")
    # Whoever hands a part over keeps it until the other has accepted.
    replaces = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    nonce = models.PositiveIntegerField(default=1)
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RoleKind.values), name="invitation_kind_known"),
            models.CheckConstraint(condition=seat_fits_kind(), name="invitation_seat_fits_kind"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_by",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="invitation_withdrawn_at_by",
            ),
            models.UniqueConstraint(
                fields=["email", "kind", "partnership"],
                condition=Q(accepted_at=None, withdrawn_at=None, seat=None),
                name="one_open_invitation_to_partnership",
            ),
            models.UniqueConstraint(
                fields=["email", "kind", "seat"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_to_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_kind_display()}, {self.place}"

    @property
    def place(self) -> str:
        return self.seat.name if self.seat else self.partnership.name

    @property
    def part(self) -> str:
        return part(self)

    def is_of(self, user: User) -> bool:
        """Whether the person hands their own part over by it, and still has the part."""
        role = self.replaces
        return role is not None and role.user_id == user.pk and role.ended_at is None

    @property
    def has_expired(self) -> bool:
        return timezone.now() >= self.expires_at

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and not self.has_expired
