"""Makes the files of an edition, after its publication or its change is committed. May run twice at once."""

from __future__ import annotations

import hashlib
import logging
from functools import partial

from django.db import transaction

from returns.appendix.document import from_data
from returns.appendix.errors import RenderError
from returns.appendix.files import FORMATS, made_with, pages_of
from returns.models import Edition, EditionFile, FileFormat

_log = logging.getLogger(__name__)


def render_after_commit(edition: Edition) -> None:
    """Whatever goes wrong, the edition stands: its files are pending, and `render_editions` makes them."""
    transaction.on_commit(partial(render, edition.pk), robust=True)


def render(pk: int) -> list[FileFormat]:
    """Makes the files that are missing and keeps each as soon as it is made; returns those that could not be made."""
    edition = Edition.objects.get(pk=pk)
    if edition.is_withdrawn:
        return []
    return [one for one in edition.missing_formats if not _render(edition, one)]


def _render(edition: Edition, kind: FileFormat) -> bool:
    document = from_data(edition.document)
    try:
        content = FORMATS[kind].write(document)
    except RenderError as error:
        _log.error("No %s of %s: %s %s", kind, edition, error, error.detail)
        return False
    _keep(edition, kind, content, made_with(document))
    return True


@transaction.atomic
def _keep(edition: Edition, kind: FileFormat, content: bytes, versions: dict[str, str]) -> None:
    """Not if the text was changed or withdrawn in the meantime: then the file is of a text that must not be read."""
    now = Edition.objects.select_for_update().only("sha256", "withdrawn_at").get(pk=edition.pk)
    if now.sha256 != edition.sha256 or now.is_withdrawn:
        return
    EditionFile.objects.get_or_create(
        edition=edition,
        format=kind,
        defaults={
            "content": content,
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "pages": pages_of(content) if kind == FileFormat.PDF else None,
        },
    )
    Edition.objects.filter(pk=edition.pk).update(made_with=versions)
