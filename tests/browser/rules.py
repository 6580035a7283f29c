"""What must hold for every page in a browser: built soundly, open to everybody, fitting telephone and tablet. Knows no
story."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

SIZE = {"width": 1280, "height": 900}
WIDTHS = (1024, 768, 360, 320)  # tablets, then telephones
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "iframes": False,
    "preload": False,
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}

# Cheap enough for every landing.
SOUND = r"""() => {
  const found = [];
  const headings = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility());
  if (headings.length !== 1) found.push(`${headings.length} first headings`);
  if (!/^[^\s–]/.test(document.title)) found.push(`title “${document.title}”`);
  for (const name of ["aria-describedby", "aria-labelledby", "aria-controls", "for"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      for (const id of element.getAttribute(name).split(/\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) found.push(`${name} names ${id}, which is not there`);
      }
    }
  }
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    const id = decodeURIComponent(link.getAttribute("href").slice(1));
    if (!document.getElementById(id)) found.push(`a link to #${id}, which is not there`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) found.push(`id ${id} twice`);
  const frame = document.body.cloneNode(true);
  frame.querySelectorAll(".prose, .inset, .timeline, textarea, [dir=auto]").forEach((one) => one.remove());
  const words = frame.textContent;
  const inner = words.match(/\b(seats?|revisions?|compiled?|stale|fingerprint|superseded|dismissal)\b/i);
  if (inner) found.push(`the word “${inner[0]}”`);
  const raw = words.match(/\{\{|\{%|&(amp|lt|quot|#\d+);/);
  if (raw) found.push(`“${raw[0]}” in the text`);
  return found;
}"""
YEAR_IN_HEADER = "year => document.querySelector('header').innerText.includes(year)"
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What makes the page too wide, for the one who has to mend it.
WIDEST = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".visually-hidden, .scroll"))
  .slice(-3).map((one) => `${one.tagName}.${one.className}`).join(" ")"""
# The parts of a page that make it worth the slow rules again.
SHAPE = """() => [".notice", ".error-summary", ".diff", ".empty", ".panel", ".printed", "table.list"]
  .filter((one) => document.querySelector(`main ${one}`)).join(" ")"""

_looked_at: set[tuple[str, str, str]] = (
    set()
)  # (page, its shape, the walk), once per run; journeys are one walk


def page_name(path: str) -> str:
    try:
        return resolve(path).url_name or path
    except Resolver404:
        return "404"


def faults(page: Page, path: str, *, kind: str, refused: bool = False, dark: bool = False) -> list[str]:
    """What is wrong with the page. The slow rules are asked once for each shape that a page takes."""
    name = page_name(path)
    found: list[str] = page.evaluate(SOUND)
    year = None if refused or name == "404" else resolve(path).kwargs.get("collection")
    if year and not page.evaluate(YEAR_IN_HEADER, year):
        found.append("does not say which year it is about")
    shape = hashlib.md5(page.evaluate(SHAPE).encode(), usedforsecurity=False).hexdigest()
    walk = kind if dark else ""
    if (name, shape, walk) not in _looked_at:
        _looked_at.add((name, shape, walk))
        found += slow_faults(page, shot=f"{kind}-{name}-{shape[:4]}")
        found += dark_faults(page) if dark else []
    return [f"{path} ({kind}): {fault}" for fault in found]


def slow_faults(page: Page, *, shot: str = "") -> list[str]:
    found = axe(page, AXE)
    _shoot(page, shot, 1280)
    size = page.viewport_size or SIZE
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate(WIDER):
            found.append(f"too wide for {width} px: {page.evaluate(WIDEST)}")
        _shoot(page, shot, width)
    page.set_viewport_size(size)
    return found


def dark_faults(page: Page) -> list[str]:
    page.emulate_media(color_scheme="dark")
    found = axe(page, COLOURS)
    page.emulate_media(color_scheme="light")
    return [f"{fault} (dark)" for fault in found]


def axe(page: Page, options: dict[str, object]) -> list[str]:
    response = Axe().run(page, options=options).response
    return [
        f"{one['id']} at {', '.join(' '.join(map(str, node['target'])) for node in one['nodes'][:3])}"
        for one in response["violations"]
    ]


def _shoot(page: Page, name: str, width: int) -> None:
    """PAGE_SHOTS names a folder for pictures, for looking with one's own eyes."""
    if folder := os.environ.get("PAGE_SHOTS"):
        whole = page.evaluate("document.body.scrollHeight < 9000")
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=whole)
