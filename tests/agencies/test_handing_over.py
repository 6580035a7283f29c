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


def asked() -> Invitation:
    return Invitation.objects.get(email="ann.lee@example.org")


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
    invitation = asked()
    people.accept_invitation(invitation, name="Ann Lee", password=make.PASSWORD)
    assert leads(cast) == {"ann.lee@example.org"}
    ended = Role.objects.get(user=cast.lead)
    assert ended.ended_at and ended.ended_by == cast.lead


def test_a_lead_whose_part_has_ended_meanwhile_is_no_trouble(cast):
    to_new(cast, cast.lead)
    people.end_role(lead_role(cast), by=cast.coordinator)
    people.accept_invitation(asked())
    assert leads(cast) == {"ann.lee@example.org"}


def test_a_coordinator_hands_over_for_somebody_who_left(cast):
    assert not to_new(cast, cast.coordinator)
    assert leads(cast) == set()
    people.accept_invitation(asked())
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


def test_the_letter_says_that_it_is_a_handing_over(cast):
    to_new(cast, cast.lead)
    letter = Message.objects.get(kind="invitation", to_email="ann.lee@example.org")
    assert letter.subject == "Aneela Khan hands the return of Bedfordshire Police over to you"
    assert "responsible for it in the place of Aneela Khan" in letter.paragraphs[1]
    assert cast.partnership.name in letter.paragraphs[0]


def test_whoever_hands_over_is_told_when_it_is_accepted(cast):
    to_new(cast, cast.lead)
    assert not Message.objects.filter(kind="handed_on").exists()
    people.accept_invitation(asked(), name="Ann Lee", password=make.PASSWORD)
    letter = Message.objects.get(kind="handed_on")
    assert letter.to_user == cast.lead
    assert letter.subject == "Ann Lee is responsible for the return of Bedfordshire Police now"


def test_whoever_hands_over_may_ask_again_and_think_better_of_it(cast):
    to_new(cast, cast.lead)
    offered = asked()
    for act in (people.resend_invitation, people.withdraw_invitation):
        for user in (cast.contributor, cast.second_reader, cast.other_coordinator):
            with pytest.raises(PermissionDenied):
                act(offered, by=user)
    people.resend_invitation(offered, by=cast.lead)
    assert Message.objects.filter(subject__startswith="Aneela Khan hands").count() == 2
    people.withdraw_invitation(offered, by=cast.lead)
    assert leads(cast) == {cast.lead.email}
    with pytest.raises(NotNow, match="already withdrawn"):
        people.withdraw_invitation(offered, by=cast.lead)


def test_an_invitation_by_a_coordinator_is_not_the_leads_to_withdraw(cast):
    other = make.invitation(cast.partnership, RoleKind.LEAD, seat=cast.police, by=cast.coordinator)
    with pytest.raises(PermissionDenied):
        people.withdraw_invitation(other, by=cast.lead)
    to_new(cast, cast.lead)
    people.end_role(lead_role(cast), by=cast.coordinator)
    with pytest.raises(PermissionDenied):  # the part is not theirs any more
        people.withdraw_invitation(asked(), by=make.fresh(cast.lead))


def test_the_way_back_leads_nowhere_else(cast):
    to_new(cast, cast.lead)
    browser = Client()
    browser.force_login(cast.lead)
    url = reverse("invitation_resend", args=[cast.partnership.slug, asked().pk])
    assert (
        browser.post(f"{url}?next=/account/").url == browser.get(f"{url}?next=/account/").url == "/account/"
    )
    people_page = reverse("people", args=[cast.partnership.slug])
    for foreign in ("https://example.com/", "//example.com/", "javascript:alert(1)", ""):
        assert browser.get(url, {"next": foreign}).url == people_page


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
    assert done.redirect_chain[0][0] == cast.partnership.get_absolute_url()
    assert "Ann Lee is invited to take it over." in done.content.decode()
    browser.force_login(cast.coordinator)
    done = browser.post(url, {"name": "Tom", "email": cast.contributor.email}, follow=True)
    assert done.redirect_chain[0][0] == reverse("people", args=[cast.partnership.slug])
    assert browser.get(url).status_code == 404
