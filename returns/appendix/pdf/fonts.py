"""Owns which fonts a PDF is set in and which characters they hold. Knows text, not documents.

Text is set in Libertinus Serif, which typst itself carries. FiraGO (from the package pymupdf-fonts) sets what is
sans serif, and Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai and Georgian. Noto fonts of that package hold
symbols. Whatever is then still missing is looked for in the system's Noto fonts (Debian: fonts-noto-core,
fonts-noto-color-emoji), if they are there.
"""

from __future__ import annotations

import importlib
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from fontTools.ttLib import TTFont, TTLibError

SERIF = "Libertinus Serif"
SYSTEM = Path("/usr/share/fonts/truetype/noto")
# Always there, then as needed, in this order. Each with its companions in other weights.
_BASE = ("FiraGO_Regular", "FiraGO_Bold")
_FURTHER = ("NotoSans_Regular", "NotoSansSymbols_Regular", "NotoSansSymbols2_Regular", "NotoSansMath_Regular")
_UNPACKING = Lock()
_EMOJI_FROM = 0x1F000
# What has no glyph of its own and needs none: joiners, selectors, tags, white space, marks of direction.
_INVISIBLE = frozenset("\t\n\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\ufeff")


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, the name it is asked for by, and the characters it holds."""

    path: Path
    family: str
    characters: frozenset[int]
    version: str = ""  # as the file itself says it: "2.013"


@dataclass(frozen=True, slots=True)
class Choice:
    """The fonts for one text: files for typst, families in the order of preference, and what none of them holds."""

    paths: tuple[Path, ...]
    serif: tuple[str, ...]
    sans: tuple[str, ...]
    missing: frozenset[str]

    @property
    def versions(self) -> dict[str, str]:
        """{"NotoSansBengali-Regular": "2.003", …}"""
        return {path.stem: _read(path).version for path in self.paths}


def choose(characters: Iterable[str]) -> Choice:
    """As few fonts as hold the characters; most texts need no more than the base."""
    regular, *companions = (_packaged(name) for name in _BASE)
    chosen = [regular]
    wanted = {one for one in characters if not _invisible(one)}
    wanted -= {one for one in wanted if ord(one) in regular.characters}
    for font in _candidates(wanted):
        found = {one for one in wanted if ord(one) in font.characters}
        if found:
            chosen.append(font)
            wanted -= found
    families = tuple(dict.fromkeys(font.family for font in chosen))
    paths = [font.path for font in (*chosen, *companions)]
    paths += [bold for font in chosen if (bold := _bold(font.path)) is not None]
    return Choice(tuple(paths), (SERIF, *families), (*families, SERIF), frozenset(wanted))


def _candidates(wanted: set[str]) -> Iterator[Font]:
    """Further fonts, looked at only while characters are still wanted."""
    emoji = SYSTEM / "NotoColorEmoji.ttf"
    if any(ord(one) >= _EMOJI_FROM for one in wanted) and emoji.exists():
        yield _read(emoji)
    for name in _FURTHER:
        if wanted:
            yield _packaged(name)
    if wanted:
        yield from _of_system()


def _invisible(character: str) -> bool:
    return (
        character in _INVISIBLE
        or unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cf")
        or ("\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef")
    )


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """This process's own: typst reads fonts from files, the package holds them compressed."""
    return tempfile.TemporaryDirectory(prefix="fonts-")


def _packaged(name: str) -> Font:
    """Unpacked when it is first asked for, and again when the machine has tidied up its temporary files."""
    with _UNPACKING:
        if not Path(_folder().name).exists():
            _folder.cache_clear()
        path = Path(_folder().name) / f"{name}.ttf"
        if not path.exists():
            path.write_bytes(importlib.import_module(f"pymupdf_fonts.{name}").fontbuffer)
    return _read(path)


@cache
def _of_system() -> tuple[Font, ...]:
    """The upright Noto Sans of every script."""
    return tuple(_read(path) for path in sorted(SYSTEM.glob("NotoSans*-Regular.ttf")))


def _bold(path: Path) -> Path | None:
    bold = path.with_name(path.name.replace("-Regular", "-Bold"))
    return bold if bold != path and bold.exists() else None


@cache
def _read(path: Path) -> Font:
    """A file that cannot be read as a font holds nothing."""
    try:
        with TTFont(path, lazy=True) as font:
            family = str(font["name"].getBestFamilyName())  # type: ignore[no-untyped-call]
            said = str(font["name"].getDebugName(5))
            version = re.search(r"\d[\d.]*", said)
            return Font(path, family, frozenset(font.getBestCmap() or ()), version[0] if version else "")
    except (OSError, TTLibError):
        return Font(path, "", frozenset())
