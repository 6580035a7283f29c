"""Whose turn it is: what the first page lists for each person, from the first day of a year until it is published."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agencies.models import User
from returns.actions import collections, editions, proofs, second_reading
from returns.models import Collection, Proof, overview
from returns.workflow import Status
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.actions.test_second_reading import SOMEBODY, STORY, keep_all
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

Line = tuple[str, str, str]


def home(user: User):
    found = players.client(user).get(reverse("home"))
    assert found.status_code == 200
    return found


def lines(user: User, which: str = "mine") -> list[Line]:
    """(what, where it stands, whose turn) of the person's own turns, or of the others."""
    return [(line.title, line.label, line.turn) for line in home(user).context[which]]


def year(cast: Cast) -> Collection:
    return Collection.objects.select_related("partnership").get(pk=cast.collection.pk)


def close(cast: Cast) -> None:
    collections.close_collection(year(cast), by=cast.coordinator)


# --- Agencies ------------------------------------------------------------------------------------


def test_a_proof_waits_for_those_responsible_until_its_day_is_over(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    proofs.send_proofs(cast.collection, answer_by=players.in_days(7), by=cast.coordinator)
    assert lines(cast.lead) == [("Midvale Police", "Proof", "Your turn: see how it will be printed")]
    assert lines(cast.contributor) == [] == lines(cast.other_lead)[1:]
    assert lines(cast.lead, "others") == []  # listed once
    assert lines(cast.contributor, "others") == [("Midvale Police", "Approved", "Nothing to do")]
    [line] = home(cast.lead).context["mine"]
    assert (line.url, line.due) == (cast.agency_return.url("proof"), players.in_days(7))
    own = players.client(cast.lead).get(cast.agency_return.get_absolute_url()).content.decode()
    assert "There is nothing more to do" not in own and "One thing is left" in own
    Proof.objects.update(answer_by=players.in_days(-1))
    assert lines(cast.lead) == []
    over = players.client(cast.lead).get(cast.agency_return.get_absolute_url()).content.decode()
    assert "asks for your answer" not in over and "There is nothing more to do" in over


def test_a_closed_year_stays_with_who_did_not_send_until_it_is_published(cast: Cast) -> None:
    players.save(cast)
    close(cast)
    shut = [("Midvale Police", "Closed", "Nobody’s turn: the year is closed")]
    assert (lines(cast.lead), lines(cast.lead, "others")) == ([], shut)
    own = players.client(cast.lead).get(cast.agency_return.get_absolute_url()).content.decode()
    assert "they can open the year again" in own
    assert {row.turn for row in overview.rows(year(cast))} == {"Nobody’s turn: the year is closed"}
    collections.reopen_collection(year(cast), by=cast.coordinator)
    players.bring_to(cast, Status.APPROVED)
    players.publish(cast)
    assert lines(cast.other_lead, "others") == []


# --- Coordinators and second readers -------------------------------------------------------------


def test_an_objection_waits_for_a_coordinator(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    proofs.send_proofs(cast.collection, answer_by=players.in_days(7), by=cast.coordinator)
    proofs.answer_proof(Proof.objects.get(), objection="A wrong number.", by=cast.lead)
    row = ("Midvale Police", "Objects", "Your turn: answer the objection")
    assert lines(cast.coordinator) == [row]
    [line] = home(cast.coordinator).context["mine"]
    year_at = [cast.partnership.slug, cast.collection.slug]
    assert line.url == reverse("proof_settle", args=[*year_at, Proof.objects.get().pk])
    own = ("Midvale Police", "Approved", "The partnership’s turn: answer your objection")
    assert lines(cast.lead, "others") == [own] == lines(cast.contributor, "others")
    proofs.settle_objection(Proof.objects.get(), settlement="Put right.", by=cast.coordinator)
    assert lines(cast.coordinator) == []


def test_the_year_waits_for_its_coordinator_when_somebody_is_late_or_all_is_in(cast: Cast) -> None:
    title = "The 2025-26 return: all agencies"
    players.bring_to(cast, Status.APPROVED)
    assert lines(cast.coordinator, "others") == [(title, "1 of 2 approved", "The agencies’ turn")]
    Collection.objects.update(due_on=players.in_days(-3))
    late = (title, "1 of 2 approved · 1 late", "Your turn: remind who is late, or close it")
    assert lines(cast.coordinator) == [late]
    other = cast.collection.returns.get(seat=cast.other_seat)
    players.moves.move(other, "exclude", by=cast.coordinator, reason="One is enough.")
    assert lines(cast.coordinator) == [(title, "1 of 1 approved", "Your turn: close it")]
    assert lines(cast.second_reader) == []


def test_a_closed_year_stays_with_its_coordinators_until_it_is_published(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    close(cast)
    title, label = "The appendix of the 2025-26 return", "1 of 2 approved · 1 not sent"
    left = "Your turn: see what is left to do, and say that it is ready"
    assert lines(cast.coordinator) == [(title, label, left)]
    assert "prepare its return" not in home(cast.coordinator).content.decode()
    assert lines(cast.second_reader) == []

    editions.prepare(year(cast), by=cast.coordinator)
    publish = [(title, label, "Your turn: read it and publish it")]
    assert lines(cast.second_reader) == publish == lines(cast.second_coordinator)
    assert lines(cast.coordinator) == []
    [waits] = lines(cast.coordinator, "others")
    assert waits[2] == "Somebody else’s turn: read it and publish it"

    players.move(cast, "hold")
    changed = (
        title,
        "0 of 2 approved · 1 not sent",
        "Your turn: something has changed, so say again that it is ready",
    )
    assert changed in lines(cast.coordinator)
    assert lines(cast.second_reader) == []

    players.move(cast, "release")
    players.publish(cast)
    assert lines(cast.coordinator) == [] == lines(cast.coordinator, "others")


def test_a_closed_year_tells_what_was_not_agreed_from_what_was_not_sent(cast: Cast) -> None:
    players.bring_to(cast, Status.CHANGES_REQUESTED)
    close(cast)
    [(_, label, _)] = lines(cast.coordinator)
    assert label == "0 of 2 approved · 1 not agreed, 1 not sent"


def test_a_published_year_that_is_closed_again_waits_for_its_coordinator_if_something_is_different(
    cast: Cast,
) -> None:
    players.bring_to(cast, Status.APPROVED)
    close(cast)
    players.publish(cast)
    collections.reopen_collection(year(cast), by=cast.coordinator)
    close(cast)
    assert lines(cast.coordinator) == []  # the edition says it all
    collections.reopen_collection(year(cast), by=cast.coordinator)
    players.move(cast, "reopen")
    players.save(cast, "<p>Forty-one children told us, and not forty.</p>")
    players.submit(cast)
    players.move(cast, "approve")
    close(cast)
    row = (
        "The appendix of the 2025-26 return",
        "1 of 2 approved · 1 not sent",
        "Your turn: see what is left to do, and say that it is ready",
    )
    assert lines(cast.coordinator) == [row] == lines(cast.second_coordinator)
    assert lines(cast.second_reader) == []
    players.publish(cast, note="Forty-one, not forty.")
    assert lines(cast.coordinator) == []


def test_an_objection_after_it_was_said_to_be_ready_comes_first(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    close(cast)
    editions.prepare(year(cast), by=cast.coordinator)
    publish = "Your turn: read it and publish it"
    assert [turn for _, _, turn in lines(cast.second_reader)] == [publish]
    proofs.send_proofs(cast.collection, answer_by=players.in_days(7), by=cast.coordinator)
    assert lines(cast.second_reader) == []
    [waits] = lines(cast.coordinator, "others")
    assert waits[2] == "The agencies’ turn: look at their proofs"
    proofs.answer_proof(Proof.objects.get(), objection="A wrong number.", by=cast.lead)
    assert lines(cast.second_reader) == []
    turns = [turn for _, _, turn in lines(cast.coordinator)]
    assert turns == ["Your turn: answer the objection", "Your turn: see what has to be done first"]
    proofs.settle_objection(Proof.objects.get(), settlement="It is right.", by=cast.coordinator)
    assert [turn for _, _, turn in lines(cast.second_reader)] == [publish]


def test_what_was_sent_can_be_read_after_the_closing(cast: Cast) -> None:
    players.bring_to(cast, Status.SUBMITTED)
    close(cast)
    assert ("Midvale Police", "Sent to the partnership", "Your turn: read it") in lines(cast.coordinator)


def test_a_return_that_waits_only_for_a_second_reader(cast: Cast) -> None:
    players.save(cast, STORY)
    players.submit(cast, told=SOMEBODY)
    assert ("Midvale Police", "Sent to the partnership", "Your turn: read it") in lines(cast.coordinator)
    keep_all(cast)
    waits = ("Midvale Police", "Sent to the partnership", "Waits for a second reader")
    assert waits not in lines(cast.coordinator) and waits in lines(cast.coordinator, "others")
    first = overview.rows(year(cast))[0]
    assert (first.name, first.turn) == ("Midvale Police", "Waits for a second reader")
    browser = players.client(cast.coordinator)
    assert (
        "1 case study waits for a second reader"
        in browser.get(year(cast).get_absolute_url()).content.decode()
    )
    assert "Waits for a second reader" in browser.get(cast.agency_return.url("review")).content.decode()
    [case] = second_reading.of(cast.agency_return)
    second_reading.sign_off(cast.agency_return, read=case.key, note="Nobody can tell.", by=cast.second_reader)
    assert ("Midvale Police", "Sent to the partnership", "Your turn: read it") in lines(cast.coordinator)


def test_without_a_second_reader_it_is_the_coordinators_to_find_somebody(cast: Cast) -> None:
    factories.people.end_role(factories.role_of(cast.second_reader, cast.partnership), by=cast.coordinator)
    players.save(cast, STORY)
    players.submit(cast, told=SOMEBODY)
    keep_all(cast)
    turn = "Your turn: have a case study read by somebody else"
    assert ("Midvale Police", "Sent to the partnership", turn) in lines(cast.coordinator)


# --- The board -----------------------------------------------------------------------------------


def test_a_board_member_has_nothing_to_do_and_is_not_told_of_turns(cast: Cast) -> None:
    assert "You will get an e-mail when there is something to read." in home(cast.board).content.decode()
    players.publish(cast)
    page = home(cast.board).content.decode()
    assert "Nothing for you to do" in page and "What you can read is listed below." in page
    assert "your turn again" not in page
