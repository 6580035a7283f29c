"""Writes a Document as JSON, for other programs."""

from __future__ import annotations

import json

from returns.appendix.document import Document, to_data

SCHEMA = "appendix"


def render(document: Document) -> str:
    """{"schema": "appendix", "version": 1, …}, the rest as in `document.to_data`."""
    data = {"schema": SCHEMA, **to_data(document)}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
