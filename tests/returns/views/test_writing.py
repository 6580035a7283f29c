"""The pages on which an agency writes: whatever comes in between, the words are on the page that answers."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions import people
from agencies.models import Event
from returns.actions import collections, drafting
from returns.models import Answer, Save
from returns.workflow import Status
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Client:
    return players.client(cast.lead)


def form(words: str, **changes: object) -> dict[str, object]:
    return {"text": words, "base_version": 0, "client": "00000000000000aa", "sequence": 1, **changes}


def write(cast: Cast, browser: Client, words: str, page: str = "answer_edit", **changes: object):
    return browser.post(cast.agency_return.url(page, 1), form(words, **changes))


def box(response) -> str:
    """The text in the page's text area, as a person without JavaScript sees it."""
    [found] = re.findall(r"<textarea[^>]*>\n?(.*?)</textarea>", response.content.decode(), re.DOTALL)
    return html.unescape(found)


def hidden(response, name: str) -> str:
    tag = re.search(rf'<input type="hidden" name="{name}"[^>]*>', response.content.decode())
    assert tag
    return re.search(r'value="([^"]*)"', tag[0])[1]


# --- Saving --------------------------------------------------------------------------------------


def test_what_was_written_is_there_when_one_comes_back(cast: Cast, lead: Client) -> None:
    answered = write(cast, lead, "# Heard\n\nThey said **no**.\n\n- a letter\n- a call")
    assert (answered.status_code, answered.url) == (302, cast.agency_return.get_absolute_url())
    assert Answer.objects.get().html == (
        "<h3>Heard</h3><p>They said <strong>no</strong>.</p><ul><li>a letter</li><li>a call</li></ul>"
    )
    page = lead.get(cast.agency_return.url("answer_edit", 1))
    assert box(page) == "# Heard\n\nThey said **no**.\n- a letter\n- a call"
    assert hidden(page, "base_version") == "1"


def test_each_opening_of_the_page_is_another_client(cast: Cast, lead: Client) -> None:
    url = cast.agency_return.url("answer_edit", 1)
    assert hidden(lead.get(url), "client") != hidden(lead.get(url), "client")


def test_staying_on_the_page(cast: Cast, lead: Client) -> None:
    assert write(cast, lead, "Words.", stay="1").url == cast.agency_return.url("answer_edit", 1)


def test_the_same_form_sent_twice_is_saved_once(cast: Cast, lead: Client) -> None:
    assert [write(cast, lead, "Words.").status_code for _ in range(2)] == [302, 302]
    assert Save.objects.count() == 1


def test_the_same_form_sent_again_with_more_words_loses_none(cast: Cast, lead: Client) -> None:
    """After going back in the browser the page is the old one, with its old hidden fields."""
    write(cast, lead, "Words.")
    page = write(cast, lead, "Words and more words.")
    assert (page.status_code, box(page)) == (409, "Words and more words.")
    said = page.content.decode()
    assert "You saved first in another tab" in said
    assert "Keep all of the other page’s" in said
    assert "theirs</" not in said
    assert set(Save.objects.values_list("html", "applied")) == {
        ("<p>Words.</p>", True),
        ("<p>Words and more words.</p>", False),
    }


def test_when_somebody_saved_first_both_texts_are_shown(cast: Cast, lead: Client) -> None:
    players.save(cast, "<p>Their pelican.</p>", by=cast.contributor)
    page = write(cast, lead, "My kingfisher.")
    words = page.content.decode()
    assert page.status_code == 409
    assert "Rhiannon Beddoes saved first" in words
    assert box(page) == "My kingfisher."
    assert "<ins>Their pelican.</ins>" in words
    assert Answer.objects.get().html == "<p>Their pelican.</p>"
    together = write(
        cast,
        lead,
        "My kingfisher and their pelican.",
        base_version=hidden(page, "base_version"),
        client=hidden(page, "client"),
        sequence=hidden(page, "sequence"),
    )
    assert together.status_code == 302
    assert Answer.objects.get().html == "<p>My kingfisher and their pelican.</p>"


@pytest.mark.parametrize(
    "changes",
    [
        {"base_version": ""},
        {"base_version": "x"},
        {"base_version": -1},
        {"base_version": 2**31},
        {"base_version": 10**30},
        {"sequence": 0},
        {"sequence": 2**31},
        {"sequence": 10**30},
        {"client": ""},
        {"client": "not hexadecimal"},
        {"client": "a" * 41},
    ],
)
def test_a_form_that_cannot_be_taken_keeps_the_words(cast: Cast, lead: Client, changes: dict) -> None:
    page = write(cast, lead, "My kingfisher.", **changes)
    assert (page.status_code, box(page)) == (422, "My kingfisher.")
    assert not Save.objects.exists()


def test_a_text_that_is_too_long_is_kept_on_the_page(cast: Cast, lead: Client) -> None:
    words = "kingfisher " * 95_000
    page = write(cast, lead, words)
    assert (page.status_code, box(page).split()) == (422, words.split())
    assert "This text is too long" in page.content.decode()


@pytest.mark.parametrize("words", ["a\x00b", "\x00", "a\x0bb\x0cc", "\ufffe", "\u202eab", "🦑 é ḱ"])
def test_strange_characters_are_saved_or_dropped_but_never_fail(cast: Cast, lead: Client, words: str) -> None:
    assert write(cast, lead, f"Kingfisher {words} pelican").status_code == 302
    text = Answer.objects.get().html
    assert (text.startswith("<p>Kingfisher"), text.endswith("pelican</p>"), "\x00" in text) == (
        True,
        True,
        False,
    )


# --- When nothing can be saved -------------------------------------------------------------------


@pytest.mark.parametrize("status", [one for one in Status if one not in ("draft", "changes_requested")])
def test_words_that_come_too_late_are_handed_back(cast: Cast, lead: Client, status: Status) -> None:
    players.bring_to(cast, status)
    before = Answer.objects.values().get()
    page = write(cast, lead, "My kingfisher.", base_version=1)
    assert (page.status_code, box(page)) == (409, "My kingfisher.")
    assert "Your words are still here" in page.content.decode()
    assert Answer.objects.values().get() == before


def test_words_that_come_after_the_end_are_handed_back(cast: Cast, lead: Client) -> None:
    collections.close_collection(cast.collection, by=cast.coordinator)
    page = write(cast, lead, "My kingfisher.")
    assert (page.status_code, box(page)) == (409, "My kingfisher.")


@pytest.mark.parametrize("page", ["answer_edit", "type_in_answer"])
def test_words_that_come_after_the_session_are_handed_back(cast: Cast, page: str) -> None:
    answered = write(cast, Client(), "My *kingfisher*.", page)
    assert (answered.status_code, box(answered)) == (403, "My *kingfisher*.")
    assert cast.agency_return.url(page, 1) in answered.content.decode()
    assert not Save.objects.exists()


def test_after_two_idle_hours_the_words_are_handed_back(cast: Cast, lead: Client) -> None:
    lead.get(reverse("home"))
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=1), tick=False):
        answered = write(cast, lead, "My kingfisher.")
    assert (answered.status_code, box(answered)) == (403, "My kingfisher.")


def test_after_two_idle_hours_a_page_leads_to_the_sign_in_and_says_why(cast: Cast, lead: Client) -> None:
    lead.get(reverse("home"))
    url = cast.agency_return.get_absolute_url()
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=1), tick=False):
        page = lead.get(url, follow=True)
    assert page.redirect_chain == [(f"{reverse('account_login')}?next={url}", 302)]
    assert "You were signed out because some time had passed." in page.content.decode()


def test_a_text_too_long_that_comes_after_the_session_is_handed_back(cast: Cast) -> None:
    words = "kingfisher " * 95_000
    answered = write(cast, Client(), words)
    assert (answered.status_code, box(answered).split()) == (403, words.split())


def test_nothing_is_handed_back_where_nothing_was_written(cast: Cast) -> None:
    url = cast.agency_return.url("answer_edit", 1)
    for answered in (Client().get(url), Client().post(url, {}), write(cast, Client(), "")):
        assert (answered.status_code, answered.url) == (302, f"{reverse('account_login')}?next={url}")


def test_what_is_handed_back_says_nothing_of_the_return(cast: Cast) -> None:
    """To somebody who is not signed in, whatever the address names."""
    players.save(cast, "<p>A secret pelican.</p>")
    there = write(cast, Client(), "My kingfisher.").content.decode()
    nowhere = Client().post(
        cast.agency_return.url("answer_edit", 1).replace("midvale", "nowhere"), form("My kingfisher.")
    )
    assert nowhere.status_code == 403
    assert [word for word in ("pelican", "Midvale Police", cast.partnership.name) if word in there] == []


def test_whose_part_has_ended_writes_nothing(cast: Cast, lead: Client) -> None:
    people.end_role(factories.role_of(cast.lead, cast.partnership), by=cast.administrator)
    assert write(cast, lead, "My kingfisher.").status_code == 404
    assert not Save.objects.exists()


def test_who_is_disabled_while_writing_is_out_at_once(cast: Cast, lead: Client) -> None:
    people.disable(cast.lead, by=cast.administrator)
    assert write(cast, lead, "My kingfisher.").status_code == 403
    assert not Save.objects.exists()


# --- Nothing to report, sending, taking back -----------------------------------------------------


def test_nothing_to_report_by_page_and_back(cast: Cast, lead: Client) -> None:
    url = cast.agency_return.url("nothing_to_report")
    assert lead.post(url, {"reason": ""}).status_code == 200
    assert lead.post(url, {"reason": "No work with children."}).status_code == 302
    assert cast.agency_return.nil_reason == "No work with children."
    assert lead.post(url, {"undo": "1"}).status_code == 302
    assert cast.agency_return.nil_reason == ""


SIGNED = {"signed_name": "Dilys Morgan", "signed_post": "Head of Safeguarding", "tells": "no"}


def test_sending_needs_who_signed_it_off(cast: Cast, lead: Client) -> None:
    players.save(cast)
    url = cast.agency_return.url("send")
    today = timezone.localdate()
    for missing in ("signed_name", "signed_post", "signed_on"):
        values = {**SIGNED, "signed_on": today.isoformat(), missing: ""}
        assert lead.post(url, values).status_code == 200
    tomorrow = (today + timedelta(days=1)).isoformat()
    page = lead.post(url, {**SIGNED, "signed_on": tomorrow})
    assert "The date is in the future." in page.content.decode()
    assert cast.agency_return.status == Status.DRAFT
    sent = lead.post(url, {**SIGNED, "signed_on": today.isoformat()})
    assert (sent.status_code, sent.url) == (302, cast.agency_return.url("sent"))
    assert cast.agency_return.status == Status.SUBMITTED


def test_sending_twice_is_told_and_done_once(cast: Cast, lead: Client) -> None:
    players.save(cast)
    values = {**SIGNED, "signed_on": timezone.localdate().isoformat()}
    answers = [lead.post(cast.agency_return.url("send"), values).status_code for _ in range(2)]
    assert answers == [302, 200]
    assert Event.objects.filter(act="submit").count() == 1


def test_a_copy_to_keep_is_the_text_as_it_stands(cast: Cast, lead: Client) -> None:
    players.save(cast, "<p>My kingfisher.</p>")
    copy = lead.get(cast.agency_return.url("copy_to_keep"))
    assert copy["Content-Type"] == "text/plain; charset=utf-8"
    assert (
        copy["Content-Disposition"]
        == f'attachment; filename="return-2025-26-midvale-police-{cast.partnership.slug}.txt"'
    )
    assert copy.content.decode().count("My kingfisher.") == 1


def test_buttons_that_cannot_be_pressed_are_not_shown(cast: Cast, lead: Client) -> None:
    """Taking back ends with the collection."""
    players.bring_to(cast, Status.SUBMITTED)
    link = cast.agency_return.url("move", "take-back")
    assert link in lead.get(cast.agency_return.get_absolute_url()).content.decode()
    collections.close_collection(cast.collection, by=cast.coordinator)
    assert link not in lead.get(cast.agency_return.get_absolute_url()).content.decode()


# --- A coordinator types in ----------------------------------------------------------------------


def test_typing_in_what_the_agency_writes_itself_hands_it_back_and_shows_nothing(cast: Cast) -> None:
    players.save(cast, "<p>Their pelican.</p>")
    page = write(cast, players.client(cast.coordinator), "My kingfisher.", "type_in_answer")
    assert (page.status_code, box(page)) == (409, "My kingfisher.")
    assert "pelican" not in page.content.decode()


def test_nothing_to_report_is_not_shown_to_who_would_type_in(cast: Cast) -> None:
    drafting.set_nil(cast.agency_return, reason="A secret pelican.", by=cast.lead)
    coordinator = players.client(cast.coordinator)
    for page in ("type_in", "type_in_answer", "type_in_send"):
        numbers = (1,) if page == "type_in_answer" else ()
        answered = coordinator.get(cast.agency_return.url(page, *numbers), follow=True)
        assert "pelican" not in answered.content.decode()


# --- Hostile texts -------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert('MARK')</script>",
    "<img src=x onerror=alert('MARK')>",
    "<a href=\"javascript:alert('MARK')\">MARK</a>",
    "<svg onload=alert('MARK')><desc>MARK</desc></svg>",
    "</textarea><script>alert('MARK')</script>",
    "<p style='position:fixed' onclick=alert('MARK')>MARK</p>",
    "<iframe srcdoc='<script>alert(1)</script>'>MARK</iframe>",
    "<form action=https://evil.example><button>MARK</button></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert('MARK')></style></mglyph></table></mtext></math>",
    "&lt;script&gt;alert('MARK')&lt;/script&gt;",
    "[MARK](javascript:alert(1))",
    '[MARK](https://example.org"onmouseover="alert(1))',
    "{{ MARK }}{% load static %}",
)
FOREIGN_TAGS = {"img", "iframe", "svg", "math", "object", "embed", "style", "base", "video", "audio", "desc"}


class Dangers(HTMLParser):
    """What a browser would act on and none of our pages has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if (
            (tag in FOREIGN_TAGS and values.get("class") != "shape")  # the sign beside a status is ours
            or (tag == "script" and not values.get("src", "").startswith("/static/"))
            or (tag == "form" and not values.get("action", "/").startswith(("/", "?")) and values["action"])
            or any(name.startswith("on") or name in ("style", "srcdoc") for name in values)
            or any("javascript:" in values.get(name, "").lower() for name in ("href", "src", "action"))
        ):
            self.found.append(self.get_starttag_text() or tag)


def dangers(page: str) -> list[str]:
    reader = Dangers()
    reader.feed(page)
    reader.close()
    return reader.found


def test_the_search_for_dangers_finds_them() -> None:
    assert [bool(dangers(text)) for text in HOSTILE[:9]] == [True] * 9
    assert dangers('<textarea data-html="&lt;img src=x onerror=1&gt;"></textarea><a href="/x">x</a>') == []


@pytest.mark.parametrize("how", ["html", "simple"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_nowhere(cast: Cast, text: str, how: str) -> None:
    one, lead, coordinator = cast.agency_return, players.client(cast.lead), players.client(cast.coordinator)
    saved = write(cast, lead, f"Before {text} after", **{"text-format": how})
    assert saved.status_code == 302
    stale = write(cast, lead, f"Stale {text} after", client="00000000000000bb", **{"text-format": how})
    assert stale.status_code == 409
    wrong = write(cast, lead, f"Wrong {text} after", client="", **{"text-format": how})
    assert wrong.status_code == 422
    signed_out = write(cast, Client(), f"Late {text} after", **{"text-format": how})
    pages = [stale, wrong, signed_out, *[lead.get(one.url(name)) for name in ("as_printed", "check")]]
    pages.append(lead.get(one.url("answer_edit", 1)))
    players.submit(cast)
    pages.append(coordinator.get(one.url("review")))
    players.move(cast, "request_changes", reason=f"Why {text}")
    players.save(cast, "<p>Something else.</p>")
    players.submit(cast)
    pages.append(coordinator.get(one.url("review")))
    players.move(cast, "approve")
    pages.append(coordinator.get(reverse("appendix", args=[cast.partnership.slug, cast.collection.slug])))
    pages += [coordinator.get(one.url("return_history")), lead.get(one.url("revision", 1))]
    for page in pages:
        assert dangers(page.content.decode()) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_reasons_and_names_come_out_nowhere(cast: Cast, text: str) -> None:
    one, lead, coordinator = cast.agency_return, players.client(cast.lead), players.client(cast.coordinator)
    lead.post(one.url("nothing_to_report"), {"reason": text})
    pages = [lead.get(one.get_absolute_url()), lead.get(one.url("check"))]
    lead.post(
        one.url("ask_time"),
        {"reason": text, "wanted_on": (timezone.localdate() + timedelta(days=60)).isoformat()},
    )
    pages.append(coordinator.get(one.url("ask_answer", one.asks.get().pk)))
    today = timezone.localdate().isoformat()
    lead.post(one.url("send"), {"signed_name": text, "signed_post": text, "signed_on": today, "tells": "no"})
    assert cast.agency_return.status == Status.SUBMITTED
    pages.append(coordinator.get(one.url("review")))
    coordinator.post(one.url("move", "request-changes"), {"reason": text})
    pages += [
        lead.get(one.get_absolute_url()),
        lead.get(one.url("answer_edit", 1)),
        lead.get(one.url("return_history")),
    ]
    for page in pages:
        assert page.status_code == 200
        assert dangers(page.content.decode()) == []
