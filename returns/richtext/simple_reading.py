"""Owns the reading of the plain notation; gives HTML that still has to be cleaned."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from .characters import address

_BULLET = re.compile(r"( *)[-*](?: +|$)")
_NUMBER = re.compile(r"( *)([0-9]{1,9})[.)](?: +|$)")
_HEADING = re.compile(r" *(#{1,6}) +")
_BLOCK_START = re.compile(r" *(?:[-*](?: |$)|[0-9]{1,3}[.)](?: |$)|#{1,6} |[>|])")
_CELL = re.compile(r"((?:\\.|[^|])*+)(?:\||$)")
_RULE = re.compile(r"\|?[ :|]*-[ :|-]*")
_CELL_BREAK = re.compile(r"(?<= )\\(?= )")
_SIGN = re.compile(
    r"\\(?P<escaped>[\\*\[\]()#>|.:-])|(?P<stars>\*+)"
    r"|\[(?P<label>(?:\\.|[^\[\]\\])*+)\]\((?P<href>(?:\\.|[^\s\\()])++)\)"
)
_HIGHEST_FIRST_NUMBER = 999
_DEEPEST = 12


def from_simple(text: str) -> str:
    """HTML of what a person typed in the plain notation, to be cleaned. Every text is valid and keeps its words."""
    return _html(text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n"), 0)


def _html(lines: Sequence[str], depth: int) -> str:
    parts: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if not line.strip():
            place += 1
        elif depth >= _DEEPEST:
            parts.append(f"<p>{_inline(line.strip())}</p>")
            place += 1
        else:
            part, place = _block(lines, place, depth)
            parts.append(part)
    return "".join(parts)


def _block(lines: Sequence[str], place: int, depth: int) -> tuple[str, int]:
    """The HTML of the block that starts here, and where the next one may."""
    line = lines[place]
    if heading := _HEADING.match(line):
        tag = "h3" if len(heading[1]) == 1 else "h4"
        return f"<{tag}>{_inline(line[heading.end() :].strip())}</{tag}>", place + 1
    if _BULLET.match(line):
        return _list(lines, place, depth, _BULLET)
    if (number := _NUMBER.match(line)) and int(number[2]) <= _HIGHEST_FIRST_NUMBER:
        return _list(lines, place, depth, _NUMBER)
    start = line.lstrip(" ")[0]
    end = place + 1
    if start in ">|":
        while end < len(lines) and lines[end].lstrip(" ").startswith(start):
            end += 1
        same = [each.lstrip(" ") for each in lines[place:end]]
        if start == "|":
            return _table(same), end
        return (
            f"<blockquote>{_html([each[1:].removeprefix(' ') for each in same], depth + 1)}</blockquote>",
            end,
        )
    while end < len(lines) and lines[end].strip() and not _BLOCK_START.match(lines[end]):
        end += 1
    return f"<p>{'<br>'.join(_inline(each.strip()) for each in lines[place:end])}</p>", end


def _list(lines: Sequence[str], place: int, depth: int, marker: re.Pattern[str]) -> tuple[str, int]:
    """Items until something else comes; after a blank line a number out of turn begins a list of its own."""
    items: list[str] = []
    first = marker.match(lines[place])
    start = int(first[2]) if first and marker is _NUMBER else 1
    while place < len(lines) and (found := marker.match(lines[place])):
        end = _item_end(lines, place, len(found[1]))
        content = [lines[place][found.end() :], *_dedented(lines[place + 1 : end])]
        items.append(f"<li>{_html(content, depth + 1)}</li>")
        following = end
        while following < len(lines) and not lines[following].strip():
            following += 1
        place = end
        if following < len(lines) and _goes_on(lines[following], marker, start + len(items), following > end):
            place = following
        elif following > end:
            break
    tag, number = ("ol", f' start="{start}"') if marker is _NUMBER else ("ul", "")
    return f"<{tag}{number}>{''.join(items)}</{tag}>", place


def _goes_on(line: str, marker: re.Pattern[str], expected: int, apart: bool) -> bool:
    found = marker.match(line)
    if not found or marker is not _NUMBER:
        return bool(found)
    number = int(found[2])
    return number == expected or (not apart and number <= _HIGHEST_FIRST_NUMBER)


def _item_end(lines: Sequence[str], place: int, base: int) -> int:
    """Where the item that starts here ends: what is two spaces deeper belongs to it, blank lines between too."""
    end = last = place + 1
    while end < len(lines):
        line = lines[end]
        if line.strip():
            if len(line) - len(line.lstrip(" ")) < base + 2:
                break
            last = end + 1
        end += 1
    return last


def _dedented(lines: Sequence[str]) -> Iterator[str]:
    indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return (line[indent:] for line in lines)


def _table(lines: Sequence[str]) -> str:
    rows = [
        _row(line, "td" if place else "th")
        for place, line in enumerate(lines)
        if not (place == 1 and _RULE.fullmatch(line))
    ]
    return f"<table>{''.join(rows)}</table>"


def _row(line: str, tag: str) -> str:
    source = line.strip().removeprefix("|")
    cells = [found[1] for found in _CELL.finditer(source)]
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return f"<tr>{''.join(f'<{tag}>{_cell(cell)}</{tag}>' for cell in cells)}</tr>"


def _cell(source: str) -> str:
    return "<br>".join(_inline(part.strip()) for part in _CELL_BREAK.split(source))


# Inside a line


class _Stars:
    """A run of asterisks: 1 turns italic on or off, 2 bold, 3 both; what finds no partner is text."""

    def __init__(self, length: int, before: str, after: str) -> None:
        self.left = length
        self.marks = {1: ("em",), 2: ("strong",), 3: ("strong", "em")}.get(length, ())
        self.can_open = bool(after.strip())
        self.can_close = bool(before.strip())
        self.turns: set[str] = set()


_WORTH = {"em": 1, "strong": 2}


def _inline(line: str) -> str:
    parts = list(_parts(line))
    _pair([part for part in parts if isinstance(part, _Stars)])
    on: set[str] = set()
    written: list[str] = []
    link = ""
    for part in parts:
        if isinstance(part, _Stars):
            on ^= part.turns
            part = "*" * part.left
        if part.startswith("<"):
            link = part
        elif part:
            written.append(_marked(part, on, link))
    return "".join(written)


def _marked(text: str, on: set[str], link: str) -> str:
    """Each run is written on its own; cleaning joins those that belong together."""
    for mark in ("em", "strong"):
        if mark in on:
            text = f"<{mark}>{text}</{mark}>"
    return f"{link}{text}</a>" if link.startswith("<a") else text


def _parts(line: str, context: tuple[str, str] = ("", "")) -> Iterator["str | _Stars"]:
    """Escaped text, runs of asterisks, and the tags of links (the only parts that begin with "<")."""
    place = 0
    for found in _SIGN.finditer(line):
        yield escape(line[place : found.start()])
        place = found.end()
        if found["escaped"]:
            yield escape(found["escaped"])
        elif found["stars"]:
            start = found.start()
            before = line[start - 1] if start else context[0]
            after = line[place] if place < len(line) else context[1]
            yield _Stars(len(found["stars"]), before, after)
        elif href := address(re.sub(r"\\(.)", r"\1", found["href"])):
            yield f'<a href="{escape(href)}">'
            yield from _parts(found["label"], ("[", "]"))
            yield "</a>"
        else:
            yield escape(found[0])
    yield escape(line[place:])


def _pair(runs: list[_Stars]) -> None:
    for mark, worth in _WORTH.items():
        opened: _Stars | None = None
        for run in runs:
            if mark not in run.marks:
                continue
            if opened is None:
                opened = run if run.can_open else None
            elif run.can_close:
                for each in (opened, run):
                    each.turns.add(mark)
                    each.left -= worth
                opened = None
