"""What each format makes of a document: names, addresses, nothing to report, previews, foreign scripts, mischief."""

import json
import re

import pytest

from returns import richtext
from returns.appendix import to_html, to_json, to_text
from returns.appendix.compile import Anchors, section_of
from returns.appendix.document import VERSION, Passage, Section, from_data
from returns.models import Revision
from tests.returns.appendix.examples import SAMPLE, document, section
from tests.returns.appendix.reading import HtmlFile, text_answers

WRITERS = {"html": to_html.render_file, "txt": to_text.render, "json": to_json.render}


# --- HTML ----------------------------------------------------------------------------------------


def test_the_file_needs_nothing_beside_it():
    page = HtmlFile(to_html.render_file(document(section("Police", SAMPLE))))
    assert page.of("html") == [{"lang": "en-GB"}]
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & {tag for tag, _ in page.tags}
    assert not any(name in attrs for _, attrs in page.tags for name in ("src", "style", "onclick"))
    style = re.search(r"<style>(.*?)</style>", to_html.render_file(document()), re.S)[1]
    assert "@media print" in style
    assert "url(" not in style
    assert "@import" not in style


def test_an_answer_below_its_question():
    body = to_html.render_body(document(section("Police", SAMPLE)))
    assert "<h4>First</h4><h5>Second</h5>" in body
    assert '<ol start="3"><li>three<ul><li>inner</li></ul></li><li>four</li></ol>' in body
    assert '<a href="https://example.org/?a=1&amp;b=2">a link</a>' in body


def test_the_contents_lead_to_the_sections():
    page = HtmlFile(to_html.render_file(document(section("Police", SAMPLE), section("A – B", SAMPLE))))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert [attrs["href"] for attrs in page.of("a")][:2] == ["#police", "#a-b"]
    assert {"police", "a-b"} <= set(ids)
    assert {attrs["aria-labelledby"] for attrs in page.of("section")} <= set(ids)


def test_addresses_never_meet():
    """An agency called like the address of another one's question, twice, and like parts of the page."""
    names = ["A", "A 1", "A", "A name", "Contents", "Main", "!!!", "قلم"]
    anchors = Anchors()
    sections = [
        section_of(
            Revision(
                data={
                    "agency": name,
                    "nil_reason": "",
                    "answers": [{"question": "Q?", "html": "<p>x</p>"}] * 2,
                }
            ),
            anchors,
        )
        for name in names
    ]
    page = HtmlFile(to_html.render_file(document(*sections)))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids)) == 2 + len(names) * 4


def test_what_runs_from_right_to_left_finds_its_own_direction():
    mixed = '<p>שלום</p><ol start="2"><li>אחת</li></ol><p>Latin</p>'
    body = to_html.render_body(document(section("Police", mixed), section("Fire", "<p>Café</p>")))
    assert '<p dir="auto">שלום</p><ol dir="auto" start="2"><li>אחת</li></ol><p dir="auto">Latin</p>' in body
    assert "<p>Café</p>" in body


@pytest.mark.parametrize(
    "mischief", ["<script>alert(1)</script>", "</style></title>", "{{ x }}{% y %}", "&lt;b&gt;"]
)
def test_whatever_is_typed_stays_text(mischief):
    passage = Passage("p.1", mischief, (richtext.Paragraph((richtext.Text(mischief),)),))
    sections = (Section("p", mischief, (passage,)), Section("q", "Q", (), mischief))
    page = HtmlFile(to_html.render_file(document(*sections, title=mischief, preview=mischief)))
    assert page.title == page.h1 == mischief
    ((agency, (part,)), _) = page.sections
    assert (agency, part.question, part.text.strip()) == (mischief, mischief, mischief)
    assert page.outside.count(mischief) == 2
    assert not page.of("script")


# --- Text ----------------------------------------------------------------------------------------


def test_text_reads_like_an_email():
    text = to_text.render(document(section("Police", SAMPLE + "<p>" + "word " * 60 + "</p>")))
    assert max(map(len, text.splitlines())) <= 78
    assert text.startswith("Appendix D: Eastmere Yearly Report 2021-22 – What children said\n=====")
    assert (
        "\n\n\nPolice\n======\n\nQuestion 1?\n-----------\n\nFirst\n\nSecond\n\nA bold and soft word\nand a line.\n"
        in text
    )
    assert "\n3. three\n  • inner\n4. four\n" in text
    assert "\n> Her own words.\n" in text
    assert text.endswith("word\n")


def test_long_names_are_wrapped_above_their_line():
    text = to_text.render(document(section("Long " * 30, "<p>x</p>"), title="Title " * 30))
    assert max(map(len, text.splitlines())) <= 78
    assert text_answers(text)[0][0] == " ".join(["Long"] * 30)


# --- JSON ----------------------------------------------------------------------------------------


def test_json_holds_the_whole_document():
    written = document(
        section("Police", SAMPLE), section("Fire – Rescue", nil_reason="None met"), preview="P"
    )
    content = to_json.render(written)
    data = json.loads(content)
    assert (data["schema"], data["version"]) == ("appendix", VERSION)
    assert from_data(data) == written
    assert "Fire – Rescue" in content
    assert content.startswith('{\n  "schema"')
    assert content.endswith("}\n")


# --- All -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_nothing_to_report_says_why(write):
    content = write(document(section("Police", nil_reason="We met no children.\n\nNext year we will.")))
    for words in ("Police", "We met no children.", "Next year we will."):
        assert content.count(words) == (2 if words == "Police" and write is to_html.render_file else 1)
    if write is not to_json.render:
        assert content.count("Nothing to report.") == 1


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_a_preview_says_so_once(write):
    line = "Preview, not published: 1 of 2 returns is approved."
    assert write(document(section("Police", "<p>x</p>"), preview=line)).count(line) == 1


def test_a_preview_says_so_on_top():
    line = "Preview, not published: 1 of 2 returns is approved."
    shown = document(section("Police", "<p>x</p>"), preview=line)
    assert to_text.render(shown).startswith(line)
    body = to_html.render_body(shown)
    assert body.index(line) < body.index("<h1")


@pytest.mark.parametrize("write", [to_html.render_file, to_text.render])
def test_without_sections_it_says_so(write):
    content = write(document())
    assert "No return is approved yet" in content
    assert "Contents" not in content
    assert json.loads(to_json.render(document()))["sections"] == []


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_several_questions_stand_in_their_order(write):
    content = write(document(section("Police", "<p>Alpha.</p>", "<p>Beta.</p>")))
    wanted = ["Question 1?", "Alpha.", "Question 2?", "Beta."]
    places = [content.index(words) for words in wanted]
    assert places == sorted(places)
