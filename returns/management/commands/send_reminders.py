"""Puts the reminders of the day into the outbox. May run every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from returns.actions.chasing import remind_all


class Command(BaseCommand):
    help = "Reminds those whose return has not been sent, once per step and due date. Run it every hour or every day."

    def handle(self, **options: Any) -> None:
        new = remind_all()
        self.stdout.write(f"{new} new reminder{'' if new == 1 else 's'}.")
