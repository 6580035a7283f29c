"""Comparing two texts, by example."""

import pytest

from returns.richtext import Change, Paragraph, Text, Words, clean, diff, diff_html


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<p>a b c</p>", "<p>a x c</p>", "<p>a <del>b</del> <ins>x</ins> c</p>"),
        ("<p>a</p>", "<p>a</p><p>b</p>", "<p>a</p><p><ins>b</ins></p>"),
        ("<p>a</p><p>b</p>", "<p>b</p>", "<p><del>a</del></p><p>b</p>"),
        ("<p>a b</p>", "<p>a <b>b</b></p>", "<p>a <strong>b</strong></p>"),
        (
            "<ul><li>a<li>b</ul>",
            "<ul><li>a<li>x<li>b</ul>",
            "<ul><li>a</li><li><ins>x</ins></li><li>b</li></ul>",
        ),
        ("<ul><li>a b</ul>", "<ol start=2><li>a b</ol>", '<ol start="2"><li>a b</li></ol>'),
        (
            "<ul><li>a b<ul><li>c</ul></ul>",
            "<ul><li>a b<ul><li>c<li>d</ul></ul>",
            "<ul><li>a b<ul><li>c</li><li><ins>d</ins></li></ul></li></ul>",
        ),
        ("<h3>a b</h3>", "<p>a b</p>", "<p>a b</p>"),
        (
            "<blockquote>said this</blockquote>",
            "<blockquote>said that</blockquote>",
            "<blockquote><p>said <del>this</del> <ins>that</ins></p></blockquote>",
        ),
        (
            "<table><tr><th>A<th>B<tr><td>1 2<td>3</table>",
            "<table><tr><th>A<th>B<tr><td>1 x<td>3<tr><td>n<td>m</table>",
            "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1 <del>2</del> <ins>x</ins></td><td>3</td></tr>"
            "<tr><td><ins>n</ins></td><td><ins>m</ins></td></tr></tbody></table>",
        ),
        ("<p>a<br>b</p>", "<p>a<br>c</p>", "<p>a<br><del>b</del><br><ins>c</ins></p>"),
        ("", "<p>a</p>", "<p><ins>a</ins></p>"),
    ],
)
def test_changes_are_shown_where_they_are(before: str, after: str, expected: str) -> None:
    assert diff_html(clean(before).blocks, clean(after).blocks) == expected


def test_a_change_names_both_sides() -> None:
    before, after = clean("<p>a b</p>").blocks, clean("<p>a c</p><p>d</p>").blocks
    assert diff(before, after) == (
        Change(
            "changed",
            before[0],
            after[0],
            words=(
                Words("same", (Text("a"),)),
                Words("removed", (Text(" "), Text("b"))),
                Words("added", (Text(" "), Text("c"))),
            ),
        ),
        Change("added", after=Paragraph((Text("d"),))),
    )


def test_a_small_edit_in_a_very_long_paragraph_stays_small() -> None:
    words = [f"word{number % 7000}" for number in range(30_000)]
    edited = [*words[:9_000], "new", *words[9_000:20_000], *words[20_003:]]
    shown = diff_html(clean(" ".join(words)).blocks, clean(" ".join(edited)).blocks)
    assert shown.count("<ins>") <= 2 and shown.count("<del>") <= 2
