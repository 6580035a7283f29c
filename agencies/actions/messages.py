"""Writes e-mails into the outbox and sends them from there. Knows nothing of what they are about."""

from __future__ import annotations

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from agencies import tokens
from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Message, MessageState, Partnership, RoleKind, User
from agencies.permissions import require_manager

# A claim older than this was left by a process that died: nobody knows whether the e-mail went out.
CLAIM_LASTS = timedelta(minutes=10)
MOST_TRIES = 8


def reply_address(partnership: Partnership | None, by: User | None) -> str:
    """The coordinator who acted, or else the partnership's longest-serving coordinator."""
    if partnership is None:
        return ""
    if by and by.has_role(partnership.pk, RoleKind.COORDINATOR):
        return by.email
    role = partnership.roles.active().filter(kind=RoleKind.COORDINATOR).select_related("user").order_by("began_at").first()
    return role.user.email if role else ""


def queue(
    kind: str,
    *,
    to_email: str,
    to_name: str,
    subject: str,
    paragraphs: list[str],
    about: str,
    to_user: User | None = None,
    partnership: Partnership | None = None,
    by: User | None = None,
    link: str = "",
    link_label: str = "",
    token_of: tuple[str, int, int] | None = None,
    key: str | None = None,
) -> Message | None:
    """Puts one e-mail into the outbox; None if `key` says that it was put there before."""
    fields = {
        "to_email": to_email,
        "to_name": to_name,
        "to_user": to_user,
        "partnership": partnership,
        "reply_to": reply_address(partnership, by),
        "kind": kind,
        "subject": subject,
        "paragraphs": paragraphs,
        "link": link,
        "link_label": link_label,
        "token_of": list(token_of) if token_of else None,
        "about": about,
    }
    if key is None:
        return Message.objects.create(**fields)
    message, created = Message.objects.get_or_create(key=key, defaults=fields)
    return message if created else None


@transaction.atomic
def resend(message: Message, *, by: User) -> Message:
    """Puts the same e-mail into the outbox again, as a new row."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.partnership is not None:
        require_manager(by, message.partnership)
    if message.state in (MessageState.WAITING, MessageState.SENDING):
        raise NotNow("This e-mail has not been sent yet. It will go out within a few minutes.")
    if message.state == MessageState.CANCELLED:
        raise NotNow("This e-mail is not needed any more, so it cannot be sent again.")
    copy = Message.objects.get(pk=message.pk)
    copy.pk, copy.key, copy.state, copy.tries, copy.error = None, None, MessageState.WAITING, 0, ""
    copy.claimed_at = copy.sent_at = None
    copy.created_at = timezone.now()
    copy.save(force_insert=True)
    record("resend", f"sent “{message.subject}” to {message.to_name} again", by=by, about=message.about, partnership=message.partnership)
    return copy


def cancel(about: str, *, kind: str) -> None:
    """Takes back what was not sent yet, such as an invitation that was withdrawn."""
    Message.objects.filter(about=about, kind=kind, state=MessageState.WAITING).update(state=MessageState.CANCELLED)


def send_waiting() -> dict[str, int]:
    """Sends all that waits. May run in several processes at once: each row is claimed by one of them.

    Returns how many ended as sent, refused, waiting (to be tried again) or unsure."""
    counts = {"sent": 0, "refused": 0, "waiting": 0, "unsure": _give_up_old_claims()}
    connection = get_connection()
    seen: list[int] = []
    while message := _claim_next(seen):
        seen.append(message.pk)
        counts[_send(message, connection)] += 1
    connection.close()
    return counts


def _give_up_old_claims() -> int:
    old = Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=timezone.now() - CLAIM_LASTS)
    return old.update(
        state=MessageState.UNSURE, error="Sending was interrupted, so it may or may not have arrived."
    )


def _claim_next(seen: list[int]) -> Message | None:
    while True:
        message = Message.objects.filter(state=MessageState.WAITING).exclude(pk__in=seen).order_by("created_at", "pk").first()
        if message is None:
            return None
        claimed = Message.objects.filter(pk=message.pk, state=MessageState.WAITING).update(
            state=MessageState.SENDING, claimed_at=timezone.now(), tries=message.tries + 1
        )
        if claimed:
            message.tries += 1
            return message


def _send(message: Message, connection: BaseEmailBackend) -> str:
    """Sends one claimed e-mail and notes how it ended; the name of the count it belongs to."""
    try:
        as_email(message, connection).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
        return _note(message, MessageState.REFUSED, f"The receiving mail server refused it ({_code(error)}).")
    except (OSError, smtplib.SMTPException):
        if message.tries >= MOST_TRIES:
            return _note(message, MessageState.REFUSED, "The mail server could not be reached after several tries.")
        return _note(message, MessageState.WAITING, "The mail server could not be reached. It will be tried again.")
    return _note(message, MessageState.SENT, "")


def _code(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> int:
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code
    return next(iter(error.recipients.values()))[0]


def _note(message: Message, state: MessageState, error: str) -> str:
    sent_at = timezone.now() if state == MessageState.SENT else None
    Message.objects.filter(pk=message.pk).update(state=state, error=error, sent_at=sent_at)
    return state.value


def as_email(message: Message, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The e-mail as it goes out, text and HTML, with its link filled in."""
    link = message.link
    if message.token_of:
        kind, pk, nonce = message.token_of
        link = link.replace("{token}", tokens.make(kind, pk, nonce))
    context = {
        "message": message,
        "url": settings.SITE_URL + link if link else "",
        "service_name": settings.SERVICE_NAME,
    }
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=render_to_string("agencies/email/message.txt", context),
        to=[message.to_email],
        reply_to=[message.reply_to] if message.reply_to else [],
        connection=connection,
    )
    email.attach_alternative(render_to_string("agencies/email/message.html", context), "text/html")
    return email
