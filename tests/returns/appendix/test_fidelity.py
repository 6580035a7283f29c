"""From a file that is imported to files that are exported: every word, in order, in its place, once."""

import html
import itertools
import json
import re

import pytest
from django.core.management import call_command

from agencies.models import Partnership, User
from returns.actions import registers
from returns.models.registers import TermKind, starting_acronyms
from tests.returns.appendix.reading import HtmlFile, json_answers, text_answers
from tests.returns.importing.sample import REAL, needs_real, run_approved, sample, seen, words, write

pytestmark = pytest.mark.django_db

READERS = {"html": lambda content: HtmlFile(content).answers(), "txt": text_answers, "json": json_answers}
INVENTED = "the invented file"
FILES = [INVENTED, pytest.param("the real file", marks=needs_real)]


@pytest.fixture
def source(request, tmp_path):
    """The file's data, imported and approved. A table's header stands in each row of plain text, so the invented
    one comes without its table here."""
    if request.param == INVENTED:
        data = sample()
        data["returns"][-1]["answer"] = re.sub("<table>.*</table>", "", data["returns"][-1]["answer"])
        path = write(tmp_path, data)
    else:
        path, data = REAL, json.loads(REAL.read_text(encoding="utf-8"))
    run_approved(path)
    _print_no_short_forms()
    return data


def _print_no_short_forms() -> None:
    """Their list is no agency's, and has tests of its own."""
    partnership, by = Partnership.objects.get(), User.objects.get()
    for short, meaning in starting_acronyms().items():
        registers.add(
            partnership, kind=TermKind.ACRONYM, text=short, meaning=meaning, in_glossary=False, by=by
        )


def export(folder, source, kind: str) -> str:
    slug = re.search(r"\d{4}-\d\d", source["collection"]["report"])[0]
    path = folder / f"appendix.{kind}"
    call_command(
        "export_appendix", "eastmere", slug, "--format", kind, "--output", str(path), stdout=_Quiet()
    )
    return path.read_bytes().decode("utf-8")


class _Quiet:
    def write(self, text: str) -> None: ...


@pytest.mark.parametrize("source", FILES, indirect=True)
@pytest.mark.parametrize("kind", READERS)
def test_every_word_in_order_under_its_agency_and_question_once(source, kind, tmp_path):
    content = export(tmp_path, source, kind)
    found = READERS[kind](content)
    assert [agency for agency, _ in found] == [one["agency"] for one in source["returns"]]
    for (_, passages), one in zip(found, source["returns"], strict=True):
        ((question, text),) = passages
        assert question == source["question"]
        assert words(text) == words(seen(one["answer"]))


@pytest.mark.parametrize("source", FILES, indirect=True)
@pytest.mark.parametrize("kind", READERS)
def test_no_mark_up_shows_and_no_glyph_stands_for_a_list(source, kind, tmp_path):
    for agency, passages in READERS[kind](export(tmp_path, source, kind)):
        for _, text in passages:
            assert not re.search(r"</?[a-z]+[ >]|&[a-z]+;|&#\d|style=", text), agency
            assert "•" not in text, agency
            assert "\u00b7" not in text, agency


@pytest.mark.parametrize("source", FILES, indirect=True)
@pytest.mark.parametrize("kind", READERS)
def test_the_same_twice_is_the_same_bytes(source, kind, tmp_path):
    first, second = (export(tmp_path, source, kind) for _ in range(2))
    assert first == second
    assert first.endswith("\n")
    assert "\r" not in first


@pytest.mark.parametrize("source", FILES, indirect=True)
def test_title_and_names_as_the_file_has_them(source, tmp_path):
    page = HtmlFile(export(tmp_path, source, "html"))
    assert page.title == page.h1 == source["title"]
    assert page.contents == [one["agency"] for one in source["returns"]]
    assert any(" – " in agency for agency in page.contents)
    assert " ".join(export(tmp_path, source, "txt").split()).startswith(source["title"])
    assert json.loads(export(tmp_path, source, "json"))["title"] == source["title"]


@pytest.mark.parametrize("source", FILES, indirect=True)
def test_typed_bullets_are_items_and_lists_end_where_they_should(source, tmp_path):
    """A bullet of the source begins an item; a paragraph of the source that follows a list is not in one."""
    page = HtmlFile(export(tmp_path, source, "html"))
    checked = 0
    for (agency, (part,)), one in zip(page.sections, source["returns"], strict=True):
        starts = [(words(text)[:3], around) for text, around in part.places if words(text)]
        paragraphs = re.findall(r"<p>(?:<\w+>)*([^<•]+)", one["answer"])
        bullets = re.findall(r"[•–] +([A-Z][^•–<]+)", one["answer"]) if "•" in one["answer"] else []
        for begin, inside in [(text, False) for text in paragraphs] + [(text, True) for text in bullets]:
            wanted = words(html.unescape(begin))[:3]
            places = [around for start, around in starts if start == wanted]
            assert places, (agency, wanted)
            if "<blockquote>" not in one["answer"]:
                assert {"li" in around for around in places} == {inside}, (agency, wanted)
            checked += inside
    assert checked >= 4


@pytest.mark.parametrize("source", FILES, indirect=True)
def test_headings_go_down_one_level_at_a_time(source, tmp_path):
    page = HtmlFile(export(tmp_path, source, "html"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert levels.count(2) == len(source["returns"]) + 1  # and the contents
    assert levels.count(3) == len(source["returns"])
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
