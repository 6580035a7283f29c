"""Owns the rule that looks for mark-up and typed bullets a reader would see."""

import re
from collections.abc import Iterator
from html.entities import html5
from itertools import islice

from .context import Context
from .findings import Finding
from .reading import Reading

RULE = "markup-residue"
_MOST = 1000

_TAGS = (
    "a|abbr|article|aside|b|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|div|dl|dt|em|fieldset"
    "|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|main|mark|meta|nav|o:p|ol"
    "|option|p|pre|q|s|script|section|select|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th"
    "|thead|title|tr|tt|u|ul|v:[a-z]+|w:[a-z]+|xml"
)
_TAG = re.compile(
    rf"</?(?:{_TAGS})(?:\s[^<>\n]{{0,300}})?/?>|<!--[^<>\n]{{0,200}}-->|<!--|-->|<!\[(?:if|endif)[^<>\n]{{0,60}}>|\[(?:if !?[a-zA-Z]{{3,20}}|endif)\]",
    re.I,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,24});|&nbsp\b", re.I)
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?:style|class|href|align|lang|width|height|bgcolor|colspan|rowspan|data-[a-z-]{1,30}|target|rel|id|src)\s?=\s?[\"“”'][^\"“”'\n]{0,200}[\"“”']?|(?<![\w-])style=|(?<![\w-])mso-[a-z-]{2,40}:",
    re.I,
)
_BULLET = re.compile(
    r"(?:[•·●▪◦‣∙○■□◆◇►▶➢➤➔→✓✔❖§¨ØüÞ\uf0a7\uf0b7\uf0d8\uf0fc\uf076]|[-–—*+~]|o(?=\s)|--|&bull;)[ \t]?(?=\S)"
)
_DASHES = ("-", "–", "—", "*", "o")
_TIGHT = "•●▪◦‣■►▶➢➤✓✔\uf0a7\uf0b7\uf0d8\uf0fc\uf076"
_LETTERS = "ØüÞo§¨"
_INSIDE = re.compile(r"[•●▪◦‣\uf0b7\uf0a7](?<=\s.)\s(?=\S)")
_ATTRIBUTED = re.compile(r"[\"'”’.!?]\Z")
_HTML = "This is a piece of HTML."
_CODE = "This is a code that stands for a character."
_TYPED = "This bullet was typed."
_USE_LIST = (
    "Delete it and use the list button, so that it is a list for everyone, also when it is read aloud."
)
_TWO_WORDS = re.compile(r"\S{1,60}(?: \S{1,60})?")


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each tag, entity, attribute or typed bullet."""
    text = reading.text
    for start, end, message, advice in sorted(islice(_residue(reading), _MOST)):
        yield Finding(RULE, "warning", context.question, start, end, text[start:end], message, advice)


def _residue(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    text = reading.text
    yield from ((*span, _HTML, "Delete it: readers would see it as it stands.") for span in _marked_up(text))
    entities = list(_entities(text))
    yield from ((*span, _CODE, "Type the character itself, or delete it.") for span in entities)
    for start in sorted(set(_bullets(reading)) - {start for start, _ in entities}):
        found = _TWO_WORDS.match(text, text.index(" ", start) + 1 if text[start + 1] == " " else start + 1)
        yield start, found.end() if found else start + 1, _TYPED, _USE_LIST


def _marked_up(text: str) -> Iterator[tuple[int, int]]:
    """Tags, and attributes outside of them."""
    covered: set[int] = set()
    for match in _TAG.finditer(text) if "<" in text or "[" in text or "-->" in text else ():
        covered.update(range(*match.span()))
        yield match.span()
    for match in _ATTRIBUTE.finditer(text) if "=" in text or "mso-" in text else ():
        if match.start() not in covered:
            yield match.span()


def _entities(text: str) -> Iterator[tuple[int, int]]:
    for match in _ENTITY.finditer(text) if "&" in text else ():
        if match[0][1] == "#" or match[0].rstrip(";")[1:] + ";" in html5 or match[0].lower() == "&nbsp":
            yield match.span()


def _bullets(reading: Reading) -> Iterator[int]:
    text = reading.text
    for number, line in enumerate(reading.lines):
        match = _BULLET.match(text, line.start, line.end)
        if match and _is_bullet(reading, number, match):
            yield line.start
        for inside in _INSIDE.finditer(text, line.start, line.end):
            if inside.start() > line.start:
                yield inside.start()


def _is_bullet(reading: Reading, number: int, match: re.Match[str]) -> bool:
    text, line = reading.text, reading.lines[number]
    mark = match[0].strip()
    if mark in _DASHES and any(
        _has_mark(reading, beside, mark, match) for beside in (number - 1, number + 1)
    ):
        return True
    if not match[0].endswith((" ", "\t")):
        return mark in _TIGHT and line.end > match.end()
    if mark in _LETTERS and mark != "§":
        return bool(re.match(r"[A-Z“\"]", text[match.end() : match.end() + 1]))
    if mark in ("-", "–", "—", "~", "--"):
        # "– a mother of two" below her own words says whose they are.
        words = text[match.end() : line.end].split()
        before = reading.lines[number - 1] if number else None
        if (
            before
            and len(words) <= 7
            and text[line.end - 1] not in ".;"
            and _ATTRIBUTED.search(text[before.end - 1 : before.end])
        ):
            quote = text[before.start : before.end]
            return not (quote[-1] in "\"”'’" or quote[0] in "\"“'‘")
        if re.match(r"[0-9]+(?:[.,][0-9]+)?(?:%|°| per cent)?\.?\Z", text[match.end() : line.end]):
            return False
    return not (mark == "+" and text[match.end()].isdigit())


def _has_mark(reading: Reading, number: int, mark: str, match: re.Match[str]) -> bool:
    """Whether the line beside begins alike, so that they are a list: with a space after the mark, or both without."""
    if not 0 <= number < len(reading.lines):
        return False
    line = reading.lines[number]
    other = _BULLET.match(reading.text, line.start, line.end)
    return other is not None and other[0].strip() == mark and (other[0] == mark) == (match[0] == mark)
