"""Owns what styles and numbering of a Word file mean for a paragraph: heading, quotation, point of a list, bold."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from returns.importing.word.package import Package

_HEADING = re.compile(r"heading ([1-9])\Z", re.IGNORECASE)
_DEEPER = re.compile(r"list (?:bullet|number) ([2-5])\Z", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})
_FALLBACK_LEVELS = 9


def child(element: Element | None, *path: str) -> Element | None:
    """The first element along the path of names."""
    for name in path:
        element = next((one for one in element if one.tag == name), None) if element is not None else None
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The `w:val` at the end of the path; None if there is nothing."""
    found = child(element, *path)
    return None if found is None else found.get("w:val", "")


def is_on(properties: Element | None, name: str) -> bool | None:
    """Whether a property such as bold is switched on or off; None if nothing is said of it."""
    found = child(properties, name)
    return None if found is None else found.get("w:val", "1").lower() not in _OFF


def number(text: str | None, *, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    based_on: str
    paragraph: Element | None
    run: Element | None


@dataclass(frozen=True, slots=True)
class Point:
    """A paragraph's place in lists: which list, how deep (from 0), and with which number, None for a bullet."""

    list_id: str
    level: int
    number: int | None


@dataclass
class Styles:
    """The styles by their id, and the lists with how far each has counted."""

    styles: dict[str, Style]
    levels: dict[str, dict[int, tuple[bool, int]]]  # list → level → (counts, first number)
    _counted: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, package: Package) -> Styles:
        def roots(kind: str) -> list[Element]:
            return [root for name in package.related(kind) if (root := package.part(name)) is not None]

        styles = {
            one.get("w:styleId", ""): Style(
                value(one, "w:name") or "",
                value(one, "w:basedOn") or "",
                child(one, "w:pPr"),
                child(one, "w:rPr"),
            )
            for root in roots("styles")
            for one in root
            if one.tag == "w:style"
        }
        return cls(styles, {key: level for root in roots("numbering") for key, level in _lists(root).items()})

    def chain(self, style: str | None) -> list[Style]:
        """The style and those it is based on, nearest first."""
        found: list[Style] = []
        seen: set[str] = set()
        while style and style in self.styles and style not in seen:
            seen.add(style)
            found.append(self.styles[style])
            style = self.styles[style].based_on
        return found

    def heading(self, properties: Element | None) -> int | None:
        """1 for the highest, 0 for a title above them all; None for what is no heading."""
        chain = self.chain(value(properties, "w:pStyle"))
        for style in chain:
            if style.name.lower() == "title":
                return 0
            if named := _HEADING.match(style.name):
                return int(named[1])
        for one in (properties, *(style.paragraph for style in chain)):
            outline = value(one, "w:outlineLvl")
            if outline is not None:
                level = number(outline, otherwise=9)
                return level + 1 if level < 9 else None
        return None

    def is_quotation(self, properties: Element | None) -> bool:
        return any(
            style.name.lower() in ("quote", "intense quote")
            for style in self.chain(value(properties, "w:pStyle"))
        )

    def marks(self, properties: Element | None, name: str) -> bool:
        """Whether a run is bold or italic by itself or by a style of its own."""
        own = is_on(properties, name)
        if own is not None:
            return own
        styled = (is_on(style.run, name) for style in self.chain(value(properties, "w:rStyle")))
        return next((one for one in styled if one is not None), False)

    def point(self, properties: Element | None) -> Point | None:
        """The paragraph's place in a list; counts on."""
        chain = [properties, *(style.paragraph for style in self.chain(value(properties, "w:pStyle")))]
        ids = [value(one, "w:numPr", "w:numId") for one in chain]
        list_id = next((one for one in ids if one is not None), None)
        if list_id is None or list_id not in self.levels:
            return None
        depths = [value(one, "w:numPr", "w:ilvl") for one in chain]
        level = number(next((one for one in depths if one is not None), "0"), otherwise=0)
        level = min(max(level, 0), _FALLBACK_LEVELS - 1)
        counts, first = self.levels[list_id].get(level, (False, 1))
        counted = self._counted[list_id]
        for deeper in [one for one in counted if one > level]:
            del counted[deeper]
        counted[level] = counted.get(level, first - 1) + 1
        return Point(list_id, level or self._deeper(properties), counted[level] if counts else None)

    def _deeper(self, properties: Element | None) -> int:
        """Word's own styles for nested points are lists of one level each, told apart by their names."""
        names = (_DEEPER.match(style.name) for style in self.chain(value(properties, "w:pStyle")))
        return next((int(one[1]) - 1 for one in names if one), 0)


def _lists(root: Element) -> dict[str, dict[int, tuple[bool, int]]]:
    shapes = {
        one.get("w:abstractNumId", ""): {
            number(level.get("w:ilvl"), otherwise=0): _level(level) for level in one if level.tag == "w:lvl"
        }
        for one in root
        if one.tag == "w:abstractNum"
    }
    lists: dict[str, dict[int, tuple[bool, int]]] = {}
    for one in root:
        if one.tag == "w:num":
            levels = dict(shapes.get(value(one, "w:abstractNumId") or "", {}))
            for override in one:
                at, start = number(override.get("w:ilvl"), otherwise=0), value(override, "w:startOverride")
                if start is not None and at in levels:
                    levels[at] = (levels[at][0], number(start, otherwise=1))
            lists[one.get("w:numId", "")] = levels
    return lists


def _level(level: Element) -> tuple[bool, int]:
    counts = value(level, "w:numFmt") not in ("bullet", "none", None)
    return counts, number(value(level, "w:start"), otherwise=1)
