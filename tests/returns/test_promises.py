"""Last year's promises: which sentences they are, what the agency says came of them, and what the coordinator sees."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from agencies.errors import NotNow
from agencies.models import Event
from returns.actions import promises
from returns.actions.promises import Said, promises_of
from returns.models import PromiseAnswer
from tests.returns import cast as players
from tests.returns.cast import Cast
from tests.returns.test_said_before import last_year

pytestmark = pytest.mark.django_db

HEARD = "Twelve children told us in May 2025 that nobody had said who would be in the room."
PLACE = "In 2026 we will find a quieter place for children to wait."
CARD = "We also plan to send each of them a postcard."


@pytest.fixture
def cast() -> Cast:
    cast = players.make()
    last_year(cast, f"<p>{HEARD} {PLACE}</p><ul><li>{CARD}</li></ul>")
    return cast


def page(cast: Cast, name: str, user) -> str:
    return players.client(user).get(cast.agency_return.url(name), follow=True).content.decode()


def press(cast: Cast, *said: tuple[str, bool], user=None):
    body: dict[str, str] = {}
    for one, (word, in_text) in zip(promises_of(cast.agency_return), said, strict=True):
        body |= {f"{one.key}-word": word} | ({f"{one.key}-in_text": "on"} if in_text else {})
    url = cast.agency_return.url("promises")
    return players.client(user or cast.lead).post(url, body, follow=True)


def test_the_sentences_that_announced_something_are_listed(cast: Cast) -> None:
    assert [one.sentence for one in promises_of(cast.agency_return)] == [PLACE, CARD]
    shown = page(cast, "promises", cast.lead)
    assert PLACE in shown and CARD in shown and HEARD not in shown
    assert "2 to say" in page(cast, "agency_return", cast.lead)


def test_the_agency_says_what_came_of_them(cast: Cast) -> None:
    press(cast, ("", True), ("", False))
    assert "1 to say" in page(cast, "agency_return", cast.lead)
    press(cast, ("", True), ("The post was too slow, so we call instead.", False), user=cast.contributor)
    assert "to say" not in page(cast, "agency_return", cast.lead)
    assert "The post was too slow" in page(cast, "promises", cast.lead)
    assert Event.objects.filter(act="answer_promises").count() == 2
    taken_back = press(cast, ("", False), ("", False)).content.decode()
    assert PromiseAnswer.objects.count() == 0
    assert "Nothing is said of them now." in taken_back and "The partnership reads it" not in taken_back
    assert Event.objects.filter(phrase="took back what was said of what was announced last year").count() == 1


def test_nothing_at_all_is_not_noted(cast: Cast) -> None:
    answered = press(cast, ("", False), (" ", False))
    shown = answered.content.decode()
    assert "Nothing is said yet." in shown and "Noted." not in shown
    assert PLACE in shown  # still the page on which it is said
    assert not Event.objects.filter(act="answer_promises").exists()


def test_the_coordinator_sees_what_is_open_once_it_is_sent(cast: Cast) -> None:
    players.save(cast)
    press(cast, ("", True), ("", False))
    assert "Announced last year" not in page(cast, "review", cast.coordinator)
    players.submit(cast)
    shown = page(cast, "review", cast.coordinator)
    assert PLACE in shown and "The answer says what came of it." in shown
    assert CARD in shown and "The agency has not ticked an answer." in shown


def test_a_word_that_is_too_long_is_refused_beside_the_field(cast: Cast) -> None:
    answered = press(cast, ("x" * 501, False), ("", True))
    assert answered.status_code == 422 and "There is a problem" in answered.content.decode()
    assert PromiseAnswer.objects.count() == 0


def test_what_was_not_announced_is_not_kept(cast: Cast) -> None:
    with pytest.raises(NotNow, match="Nothing is said yet"):
        promises.say(cast.agency_return, {"0" * 64: Said(True)}, by=cast.lead)
    assert PromiseAnswer.objects.count() == 0


def test_without_promises_there_is_no_page(cast: Cast) -> None:
    other = cast.collection.returns.for_pages().get(seat=cast.other_seat)
    browser = players.client(cast.other_lead)
    assert browser.get(other.url("promises")).url == other.get_absolute_url()
    assert "announced last year" not in browser.get(other.get_absolute_url()).content.decode()


def test_who_may_not_and_when_not(cast: Cast) -> None:
    for user in (cast.coordinator, cast.other_lead, cast.second_reader):
        with pytest.raises(PermissionDenied):
            promises.say(cast.agency_return, {}, by=user)
    players.save(cast)
    listed = {one.key: Said(True) for one in promises_of(cast.agency_return)}
    players.submit(cast)
    with pytest.raises(NotNow):
        promises.say(cast.agency_return, listed, by=cast.lead)
