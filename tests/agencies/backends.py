"""Mail servers that misbehave, as email backends for tests."""

import smtplib

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as Working

from agencies.models import Message


class Refusing(BaseEmailBackend):
    """Takes everything but what is sent to the domain refused.example."""

    def send_messages(self, email_messages):
        for message in email_messages:
            if message.to[0].endswith("@refused.example"):
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"No such user")})
            if message.to[0].endswith("@spam.example"):
                raise smtplib.SMTPDataError(554, b"Looks like spam")
            if message.to[0].endswith("@later.example"):
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (450, b"Greylisted")})
        return Working().send_messages(email_messages)


class Unreachable(BaseEmailBackend):
    def open(self):
        raise ConnectionRefusedError("Connection refused")


class BreaksOff(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


class Crashes(BaseEmailBackend):
    """The process is killed while it sends."""

    def send_messages(self, email_messages):
        raise KeyboardInterrupt


class RunsAgainInside(Working):
    """While one sender is at it, another one starts."""

    inside = False

    def send_messages(self, email_messages):
        from agencies.actions.messages import send_waiting

        if not RunsAgainInside.inside:
            RunsAgainInside.inside = True
            send_waiting()
        assert Message.objects.filter(state="sending").exists()
        return super().send_messages(email_messages)
