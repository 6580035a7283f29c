"""The plain notation, by example: as it is written, and as people type it."""

import pytest

from returns.richtext import clean, from_simple, to_simple


@pytest.mark.parametrize(
    ("html", "simple"),
    [
        ("<p>a</p><p>b<br>c</p>", "a\n\nb\nc"),
        ("<h3>A</h3><h4>B</h4>", "# A\n\n## B"),
        ("<p>a <strong>b</strong> <em>c</em>, <strong><em>d</em></strong></p>", "a **b** *c*, ***d***"),
        ("<p><strong>a</strong><em>b</em>c</p>", "**a***b*c"),
        ('<p><a href="https://e.org/(x)">a <strong>b</strong></a></p>', "[a **b**](https://e.org/\\(x\\))"),
        ("<p>a</p><ul><li>b<ul><li>c</li></ul></li><li>d</li></ul><p>e</p>", "a\n- b\n  - c\n- d\n\ne"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n- c"),
        ('<ol start="3"><li>a</li><li>b</li></ol><ol><li>c</li></ol>', "3. a\n4. b\n\n1. c"),
        ("<blockquote><p>a</p><p>b</p></blockquote><blockquote><p>c</p></blockquote>", "> a\n>\n> b\n\n> c"),
        (
            "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1<br>2</td><td>x|y</td></tr>"
            "<tr><td>--</td><td></td></tr></tbody></table>",
            "| A | B |\n| 1 \\ 2 | x\\|y |\n| \\-- |  |",
        ),
        (
            "<p>- a</p><p>1. b</p><p># c *d* [e](f) \\ &gt;</p>",
            "\\- a\n\n1\\. b\n\n\\# c \\*d\\* [e\\](f) \\\\ >",
        ),
    ],
)
def test_written_and_read_back(html: str, simple: str) -> None:
    assert clean(html).html == html
    assert to_simple(clean(html).blocks) == simple
    assert clean(from_simple(simple)).html == html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("We met:\n- a\n- b\nThen c.", "<p>We met:</p><ul><li>a</li><li>b</li></ul><p>Then c.</p>"),
        ("* a\r\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n1. b\n1) c", "<ol><li>a</li><li>b</li><li>c</li></ol>"),
        ("1. a\n   - b\n      - c\n2. d", "<ol><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ol>"),
        ("  - a\n  - b", "<ul><li>a</li><li>b</li></ul>"),
        ("• a\n• b", "<ul><li>a</li><li>b</li></ul>"),
        ("2 * 3 * 4 and **open and a*", "<p>2 * 3 * 4 and **open and a*</p>"),
        ("2024. A year", "<p>2024. A year</p>"),
        ("<b>x</b> & y", "<p>&lt;b&gt;x&lt;/b&gt; &amp; y</p>"),
        ("[x](javascript:alert) [y](https://e.org)", '<p>[x](javascript:alert) <a href="https://e.org">y</a></p>'),
        ("C:\\new", "<p>C:\\new</p>"),
        ("| A | B |\n|---|---|\n| 1 | 2", "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"),
        ("### A", "<h3>A</h3>"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_people_type(typed: str, html: str) -> None:
    assert clean(from_simple(typed)).html == html
