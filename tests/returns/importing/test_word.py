"""Reading a Word file: structure as people see it, no word lost, and a clear word on each file that cannot be taken."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returns import richtext
from returns.importing import word
from returns.importing.word import package
from tests.returns.importing.word_files import by_docx, by_hand, packed, paragraph, point


def html(body: str, **parts) -> str:
    return word.read(by_hand(body, **parts)).html


# --- What people write in Word ---------------------------------------------------------------------


def test_a_document_as_python_docx_saves_it() -> None:
    def write(document) -> None:
        document.add_heading("Our answer", 0)
        document.add_heading("What children told us", 1)
        text = document.add_paragraph("They wanted ")
        text.add_run("names").bold = True
        text.add_run(" and ")
        text.add_run("faces").italic = True
        document.add_paragraph("A letter", style="List Bullet")
        document.add_paragraph("in plain words", style="List Bullet 2")
        document.add_paragraph("A call", style="List Bullet")
        document.add_paragraph("First we asked", style="List Number")
        document.add_paragraph("Then we changed it", style="List Number")
        document.add_paragraph("Nobody told me why.", style="Intense Quote")
        table = document.add_table(2, 2)
        for cell, said in zip(
            [cell for row in table.rows for cell in row.cells], ["Said", "Did", "A", "B"], strict=True
        ):
            cell.text = said
        document.add_paragraph("The end.")

    assert word.read(by_docx(write)).html == (
        "<h3>Our answer</h3><h3>What children told us</h3>"
        "<p>They wanted <strong>names</strong> and <em>faces</em></p>"
        "<ul><li>A letter<ul><li>in plain words</li></ul></li><li>A call</li></ul>"
        "<ol><li>First we asked</li><li>Then we changed it</li></ol>"
        "<blockquote><p>Nobody told me why.</p></blockquote>"
        "<table><thead><tr><th>Said</th><th>Did</th></tr></thead><tbody><tr><td>A</td><td>B</td></tr></tbody></table>"
        "<p>The end.</p>"
    )


def test_nested_lists_and_a_list_that_goes_on_after_a_paragraph() -> None:
    body = (
        point("one", 0)
        + point("deeper", 1)
        + point("counted", 2, 2)
        + point("two", 0)
        + paragraph("Between.")
        + point("first", 0, 2)
        + paragraph("Between again.")
        + point("second", 0, 2)
        + point("fifth", 0, 3)
    )
    assert html(body) == (
        "<ul><li>one<ul><li>deeper<ol><li>counted</li></ol></li></ul></li><li>two</li></ul><p>Between.</p>"
        '<ol><li>first</li></ol><p>Between again.</p><ol start="2"><li>second</li><li>fifth</li></ol>'
    )


def test_headings_by_outline_and_by_a_style_based_on_one() -> None:
    styles = (
        '<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="Own"><w:name w:val="House"/><w:basedOn w:val="H"/></w:style>'
        '<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>'
        '<w:style w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    body = (
        paragraph("High", '<w:outlineLvl w:val="0"/>')
        + paragraph("Low", '<w:pStyle w:val="Own"/>')
        + paragraph("Plain", '<w:pStyle w:val="Loop"/><w:outlineLvl w:val="9"/>')
        + paragraph("weighty", run='<w:rStyle w:val="Strong"/>')
        + paragraph("light", run='<w:rStyle w:val="Strong"/><w:b w:val="0"/>')
    )
    assert html(body, styles=styles) == (
        "<h3>High</h3><h4>Low</h4><p>Plain</p><p><strong>weighty</strong></p><p>light</p>"
    )


def test_tracked_changes_are_taken_as_they_stand_and_named() -> None:
    body = (
        "<w:p><w:r><w:t>We </w:t></w:r>"
        '<w:del w:id="1"><w:r><w:delText>never </w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>always </w:t></w:r></w:ins><w:r><w:t>ask.</w:t></w:r></w:p>'
        '<w:p><w:moveFrom w:id="3"><w:r><w:t>Moved.</w:t></w:r></w:moveFrom></w:p>'
        '<w:p><w:moveTo w:id="4"><w:r><w:t>Moved.</w:t></w:r></w:moveTo></w:p>'
    )
    comments = '<w:comment w:id="0"><w:p><w:r><w:t>Is that so?</w:t></w:r></w:p></w:comment>' * 3
    read = word.read(by_hand(body, comments=comments))
    assert read.html == "<p>We always ask.</p><p>Moved.</p>"
    assert read.notes == ("3 tracked changes were taken as they stand.", "3 comments were not kept.")


def test_links_lead_to_the_web_only_and_nothing_is_fetched() -> None:
    links = {"a": "https://example.org/guide?a=1&b=2", "b": "javascript:alert(1)", "c": "file:///etc/passwd"}
    body = "".join(
        f'<w:p><w:hyperlink r:id="{key}"><w:r><w:t>to {key}</w:t></w:r></w:hyperlink></w:p>'
        for key in (*links, "missing")
    )
    assert html(body, links=links) == (
        '<p><a href="https://example.org/guide?a=1&amp;b=2">to a</a></p><p>to b</p><p>to c</p><p>to missing</p>'
    )


def test_a_text_box_stands_once_after_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t> and after.</w:t></w:r></w:p>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback>"
        "</mc:AlternateContent><mc:AlternateContent/></w:r></w:p>"
    )
    assert html(body) == "<p>Before and after.</p><p>In the box.</p><p>In the box.</p>"


def test_footnotes_stand_below_the_text() -> None:
    body = (
        '<w:p><w:r><w:t>Asked</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>twice</w:t></w:r>'
        '<w:r><w:endnoteReference w:id="9"/></w:r><w:r><w:footnoteReference w:id="77"/></w:r></w:p>'
    )
    note = '<w:{0} w:id="{1}"><w:p><w:r><w:t>{2}</w:t></w:r></w:p></w:{0}>'
    read = word.read(
        by_hand(
            body,
            footnotes=note.format("footnote", 2, "In May."),
            endnotes=note.format("endnote", 9, "By letter."),
        )
    )
    assert richtext.to_text(read.blocks).split("\n\n") == [
        "Asked [1]twice [2]",
        "[1] In May.",
        "[2] By letter.",
    ]
    assert read.notes == ("2 footnotes stand below the text.",)


def test_signs_formulas_and_what_is_hidden() -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
        '<w:softHyphen/><w:sym w:char="F0FC"/><w:sym w:char="F011"/></w:r>'
        "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr/></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><pic:pic/></w:p>"
    )
    header = "<w:p><w:r><w:t>Draft 3</w:t></w:r></w:p>"
    read = word.read(by_hand(body, header=header, footer="<w:p/>"))
    assert read.html == "<p>a b<br>c‑d✓•x=1</p>"
    assert read.notes == (
        "1 picture was not kept.",
        "Hidden text was not kept.",
        "What stands at the head and foot of the pages was not kept.",
    )


def test_tables_with_wide_cells_tracked_rows_and_tables_inside() -> None:
    def cell(text: str, wide: str = "") -> str:
        return f"<w:tc><w:tcPr>{wide}</w:tcPr>{paragraph(text)}</w:tc>"

    inner = f"<w:tbl><w:tblPr/><w:tr>{cell('in')}{cell('side')}</w:tr></w:tbl>"
    body = (
        f"<w:tbl><w:tr>{cell('wide', '<w:gridSpan w:val=' + chr(34) + '2' + chr(34) + '/>')}</w:tr>"
        f"<w:sdt><w:sdtContent><w:tr>{cell('one')}<w:sdt><w:sdtContent>{cell('two')}</w:sdtContent></w:sdt></w:tr>"
        f"</w:sdtContent></w:sdt><w:tr><w:tc>{inner}</w:tc>{cell('last')}</w:tr></w:tbl>"
    )
    assert richtext.visible_text(html(body)).split() == ["wide", "one", "two", "in", "side", "last"]


# --- No word is lost -------------------------------------------------------------------------------

_WORDS = st.integers(0, 10**6).map(lambda number: f"w{number}x")
_PLAIN = st.lists(_WORDS, min_size=1, max_size=4)


def _run(words: list[str]) -> str:
    return f'<w:r><w:t xml:space="preserve"> {" ".join(words)} </w:t></w:r>'


def _wrapped(kind: str, words: list[str]) -> str:
    inside = _run(words)
    return {
        "plain": inside,
        "ins": f"<w:ins>{inside}</w:ins>",
        "link": f'<w:hyperlink r:id="a">{inside}</w:hyperlink>',
        "field": f"<w:fldSimple>{inside}</w:fldSimple>",
        "tag": f"<w:smartTag><w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt></w:smartTag>",
        "unknown": f"<w:whatever>{inside}</w:whatever>",
        "del": f"<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>{inside}",
    }[kind]


_INLINE = st.tuples(st.sampled_from(["plain", "ins", "link", "field", "tag", "unknown", "del"]), _PLAIN).map(
    lambda pair: (_wrapped(*pair), pair[1])
)
_PROPERTIES = st.one_of(
    st.just(""),
    st.sampled_from(['<w:outlineLvl w:val="0"/>', '<w:outlineLvl w:val="3"/>', '<w:pStyle w:val="Q"/>']),
    st.tuples(st.integers(0, 8), st.sampled_from([1, 2, 3, 99])).map(
        lambda at: f'<w:numPr><w:ilvl w:val="{at[0]}"/><w:numId w:val="{at[1]}"/></w:numPr>'
    ),
)


@st.composite
def _paragraphs(draw) -> tuple[str, list[str]]:
    pieces = draw(st.lists(_INLINE, min_size=1, max_size=4))
    xml = f"<w:p><w:pPr>{draw(_PROPERTIES)}</w:pPr>{''.join(one for one, _ in pieces)}</w:p>"
    return xml, [each for _, words in pieces for each in words]


@st.composite
def _tables(draw) -> tuple[str, list[str]]:
    rows = draw(st.lists(st.lists(_paragraphs(), min_size=1, max_size=3), min_size=1, max_size=3))
    xml = "".join(f"<w:tr>{''.join(f'<w:tc>{one}</w:tc>' for one, _ in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{xml}</w:tbl>", [each for row in rows for _, words in row for each in words]


@given(st.lists(st.one_of(_paragraphs(), _tables()), min_size=1, max_size=6))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_word_is_lost(pieces: list[tuple[str, list[str]]]) -> None:
    styles = '<w:style w:styleId="Q"><w:name w:val="Quote"/></w:style>'
    content = by_hand("".join(xml for xml, _ in pieces), links={"a": "https://example.org"}, styles=styles)
    read = word.read(content)
    assert richtext.visible_text(read.html).split() == [each for _, words in pieces for each in words]
    assert richtext.clean(read.html).html == read.html


# --- Files that cannot be taken --------------------------------------------------------------------

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_BOMB = "<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]><w:document>&c;</w:document>"


def _with_document(content: str | bytes) -> bytes:
    return packed({"word/document.xml": content})


def _locked() -> bytes:
    data = bytearray(by_hand(paragraph("a")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        directory = archive.start_dir
    for at in range(directory, len(data)):
        if data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    return bytes(data)


def _scrambled() -> bytes:
    data = bytearray(by_hand(paragraph("a " * 2000)))
    at = data.index(b"word/document.xml") + 40
    data[at : at + 60] = random.Random(7).randbytes(60)
    return bytes(data)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", package.EMPTY),
        (b"PK" + bytes(word.LARGEST), package.TOO_LARGE),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), package.PROTECTED),
        (_OLE, package.OLD),
        (_locked(), package.PROTECTED),
        (packed({"word/document.xml": "<a/>", "word/vbaProject.bin": b"x"}), package.MACROS),
        (b"{\\rtf1 hello}", package.NOT_WORD),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            package.NOT_WORD,
        ),
        (b"PK\x03\x04 and then nothing", package.BROKEN),
        (by_hand(paragraph("a"))[:-40], package.BROKEN),
        (_scrambled(), package.BROKEN),
        (_with_document("<w:document>"), package.BROKEN),
        (_with_document(_BOMB), package.BROKEN),
        (_with_document("<a>" * 200 + "</a>" * 200), package.BROKEN),
        (_with_document(b"<a>" + b" " * (17 * 1024 * 1024) + b"</a>"), package.SWOLLEN),
        (packed({f"part{n}": "" for n in range(2001)}), package.SWOLLEN),
        (_with_document("<a/>"), "There is no text in this file."),
        (by_hand(""), "There is no text in this file. Perhaps it is a picture of one."),
    ],
    ids=lambda one: None if isinstance(one, bytes) else one[:40],
)
def test_what_is_wrong_with_a_file_is_said(content: bytes, said: str) -> None:
    with pytest.raises(word.Unreadable) as refused:
        word.read(content)
    assert str(refused.value) == said


def test_a_text_longer_than_any_answer_is_refused_in_words() -> None:
    with pytest.raises(word.Unreadable, match="This text is too long"):
        word.read(by_hand(paragraph("a" * 1_000_001)))
