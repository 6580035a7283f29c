"""Owns what Word, Word Online and Google Docs leave in pasted HTML; knows tokens and attributes, not blocks."""

import re
from dataclasses import dataclass
from itertools import accumulate

from .changes import Change, Changes
from .elements import HEADINGS
from .tokens import Token, attributes

_LIST_LEVEL = re.compile(r"mso-list:\s*(?!ignore|none)[^;]{0,40}?\blevel\s*([0-9]{1,2})", re.IGNORECASE)
_LIST = re.compile(r"mso-list:\s*(?!ignore|none)l[0-9]", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_REVIEW = re.compile(r"mso-element:\s*comment\b|mso-element:\s*comment-list", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:([0-9]{1,3})|[a-z]|[ivx]{1,6})[.)]", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight:\s*(bold|bolder|normal|lighter|[1-9]00)\b", re.IGNORECASE)
_SLANT = re.compile(r"font-style:\s*(italic|oblique|normal)\b", re.IGNORECASE)
_LINE = re.compile(r"text-decoration(?:-line)?:[^;]{0,60}\bunderline\b", re.IGNORECASE)
_LOOKS = re.compile(
    r"(?:^|[;\s])(?:color|background|background-color|font-size|font-family|text-align|border):",
    re.IGNORECASE,
)
_PAIRED = frozenset({"del", "span", "a", "div"})
_LONGEST_MARKER = 12
_MARKER_TOKENS = 40


@dataclass(frozen=True, slots=True)
class Effect:
    """What an inline element does to the text in it; None leaves a mark as it was."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None


def effect(name: str, found: dict[str, str]) -> Effect:
    """The marks of an element. Google Docs wraps a whole paste in a `<b>` of normal weight, which marks nothing."""
    style = found.get("style", "")
    bold: bool | None = True if name in ("b", "strong") else None
    italic: bool | None = True if name in ("i", "em") else None
    underline: bool | None = True if name == "u" else None
    if weight := _WEIGHT.search(style):
        heavy = weight[1].lower() in ("bold", "bolder", "600", "700", "800", "900")
        bold = True if heavy else (None if bold else False)
    if slant := _SLANT.search(style):
        italic = True if slant[1].lower() != "normal" else (None if italic else False)
    if name != "a" and _LINE.search(style):
        underline = True
    return Effect(bold, italic, underline)


def has_looks(name: str, found: dict[str, str]) -> bool:
    """Whether an element sets colours, sizes, fonts or alignment, which a person sees go."""
    return bool(_LOOKS.search(found.get("style", "")) or (name == "font" and found) or found.get("align"))


def list_level(found: dict[str, str]) -> int | None:
    """The level, from 1, of a paragraph that Word shows as a list item, or None."""
    style = found.get("style", "")
    if level := _LIST_LEVEL.search(style):
        return max(int(level[1]), 1)
    return 1 if _LIST.search(style) else None


def heading_level(found: dict[str, str]) -> int:
    """Word on the web: a heading is a paragraph with a role. 0 for a paragraph that is none."""
    if found.get("role") != "heading":
        return 0
    return HEADINGS.get(f"h{found.get('aria-level', '')}", 1)


def number(marker: str) -> int | None:
    """The number a marker counts with (1 for letters), or None for a bullet."""
    found = _NUMBER.match(marker.strip())
    return (int(found[1]) if found[1] else 1) if found else None


def without_leftovers(tokens: list[Token], changes: Changes) -> list[Token]:
    """The tokens without tracked deletions and review comments, list markers being tokens of their own.

    A marker is what Word writes for programs that know no lists; it is not part of the visible text.
    """
    hidden = _hidden_ranges(tokens, changes)
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = _marker_end(tokens, index)
        if end:
            text = "".join(part.value for part in tokens[index:end] if part.kind == "text")
            kept.append(Token("marker", "", text))
            index = end
            continue
        if token.kind != "text" or not hidden[index]:
            kept.append(token)
        index += 1
    return kept


def _hidden_ranges(tokens: list[Token], changes: Changes) -> list[bool]:
    """For each token whether it stands in an element that is left out. One that is never closed is not left out."""
    steps = [0] * (len(tokens) + 1)
    opened: dict[str, list[tuple[int, Change | None]]] = {name: [] for name in _PAIRED}
    for index, token in enumerate(tokens):
        if token.name not in _PAIRED:
            continue
        if token.kind == "start":
            opened[token.name].append((index, _left_out(token)))
        elif opened[token.name]:
            start, change = opened[token.name].pop()
            if change:
                changes.note(change)
                steps[start] += 1
                steps[index] -= 1
    return [depth > 0 for depth in accumulate(steps)]


def _left_out(token: Token) -> Change | None:
    if token.name == "del":
        return "deletions"
    if "mso" not in token.value.lower():
        return None
    found = attributes(token.value)
    classes = found.get("class", "").lower().split()
    if "msodel" in classes:
        return "deletions"
    return "comments" if "msocomanchor" in classes or _REVIEW.search(found.get("style", "")) else None


def _marker_end(tokens: list[Token], index: int) -> int | None:
    """The index after a list marker that starts here, or None; what is too long for a marker is text."""
    token = tokens[index]
    if token.kind == "comment" and "!supportlists" in token.value.lower():
        end = _end_of_condition(tokens, index)
    elif token.kind == "start" and token.name == "span" and _IGNORED.search(token.value):
        end = _end_of_span(tokens, index)
    else:
        return None
    if end is None:
        return None
    text = "".join(part.value for part in tokens[index:end] if part.kind == "text")
    return end if len(text.strip()) <= _LONGEST_MARKER else None


def _end_of_condition(tokens: list[Token], index: int) -> int | None:
    for end in range(index + 1, min(index + _MARKER_TOKENS, len(tokens))):
        if tokens[end].kind == "comment" and "endif" in tokens[end].value.lower():
            return end + 1
        if tokens[end].name in ("p", "li", "div"):
            return None
    return None


def _end_of_span(tokens: list[Token], index: int) -> int | None:
    depth = 0
    for end in range(index, min(index + _MARKER_TOKENS, len(tokens))):
        if tokens[end].name == "span":
            depth += 1 if tokens[end].kind == "start" else -1
            if not depth:
                return end + 1
        if tokens[end].name in ("p", "li", "div"):
            return None
    return None
