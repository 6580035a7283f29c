"""Pictures for tests, written by hand so that any part of them can be wrong."""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def header(width: int = 120, height: int = 40, depth: int = 8, kind: int = 2, interlace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlace))


def pixels(row: bytes = b"\0" + b"\x1b\x4b\x8c" * 120, height: int = 40) -> bytes:
    return chunk(b"IDAT", zlib.compress(row * height))


def png(*chunks: bytes) -> bytes:
    """A blue picture of 120 by 40 pixels, unless other chunks are given."""
    return SIGNATURE + b"".join(chunks or (header(), pixels())) + chunk(b"IEND", b"")
