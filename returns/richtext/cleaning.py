"""Owns the way from any HTML to clean HTML and blocks; the only module that calls the sanitiser."""

from collections import OrderedDict
from dataclasses import dataclass

import nh3

from .blocks import Blocks
from .changes import Changes
from .html import to_html
from .limits import check_length
from .lists import typed_lists
from .structure import to_blocks
from .tidying import tidy_blocks
from .tokens import tokenize
from .tree import Reader
from .word import without_leftovers

# What canonical HTML is made of; a test holds that it passes the sanitiser unchanged.
ALLOWED_TAGS = {
    "p", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "a", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
ALLOWED_SCHEMES = {"http", "https", "mailto"}
_MOST_PASSES = 12
# What was written last: a text that is saved is counted, checked and shown next, each time read from its HTML.
_MOST_KNOWN = 64
_LONGEST_KNOWN = 50_000
_written: OrderedDict[str, Blocks] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`html` is canonical and the same as `blocks`; `changes` are sentences for the person whose text it is."""

    html: str
    blocks: Blocks
    changes: tuple[str, ...]


def clean(html: str) -> Cleaned:
    """Any HTML as canonical HTML and blocks, with every word of its visible text, in order. Raises TooMuch.

    Cleaning what is clean changes nothing. The output is written from blocks, every character escaped; the sanitiser
    has the last word on it, so that a fault here cannot let mark-up through.
    """
    if html in _written:
        return Cleaned(html, parse(html), ())
    changes = Changes()
    blocks = _typed(_read(html, changes), changes)
    written = to_html(blocks)
    if not _is_harmless(written):
        changes.note("links")
        blocks = _typed(_read(_sanitised(written), Changes()), Changes())
        written = to_html(blocks)
    # What is stored must be readable again, and escaping may have made it longer.
    check_length(written)
    _remember(written, blocks)
    return Cleaned(written, blocks, changes.sentences())


def _remember(written: str, blocks: Blocks) -> None:
    if len(written) <= _LONGEST_KNOWN:
        _written[written] = blocks
    while len(_written) > _MOST_KNOWN:
        _written.popitem(last=False)


def _is_harmless(written: str) -> bool:
    """Whether the sanitiser has nothing to change. It takes quadratic time for ampersands, which harm nobody."""
    probe = written.replace("&amp;", "+")
    return _sanitised(probe) == probe


def _sanitised(html: str) -> str:
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        url_relative="deny",
        link_rel=None,
    )


def parse(html: str) -> Blocks:
    """The blocks of canonical HTML, fast. Safe for any HTML, but it leaves typed lists as text. Raises TooMuch."""
    known = _written.get(html)
    return _read(html, Changes()) if known is None else known


def _read(html: str, changes: Changes) -> Blocks:
    check_length(html)
    tokens = without_leftovers(tokenize(html), changes)
    return tidy_blocks(to_blocks(Reader(changes).read(tokens), changes), changes)


def _typed(blocks: Blocks, changes: Changes) -> Blocks:
    """Typed lists as lists, until none is left: an item may hold another typed list."""
    for _ in range(_MOST_PASSES):
        listed = tuple(typed_lists(blocks, changes))
        if listed == blocks:
            break
        blocks = tidy_blocks(listed, changes)
    return blocks
