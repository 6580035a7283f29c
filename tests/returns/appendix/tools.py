"""Programs that some tests need. Without one its tests are skipped with a clear line; CI sets REQUIRE_VALIDATORS."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

REQUIRED = bool(os.environ.get("REQUIRE_VALIDATORS"))
_JAVA = Path("/usr/share/java")
_JARS = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset")


def needs(present: object, what: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not present and not REQUIRED, reason=f"{what} is not installed")


needs_pdftotext = needs(shutil.which("pdftotext"), "pdftotext (Debian: poppler-utils)")
needs_libreoffice = needs(shutil.which("soffice"), "LibreOffice (Debian: libreoffice-writer-nogui)")
needs_verapdf = needs(
    shutil.which("java")
    and importlib.util.find_spec("jpype")
    and all((_JAVA / f"{one}.jar").exists() for one in _JARS),
    "what veraPDF needs (Debian: openjdk-17-jre-headless, libjaxb-java)",
)


def jars() -> list[str]:
    return [str(_JAVA / f"{one}.jar") for one in _JARS]


def pages(pdf: bytes) -> list[str]:
    """The text of each page, as a person would select it."""
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")[:-1]


def by_libreoffice(folder: Path, word: bytes) -> bytes:
    """The Word file as LibreOffice prints it."""
    (folder / "a.docx").write_bytes(word)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "a.pdf").read_bytes()
