"""Owns reading a Word file: bytes in, clean blocks and what was not kept out. Asks nothing of any network."""

from returns.importing.word.package import LARGEST, TOO_LARGE, Unreadable
from returns.importing.word.reading import Word, read

__all__ = ["LARGEST", "TOO_LARGE", "Unreadable", "Word", "read"]
