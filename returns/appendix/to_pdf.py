"""Writes a Document as PDF: PDF/UA-1 and PDF/A-2a in one file, set by typst in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import NamedTuple

from returns.appendix.document import Document
from returns.appendix.errors import RenderError
from returns.appendix.pdf import fonts
from returns.appendix.pdf.data import REPLACEMENT, Writer, strings

STANDARDS = ["ua-1", "a-2a"]
ACCENT = "#6b1f5c"
MEMORY = (
    4 << 30
)  # address space in bytes: 1,000 agencies take 1 GB of it, and threads reserve more than they use
SECONDS = 60
# Nothing of the site's own environment. On a big machine many threads would reserve more memory than is allowed.
_ENVIRONMENT = {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "4"}
_PDF = Path(__file__).parent / "pdf"
# Each setting takes a processor for itself, so a crowd of requests waits here instead of on the whole machine.
_PLACES = BoundedSemaphore(2)


class Missing(NamedTuple):
    """A character that no font has: it reads as U+FFFD in the PDF, and stands unchanged in every other format."""

    character: str
    name: str
    agency: str


def missing_characters(document: Document) -> list[Missing]:
    """What the PDF has to substitute, once for each agency, in the order of the document; "" for its own words."""
    texts = list(strings(document))
    lacking = fonts.choose({character for _, text in texts for character in text}).missing
    if not lacking:
        return []
    found = dict.fromkeys((one, agency) for agency, text in texts for one in text if one in lacking)
    return [Missing(one, unicodedata.name(one, f"U+{ord(one):04X}"), agency) for one, agency in found]


def render(document: Document, *, seconds: int = SECONDS) -> bytes:
    """The same bytes for the same document on one installation. Raises RenderError.

    `seconds` bounds both what the processor may work and what a person may wait."""
    characters = {character for _, text in strings(document) for character in text}
    choice = fonts.choose(characters)
    if choice.missing:
        choice = fonts.choose(characters | {REPLACEMENT})
    look = {"accent": document.look.accent or ACCENT, "fonts": {"serif": choice.serif, "sans": choice.sans}}
    data = Writer(choice.missing).document(document) | look
    job = {
        "template": _template(),
        "doc": json.dumps(data, ensure_ascii=False),  # the process hands it on unread
        "fonts": [str(path) for path in choice.paths],
        "standards": STANDARDS,
        "made_at": document.as_of.isoformat(),
        "memory": MEMORY,
        "seconds": seconds,
    }
    return _run(json.dumps(job).encode(), seconds)


@cache
def _template() -> str:
    return (_PDF / "appendix.typ").read_text(encoding="utf-8")


def _run(job: bytes, seconds: int) -> bytes:
    if not _PLACES.acquire(timeout=seconds):
        raise RenderError("Too many PDF files are being made just now. Try again in a minute.")
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_PDF / "worker.py")],
            input=job,
            capture_output=True,
            timeout=seconds,
            env=_ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RenderError("Making the PDF took too long, so it was stopped.") from error
    except OSError as error:
        raise RenderError("The PDF could not be made: no process could be started.", str(error)) from error
    finally:
        _PLACES.release()
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise RenderError(_sentence(done.returncode), done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def _sentence(code: int) -> str:
    if code < 0:
        return "Making the PDF took more time or memory than is allowed, so it was stopped."
    return "The PDF could not be made. The other formats hold the same text."
