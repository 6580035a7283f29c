"""The appendix shown to the board before it is published: when it can be, who is told, and what the page asks first."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from agencies.actions import messages, people
from agencies.errors import NotNow
from agencies.models import Message, RoleKind
from returns.actions import collections, moves, showing
from returns.models import Collection
from returns.workflow import Status
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db


def sent() -> list[Message]:
    return list(Message.objects.filter(kind="shown").order_by("to_name"))


def address(cast: Cast, name: str = "appendix_show") -> str:
    return reverse(name, args=[cast.partnership.slug, cast.collection.slug])


def page(cast: Cast) -> str:
    found = players.client(cast.coordinator).get(address(cast))
    assert found.status_code == 200
    return html.unescape(found.content.decode())


def test_there_must_be_something_to_show(cast: Cast) -> None:
    year = collections.start(
        cast.partnership, details=players.details(slug="2026-27"), by=cast.coordinator, previous=None
    )
    for one in (year, cast.collection):
        with pytest.raises(NotNow):
            showing.show(one, by=cast.coordinator)
    players.bring_to(cast, Status.APPROVED)
    showing.show(cast.collection, by=cast.coordinator)
    assert Collection.objects.get(pk=cast.collection.pk).shown_at is not None
    showing.hide(cast.collection, by=cast.coordinator)
    with pytest.raises(NotNow):
        showing.hide(cast.collection, by=cast.coordinator)


def test_board_members_are_told_and_nobody_else(cast: Cast) -> None:
    second = factories.member(cast.partnership, RoleKind.BOARD, name="Zofia Board")
    away = cast.outside_coordinator.active_roles[0].partnership
    factories.member(away, RoleKind.BOARD, name="Another Board")
    left = factories.member(cast.partnership, RoleKind.BOARD, name="Left Board")
    people.end_role(factories.role_of(left, cast.partnership), by=cast.coordinator)
    players.bring_to(cast, Status.APPROVED)
    showing.show(cast.collection, by=cast.coordinator)
    assert [one.to_user for one in sent()] == [cast.board, second]
    email = messages.as_email(sent()[0])
    assert email.subject == "You can read the appendix of the 2025-26 return before it is published"
    assert "1 of 2 returns are approved. It is not published yet and may still change" in email.body
    assert address(cast, "appendix") in email.body
    assert email.reply_to == [cast.coordinator.email]
    assert "We changed the letter" not in email.body


def test_who_shows_it_is_not_told_and_what_is_left_out_does_not_count(cast: Cast) -> None:
    factories.member(cast.partnership, RoleKind.BOARD, email=cast.coordinator.email)
    players.bring_to(cast, Status.APPROVED)
    other = cast.collection.returns.for_pages().get(seat=cast.other_seat)
    moves.move(other, "exclude", by=cast.coordinator, reason="Merged.")
    showing.show(cast.collection, by=factories.fresh(cast.coordinator))
    [only] = sent()
    assert only.to_user == cast.board and only.paragraphs[1].startswith("All returns are approved.")


def test_nobody_is_told_twice_of_one_showing(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    showing.show(cast.collection, by=cast.coordinator)
    with pytest.raises(NotNow, match="shown to the board already"):
        showing.show(cast.collection, by=cast.second_coordinator)
    assert len(sent()) == 1
    showing.hide(cast.collection, by=cast.coordinator)
    showing.show(cast.collection, by=cast.coordinator)
    assert len(sent()) == 2


def test_the_page_says_what_is_missing_and_asks_before_anything_happens(cast: Cast) -> None:
    assert "No return is approved yet" in page(cast) and "<button" not in main(page(cast))
    players.bring_to(cast, Status.APPROVED)
    shown = page(cast)
    assert "Vale Hospitals</span>: not started" in shown and "Midvale Police" not in main(shown)
    assert "Show it all the same" in shown
    assert "1 board member will be told by e-mail" in shown and "Imran Chaudhry" in shown
    assert Collection.objects.get(pk=cast.collection.pk).shown_at is None and not sent()
    players.client(cast.coordinator).post(address(cast))
    assert Collection.objects.get(pk=cast.collection.pk).shown_at is not None and len(sent()) == 1
    assert "It cannot be shown now" in page(cast)


def test_without_anything_missing_and_without_a_board(cast: Cast) -> None:
    people.end_role(factories.role_of(cast.board, cast.partnership), by=cast.coordinator)
    players.bring_to(cast, Status.APPROVED)
    cast.collection.returns.filter(seat=cast.other_seat).delete()
    shown = page(cast)
    assert "not approved yet" not in shown and "all the same" not in shown
    assert "There are no board members yet" in shown


def main(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", 1)[0]


def test_what_is_put_on_hold_is_not_printed_from_then_on(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    showing.show(cast.collection, by=cast.coordinator)
    board = players.client(cast.board)
    assert "We changed the letter" in board.get(address(cast, "appendix")).content.decode()
    players.move(cast, "hold", by=cast.lead)
    assert "We changed the letter" not in board.get(address(cast, "appendix")).content.decode()
