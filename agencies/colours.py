"""Owns how readable a colour is, and the shades a page needs of one. Pure: knows no page and no partnership."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass

ACCENT = "#6b1f5c"
LEAST = 4.5  # text on its background, WCAG 2.2, 1.4.3
_MOST = 7.0  # what a shade that is made here reaches, 1.4.6
# The backgrounds of light and of dark pages: `--paper` and `--tint` in base.css.
LIGHT = ("#fdfcfa", "#f3eff3")
DARK = ("#18141b", "#241e28")
_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True)
class Palette:
    """One colour on light pages and on paper, and what is made of it for dark ones."""

    accent: str
    strong: str
    dark: str
    dark_strong: str


# The site's own, as base.css has it.
OWN = Palette(ACCENT, "#4a103f", "#e6b0da", "#f5d3ee")


def parse(text: str) -> str:
    """#1b4b8c from 1B4B8C or #1b4b8c, #aabbcc from #abc; "" when it is no colour."""
    found = _HEX.fullmatch(text.strip())
    if not found:
        return ""
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(one * 2 for one in digits))


def contrast(one: str, other: str) -> float:
    """From 1 to 21, after WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds: tuple[str, ...] = LIGHT) -> float:
    """On the least helpful of the backgrounds."""
    return min(contrast(colour, ground) for ground in grounds)


def palette(accent: str) -> Palette:
    """No colour can be read on light and on dark pages alike, so a lighter shade of it serves the dark ones."""
    if accent == ACCENT:
        return OWN
    dark = _lightened(accent, _MOST)
    return Palette(accent, darkened(accent, least_contrast(accent) * 1.3), dark, _lightened(dark, 11.0))


def darkened(colour: str, least: float) -> str:
    """The shade nearest to the colour that reaches the contrast on light pages; black at the end."""
    return _shade(colour, least, LIGHT, towards=0.0)


def _lightened(colour: str, least: float) -> str:
    return _shade(colour, least, DARK, towards=1.0)


def _shade(colour: str, least: float, grounds: tuple[str, ...], *, towards: float) -> str:
    """Keeps the hue, and moves the lightness in a hundred steps."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(101):
        moved = lightness + (towards - lightness) * step / 100
        shade = "#" + "".join(
            f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, moved, saturation)
        )
        if least_contrast(shade, grounds) >= least:
            return shade
    return "#ffffff" if towards else "#000000"


def css(accent: str) -> str:
    """The properties of base.css that a colour of its own changes; "" for the site's own colour."""
    if not accent or accent == ACCENT:
        return ""
    made = palette(accent)
    return (
        f":root {{ --accent: {made.accent}; --accent-strong: {made.strong}; }}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f"  :root {{ --accent: {made.dark}; --accent-strong: {made.dark_strong}; --on-accent: {DARK[0]}; }}\n"
        "}\n"
    )


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
