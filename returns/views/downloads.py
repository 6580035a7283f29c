"""A Document as a file to keep; what cannot be made now is said on a plain page."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from returns.appendix.document import Document
from returns.appendix.errors import RenderError
from returns.appendix.files import FORMATS

_log = logging.getLogger(__name__)


def download(request: HttpRequest, document: Document, kind: str, *, name: str) -> HttpResponse:
    """The file called `name`.`kind`, or status 503 with what to do instead."""
    form = FORMATS[kind]
    try:
        content = form.write(document)
    except RenderError as error:
        _log.error("No %s of %s: %s %s", kind, document.collection, error, error.detail)
        response = render(request, "returns/no_file.html", {"sentence": str(error)}, status=503)
        response["Retry-After"] = "60"
        return response
    return attachment(content, form.media_type, f"{name}.{kind}")


def attachment(content: bytes, media_type: str, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
