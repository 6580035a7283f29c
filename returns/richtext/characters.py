"""Owns which characters may be in a text; knows nothing of mark-up."""

import html
import re

# Controls, soft hyphens, zero-width spaces, bidi overrides and isolates, noncharacters and lone surrogates are
# invalid in XML, invisible, or used to spoof. ZWJ and ZWNJ stay (emoji, Persian), so do LRM and RLM.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff]"
)
# html.unescape turns these into an int, and int() refuses very many digits.
_ENDLESS_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]{8,}|[0-9]{9,});?")
_ADDRESS = re.compile(r"(https?://|mailto:)(?=[^/?#])\S+", re.IGNORECASE)


def scrub(text: str) -> str:
    """The text without characters nobody sees; white space is left as it is."""
    return _UNWANTED.sub("", text)


def decode(source: str) -> str:
    """Character references of HTML source as the characters they stand for, scrubbed."""
    if "&" in source:
        source = html.unescape(_ENDLESS_REFERENCE.sub("\ufffd", source))
    return scrub(source)


def address(href: str) -> str | None:
    """A web or e-mail address fit for a link, or None. White space inside is dropped or encoded, as browsers do."""
    href = re.sub(r"[\t\n\r\f\v]", "", href).strip()
    href = "%20".join(href.split())
    found = _ADDRESS.fullmatch(href)
    return found[1].lower() + href[found.end(1) :] if found else None
