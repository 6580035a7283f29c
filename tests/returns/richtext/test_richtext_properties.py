"""What holds for any text: no word is lost, what is clean stays clean, every form of the blocks is the same text."""

import re
from html import unescape

import nh3
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from returns.richtext import (
    Blocks,
    TooMuch,
    clean,
    count_words,
    diff_html,
    from_data,
    from_simple,
    parse,
    to_data,
    to_html,
    to_simple,
    to_text,
    visible_text,
)
from returns.richtext.cleaning import ALLOWED_ATTRIBUTES, ALLOWED_SCHEMES, ALLOWED_TAGS

settings.register_profile("richtext", max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("richtext")

# A typed bullet or number that became a list marker is not a word; nor is anything without a letter or a digit.
_MARKERS = re.compile(r"\(?[0-9]{1,3}[.)]")
_NOT_WORD = re.compile(r"^[^\w]+|[^\w]+$|_")


def words_of(text: str) -> list[str]:
    kept = (word for word in text.split() if not _MARKERS.fullmatch(word))
    return [bare for word in kept if (bare := _NOT_WORD.sub("", word))]


def words_in(html: str) -> list[str]:
    return words_of(visible_text(html))


WORD = st.sampled_from(
    [
        "we",
        "asked",
        "40",
        "children",
        "and",
        "they",
        "said:",
        "more",
        "time,",
        "please",
        "(not",
        "less)",
        "well-being",
        "3.5",
        "per-cent",
        "don't",
        "Llŷn",
        "مرحبا",
        "👩\u200d👧",
        "a",
        "b",
    ]
)
SPACE = st.sampled_from([" ", "\n", "&nbsp;", " ", "  ", "\u00a0"])
TEXT = st.lists(st.tuples(WORD, SPACE), min_size=1, max_size=5).map(
    lambda pairs: "".join(map("".join, pairs))
)
ODDITY = st.sampled_from(
    [
        "• ", "• one • two • three", "· ", "- ", "– sub", "* ", "1. ", "2. ", "3) ", "◦ ", "said: • x • y", "a. – B", "&bull; ",
        "&lt;b&gt;", "&amp;", "&#8226; ", "&#x202e;", "\u200b", "\ufeff", "<!-- note -->", "<![if x]>", "<", "< 5", "&", "\\", "*", "**",
        "_", "#", "# ", "> ", "| a | b |", "[x](y)", "[x](https://e.org)", "]", "[", "(", "`", "***", "\ud800", "\x00", "\x0b", "\x1f", "\x85", "'", '"',
        "<a href='https://e.org/a b'>link</a>", '<a href="javascript:alert(1)">bad</a>', "<a href=mailto:a@e.org>mail",
        "<a href='https://e.org/(x)*y'>l</a>", "<img src=x alt=y>", "<script>alert(1)</script>", "<style>p{}</style>", "<o:p></o:p>",
        "</p>", "</ul>", "</ol>", "</li>", "</div>", "</table>", "</b>", "</td>", "</span>", "</blockquote>", "<br>", "<br/>", "<br><br>", "<hr>",
        "<b style='font-weight:normal'>", "<span style='font-weight:700'>", "<span style='font-style:italic'>", "<u>", "<td>a<td>b",
        "<div>a</div><div>b</div>", "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>", "<p style='mso-list:l0 level1 lfo1'>",
        "<!--[if !supportLists]-->1.<!--[endif]-->", "<li data-aria-level=2>", "<del>", "<h1>", "<h3>", "<h5>", "<pre>a\nb</pre>", "<tr>", "<th>", "<caption>",
    ]
)  # fmt: skip
TAG = st.sampled_from(
    ["p", "div", "b", "strong", "i", "em", "u", "span", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "table", "tr", "td", "th", "a href='https://e.org'", "ol start=4", "ul style='list-style:none'", "section", "td colspan=2", "td rowspan=2", "font", "x-y"]
)  # fmt: skip


def _wrapped(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def build(tag: str, inner: list[str], closed: int) -> str:
        return f"<{tag}>" + "".join(inner) + (f"</{tag.split()[0]}>" if closed else "")

    return st.builds(build, TAG, st.lists(children, max_size=4), st.integers(0, 5))


FRAGMENT = st.recursive(TEXT | ODDITY | ODDITY, _wrapped, max_leaves=14)
HTML = st.lists(FRAGMENT, max_size=5).map("".join)

# Well-formed rich text, which reaches deep, marked-up trees far more often.
INLINE = st.recursive(
    TEXT | ODDITY.filter(lambda each: "<" not in each),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["strong", "em", "a href='https://e.org'", "a href='http://o.uk/(a)'", "span"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
INLINES = st.lists(INLINE | st.just("<br>"), min_size=1, max_size=4).map("".join)
CELLS = st.lists(INLINES | st.just(""), min_size=1, max_size=3).map(
    lambda cells: "<tr>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>"
)
BLOCK = st.recursive(
    INLINES.map(lambda i: f"<p>{i}</p>")
    | INLINES.map(lambda i: f"<h3>{i}</h3>")
    | INLINES.map(lambda i: f"<h4>{i}</h4>")
    | st.lists(CELLS, min_size=1, max_size=3).map(lambda rows: f"<table>{''.join(rows)}</table>"),
    lambda inner: (
        st.builds(
            lambda tag, parts: f"<{tag}>{''.join(f'<li>{p}</li>' for p in parts)}</{tag.split()[0]}>",
            st.sampled_from(["ul", "ol", "ol start=3", "ol start=998", "ol start=0"]),
            st.lists(inner | INLINES | st.tuples(INLINES, inner).map("".join), min_size=1, max_size=3),
        )
        | st.lists(inner, min_size=1, max_size=3).map(
            lambda parts: f"<blockquote>{''.join(parts)}</blockquote>"
        )
    ),
    max_leaves=8,
)
RICH = st.lists(BLOCK, max_size=5).map("".join)
ANY = HTML | RICH
BLOCKS = ANY.map(lambda html: clean(html).blocks)
TYPED = st.lists(
    TEXT.map(unescape)
    | ODDITY
    | st.sampled_from(["\n", "\n\n", "\n  ", "\n- ", "\n  - ", "\n1. ", "\n> ", "\n| "]),
    max_size=14,
).map("".join)


def in_order(needed: list[str], found: list[str]) -> bool:
    rest = iter(found)
    return all(word in rest for word in needed)


@given(ANY)
@example("<ul> • a • b\n<p>Next</p>")
@example("<div>a</div><div>b</div>")
@example("<td>a<td>b")
@example("<table><tr><td>a</td>stray<td>b</table>")
def test_no_word_is_lost_and_none_changes_place(html: str) -> None:
    words = words_in(html)
    cleaned = clean(html)
    assert words_in(cleaned.html) == words
    assert words_of(without_tags(cleaned.html)) == words
    assert in_order(words, words_of(to_text(cleaned.blocks)))
    assert in_order(words, words_of(to_text(cleaned.blocks, width=20)))


def without_tags(html: str) -> str:
    """Text of canonical HTML, where every "<" begins a tag, without the package's own reader."""
    return unescape(
        re.sub("<[^>]*>", lambda tag: "" if re.match("</?(?:strong|em|a|ins|del)\\b", tag[0]) else " ", html)
    )


@given(ANY)
def test_reading_keeps_the_words_too(html: str) -> None:
    assert words_in(to_html(parse(html))) == words_in(html)


@given(ANY)
def test_what_is_clean_stays_as_it_is(html: str) -> None:
    once = clean(html)
    again = clean(once.html)
    assert (again.html, again.blocks, again.changes) == (once.html, once.blocks, ())
    assert parse(once.html) == once.blocks


@given(ANY)
def test_clean_html_passes_the_sanitiser_unchanged(html: str) -> None:
    written = clean(html).html
    assert written == nh3.clean(
        written, tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, url_schemes=ALLOWED_SCHEMES, link_rel=None
    )


@given(BLOCKS)
def test_data_gives_back_the_blocks(blocks: Blocks) -> None:
    assert from_data(to_data(blocks)) == blocks


@given(BLOCKS)
def test_the_plain_notation_gives_back_the_blocks(blocks: Blocks) -> None:
    assert clean(from_simple(to_simple(blocks))).blocks == blocks


@given(TYPED)
def test_whatever_is_typed_keeps_its_words(text: str) -> None:
    def letters(source: str) -> str:
        return "".join(c for c in re.sub(r"(?m)(?<![\w.])[0-9]{1,9}[.)](?!\w)", "", source) if c.isalnum())

    # Addresses of links are not text.
    typed = re.sub(r"\[((?:\\.|[^\[\]\\])*)\]\((https?://[^\s()]+)\)", r"\1", text)
    html = from_simple(text)
    assert letters(visible_text(html)) == letters(visible_text_of_plain(typed))
    assert clean(html).html == clean(clean(html).html).html


def visible_text_of_plain(text: str) -> str:
    return "".join(c for c in text if not "\ud800" <= c <= "\udfff")


@given(BLOCKS, BLOCKS)
def test_a_comparison_holds_both_texts(before: Blocks, after: Blocks) -> None:
    shown = diff_html(before, after)
    assert words_of(without_tags(without("ins", shown))) == words_of(without_tags(to_html(before)))
    assert words_of(without_tags(without("del", shown))) == words_of(without_tags(to_html(after)))
    assert shown.count("<ins>") == shown.count("</ins>")


@given(BLOCKS)
def test_a_text_compared_with_itself_has_no_marks(blocks: Blocks) -> None:
    assert diff_html(blocks, blocks) == to_html(blocks)


def without(tag: str, html: str) -> str:
    """The HTML without these elements and their content."""
    return re.sub(f"<{tag}>.*?</{tag}>", "", html)


@given(
    st.text(alphabet=st.characters(), max_size=60)
    | st.text(alphabet="<>/=\"'!-[]&#;abu li•1.\n\\*|", max_size=60)
)
def test_any_characters_are_taken(text: str) -> None:
    for html in (text, from_simple(text)):
        try:
            cleaned = clean(html)
        except TooMuch:
            continue
        assert words_in(cleaned.html) == words_in(html)
        assert clean(cleaned.html).html == cleaned.html
        assert clean(from_simple(to_simple(cleaned.blocks))).blocks == cleaned.blocks
        assert count_words(cleaned.blocks) >= 0
        cleaned.html.encode()
