"""Owns the cutting of HTML source into text, tags and comments; knows nothing of what a tag means.

Follows the tokenizer of the HTML standard, in linear time, with one leaning: what never becomes a tag is text, so
that a forgotten ">" loses no word.
"""

import re
from typing import Literal, NamedTuple

from .characters import decode

Kind = Literal["text", "start", "end", "comment", "marker"]


class Token(NamedTuple):
    """`value` is decoded text, a comment's content, or the raw attributes of a tag."""

    kind: Kind
    name: str
    value: str


_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_TAG = re.compile(
    rf"""<(?:
      !--(?P<comment>-?>|.*?(?:--!?>|\Z))
    | [!?](?P<declaration>[^>]*+)>
    | /(?P<end>[a-zA-Z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+>
    | (?P<nothing>/(?:[^a-zA-Z>][^>]*+)?>)
    | (?P<start>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:[\s/]++|{_ATTRIBUTE})*+)>
    )""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTES = re.compile(r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?+""")
# <someone@example.org> and <https://…> are addresses, not tags.
_TYPED_ADDRESS = re.compile(r"[^:]*@|(?:https?|mailto):", re.IGNORECASE)
_HIDDEN = frozenset({"script", "style"})
_HIDDEN_IF_CLOSED = frozenset({"title", "xml"})


def attributes(source: str) -> dict[str, str]:
    """The attributes of a tag by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTES.findall(source):
        found.setdefault(name.lower(), decode(double or single or bare))
    return found


def tokenize(html: str) -> list[Token]:
    """Text, tags and comments in order; the content of script, style and title is left out."""
    tokens: list[Token] = []
    never_closed: set[str] = set()
    position, end = 0, html.rfind(">") + 1
    while found := _TAG.search(html, position, end):
        name = found["start"]
        if name and _TYPED_ADDRESS.match(name):
            _add_text(tokens, html[position : found.start()] + "&lt;" + html[found.start() + 1 : found.end()])
            position = found.end()
            continue
        _add_text(tokens, html[position : found.start()])
        position = found.end()
        if name:
            name = name.lower()
            tokens.append(Token("start", name, found["attributes"]))
            if name in _HIDDEN or (name in _HIDDEN_IF_CLOSED and name not in never_closed):
                position = _skip(html, name, position, never_closed)
        elif found["end"]:
            tokens.append(Token("end", found["end"].lower(), ""))
        elif (comment := found["comment"]) is not None:
            if not comment.endswith(">"):
                return tokens
            tokens.append(Token("comment", "", comment.rstrip("!->")))
        elif found["declaration"]:
            tokens.append(Token("comment", "", found["declaration"]))
    _add_text(tokens, html[position:].split("<!--", 1)[0])
    return tokens


def _add_text(tokens: list[Token], source: str) -> None:
    if source:
        tokens.append(Token("text", "", decode(source)))


def _skip(html: str, name: str, position: int, never_closed: set[str]) -> int:
    """Where the hidden content of an element ends: at its end tag, else for script and style at the very end."""
    closing = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(html, position)
    if closing:
        return closing.start()
    never_closed.add(name)
    return len(html) if name in _HIDDEN else position
