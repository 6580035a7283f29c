"""Sends the e-mails that wait in the outbox; run it every minute from cron or a timer, also twice at once."""

from typing import Any

from django.core.management.base import BaseCommand

from agencies.actions.messages import send_waiting


class Command(BaseCommand):
    help = "Sends the e-mails that wait in the outbox. Safe to run in several processes at once."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = send_waiting()
        self.stdout.write(", ".join(f"{state}: {count}" for state, count in counts.items()))
