"""What an agency says became of what it announced the year before. Which sentences those were is read anew from last
year's text; a row names one by a digest, so that no copy of its words is kept."""

from __future__ import annotations

from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import User
from returns.models.returns import Return

LONGEST_WORD = 500


def key_of(sentence: str) -> str:
    return sha256(" ".join(sentence.split()).encode()).hexdigest()


class PromiseAnswerQuerySet(models.QuerySet["PromiseAnswer"]):
    def of(self, agency_return: Return) -> PromiseAnswerQuerySet:
        return self.filter(agency_return=agency_return)


class PromiseAnswer(models.Model):
    """Either the answer itself tells of it (`in_text`), or a word does."""

    agency_return = models.ForeignKey(Return, models.CASCADE, related_name="promise_answers")
    key = models.CharField(max_length=64)
    in_text = models.BooleanField()
    word = models.CharField(max_length=LONGEST_WORD, blank=True)
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = PromiseAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_return", "key"], name="one_answer_per_promise"),
            models.CheckConstraint(
                condition=Q(in_text=True) | ~Q(word=""), name="promise_answer_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"Promise answer {self.pk}"
