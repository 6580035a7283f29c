"""How large a picture stands on a page, the same in every format with pages."""

from __future__ import annotations

from agencies import png

WIDEST, HIGHEST = 60.0, 18.0  # mm, above a title
_PIXEL = 25.4 / 96  # mm, the size of a pixel on a screen: a small picture is not blown up


def fit(content: bytes) -> tuple[float, float]:
    """Width and height in millimetres."""
    width, height = png.size(content)
    scale = min(WIDEST / width, HIGHEST / height, _PIXEL)
    return width * scale, height * scale
