"""What was done (events) and what is to be e-mailed (messages). Holds no text of any answer."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models.organisations import Agency, Partnership
from agencies.models.people import User, holds_words

# Two names of 200 characters may meet in one sentence.
SENTENCE_LENGTH = 300
NAME_LENGTH = 200  # of who did it


def cut_to_sentence(text: str) -> str:
    """Short enough to be kept, every character counted as the database counts it: combining marks, too."""
    return text if len(text) <= SENTENCE_LENGTH else text[: SENTENCE_LENGTH - 1].rstrip() + "…"


class EventQuerySet(models.QuerySet["Event"]):
    def under(self, about: str) -> EventQuerySet:
        """Events about the thing and everything in it; `about` is a path such as "collection/3/"."""
        return self.filter(about__startswith=about).select_related("by", "agency")


class Event(models.Model):
    """One act: who did what to what and when. Append-only."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=NAME_LENGTH)  # kept, since it is also somebody without an account
    act = models.CharField(max_length=40)
    phrase = models.CharField(
        max_length=SENTENCE_LENGTH
    )  # reads on from the name: "sent the return to the partnership"
    reason = models.TextField(blank=True)
    partnership = models.ForeignKey(Partnership, models.PROTECT, null=True, blank=True, related_name="events")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="events")
    about = models.CharField(max_length=120)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["about"], name="event_about", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return f"{self.by_name} {self.phrase}"


class MessageState(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    REFUSED = "refused", "Not delivered"
    UNSURE = "unsure", "Perhaps not delivered"
    CANCELLED = "cancelled", "Not needed any more"


# The tone of the tag that shows the state; the words beside it say the same.
STATE_TONES = {
    MessageState.WAITING: "quiet",
    MessageState.SENDING: "active",
    MessageState.SENT: "done",
    MessageState.REFUSED: "stop",
    MessageState.UNSURE: "todo",
    MessageState.CANCELLED: "quiet",
}


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> MessageQuerySet:
        """A coordinator sees what their partnership sent; an administrator sees all. None shows an answer."""
        return self.filter(partnership__in=Partnership.objects.managed_by(user))

    def troubled(self) -> MessageQuerySet:
        return self.filter(state__in=[MessageState.REFUSED, MessageState.UNSURE])

    def matching(self, words: str) -> MessageQuerySet:
        """Those whose addressee or subject holds every one of the words."""
        return self.filter(holds_words(words, "to_name", "to_email", "subject"))

    def unresolved(self) -> MessageQuerySet:
        """Lately in trouble, and not sent again since."""
        later = Message.objects.filter(
            to_email=models.OuterRef("to_email"),
            kind=models.OuterRef("kind"),
            about=models.OuterRef("about"),
            pk__gt=models.OuterRef("pk"),
        )
        since = timezone.now() - timedelta(days=Message.TROUBLE_DAYS)
        return self.troubled().filter(~models.Exists(later), created_at__gte=since)


class Message(models.Model):
    """An e-mail to be sent: one row, written with the act that causes it, claimed before it is sent.

    `link` may hold "{token}", filled in from `token_of` at sending, so that no usable link rests in the database.
    `key` names what may be said only once, such as one step of a reminder."""

    TROUBLE_DAYS = 30  # as long as an e-mail that may not have arrived is worth somebody's attention

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="messages"
    )
    to_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="messages")
    to_email = models.EmailField()
    to_name = models.CharField(max_length=150)
    reply_to = models.EmailField(blank=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=SENTENCE_LENGTH)
    paragraphs = models.JSONField()  # a list of plain strings
    link_label = models.CharField(max_length=100, blank=True)
    link = models.TextField(blank=True)  # long where names in the address are in another script
    token_of = models.JSONField(null=True, blank=True)  # [kind, id, nonce] for agencies.tokens
    about = models.CharField(max_length=120)
    key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    state = models.CharField(max_length=20, choices=MessageState.choices, default=MessageState.WAITING)
    tries = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at=None)),
                name="message_sent_has_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="message_queue")]

    @property
    def may_be_sent_again(self) -> bool:
        return self.state in (MessageState.SENT, MessageState.REFUSED, MessageState.UNSURE)

    @property
    def tone(self) -> str:
        return STATE_TONES[MessageState(self.state)]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to_email}"
