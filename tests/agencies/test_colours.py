"""Colours that can be read: measured as the guidelines say, on light and on dark pages."""

import re
from colorsys import rgb_to_hls

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from agencies import colours

ANY = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_measured_as_the_guidelines_say():
    assert round(colours.contrast("#000000", "#ffffff"), 2) == 21
    assert round(colours.contrast("#ffffff", "#767676"), 2) == 4.54


def test_the_backgrounds_are_those_of_the_pages():
    css = (settings.BASE_DIR / "static/css/base.css").read_text()
    assert tuple(re.findall(r"--(?:paper|tint): (#\w+)", css)) == (*colours.LIGHT, *colours.DARK)
    found = re.findall(r"--accent(?:-strong)?: (#\w+)", css)
    assert colours.palette(colours.ACCENT) == colours.Palette(*found)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("#1B4B8C", "#1b4b8c"),
        ("1b4b8c", "#1b4b8c"),
        (" #abc ", "#aabbcc"),
        ("blue", ""),
        ("#12345", ""),
        ("", ""),
    ],
)
def test_what_is_typed_is_read_as_a_colour(typed, read):
    assert colours.parse(typed) == read


@given(ANY)
def test_a_shade_can_always_be_read(colour):
    shade = colours.darkened(colour, colours.LEAST)
    assert colours.least_contrast(shade) >= colours.LEAST
    if colours.least_contrast(colour) >= colours.LEAST:
        assert shade == colour


@given(ANY)
def test_dark_pages_get_a_shade_that_can_be_read_with_dark_words_on_it(colour):
    made = colours.palette(colours.darkened(colour, colours.LEAST))
    for shade in (made.dark, made.dark_strong):
        assert colours.least_contrast(shade, colours.DARK) >= 7
        assert colours.contrast(shade, colours.DARK[0]) >= 7
    assert colours.least_contrast(made.strong) >= colours.least_contrast(made.accent) >= colours.LEAST
    assert colours.contrast("#ffffff", made.accent) >= colours.LEAST


def test_a_shade_keeps_its_hue():
    assert (
        abs(rgb_to_hls(*_parts(colours.darkened("#3fa7ff", 7)))[0] - rgb_to_hls(*_parts("#3fa7ff"))[0]) < 0.02
    )


def _parts(colour):
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def test_the_style_sets_what_a_colour_changes_and_nothing_for_the_sites_own():
    assert colours.css("") == colours.css(colours.ACCENT) == ""
    css = colours.css("#1b4b8c")
    assert css.startswith(":root { --accent: #1b4b8c; --accent-strong: #")
    assert "prefers-color-scheme: dark" in css and "--on-accent: #18141b" in css
