"""manage.py verify_editions: recomputes every hash of what was published and names what was touched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from returns.appendix.document import fingerprint
from returns.models import Edition


class Command(BaseCommand):
    help = (
        "Recomputes the SHA-256 of every edition and of its files. Ends with code 1 if anything was touched."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        editions = files = 0
        touched: list[str] = []
        for edition in Edition.objects.select_related("collection__partnership").iterator():
            editions += 1
            files += edition.files.count()
            touched += _touched(edition)
        if touched:
            raise CommandError("Not as it was published:\n" + "\n".join(f"- {one}" for one in touched))
        self.stdout.write(f"{editions} editions and {files} files are as they were published.")


def _touched(edition: Edition) -> Iterator[str]:
    """One file at a time: together they may be large."""
    name = f"{edition.collection.partnership}, {edition}"
    if fingerprint(edition.document) != edition.sha256:
        yield f"{name}: the text"
    for file in edition.files.iterator(chunk_size=1):
        content = bytes(file.content)
        if (hashlib.sha256(content).hexdigest(), len(content)) != (file.sha256, file.size):
            yield f"{name}: {file.get_format_display()}"
