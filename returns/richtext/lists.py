"""Owns the lists people type: bullets, dashes and numbers at the start of lines; knows blocks, not HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from .blocks import Block, BulletList, Inlines, ListItem, NumberedList, Paragraph, Quotation
from .changes import Changes
from .inlines import Line, cut, join, lines, plain
from .levels import Levelled, nest

# Bullets that mean nothing else at the start of a line; the last ones are those of the Symbol and Wingdings fonts.
_PLAIN_GLYPHS = "•▪▫◦●○■‣⁃∙➢➤►▸❖\uf0a7\uf0b7\uf0d8\uf076\uf0fc"
GLYPHS = "·" + _PLAIN_GLYPHS
_BULLETS = re.compile(rf"(?:[{GLYPHS}]\s*)+")
_WORD_BULLET = re.compile(rf"(?:[{GLYPHS}§]\s*)+|\(?[0-9]{{1,3}}[.)]\s+")
_DASH = re.compile(r"([-–—*])\s+(?=\S)|([-–—])(?=[^\W\d_])")
_NUMBER = re.compile(r"(?:([0-9]{1,3})[.)]|\(([0-9]{1,3})\))\s+(?=\S)")
# Bullets in the middle of a line count where the line begins with one, or where they follow a colon.
_MORE_BULLETS = re.compile(rf"(?:^|(?<=\s))(?:[{_PLAIN_GLYPHS}]\s*)+")
_MORE_DOTS = re.compile(rf"(?:^|(?<=\s))(?:[{GLYPHS}]\s*)+")
_FIRST_AFTER_COLON = re.compile(rf"[^{_PLAIN_GLYPHS}]*:\s+(?=[{_PLAIN_GLYPHS}])")
# A dash between two sentences of such a line is a bullet of the next level; one within a sentence is a dash.
_DASH_AFTER_SENTENCE = re.compile(r"(?<=[.;:!?)]\s)[-–—]\s+(?=[A-Z\"“‘])")


def begins_with_bullet(text: str) -> bool:
    return bool(_BULLETS.match(text))


def without_bullet(inlines: Inlines) -> tuple[str, Inlines]:
    """The bullet or number Word typed at the start of a list paragraph, if any, and the rest."""
    first, *rest = lines(inlines)
    text = plain(first)
    found = _WORD_BULLET.match(text)
    if not found:
        return "", inlines
    return found[0], join([*cut(first, [(found.end(), len(text))]), *rest])


@dataclass(frozen=True, slots=True)
class _Row:
    """A line, or a part of one, of a paragraph. `kind` is its typed marker: "1" for any number, "" for none.

    `whole` is the line with its marker.
    """

    line: Line
    paragraph: int
    whole: Line = ()
    kind: str = ""
    number: int | None = None
    certain: bool = False


def typed_lists(blocks: Sequence[Block], changes: Changes) -> list[Block]:
    """The blocks, typed lists in them being lists; not tidy."""
    found: list[Block] = []
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        found.extend(_listed(run, changes))
        run = []
        match block:
            case BulletList(items):
                found.append(BulletList(tuple(_items(items, changes))))
            case NumberedList(items, start):
                found.append(NumberedList(tuple(_items(_unnumbered(items, start, changes), changes)), start))
            case Quotation(inner):
                found.append(Quotation(tuple(typed_lists(inner, changes))))
            case _:
                found.append(block)
    found.extend(_listed(run, changes))
    return found


def _items(items: Sequence[ListItem], changes: Changes) -> Iterator[ListItem]:
    """An item that begins with a typed bullet loses it, and is as many items as it has typed bullets."""
    for item in items:
        first = item.blocks[0]
        if not isinstance(first, Paragraph) or not _has_marker(first):
            yield ListItem(tuple(typed_lists(item.blocks, changes)))
            continue
        listed = _listed([first], changes, in_item=True)
        *others, last = listed[0].items if isinstance(listed[0], BulletList) else [ListItem((listed[0],))]
        yield from others
        yield ListItem((*last.blocks, *listed[1:], *typed_lists(item.blocks[1:], changes)))


def _has_marker(paragraph: Paragraph) -> bool:
    text = plain(paragraph.inlines)
    return bool(_BULLETS.match(text) or _DASH.match(text))


def _unnumbered(items: Sequence[ListItem], start: int, changes: Changes) -> Sequence[ListItem]:
    """Items of a numbered list without the same numbers typed once more."""
    found: list[ListItem] = []
    for place, item in enumerate(items):
        first = item.blocks[0]
        text = plain(first.inlines) if isinstance(first, Paragraph) else ""
        typed = _NUMBER.match(text)
        if not typed or not isinstance(first, Paragraph) or int(typed[1] or typed[2]) != start + place:
            return items
        line, *others = lines(first.inlines)
        rest = join([*cut(line, [(typed.end(), len(plain(line)))]), *others])
        found.append(ListItem((Paragraph(rest), *item.blocks[1:])))
    if len(found) < 2:
        return items
    changes.note("numbers", len(found))
    return found


# From lines to lists


def _listed(run: Sequence[Paragraph], changes: Changes, *, in_item: bool = False) -> list[Block]:
    rows = [
        row
        for place, paragraph in enumerate(run)
        for line in lines(paragraph.inlines)
        for row in _rows(line, place)
    ]
    if not any(row.kind for row in rows):
        return list(run)
    if in_item and rows[0].kind and rows[0].kind != "1":
        rows[0] = replace(rows[0], certain=True)
    rows = _confirmed(rows)
    if not any(row.kind for row in rows):
        return list(run)
    for row in rows:
        if row.kind:
            changes.note("numbers" if row.kind == "1" else "bullets")
    return _assembled(rows)


def _rows(line: Line, paragraph: int) -> list[_Row]:
    text = plain(line)
    marks = _marks(text)
    if not marks:
        return [_Row(line, paragraph)]
    spans = [(0, marks[0][0])] if marks[0][0] else []
    ends = [start for start, *_ in marks[1:]] + [len(text)]
    spans += [(end, next_start) for (_, end, *_), next_start in zip(marks, ends, strict=True)]
    parts = cut(line, spans)
    rows = [_Row(parts.pop(0), paragraph)] if marks[0][0] else []
    return rows + [
        _Row(part, paragraph, line, kind, number, certain)
        for part, (_, _, kind, number, certain) in zip(parts, marks, strict=True)
    ]


def _marks(text: str) -> list[tuple[int, int, str, int | None, bool]]:
    """Where markers start and end in a line, their kind, their number, and whether one alone is enough."""
    if _BULLETS.match(text) or _FIRST_AFTER_COLON.match(text):
        found = (_MORE_DOTS if text[0] == "·" else _MORE_BULLETS).finditer(text)
        marks = [(each.start(), each.end(), each[0][0], None, True) for each in found]
        if not marks or (text[0] in GLYPHS and marks[0][0]):
            first = _BULLETS.match(text)
            marks = [(0, first.end(), text[0], None, True), *marks] if first else marks
        if len(marks) > 1 and not marks[0][0]:
            marks += [
                (each.start(), each.end(), each[0][0], None, True)
                for each in _DASH_AFTER_SENTENCE.finditer(text)
            ]
        return sorted(marks)
    if dash := _DASH.match(text):
        return [(0, dash.end(), dash[1] or dash[2], None, False)]
    if counted := _NUMBER.match(text):
        return [(0, counted.end(), "1", int(counted[1] or counted[2]), False)]
    return []


def _confirmed(rows: list[_Row]) -> list[_Row]:
    """The rows, markers that may be meant otherwise (a lone dash, a lone number) being text again."""
    found: list[_Row] = []
    group: list[_Row] = []
    for row in [*rows, _Row((), -1)]:
        if row.kind:
            group.append(row)
            continue
        after_colon = bool(found) and plain(found[-1].line).rstrip().endswith(":")
        found.extend(_confirmed_group(group, after_colon))
        group = []
        found.append(row)
    return found[:-1]


def _confirmed_group(group: list[_Row], after_colon: bool) -> list[_Row]:
    kinds = [row.kind for row in group]
    numbers = [row.number for row in group if row.number is not None]
    near = {number for number, following in pairwise(numbers) if following == number + 1}
    counted = near | {number + 1 for number in near}
    certain = after_colon or any(row.certain for row in group)
    repeated = {kind for kind in set(kinds) if kinds.count(kind) > 1}
    return [
        row
        if row.certain or (row.number in counted if row.kind == "1" else certain or row.kind in repeated)
        else replace(row, kind="", line=row.whole)
        for row in group
    ]


def _assembled(rows: list[_Row]) -> list[Block]:
    """Paragraphs and lists in the order of the rows."""
    last_marked = {row.paragraph: place for place, row in enumerate(rows) if row.kind}
    found: list[Block] = []
    steps: list[Levelled] = []
    kinds: list[str] = []
    text: list[_Row] = []
    for place, row in enumerate(rows):
        if row.kind:
            found.extend(_paragraphs(text))
            text = []
            steps.append(_step(row, kinds))
        elif (
            steps
            and place < last_marked.get(row.paragraph, -1)
            and rows[place - 1].paragraph == row.paragraph
        ):
            # A line between two items of one paragraph goes on with the item before it.
            steps[-1] = _with_line(steps[-1], row.line)
        else:
            found.extend(nest(steps))
            steps, kinds = [], []
            text.append(row)
    return [*found, *nest(steps), *_paragraphs(text)]


def _step(row: _Row, kinds: list[str]) -> Levelled:
    """A marker seen before in this list goes back to its level; a new one goes one deeper."""
    if row.kind in kinds:
        del kinds[kinds.index(row.kind) + 1 :]
    else:
        kinds.append(row.kind)
    return Levelled(len(kinds), row.kind == "1", row.number, (Paragraph(row.line),))


def _with_line(step: Levelled, line: Line) -> Levelled:
    first = step.blocks[0]
    inlines: Inlines = first.inlines if isinstance(first, Paragraph) else ()
    return replace(step, blocks=(Paragraph(join([*lines(inlines), line])),))


def _paragraphs(rows: list[_Row]) -> list[Block]:
    return [
        Paragraph(join(row.line for row in group))
        for _, group in groupby(rows, key=lambda row: row.paragraph)
    ]
