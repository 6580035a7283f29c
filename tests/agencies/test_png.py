"""A logo is taken only if it is a plain PNG, and nothing but its pixels is kept."""

import io
import zlib

import pytest
from PIL import Image

from agencies import png
from tests.pictures import SIGNATURE, chunk, header, pixels
from tests.pictures import png as make

BY_PALETTE = header(depth=4, kind=3)
INDEXED = pixels(b"\0" + b"\x9f" * 60)


def test_a_plain_picture_keeps_its_pixels():
    picture = png.read(make())
    assert (picture.width, picture.height) == png.size(picture.content) == (120, 40)
    opened = Image.open(io.BytesIO(picture.content))
    assert opened.size == (120, 40)
    assert opened.getcolors() == [(4800, (0x1B, 0x4B, 0x8C))]


def test_nothing_else_is_kept():
    """Neither where and by whom it was made, nor a colour profile, nor frames that move, nor what follows the end."""
    more = [chunk(name, b"secret of Ann") for name in (b"tEXt", b"eXIf", b"iCCP", b"acTL", b"tIME")]
    picture = png.read(make(header(), *more, pixels()) + b"secret too")
    assert picture == png.read(make())
    assert b"secret" not in picture.content


def test_what_is_transparent_stays_so_and_no_pixel_is_without_a_colour():
    palette = chunk(b"PLTE", b"\x10\x20\x30" * 10)
    picture = png.read(make(BY_PALETTE, palette, chunk(b"tRNS", b"\x80"), INDEXED))
    opened = Image.open(io.BytesIO(picture.content)).convert("RGBA")
    assert {colour for _, colour in opened.getcolors()} == {(0x10, 0x20, 0x30, 255), (0, 0, 0, 255)}
    assert picture == png.read(picture.content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a PNG"),
        (b"GIF89a", "not a PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG"),
        (SIGNATURE, "its end is missing"),
        (make()[:-12], "its end is missing"),
        (make().replace(b"\x1b", b"\x1c").replace(b"IHDR\0\0\0\x78", b"IHDR\0\0\0\x79"), "is damaged"),
        (make()[:-14], "is damaged"),
        (make(pixels()), "does not say how large"),
        (make(header(width=5000), pixels()), "5000 by 40 pixels"),
        (make(header(height=3), pixels()), "120 by 3 pixels"),
        (make(header(depth=16), pixels()), "8 bits"),
        (make(header(kind=5), pixels()), "8 bits"),
        (make(header(interlace=1), pixels()), "interlacing"),
        (make(header()), "pixels cannot be read"),
        (make(header(), chunk(b"IDAT", b"nonsense")), "pixels cannot be read"),
        (make(header(), pixels(height=39)), "pixels cannot be read"),
        (make(header(), pixels(height=4000)), "pixels cannot be read"),
        (make(header(), pixels(b"\x07" + b"\0" * 360)), "pixels cannot be read"),
        (make(BY_PALETTE, INDEXED), "colours cannot be read"),
        (make(BY_PALETTE, chunk(b"PLTE", b"1234"), INDEXED), "colours cannot be read"),
        (make(BY_PALETTE, chunk(b"PLTE", b"123" * 17), INDEXED), "colours cannot be read"),
        (make(header(), chunk(b"tRNS", b"123"), pixels()), "transparent"),
        (make() + b"\0" * png.LARGEST, "may have 100"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(content, said):
    with pytest.raises(png.NotPlain, match=said):
        png.read(content)


def test_a_small_file_cannot_unpack_to_a_large_one():
    bomb = make(header(2000, 2000, 1, 0), chunk(b"IDAT", zlib.compress(bytes(90_000_000), 9)))
    with pytest.raises(png.NotPlain, match="pixels cannot be read"):
        png.read(bomb)
