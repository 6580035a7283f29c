"""Two texts on one page, what was there earlier, and comparing milestones."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from agencies.errors import NotNow
from agencies.models import Event
from returns.actions import restoring
from returns.models import Answer, Save
from returns.models.earlier import kept_beside, saves_of, thinned
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

PAGE = "aaaaaaaa"
BASE = "<p>First.</p><p>Middle.</p><p>Last.</p>"


@pytest.fixture
def cast() -> Cast:
    return players.make()


def form(text: str, base: int, **more: object) -> dict[str, object]:
    return {"text": text, "text-format": "html", "base_version": base, "client": PAGE, "sequence": 1, **more}


def answer(cast: Cast) -> Answer:
    return Answer.objects.get(agency_return=cast.agency_return, question=cast.question)


def hidden(page: str, name: str) -> str:
    """A hidden field of the form in which passages are chosen, the first on the page."""
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1]


# --- Two texts -----------------------------------------------------------------------------------


def conflict(cast: Cast, mine: str, theirs: str) -> str:
    players.save(cast, BASE)
    players.save(cast, theirs, by=cast.contributor)
    response = players.client(cast.lead).post(cast.agency_return.url("answer_edit", 1), form(mine, 1))
    assert response.status_code == 409
    return response.content.decode()


def choose(cast: Cast, mine: str, **more: object):
    values = form(mine, 2, from_version=1, client="bbbbbbbb")
    return players.client(cast.lead).post(cast.agency_return.url("answer_merge", 1), {**values, **more})


def test_the_page_names_what_both_were_made_from(cast: Cast) -> None:
    page = conflict(
        cast, "<p>Mine.</p><p>Middle.</p><p>Last.</p>", "<p>First.</p><p>Middle.</p><p>Theirs.</p>"
    )
    assert (hidden(page, "base_version"), hidden(page, "from_version")) == ("2", "1")
    assert page.count("<fieldset") == 2
    assert "<ins>Mine.</ins>" in page
    assert "<ins>Theirs.</ins>" in page
    assert "Save both changes together" in page


def test_changes_that_fit_are_saved_together(cast: Cast) -> None:
    mine = "<p>Mine.</p><p>Middle.</p><p>Last.</p>"
    conflict(cast, mine, "<p>First.</p><p>Middle.</p><p>Theirs.</p>")
    choose(cast, mine, whole="joined")
    assert answer(cast).html == "<p>Mine.</p><p>Middle.</p><p>Theirs.</p>"


def test_changes_that_overlap_are_never_joined_unasked(cast: Cast) -> None:
    mine = "<p>First.</p><p>Mine.</p><p>Last.</p>"
    page = conflict(cast, mine, "<p>First.</p><p>Theirs.</p><p>Last.</p>")
    assert "Save both changes together" not in page
    choose(cast, mine, whole="joined")  # as if somebody had pressed it all the same
    assert answer(cast).html == "<p>First.</p><p>Theirs.</p><p>Mine.</p><p>Last.</p>"


@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        ({"take-1": "mine"}, "<p>First.</p><p>Mine.</p><p>Last.</p>"),
        ({"take-1": "theirs"}, "<p>First.</p><p>Theirs.</p><p>Last.</p>"),
        ({"take-1": "both"}, "<p>First.</p><p>Theirs.</p><p>Mine.</p><p>Last.</p>"),
        ({}, "<p>First.</p><p>Theirs.</p><p>Mine.</p><p>Last.</p>"),
        ({"take-1": "something else"}, "<p>First.</p><p>Theirs.</p><p>Mine.</p><p>Last.</p>"),
        ({"whole": "mine", "take-1": "theirs"}, "<p>First.</p><p>Mine.</p><p>Last.</p>"),
    ],
)
def test_what_is_chosen_is_saved(cast: Cast, choice: dict[str, str], wanted: str) -> None:
    mine = "<p>First.</p><p>Mine.</p><p>Last.</p>"
    conflict(cast, mine, "<p>First.</p><p>Theirs.</p><p>Last.</p>")
    assert choose(cast, mine, **choice).status_code == 302
    assert answer(cast).html == wanted
    assert {mine, "<p>First.</p><p>Theirs.</p><p>Last.</p>", BASE} <= set(
        Save.objects.values_list("html", flat=True)
    )


def test_chosen_twice_is_chosen_once(cast: Cast) -> None:
    mine = "<p>First.</p><p>Mine.</p><p>Last.</p>"
    conflict(cast, mine, "<p>First.</p><p>Theirs.</p><p>Last.</p>")
    for _ in range(2):
        assert choose(cast, mine, whole="mine").status_code == 302
    assert answer(cast).version == 3


def test_somebody_who_saves_again_meanwhile_is_shown_again(cast: Cast) -> None:
    mine = "<p>First.</p><p>Mine.</p><p>Last.</p>"
    conflict(cast, mine, "<p>First.</p><p>Theirs.</p><p>Last.</p>")
    players.save(cast, "<p>First.</p><p>Theirs, too.</p><p>Last.</p>", by=cast.contributor)
    response = choose(cast, mine, **{"take-1": "both"})
    assert response.status_code == 409
    assert answer(cast).html == "<p>First.</p><p>Theirs, too.</p><p>Last.</p>"
    assert Save.objects.filter(
        html="<p>First.</p><p>Theirs.</p><p>Mine.</p><p>Last.</p>", applied=False
    ).exists()


def test_without_knowing_the_base_nothing_is_offered_ready_made(cast: Cast) -> None:
    players.save(cast, BASE)
    response = players.client(cast.lead).post(
        cast.agency_return.url("answer_edit", 1), form("<p>First.</p><p>Mine.</p>", 77)
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Save both changes together" not in page
    assert "Mine." in page


def test_choosing_when_the_pen_is_gone_hands_the_words_back(cast: Cast) -> None:
    mine = "<p>First.</p><p>Mine.</p><p>Last.</p>"
    conflict(cast, mine, "<p>First.</p><p>Theirs.</p><p>Last.</p>")
    players.submit(cast)
    response = choose(cast, mine)
    assert response.status_code == 409
    assert "Theirs.\n\nMine." in response.content.decode()


def test_a_choice_that_cannot_be_read_hands_the_words_back(cast: Cast) -> None:
    players.save(cast, BASE)
    response = choose(cast, "<p>Mine.</p>", from_version="x")
    assert response.status_code == 422
    assert "Mine.</textarea>" in response.content.decode()


# --- What was there earlier ----------------------------------------------------------------------


def test_every_text_is_listed_and_can_be_read(cast: Cast) -> None:
    conflict(cast, "<p>Mine.</p>", "<p>Theirs.</p>")
    browser = players.client(cast.lead)
    page = browser.get(cast.agency_return.url("answer_earlier", 1) + "?all=1").content.decode()
    links = re.findall(r'href="([^"]+/earlier/\d+/)"', page)
    assert len(links) == 3
    assert (page.count("Not taken over"), page.count("The draft now")) == (1, 1)
    texts = [browser.get(link).content.decode() for link in links]
    assert [said in text for said, text in zip(["Mine.", "Theirs.", "Middle."], texts, strict=True)] == [
        True
    ] * 3
    assert ["This text was not taken over" in text for text in texts] == [True, False, False]
    assert ["Bring this text back" in text for text in texts] == [True, False, True]


def test_bringing_back_deletes_nothing(cast: Cast) -> None:
    conflict(cast, "<p>Mine.</p>", "<p>Theirs.</p>")
    refused = Save.objects.get(applied=False)
    response = players.client(cast.lead).post(
        cast.agency_return.url("answer_restore", 1, refused.pk), {"seen": 2}
    )
    assert response.status_code == 302
    assert (answer(cast).html, answer(cast).version) == ("<p>Mine.</p>", 3)
    assert set(Save.objects.values_list("html", flat=True)) == {BASE, "<p>Theirs.</p>", "<p>Mine.</p>"}
    assert Save.objects.count() == 4
    assert Event.objects.under(cast.agency_return.about).first().act == "restore"


@pytest.mark.parametrize("seen", ["1", "", "x", "99"])
def test_bringing_back_over_what_one_has_not_seen_shows_both(cast: Cast, seen: str) -> None:
    players.save(cast, BASE)
    players.save(cast, "<p>Theirs.</p>", by=cast.contributor)
    first = Save.objects.get(version=1)
    response = players.client(cast.lead).post(
        cast.agency_return.url("answer_restore", 1, first.pk), {"seen": seen}
    )
    assert response.status_code == 409
    assert answer(cast).html == "<p>Theirs.</p>"


def test_bringing_back_twice_is_bringing_back_once(cast: Cast) -> None:
    players.save(cast, BASE)
    players.save(cast, "<p>Other.</p>")
    first = Save.objects.get(version=1)
    for seen in (2, 2):
        players.client(cast.lead).post(cast.agency_return.url("answer_restore", 1, first.pk), {"seen": seen})
    assert (answer(cast).html, answer(cast).version) == (BASE, 3)


def test_nothing_is_brought_back_without_the_pen(cast: Cast) -> None:
    players.bring_to(cast, "submitted")
    with pytest.raises(NotNow):
        restoring.restore(cast.agency_return, Save.objects.get(), base_version=1, by=cast.lead)


def test_a_text_of_another_return_is_not_there(cast: Cast) -> None:
    players.save(cast, BASE)
    other = cast.collection.returns.for_pages().get(seat=cast.other_seat)
    url = other.url("answer_restore", 1, Save.objects.get().pk)
    assert players.client(cast.other_lead).post(url, {"seen": 0}).status_code == 404


def test_the_list_is_thinned_with_age_and_never_loses_the_newest_of_a_day(cast: Cast) -> None:
    start = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=10)
    for day in range(10):
        for number in range(30):
            with time_machine.travel(start + timedelta(days=day, seconds=20 * number), tick=False):
                players.save(cast, f"<p>Day {day}, {number}.</p>")
    every = saves_of(answer(cast))
    shown = thinned(every, start + timedelta(days=9, minutes=10))
    assert len(every) == 300
    assert shown[0] == every[0]
    days = [timezone.localdate(save.at) for save in every]
    newest = {day: every[days.index(day)] for day in days}
    assert set(newest.values()) <= set(shown)
    assert 10 < len(shown) < 30
    page = players.client(cast.lead).get(cast.agency_return.url("answer_earlier", 1)).content.decode()
    assert "Show all" in page


def test_what_was_not_taken_over_is_not_thinned_away_by_what_was(cast: Cast) -> None:
    conflict(cast, "<p>Mine.</p>", "<p>Theirs.</p>")
    assert any(not save.applied for save in thinned(saves_of(answer(cast)), timezone.now()))


def test_before_anything_was_saved(cast: Cast) -> None:
    page = players.client(cast.lead).get(cast.agency_return.url("answer_earlier", 1)).content.decode()
    assert "Nothing was saved yet" in page


# --- Comparing milestones ------------------------------------------------------------------------


def compared(cast: Cast, who: str, **asked: object) -> str:
    browser = players.client(getattr(cast, who))
    return browser.get(cast.agency_return.url("history_compare"), asked).content.decode()


def test_any_two_milestones_word_by_word(cast: Cast) -> None:
    players.save(cast, "<p>We asked two children.</p>")
    players.submit(cast)
    players.move(cast, "request_changes")
    players.save(cast, "<p>We asked three children.</p>")
    players.submit(cast)
    for who in ("lead", "coordinator"):
        page = compared(cast, who, earlier=1, later=3)
        assert re.search(r"<del>two</del>\s*<ins>three</ins>", page)
    assert "The two texts are the same" in compared(cast, "lead", earlier=1, later=2)
    assert "<del>three</del>" in compared(cast, "lead", earlier=3, later=1)


def test_the_draft_is_compared_for_the_agency_only(cast: Cast) -> None:
    players.bring_to(cast, "changes_requested")
    players.save(cast, "<p>A draft nobody else reads.</p>")
    assert "nobody" in compared(cast, "lead", earlier=1, later=0)
    page = compared(cast, "coordinator", earlier=1, later=0)
    assert "nobody else" not in page
    assert "As it is now" not in page


@pytest.mark.parametrize("asked", [{"earlier": 9}, {"later": "x"}, {"earlier": "", "later": ""}])
def test_what_is_not_there_is_not_compared(cast: Cast, asked: dict) -> None:
    players.bring_to(cast, "changes_requested")
    page = compared(cast, "lead", **asked)
    assert "There is a problem" in page
    assert "What has changed" not in page


def test_nothing_to_compare_yet(cast: Cast) -> None:
    assert "There is nothing to compare yet" in compared(cast, "coordinator")


def test_the_history_leads_to_comparing_only_when_there_are_two_texts(cast: Cast) -> None:
    players.bring_to(cast, "submitted")
    url = cast.agency_return.url("return_history")
    link = cast.agency_return.url("history_compare")
    assert link not in players.client(cast.coordinator).get(url).content.decode()
    assert link in players.client(cast.lead).get(url).content.decode()  # with the draft as it is now
    players.move(cast, "request_changes", reason="More of what changed.")
    assert link in players.client(cast.coordinator).get(url).content.decode()


# --- What waits beside the draft -----------------------------------------------------------------

WAITS = "Not everything that was written is in this text"


def page_of(cast: Cast, name: str) -> str:
    return players.client(cast.lead).get(cast.agency_return.url(name)).content.decode()


def refused(cast: Cast, mine: str = "<p>Mine.</p>", *, by=None, **more: object) -> Save:
    """Somebody saves what was based on nothing, while there is a text already."""
    player = players.client(by or cast.contributor)
    player.post(cast.agency_return.url("answer_edit", 1), form(mine, 0, **more))
    return Save.objects.filter(applied=False).latest("pk")


def test_whoever_sends_is_told_what_waits_beside_the_draft(cast: Cast) -> None:
    players.save(cast, "<p>Theirs.</p>")
    assert WAITS not in page_of(cast, "send")
    kept = refused(cast)
    for name in ("send", "check", "ask_sign_off"):
        page = page_of(cast, name)
        assert WAITS in page and "Rhiannon Beddoes" in page
        assert cast.agency_return.url("answer_earlier_text", 1, kept.pk) in page
        assert "Mine." not in page


def test_of_each_page_the_newest_waits(cast: Cast) -> None:
    players.save(cast, "<p>Theirs.</p>")
    refused(cast, "<p>Min</p>")
    mine = refused(cast, "<p>Mine.</p>", sequence=2)
    other = refused(cast, "<p>Other.</p>", client="bbbbbbbb")
    assert kept_beside(cast.agency_return) == [mine, other]


@pytest.mark.parametrize("whole", ["joined", "mine", ""])
def test_what_was_chosen_of_two_texts_waits_no_more(cast: Cast, whole: str) -> None:
    page = conflict(
        cast, "<p>Of mine.</p><p>Middle.</p><p>Last.</p>", "<p>First.</p><p>Middle.</p><p>Of theirs.</p>"
    )
    assert len(kept_beside(cast.agency_return)) == 1
    mine = "<p>Of mine.</p><p>Middle.</p><p>Last.</p>"
    choose(cast, mine, client=hidden(page, "client"), whole=whole)
    players.save(cast, "<p>All of it was worked over since.</p>")
    assert kept_beside(cast.agency_return) == []


def test_choosing_when_somebody_saved_again_leaves_one_text_and_then_none(cast: Cast) -> None:
    players.save(cast, "<p>Theirs.</p>")
    player, address = players.client(cast.contributor), cast.agency_return.url("answer_merge", 1)
    page = player.post(cast.agency_return.url("answer_edit", 1), form("<p>Mine.</p>", 0)).content.decode()
    for number in range(1, 12):
        players.save(cast, f"<p>Theirs, number {number}.</p>")
        client = hidden(page, "client")
        values = form(f"<p>Mine {number}.</p>", number, from_version=0, client=client, whole="mine")
        page = player.post(address, values).content.decode()
        assert 1 <= len(kept_beside(cast.agency_return)) <= 2  # a name has room for eight such pages
    client = hidden(page, "client")
    player.post(address, form("<p>Mine.</p>", 12, from_version=0, client=client, whole="mine"))
    assert answer(cast).html == "<p>Mine.</p>"


def test_what_was_brought_back_or_stands_in_the_draft_waits_no_more(cast: Cast) -> None:
    players.save(cast, "<p>Theirs.</p>")
    kept = refused(cast)
    restoring.restore(cast.agency_return, kept, base_version=1, by=cast.lead)
    players.save(cast, "<p>Worked over.</p>")
    assert kept_beside(cast.agency_return) == []
    refused(cast, "<p>Another.</p>", client="cccccccc")
    players.save(cast, "<p>Worked over.</p><p>Another.</p>")
    assert kept_beside(cast.agency_return) == []


def test_a_request_that_came_late_is_no_text_that_waits(cast: Cast) -> None:
    player = players.client(cast.lead)
    player.post(cast.agency_return.url("answer_edit", 1), form("<p>One two.</p>", 0, sequence=2))
    player.post(cast.agency_return.url("answer_edit", 1), form("<p>One.</p>", 0, sequence=1))
    assert Save.objects.filter(applied=False).count() == 1
    assert kept_beside(cast.agency_return) == []


def test_what_was_sent_knowingly_is_not_said_again(cast: Cast) -> None:
    players.save(cast, "<p>Theirs.</p>")
    refused(cast)
    players.submit(cast)
    players.move(cast, "take_back", by=cast.lead)
    assert len(kept_beside(cast.agency_return)) == 1  # taken back, perhaps because of it
    players.submit(cast)
    players.move(cast, "request_changes", by=cast.coordinator, reason="Please say more.")
    assert kept_beside(cast.agency_return) == []
