"""Saving in the background and what refuses a text: nothing is overwritten, nothing is dropped, nothing is said too
early."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions import people
from agencies.models import Event
from returns.actions import presence
from returns.models import Presence, Save
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

PAGE, OTHER = "aaaaaaaa", "bbbbbbbb"


@pytest.fixture
def cast() -> Cast:
    return players.make()


def post(browser: Client, cast: Cast, what: str, body: dict[str, object], *, user=None, **more: object):
    return browser.post(
        cast.agency_return.url(what, 1),
        json.dumps({"person": (user or cast.lead).pk, **body}),
        content_type="application/json",
        **more,
    )


def autosave(
    browser: Client, cast: Cast, text: str, *, base: int = 0, sequence: int = 1, user=None, client=PAGE
):
    body = {"text": text, "text-format": "html", "base_version": base, "client": client, "sequence": sequence}
    return post(browser, cast, "answer_autosave", body, user=user)


def watch(
    browser: Client, cast: Cast, *, base: int = 0, client: str = PAGE, user=None, **page: int
) -> dict[str, str]:
    body = {"base_version": base, "client": client, **page}
    return post(browser, cast, "answer_watch", body, user=user).json()


def text_of(cast: Cast) -> str:
    return cast.agency_return.answers.get(question=cast.question).html


# --- Saving in the background --------------------------------------------------------------------


def test_it_says_saved_with_the_time_and_the_version(cast: Cast) -> None:
    with time_machine.travel("2026-06-03T13:32:00+00:00", tick=False):
        response = autosave(players.client(cast.lead), cast, "<p>We asked.</p>")
    assert (response.status_code, response.json()) == (
        200,
        {"state": "saved", "version": 1, "sequence": 1, "at": "14:32", "by": "Aneela Khan", "own": True},
    )
    assert text_of(cast) == "<p>We asked.</p>"
    assert "no-store" in response["Cache-Control"]


def test_it_cleans_as_the_page_does(cast: Cast) -> None:
    autosave(
        players.client(cast.lead), cast, "<p onclick=x>We <u>asked</u>.<script>alert(1)</script></p>\ud800"
    )
    assert text_of(cast) == "<p>We <strong>asked</strong>.</p>"


def test_the_plain_box_is_saved_too(cast: Cast) -> None:
    body = {"text": "- one\n- two", "text-format": "simple", "base_version": 0, "client": PAGE, "sequence": 1}
    post(players.client(cast.lead), cast, "answer_autosave", body)
    assert text_of(cast) == "<ul><li>one</li><li>two</li></ul>"


def test_somebody_who_saved_first_is_named_and_nothing_is_overwritten(cast: Cast) -> None:
    players.save(cast, "<p>Theirs.</p>", by=cast.contributor)
    response = autosave(players.client(cast.lead), cast, "<p>Mine.</p>")
    said = response.json()
    assert (response.status_code, said["state"]) == (409, "behind")
    assert (said["by"], said["own"]) == ("Rhiannon Beddoes", False)
    assert text_of(cast) == "<p>Theirs.</p>"
    assert Save.objects.get(applied=False).html == "<p>Mine.</p>"


def test_an_answer_that_was_lost_on_the_way_is_no_conflict(cast: Cast) -> None:
    """The server saved, the connection broke; the page goes on from the version it knows."""
    browser = players.client(cast.lead)
    autosave(browser, cast, "<p>One.</p>")
    said = autosave(browser, cast, "<p>One two.</p>", sequence=2).json()
    assert (said["state"], said["version"], text_of(cast)) == ("saved", 2, "<p>One two.</p>")


def test_a_late_older_request_of_the_same_page_is_kept_beside(cast: Cast) -> None:
    browser = players.client(cast.lead)
    autosave(browser, cast, "<p>One two.</p>", sequence=2)
    assert autosave(browser, cast, "<p>One.</p>", sequence=1).json()["state"] == "behind"
    assert text_of(cast) == "<p>One two.</p>"


def test_only_an_unbroken_line_of_ones_own_saves_is_gone_on_with(cast: Cast) -> None:
    browser = players.client(cast.lead)
    autosave(browser, cast, "<p>One.</p>")
    players.save(cast, "<p>Theirs.</p>", by=cast.contributor)
    assert autosave(browser, cast, "<p>One two.</p>", sequence=2).json()["state"] == "behind"
    assert text_of(cast) == "<p>Theirs.</p>"


def test_a_repeated_request_names_its_own_version_not_the_newest(cast: Cast) -> None:
    """Or the page would base its next save on a text it has never seen."""
    browser = players.client(cast.lead)
    autosave(browser, cast, "<p>One.</p>")
    players.save(cast, "<p>Theirs.</p>", by=cast.contributor)
    assert autosave(browser, cast, "<p>One.</p>").json()["version"] == 1


def test_when_the_pen_is_gone_it_says_so_and_stores_nothing(cast: Cast) -> None:
    players.bring_to(cast, "submitted")
    before = Save.objects.count()
    response = autosave(players.client(cast.lead), cast, "<p>More.</p>", base=1)
    assert (response.status_code, response.json()["state"]) == (409, "closed")
    assert Save.objects.count() == before


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": "x" * 1_000_001, "base_version": 0, "client": PAGE, "sequence": 1}, 422),
        ({"text": "x", "base_version": -1, "client": PAGE, "sequence": 1}, 422),
        ({"text": "x", "base_version": 0, "client": "not hex", "sequence": 1}, 422),
        ({"base_version": 0, "client": PAGE, "sequence": 1}, 422),  # no text is not an empty text
        ({}, 422),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(cast: Cast, body: dict, status: int) -> None:
    response = post(players.client(cast.lead), cast, "answer_autosave", {"text-format": "html", **body})
    assert (response.status_code, response.json()["state"]) == (status, "refused")
    assert response.json()["reasons"]
    assert not Save.objects.exists()


@pytest.mark.parametrize(
    "sent", ["", "[]", "null", "{", '{"text": ["x"]}', '{"text": null}', '{"person": 1e999}', "\xff"]
)
def test_what_is_no_request_of_a_page_is_refused(cast: Cast, sent: str) -> None:
    url = cast.agency_return.url("answer_autosave", 1)
    response = players.client(cast.lead).post(url, sent.encode("latin-1"), content_type="application/json")
    assert response.status_code in (400, 409)
    assert not Save.objects.exists()


def test_nobody_signed_in_is_told_so_and_nothing_is_stored(cast: Cast) -> None:
    response = autosave(players.client(None), cast, "<p>Mine.</p>")
    assert (response.status_code, response.json()["state"]) == (401, "signed_out")
    assert not Save.objects.exists()


def test_words_are_not_saved_under_the_name_of_who_signed_in_since(cast: Cast) -> None:
    response = autosave(players.client(cast.contributor), cast, "<p>Mine.</p>", user=cast.lead)
    assert (response.status_code, response.json()["state"]) == (409, "somebody_else")
    assert response.json()["by"] == "Rhiannon Beddoes"
    assert not Save.objects.exists()


def test_who_may_not_write_any_more_is_told_so(cast: Cast) -> None:
    browser = players.client(cast.contributor)
    people.end_role(factories.role_of(cast.contributor, cast.partnership), by=cast.coordinator)
    response = autosave(browser, cast, "<p>Mine.</p>", user=cast.contributor)
    assert (response.status_code, response.json()["state"]) == (404, "not_yours")


def test_a_missing_token_is_given_anew(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.lead)
    refused = autosave(browser, cast, "<p>Mine.</p>")
    assert (refused.status_code, refused.json()["state"]) == (403, "old_token")
    token = browser.cookies["csrftoken"].value
    body = {"text": "<p>Mine.</p>", "text-format": "html", "base_version": 0, "client": PAGE, "sequence": 1}
    taken = post(browser, cast, "answer_autosave", body, headers={"X-CSRFToken": token})
    assert taken.json()["state"] == "saved"


def test_it_asks_the_database_the_same_each_time(cast: Cast, django_assert_num_queries) -> None:
    browser = players.client(cast.lead)
    for number in range(1, 4):
        autosave(browser, cast, f"<p>Save {number}.</p>", base=number - 1, sequence=number)
        watch(browser, cast, base=number)
    with django_assert_num_queries(13):  # one of them is the test's own
        autosave(browser, cast, "<p>Save 4.</p>", base=3, sequence=4)
    for number in range(4, 30):
        autosave(browser, cast, f"<p>Save {number + 1}.</p>", base=number, sequence=number + 1)
    with django_assert_num_queries(13):
        autosave(browser, cast, "<p>Save 31.</p>", base=30, sequence=31)


# --- Who else is there ---------------------------------------------------------------------------


def test_who_else_has_it_open_and_when_they_saved(cast: Cast) -> None:
    mine, theirs = players.client(cast.lead), players.client(cast.contributor)
    assert watch(mine, cast)["others"] == ""
    watch(theirs, cast, client=OTHER, user=cast.contributor)
    assert watch(mine, cast)["others"] == "Rhiannon Beddoes has this open, too."
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        autosave(theirs, cast, "<p>Theirs.</p>", client=OTHER, user=cast.contributor)
        watch(theirs, cast, client=OTHER, user=cast.contributor)
        clock = f"{timezone.localtime():%H:%M}"
        said = watch(mine, cast)
    assert said["others"] == f"Rhiannon Beddoes (saved at {clock}) has this open, too."
    assert said["newer"] == f"Rhiannon Beddoes saved another text at {clock}."
    page = mine.get(cast.agency_return.url("answer_edit", 1)).content.decode()
    assert "Rhiannon Beddoes (saved at" in page


def test_ones_own_other_tab_is_said_to_be_ones_own(cast: Cast) -> None:
    browser, start = players.client(cast.lead), timezone.now()
    with time_machine.travel(start, tick=False):
        watch(browser, cast, age=0)
    with time_machine.travel(start + timedelta(seconds=90), tick=False):
        assert watch(browser, cast, client=OTHER, age=10)["others"] == ""  # the page before broke off
        said = watch(browser, cast, age=90)["others"]
    assert said == "You have this open in another tab or window, too."
    page = browser.get(cast.agency_return.url("answer_edit", 1)).content.decode()
    assert said not in page


def test_a_text_of_ones_own_from_another_tab_is_said_to_be_ones_own(cast: Cast) -> None:
    browser = players.client(cast.lead)
    autosave(browser, cast, "<p>One.</p>", client=OTHER)
    assert watch(browser, cast)["newer"].startswith("You saved another text in another tab at ")


def test_a_page_that_is_left_is_not_there_any_more(cast: Cast) -> None:
    browser = players.client(cast.lead)
    watch(browser, cast, age=0)
    watch(browser, cast, client=OTHER, age=0)
    assert watch(browser, cast, client=OTHER, age=1, leaving=1) == {"state": "left"}
    assert [one.client for one in Presence.objects.all()] == [PAGE]
    assert watch(browser, cast, age=60)["others"] == ""


def test_nobody_ends_the_page_of_another(cast: Cast) -> None:
    watch(players.client(cast.contributor), cast, client=OTHER, user=cast.contributor)
    watch(players.client(cast.lead), cast, client=OTHER, leaving=1)
    assert [one.user for one in Presence.objects.all()] == [cast.contributor]


def test_a_page_that_is_gone_is_forgotten(cast: Cast) -> None:
    presence.note(cast.agency_return, cast.question, client=OTHER, by=cast.contributor)
    browser = players.client(cast.lead)
    with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=False):
        assert watch(browser, cast)["others"] == ""
    with time_machine.travel(timezone.now() + timedelta(minutes=70), tick=False):
        watch(browser, cast)
        assert [one.user for one in Presence.objects.all()] == [cast.lead]


def test_being_there_is_no_event(cast: Cast) -> None:
    before = Event.objects.count()
    watch(players.client(cast.lead), cast)
    assert Event.objects.count() == before


def test_a_page_learns_that_the_return_was_sent(cast: Cast) -> None:
    players.bring_to(cast, "submitted")
    assert watch(players.client(cast.lead), cast, base=1)["closed"] == "Sent to the partnership"


# --- The session ---------------------------------------------------------------------------------


def test_typing_extends_the_session_and_being_open_does_not(cast: Cast, settings) -> None:
    settings.SESSION_IDLE_SECONDS = 600
    browser = players.client(cast.lead)
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        autosave(browser, cast, "<p>One.</p>")
    for minutes, left in ((4, 360), (8, 120)):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            response = post(browser, cast, "answer_watch", {"base_version": 1, "client": PAGE})
            assert abs(int(response["Session-Left"]) - left) <= 1
    with time_machine.travel(start + timedelta(minutes=9), tick=False):
        assert autosave(browser, cast, "<p>Two.</p>", base=1, sequence=2)["Session-Left"] == "600"
    with time_machine.travel(start + timedelta(minutes=18), tick=False):
        assert browser.post(reverse("stay_signed_in"))["Session-Left"] == "600"
    with time_machine.travel(start + timedelta(minutes=29), tick=False):
        assert watch(browser, cast, base=2)["state"] == "signed_out"


def test_nobody_stays_signed_in_beyond_the_longest_session(cast: Cast) -> None:
    browser = players.client(cast.lead)
    browser.get(reverse("home"))
    session = browser.session
    session["began"] = int(time.time()) - 12 * 3600 + 60
    session.save()
    assert int(browser.post(reverse("stay_signed_in"))["Session-Left"]) <= 60


# --- Handed back ---------------------------------------------------------------------------------


def form(text: str = "<p>Mine.</p>", **more: object) -> dict[str, object]:
    return {"text": text, "text-format": "html", "base_version": 0, "client": PAGE, "sequence": 1, **more}


def handed_back(response) -> str:
    page = response.content.decode()
    assert "Your text (not saved)" in page
    return page.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0]


@pytest.mark.parametrize("what", ["answer_edit", "answer_merge"])
def test_a_text_that_comes_after_the_session_is_handed_back(cast: Cast, what: str) -> None:
    response = players.client(None).post(cast.agency_return.url(what, 1), form(from_version=0))
    assert response.status_code == 403
    assert handed_back(response) == "Mine."
    assert not Save.objects.exists()


def test_a_text_that_comes_with_an_old_token_is_handed_back(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.lead)
    url = cast.agency_return.url("answer_edit", 1)
    response = browser.post(url, form("<p>a &lt;/textarea> b</p>"), headers={"Origin": "http://testserver"})
    assert (response.status_code, handed_back(response)) == (403, "a &lt;/textarea&gt; b")
    assert not Save.objects.exists()


def test_another_site_cannot_write_into_our_page(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.lead)
    url = cast.agency_return.url("answer_edit", 1)
    response = browser.post(url, form("<p>Ring this number.</p>"), headers={"Origin": "https://evil.example"})
    assert response.status_code == 403
    assert "Ring this number" not in response.content.decode()


CASE_STUDY = {
    "tells": "yes",
    "permission": "The mother agreed & our worker\r\nholds it.",
    "signed_name": "Dilys Morgan",
    "signed_post": "Head",
}


@pytest.mark.parametrize("page", ["send", "nothing_to_report", "ask_time", "point_keep"])
def test_what_was_written_into_any_other_form_is_handed_back(cast: Cast, page: str) -> None:
    response = Client().post(cast.agency_return.url(page), CASE_STUDY)
    assert response.status_code == 403
    assert handed_back(response).split("\n") == [
        "The mother agreed &amp; our worker",
        "holds it.",
        "",
        "Dilys Morgan",
    ]
    assert Client().get(cast.agency_return.url(page)).status_code == 302


def test_what_was_written_before_a_token_grew_old_is_handed_back(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.lead)
    response = browser.post(
        cast.agency_return.url("send"), CASE_STUDY, headers={"Origin": "http://testserver"}
    )
    assert (response.status_code, "The mother agreed" in handed_back(response)) == (403, True)


def test_no_password_is_handed_back() -> None:
    browser = Client(enforce_csrf_checks=True)
    sent = {"login": "a@example.org", "password": factories.PASSWORD}
    response = browser.post(reverse("account_login"), sent, headers={"Origin": "http://testserver"})
    assert response.status_code == 403
    assert factories.PASSWORD not in response.content.decode()


def test_a_reason_that_comes_too_late_is_handed_back(cast: Cast) -> None:
    """The agency has taken its return back while somebody wrote what has to change."""
    players.bring_to(cast, "submitted")
    players.move(cast, "take_back", by=cast.lead)
    url = cast.agency_return.url("move", "request-changes")
    response = players.client(cast.coordinator).post(url, {"reason": "Leave the initials out."})
    assert (response.status_code, handed_back(response)) == (409, "Leave the initials out.")


def test_a_text_of_somebody_whose_part_has_ended_is_handed_back(cast: Cast) -> None:
    browser = players.client(cast.contributor)
    people.end_role(factories.role_of(cast.contributor, cast.partnership), by=cast.coordinator)
    response = browser.post(cast.agency_return.url("answer_edit", 1), form())
    assert (response.status_code, handed_back(response)) == (404, "Mine.")


@pytest.mark.parametrize(
    ("status", "way"),
    [
        ("submitted", "Take it back"),
        ("in_review", "Ask to change it"),
        ("approved", "Ask to change it"),
        ("excluded", "left out"),
    ],
)
def test_a_text_that_comes_when_the_pen_is_gone_is_handed_back_with_what_to_do(
    cast: Cast, status: str, way: str
) -> None:
    players.bring_to(cast, status)
    response = players.client(cast.lead).post(cast.agency_return.url("answer_edit", 1), form(base_version=1))
    assert (response.status_code, handed_back(response)) == (409, "Mine.")
    assert way in response.content.decode()


def test_a_contributor_is_told_whom_to_ask(cast: Cast) -> None:
    players.bring_to(cast, "submitted")
    response = players.client(cast.contributor).post(
        cast.agency_return.url("answer_edit", 1), form(base_version=1)
    )
    assert "Ask the person responsible to take the return back." in response.content.decode()


def test_the_due_date_eats_nothing(cast: Cast) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        assert autosave(players.client(cast.lead), cast, "<p>Late.</p>").json()["state"] == "saved"
