"""The Word file, opened again by other programs: parts, styles, numbering, headers, every word, and mischief."""

from __future__ import annotations

import io
import itertools
import re
import zipfile

import docx
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from returns import richtext
from returns.appendix import to_word
from tests.returns.appendix.examples import (
    FURTHER,
    MISCHIEF,
    SAMPLE,
    SCRIPTS,
    WIDE,
    document,
    framed,
    letters,
    plain,
    real,
    section,
    squeezed,
)
from tests.returns.appendix.tools import by_libreoffice, needs_libreoffice, needs_pdftotext, pages
from tests.returns.importing.sample import needs_real

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG = "<p>" + "So many children told us so much this year. " * 400 + "</p>"
PREVIEW = "Preview, not published: 1 of 2 returns is approved."
# What the house adds around the answers.
HOUSE = {"Period", "TOCHeading", "TOC2", "TOC3", "Heading1"}


def both(**changes):
    return document(
        section("Midvale Police", SAMPLE + FURTHER + WIDE),
        section("Vale – Hospitals", LONG, SAMPLE),
        **changes,
    )


class WordFile:
    def __init__(self, content: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(content))
        self.docx = docx.Document(io.BytesIO(content))
        self.paragraphs = list(self.docx.element.body.iter(f"{W}p"))

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.zip.read(name))

    def styled(self, style: str) -> list[str]:
        return [_text(one) for one in self.paragraphs if _style(one) == style]

    def headings(self) -> list[int]:
        styles = [_style(one) for one in self.paragraphs]
        return [int(style[7:]) for style in styles if re.fullmatch(r"Heading\d", style)]


def _style(paragraph) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val")


def _text(paragraph) -> str:
    return "".join(one.text if one.tag == f"{W}t" else "\n" for one in paragraph.iter(f"{W}t", f"{W}br"))


@pytest.fixture(scope="module")
def word() -> WordFile:
    return WordFile(to_word.render(both()))


# --- Structure -----------------------------------------------------------------------------------


def test_headings_are_real_and_go_down_one_level_at_a_time(word):
    levels = word.headings()
    assert (levels.count(1), levels.count(2), levels.count(3)) == (1, 2, 3)
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert word.styled("Heading2") == ["Midvale Police", "Vale – Hospitals"]
    assert [one.style.name for one in word.docx.paragraphs if one.text == "Midvale Police"][-1] == "Heading 2"


@pytest.mark.parametrize("base", [1, 2, 5])
def test_headings_begin_where_they_are_wanted(base):
    content = to_word.render(both(), base=base)
    assert set(WordFile(content).headings()) == set(range(base, base + 5))
    headers = [name for name in WordFile(content).zip.namelist() if "header1" in name]
    assert f'STYLEREF "Heading {base + 1}"' in WordFile(content).zip.read(headers[0]).decode()


@pytest.mark.parametrize("base", [0, 6])
def test_headings_deeper_than_word_has_are_refused(base):
    with pytest.raises(ValueError, match="base"):
        to_word.render(both(), base=base)


def test_every_numbered_list_starts_anew(word):
    starts = {
        one.get(f"{W}numId"): one.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val")
        for one in word.xml("word/numbering.xml").iter(f"{W}num")
        if one.find(f"{W}lvlOverride") is not None
    }
    used = []
    for paragraph in word.paragraphs:
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None and number.get(f"{W}val") in starts:
            used.append((number.get(f"{W}val"), _text(paragraph)))
    by_list: dict[str, list[str]] = {}
    for number, text in used:
        by_list.setdefault(number, []).append(text)
    assert [(starts[number], texts) for number, texts in by_list.items()] == [
        ("3", ["three", "four"]),
        ("1", ["deeper"]),
        ("1", ["again one", "again two"]),
        ("3", ["three", "four"]),
    ]


def test_nested_items_stand_deeper_and_go_on_without_a_sign(word):
    level = {
        _text(one): one.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val")
        for one in word.paragraphs
        if one.find(f"{W}pPr/{W}numPr") is not None
    }
    assert (level["three"], level["inner"], level["deep"], level["deeper"]) == ("0", "1", "1", "2")
    assert word.styled("ListContinue") == ["goes on"]


def test_quotations_tables_and_links_are_what_they_are(word):
    assert word.styled("Quote") == [
        "Her own words.", "said in an item", "first wish", "second wish", "Her own words.",
    ]  # fmt: skip
    assert word.styled("QuoteInner") == ["within"]
    tables = word.docx.tables
    assert [cell.text for cell in tables[0].rows[0].cells] == ["You said", "We did"]
    assert all(one.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None for one in tables)
    relations = word.docx.part.rels.values()
    outside = {one.target_ref for one in relations if one.is_external}
    assert outside == {"https://example.org/?a=1&b=2", "https://example.org/", "mailto:a@example.org"}
    assert len(list(word.docx.element.body.iter(f"{W}hyperlink"))) == 2 + 4  # the contents' and the answers'


def test_the_contents_lead_to_the_sections(word):
    marks = {
        one.get(f"{W}name"): _text(one.getparent())
        for one in word.docx.element.body.iter(f"{W}bookmarkStart")
    }
    entries = {
        one.get(f"{W}anchor"): "".join(each.text for each in one.iter(f"{W}t"))
        for one in word.docx.element.body.iter(f"{W}hyperlink")
        if one.get(f"{W}anchor")
    }
    assert entries == marks
    assert list(entries.values()) == ["Midvale Police", "Vale – Hospitals"]
    xml = word.zip.read("word/document.xml").decode()
    assert 'TOC \\o "2-2"' in xml
    # Word computes the pages; no number stands there that could be wrong.
    assert re.findall(r" PAGEREF (\w+) \\h ", xml) == list(marks)


def test_below_a_list_is_the_space_of_a_paragraph():
    """Whatever it ends with; between its items there is less."""
    html = (
        "<p>a</p><ul><li>b</li><li>c<ol><li>d</li></ol></li></ul><p>e</p><ul><li>f<p>g</p></li></ul><p>h</p>"
    )
    word = WordFile(to_word.render(document(section("A", html)), inserted=True))
    given = {_text(one): one.find(f"{W}pPr/{W}spacing") for one in word.paragraphs}
    after = {
        text: space.get(f"{W}after") for text, space in given.items() if len(text) == 1 and space is not None
    }
    assert after == {"d": "150", "g": "150"}


# --- Pages ---------------------------------------------------------------------------------------


def test_each_agency_has_its_own_running_header(word):
    sections = word.docx.sections
    assert len(sections) == 3
    assert all(one.different_first_page_header_footer for one in sections)
    assert ["".join(p.text for p in one.header.paragraphs) for one in sections] == [
        "", "Midvale Police (continued)", "Vale – Hospitals (continued)",
    ]  # fmt: skip
    assert all("".join(p.text for p in one.first_page_header.paragraphs) == "" for one in sections)
    assert all("Page 1 of 1" in one.footer.paragraphs[0].text for one in sections)


def test_a_preview_is_marked_on_every_page():
    for one in (
        both(preview=PREVIEW),
        document(both().sections[0], preview=PREVIEW),
        document(preview=PREVIEW),
    ):
        for part in WordFile(to_word.render(one)).docx.sections:
            for header in (part.header, part.first_page_header):
                assert header.paragraphs[0].text == PREVIEW


@needs_libreoffice
@needs_pdftotext
def test_libreoffice_shows_the_right_agency_on_every_page(tmp_path):
    one = document(section("Midvale Police", LONG), section("Vale – Hospitals", LONG), preview=PREVIEW)
    found = pages(by_libreoffice(tmp_path, to_word.render(one)))
    assert len(found) >= 7
    assert all(PREVIEW in page for page in found)
    second = next(number for number, page in enumerate(found[1:], 1) if "Vale – Hospitals" in page)
    assert all("Midvale Police (continued)" in page for page in found[2:second])
    assert all("Vale – Hospitals (continued)" in page for page in found[second + 1 :])
    assert "(continued)" not in found[0] + found[1] + found[second]


# --- The package ---------------------------------------------------------------------------------


def test_nobody_and_nothing_outside_is_named(word):
    about = word.docx.core_properties
    assert (about.title, about.author, about.last_modified_by, about.language) == (
        both().title, "Eastmere", "Eastmere", "en-GB",
    )  # fmt: skip
    # To the second, and of the text, not of the machine that wrote it.
    assert about.created == about.modified == both().as_of
    names = word.zip.namelist()
    assert names == ["[Content_Types].xml", *sorted(names[1:])]
    assert not [
        name for name in names if re.search(r"vba|embed|media|activeX|oleObject|settings\.xml\.rels", name)
    ]
    external = re.findall(
        r'<Relationship [^>]*TargetMode="External"[^>]*>',
        word.zip.read("word/_rels/document.xml.rels").decode(),
    )
    assert all("/hyperlink" in one for one in external)
    lang = word.xml("word/styles.xml").find(f".//{W}docDefaults//{W}lang")
    assert lang.get(f"{W}val") == "en-GB"


def test_the_same_twice_is_the_same_bytes():
    assert to_word.render(both()) == to_word.render(both())
    assert {one.date_time for one in zipfile.ZipFile(io.BytesIO(to_word.render(both()))).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }


@pytest.mark.parametrize("base", [1, 3])
def test_the_validator_finds_nothing(base, tmp_path):
    documents = [
        both(preview=PREVIEW),
        document(section("قلم", SCRIPTS)),
        framed(),
        framed(question_once=False),
        document(),
        document(*(plain(text, text, question=text) for text in MISCHIEF), title=MISCHIEF[0]),
        document(section("A", "", "<p>x</p>"), section("B", nil_reason="We met no children.")),
    ]
    for number, one in enumerate(documents):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(to_word.render(one, base=base))
        found = OpenXmlValidator(security_validation=True).validate(str(path))
        addresses = ("External relationship target: https://", "External relationship target: mailto:")
        assert [error for error in map(str, found.errors) if not any(one in error for one in addresses)] == []


# --- Every word, and mischief --------------------------------------------------------------------


def typed(word: WordFile) -> str:
    return squeezed("".join(_text(one) for one in word.paragraphs if _style(one) not in HOUSE))


def test_every_word_in_order(word):
    assert typed(word) == letters(both())


@needs_real
def test_every_word_of_the_real_answers_in_order():
    assert typed(WordFile(to_word.render(real()))) == letters(real())


def test_every_script_and_sign_stays_as_it_is():
    one = document(section("قلم", SCRIPTS + "<p>漢字 😀 👩‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿</p>"))
    word = WordFile(to_word.render(one))
    assert typed(word) == letters(one)
    arabic = next(p for p in word.paragraphs if "قالت" in _text(p))
    assert arabic.find(f"{W}pPr/{W}bidi") is not None
    assert arabic.find(f"{W}r/{W}rPr/{W}rtl") is not None
    latin = next(p for p in word.paragraphs if "Łódź" in _text(p))
    assert latin.find(f"{W}pPr/{W}bidi") is None


@pytest.mark.parametrize("text", MISCHIEF)
def test_whatever_is_typed_stays_text(text):
    one = document(
        plain(text, text, question=text),
        plain("B", "x"),
        title=text,
        preview=text,
        label=text,
        partnership=text,
    )
    word = WordFile(to_word.render(one))
    shown = re.sub("[\x00-\x1f\u202e\ufffe]", "", text)
    assert squeezed("".join(map(_text, word.paragraphs))).count(squeezed(shown)) >= 4
    fields = {
        each.text.split()[0]
        for name in word.zip.namelist()
        if name.startswith("word/") and name.endswith(".xml")
        for each in word.xml(name).iter(f"{W}instrText")
    }
    assert fields == {"TOC", "PAGEREF", "STYLEREF", "PAGE", "NUMPAGES"}


def test_sizes_nobody_expects():
    deep = richtext.clean("<ul><li>deep" * 50 + "</li></ul>" * 50).html
    letters_400 = "x" * 400
    one = document(
        section(letters_400, f"<p>{'word ' * 50_000}</p>", deep, f"<p>{letters_400}</p>"),
        section("B", "<p>y</p>"),
    )
    assert typed(WordFile(to_word.render(one))) == letters(one)
