"""What stands around the answers, in every format: preface, question stated once, commentary, closing note, imprint."""

from __future__ import annotations

import io
import itertools
import json
import re

import docx
import pytest

from returns.appendix import to_html, to_json, to_pdf, to_text, to_word
from returns.appendix.document import Document, fingerprint, from_data, to_data
from returns.appendix.files import FORMATS
from tests.returns.appendix.examples import framed
from tests.returns.appendix.pdf_reading import PdfFile
from tests.returns.appendix.tools import needs_pdftotext, pages

IN_ORDER = (
    "Edition 2, published on 3 June 2022, corrects edition 1",
    "A date was wrong.",
    "Why we ask",
    "Children know.",
    "Question 1?",
    "Her own words.",
    "No return was received.",
    "Nothing to report.",
    "We met no children.",
    "Heard.",
    "Eluned Parry, scrutineer, 3 May 2022",
    "Thank you.",
)


def text_of(kind: str, document: Document) -> str:
    content = FORMATS[kind].write(document)
    if kind == "pdf":
        return " ".join(pages(content))
    if kind == "docx":
        return " ".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
    if kind == "json":
        return " ".join(_strings(json.loads(content)))
    return content.decode()


def _strings(data: object) -> list[str]:
    if isinstance(data, dict):
        order = ("imprint", "before", "sections", "after")
        keys = [key for key in order if key in data] or [key for key in data if key != "anchor"]
        return [one for key in keys for one in _strings(data[key])]
    if isinstance(data, list):
        return [one for each in data for one in _strings(each)]
    return [data] if isinstance(data, str) else []


@needs_pdftotext
@pytest.mark.parametrize("kind", FORMATS)
def test_all_of_it_stands_in_order_and_the_question_once(kind: str) -> None:
    text = re.sub(r"\s+", " ", text_of(kind, framed()))
    places = [text.find(one) for one in IN_ORDER]
    assert -1 not in places
    assert places == sorted(places)
    # The JSON names the question with every answer, for programs.
    assert text.count("Question 1?") == (2 if kind == "json" else 1)


@pytest.mark.parametrize("question_once", [True, False])
def test_headings_go_down_one_level_at_a_time(question_once: bool) -> None:
    document = framed(question_once=question_once)
    html = [int(level) for level in re.findall(r"<h(\d)", to_html.render_file(document))]
    word = docx.Document(io.BytesIO(to_word.render(document)))
    styles = [one.style.name.split()[1] for one in word.paragraphs if one.style.name.startswith("Heading")]
    for levels in (html, PdfFile(to_pdf.render(document)).headings(), list(map(int, styles))):
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        assert levels.count(3) == 2


def test_a_sub_heading_looks_the_same_at_either_level() -> None:
    word = docx.Document(io.BytesIO(to_word.render(framed())))
    [heading] = [one for one in word.paragraphs if one.text == "Why we ask"]
    assert (heading.style.name, heading.runs[0].style.name) == ("Heading 3", "Sub-heading Below a Name")


def test_the_contents_lead_to_all_of_it() -> None:
    titles = ["Preface", "What each agency was asked", "Midvale Police", "Vale Fire", "Vale Hospitals"]
    titles += ["Commentary", "Closing note"]
    assert PdfFile(to_pdf.render(framed())).outline() == titles
    html = to_html.render_file(framed())
    assert re.findall(r'<li><a href="#[\w-]+" dir="auto">([^<]+)</a>', html) == titles


def test_the_same_document_comes_back_from_its_data() -> None:
    document = framed()
    assert from_data(json.loads(json.dumps(to_data(document)))) == document
    assert to_text.render(document) == to_text.render(from_data(to_data(document)))
    assert to_json.render(from_data(to_data(document))) == to_json.render(document)


def test_the_fingerprint_does_not_depend_on_the_order_in_which_a_database_gives_the_data_back() -> None:
    data = to_data(framed())
    assert fingerprint(dict(reversed(data.items()))) == fingerprint(data)
    assert fingerprint(data | {"title": "Another"}) != fingerprint(data)
