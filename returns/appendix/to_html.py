"""Writes a Document as HTML: the part that a page shows, and a file that needs nothing beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from returns import richtext
from returns.appendix.document import Document, Passage, Section

# Sub-headings in an answer stand below title, agency and question.
HEADING_BASE = 4
_DIRECTED = re.compile(r"<(p|h[1-6]|ul|ol|td|th)>|<(ol) (start)")


@dataclass(frozen=True, slots=True)
class _Passage:
    anchor: str
    question: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class _Section:
    anchor: str
    agency: str
    nil_reason: str
    passages: tuple[_Passage, ...]


def render_body(document: Document) -> SafeString:
    """Title, contents and sections, for the page's main part and for the file."""
    context = {"document": document, "sections": [_section(section) for section in document.sections]}
    return render_to_string("returns/appendix/document.html", context)


def render_file(document: Document) -> str:
    """A whole HTML file with its style inside and no address of anything outside."""
    context = {"document": document, "body": render_body(document), "style": SafeString(_style())}
    return render_to_string("returns/appendix/file.html", context)


def _section(section: Section) -> _Section:
    passages = tuple(_passage(passage) for passage in section.passages)
    return _Section(section.anchor, section.agency, section.nil_reason, passages)


def _passage(passage: Passage) -> _Passage:
    """`richtext` escapes every character of a text, so what looks like a tag here is one."""
    html = richtext.to_html(passage.blocks, heading_base=HEADING_BASE)
    if _turns(html):
        html = _DIRECTED.sub(_directed, html)
    return _Passage(passage.anchor, passage.question, SafeString(html))


def _turns(html: str) -> bool:
    """Whether anything in it is written from right to left."""
    return not html.isascii() and any(
        unicodedata.bidirectional(character) in ("R", "AL") for character in set(html)
    )


def _directed(tag: re.Match[str]) -> str:
    return f'<{tag[1]} dir="auto">' if tag[1] else '<ol dir="auto" start'


@cache
def _style() -> str:
    """The site's own style for reading and for paper."""
    screen, reading, paper = (_css(name) for name in ("base", "reading", "print"))
    return f"{screen}\n{reading}\n@media print {{\n{paper}\n}}\n"


def _css(name: str) -> str:
    found = finders.find(f"css/{name}.css")
    assert isinstance(found, str), f"css/{name}.css is missing"
    css = Path(found).read_text(encoding="utf-8")
    assert "</" not in css, f"css/{name}.css would end the style element"
    return css
