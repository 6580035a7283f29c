"""Input made to do harm: nothing gets through, nothing hangs, nothing is raised but TooMuch."""

import re

import pytest

from returns.richtext import (
    TooMuch,
    clean,
    count_words,
    diff,
    diff_html,
    from_simple,
    parse,
    to_data,
    to_html,
    to_simple,
    to_text,
    visible_text,
)

MOST = 60_000


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>" * 1000,
        "<div>" * 1000 + "a",
        "<blockquote>" * 61 + "a",
        "<table><tr><td>" * 1000 + "a",
        "<ul></ol>" * 1000 + "a",
        "<table></ul>" * 1000,
        "<ul><li>" * 37_500,
    ],
)
def test_too_deep(html: str) -> None:
    for read in (clean, parse):
        with pytest.raises(TooMuch, match="more than 60 times"):
            read(html)


def test_too_long() -> None:
    for read in (clean, parse, visible_text):
        with pytest.raises(TooMuch, match="1,000,001 characters"):
            read("a" * 1_000_001)


def test_what_is_cleaned_can_be_read_again() -> None:
    with pytest.raises(TooMuch):
        clean("&" * 900_000)


def test_sixty_deep_is_taken() -> None:
    html = "<ul><li>a" * 60
    assert count_words(clean(html).blocks) == 60
    assert count_words(clean("<table><tr><td>a<td>" * 60).blocks) == 60


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<p onclick=alert(1)>x</p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' java\nscript:alert(1)'>x</a>",
        "<a href='vbscript:x'>x</a>",
        "<a href='https://e.org' onclick='x' style='x' target=_blank>x</a>",
        "<a href='https://e.org/\"onclick=x'>x</a>",
        "<iframe src='https://e.org'></iframe>",
        "<svg onload=alert(1)><script>1</script></svg>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<textarea><img src=x onerror=alert(1)></textarea>",
        '<p style="background:url(javascript:x)">x</p>',
        "<form action=x><input name=y><button>z</button></form>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<meta http-equiv=refresh content=0><base href=//e.org><link rel=stylesheet href=x>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_nothing_active_comes_through(html: str) -> None:
    blocks = clean(html).blocks
    for form in (
        to_html(blocks),
        clean(from_simple(html)).html,
        diff_html(blocks, ()),
        diff_html((), blocks),
    ):
        # Every "<" begins one of these tags, written exactly so: no other element, no other attribute.
        rest = re.sub(r"</?(?:p|ul|li|ins|del|a)>|<br>", "", form)
        rest = re.sub(r'<a href="https://e\.org[^"<>]*">', "", rest)
        assert "<" not in rest
        assert '"' not in rest.replace("&quot;", "") or form == clean(from_simple(html)).html


@pytest.mark.parametrize(
    "html",
    [
        "<" * MOST,
        "<a " * (MOST // 3),
        "<a " * (MOST // 3 - 1) + ">",
        "<a b=" * (MOST // 5),
        "<a b='" * (MOST // 6 - 1) + ">",
        "<a b=\"x' <a b='" * (MOST // 16) + ">",
        "<!--" * (MOST // 4),
        "<!--" * (MOST // 4 - 1) + ">",
        "<!" * (MOST // 2),
        "<title>" * (MOST // 7),
        "<xml></xm>" * (MOST // 10),
        "<script>" * (MOST // 8),
        "</" * (MOST // 2),
        "&" * MOST,
        "&#" * (MOST // 2),
        "&#" + "9" * (MOST - 2),
        "<b>" * (MOST // 3),
        "<b><i>" * 8_000 + "</b>" * 8_000,
        "<span>" * 8_000 + "</span></div>" * 3_000,
        "<del>" * 10_000 + "x" + "</del>" * 8_000,
        "<!--[if !supportLists]-->" * (MOST // 25),
        "<span style='mso-list:Ignore'>" * (MOST // 30),
        "<p style='" + "mso-list:" * 10_000 + "'>x",
        "<p style='" + "text-decoration:" * 6_000 + "'>x",
        "<p style='" + " ;" * 40_000 + "'>x",
        "<ul><li>a</li></ul>" * (MOST // 19),
        "<li>" * (MOST // 4),
        "<ol start=9><li>a</li></ol>" * (MOST // 27),
        "<table><tr>" + "<td>a" * (MOST // 6),
        "<table>" + "<tr><td rowspan=999 colspan=999>a" * 3_000,
        "<p>" + "\u2022 a " * (MOST // 5),
        "<p>" + "<b>\u2022</b> a " * (MOST // 12),
        "<p>" + "- a<br>" * (MOST // 8),
        "<p>" + "1. a<br>2. b<br>" * (MOST // 17),
        "<p>" + "\u2022 a<br>- b<br>" * (MOST // 17),
        "<p>" + "a: " * (MOST // 4),
        "<p>" + "\u2022 " * (MOST // 3),
        "<p>" + "a. - B " * (MOST // 8),
        "a" * 999_000,
        "<br>" * (MOST // 4),
        "word " * 50_000,
        "<p>word</p>" * (MOST // 12),
        "<b>a</b>" * (MOST // 8),
        "<a href='https://e.org/" + "(" * 90_000 + "'>x</a>",
    ],
    ids=lambda html: html[:24],
)
def test_the_time_taken_is_in_proportion(html: str) -> None:
    """What is quadratic would not come back from here."""
    cleaned = clean(html)
    assert clean(cleaned.html).html == cleaned.html
    to_text(cleaned.blocks, width=72)
    to_data(cleaned.blocks)
    from_simple(to_simple(cleaned.blocks))


@pytest.mark.parametrize(
    "sign",
    ["[", "*", "**a ", "[a](", "[a](x", "\\", "|", "> ", "- ", "  - ", "1. ", "\n- a\n", "\n  ", "***", "# "],
)
def test_the_plain_notation_takes_any_amount_of_a_sign(sign: str) -> None:
    clean(from_simple(sign * (20_000 // len(sign))))


def many(words: int, in_a_block: int, salt: str, kinds: int) -> str:
    numbers = range(0, words, in_a_block)
    return "".join(
        "<p>"
        + " ".join(f"w{(n + k) * 7919 % kinds}{salt if k % 3 == 0 else ''}" for k in range(in_a_block))
        + "</p>"
        for n in numbers
    )


@pytest.mark.parametrize(
    ("in_a_block", "kinds"), [(50_000, 9_999), (50_000, 3), (500, 2), (50, 900), (2, 2), (2, 40_000), (1, 1)]
)
def test_very_long_texts_can_be_compared(in_a_block: int, kinds: int) -> None:
    before, after = (
        clean(many(50_000 if in_a_block > 2 else 10_000, in_a_block, salt, kinds)).blocks
        for salt in ("", "x")
    )
    assert diff(before, after)
    assert diff_html(before, before)
