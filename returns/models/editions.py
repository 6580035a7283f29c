"""What is published of a collection: its frame, numbered editions, and their files. Knows documents as data only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from agencies.models import RoleKind, User
from returns.models.collections import Collection

NOTHING_RECEIVED = "No return was received."
NOT_AGREED = "A return was received, but not yet agreed with the partnership."
NOTHING_TO_REPORT = "Nothing to report."


class FileFormat(models.TextChoices):
    """In the order in which they are offered."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    HTML = "html", "Web page"
    TXT = "txt", "Plain text"
    JSON = "json", "Data (JSON)"


def _at_with_by(name: str) -> Q:
    """`name_at` and `name_by` are set together or not at all."""
    return Q(**{f"{name}_at": None, f"{name}_by": None}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


class Frame(models.Model):
    """What a partnership puts around the answers of one year, and how far its publication is prepared. Clean HTML.

    `prepared_sha256` names the text that was said to be ready; it lapses by itself when the text changes."""

    collection = models.OneToOneField(Collection, models.CASCADE, related_name="frame")
    preface = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    commentary = models.TextField(blank=True)
    commentary_post = models.CharField(max_length=150, blank=True)
    commentary_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    commentary_at = models.DateTimeField(null=True, blank=True)
    nothing_received = models.CharField(max_length=300, default=NOTHING_RECEIVED)
    not_agreed = models.CharField(max_length=300, default=NOT_AGREED)
    nothing_to_report = models.CharField(max_length=300, default=NOTHING_TO_REPORT)
    question_once = models.BooleanField(default=False)
    glossary = models.JSONField(
        default=dict
    )  # short form to what it means in this appendix; "" is not printed
    not_before = models.DateField(null=True, blank=True)
    # Why what could show who somebody is may stay in it. `kept_passages` names the passages of which that was said.
    kept_because = models.TextField(blank=True)
    kept_passages = models.CharField(max_length=64, blank=True)
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    prepared_sha256 = models.CharField(max_length=64, blank=True)
    prepared_note = models.TextField(blank=True)  # after a withdrawal: what was done about it

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_at_with_by("commentary"), name="frame_commentary_at_by"),
            models.CheckConstraint(condition=_at_with_by("prepared"), name="frame_prepared_at_by"),
            models.CheckConstraint(condition=_at_with_by("kept"), name="frame_kept_at_by"),
        ]

    def __str__(self) -> str:
        return f"Frame of the {self.collection}"

    @classmethod
    def of(cls, collection: Collection) -> Frame:
        """The collection's frame; while nobody has touched it, one that is not kept yet."""
        found = cls.objects.select_related("commentary_by", "prepared_by", "kept_by").filter(
            collection=collection
        )
        return found.first() or cls(collection=collection)

    def meanings(self, usual: Mapping[str, str]) -> dict[str, str]:
        """What the appendix prints of each short form that occurs: as usual, where this year says nothing else."""
        return {short: meaning for short, meaning in {**usual, **self.glossary}.items() if meaning}


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: User) -> EditionQuerySet:
        """Everybody with a part in the partnership reads what is published. What was withdrawn is left to its
        coordinators, as a shell that says who, when and why."""
        belongs = [role.partnership_id for role in user.active_roles]
        coordinates = [role.partnership_id for role in user.active_roles if role.kind == RoleKind.COORDINATOR]
        return self.filter(
            Q(collection__partnership__in=belongs, withdrawn_at=None)
            | Q(collection__partnership__in=coordinates)
        )

    def standing(self) -> EditionQuerySet:
        return self.filter(withdrawn_at=None)

    def newest_of_each(self) -> EditionQuerySet:
        """Of each year the one that stands."""
        later = Edition.objects.standing().filter(
            collection=models.OuterRef("collection"), number__gt=models.OuterRef("number")
        )
        return self.standing().exclude(models.Exists(later))

    def public(self) -> EditionQuerySet:
        """What anybody may read without signing in."""
        return self.standing().filter(collection__partnership__public_at__isnull=False)

    def newest_first(self) -> EditionQuerySet:
        return self.order_by("-collection__period_end", "-collection", "-number")

    def for_pages(self) -> EditionQuerySet:
        return self.select_related("collection__partnership", "published_by", "withdrawn_by")

    def without_text(self) -> EditionQuerySet:
        """For lists: the documents stay where they are."""
        return self.defer("document")

    def with_files(self) -> EditionQuerySet:
        """With what is to be said of each file, without its content."""
        return self.prefetch_related(models.Prefetch("files", EditionFile.objects.defer("content")))

    def pending(self) -> EditionQuerySet:
        """Those of which a file is still to be made; what is withdrawn needs none."""
        counted = self.standing().annotate(made=Count("files"))
        return counted.filter(made__lt=len(FileFormat))


class Edition(models.Model):
    """One published appendix. Its `document` is the data of `appendix.document`, never changed but by *erase*.

    `sha256` is of the document's canonical bytes; `changes` lists what is different from the edition before:
    [{"name": "Vale Hospitals", "anchor": "vale-hospitals", "what": "changed"}]."""

    CHANGES = {
        "added": "added",
        "late": "added after publication",
        "changed": "changed",
        "removed": "removed",
        "moved": "in another place",
    }

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_with = models.JSONField(default=dict)  # {"typst": "0.15.2", …}
    note = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    approved_by_name = models.CharField(max_length=150)
    approved_meeting = models.CharField(max_length=200)
    approved_on = models.DateField()
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    alone_because = models.TextField(blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.TextField(blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["collection", "number"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "number"], name="one_edition_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_numbers_begin_with_one"),
            models.CheckConstraint(condition=_at_with_by("withdrawn"), name="edition_withdrawn_at_by"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="edition_withdrawn_because",
            ),
            models.CheckConstraint(
                condition=~Q(published_by=models.F("prepared_by")) | ~Q(alone_because=""),
                name="edition_by_two_people_or_because",
            ),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number} of {self.collection.slug}"

    @property
    def about(self) -> str:
        return f"{self.collection.about}edition/{self.pk}/"

    def get_absolute_url(self) -> str:
        return f"{self.collection.get_absolute_url()}appendix/{self.number}/"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def answered_by_agencies(self) -> frozenset[str]:
        """The names of those whose own answer is printed in it, not a sentence in its place."""
        printed = (one for one in self.document["sections"] if one["passages"] or one["nil_reason"])
        return frozenset(one["agency"] for one in printed)

    @property
    def missing_formats(self) -> list[FileFormat]:
        """Of which no file is made yet, as after a failure of the renderer."""
        there = {file.format for file in self.files.all()}
        return [one for one in FileFormat if one not in there]

    @property
    def offered(self) -> list[EditionFile]:
        """The files that are made, in the order in which they are offered."""
        made = {file.format: file for file in self.files.all()}
        return [made[one] for one in FileFormat if one in made]

    @property
    def is_pending(self) -> bool:
        return bool(self.missing_formats)

    @property
    def changes_in_words(self) -> list[dict[str, Any]]:
        return [change | {"words": self.CHANGES[change["what"]]} for change in self.changes]


class EditionFile(models.Model):
    """One format of an edition, kept with the rest: a backup is one thing, and a commit is one thing."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    format = models.CharField(max_length=10, choices=FileFormat.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # in bytes
    pages = models.PositiveIntegerField(null=True, blank=True)  # of formats that have any
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["edition", "format"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "format"], name="one_file_per_format"),
            models.CheckConstraint(condition=Q(format__in=FileFormat.values), name="file_format_known"),
            models.CheckConstraint(
                condition=Q(format=FileFormat.PDF, pages__isnull=False)
                | (~Q(format=FileFormat.PDF) & Q(pages=None)),
                name="file_pages_of_pdf",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_format_display()} of {self.edition}"
