"""manage.py render_editions: makes the files that editions still lack."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from returns.actions.rendering import render
from returns.models import Edition


class Command(BaseCommand):
    help = "Makes the files of published editions that are still pending. May run at any time, also twice at once."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for edition in Edition.objects.pending().without_text().select_related("collection__partnership"):
            missing = render(edition.pk)
            failed += [f"{edition.collection.partnership}: {one.label} of {edition}" for one in missing]
            if not missing:
                self.stdout.write(f"{edition.collection.partnership}, {edition}: files made.")
        if failed:
            raise CommandError("These files could not be made:\n" + "\n".join(f"- {one}" for one in failed))
