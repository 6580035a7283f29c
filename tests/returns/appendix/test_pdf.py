"""The PDF, opened again by other programs: structure, pages, fonts, every word, and what must never happen."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agencies import png
from returns import richtext
from returns.appendix import to_pdf
from returns.appendix.document import Logo, Look
from returns.appendix.errors import RenderError
from tests.pictures import png as make_png
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
from tests.returns.appendix.pdf_reading import PdfFile
from tests.returns.appendix.tools import jars, needs_pdftotext, needs_verapdf, pages
from tests.returns.importing.sample import needs_real

LONG = "<p>" + "So many children told us so much this year. " * 400 + "</p>"
PREVIEW = "Preview, not published: 1 of 2 returns is approved."
TITLE = "Appendix D: Eastmere Yearly Report 2021-22 – What children said"


def both():
    return document(
        section("Midvale Police", SAMPLE + FURTHER + WIDE), section("Vale – Hospitals", LONG, SAMPLE)
    )


@pytest.fixture(scope="module")
def pdf() -> PdfFile:
    return PdfFile(to_pdf.render(both()))


# --- For a screen reader -------------------------------------------------------------------------


def test_the_document_names_itself(pdf):
    assert str(pdf.root.Lang) == "en-GB"
    assert pdf.root.ViewerPreferences.DisplayDocTitle
    assert pdf.root.MarkInfo.Marked
    # To the second, and of the text, not of the machine that wrote it.
    assert str(pdf.pdf.docinfo["/CreationDate"]).startswith("D:20220603093000")
    with pdf.pdf.open_metadata() as about:
        assert about["dc:title"] == TITLE
        assert about["pdfuaid:part"] == "1"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")


def test_headings_go_down_one_level_at_a_time(pdf):
    levels = pdf.headings()
    assert levels.count(1) == 1
    assert levels.count(2) == 3  # the contents, and each agency
    assert levels.count(3) == 3  # each question
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert {4, 5} <= set(levels)


def test_lists_quotations_tables_and_links_are_what_they_are(pdf):
    assert pdf.inside("LI") == {"L"}
    assert pdf.inside("Lbl") == {"LI"}
    assert pdf.inside("LBody") == {"LI"}
    assert pdf.count("BlockQuote") == 5
    assert pdf.count("Table") == 3
    assert pdf.count("TH") == 2 + 3 + 2
    assert pdf.count("TD") == 2 + 3 + 2
    assert pdf.count("TOCI") == 2
    outside = [str(link.A.URI) for link in pdf.links() if "/A" in link and "/URI" in link.A]
    assert outside == [
        "https://example.org/?a=1&b=2",
        "https://example.org/",
        "mailto:a@example.org",
        "https://example.org/?a=1&b=2",
    ]
    assert all(str(link.Contents) for link in pdf.links())


def test_bookmarks_lead_to_the_agencies(pdf):
    assert pdf.outline() == ["Midvale Police", "Vale – Hospitals", "Question 1?", "Question 2?"]


def test_fonts_are_inside(pdf):
    assert pdf.fonts()
    assert all({"/FontFile2", "/FontFile3", "/FontFile"} & set(font.keys()) for font in pdf.fonts())


@needs_verapdf
def test_verapdf_finds_nothing(tmp_path):
    """Every feature, scripts, mischief, one agency, none, a preview; and a negative control."""
    documents = {
        "features": both(),
        "scripts": document(section("قلم", SCRIPTS), section("B", "<p>漢字 ☺ ✓ 😀</p>")),
        "mischief": document(
            *(plain(text, text, question=text) for text in MISCHIEF), title="#x", preview="#y"
        ),
        "framed": framed(),
        "framed, each question": framed(question_once=False),
        "one": document(section("Midvale Police", SAMPLE), preview="Draft. Copy of 3 May 2025 at 10:04."),
        "none": document(preview=PREVIEW),
        "logo": document(
            section("A", SAMPLE), look=Look("#1b4b8c", Logo(png.read(make_png()).content, "A bar"))
        ),
        "empty": document(section("A", "", "<p>x</p>"), section("B", nil_reason="We met no children.")),
    }
    for name, one in documents.items():
        (tmp_path / f"{name}.pdf").write_bytes(to_pdf.render(one))
    (tmp_path / "control.pdf").write_bytes(_without_tags(tmp_path / "features.pdf"))
    files = sorted(map(str, tmp_path.glob("*.pdf")))
    script = Path(__file__).with_name("verapdf.py")
    done = subprocess.run(
        [sys.executable, str(script), *jars(), "--", *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = {Path(path).stem: rules for path, rules in json.loads(done.stdout.splitlines()[-1]).items()}
    assert found.pop("control")["PDFUA_1"]
    assert found == {name: {"PDFUA_1": [], "PDFA_2_A": []} for name in documents}


def _without_tags(path: Path) -> bytes:
    pdf = PdfFile(path.read_bytes()).pdf
    del pdf.Root.StructTreeRoot
    out = path.with_suffix(".tmp")
    pdf.save(out)
    return out.read_bytes()


# --- On paper ------------------------------------------------------------------------------------


@needs_pdftotext
def test_pages_say_whose_they_are_and_which():
    found = pages(to_pdf.render(both()))
    assert len(found) > 5
    assert all(f"Page {number} of {len(found)}" in page for number, page in enumerate(found, 1))
    first = next(
        number for number, page in enumerate(found) if "Vale – Hospitals" in page and "Contents" not in page
    )
    assert "(continued)" not in found[first]
    assert all("Vale – Hospitals (continued)" in page for page in found[first + 1 :])
    assert not any("(continued)" in page for page in found[:2])
    assert "Question 1?" in found[first]


@needs_pdftotext
def test_the_contents_tell_the_page():
    found = pages(to_pdf.render(both()))
    for agency in ("Midvale Police", "Vale – Hospitals"):
        number = int(re.search(rf"{agency}\D*(\d+)", found[0])[1])
        assert agency in found[number - 1]
        assert "(continued)" not in found[number - 1]


@needs_pdftotext
@pytest.mark.parametrize("sections", [0, 1, 2])
def test_a_preview_is_marked_on_every_page(sections):
    found = pages(to_pdf.render(document(*both().sections[2 - sections :], preview=PREVIEW)))
    assert [page.count(PREVIEW) for page in found] == [1] * len(found)


@needs_pdftotext
def test_what_is_no_preview_has_no_mark():
    assert not any("Preview" in page for page in pages(to_pdf.render(both())))


@needs_pdftotext
def test_no_heading_stands_at_a_pages_foot():
    """However much stands above it."""
    for lines in range(1, 40, 3):
        html = "<p>x</p>" * lines + "<h3>The heading</h3><p>What follows it.</p>"
        for page in pages(to_pdf.render(document(section("A", html)))):
            if "The heading" in page:
                assert "What follows it." in page, lines


@needs_pdftotext
def test_no_two_lines_stand_alone_on_a_last_page():
    """Where one or two would not fit any more, the lines before them move together."""
    written = (document(section("A", "<p>line</p>" * lines), plain("B", "x")) for lines in range(28, 34))
    found = [[page.count("line") for page in pages(to_pdf.render(one))[1:-1]] for one in written]
    assert {len(counts) for counts in found} == {1, 2}
    assert all(counts[-1] > 2 for counts in found)


@needs_pdftotext
def test_headers_of_a_table_are_repeated():
    rows = "".join(f"<tr><td>cell {n}</td><td>other</td></tr>" for n in range(90))
    html = f"<table><tr><th>Heard</th><th>Done</th></tr>{rows}</table>"
    found = [page for page in pages(to_pdf.render(document(section("A", html)))) if "cell" in page]
    assert len(found) > 2
    assert all("Heard" in page for page in found)


# --- Every word ----------------------------------------------------------------------------------


def typed(content: bytes, one) -> str:
    """The pages' text without what the house adds: running header, footer, contents, numbers of lists."""
    found = []
    for number, page in enumerate(pages(content), 1):
        page = re.sub(r"Page \d+ of \d+", "", page)
        page = page.replace(f"{one.label}: {one.name}", "")
        page = re.sub(r"^.*\(continued\)$", "", page, flags=re.M)
        found.append("" if number == 1 and len(one.sections) > 1 else page)
    return squeezed(re.sub(r"^\d+\.$|^\d+\. ", "", "\n".join(found), flags=re.M))


@needs_pdftotext
def test_every_word_in_order():
    """A table of three columns is read by the tags, which veraPDF looks at; pdftotext takes it column by column."""
    one = document(section("Midvale Police", SAMPLE + FURTHER), section("Vale – Hospitals", LONG, SAMPLE))
    assert typed(to_pdf.render(one), one) == letters(one)


@needs_real
@needs_pdftotext
def test_every_word_of_the_real_answers_in_order():
    one = real()
    assert typed(to_pdf.render(one), one) == letters(one)


@needs_pdftotext
def test_where_nothing_was_written_it_says_so():
    one = document(
        section("A", "", "<p>x</p>"), section("B", nil_reason="We met nobody.\n\nNext year we will.")
    )
    found = "\n".join(pages(to_pdf.render(one)))
    assert "No answer was given." in found
    assert re.search(r"Nothing to report\.\s+We met nobody\.\s+Next year we will\.", found)
    assert "No return is approved yet" in pages(to_pdf.render(document()))[0]


# --- Mischief ------------------------------------------------------------------------------------


@needs_pdftotext
@pytest.mark.parametrize("text", MISCHIEF)
def test_whatever_is_typed_stays_text(text):
    """In an answer, a question, a name, a reason and a title."""
    one = document(plain(text, text, question=text), plain("B", "x"), title=text, preview=text)
    found = squeezed(" ".join(pages(to_pdf.render(one))))
    shown = squeezed(re.sub("[\x00-\x1f\u202e\ufffe]", " ", text))
    assert found.count(shown) >= 4
    assert "root:" not in found


def test_the_worker_is_given_no_environment_and_nothing_to_read(monkeypatch):
    """An environment with a secret does not reach the process; its folder is empty."""
    monkeypatch.setenv("SECRET_KEY", "not to be seen")
    seen = {}
    run = subprocess.run

    def watched(*args, **kwargs):
        seen.update(kwargs)
        return run(*args, **kwargs)

    monkeypatch.setattr("subprocess.run", watched)
    to_pdf.render(document())
    assert set(seen["env"]) == {"RAYON_NUM_THREADS", "MALLOC_ARENA_MAX"}


# --- Sizes nobody expects ------------------------------------------------------------------------


def test_the_same_twice_is_the_same_bytes():
    first = to_pdf.render(both())
    time.sleep(1.1)
    assert to_pdf.render(both()) == first


@needs_pdftotext
def test_fifty_thousand_words():
    html = "<p>" + "</p><p>".join("word " * 100 for _ in range(500)) + "</p>"
    found = "".join(pages(to_pdf.render(document(section("A", html)))))
    assert found.split().count("word") == 50_000


@needs_pdftotext
def test_a_list_fifty_deep():
    html = "<ul><li>deep" * 50 + "</li></ul>" * 50
    blocks = richtext.clean(html).html
    assert "".join(pages(to_pdf.render(document(section("A", blocks))))).count("deep") == 50


@needs_pdftotext
def test_a_word_of_four_hundred_letters_is_broken_within_the_page():
    word = "".join(chr(97 + n % 26) for n in range(400))
    table = f"<table><tr><th>{word}</th><th>b</th></tr><tr><td>{word}</td><td>{word}</td></tr></table>"
    one = document(
        section(word, f"<p>{word}</p><ul><li>{word}</li></ul>{table}"), plain(word, word, question=word)
    )
    content = to_pdf.render(one)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    right = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert max(right) < 595 - 72
    assert squeezed("".join(pages(content))).count(word) >= 5


# --- Characters and directions -------------------------------------------------------------------


@needs_pdftotext
def test_scripts_are_set(settings):
    found = "".join(pages(to_pdf.render(document(section("A", SCRIPTS)))))
    for word in ("Ŵy", "Łódź", "Brașov", "Ağrı", "Ελληνικά", "Кириллица", "ไทย", "ქართული", "é"):
        assert word in found
    assert "\ufffd" not in found
    assert to_pdf.missing_characters(document(section("A", SCRIPTS))) == []


@needs_pdftotext
def test_only_what_no_font_has_is_listed_and_replaced():
    strange = "\U0001e900\U000e0fff\U00012000"  # Adlam, unassigned, cuneiform
    one = document(
        section("A", "<p>fine</p>"), plain("B", f"be{strange[1]}fore after"), title=f"T{strange[1]}"
    )
    found = to_pdf.missing_characters(one)
    assert [(each.character, each.agency) for each in found] == [(strange[1], ""), (strange[1], "B")]
    assert found[0].name == "U+E0FFF"
    assert "be\ufffdfore after" in "".join(pages(to_pdf.render(one)))


def test_without_the_systems_fonts_it_still_succeeds(monkeypatch, tmp_path):
    monkeypatch.setattr("returns.appendix.pdf.fonts.SYSTEM", tmp_path)
    from returns.appendix.pdf import fonts

    fonts._of_system.cache_clear()
    one = document(section("A", SCRIPTS + "<p>বাংলা 😀</p>"))
    missing = {each.character for each in to_pdf.missing_characters(one)}
    fonts_needed = set("বাংলা")
    assert fonts_needed <= missing
    assert not missing & set("שלום قلم हिन्दी Ελληνικά ✓")
    assert to_pdf.render(one).startswith(b"%PDF-")
    fonts._of_system.cache_clear()


def test_fonts_are_unpacked_again_after_a_tidy_up():
    from returns.appendix.pdf import fonts

    before = to_pdf.render(both())
    shutil.rmtree(fonts._folder().name)
    assert to_pdf.render(both()) == before


# --- Failing -------------------------------------------------------------------------------------


def test_too_slow_is_stopped():
    with pytest.raises(RenderError, match="took too long"):
        to_pdf.render(both(), seconds=0)


def test_too_big_is_stopped(monkeypatch):
    monkeypatch.setattr(to_pdf, "MEMORY", 60 << 20)
    with pytest.raises(RenderError) as error:
        to_pdf.render(both())
    assert "Traceback" not in str(error.value)


def test_an_error_of_the_engine_is_a_sentence(monkeypatch):
    monkeypatch.setattr(to_pdf, "_template", lambda: "#nothing")
    with pytest.raises(
        RenderError, match=r"The PDF could not be made\. The other formats hold the same text"
    ) as error:
        to_pdf.render(both())
    assert "unknown variable" in error.value.detail


def test_a_crowd_waits_and_then_is_told():
    for _ in range(2):
        to_pdf._PLACES.acquire()
    try:
        with pytest.raises(RenderError, match="Too many"):
            to_pdf.render(both(), seconds=0)
    finally:
        for _ in range(2):
            to_pdf._PLACES.release()
