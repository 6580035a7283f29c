"""The link by which an agency says whether what a coordinator typed in is its answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import tokens
from agencies.actions import messages
from agencies.errors import NotNow
from agencies.models import Event, Message
from returns.actions import typing_in
from returns.models import Confirmation, Told
from returns.workflow import Status
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast
from tests.test_workflow import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """An answer was typed in, and the agency is asked to confirm it."""
    players.type_in(cast, "<p>What came by e-mail.</p>")
    players.submit_for_agency(cast)
    return cast


def link(nonce: int = 1) -> str:
    return reverse("confirmation", args=[tokens.make("confirmation", Confirmation.objects.first().pk, nonce)])


def kept() -> Confirmation:
    return Confirmation.objects.first()


def test_the_email_holds_the_link_and_goes_to_who_signed_it_off(cast: Cast, mailoutbox: list) -> None:
    messages.send_waiting()
    [mail] = [one for one in mailoutbox if one.to == ["dilys.morgan@example.org"]]
    assert f"http://testserver{link()}" in mail.body
    assert mail.reply_to == [cast.coordinator.email]
    assert "What came by e-mail" not in mail.body
    assert Message.objects.get(kind="confirmation").link == "/confirmations/{token}/"


def test_opening_the_page_shows_the_text_and_answers_nothing(cast: Cast) -> None:
    before = everything()
    for method in ("get", "head"):
        assert getattr(Client(), method)(link()).status_code in (200, 405)
    assert Client().get(link()).content.decode().count("What came by e-mail.") == 1
    assert everything() == before


def test_yes_confirms_once(cast: Cast) -> None:
    answered = Client().post(link(), {"answer": "yes", "note": ""})
    assert (answered.status_code, answered.url) == (302, link())
    assert (kept().confirmed, kept().note) == (True, "")
    event = Event.objects.under(cast.agency_return.about).first()
    assert (event.act, event.by, event.by_name) == ("confirm", None, "Dilys Morgan (Head of Safeguarding)")
    thanks = Client().get(link()).content.decode()
    assert "You have confirmed the answer of Midvale Police." in thanks
    assert "What came by e-mail" not in thanks
    assert Client().post(link(), {"answer": "no", "note": "I did not mean it."}).status_code == 200
    assert kept().confirmed is True


def test_no_needs_a_word(cast: Cast) -> None:
    before = everything()
    page = Client().post(link(), {"answer": "no", "note": "  "})
    assert page.status_code == 200
    assert "Say what is wrong, so that it can be put right." in page.content.decode()
    assert everything() == before


def test_no_with_a_word_stands_in_the_way_of_approval(cast: Cast) -> None:
    Client().post(link(), {"answer": "no", "note": "That was last year’s."})
    assert (kept().confirmed, kept().note) == (False, "That was last year’s.")
    assert Event.objects.under(cast.agency_return.about).first().reason == "That was last year’s."
    with pytest.raises(NotNow) as refused:
        players.move(cast, "approve", by=cast.second_coordinator)
    assert refused.value.reasons == ("Dilys Morgan said that this is not the agency’s answer.",)


def test_an_answer_that_is_neither_yes_nor_no_confirms_nothing(cast: Cast) -> None:
    Client().post(link(), {"answer": "perhaps", "note": ""})
    Client().post(link(), {"note": ""})
    assert kept().confirmed is None


def test_nothing_is_approved_before_the_agency_has_spoken(cast: Cast) -> None:
    with pytest.raises(NotNow) as refused:
        players.move(cast, "approve", by=cast.second_coordinator)
    assert refused.value.reasons == ("Dilys Morgan has not confirmed yet that this is the agency’s answer.",)
    Client().post(link(), {"answer": "yes"})
    assert players.move(cast, "approve", by=cast.second_coordinator).status == Status.APPROVED


def test_it_is_not_sent_before_it_is_said_whether_it_tells_of_a_child(cast: Cast) -> None:
    other = Cast(**{**vars(cast), "seat": cast.other_seat})
    players.type_in(other)
    before = everything()
    with pytest.raises(NotNow, match="Say whether it tells of an individual child or family"):
        players.submit_for_agency(other, told=None)
    with pytest.raises(NotNow, match="who holds the permission"):
        players.submit_for_agency(other, told=Told(tells=True))
    assert everything() == before
    players.submit_for_agency(other, told=players.SOMEBODY)
    assert (other.agency_return.declaration.tells, other.agency_return.declaration.by) == (
        True,
        cast.coordinator,
    )


def test_the_agency_confirms_what_was_said_of_the_children_with_the_text(cast: Cast) -> None:
    assert (
        "tells of no individual child or family. If it does, say so" in Client().get(link()).content.decode()
    )
    players.move(cast, "request_changes")
    players.submit_for_agency(cast, told=players.SOMEBODY)
    page = Client().get(link()).content.decode()
    assert "It tells of an individual child or family." in page and players.SOMEBODY.permission in page
    review = players.client(cast.second_coordinator).get(cast.agency_return.url("review")).content.decode()
    assert "noted this for the agency" in review


def test_the_page_asks_for_all_of_it(cast: Cast) -> None:
    other = Cast(**{**vars(cast), "seat": cast.other_seat})
    players.type_in(other, "<p>We wrote to TJ and to his mother.</p>")
    browser, url = players.client(cast.coordinator), other.agency_return.url("type_in_send")
    assert "<mark>TJ</mark>" in browser.get(url).content.decode()
    said = {
        "tells": "yes",
        "signed_name": "D",
        "signed_post": "H",
        "signed_on": timezone.localdate().isoformat(),
        "email": "d@example.org",
    }
    refused = browser.post(url, said).content.decode()
    assert (
        "Say who checked that nobody can be recognised" in refused and "Say who agreed that it may" in refused
    )
    assert browser.post(url, said | {"tells": "no"}).url == other.agency_return.url("review")
    assert other.agency_return.declaration.tells is False


def test_the_link_ends_after_four_weeks(cast: Cast) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=28, minutes=-1), tick=False):
        assert Client().get(link()).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=28, minutes=1), tick=False):
        page = Client().get(link())
        assert (page.status_code, "What came by e-mail" in page.content.decode()) == (410, False)
        assert Client().post(link(), {"answer": "yes"}).status_code == 410
    assert kept().confirmed is None


def test_asking_again_makes_a_new_link_and_the_old_one_is_nothing(cast: Cast) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        browser = players.client(cast.second_coordinator)
        answered = browser.post(cast.agency_return.url("confirmation_resend"))
        assert answered.url == cast.agency_return.url("review")
        assert (Client().get(link(1)).status_code, Client().get(link(2)).status_code) == (404, 200)
    states = Message.objects.filter(kind="confirmation").order_by("pk").values_list("state", "token_of")
    assert list(states) == [
        ("cancelled", ["confirmation", kept().pk, 1]),
        ("waiting", ["confirmation", kept().pk, 2]),
    ]


def test_after_the_agency_has_written_the_link_is_over(cast: Cast) -> None:
    players.move(cast, "request_changes")
    players.save(cast, "<p>The agency’s own words.</p>")
    assert Client().get(link()).status_code == 410
    with pytest.raises(NotNow):
        typing_in.answer_confirmation(kept(), confirmed=True)


def test_a_text_that_was_typed_in_anew_asks_anew(cast: Cast) -> None:
    first = link()
    players.move(cast, "request_changes")
    players.type_in(cast, "<p>A better copy.</p>", by=cast.second_coordinator)
    players.submit_for_agency(cast, by=cast.second_coordinator)
    assert Client().get(first).status_code == 410
    page = Client().get(link()).content.decode()
    assert ("A better copy." in page, "What came by e-mail." in page) == (True, False)
    typing_in.answer_confirmation(kept(), confirmed=True)
    with pytest.raises(NotNow) as refused:
        players.move(cast, "approve", by=cast.second_coordinator)
    assert refused.value.reasons == (
        "You sent this return for the agency, so another coordinator has to approve it.",
    )


def test_the_text_shown_is_the_one_that_was_sent(cast: Cast) -> None:
    """Not what a coordinator types in afterwards."""
    players.move(cast, "request_changes")
    players.type_in(cast, "<p>A better copy.</p>", by=cast.second_coordinator)
    assert "A better copy." not in Client().get(link()).content.decode()


@pytest.mark.parametrize("person", ["lead", "second_reader", "board", "outside_coordinator", "administrator"])
def test_only_coordinators_ask_again(cast: Cast, person: str) -> None:
    with pytest.raises(PermissionDenied):
        typing_in.resend_confirmation(kept(), by=factories.fresh(getattr(cast, person)))
    assert kept().nonce == 1


def test_a_link_of_another_kind_opens_nothing(cast: Cast) -> None:
    other = tokens.make("invitation", kept().pk, 1)
    assert Client().get(reverse("confirmation", args=[other])).status_code == 404


def test_the_agency_sends_it_itself_and_nobody_has_to_confirm(cast: Cast) -> None:
    players.move(cast, "request_changes")
    players.submit(cast)
    assert Client().get(link()).status_code == 410
    with pytest.raises(NotNow):  # who typed it does not approve it, even now
        players.move(cast, "approve")
    assert players.move(cast, "approve", by=cast.second_coordinator).status == Status.APPROVED


# --- Nobody of the partnership speaks for the agency ----------------------------------------------------


@pytest.mark.parametrize("person", ["coordinator", "second_coordinator", "second_reader"])
def test_the_link_goes_to_none_of_the_partnerships_own_people(cast: Cast, person: str) -> None:
    other = Cast(**{**vars(cast), "seat": cast.other_seat})
    players.type_in(other)
    address = getattr(cast, person).email.upper()
    said = {
        "tells": "no",
        "signed_name": "D",
        "signed_post": "H",
        "signed_on": timezone.localdate().isoformat(),
        "email": address,
    }
    browser, url = players.client(cast.coordinator), other.agency_return.url("type_in_send")
    page = browser.post(url, said).content.decode()
    assert "Enter the address of the person in the agency who signed it off." in page and 'value="D"' in page
    assert other.agency_return.status == Status.DRAFT and not other.agency_return.confirmations.exists()
    browser.post(url, said | {"email": cast.outside_coordinator.email})  # of another partnership
    assert other.agency_return.confirmations.exists()


@pytest.mark.parametrize("person", ["coordinator", "second_coordinator", "second_reader"])
def test_nobody_of_the_partnership_answers_while_signed_in(cast: Cast, person: str) -> None:
    browser = players.client(getattr(cast, person))
    page = browser.get(link()).content.decode()
    assert "The agency has to answer" in page and "Yes, this is our answer" not in page
    before = everything()
    page = browser.post(link(), {"answer": "no", "note": "The date is last year’s."}).content.decode()
    assert "so you cannot answer for the agency" in page and "The date is last year’s." in page
    assert everything() == before
    players.client(cast.lead).post(link(), {"answer": "yes"})
    assert kept().confirmed


def test_who_confirms_reads_who_is_said_to_have_signed_it_and_the_history_says_where_the_link_went(
    cast: Cast,
) -> None:
    page = Client().get(link()).content.decode()
    assert "Signed off in the agency by" in page and "Head of Safeguarding" in page
    assert (
        f"{timezone.localdate():%B} {timezone.localdate().year}" in page
        or f"{timezone.localdate():%b} {timezone.localdate().year}" in page
    )
    Client().post(link(), {"answer": "yes"})
    said = Event.objects.get(act="confirm").phrase
    assert said == "confirmed that this is the agency’s answer, by the link sent to dilys.morgan@example.org"


def test_a_long_name_and_a_long_post_fit_into_the_history(cast: Cast) -> None:
    Confirmation.objects.update(name="N" * 150, post="P" * 150)
    assert Client().post(link(), {"answer": "yes"}).status_code == 302
    assert len(Event.objects.get(act="confirm").by_name) == 200
