"""Draws the time that the files of an appendix take against the number of its agencies, as SVG.

Written by hand: a drawing library would be one more dependency for two dozen lines."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path

from returns.appendix.compile import compile_document
from returns.appendix.document import Document
from returns.appendix.files import FORMATS
from returns.models import Collection
from returns.workflow import Status
from tests.benchmarks import data, files

FILE = Path(__file__).resolve().parents[2] / "docs/images/speed.svg"
SIZES = (9, 100, 250, 500, 750, 1000)
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 760, 420, 60, 60, 50, 110
COLOURS = {
    "together": "#6b1f5c",
    "pdf": "#1b4b8c",
    "docx": "#17593a",
    "html": "#7a4700",
    "json": "#554d5b",
    "txt": "#9b1c22",
}
Points = list[tuple[int, float]]


def main() -> None:
    pk = data.collection(max(SIZES), status=Status.APPROVED).pk
    document = compile_document(Collection.objects.select_related("partnership").get(pk=pk))
    FILE.write_text(svg(measured(document)), encoding="utf-8")
    print(f"{FILE.name}: drawn.")  # noqa: T201


def measured(document: Document) -> dict[str, Points]:
    """Seconds by the clock for each format and for all together; the best of three."""
    found: dict[str, Points] = {"together": [], **{kind: [] for kind in FORMATS}}
    for agencies in SIZES:
        part = replace(document, sections=document.sections[:agencies])
        times = {kind: min(files.seconds(kind, part)[0] for _ in range(3)) for kind in FORMATS}
        for kind, seconds in {"together": sum(times.values()), **times}.items():
            found[kind].append((agencies, seconds))
    return found


def svg(lines: dict[str, Points]) -> str:
    most = max(seconds for points in lines.values() for _, seconds in points)
    top = next(step for step in (0.5, 1, 2, 5, 10, 15, 20, 30, 60, 1e9) if step >= most)
    parts = [_grid(top), *(_line(kind, points, top) for kind, points in lines.items())]
    said = "; ".join(f"{kind}: {points[-1][1]:.2f} s" for kind, points in lines.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif"'
        ' font-size="13" fill="#1f1a23">\n<title>Seconds for the files of an appendix, by the number of agencies</title>\n'
        f"<desc>For {SIZES[-1]:,} agencies, {escape(said)}.</desc>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fdfcfa"/>\n{"".join(parts)}</svg>\n'
    )


def _x(agencies: float) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * agencies / SIZES[-1], 1)


def _y(seconds: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * seconds / top, 1)


def _grid(top: float) -> str:
    across = "".join(
        f'<path d="M{LEFT} {_y(at, top)}H{WIDTH - RIGHT}" stroke="#d5cdd7"/>'
        f'<text x="{LEFT - 8}" y="{_y(at, top) + 4}" text-anchor="end">{at:g}</text>\n'
        for at in (top * share / 5 for share in range(6))
    )
    along = "".join(
        f'<text x="{_x(at)}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{at:,}</text>\n' for at in SIZES
    )
    return (
        f'<text x="{LEFT - 40}" y="{TOP - 22}" font-weight="600">Seconds</text>\n{across}{along}'
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 14}" text-anchor="middle">Agencies</text>\n'
    )


def _line(kind: str, points: Points, top: float) -> str:
    """Names stand at the end of their lines; those that would lie on one another are left to the description."""
    path = " ".join(f"{_x(agencies)},{_y(seconds, top)}" for agencies, seconds in points)
    wide = 3 if kind == "together" else 1.5
    dots = "".join(
        f'<circle cx="{_x(a)}" cy="{_y(s, top)}" r="{wide}" fill="{COLOURS[kind]}"/>' for a, s in points
    )
    name = ""
    if points[-1][1] > top / 20:
        name = f'<text x="{WIDTH - RIGHT + 10}" y="{_y(points[-1][1], top) + 4}" fill="{COLOURS[kind]}">{kind}</text>'
    return f'<polyline points="{path}" fill="none" stroke="{COLOURS[kind]}" stroke-width="{wide}"/>{dots}{name}\n'
