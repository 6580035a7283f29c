"""Writes e-mails into the outbox and sends them from there. Knows nothing of what they are about."""

from __future__ import annotations

import contextlib
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from agencies import tokens
from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Message, MessageState, Partnership, RoleKind, User
from agencies.models.people import AGENCY_KINDS
from agencies.models.record import cut_to_sentence
from agencies.permissions import require_administrator, require_manager

# A claim older than this was left by a process that died: nobody knows whether the e-mail went out.
CLAIM_LASTS = timedelta(minutes=10)
# A mail server that cannot take an e-mail now is asked again for this long (RFC 5321, 4.5.4.1: some days).
TRIED_FOR = timedelta(days=3)

UNREACHABLE = "The mail server could not be reached. It will be tried again."
GIVEN_UP = "The mail server could not be reached for several days."
BROKEN_OFF = "The connection broke off while it was being sent, so it may or may not have arrived."
INTERRUPTED = "Sending was interrupted, so it may or may not have arrived."
UNWRITABLE = "The address or the subject cannot be written in an e-mail."


def reply_address(partnership: Partnership | None, by: User | None) -> str:
    """Who acted, as a coordinator or for an agency: what a colleague objects to stays in the house. Else the
    partnership's longest-serving coordinator; before there is one, who acted."""
    if partnership is None:
        return ""
    if by and by.has_role(partnership.pk, RoleKind.COORDINATOR, *AGENCY_KINDS):
        return by.email
    role = (
        partnership.roles.active()
        .filter(kind=RoleKind.COORDINATOR)
        .select_related("user")
        .order_by("began_at", "pk")
        .first()
    )
    if role:
        return role.user.email
    return by.email if by else ""


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
    reply_to: str = "",
) -> Message | None:
    """Puts one e-mail into the outbox; None if `key` says that it was put there before. `reply_to` names who acted
    without an account."""
    fields = {
        "to_email": to_email,
        "to_name": to_name,
        "to_user": to_user,
        "partnership": partnership,
        "reply_to": reply_to or reply_address(partnership, by),
        "kind": kind,
        "subject": cut_to_sentence(" ".join(subject.split())),
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
    message = Message.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=message.pk)
    if message.partnership is None:
        require_administrator(by)
    else:
        require_manager(by, message.partnership)
    _require_sendable_again(message)
    copy = Message.objects.get(pk=message.pk)
    copy.pk, copy.key, copy.state, copy.tries, copy.error = None, None, MessageState.WAITING, 0, ""
    copy.claimed_at = copy.sent_at = None
    copy.created_at = timezone.now()
    copy.save(force_insert=True)
    record(
        "resend",
        f"sent “{message.subject}” to {message.to_name} again",
        by=by,
        about=message.about,
        partnership=message.partnership,
    )
    return copy


def _require_sendable_again(message: Message) -> None:
    if message.state in (MessageState.WAITING, MessageState.SENDING):
        raise NotNow("This e-mail has not been sent yet. It will go out within a few minutes.")
    if message.state == MessageState.CANCELLED:
        raise NotNow("This e-mail is not needed any more, so it cannot be sent again.")
    if message.to_user and not message.to_user.is_active:
        raise NotNow(f"The account of {message.to_user} is disabled, so nothing is sent to it.")
    later = Message.objects.filter(
        kind=message.kind, about=message.about, to_email=message.to_email, pk__gt=message.pk
    )
    if later.filter(state__in=[MessageState.WAITING, MessageState.SENDING]).exists():
        raise NotNow("A newer e-mail about this is on its way already. It will go out within a few minutes.")
    if message.token_of and later.exists():
        raise NotNow(
            "A newer e-mail about this was sent since, and the link in this one does not work any more. "
            "Send the newer one again."
        )


def cancel(about: str, *, kind: str) -> None:
    """Takes back what was not sent yet, such as an invitation that was withdrawn."""
    Message.objects.filter(about=about, kind=kind, state=MessageState.WAITING).update(
        state=MessageState.CANCELLED
    )


def send_waiting() -> dict[str, int]:
    """Sends all that waits. May run in several processes at once: each row is claimed by one of them.

    Returns how many ended as sent, refused, waiting (to be tried again) or unsure. Stops at the first sign
    that the mail server cannot be reached; the rest waits for the next run."""
    counts = {"sent": 0, "refused": 0, "waiting": 0, "unsure": _give_up_old_claims()}
    waiting = Message.objects.filter(state=MessageState.WAITING).order_by("created_at", "pk")
    for pk in list(waiting.values_list("pk", flat=True)):
        if (message := _claim(pk)) is None:
            continue
        connection = _open()
        if connection is None:
            counts[_try_again(message, UNREACHABLE)] += 1
            break
        counts[_send(message, connection)] += 1
        _close(connection)
    return counts


def _give_up_old_claims() -> int:
    old = Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=timezone.now() - CLAIM_LASTS)
    return old.update(state=MessageState.UNSURE, error=INTERRUPTED)


def _claim(pk: int) -> Message | None:
    """The row, if this process is the one that may send it."""
    claimed = Message.objects.filter(pk=pk, state=MessageState.WAITING).update(
        state=MessageState.SENDING, claimed_at=timezone.now(), tries=F("tries") + 1
    )
    return Message.objects.get(pk=pk) if claimed else None


def _open() -> BaseEmailBackend | None:
    """A connection of its own for each e-mail: what fails before it stands has surely sent nothing."""
    connection: BaseEmailBackend = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        return None
    return connection


def _close(connection: BaseEmailBackend) -> None:
    """What goes wrong in saying goodbye changes nothing about the e-mail."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        connection.close()


def _send(message: Message, connection: BaseEmailBackend) -> str:
    """Sends one claimed e-mail and notes how it ended; the name of the count it belongs to."""
    try:
        email = as_email(message, connection)
        email.message()
    except (ValueError, UnicodeError):
        return _note(message, MessageState.REFUSED, UNWRITABLE)
    try:
        email.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        return _answered_no(message, _code(error))
    except smtplib.SMTPNotSupportedError:
        return _note(message, MessageState.REFUSED, UNWRITABLE)
    except (OSError, smtplib.SMTPException):
        return _note(message, MessageState.UNSURE, BROKEN_OFF)
    return _note(message, MessageState.SENT, "")


def _answered_no(message: Message, code: int) -> str:
    """A code in the four hundreds means: not now, ask again (RFC 5321, 4.2.1)."""
    if 400 <= code < 500:
        return _try_again(message, f"The mail server asked to wait ({code}). It will be tried again.")
    return _note(message, MessageState.REFUSED, f"The receiving mail server refused it ({code}).")


def _try_again(message: Message, error: str) -> str:
    if timezone.now() - message.created_at > TRIED_FOR:
        return _note(message, MessageState.REFUSED, GIVEN_UP)
    return _note(message, MessageState.WAITING, error)


def _code(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> int:
    if isinstance(error, smtplib.SMTPResponseException):
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
