"""Owns finding a passage in a text and clearing it, however it was set: marks, line ends, capitals and quotation marks
count for nothing. Knows blocks and characters, not where texts are kept."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from .blocks import (
    Block,
    Blocks,
    BulletList,
    Cell,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListItem,
    NumberedList,
    Paragraph,
    Quotation,
    Table,
    Text,
    leaves,
)
from .cleaning import parse
from .html import inlines_html, render, to_html

REMOVED = "[removed]"
# So many words of a passage in a row, or its beginning at the end of a paragraph, are a piece of it being typed.
_RUN = 3
_BEGINNING = 4

Place = tuple[int, int]  # the leaf, and the character in it


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text reduced to what counts: words of letters and digits with single spaces, and where each came from."""

    text: str
    places: tuple[Place, ...]


def bare(text: str) -> str:
    """The words of a text without capitals, accents and punctuation."""
    return _letters([text]).text.strip()


def occurrences(text: str, passage: str) -> int:
    return len(_ranges(_letters([text]), bare(passage)))


def clear_text(text: str, passage: str) -> tuple[str, int]:
    """The plain text without the passage, and how often it was there."""
    [cleared], count = _cleared([text], bare(passage))
    return cleared, count


def clear_blocks(blocks: Blocks, passage: str) -> tuple[Blocks, int]:
    """The text without the passage, which may run over several paragraphs; a link to it is no link any more."""
    wanted = bare(passage)
    plain = [_plain(inlines) for inlines in leaves(blocks)]
    ranges = _ranges(_letters(plain), wanted)
    linked = sum(_links_to(each, wanted) for inlines in leaves(blocks) for each in inlines)
    if not ranges and not linked:
        return blocks, 0
    gone = _gone(ranges)
    number = iter(range(len(plain)))
    changed = _mapped(blocks, lambda inlines: _without(inlines, gone.get(next(number), {}), wanted))
    return parse(to_html(changed)), len(ranges) + linked


def clear_pieces(blocks: Blocks, passage: str) -> tuple[Blocks, int]:
    """For what was saved while somebody typed: every paragraph that holds a piece of the passage is emptied."""
    wanted = bare(passage)
    count = sum(_holds_piece(_plain(inlines), wanted) for inlines in leaves(blocks))
    if not count:
        return blocks, 0
    emptied = _mapped(
        blocks, lambda inlines: (Text(REMOVED),) if _holds_piece(_plain(inlines), wanted) else inlines
    )
    return parse(to_html(emptied)), count


def holds_piece(text: str, passage: str) -> bool:
    """Whether some words of the passage in a row stand in the text, or the text ends with its beginning."""
    return _holds_piece(text, bare(passage))


def marked_html(blocks: Sequence[Block], passage: str, *, heading_base: int = 3) -> str:
    """The text with the words of the passage in `<mark>`, wherever it stands; it may run over several paragraphs."""
    # A cell without words is not asked for when a table is written, so it has no number here.
    plain = [_plain(inlines) for inlines in leaves(blocks) if inlines]
    held = _gone(_ranges(_letters(plain), bare(passage)))
    number = iter(range(len(plain)))
    return render(
        blocks, lambda inlines: _marked(inlines, held.get(next(number), {})) if inlines else "", heading_base
    )


# --- Finding -------------------------------------------------------------------------------------


def _letters(texts: Sequence[str]) -> _Letters:
    """The end of a leaf counts as a space."""
    kept: list[str] = []
    places: list[Place] = []
    for leaf, text in enumerate(texts):
        for place, character in enumerate(f"{text} "):
            for one in _reduced(character):
                if one != " " or (kept and kept[-1] != " "):
                    kept.append(one)
                    places.append((leaf, place))
    return _Letters("".join(kept), tuple(places))


def _reduced(character: str) -> str:
    """Letters and digits without case and accents; nothing for what is not seen; a space for all else."""
    if character.isascii():
        return character.lower() if character.isalnum() else " "
    if unicodedata.category(character) in ("Cf", "Mn", "Mc", "Me"):
        return ""
    parts = unicodedata.normalize("NFKD", character).casefold()
    return "".join(one for one in parts if one.isalnum()) or " "


def _ranges(letters: _Letters, wanted: str) -> list[list[Place]]:
    """The places of each occurrence of whole words, in order, none over another."""
    found: list[list[Place]] = []
    start = _find(letters.text, wanted, 0)
    while wanted and start >= 0:
        end = start + len(wanted)
        found.append(list(letters.places[start:end]))
        start = _find(letters.text, wanted, end)
    return found


def _find(text: str, wanted: str, start: int) -> int:
    padded = f" {text} "
    return padded.find(f" {wanted} ", start)


def _holds_piece(text: str, wanted: str) -> bool:
    plain = f" {bare(text)} "
    words = wanted.split()
    size = min(_RUN, len(words))
    if any(f" {' '.join(words[at : at + size])} " in plain for at in range(len(words) - size + 1)):
        return True
    begun = range(_BEGINNING, len(wanted) + 1)
    return any(plain.rstrip().endswith(f" {wanted[:length].rstrip()}") for length in begun)


def _links_to(inline: Inline, wanted: str) -> bool:
    """Whether its address spells the passage."""
    return isinstance(inline, Text) and bool(inline.href) and f" {wanted} " in f" {bare(inline.href or '')} "


# --- Clearing ------------------------------------------------------------------------------------


def _gone(ranges: Iterable[list[Place]]) -> dict[int, dict[int, bool]]:
    """By leaf, each character that goes: from the first to the last of an occurrence, True where the mark stands."""
    gone: dict[int, dict[int, bool]] = {}
    for places in ranges:
        for leaf in dict.fromkeys(leaf for leaf, _ in places):
            own = [place for there, place in places if there == leaf]
            for place in range(own[0], own[-1] + 1):
                gone.setdefault(leaf, {})[place] = (leaf, place) == places[0]
    return gone


def _cleared(texts: Sequence[str], wanted: str) -> tuple[list[str], int]:
    ranges = _ranges(_letters(texts), wanted)
    gone = _gone(ranges)
    return [_keep(text, 0, gone.get(leaf, {})) for leaf, text in enumerate(texts)], len(ranges)


def _keep(text: str, offset: int, gone: dict[int, bool]) -> str:
    return "".join(_kept(character, gone.get(offset + place)) for place, character in enumerate(text))


def _kept(character: str, gone: bool | None) -> str:
    if gone is None:
        return character
    return REMOVED if gone else ""


def _without(inlines: Inlines, gone: dict[int, bool], wanted: str) -> Inlines:
    found: list[Inline] = []
    offset = 0
    for inline in inlines:
        if isinstance(inline, LineBreak):
            if offset not in gone:
                found.append(inline)
            offset += 1
            continue
        href = None if _links_to(inline, wanted) else inline.href
        found.append(replace(inline, text=_keep(inline.text, offset, gone), href=href))
        offset += len(inline.text)
    return tuple(each for each in found if isinstance(each, LineBreak) or each.text)


def _marked(inlines: Inlines, held: dict[int, bool]) -> str:
    if not held:
        return inlines_html(inlines)
    runs = groupby(_split(inlines, min(held), max(held) + 1), key=lambda piece: piece[0])
    written = [(inside, inlines_html(inline for _, inline in run)) for inside, run in runs]
    return "".join(f"<mark>{html}</mark>" if inside else html for inside, html in written)


def _split(inlines: Inlines, start: int, end: int) -> Iterator[tuple[bool, Inline]]:
    """Each inline, or its pieces, with whether it stands between the two places of its leaf."""
    offset = 0
    for inline in inlines:
        if isinstance(inline, LineBreak):
            yield start <= offset < end, inline
            offset += 1
            continue
        size = len(inline.text)
        first, last = (min(max(place - offset, 0), size) for place in (start, end))
        for inside, text in (
            (False, inline.text[:first]),
            (True, inline.text[first:last]),
            (False, inline.text[last:]),
        ):
            if text:
                yield inside, replace(inline, text=text)
        offset += size


def _plain(inlines: Inlines) -> str:
    return "".join("\n" if isinstance(each, LineBreak) else each.text for each in inlines)


def _mapped(blocks: Sequence[Block], change: Callable[[Inlines], Inlines]) -> Blocks:
    """The same blocks with every leaf changed, in the order of `leaves`."""
    return tuple(_mapped_block(block, change) for block in blocks)


def _mapped_block(block: Block, change: Callable[[Inlines], Inlines]) -> Block:
    match block:
        case Paragraph(inlines) | Heading(_, inlines):
            return replace(block, inlines=change(inlines))
        case BulletList(items) | NumberedList(items):
            return replace(block, items=tuple(ListItem(_mapped(one.blocks, change)) for one in items))
        case Quotation(inner):
            return Quotation(_mapped(inner, change))
        case Table(header, rows):
            return Table(
                tuple(_mapped_row(header, change)), tuple(tuple(_mapped_row(row, change)) for row in rows)
            )


def _mapped_row(row: Sequence[Cell], change: Callable[[Inlines], Inlines]) -> Iterator[Cell]:
    return (Cell(change(cell.inlines)) for cell in row)
