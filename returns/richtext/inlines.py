"""Owns runs of marked text: tidying, cutting and joining them; knows nothing of blocks or HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .blocks import Inline, Inlines, LineBreak, Text

Line = tuple[Text, ...]


def tidy_line(pieces: Sequence[Text]) -> Line:
    """One line: single spaces, none at the ends, neighbours with the same marks merged.

    A space between two runs has the marks both have, so marks always hug words and neighbouring runs join.
    """
    if len(pieces) == 1:
        text = " ".join(pieces[0].text.split())
        return (_with_text(pieces[0], text),) if text else ()
    line: list[Text] = []
    spaced = False
    for piece in pieces:
        words = piece.text.split()
        if not words:
            spaced = spaced or bool(piece.text)
            continue
        spaced = spaced or piece.text[0].isspace()
        if line and spaced:
            _append(line, _common(line[-1], piece))
        _append(line, _with_text(piece, " ".join(words)))
        spaced = piece.text[-1].isspace()
    return tuple(line)


def _append(line: list[Text], piece: Text) -> None:
    if line and same_marks(line[-1], piece):
        line[-1] = _with_text(piece, line[-1].text + piece.text)
    else:
        line.append(piece)


def _with_text(piece: Text, text: str) -> Text:
    """Like `dataclasses.replace`, which is too slow for every word of a long text."""
    return piece if piece.text == text else Text(text, piece.bold, piece.italic, piece.href)


def same_marks(one: Text, other: Text) -> bool:
    return (one.bold, one.italic, one.href) == (other.bold, other.italic, other.href)


def _common(one: Text, other: Text) -> Text:
    href = one.href if one.href == other.href else None
    return Text(" ", one.bold and other.bold, one.italic and other.italic, href)


def lines(inlines: Iterable[Inline]) -> list[Line]:
    """The texts between line breaks, as they stand; empty lines are kept."""
    found: list[list[Text]] = [[]]
    for inline in inlines:
        if isinstance(inline, LineBreak):
            found.append([])
        else:
            found[-1].append(inline)
    return [tuple(line) for line in found]


def join(tidy_lines: Iterable[Line]) -> Inlines:
    """Lines with a line break between each two; empty lines vanish."""
    joined: list[Inline] = []
    for line in tidy_lines:
        if line and joined:
            joined.append(LineBreak())
        joined.extend(line)
    return tuple(joined)


def tidy(inlines: Iterable[Inline]) -> Inlines:
    """Tidy lines with single breaks between them."""
    return join(tidy_line(line) for line in lines(inlines))


def paragraphs(inlines: Iterable[Inline]) -> list[Inlines]:
    """Tidy inlines cut wherever two or more line breaks stand together."""
    groups: list[list[Line]] = [[]]
    for line in lines(inlines):
        if tidied := tidy_line(line):
            groups[-1].append(tidied)
        elif groups[-1]:
            groups.append([])
    return [join(group) for group in groups if group]


def plain(inlines: Iterable[Inline], line_break: str = "\n") -> str:
    return "".join(line_break if isinstance(inline, LineBreak) else inline.text for inline in inlines)


def cut(line: Line, spans: Sequence[tuple[int, int]]) -> list[Line]:
    """The tidy parts of a line between offsets of its plain text, in one pass; spans ascend and do not overlap."""
    found: list[Line] = []
    place, offset = 0, 0
    for start, end in spans:
        parts: list[Text] = []
        while place < len(line) and offset < end:
            piece = line[place]
            part = piece.text[max(start - offset, 0) : end - offset]
            if part:
                parts.append(_with_text(piece, part))
            if offset + len(piece.text) > end:
                break
            offset += len(piece.text)
            place += 1
        found.append(tidy_line(parts))
    return found


def with_bold(inlines: Inlines, bold: bool) -> Inlines:
    """The same words, all bold or none of them; still tidy."""
    return tidy(inline if isinstance(inline, LineBreak) else replace(inline, bold=bold) for inline in inlines)


def on_one_line(inlines: Inlines) -> Inlines:
    return tidy_line([Text(" ") if isinstance(inline, LineBreak) else inline for inline in inlines])
