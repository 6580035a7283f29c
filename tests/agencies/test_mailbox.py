"""An agency's shared mailbox: set by those who know it, copied in on what the agency is told, never signed in with."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from agencies.actions import setup
from agencies.models import Event, Message, RoleKind
from returns.actions import chasing
from tests.agencies import factories as make
from tests.returns import cast as players

pytestmark = pytest.mark.django_db

BOX = "safeguarding@police.example.org"


@pytest.fixture
def story():
    cast = players.make()
    setup.set_mailbox(cast.seat, email=BOX.upper(), by=cast.lead)
    Message.objects.all().delete()
    return players.fresh(cast)


def to_box() -> list[str]:
    return list(Message.objects.filter(to_email=BOX).order_by("pk").values_list("kind", flat=True))


def test_it_is_copied_in_once_on_what_the_agency_is_told(story):
    players.save(story)
    players.submit(story)
    assert to_box() == []  # that is for the coordinators
    players.move(story, "request_changes")
    assert to_box() == ["changes_requested"]
    letter = Message.objects.get(to_email=BOX)
    assert (letter.to_user, letter.to_name) == (None, "Midvale Police")
    chasing.grant_time(story.agency_return, due_on=players.in_days(40), by=story.coordinator)
    assert to_box() == ["changes_requested", "time_granted"]


def test_it_is_reminded_once_as_people_are(story):
    due = story.agency_return.due
    chasing.remind_all(today=due)
    chasing.remind_all(today=due)
    assert to_box() == ["reminder"]
    assert Message.objects.filter(kind="reminder", to_user=story.lead).count() == 1


def test_the_page_is_for_the_lead_and_for_who_keeps_the_list(story):
    url = reverse("seat_mailbox", args=[story.partnership.slug, story.seat.pk])
    lead, maeve = players.client(story.lead), players.client(story.coordinator)
    assert BOX in lead.get(url).content.decode()
    assert "There is a problem" in lead.post(url, {"email": "nobody"}).content.decode()
    done = lead.post(url, {"email": "team@police.example.org"}, follow=True)
    assert "team@police.example.org is copied in from now on." in done.content.decode()
    done = maeve.post(url, {"email": ""}, follow=True)
    assert "No mailbox is copied in any more." in done.content.decode()
    for who in ("contributor", "other_lead", "second_reader", "board"):
        assert players.client(getattr(story, who)).get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert Event.objects.filter(act="set_mailbox").count() == 3


def test_nobody_else_sets_it(story):
    other = make.member(story.partnership, RoleKind.LEAD, seat=story.other_seat)
    with pytest.raises(PermissionDenied):
        setup.set_mailbox(story.seat, email="x@example.org", by=other)
