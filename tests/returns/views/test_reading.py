"""The reading page of an edition, its sections and files, the list of all editions, and what everybody may read."""

from __future__ import annotations

import gzip
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.actions import look, publicity
from agencies.errors import NotNow
from agencies.models import Event, Partnership
from returns.appendix import pages as kept
from tests.returns import cast as players
from tests.returns.editions import publish, withdraw

pytestmark = pytest.mark.django_db

MEMBERS = ("coordinator", "second_reader", "board", "lead", "contributor", "other_lead")
STRANGERS = ("stranger", "removed", "outside_coordinator", "administrator")
TEXT = "<p>A child said:</p><blockquote><p>I want to be in the room.</p></blockquote><h3>And then</h3><p>We listened.</p>"


@pytest.fixture
def published(cast):
    players.save(cast, TEXT)
    players.submit(cast)
    players.move(cast, "approve")
    return publish(cast, files=("pdf", "docx", "html", "txt", "json"))


def at(cast, name: str, *more: object) -> str:
    years = (
        ()
        if name in ("editions", "public", "publicity", "public_style", "public_logo")
        else (cast.collection.slug,)
    )
    return reverse(name, args=[cast.partnership.slug, *years, *more])


def get(user, url: str, **headers: str):
    return players.client(user).get(url, headers=headers)


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


# --- Reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", MEMBERS)
def test_everybody_of_the_partnership_reads_it(cast, published, who):
    page = text(get(getattr(cast, who), at(cast, "edition", 1)))
    assert "I want to be in the room." in page and "<blockquote>" in page
    assert 'href="midvale-police/"' in page
    assert re.search(r">PDF</a> <span class=\"hint\">3 pages, [\d.]+\s?KB", page.replace("\xa0", " "))
    assert "Corrected on" not in page and "What changed" not in page


@pytest.mark.parametrize("who", STRANGERS)
def test_for_others_there_is_nothing(cast, published, who):
    for url in (
        at(cast, "edition", 1),
        at(cast, "edition_section", 1, "midvale-police"),
        at(cast, "edition_file", 1, "pdf"),
    ):
        assert get(getattr(cast, who), url).status_code == 404


def test_a_section_stands_at_an_address_of_its_own_with_the_way_on(cast, published):
    page = text(get(cast.board, at(cast, "edition_section", 1, "midvale-police")))
    assert re.findall(r"<h(\d)", page) == ["1", "2", "3", "2"]  # agency, question, sub-heading; contents
    assert "I want to be in the room." in page
    assert 'href="../midvale-police/" dir="auto" aria-current="page"' in page
    assert get(cast.board, at(cast, "edition_section", 1, "no-such-agency")).status_code == 404
    assert get(cast.board, at(cast, "edition", 2)).status_code == 404


def test_sections_follow_one_another(cast, published):
    page = published.document
    page["sections"].append(page["sections"][0] | {"anchor": "vale-hospitals", "agency": "Vale Hospitals"})
    published.document, published.sha256 = page, "f" * 64
    published.save()
    first, second = (
        text(get(cast.board, at(cast, "edition_section", 1, anchor)))
        for anchor in ("midvale-police", "vale-hospitals")
    )
    assert 'rel="next"' in first and 'rel="prev"' not in first
    assert 'rel="prev"' in second and 'rel="next"' not in second


@pytest.mark.parametrize(
    ("kind", "start"),
    [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!doctype"), ("txt", b"Appendix"), ("json", b"{")],
)
def test_files_are_handed_out_as_they_were_made(cast, published, kind, start):
    answer = get(cast.board, at(cast, "edition_file", 1, kind))
    assert answer.content.startswith(start)
    assert answer.content == bytes(published.files.get(format=kind).content)
    name = f"{cast.partnership.slug}-appendix-2025-26-edition-1.{kind}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_files_that_are_still_being_made_are_announced(cast):
    players.bring_to(cast, "approved")
    publish(cast, files=())
    assert "The files are still being made." in text(get(cast.board, at(cast, "edition", 1)))
    assert get(cast.board, at(cast, "edition_file", 1, "pdf")).status_code == 404
    assert "Still being made" in text(get(cast.board, at(cast, "editions")))
    publish(cast, files=("txt",))
    assert "The other files are still being made." in text(get(cast.board, at(cast, "edition", 2)))


def test_an_older_edition_leads_to_the_newer_one_and_the_newer_one_says_what_changed(cast, published):
    changes = [
        {"name": "Midvale Police", "anchor": "midvale-police", "what": "changed"},
        {"name": "Vale Hospitals", "anchor": "vale-hospitals", "what": "removed"},
    ]
    publish(cast, note="A date was wrong.", changes=changes)
    older = text(get(cast.board, at(cast, "edition", 1)))
    assert "Corrected on" in older and f'href="{at(cast, "edition", 2)}"' in older
    assert "Corrected on" in text(get(cast.board, at(cast, "edition_section", 1, "midvale-police")))
    newer = text(get(cast.board, at(cast, "edition", 2)))
    assert "Corrected on" not in newer
    assert '<a href="#midvale-police" dir="auto">Midvale Police</a>: changed' in newer
    assert '<span dir="auto">Vale Hospitals</span>: removed' in newer


def test_a_withdrawn_edition_is_gone_in_every_format_for_everybody(cast, published):
    publicity.change_publicity(cast.partnership, public=True, listed=False, by=cast.coordinator)
    withdraw(published, by=cast.coordinator)
    for who in MEMBERS:
        for url in (
            at(cast, "edition", 1),
            at(cast, "edition_section", 1, "midvale-police"),
            *(at(cast, "edition_file", 1, kind) for kind in ("pdf", "docx", "html", "txt", "json")),
        ):
            assert get(getattr(cast, who), url).status_code == 404
    for url in (
        at(cast, "public_edition"),
        at(cast, "public_section", "midvale-police"),
        *(at(cast, "public_file", kind) for kind in ("pdf", "docx", "html", "txt", "json")),
    ):
        assert get(None, url).status_code == 404
    assert "A name in it" in text(get(cast.coordinator, at(cast, "editions")))
    assert "A name in it" not in text(get(cast.board, at(cast, "editions")))
    assert "Nothing is published yet" in text(get(None, at(cast, "public")))


def test_all_editions_of_all_years_stand_in_one_list(cast, published):
    publish(cast)
    page = text(get(cast.board, at(cast, "editions")))
    assert re.findall(r">Edition (\d)<", page) == ["2", "1"]
    assert page.index("Newest") < page.index("Corrected")
    assert "Public page" not in page
    assert "The people of the partnership." in text(get(cast.coordinator, at(cast, "editions")))


def test_before_the_first_edition_the_list_says_what_will_come(cast):
    assert "Nothing is published yet" in text(get(cast.board, at(cast, "editions")))


# --- What it costs -----------------------------------------------------------------------------------


def queries(user, url: str) -> int:
    browser = players.client(user)
    browser.get(url)
    with CaptureQueriesContext(connection) as captured:
        browser.get(url)
    return len(captured)


def test_pages_cost_the_same_however_much_there_is(cast, published):
    publicity.change_publicity(cast.partnership, public=True, listed=False, by=cast.coordinator)
    urls = [
        (cast.board, at(cast, "editions")),
        (cast.board, at(cast, "edition", 1)),
        (None, at(cast, "public")),
    ]
    urls += [(None, at(cast, "public_edition")), (None, at(cast, "public_section", "midvale-police"))]
    before = [queries(user, url) for user, url in urls]
    for _ in range(4):
        publish(cast)
    urls[1] = (cast.board, at(cast, "edition", 5))
    assert [queries(user, url) for user, url in urls] == before
    assert max(before) <= 8


def test_the_text_is_written_once_and_kept_by_what_it_says(cast, published, monkeypatch):
    first = text(get(cast.board, at(cast, "edition", 1)))
    monkeypatch.setattr(kept, "_made", lambda document: pytest.fail("written again"))
    assert text(get(cast.lead, at(cast, "edition", 1))).count("I want to be in the room.") == first.count(
        "I want to be in the room."
    )
    monkeypatch.undo()
    monkeypatch.setattr(kept, "MOST", 1)
    for number in range(3):
        kept.pages_of(str(number), lambda: kept_document(published))
    assert list(kept._kept) == ["2"]


def kept_document(edition):
    from returns.appendix.document import from_data

    return from_data(edition.document)


def test_the_page_travels_light(cast, published):
    assert len(gzip.compress(get(cast.board, at(cast, "edition", 1)).content)) < 60_000


# --- What everybody may read -------------------------------------------------------------------------


@pytest.fixture
def opened(cast, published):
    publicity.change_publicity(cast.partnership, public=True, listed=False, by=cast.coordinator)
    return published


PUBLIC = ["public", "public_style", "public_logo", "public_edition", "public_section", "public_file"]


def public_urls(cast) -> list[str]:
    more = {"public_section": ["midvale-police"], "public_file": ["pdf"]}
    return [at(cast, name, *more.get(name, [])) for name in PUBLIC]


def test_nothing_is_public_before_a_coordinator_says_so(cast, published):
    for user in (None, cast.board, cast.coordinator):
        assert {get(user, url).status_code for url in public_urls(cast)} == {404}


def test_everybody_reads_without_signing_in_and_gets_no_cookie(cast, opened):
    logo(cast)
    for url in public_urls(cast):
        answer = get(None, url)
        assert (answer.status_code, answer.cookies, answer["Cache-Control"]) == (200, {}, "no-cache")
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
    page = text(get(None, at(cast, "public_edition")))
    assert "I want to be in the room." in page
    assert 'rel="noreferrer nofollow">Exit this page</a>' in page
    assert "<form" not in page and "Sign" not in page
    assert re.findall(r'(?:href|src)="(/[\w-]+/look/[^"]*)"', page) == []


def logo(cast) -> None:
    from agencies import png
    from tests import pictures

    look.change_look(
        cast.partnership, name=cast.partnership.name, accent="#1b4b8c", logo=png.read(pictures.png()),
        logo_alt="A bar", without_logo=False, by=cast.coordinator,
    )  # fmt: skip


def test_the_page_is_the_same_for_those_who_are_signed_in(cast, opened):
    url = at(cast, "public_edition")
    assert get(cast.coordinator, url).content == get(None, url).content


def test_what_has_not_changed_is_not_sent_again(cast, opened):
    for url in (at(cast, "public"), at(cast, "public_edition"), at(cast, "public_file", "pdf")):
        etag = get(None, url)["ETag"]
        again = get(None, url, if_none_match=etag)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    before = get(None, at(cast, "public_edition"))["ETag"]
    publish(cast, note="Corrected.", document=opened.document | {"title": "Another"}, sha256="e" * 64)
    assert get(None, at(cast, "public_edition"), if_none_match=before).status_code == 200


def test_the_address_of_a_year_leads_to_its_newest_edition(cast, opened):
    newer = publish(cast, document=opened.document | {"title": "The corrected one"}, sha256="d" * 64)
    assert "The corrected one" in text(get(None, at(cast, "public_edition")))
    withdraw(newer, by=cast.coordinator)
    assert "The corrected one" not in text(get(None, at(cast, "public_edition")))


def test_search_engines_list_it_only_when_told(cast, opened):
    assert get(None, at(cast, "public"))["X-Robots-Tag"] == "noindex, nofollow"
    publicity.change_publicity(cast.partnership, public=True, listed=True, by=cast.coordinator)
    assert get(None, at(cast, "public"))["X-Robots-Tag"] == "all"


def test_a_section_that_is_not_there_is_not_found(cast, opened):
    assert get(None, at(cast, "public_section", "nobody")).status_code == 404


def test_public_pages_only_answer_to_reading(cast, opened):
    assert {Client().post(url).status_code for url in public_urls(cast)} == {405}


# --- Letting everybody read ----------------------------------------------------------------------------


def test_a_coordinator_opens_and_closes_it_with_one_event_each(cast):
    for public, listed in ((True, False), (True, False), (True, True), (False, False)):
        publicity.change_publicity(cast.partnership, public=public, listed=listed, by=cast.coordinator)
    events = Event.objects.filter(act="change_publicity").order_by("pk").values_list("phrase", flat=True)
    assert list(events) == [
        "let everybody read what is published, without search engines listing it",
        "let everybody read what is published, and search engines list it",
        "closed the public page",
    ]
    with pytest.raises(NotNow):
        publicity.change_publicity(cast.partnership, public=False, listed=True, by=cast.coordinator)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Partnership.objects.filter(pk=cast.partnership.pk).update(is_listed=True)


@pytest.mark.parametrize("who", ["second_reader", "board", "lead", "administrator", "outside_coordinator"])
def test_nobody_else_opens_it(cast, who):
    with pytest.raises(PermissionDenied):
        publicity.change_publicity(cast.partnership, public=True, listed=False, by=getattr(cast, who))


def test_the_page_on_which_it_is_opened(cast):
    browser = players.client(cast.coordinator)
    url = at(cast, "publicity")
    assert "Only the people of the partnership can read" in text(browser.get(url))
    assert "Tick both, or neither." in text(browser.post(url, {"listed": "on"}))
    assert "Everybody can read it now." in text(browser.post(url, {"public": "on"}, follow=True))
    assert f"http://testserver/{cast.partnership.slug}/published/" in text(browser.get(url))
    assert "Everybody, since" in text(browser.get(at(cast, "editions")))
    assert "Only the partnership’s people" in text(browser.post(url, {}, follow=True))
