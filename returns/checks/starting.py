"""Owns what every partnership's registers begin with; knows no partnership."""

from collections.abc import Iterator
from pathlib import Path

_WORDS = Path(__file__).parent / "words"


def _lines(name: str) -> Iterator[str]:
    for line in (_WORDS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


# Acronym to expansion.
ACRONYMS: dict[str, str] = dict(line.split("  ", 1) for line in _lines("acronyms.txt"))
# Preferred name to its variants.
NAMES: dict[str, tuple[str, ...]] = {
    name: tuple(variants.split(", "))
    for name, variants in (line.split(": ", 1) for line in _lines("services.txt"))
}
