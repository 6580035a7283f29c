"""The formats a Document is handed out in: one table for the command and for the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from returns.appendix import to_html, to_json, to_pdf, to_text, to_word
from returns.appendix.document import Document
from returns.appendix.pdf import fonts
from returns.appendix.pdf.data import strings


@dataclass(frozen=True, slots=True)
class Format:
    """`write` gives the whole file; what can fail raises RenderError."""

    write: Callable[[Document], bytes]
    media_type: str
    is_text: bool = True


FORMATS: dict[str, Format] = {
    "html": Format(lambda document: to_html.render_file(document).encode(), "text/html; charset=utf-8"),
    "pdf": Format(to_pdf.render, "application/pdf", is_text=False),
    "docx": Format(
        to_word.render,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        is_text=False,
    ),
    "txt": Format(lambda document: to_text.render(document).encode(), "text/plain; charset=utf-8"),
    "json": Format(lambda document: to_json.render(document).encode(), "application/json"),
}


def made_with(document: Document) -> dict[str, str]:
    """What decides how the files look: the renderer's version and the fonts that were chosen for the document."""
    chosen = fonts.choose({character for _, text in strings(document) for character in text})
    return {
        "typst": version("typst"),
        "pymupdf-fonts": version("pymupdf-fonts"),
        "fonts": ", ".join(f"{name} {number}".strip() for name, number in chosen.versions.items()),
    }


def pages_of(pdf: bytes) -> int:
    """As the root of the file's tree of pages counts them."""
    return max(int(count) for count in re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)", pdf))
