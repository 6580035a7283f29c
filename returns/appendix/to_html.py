"""Writes a Document as HTML: the part that a page shows, and a file that needs nothing beside it."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from agencies import colours
from returns import richtext
from returns.appendix.document import Document, Part, Passage, Section

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
    """An agency's section, or a part around them: then one passage without a question."""

    anchor: str
    name: str
    instead: list[str]
    passages: tuple[_Passage, ...]
    signature: str = ""


def render_body(document: Document, *, permalinks: bool = False) -> SafeString:
    """Title, contents and sections, for the page's main part and for the file. With `permalinks` each section
    names the address below the page's own at which it stands by itself."""
    return render_to_string("returns/appendix/document.html", _context(document, permalinks=permalinks))


def render_chapters(document: Document) -> SafeString:
    """The same without title and contents, for a page that has a title of its own."""
    return render_to_string("returns/appendix/chapters.html", _context(document))


def _context(document: Document, *, permalinks: bool = False) -> dict[str, object]:
    return {
        "document": document,
        "permalinks": permalinks,
        "before": [_part(part) for part in document.before],
        "sections": [_section(section, document.question_once) for section in document.sections],
        "after": [_part(part) for part in document.after],
    }


def render_sections(document: Document) -> dict[str, SafeString]:
    """Each section by itself, by its anchor, in the document's order."""
    made = [
        _part(one, up=1) if isinstance(one, Part) else _section(one, document.question_once, up=1)
        for one in document.chapters
    ]
    return {
        one.anchor: render_to_string("returns/appendix/section.html", {"section": one, "alone": True})
        for one in made
    }


def render_section(section: Section) -> SafeString:
    """One agency's section as the appendix prints it, for a page that says more than that."""
    return render_to_string("returns/appendix/section.html", {"section": _section(section, False)})


def render_file(document: Document) -> str:
    """A whole HTML file with its style inside and no address of anything outside."""
    logo = document.look.logo
    context = {
        "document": document,
        "body": render_body(document),
        "style": SafeString(_style() + colours.css(document.look.accent)),
        "logo": logo and b64encode(logo.png).decode(),
    }
    return render_to_string("returns/appendix/file.html", context)


def _section(section: Section, question_once: bool, *, up: int = 0) -> _Section:
    """`up`: by how many levels its headings are raised, where it stands by itself."""
    passages = tuple(_passage(passage, question_once, up) for passage in section.passages)
    return _Section(section.anchor, section.agency, section.lines_instead, passages)


def _part(part: Part, *, up: int = 0) -> _Section:
    passage = _Passage(f"{part.anchor}.1", "", _html(part.blocks, HEADING_BASE - 1 - up))
    return _Section(part.anchor, part.title, [], (passage,), part.signature)


def _passage(passage: Passage, question_once: bool, up: int) -> _Passage:
    """Where the question is not repeated, sub-headings stand right below the agency."""
    html = _html(passage.blocks, HEADING_BASE - question_once - up)
    return _Passage(passage.anchor, "" if question_once else passage.question, html)


def _html(blocks: richtext.Blocks, heading_base: int) -> SafeString:
    """`richtext` escapes every character of a text, so what looks like a tag here is one."""
    html = richtext.to_html(blocks, heading_base=heading_base)
    if _turns(html):
        html = _DIRECTED.sub(_directed, html)
    return SafeString(html)


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
