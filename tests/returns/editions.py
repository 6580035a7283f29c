"""Published editions for tests of reading: the compiled document frozen as it is when it is published, with its files."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from django.utils import timezone

from returns.appendix.compile import compile_document
from returns.appendix.document import fingerprint, to_data
from returns.appendix.files import FORMATS
from returns.models import Edition
from returns.models.editions import EditionFile
from tests.returns.cast import Cast


def publish(cast: Cast, *, files: tuple[str, ...] = ("html", "txt", "json"), **changes: object) -> Edition:
    """The collection as it is approved now. PDF and Word take longer, so they are made where they are asked for."""
    document = replace(compile_document(cast.collection), preview="")
    data = to_data(document)
    values = {
        "collection": cast.collection,
        "number": cast.collection.editions.count() + 1,
        "document": data,
        "sha256": fingerprint(data),
        "approved_by_name": "Dilys Morgan",
        "approved_meeting": "Board",
        "approved_on": timezone.localdate(),
        "prepared_by": cast.coordinator,
        "published_by": cast.second_coordinator,
    }
    edition = Edition.objects.create(**(values | changes))
    for kind in files:
        content = FORMATS[kind].write(document)
        EditionFile.objects.create(
            edition=edition,
            format=kind,
            content=content,
            sha256=sha256(content).hexdigest(),
            size=len(content),
            pages=3 if kind == "pdf" else None,
        )
    return edition


def withdraw(edition: Edition, *, by: object) -> None:
    edition.withdrawn_at, edition.withdrawn_by = timezone.now(), by
    edition.withdrawn_because = "A name in it"
    edition.save()
