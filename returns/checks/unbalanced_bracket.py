"""Owns the rule that looks for brackets and double quotation marks left open."""

import re
from collections.abc import Iterator

from .context import Context
from .findings import Finding
from .reading import Line, Reading

RULE = "unbalanced-bracket"

_MARK = re.compile(r"[()\[\]{}]")
_QUOTE = re.compile(r"[\"“”„]")
_CLOSES = {")": "(", "]": "[", "}": "{"}
_SHOWN = re.compile(r"[^\s\n]{1,60}(?: [^\s()\[\]{}]{1,60}){0,4}")
_LIMIT = 200


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each opener, with the few words after it."""
    text = reading.text
    openers = [(start, "bracket") for part in reading.parts for start in _open_brackets(text, part)]
    openers += [(start, "quotation mark") for start in _open_quotes(reading)]
    for start, what in sorted(openers)[:_LIMIT]:
        shown = _SHOWN.match(text, start)
        end = shown.end() if shown else start + 1
        yield Finding(
            RULE,
            "hint",
            context.question,
            start,
            end,
            text[start:end],
            f"This {what} is opened and not closed.",
            "Close it where the words inside end, or delete it.",
        )


def _open_brackets(text: str, part: Line) -> list[int]:
    stack: list[int] = []
    left: list[int] = []
    for mark in _MARK.finditer(text, part.start, part.end):
        place = mark.start()
        if mark[0] in "([{":
            if not _is_face(text, place):
                stack.append(place)
        elif (
            stack
            and text[stack[-1]] == _CLOSES[mark[0]]
            and not (_is_face(text, place) and text[place - 1] in ":;")
        ):
            stack.pop()
        elif stack and any(text[opener] == _CLOSES[mark[0]] for opener in stack[-3:]):
            while text[stack[-1]] != _CLOSES[mark[0]]:
                left.append(stack.pop())
            stack.pop()
    return left + stack


def _is_face(text: str, place: int) -> bool:
    """Whether a bracket is the mouth of a typed face, as in ":)" or ":-(" ."""
    eyes = text[max(place - 2, 0) : place]
    return (
        eyes.endswith((":", ";", ":-", ";-", "=", ":'"))
        and not eyes.endswith("::")
        and (place + 1 >= len(text) or not text[place + 1].isalnum())
    )


def _open_quotes(reading: Reading) -> Iterator[int]:
    """Openers without an end in their part; a quotation over several parts begins each, or ends in a later one."""
    text, parts = reading.text, reading.parts
    waiting: int | None = None
    waited = 0
    for part in parts:
        opened, stray = _quotes(text, part)
        begins = text[part.start] in '"“„'
        if waiting is not None:
            waited += 1
            if stray is not None or begins:
                if not begins or not opened or opened[-1] != part.start:
                    waiting = None
                    opened = opened[:-1] if opened and opened[-1] == part.start else opened
                else:
                    waiting, waited, opened = part.start, 0, opened[:-1]
            elif waited >= 3 or part.kind == "heading":
                yield waiting
                waiting = None
        if opened and waiting is None and part.kind == "paragraph" and opened[-1] == part.start:
            waiting, waited = opened.pop(), 0
        yield from opened
    if waiting is not None:
        yield waiting


def _quotes(text: str, part: Line) -> tuple[list[int], int | None]:
    """Openers never closed in a part, and the first closer that nothing opened."""
    left: list[int] = []
    stray: int | None = None
    for mark in _QUOTE.finditer(text, part.start, part.end):
        place = mark.start()
        before = text[place - 1] if place > part.start else " "
        after = text[place + 1] if place + 1 < part.end else " "
        if mark[0] in "“„":
            # „Czech and German“ ends with what begins ours, and so does what was typed “carelessly“.
            opens = not left or before.isspace() or after.isalnum()
        elif mark[0] == "”":
            opens = False
        else:
            opens = (before.isspace() or before in "([{—–-/'‘…") and not after.isspace()
            if not left and not opens and before.isdigit():
                continue  # inches
            if left and opens and text[left[-1]] == '"' and before not in "([{":
                opens = before.isspace() and after.isalnum()
        if opens:
            left.append(place)
        elif left:
            left.pop()
        elif stray is None:
            stray = place
    return left, stray
