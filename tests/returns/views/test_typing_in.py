"""Typing in what an agency sent by e-mail: saved in the background, two texts side by side, never past the agency."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from agencies.models import User
from returns.models import Presence, Save
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

PAGE, OTHER = "aaaaaaaa", "bbbbbbbb"
PELICAN, KINGFISHER = "<p>Their pelican.</p>", "<p>My kingfisher.</p>"


def ask(cast: Cast, user: User, what: str, **body: object) -> dict[str, object]:
    url = cast.agency_return.url(what, 1)
    body = {"person": user.pk, "client": PAGE, "base_version": 0, **body}
    return players.client(user).post(url, json.dumps(body), content_type="application/json").json()


def autosave(cast: Cast, user: User, text: str, **body: object) -> dict[str, object]:
    return ask(cast, user, "type_in_autosave", **{"text": text, "text-format": "html", "sequence": 1, **body})


def test_it_is_saved_in_the_background_as_typed_in(cast: Cast) -> None:
    said = autosave(cast, cast.coordinator, PELICAN)
    assert (said["state"], said["version"]) == ("saved", 1)
    assert cast.agency_return.answers.get().html == PELICAN
    assert cast.agency_return.typed_by == cast.coordinator


def test_the_text_is_called_the_agencys_and_at_home_it_is_yours(cast: Cast) -> None:
    pages = {
        name: players.client(who).get(cast.agency_return.url(name, 1)).content.decode()
        for name, who in (("answer_edit", cast.lead), ("type_in_answer", cast.coordinator))
    }
    assert "The agency’s answer" in pages["type_in_answer"] and "Your answer" not in pages["type_in_answer"]
    assert "Your answer" in pages["answer_edit"] and "The agency’s answer" not in pages["answer_edit"]


def test_two_coordinators_see_each_other_and_neither_overwrites_the_other(cast: Cast) -> None:
    autosave(cast, cast.coordinator, PELICAN)
    ask(cast, cast.coordinator, "type_in_watch")
    said = ask(cast, cast.second_coordinator, "type_in_watch", client=OTHER)
    assert str(said["others"]).startswith(f"{cast.coordinator} (saved at ")
    assert str(said["newer"]).startswith(f"{cast.coordinator} saved another text at ")
    behind = autosave(cast, cast.second_coordinator, KINGFISHER, client=OTHER)
    assert (behind["state"], behind["by"]) == ("behind", str(cast.coordinator))
    assert cast.agency_return.answers.get().html == PELICAN
    assert Save.objects.get(applied=False).html == KINGFISHER


def both(cast: Cast, browser: Client, **more: str):
    """The page with two texts, and what was chosen on it."""
    values = {"text": KINGFISHER, "text-format": "html", "base_version": 0, "client": OTHER, "sequence": 2}
    page = browser.post(cast.agency_return.url("type_in_answer", 1), values)
    answer = cast.agency_return.answers.get()
    chosen = {**values, "base_version": answer.version, "from_version": 0, "sequence": 3, **more}
    return page, browser.post(cast.agency_return.url("type_in_merge", 1), chosen)


def test_both_texts_are_shown_and_one_is_chosen(cast: Cast) -> None:
    players.type_in(cast, PELICAN)
    page, saved = both(cast, players.client(cast.second_coordinator), whole="mine")
    assert page.status_code == 409
    shown = page.content.decode()
    assert "pelican" in shown and "kingfisher" in shown
    assert "answer_earlier" not in shown and "/earlier/" not in shown  # the agency's page, closed to them
    assert (saved.status_code, saved.url) == (302, cast.agency_return.url("type_in_answer", 1))
    assert cast.agency_return.answers.get().html == KINGFISHER


def test_once_the_agency_writes_itself_its_words_are_not_shown(cast: Cast) -> None:
    players.type_in(cast, PELICAN)
    secret = "<p>The agency’s heron.</p>"
    players.save(cast, secret)
    said = autosave(cast, cast.coordinator, KINGFISHER, base_version=1)
    assert said["state"] == "closed"
    watched = ask(cast, cast.coordinator, "type_in_watch", base_version=1)
    assert (watched["closed"], watched["newer"]) == ("Being written by the agency itself", "")
    for page in both(cast, players.client(cast.coordinator), whole="mine"):
        shown = page.content.decode()
        assert page.status_code == 409 and "kingfisher" in shown and "heron" not in shown
        assert "The agency has begun to write its own answer" in shown
        assert "See how the return stands now." in shown
    assert cast.agency_return.answers.get().html == secret


def test_when_it_was_sent_meanwhile_the_page_says_how_it_stands(cast: Cast) -> None:
    players.type_in(cast, PELICAN)
    players.submit_for_agency(cast)
    assert ask(cast, cast.coordinator, "type_in_watch", base_version=1)["closed"] == "Sent to the partnership"


def test_only_a_coordinator_saves_or_watches_there(cast: Cast) -> None:
    for user, state in ((cast.lead, 403), (cast.second_reader, 404), (cast.stranger, 404)):
        for what in ("type_in_autosave", "type_in_watch"):
            body = {"person": user.pk, "client": PAGE, "base_version": 0, "text": "x", "sequence": 1}
            response = players.client(user).post(
                cast.agency_return.url(what, 1), json.dumps(body), content_type="application/json"
            )
            assert (response.status_code, response.json()["state"]) == (state, "not_yours")
    assert (Save.objects.count(), Presence.objects.count()) == (0, 0)
