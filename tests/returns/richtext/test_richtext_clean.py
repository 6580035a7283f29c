"""Each rule of cleaning, by example."""

import pytest

from returns.richtext import (
    BulletList,
    Heading,
    LineBreak,
    ListItem,
    NumberedList,
    Paragraph,
    Quotation,
    Table,
    Text,
    clean,
    parse,
    to_html,
    to_text,
    visible_text,
)


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        # Words never run together
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<td>a<td>b", "<p>a</p><p>b</p>"),
        ("a<br>b", "<p>a<br>b</p>"),
        ("a<br><br>b", "<p>a</p><p>b</p>"),
        ("a<img src=x>b", "<p>a b</p>"),
        ("<dl><dt>a<dd>b</dl>c", "<p>a</p><p>b</p><p>c</p>"),
        ("a<hr>b", "<p>a</p><p>b</p>"),
        ("<pre>a\nb</pre>", "<p>a<br>b</p>"),
        ("wo<b>r</b>d", "<p>wo<strong>r</strong>d</p>"),
        # Marks
        ("<p><u>x</u></p>", "<p><strong>x</strong></p>"),
        ("<i>x</i> <em>y</em>", "<p><em>x y</em></p>"),
        ("<b> x </b>y", "<p><strong>x</strong> y</p>"),
        ("<b>x</p><p>y</b> z", "<p><strong>x</strong></p><p><strong>y</strong> z</p>"),
        ("<b>x<i>y</b>z</i>", "<p><strong>x</strong><strong><em>y</em></strong><em>z</em></p>"),
        ("<sub>x</sub><code>y</code><s>z</s>", "<p>xyz</p>"),
        # Sub-headings
        ("<h1>A</h1><h2>B</h2><h5>C</h5>", "<h3>A</h3><h3>B</h3><h4>C</h4>"),
        ("<h4>A</h4><h4>B</h4><h3>C</h3><h4>D</h4>", "<h3>A</h3><h3>B</h3><h3>C</h3><h4>D</h4>"),
        ("<h3><b>A</b> b</h3>", "<h3>A b</h3>"),
        ("<h3>A<br>b</h3>", "<h3>A b</h3>"),
        ("<ul><li><h3>A</h3></li></ul>", "<ul><li><strong>A</strong></li></ul>"),
        ("<blockquote><h4>A</h4>b</blockquote>", "<blockquote><p><strong>A</strong></p><p>b</p></blockquote>"),
        ("<h3> </h3><p>&nbsp;</p>", ""),
        # Lists
        ("<ul>a<li>b</li>c</ul>", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("<ul><p>a</p><p>b</p></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul>a<br>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ol start=4><li>a</ol>", '<ol start="4"><li>a</li></ol>'),
        ("<ol start=-4><li>a</ol>", "<ol start=\"4\"><li>a</li></ol>".replace(' start="4"', "")),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li><ul><li>a</li></ul></li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ol><li>a</li></ol><ol start=2><li>b</li></ol>", "<ol><li>a</li><li>b</li></ol>"),
        ("<ol><li>a</li></ol><ol><li>b</li></ol>", "<ol><li>a</li></ol><ol><li>b</li></ol>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("<ul><li></li><li> </li></ul>", ""),
        ("<li>a<li>b</li><p>c", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
        ("<ul><li>a<blockquote>b</blockquote></ul>", "<ul><li>a<blockquote><p>b</p></blockquote></li></ul>"),
        # Links
        ('<a href="HTTPS://e.org/?a=1&amp;b=2">x</a>', '<p><a href="https://e.org/?a=1&amp;b=2">x</a></p>'),
        ('<a href="mailto:a@e.org">x</a>', '<p><a href="mailto:a@e.org">x</a></p>'),
        ('<a href="https://e.org">x <b>y</b> z</a>', '<p><a href="https://e.org">x <strong>y</strong> z</a></p>'),
        ('<a href="https://e.org/a b">x</a>', '<p><a href="https://e.org/a%20b">x</a></p>'),
        ('<a href="java\tscript:alert(1)">x</a>', "<p>x</p>"),
        ('<a href="&#106;avascript:alert(1)">x</a>', "<p>x</p>"),
        ('<a href="data:text/html,x">x</a>', "<p>x</p>"),
        ('<a href="//e.org">x</a><a href="/y">y</a>', "<p>xy</p>"),
        ("write to <a.name@e.org> or <https://e.org/a>", "<p>write to &lt;a.name@e.org&gt; or &lt;https://e.org/a&gt;</p>"),
        # Tables
        (
            "<table><tr><td>You said<td>We did<tr><td>a<td>b</table>",
            "<table><thead><tr><th>You said</th><th>We did</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        ),
        (
            "<table><caption>C</caption><tr><th colspan=2>A<th>B<tr><td>1<td>2<td>3</table>",
            "<p>C</p><table><thead><tr><th>A</th><th></th><th>B</th></tr></thead>"
            "<tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>",
        ),
        (
            "<table><tr><th>A<th>B<tr><td rowspan=2>1<td>2<tr><td>3</table>",
            "<table><thead><tr><th>A</th><th>B</th></tr></thead>"
            "<tbody><tr><td>1</td><td>2</td></tr><tr><td></td><td>3</td></tr></tbody></table>",
        ),
        (
            "<table><tr><th>A<th>B<tr><td><ul><li>x<li>y</ul><td><table><tr><td>p<td>q</table></table>",
            "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>x<br>y</td><td>p<br>q</td></tr></tbody></table>",
        ),
        ("<table><tr><td><p>a</p><ul><li>b</ul></table>", "<p>a</p><ul><li>b</li></ul>"),
        ("<ul><li>x<table><tr><td>a<td>b</table></ul>", "<ul><li><p>x</p><p>a | b</p></li></ul>"),
        # What is not visible text
        ("<head><title>t</title><style>p{}</style></head><body>a</body>", "<p>a</p>"),
        ("<script>if (a<b) x</script>a<!-- b --> c", "<p>a c</p>"),
        ("a<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><o:p></o:p>", "<p>a</p>"),
        ("<xml><w:View>Normal</w:View></xml>a", "<p>a</p>"),
        ("a <title>b", "<p>a</p><p>b</p>"),
        ("a <del>old</del> new", "<p>a new</p>"),
        ("a <del>never closed", "<p>a never closed</p>"),
        ("a <span class=msoDel>old <span>er</span></span> new", "<p>a new</p>"),
        ("a<a class=msocomanchor href=#_msocom_1>[J1]</a> b<div style='mso-element:comment-list'><p>Why?</p></div>", "<p>a b</p>"),
        # Characters
        ("a\u00a0b\u2003c&nbsp; d", "<p>a b c d</p>"),
        ("a\x00\u200b\u202eb\ud800\ufffe\x9f&#x202d;&#xfeff;c", "<p>abc</p>"),
        ("\u06a9\u062a\u0627\u0628\u200c\u0647\u0627 \U0001f469\u200d\U0001f467", "<p>\u06a9\u062a\u0627\u0628\u200c\u0647\u0627 \U0001f469\u200d\U0001f467</p>"),
        ("a < b & c <5 &lt;b&gt; &#" + "9" * 5000 + ";", "<p>a &lt; b &amp; c &lt;5 &lt;b&gt; \ufffd</p>"),
        ("a <b", "<p>a &lt;b</p>"),
        ('a <p class="x>b</p>', "<p>a</p><p>b</p>"),
    ],
)  # fmt: skip
def test_html_becomes_canonical(dirty: str, expected: str) -> None:
    assert clean(dirty).html == expected
    assert clean(expected).html == expected
    assert to_html(parse(expected)) == expected


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("<p>\u2022 one<br>\u2022 two</p>", "<ul><li>one</li><li>two</li></ul>"),
        ("<p>\u2022 one</p><p>\u2022two</p>", "<ul><li>one</li><li>two</li></ul>"),
        ("<p>\u2022 one \u2022 two \u2022 three</p>", "<ul><li>one</li><li>two</li><li>three</li></ul>"),
        ("<p>They said: \u2022 one \u2022 two</p>", "<p>They said:</p><ul><li>one</li><li>two</li></ul>"),
        ("<p>Home \u2022 About</p>", "<p>Home \u2022 About</p>"),
        ("<p>\u00b7 one</p><p>\u25aa two</p>", "<ul><li>one<ul><li>two</li></ul></li></ul>"),
        ("<p>\u2022 one<br>\u25e6 sub<br>\u2022 two</p>", "<ul><li>one<ul><li>sub</li></ul></li><li>two</li></ul>"),
        ("<p>\u2022 one<br>goes on<br>\u2022 two<br>After.</p>", "<ul><li>one<br>goes on</li><li>two</li></ul><p>After.</p>"),
        ("<p>\u2022 One. \u2013 Sub one \u2022 Two</p>", "<ul><li>One.<ul><li>Sub one</li></ul></li><li>Two</li></ul>"),
        ("<p>\u2022 One \u2013 no sub \u2022 Two</p>", "<ul><li>One \u2013 no sub</li><li>Two</li></ul>"),
        ("<p><b>\u2022 one</b> x</p>", "<ul><li><strong>one</strong> x</li></ul>"),
        ("<p>- one<br>- two</p>", "<ul><li>one</li><li>two</li></ul>"),
        ("<p>\u2013 one</p><p>\u2013 two</p>", "<ul><li>one</li><li>two</li></ul>"),
        ("<p>* one<br>* two</p>", "<ul><li>one</li><li>two</li></ul>"),
        ("<p>Asked:</p><p>- one</p>", "<p>Asked:</p><ul><li>one</li></ul>"),
        ("<p>- one</p><p>said a child</p>", "<p>- one</p><p>said a child</p>"),
        ("<p>well-being - and more<br>-5 degrees<br>-6 degrees</p>", "<p>well-being - and more<br>-5 degrees<br>-6 degrees</p>"),
        ("<p>1. one<br>2. two</p>", "<ol><li>one</li><li>two</li></ol>"),
        ("<p>3) one</p><p>4) two</p>", '<ol start="3"><li>one</li><li>two</li></ol>'),
        ("<p>1. one<br>- x<br>- y<br>2. two</p>", "<ol><li>one<ul><li>x</li><li>y</li></ul></li><li>two</li></ol>"),
        ("<p>1. one</p>", "<p>1. one</p>"),
        ("<p>2024. one</p><p>2025. two</p>", "<p>2024. one</p><p>2025. two</p>"),
        ("<p>5. one</p><p>9. two</p>", "<p>5. one</p><p>9. two</p>"),
        ("<ul><li>\u2022 one</li><li>- two</li></ul>", "<ul><li>one</li><li>two</li></ul>"),
        ("<ul><li>\u2022 one \u2022 two</li></ul>", "<ul><li>one</li><li>two</li></ul>"),
        ("<ol><li>1. one</li><li>2. two</li></ol>", "<ol><li>one</li><li>two</li></ol>"),
        ("<p>\u2022 one</p><ul><li>two</li></ul>", "<ul><li>one</li><li>two</li></ul>"),
        ("<p>\u2022</p>", ""),
        ("<blockquote>\u2022 one \u2022 two</blockquote>", "<blockquote><ul><li>one</li><li>two</li></ul></blockquote>"),
    ],
)  # fmt: skip
def test_typed_lists_become_lists(dirty: str, expected: str) -> None:
    assert clean(dirty).html == expected
    assert clean(expected).html == expected


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        # The shapes of the real appendix, with other words
        (
            '<p>Team</p> <ul style="list-style-type: none"> \u2022 We asked. \u2013 They answered / wrote \u2022 We acted (i.e.: both)'
            "\n<p>Plans change.</p>\n<p>More.</p>",
            "<p>Team</p><ul><li>We asked.<ul><li>They answered / wrote</li></ul></li><li>We acted (i.e.: both)</li></ul>"
            "<p>Plans change.</p><p>More.</p>",
        ),
        (
            '<p><u>Voice</u>- matters.</p> <ul style="list-style-type: none"> A circle is set up. It meets.',
            "<p><strong>Voice</strong>- matters.</p><ul><li>A circle is set up. It meets.</li></ul>",
        ),
        # An editor that closed the list at the very end
        ("<ul>\u2022 a \u2022 b<p>Next</p></ul>", "<ul><li>a</li><li>b</li></ul><p>Next</p>"),
        ("<ul>\u2022 a<p>\u2022 b</p></ul>", "<ul><li>a</li><li>b</li></ul>"),
        # Items, and no end
        ("<ul><li>a</li><li>b</li><p>Next</p><h3>H</h3>", "<ul><li>a</li><li>b</li></ul><p>Next</p><h3>H</h3>"),
        ("<ul><li>a<li>b<p>Next</p>", "<ul><li>a</li><li>b</li></ul><p>Next</p>"),
        ("<ul><li><p>a</p><p>Next</p>", "<ul><li>a</li></ul><p>Next</p>"),
        ("<ul><li>a<ul><li>b<p>Next</p>", "<ul><li>a<ul><li>b</li></ul></li></ul><p>Next</p>"),
        ("<ul><li>a</li><p>Next</p><li>b</li>", "<ul><li>a</li></ul><p>Next</p><ul><li>b</li></ul>"),
        ("<div><ul><li>a</div><p>Next</p>", "<ul><li>a</li></ul><p>Next</p>"),
        ("<ul><li>a<table><tr><td>x<td>y</table>", "<ul><li>a</li></ul><table><thead><tr><th>x</th><th>y</th></tr></thead></table>"),
        # Items, and an end: what is inside stays inside
        ("<ul><li>a<p>b</p></li></ul><p>Next</p>", "<ul><li><p>a</p><p>b</p></li></ul><p>Next</p>"),
        ("<ul><li>a</li><p>b</p></ul><p>Next</p>", "<ul><li>a</li><li>b</li></ul><p>Next</p>"),
    ],
)  # fmt: skip
def test_lists_end_where_they_should(dirty: str, expected: str) -> None:
    assert clean(dirty).html == expected
    assert clean(expected).html == expected


def word(level: int, text: str, marker: str = "\u00b7", id_: str = "l0") -> str:
    return (
        f'<p class=MsoListParagraphCxSpMiddle style="mso-list:{id_} level{level} lfo1"><!--[if !supportLists]-->'
        f'<span style="font-family:Symbol">{marker}<span style="font:7pt">&nbsp;&nbsp; </span></span><!--[endif]-->{text}<o:p></o:p></p>'
    )


def online(level: int, text: str, tag: str = "ul") -> str:
    return f'<div><{tag} role="list"><li data-aria-level="{level}" role="listitem"><p><span>{text}</span></p></li></{tag}></div>'


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        (word(1, "a") + word(2, "b", "o") + word(1, "c"), "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        (word(1, "a", "1.") + word(2, "b", "a)") + word(1, "c", "2."), "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>"),
        (word(3, "a") + word(1, "b"), "<ul><li>a</li><li>b</li></ul>"),
        (word(1, "a") + word(3, "b") + word(2, "c"), "<ul><li>a<ul><li>b</li><li>c</li></ul></li></ul>"),
        (
            "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]>3.<![endif]>a</p>"
            "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>4.<span>&nbsp;</span></span>b</p>",
            '<ol start="3"><li>a</li><li>b</li></ol>',
        ),
        ("<p style='mso-list:l0 level1 lfo1'>\u00b7&nbsp;&nbsp;a</p><p class=MsoNormal>b</p>", "<ul><li>a</li></ul><p>b</p>"),
        ("<p class=MsoListParagraph>No marker</p>", "<p>No marker</p>"),
        (online(1, "a") + online(2, "b") + online(1, "c"), "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        (online(1, "a", "ol") + online(2, "b"), "<ol><li>a<ul><li>b</li></ul></li></ol>"),
        (
            '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:400">a </span>'
            '<span style="font-weight:700">b</span> <span style="font-style:italic">c</span></p></b>',
            "<p>a <strong>b</strong> <em>c</em></p>",
        ),
        (
            '<a href="https://e.org"><span style="text-decoration:underline;color:#1155cc">x</span></a>',
            '<p><a href="https://e.org">x</a></p>',
        ),
    ],
)  # fmt: skip
def test_word_and_google_leftovers(dirty: str, expected: str) -> None:
    assert clean(dirty).html == expected
    assert clean(expected).html == expected


def test_what_word_types_for_a_list_is_not_visible_text() -> None:
    assert visible_text(word(1, "a", "o") + word(1, "b", "1.")) == "a\nb"
    assert clean("<p><![if !supportLists]>a whole sentence of words<![endif]> and more</p>").html == (
        "<p>a whole sentence of words and more</p>"
    )


def test_blocks_have_their_shapes() -> None:
    html = (
        "<h3>H</h3><p>a <b>b</b><br><a href='https://e.org'>c</a></p><ol start=2><li>x<ul><li>y</ul></ol>"
        "<blockquote>q</blockquote><table><tr><th>A<th>B<tr><td>1<td></table>"
    )
    heading, paragraph, numbered, quotation, table = clean(html).blocks
    assert heading == Heading(1, (Text("H"),))
    assert paragraph == Paragraph(
        (Text("a "), Text("b", bold=True), LineBreak(), Text("c", href="https://e.org"))
    )
    inner = BulletList((ListItem((Paragraph((Text("y"),)),)),))
    assert numbered == NumberedList((ListItem((Paragraph((Text("x"),)), inner)),), start=2)
    assert quotation == Quotation((Paragraph((Text("q"),)),))
    assert isinstance(table, Table)
    assert [cell.inlines for cell in table.rows[0]] == [(Text("1"),), ()]


def test_deep_lists_and_quotations_are_flattened() -> None:
    deep = clean("".join(f"<ul><li>{n}" for n in range(9))).html
    assert deep.count("<ul>") == 6
    assert visible_text(deep).split() == [str(n) for n in range(9)]
    assert clean("<blockquote>a<blockquote>b<blockquote>c").html == (
        "<blockquote><p>a</p><blockquote><p>b</p><p>c</p></blockquote></blockquote>"
    )


@pytest.mark.parametrize(
    ("dirty", "changes"),
    [
        ("<p>a</p>", ()),
        ("<p class=x>a</p>\n<p>&nbsp;</p>", ()),
        ("<p>\u2022 a</p><p>\u2022 b</p>", ("2 typed bullets became list items",)),
        ("<p>1. a</p><p>2. b</p>", ("2 typed numbers became numbered items",)),
        ("<ul><li>a</li><p>b</p>", ("1 list was closed where it ends",)),
        ("<u>a</u> <u>b</u>", ("underlining became bold",)),
        ("a<img src=x><img src=y>", ("2 pictures were not kept",)),
        ("<p style='color:red'>a</p>", ("styles were dropped",)),
        ("<a href='javascript:x'>a</a>", ("1 link was not kept (its text was; only web and e-mail addresses are linked)",)),
        ("a <del>b</del>", ("1 tracked deletion was not kept",)),
        ("<h1>a</h1>", ("1 heading changed its level",)),
    ],
)  # fmt: skip
def test_changes_are_told(dirty: str, changes: tuple[str, ...]) -> None:
    assert clean(dirty).changes == changes


def test_plain_text() -> None:
    html = (
        "<h3>H</h3><p>a<br>b</p><ul><li>x<ol start=3><li>y</ol><li><p>p</p><p>q</p></ul><blockquote>said<ul><li>z</ul></blockquote>"
        "<table><tr><th>You said<th>We did<tr><td>more<br>time<td>it<tr><td><td>that</table>"
    )
    assert to_text(clean(html).blocks) == (
        "H\n\na\nb\n\n\u2022 x\n  3. y\n\u2022 p\n\n  q\n\n> said\n>\n> \u2022 z\n\n"
        "You said | We did\n\nYou said: more\n  time\nWe did: it\n\nWe did: that"
    )


def test_wrapped_text_breaks_no_word() -> None:
    blocks = clean("<ul><li>several words in an item of a list</ul><blockquote>and a quotation of words</blockquote>"
                   "<p>averyveryverylongword well-being</p>").blocks  # fmt: skip
    assert to_text(blocks, width=16) == (
        "\u2022 several words\n  in an item of\n  a list\n\n> and a\n> quotation of\n> words\n\naveryveryverylongword\nwell-being"
    )


def test_headings_are_rebased_in_html() -> None:
    assert to_html(clean("<h3>a</h3><h4>b</h4>").blocks, heading_base=4) == "<h4>a</h4><h5>b</h5>"
