"""Files from the pages: one's own return at any moment, the appendix for its readers, the table of the collection."""

from __future__ import annotations

import csv
import io
import re

import docx
import pytest
from django.urls import reverse

from returns.actions import showing
from returns.appendix import to_pdf
from returns.appendix.errors import RenderError
from returns.workflow import Status
from tests.returns import cast as players
from tests.returns.appendix.tools import needs_pdftotext, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return players.make()


def own(cast, kind: str) -> str:
    return cast.agency_return.url("copy_as_file", kind)


def appendix(cast, kind: str) -> str:
    return reverse("appendix_file", args=[cast.partnership.slug, cast.collection.slug, kind])


def marks(content: bytes) -> set[str]:
    """What stands on top of the pages of a Word file."""
    parts = docx.Document(io.BytesIO(content)).sections
    return {one.paragraphs[0].text for part in parts for one in (part.header, part.first_page_header)}


@pytest.mark.parametrize(
    ("agency", "told"),
    [
        (
            "Ymddiriedolaeth Iechyd Môn / Anglesey Health Trust",
            "ymddiriedolaeth-iechyd-mon-anglesey-health-trust",
        ),
        ("شرطة الوادي", "agency-1"),
        ('Police " \r\nX: 1', "police-x-1"),
        ("Vale " + 30 * "Trust ", "vale" + 9 * "-trust" + "-t"),
    ],
)
def test_a_copy_is_called_by_year_agency_and_partnership_in_plain_letters(cast, agency, told):
    cast.collection.returns.filter(seat=cast.seat).update(name=agency)
    response = players.client(cast.lead).get(cast.agency_return.url("copy_to_keep"))
    expected = f"return-2025-26-{told}-{cast.partnership.slug}.txt"
    assert response["Content-Disposition"] == f'attachment; filename="{expected}"'


@pytest.mark.parametrize(
    ("status", "label"),
    [
        (Status.DRAFT, "Draft: being written"),
        (Status.CHANGES_REQUESTED, "Draft: changes asked for"),
        (Status.SUBMITTED, "Sent to the partnership"),
        (Status.APPROVED, "Approved"),
    ],
)
def test_an_agency_takes_a_copy_at_any_moment_that_says_what_it_is(cast, status, label):
    players.bring_to(cast, status)
    response = players.client(cast.lead).get(own(cast, "docx"))
    name = f"return-2025-26-midvale-police-{cast.partnership.slug}.docx"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    (mark,) = marks(response.content)
    assert re.fullmatch(rf"{label}\. Copy of \d+ \w+ \d{{4}} at \d\d:\d\d\.", mark), mark
    assert "who would be in the room" in "".join(
        one.text for one in docx.Document(io.BytesIO(response.content)).paragraphs
    )


def test_a_return_that_is_not_begun_has_a_copy_too(cast):
    content = players.client(cast.contributor).get(own(cast, "docx")).content
    assert "No answer was given." in [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]


@needs_pdftotext
def test_a_draft_is_marked_on_every_page_of_the_pdf(cast):
    players.save(cast, "<p>A long story, told slowly.</p>" * 120)
    response = players.client(cast.lead).get(own(cast, "pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    found = pages(response.content)
    assert len(found) > 2
    assert all(len(re.findall(r"Draft: being written\. Copy of", page)) == 1 for page in found)


def test_the_pages_lead_to_the_files(cast):
    players.bring_to(cast, Status.APPROVED)
    page = players.client(cast.lead).get(cast.agency_return.get_absolute_url()).content.decode()
    assert own(cast, "pdf") in page
    assert own(cast, "docx") in page
    url = reverse("appendix", args=[cast.partnership.slug, cast.collection.slug])
    page = players.client(cast.coordinator).get(url).content.decode()
    assert appendix(cast, "pdf") in page
    assert appendix(cast, "docx") in page
    assert "Download this preview" in page


def test_an_unfinished_appendix_is_marked_as_a_preview(cast):
    players.bring_to(cast, Status.APPROVED)
    response = players.client(cast.coordinator).get(appendix(cast, "docx"))
    name = f"{cast.partnership.slug}-preview-2025-26.docx"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert marks(response.content) == {"Preview, not published: 1 of 2 returns is approved."}


def test_the_board_gets_the_files_with_the_page(cast):

    players.bring_to(cast, Status.APPROVED)
    board = players.client(cast.board)
    assert board.get(appendix(cast, "docx")).status_code == 404
    showing.show(cast.collection, by=cast.coordinator)
    assert board.get(appendix(cast, "docx")).status_code == 200


def test_other_formats_are_not_there(cast):
    assert players.client(cast.lead).get(own(cast, "docx").replace("docx", "exe")).status_code == 404


def test_what_cannot_be_made_is_said_on_a_plain_page(cast, monkeypatch, caplog):
    players.save(cast, "<p>Words that stay out of the log.</p>")

    def fail(job: bytes, seconds: int) -> bytes:
        raise RenderError("Making the PDF took too long, so it was stopped.", "detail for the log")

    monkeypatch.setattr(to_pdf, "_run", fail)
    response = players.client(cast.lead).get(own(cast, "pdf"))
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    page = response.content.decode()
    assert "took too long" in page
    assert "detail for the log" not in page
    assert "detail for the log" in caplog.text
    assert "Words that stay" not in caplog.text


def test_the_table_of_the_collection_as_csv(cast):
    players.bring_to(cast, Status.SUBMITTED)
    url = reverse("collection_status", args=[cast.partnership.slug, cast.collection.slug])
    response = players.client(cast.coordinator).get(url)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    name = f"{cast.partnership.slug}-status-2025-26.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["Agency"] for row in rows] == ["Midvale Police", "Vale Hospitals"]
    assert (rows[0]["Stands"], rows[0]["Whose turn"], rows[0]["Responsible"]) == (
        "Sent to the partnership", "The partnership’s turn", "Aneela Khan",
    )  # fmt: skip
    assert int(rows[0]["Words"]) > 10
    assert [row["Points"] for row in rows] == ["1 to look at", ""]  # of the other nothing was sent
    assert rows[1]["Due"] == cast.collection.due_on.isoformat()
    page = players.client(cast.coordinator).get(cast.collection.get_absolute_url()).content.decode()
    assert url in page
