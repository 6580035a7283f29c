"""Closing a year and opening it again: who is cut off, who is told, and until when they then have time."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agencies.actions import setup
from agencies.errors import NotNow
from agencies.models import Message
from returns.actions import collections
from returns.emails.compose import day
from returns.models import Collection, Return
from returns.workflow import Status
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db


def year(cast: Cast) -> Collection:
    return Collection.objects.select_related("partnership").get(pk=cast.collection.pk)


def page(cast: Cast, name: str):
    url = reverse(name, args=[cast.partnership.slug, cast.collection.slug])
    return players.client(cast.coordinator), url


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("to_email", flat=True))


def test_the_page_names_who_is_cut_off_with_their_dates(cast: Cast) -> None:
    players.bring_to(cast, Status.CHANGES_REQUESTED)
    Return.objects.filter(pk=cast.agency_return.pk).update(due_on=players.in_days(9))
    Collection.objects.update(due_on=players.in_days(-2))
    browser, url = page(cast, "collection_close")
    shown = browser.get(url).content.decode()
    assert f"changes asked for, <strong>has until {day(players.in_days(9))[:-5]}" in shown.replace(
        "\xa0", " "
    )
    assert "not started, was due on" in shown.replace("\xa0", " ")


def test_what_was_sent_is_not_cut_off(cast: Cast) -> None:
    players.bring_to(cast, Status.SUBMITTED)
    browser, url = page(cast, "collection_close")
    assert [one.name for one in browser.get(url).context["not_sent"]] == ["Vale Hospitals"]


def test_those_who_are_cut_off_are_told_with_their_mailbox(cast: Cast) -> None:
    players.save(cast, "<p>A kingfisher.</p>")
    setup.set_mailbox(cast.seat, email="returns@police.example.org", by=cast.coordinator)
    players.moves.move(
        cast.collection.returns.get(seat=cast.other_seat),
        "exclude",
        by=cast.coordinator,
        reason="One year off.",
    )
    browser, url = page(cast, "collection_close")
    browser.post(url)
    assert told("closed") == {cast.lead.email, "returns@police.example.org"}
    mail = Message.objects.filter(kind="closed").first()
    assert (mail.reply_to, mail.link) == (cast.coordinator.email, cast.agency_return.get_absolute_url())
    assert "kingfisher" not in mail.subject + str(mail.paragraphs)


def test_opening_again_asks_first_and_tells_who_can_write(cast: Cast) -> None:
    players.bring_to(cast, Status.SUBMITTED)
    collections.close_collection(year(cast), by=cast.coordinator)
    browser, url = page(cast, "collection_reopen")
    assert "Vale Hospitals" in browser.get(url).content.decode() and year(cast).is_closed
    assert not browser.get(url).context["form"].fields  # the due date is still to come
    browser.post(url)
    assert year(cast).is_open
    assert told("opened_again") == {cast.other_lead.email}
    [line] = Message.objects.get(kind="opened_again").paragraphs[:1]
    assert line.endswith(f"It is due on {day(cast.collection.due_on)}.")


def test_opening_again_makes_nobody_late_at_once(cast: Cast) -> None:
    early, late = cast.agency_return, cast.collection.returns.get(seat=cast.other_seat)
    Return.objects.filter(pk=early.pk).update(due_on=players.in_days(-1))
    Return.objects.filter(pk=late.pk).update(due_on=players.in_days(30))
    Collection.objects.update(due_on=players.in_days(-5))
    collections.close_collection(year(cast), by=cast.coordinator)
    with pytest.raises(NotNow, match="today or a later day"):
        collections.reopen_collection(year(cast), by=cast.coordinator)
    browser, url = page(cast, "collection_reopen")
    refused = browser.post(url, {"due_on": players.in_days(-1).isoformat()})
    assert "Choose today or a later day." in refused.content.decode() and year(cast).is_closed
    browser.post(url, {"due_on": players.in_days(14).isoformat()})
    dues = {one.pk: (one.due, one.days_late) for one in Return.objects.for_pages()}
    assert dues == {early.pk: (players.in_days(14), 0), late.pk: (players.in_days(30), 0)}


# --- Left out, and taken in again ----------------------------------------------------------------


def leave_out(cast: Cast) -> str:
    players.move(cast, "exclude")
    return cast.agency_return.url("move", "include")


def test_what_nobody_worked_on_is_not_started_when_it_is_taken_in_again(cast: Cast) -> None:
    leave_out(cast)
    players.move(cast, "include")
    assert (cast.agency_return.page.label, cast.agency_return.active_at) == ("Not started", None)
    mail = Message.objects.filter(kind="included", to_email=cast.lead.email).get()
    assert mail.paragraphs[1] == f"It is due on {day(cast.collection.due_on)}."


def test_what_was_written_is_still_being_written(cast: Cast) -> None:
    players.save(cast)
    worked_on = cast.agency_return.active_at
    leave_out(cast)
    players.move(cast, "include")
    assert (cast.agency_return.page.label, cast.agency_return.active_at) == ("Being written", worked_on)


def test_taken_in_again_after_the_due_date_it_gets_a_new_one(cast: Cast) -> None:
    url = leave_out(cast)
    Collection.objects.update(due_on=players.in_days(-3))
    with pytest.raises(NotNow, match="until when"):
        players.move(cast, "include")
    browser, reason = players.client(cast.coordinator), "They had cases after all."
    assert "New due date" in browser.get(url).content.decode()
    assert browser.post(url, {"reason": reason}).status_code == 200
    browser.post(url, {"reason": reason, "due_on": players.in_days(14).isoformat()})
    assert (cast.agency_return.due, cast.agency_return.days_late) == (players.in_days(14), 0)
    assert day(players.in_days(14)) in str(Message.objects.filter(kind="included").first().paragraphs)


def test_one_that_was_approved_needs_no_date(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    url = leave_out(cast)
    Collection.objects.update(due_on=players.in_days(-3))
    assert "New due date" not in players.client(cast.coordinator).get(url).content.decode()
    assert players.move(cast, "include").status == Status.APPROVED
