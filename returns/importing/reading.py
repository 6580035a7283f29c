"""Owns the way from a file to JSON data: its size, its encoding, its syntax. Knows nothing of what it is about."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any

from returns.importing.parsed import ImportRefused, Parsed
from returns.importing.shape import parse

LARGEST_MB = 20
_LARGEST = LARGEST_MB * 1024 * 1024


def read_file(path: Path | str) -> Parsed:
    """The file, checked and cleaned. Raises ImportRefused with the file and the place in it."""
    try:
        return parse(_json(_text(_bytes(Path(path)))))
    except ImportRefused as refused:
        raise ImportRefused(f"{path}: {refused}") from refused


def _bytes(path: Path) -> bytes:
    """Its content. The size is asked first; what has no size of its own (a pipe) is read no further either."""
    try:
        if path.is_dir():
            raise ImportRefused("This is a folder. Name the JSON file itself.")
        size = path.stat().st_size
        if size <= _LARGEST:
            with path.open("rb") as file:
                content = file.read(_LARGEST + 1)
            if len(content) <= _LARGEST:
                return content
    except FileNotFoundError:
        raise ImportRefused("There is no such file.") from None
    except PermissionError:
        raise ImportRefused("You are not allowed to read this file.") from None
    except OSError as error:
        raise ImportRefused(f"This cannot be read: {error.strerror or error}.") from error
    except ValueError:  # a NUL character in the path
        raise ImportRefused("This is not the name of a file.") from None
    raise ImportRefused(f"This file is larger than {LARGEST_MB} MB, which is the most that is taken.")


def _text(content: bytes) -> str:
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        line = before.count(b"\n") + 1
        raise ImportRefused(
            f"line {line}, byte {column}: this is not UTF-8. Save the file as UTF-8 and try again."
        ) from None


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ImportRefused(
            f"line {error.lineno}, column {error.colno}: this is not JSON ({error.msg})."
        ) from None
    except RecursionError:
        raise ImportRefused("This is nested too deeply to be a file of returns.") from None
    except ValueError as error:  # a number of thousands of digits
        raise ImportRefused(f"This is not JSON that can be read ({error}).") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice would silently lose what it held first."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ImportRefused(f"The key {twice!r} stands twice in the same object.")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON value")
