"""Two people at the same moment, each with a connection of their own, on the database that is under test."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from agencies.errors import NotNow
from agencies.models import Event, Message
from returns.actions import chasing, drafting
from returns.actions.moves import move
from returns.models import Answer, AskKind, Save
from returns.workflow import Status
from tests.returns import cast as players
from tests.returns.cast import Cast

# The cache of rate limits is a table that migrations make: it is emptied with the others and needs no content.
pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], object]) -> list[object]:
    """Runs the acts at once; what each gave, or the refusal's reasons."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        connections.close_all()
        try:
            barrier.wait(timeout=30)
            return act()
        except NotNow as refused:
            return refused.reasons
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(timeout=60) for one in [pool.submit(run, act) for act in acts]]


def saving(
    cast: Cast, words: str, *, client: str, by, sequence: int = 1, base: int = 0
) -> Callable[[], bool]:
    one, question = cast.agency_return, cast.question
    return lambda: (
        drafting.save_answer(
            one, question, html=words, base_version=base, client=client, sequence=sequence, by=by
        ).applied
    )


def test_of_two_saves_on_the_same_text_one_is_applied_and_both_are_kept() -> None:
    cast = players.make()
    outcomes = together(
        saving(cast, "<p>One.</p>", client="a" * 16, by=cast.lead),
        saving(cast, "<p>Two.</p>", client="b" * 16, by=cast.contributor),
    )
    assert sorted(outcomes) == [False, True]
    winner = "<p>One.</p>" if outcomes[0] else "<p>Two.</p>"
    assert (Answer.objects.get().html, Answer.objects.get().version) == (winner, 1)
    assert set(Save.objects.values_list("html", "applied")) == {
        ("<p>One.</p>", outcomes[0]),
        ("<p>Two.</p>", outcomes[1]),
    }


def test_the_same_save_sent_twice_at_once_counts_once() -> None:
    cast = players.make()
    act = saving(cast, "<p>One.</p>", client="a" * 16, by=cast.lead)
    assert together(act, act) == [True, True]
    assert list(Save.objects.values_list("html", "version")) == [("<p>One.</p>", 1)]


def test_many_saves_at_once_lose_no_word() -> None:
    cast = players.make()
    outcomes = together(
        *(saving(cast, f"<p>No {n}.</p>", client=f"{n:016x}", by=cast.lead) for n in range(6))
    )
    assert outcomes.count(True) == 1
    assert set(Save.objects.values_list("html", flat=True)) == {f"<p>No {n}.</p>" for n in range(6)}


def test_sending_and_taking_a_text_back_while_it_is_approved() -> None:
    cast = players.make()
    one = players.bring_to(cast, Status.SUBMITTED)
    outcomes = together(
        lambda: move(one, "approve", by=cast.coordinator, read=1).status,
        lambda: move(one, "take_back", by=cast.lead).status,
    )
    status = cast.agency_return.status
    assert status in (Status.APPROVED, Status.DRAFT)
    assert [isinstance(outcome, tuple) for outcome in outcomes].count(True) == 1
    assert cast.agency_return.revisions.filter(kind="approved").count() == (status == Status.APPROVED)


def test_two_coordinators_approve_at_once_and_it_is_approved_once() -> None:
    cast = players.make()
    one = players.bring_to(cast, Status.SUBMITTED)
    outcomes = together(
        lambda: move(one, "approve", by=cast.coordinator, read=1).status,
        lambda: move(one, "approve", by=cast.second_coordinator, read=1).status,
    )
    assert [outcome for outcome in outcomes if isinstance(outcome, str)] == ["approved"]
    assert Event.objects.filter(act="approve").count() == 1
    assert Message.objects.filter(kind="approved").count() == 1


def test_a_save_and_the_sending_at_once_leave_what_was_sent_as_it_stands() -> None:
    cast = players.make()
    players.save(cast, "<p>One.</p>")
    one = cast.agency_return
    outcomes = together(
        saving(cast, "<p>Two.</p>", client="b" * 16, by=cast.contributor, base=1),
        lambda: (
            drafting.submit(
                one,
                by=cast.lead,
                signed_name="D",
                signed_post="H",
                signed_on=players.in_days(0),
                told=players.NOBODY,
            ).status
        ),
    )
    sent = cast.agency_return.revisions.get().data["answers"][0]["html"]
    assert sent == Answer.objects.get().html
    assert sent == ("<p>Two.</p>" if outcomes[0] is True else "<p>One.</p>")


def test_the_same_question_asked_twice_at_once_is_asked_once() -> None:
    cast = players.make()
    one = cast.agency_return

    def act() -> str:
        wanted_on = players.in_days(60)
        asked = drafting.ask(one, kind=AskKind.MORE_TIME, reason="Ill.", by=cast.lead, wanted_on=wanted_on)
        return asked.kind

    outcomes = together(act, act)
    assert outcomes.count("more_time") == 1
    assert one.asks.count() == 1


def test_reminders_that_run_twice_at_once_are_sent_once() -> None:
    cast = players.make()
    day = players.in_days(13)
    outcomes = together(lambda: chasing.remind_all(day), lambda: chasing.remind_all(day))
    assert sum(outcomes) == 2
    assert Message.objects.filter(kind="reminder").count() == 2
    assert sorted(Message.objects.filter(kind="reminder").values_list("to_email", flat=True)) == sorted(
        [cast.lead.email, cast.other_lead.email]
    )


def test_this_runs_on_the_database_under_test() -> None:
    assert connection.vendor in ("sqlite", "postgresql")
    assert connection.settings_dict["NAME"] != ":memory:"
