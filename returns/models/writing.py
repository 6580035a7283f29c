"""The texts: what an answer says now, every save that led there, and whole returns at their milestones."""

from __future__ import annotations

from datetime import date
from secrets import token_hex
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.models import User
from returns import richtext
from returns.models.collections import Question
from returns.models.returns import Return
from returns.workflow import RevisionKind

LONGEST_CLIENT = 40


class Answer(models.Model):
    """The current text of one question: clean HTML. `version` grows by one with each applied save."""

    agency_return = models.ForeignKey(Return, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    html = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["question__position"]
        constraints = [
            models.UniqueConstraint(fields=["agency_return", "question"], name="one_answer_per_question"),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}, version {self.version}"

    @property
    def blocks(self) -> tuple[richtext.Block, ...]:
        return richtext.parse(self.html)

    def text_of(self, version: int) -> richtext.Blocks | None:
        """What the answer said at that version; None if that is not known."""
        if version == self.version:
            return self.blocks
        if version == 0:
            return ()
        save = self.saves.filter(version=version, applied=True).first()
        return richtext.parse(save.html) if save else None


class Save(models.Model):
    """One attempt to save, append-only. A stale one is kept with `applied = False`: no word is lost.

    (client, sequence) names the request, so that the same one sent twice counts once."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="saves")
    version = models.PositiveIntegerField()  # the answer's version after this save
    base_version = models.PositiveIntegerField()  # the version it was based on
    html = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    client = models.CharField(max_length=LONGEST_CLIENT)
    sequence = models.PositiveIntegerField()
    applied = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "client", "sequence"], name="one_save_per_client_and_sequence"
            ),
            models.UniqueConstraint(
                fields=["answer", "version"], condition=Q(applied=True), name="one_applied_save_per_version"
            ),
            models.CheckConstraint(
                condition=Q(applied=False) | Q(version=F("base_version") + 1),
                name="applied_save_follows_its_base",
            ),
        ]

    def __str__(self) -> str:
        return f"Save {self.pk} of answer {self.answer_id}"

    @property
    def blocks(self) -> richtext.Blocks:
        return richtext.parse(self.html)

    def next_client(self) -> str:
        """The name of the page that shows this text beside another one. It begins with the name of the page from which
        the text came, so that what is saved there is known to have dealt with it."""
        room = len(self.client) + 4 <= LONGEST_CLIENT
        return self.client + token_hex(2) if room else token_hex(8)


class SignedOff(NamedTuple):
    """Who signed a text off in the agency, and on what day."""

    name: str
    post: str
    on: date


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest_first(self) -> RevisionQuerySet:
        return self.order_by("-number")

    def for_readers(self) -> RevisionQuerySet:
        """What those outside of the agency may read: never what it took back, perhaps to mend a slip."""
        return self.filter(taken_back_at=None)


class Revision(models.Model):
    """A whole return at a milestone. `data` holds the wording and names of that day:

    {"version": 1, "agency": str, "nil_reason": str, "sign_off": {"name", "post", "on"} or null,
     "answers": [{"question": str, "html": str}]}"""

    KINDS = {
        RevisionKind.SUBMITTED: "As sent",
        RevisionKind.SENT_BACK: "As read when changes were asked for",
        RevisionKind.AMENDED: "With a suggestion taken in",
        RevisionKind.APPROVED: "As approved",
        RevisionKind.IMPORTED: "As imported",
        RevisionKind.RESTORED: "As brought back",
    }

    agency_return = models.ForeignKey(Return, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[(kind.value, label) for kind, label in KINDS.items()])
    data = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agency_return", "number"], name="one_revision_per_number"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in RevisionKind]), name="revision_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%-d %B %Y}"

    @property
    def answers(self) -> list[dict[str, Any]]:
        """[{"question": wording, "blocks": parsed text}] of that day."""
        return [
            {"question": answer["question"], "blocks": richtext.parse(answer["html"])}
            for answer in self.data["answers"]
        ]

    @property
    def signed_off(self) -> SignedOff | None:
        said = self.data["sign_off"]
        return SignedOff(said["name"], said["post"], date.fromisoformat(said["on"])) if said else None

    @property
    def words(self) -> int:
        return sum(richtext.count_words(answer["blocks"]) for answer in self.answers)

    def says_the_same_as(self, other: Revision) -> bool:
        keys = ("answers", "nil_reason")
        return all(self.data[key] == other.data[key] for key in keys)


def snapshot(agency_return: Return) -> dict[str, Any]:
    """The shape is documented at `Revision`. Where there is nothing to report, drafts stay out of it."""
    texts = dict(agency_return.answers.values_list("question_id", "html"))
    questions = [] if agency_return.is_nil else list(agency_return.collection.questions.all())
    return {
        "version": 1,
        "agency": agency_return.name,
        "nil_reason": agency_return.nil_reason,
        "sign_off": _sign_off(agency_return),
        "answers": [{"question": q.wording, "html": texts.get(q.pk, "")} for q in questions],
    }


def _sign_off(agency_return: Return) -> dict[str, str] | None:
    if not (agency_return.is_signed_off and agency_return.signed_on):
        return None
    return {
        "name": agency_return.signed_name,
        "post": agency_return.signed_post,
        "on": agency_return.signed_on.isoformat(),
    }
