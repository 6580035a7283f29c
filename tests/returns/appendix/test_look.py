"""A partnership's colour and logo in every document: what a screen reader is told, and files that stay sound."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from dataclasses import replace

import pytest
from openxml_audit import OpenXmlValidator

from agencies import colours, png
from agencies.actions import look as actions
from returns.appendix import to_html, to_json, to_pdf, to_word
from returns.appendix.compile import compile_document
from returns.appendix.document import Logo, Look, from_data, to_data
from returns.appendix.pictures import HIGHEST, WIDEST, fit
from tests import pictures
from tests.returns import cast as players
from tests.returns.appendix.examples import SAMPLE, document, section
from tests.returns.appendix.pdf_reading import PdfFile
from tests.returns.appendix.reading import HtmlFile
from tests.returns.appendix.test_json import check
from tests.returns.appendix.test_word import WordFile, both
from tests.returns.appendix.tools import by_libreoffice, needs_libreoffice, needs_pdftotext, pages

PNG = png.read(pictures.png()).content
WORDS = 'Eastmere “for & with” children <b>"all"</b>'
LOOK = Look("#1b4b8c", Logo(PNG, WORDS))
PREVIEW = "Preview, not published: 1 of 2 returns is approved."


def dressed(**changes):
    return document(section("Midvale Police", SAMPLE), section("Vale", SAMPLE), look=LOOK, **changes)


@pytest.mark.django_db
def test_a_document_keeps_the_look_of_its_day(cast):
    values = {"name": cast.partnership.name, "without_logo": False, "by": cast.coordinator}
    actions.change_look(
        cast.partnership, accent="#1b4b8c", logo=png.read(pictures.png()), logo_alt="A bar", **values
    )
    players.bring_to(cast, "approved")
    compiled = compile_document(cast.collection)
    assert compiled.look == Look("#1b4b8c", Logo(PNG, "A bar"))
    assert from_data(json.loads(json.dumps(to_data(compiled)))) == compiled


def test_the_data_file_holds_it():
    check(to_json.render(dressed()))
    assert json.loads(to_json.render(dressed()))["look"]["logo"]["alt"] == WORDS


# --- HTML ------------------------------------------------------------------------------------------


def test_the_web_page_holds_the_picture_and_both_colours():
    html = to_html.render_file(dressed())
    [image] = [attributes for tag, attributes in HtmlFile(html).tags if tag == "img"]
    assert image["alt"] == WORDS
    assert base64.b64decode(image["src"].removeprefix("data:image/png;base64,")) == PNG
    assert "--accent: #1b4b8c" in html and colours.palette("#1b4b8c").dark in html
    plain = to_html.render_file(document(section("A", SAMPLE)))
    assert "<img" not in plain and "#1b4b8c" not in plain.split("</style>")[0].replace(
        "--active: #1b4b8c", ""
    )


# --- PDF -------------------------------------------------------------------------------------------


def test_the_pdf_says_what_the_logo_says():
    pdf = PdfFile(to_pdf.render(dressed()))
    assert pdf.alternatives("Figure") == [WORDS]
    assert PdfFile(to_pdf.render(document(section("A", SAMPLE)))).alternatives("Figure") == []


@needs_pdftotext
@pytest.mark.parametrize("sections", [0, 1, 2])
def test_the_title_stays_on_the_first_page(sections):
    parts = [section(name, SAMPLE) for name in ("Midvale Police", "Vale")[:sections]]
    first = pages(to_pdf.render(document(*parts, look=LOOK, preview=PREVIEW)))[0]
    assert "What children said" in " ".join(first.split())


# --- Word ------------------------------------------------------------------------------------------


def test_word_says_what_the_logo_says_and_finds_no_fault(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(to_word.render(dressed()))
    word = WordFile(path.read_bytes())
    assert word.zip.read("word/media/logo.png") == PNG
    assert [one.get("descr") for one in word.docx.element.body.iter("{*}docPr")] == [WORDS]
    assert len(word.docx.inline_shapes) == 1
    found = OpenXmlValidator(security_validation=True).validate(str(path))
    assert [error for error in map(str, found.errors) if "External relationship target" not in error] == []
    assert "1B4B8C" in word.zip.read("word/styles.xml").decode()


@pytest.mark.parametrize(("width", "height"), [(16, 2000), (2000, 16), (120, 40), (2000, 2000)])
def test_a_logo_fits_above_the_title_and_keeps_its_shape(width, height):
    rows = pictures.pixels(bytes(1 + (width + 7) // 8), height)
    made = fit(png.read(pictures.png(pictures.header(width, height, 1, 0), rows)).content)
    assert made[0] <= WIDEST + 0.01 and made[1] <= HIGHEST + 0.01
    assert made[0] / made[1] == pytest.approx(width / height)


# --- A Word file to be put into the yearly report -----------------------------------------------------


def inserted(**changes) -> WordFile:
    return WordFile(to_word.render(replace(both(), **changes), base=2, inserted=True))


def test_an_inserted_file_is_one_section_and_brings_nothing_around_it():
    word = inserted(look=LOOK)
    assert len(list(word.docx.element.body.iter("{*}sectPr"))) == 1
    names = " ".join(word.zip.namelist())
    assert not any(part in names for part in ("header", "footer", "media"))
    assert word.styled("TOCHeading") == []
    assert "sdt" not in word.zip.read("word/document.xml").decode()
    assert set(word.headings()) == {2, 3, 4, 5, 6}
    assert word.styled("Heading3") == ["Midvale Police", "Vale – Hospitals"]
    breaks = [len(list(one.iter("{*}pageBreakBefore"))) for one in word.paragraphs]
    assert sum(breaks) == 1  # before the second agency; the report says where the first page begins


def test_an_inserted_preview_is_marked_on_every_page_all_the_same():
    word = inserted(preview=PREVIEW)
    assert PREVIEW in word.zip.read("word/header0.xml").decode()
    [section_of_it] = word.docx.sections
    assert PREVIEW in "".join(one.text for one in section_of_it.header.paragraphs)


def test_an_inserted_file_holds_every_word_and_no_fault(tmp_path):
    whole = {
        text
        for style in ("BodyText", "Quote", "TableText")
        for text in WordFile(to_word.render(both())).styled(style)
    }
    word = inserted()
    assert whole <= {text for style in ("BodyText", "Quote", "TableText") for text in word.styled(style)}
    path = tmp_path / "a.docx"
    path.write_bytes(to_word.render(both(), base=2, inserted=True))
    found = OpenXmlValidator(security_validation=True).validate(str(path))
    assert [error for error in map(str, found.errors) if "External relationship target" not in error] == []
    assert zipfile.ZipFile(io.BytesIO(path.read_bytes())).testzip() is None


def test_an_inserted_file_of_nothing_says_so():
    word = WordFile(to_word.render(document(preview=PREVIEW), inserted=True))
    assert word.styled("BodyText") == ["No return is approved yet, so there is nothing to read here."]


@needs_libreoffice
@needs_pdftotext
def test_another_program_prints_it(tmp_path):
    printed = pages(by_libreoffice(tmp_path, to_word.render(both(), base=2, inserted=True)))
    assert "Midvale Police" in printed[0]
    assert "(continued)" not in "".join(printed)
