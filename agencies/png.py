"""Reads a plain PNG and writes it anew, so that nothing but its pixels is kept. Pure: knows no file and no form.

After the PNG specification (third edition): a signature, then chunks of length, name, data and checksum."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST = 100 * 1024  # bytes, of the file that was sent and of the one that is kept
LEAST_SIDE, MOST_SIDE = 16, 2000  # pixels
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# By colour type: samples a pixel, and the depths that the specification allows (but for 16, which no screen needs).
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8), 2: (8,), 3: (1, 2, 4, 8), 4: (8,), 6: (8,)}
_BY_PALETTE = 3


class NotPlain(Exception):
    """Why the picture is not taken, as a sentence for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG as `read` wrote it anew."""

    content: bytes
    width: int
    height: int


def read(content: bytes) -> Picture:
    """The same picture without names, dates, places, profiles or anything after its end. Raises NotPlain."""
    if len(content) > LARGEST:
        raise NotPlain(
            f"The picture has {len(content) // 1024 + 1} kB; it may have {LARGEST // 1024}. Save it smaller."
        )
    if not content.startswith(_SIGNATURE):
        raise NotPlain("This is not a PNG picture. Save the logo as PNG and choose that file.")
    chunks = _gathered(content)
    width, height, depth, kind = _header(chunks.get(b"IHDR", b""))
    rows = _rows(chunks.get(b"IDAT", b""), width, height, depth, kind)
    kept = {b"IHDR": chunks[b"IHDR"]}
    if kind == _BY_PALETTE:
        kept[b"PLTE"] = _palette(chunks.get(b"PLTE", b""), depth)
    if transparent := chunks.get(b"tRNS", b""):
        kept[b"tRNS"] = _transparency(transparent, depth, kind)
    kept |= {b"IDAT": zlib.compress(rows, 9), b"IEND": b""}
    return Picture(_SIGNATURE + b"".join(_chunk(*one) for one in kept.items()), width, height)


def size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG that `read` wrote."""
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _gathered(content: bytes) -> dict[bytes, bytes]:
    """The chunks by name up to the end of the picture; those of its pixels joined."""
    found: dict[bytes, bytes] = {}
    for name, data in _chunks(content):
        found[name] = found.get(name, b"") + data if name == b"IDAT" else data
        if name == b"IEND":
            return found
    raise NotPlain("The picture is damaged: its end is missing. Save it as PNG again.")


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        data, checksum = content[at + 8 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if checksum != struct.pack(">I", zlib.crc32(name + data)):
            raise NotPlain("The picture is damaged. Save it as PNG again.")
        yield name, data
        at += 12 + length


def _header(data: bytes) -> tuple[int, int, int, int]:
    if len(data) != 13:
        raise NotPlain("The picture is damaged: it does not say how large it is.")
    width, height, depth, kind, compression, filtering, interlace = struct.unpack(">IIBBBBB", data)
    if not (LEAST_SIDE <= width <= MOST_SIDE and LEAST_SIDE <= height <= MOST_SIDE):
        raise NotPlain(
            f"The picture is {width} by {height} pixels; each side may have {LEAST_SIDE} to {MOST_SIDE}."
        )
    if depth not in _DEPTHS.get(kind, ()) or compression or filtering:
        raise NotPlain("Save the picture as PNG with 8 bits a colour.")
    if interlace:
        raise NotPlain("Save the picture without “interlacing” (or “progressive”).")
    return width, height, depth, kind


def _rows(packed: bytes, width: int, height: int, depth: int, kind: int) -> bytes:
    """Every row is a filter's number and its samples; never more than the header promised is unpacked."""
    row = 1 + (width * depth * _SAMPLES[kind] + 7) // 8
    unpacker = zlib.decompressobj()
    try:
        rows = unpacker.decompress(packed, row * height + 1)
    except zlib.error:
        rows = b""
    if len(rows) != row * height or max(rows[::row]) > 4:
        raise NotPlain("The picture is damaged: its pixels cannot be read. Save it as PNG again.")
    return rows


def _palette(data: bytes, depth: int) -> bytes:
    """Filled up, so that no pixel names a colour that is not there."""
    if not data or len(data) % 3 or len(data) > 3 << depth:
        raise NotPlain("The picture is damaged: its colours cannot be read. Save it as PNG again.")
    return data.ljust(3 << depth, b"\0")


def _transparency(data: bytes, depth: int, kind: int) -> bytes:
    fits = len(data) <= 1 << depth if kind == _BY_PALETTE else len(data) == {0: 2, 2: 6}.get(kind)
    if not fits:
        raise NotPlain("The picture is damaged: what is transparent in it cannot be read.")
    return data


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
