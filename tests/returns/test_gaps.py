"""What is said of an agency without an answer in the appendix: the same, and true, wherever it is said."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agencies.errors import NotNow
from returns.actions import collections, editions, framing, readiness
from returns.appendix.compile import compile_document
from returns.models import Collection, Edition
from returns.models.gaps import Gap, gap_of
from returns.workflow import Status
from tests.returns import cast as players
from tests.returns.actions.test_editions import FRAMING
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db
NOT_AGREED = "A return was received, but not yet agreed with the partnership."


def year(cast: Cast) -> Collection:
    return Collection.objects.select_related("partnership").get(pk=cast.collection.pk)


def close(cast: Cast) -> Collection:
    collections.close_collection(year(cast), by=cast.coordinator)
    return year(cast)


def printed(cast: Cast) -> dict[str, str]:
    return {one.agency: one.instead for one in compile_document(year(cast)).sections}


def page(user, thing, view: str = "") -> str:
    url = reverse(view, args=[thing.partnership.slug, thing.slug]) if view else thing.get_absolute_url()
    return players.client(user).get(url).content.decode()


def open_again(cast: Cast) -> None:
    """The police's answer is published; the year and the return are opened again for a correction."""
    players.publish(cast)
    collections.reopen_collection(year(cast), by=cast.coordinator)
    players.move(cast, "reopen")


def test_what_was_sent_and_not_agreed_is_not_called_not_received(cast: Cast) -> None:
    players.bring_to(cast, Status.CHANGES_REQUESTED)
    before = page(cast.coordinator, year(cast), "collection_close")
    close(cast)
    assert printed(cast) == {"Midvale Police": NOT_AGREED, "Vale Hospitals": "No return was received."}
    police = page(cast.lead, cast.agency_return)
    ready = page(cast.coordinator, year(cast), "readiness")
    for text in (before, ready, police):
        assert NOT_AGREED in text
    for text in (before, ready):
        assert "Midvale Police: sent, and not agreed yet" in text
        assert "Vale Hospitals: no return" in text
        assert text.count("No return was received.") == 1
    assert "Read what you have written" in police and "as it will be printed" not in police


def test_the_agency_that_sent_nothing_reads_what_is_printed(cast: Cast) -> None:
    players.save(cast)
    close(cast)
    text = page(cast.lead, cast.agency_return)
    assert "In its place the appendix will say" in text and "No return was received." in text
    assert "You have sent it" not in text


def test_what_was_taken_back_before_anybody_read_it_is_not_received(cast: Cast) -> None:
    players.bring_to(cast, Status.SUBMITTED)
    players.move(cast, "take_back", by=cast.lead)
    assert gap_of(cast.agency_return) == Gap.NOTHING_SENT
    players.submit(cast)
    players.move(cast, "request_changes")
    players.submit(cast)
    players.move(cast, "take_back", by=cast.lead)
    assert gap_of(cast.agency_return) == Gap.NOT_AGREED


def test_the_coordinator_words_the_sentence(cast: Cast) -> None:
    from dataclasses import replace

    players.bring_to(cast, Status.CHANGES_REQUESTED)
    collection = close(cast)
    framing.set_frame(
        collection, framing=replace(FRAMING, not_agreed="Still being talked about."), by=cast.coordinator
    )
    assert printed(cast)["Midvale Police"] == "Still being talked about."
    assert "Still being talked about." in page(cast.coordinator, collection, "appendix_frame")


def test_a_published_answer_never_drops_out_unnoticed(cast: Cast) -> None:
    open_again(cast)
    title = "Midvale Police: published already, and opened again for changes"
    [point] = [
        one for one in readiness.points(year(cast), compile_document(year(cast))) if one.title == title
    ]
    assert (point.blocks, point.turn) == (True, "The agency")
    assert title in page(cast.coordinator, year(cast), "collection_close")
    assert "The next edition waits until your return is approved again." in page(
        cast.lead, cast.agency_return
    )
    close(cast)
    with pytest.raises(NotNow) as no:
        editions.prepare(year(cast), by=cast.coordinator)
    assert title in no.value.reasons
    [point] = [
        one for one in readiness.points(year(cast), compile_document(year(cast))) if one.title == title
    ]
    assert (point.turn, point.link) == ("A coordinator", "Open the year’s return again")
    text = page(cast.lead, cast.agency_return)
    assert "edition 1</a> as it was published" in text and "It was not" not in text


def test_the_way_on_is_to_approve_it_again_or_to_leave_it_out(cast: Cast) -> None:
    open_again(cast)
    players.move(cast, "exclude", reason="The agency has asked for it.")
    assert not [
        one for one in readiness.points(year(cast), compile_document(year(cast))) if "Police" in one.title
    ]
    players.move(cast, "include", reason="It changed its mind.")
    players.save(cast, "<p>We changed the letter in June 2025.</p>")
    players.submit(cast)
    players.move(cast, "approve")
    assert players.publish(cast, note="A date was wrong.").number == 2


def test_a_published_answer_that_was_withdrawn_does_not_drop_out_either(cast: Cast) -> None:
    players.publish(cast)
    editions.withdraw(Edition.objects.get(), because="A name stands in it.", by=cast.coordinator)
    collections.reopen_collection(year(cast), by=cast.coordinator)
    players.move(cast, "reopen")
    assert gap_of(cast.agency_return) == Gap.OPENED_AGAIN
    assert "which is withdrawn" in page(cast.lead, cast.agency_return)


def test_who_opens_a_published_return_reads_what_becomes_of_it(cast: Cast) -> None:
    players.publish(cast)
    url = cast.agency_return.url("move", "reopen")
    text = players.client(cast.coordinator).get(url).content.decode()
    assert "Edition 1 stays as it was published" in text and "is not printed any more" not in text


def test_publishing_names_the_sentence_in_each_place(cast: Cast) -> None:
    collection = players.prepare(cast)
    assert [(one.agency, one.instead) for one in readiness.without_answer(compile_document(collection))] == [
        ("Vale Hospitals", "No return was received.")
    ]
