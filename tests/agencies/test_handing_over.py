"""Handing a return over: in one act, with nobody left out and never a return without a person responsible."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from agencies.actions import handing_over, people
from agencies.errors import NotNow
from agencies.models import Event, Invitation, Message, Role, RoleKind
from tests.agencies import factories as make

pytestmark = pytest.mark.django_db


def lead_role(cast) -> Role:
    return make.role_of(cast.lead, cast.partnership)


def leads(cast) -> set[str]:
    roles = Role.objects.active().filter(seat=cast.police, kind=RoleKind.LEAD)
    return set(roles.values_list("user__email", flat=True))


def to_new(cast, by) -> bool:
    return handing_over.hand_over(lead_role(cast), name="Ann Lee", email="Ann.Lee@Example.org", by=by)


def test_a_colleague_who_writes_already_takes_over_at_once(cast):
    done = handing_over.hand_over(
        lead_role(cast), name="Tom", email=cast.contributor.email.upper(), by=cast.lead
    )
    assert done and leads(cast) == {cast.contributor.email}
    letter = Message.objects.get(kind="handed_over")
    assert letter.to_user == cast.contributor
    event = Event.objects.get(act="hand_over")
    assert event.phrase == "handed the return of Bedfordshire Police over from Aneela Khan to Tom Reid"


def test_somebody_new_is_invited_and_the_lead_stays_until_they_accept(cast):
    assert not to_new(cast, cast.lead)
    assert leads(cast) == {cast.lead.email}
    invitation = Invitation.objects.get(email="ann.lee@example.org")
    people.accept_invitation(invitation, name="Ann Lee", password=make.PASSWORD)
    assert leads(cast) == {"ann.lee@example.org"}
    ended = Role.objects.get(user=cast.lead)
    assert ended.ended_at and ended.ended_by == cast.lead


def test_a_lead_whose_part_has_ended_meanwhile_is_no_trouble(cast):
    to_new(cast, cast.lead)
    people.end_role(lead_role(cast), by=cast.coordinator)
    people.accept_invitation(Invitation.objects.get(email="ann.lee@example.org"))
    assert leads(cast) == {"ann.lee@example.org"}


def test_a_coordinator_hands_over_for_somebody_who_left(cast):
    assert not to_new(cast, cast.coordinator)
    assert leads(cast) == set()
    people.accept_invitation(Invitation.objects.get(email="ann.lee@example.org"))
    assert leads(cast) == {"ann.lee@example.org"}


@pytest.mark.parametrize("who", ["contributor", "second_reader", "board", "other_coordinator"])
def test_nobody_else_hands_over(cast, who):
    with pytest.raises(PermissionDenied):
        to_new(cast, getattr(cast, who))


def test_what_is_refused(cast):
    role = lead_role(cast)
    make.member(cast.partnership, RoleKind.LEAD, seat=cast.police, email="second@example.org")
    people.disable(
        make.member(cast.neighbour, RoleKind.BOARD, email="off@example.org"), by=cast.administrator
    )
    to_new(cast, cast.lead)
    for email, said in (
        (cast.lead.email, "has this part already"),
        ("second@example.org", "is responsible for this return, too"),
        ("off@example.org", "is disabled"),
        ("ann.lee@example.org", "was already invited"),
    ):
        with pytest.raises(NotNow, match=said):
            handing_over.hand_over(role, name="N", email=email, by=cast.lead)
    people.end_role(role, by=cast.coordinator)
    with pytest.raises(NotNow, match="not responsible for this return any more"):
        handing_over.hand_over(role, name="N", email="n@example.org", by=cast.coordinator)


def test_the_page(cast):
    url = reverse("role_hand_over", args=[cast.partnership.slug, lead_role(cast).pk])
    browser = Client()
    browser.force_login(cast.lead)
    assert "You stay responsible until they have accepted." in browser.get(url).content.decode()
    assert "There is a problem" in browser.post(url, {"name": ""}).content.decode()
    assert (
        "has this part already" in browser.post(url, {"name": "A", "email": cast.lead.email}).content.decode()
    )
    done = browser.post(url, {"name": "Ann Lee", "email": "ann.lee@example.org"}, follow=True)
    assert done.redirect_chain[0][0] == reverse("home")
    assert "Ann Lee is invited to take it over." in done.content.decode()
    browser.force_login(cast.coordinator)
    done = browser.post(url, {"name": "Tom", "email": cast.contributor.email}, follow=True)
    assert done.redirect_chain[0][0] == reverse("people", args=[cast.partnership.slug])
    assert browser.get(url).status_code == 404
