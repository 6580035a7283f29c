"""Inviting, accepting, ending parts, disabling: each act with its one event."""

import threading

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies import tokens
from agencies.actions import people
from agencies.errors import NotNow
from agencies.models import Event, Invitation, Message, Role, RoleKind, User
from tests.agencies import factories as make

pytestmark = pytest.mark.django_db


def link(invitation: Invitation) -> str:
    return tokens.make("invitation", invitation.pk, invitation.nonce)


def test_an_invitation_becomes_an_account_with_the_part(cast):
    offered = make.invitation(cast.partnership, RoleKind.LEAD, seat=cast.hospitals, by=cast.coordinator)
    user, created = people.accept_invitation(offered, name="Ann Lee", password=make.PASSWORD)
    assert created and user.name == "Ann Lee" and user.check_password(make.PASSWORD)
    assert user.emailaddress_set.get().verified
    assert [str(role) for role in user.active_roles] == ["Responsible for the return, Luton Hospitals"]
    assert Role.objects.get(user=user).began_by == cast.coordinator
    assert Event.objects.filter(act="accept_invitation", by=user).count() == 1
    assert Event.objects.filter(act="invite", by=cast.coordinator).count() == 1


def test_somebody_without_a_password_signs_in_by_codes(cast):
    user, _ = people.accept_invitation(make.invitation(cast.partnership))
    assert not user.has_usable_password()


def test_an_account_that_exists_gets_the_part_and_keeps_its_name_and_password(cast):
    offered = make.invitation(cast.neighbour, email=cast.lead.email.upper())
    user, created = people.accept_invitation(offered, name="Other", password="something else entirely")
    assert (user, created, user.name) == (cast.lead, False, "Aneela Khan")
    assert user.check_password(make.PASSWORD)
    assert {role.kind for role in make.fresh(user).active_roles} == {"lead", "board"}


def test_the_longest_names_with_signs_above_and_below_are_kept(cast):
    """Such signs count in the database, though a reader sees one character with the one that they stand on."""
    cast.partnership.name = cast.hospitals.display_name = "ڭُ" * 100
    cast.partnership.save()
    cast.hospitals.save()
    make.invitation(cast.partnership, RoleKind.LEAD, seat=cast.hospitals, name="ی" * 150, by=cast.coordinator)
    assert len(Event.objects.filter(act="invite").order_by("-pk")[0].phrase) == 300
    assert Message.objects.filter(kind="invitation").order_by("-pk")[0].subject.startswith("Invitation from")


def test_one_person_may_have_many_parts(cast):
    for kind in (RoleKind.COORDINATOR, RoleKind.SECOND_READER, RoleKind.BOARD):
        make.member(cast.partnership, kind, email="many@example.org")
    make.member(cast.partnership, RoleKind.LEAD, seat=cast.police, email="many@example.org")
    assert len(User.objects.get(email="many@example.org").active_roles) == 4


def test_inviting_twice_or_for_a_part_that_is_there_is_refused(cast):
    make.invitation(cast.partnership, email="ann@example.org")
    with pytest.raises(NotNow, match="already invited"):
        make.invitation(cast.partnership, email="Ann@Example.org")
    with pytest.raises(NotNow, match="already has this part"):
        make.invitation(cast.partnership, email=cast.board.email)
    with pytest.raises(NotNow, match="Choose an agency"):
        make.invitation(cast.partnership, RoleKind.LEAD)
    with pytest.raises(NotNow, match="Choose an agency"):
        make.invitation(cast.partnership, RoleKind.BOARD, seat=cast.police)
    with pytest.raises(NotNow, match="not on the partnership"):
        make.invitation(cast.neighbour, RoleKind.LEAD, seat=cast.police)


def test_somebody_disabled_is_not_invited(cast):
    people.disable(cast.board, by=cast.administrator)
    with pytest.raises(NotNow, match="is disabled"):
        make.invitation(cast.neighbour, email=cast.board.email)


def test_a_link_expires_after_fourteen_days():
    with time_machine.travel("2026-05-01 12:00+00:00", tick=False) as clock:
        offered = make.invitation(make.partnership())
        clock.shift(14 * 24 * 3600 - 1)
        assert people.follow(link(offered)).problem == ""
        clock.shift(1)
        assert people.follow(link(offered)).problem == "expired"
        with pytest.raises(NotNow, match="cannot be used any more"):
            people.accept_invitation(offered)


def test_sending_again_gives_a_new_link_and_ends_the_old_one(cast):
    offered = make.invitation(cast.partnership)
    people.resend_invitation(offered, by=cast.coordinator)
    newer = Invitation.objects.get(pk=offered.pk)
    assert people.follow(link(offered)).problem == "replaced"
    assert people.follow(link(newer)).problem == ""
    with pytest.raises(NotNow):
        people.accept_invitation(offered)
    about = Message.objects.filter(about=f"invitation/{offered.pk}/").order_by("pk")
    assert [message.state for message in about] == ["cancelled", "waiting"]
    assert Event.objects.filter(act="resend_invitation").count() == 1


def test_a_withdrawn_invitation_is_neither_accepted_nor_sent_again(cast):
    offered = make.invitation(cast.partnership)
    people.withdraw_invitation(offered, by=cast.coordinator)
    assert people.follow(link(offered)).problem == "withdrawn"
    for act in (people.resend_invitation, people.withdraw_invitation):
        with pytest.raises(NotNow, match="already withdrawn"):
            act(offered, by=cast.coordinator)
    assert Message.objects.get(about=f"invitation/{offered.pk}/").state == "cancelled"
    assert Event.objects.filter(act="withdraw_invitation").count() == 1


def test_a_used_link_stays_used(cast):
    offered = make.invitation(cast.partnership)
    people.accept_invitation(offered)
    assert people.follow(link(offered)).problem == "accepted"
    with pytest.raises(NotNow):
        people.accept_invitation(offered)
    with pytest.raises(NotNow, match="already accepted"):
        people.withdraw_invitation(offered, by=cast.coordinator)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "a:b:c",
        "\0",
        tokens.make("confirmation", 1, 1),
        tokens.make("invitation", 999_999_999, 1),
        tokens.make("invitation", 1, 1)[:-1],
    ],
)
def test_a_forged_link_stands_for_nothing(token):
    assert people.follow(token) == (None, "unknown")


@pytest.mark.django_db(transaction=True)
def test_a_link_accepted_twice_at_once_makes_one_account():
    offered = make.invitation(make.partnership(), email="ann@example.org")
    outcomes = at_once(lambda: people.accept_invitation(offered), times=4)
    assert sorted(outcomes) == ["NotNow", "NotNow", "NotNow", "done"]
    assert User.objects.filter(email="ann@example.org").count() == 1
    assert Role.objects.filter(user__email="ann@example.org").count() == 1
    assert Event.objects.filter(act="accept_invitation").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_invitations_of_one_person_accepted_at_once_make_one_account():
    here, there = make.partnership(), make.partnership()
    offers = [make.invitation(place, email="ann@example.org") for place in (here, there)]
    assert at_once(*[lambda one=one: people.accept_invitation(one) for one in offers]) == ["done", "done"]
    assert len(User.objects.get(email="ann@example.org").active_roles) == 2


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_cannot_end_each_others_part_at_once():
    here = make.partnership()
    pair = [make.coordinator(here), make.coordinator(here)]
    roles = [make.role_of(user, here) for user in pair]
    acts = [
        lambda role=role, by=by: people.end_role(role, by=make.fresh(by))
        for role, by in zip(roles, reversed(pair), strict=True)
    ]
    at_once(*acts)
    assert Role.objects.active().filter(partnership=here, kind="coordinator").count() == 1


def at_once(*acts, times: int = 1) -> list[str]:
    """Runs the acts in threads of their own, with their own connections; how each ended."""
    outcomes: list[str] = []
    start = threading.Barrier(len(acts) * times)

    def run(act):
        start.wait()
        try:
            act()
            outcomes.append("done")
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts * times]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_a_part_ends_from_the_next_request_on(cast):
    people.end_role(make.role_of(cast.lead, cast.partnership), by=cast.coordinator)
    assert make.fresh(cast.lead).active_roles == []
    assert str(Event.objects.get(act="end_role")) == (
        "Maeve Corrigan ended the part of Aneela Khan (responsible for the return of Bedfordshire Police)"
    )
    with pytest.raises(NotNow, match="does not have this part"):
        people.end_role(Role.objects.get(user=cast.lead), by=cast.coordinator)


def test_the_last_coordinator_is_ended_by_an_administrator_only(cast):
    role = make.role_of(cast.coordinator, cast.partnership)
    with pytest.raises(NotNow, match="only coordinator"):
        people.end_role(role, by=cast.coordinator)
    people.end_role(role, by=cast.administrator)
    assert make.fresh(cast.coordinator).active_roles == []


@pytest.mark.parametrize("who", ["other_coordinator", "lead", "contributor", "second_reader", "board"])
def test_nobody_else_looks_after_people(cast, who):
    by = getattr(cast, who)
    offered = make.invitation(cast.partnership)
    for act in (
        lambda: make.invitation(cast.partnership, by=by),
        lambda: people.resend_invitation(offered, by=by),
        lambda: people.withdraw_invitation(offered, by=by),
        lambda: people.end_role(make.role_of(cast.coordinator, cast.partnership), by=by),
        lambda: people.disable(cast.lead, by=by),
        lambda: people.enable(cast.lead, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_disabling_ends_every_session_at_the_next_request(cast, client):
    phone, bystander = Client(HTTP_USER_AGENT="phone"), Client()
    bystander.force_login(cast.board)
    for device in (client, phone):
        device.force_login(cast.lead)
        assert device.get(reverse("account")).status_code == 200
    people.disable(cast.lead, by=cast.administrator)
    for device in (client, phone):
        response = device.get(reverse("account"))
        assert response.status_code == 302 and response.url.startswith(reverse("account_login"))
    assert not UserSession.objects.filter(user=cast.lead).exists()
    assert Session.objects.count() == 1 and bystander.get(reverse("account")).status_code == 200
    assert str(Event.objects.get(act="disable")) == "Gareth Prosser disabled the account of Aneela Khan"


def test_enabling_gives_the_parts_back_but_no_old_session(cast, client):
    client.force_login(cast.lead)
    client.get(reverse("account"))
    people.disable(cast.lead, by=cast.administrator)
    assert make.fresh(cast.lead).active_roles == []
    people.enable(cast.lead, by=cast.administrator)
    assert len(make.fresh(cast.lead).active_roles) == 1
    assert client.get(reverse("account")).status_code == 302
    assert Event.objects.filter(act="enable").count() == 1


def test_disabling_is_not_for_oneself_and_not_twice(cast):
    with pytest.raises(NotNow, match="your own account"):
        people.disable(cast.administrator, by=cast.administrator)
    with pytest.raises(NotNow, match="not disabled"):
        people.enable(cast.lead, by=cast.administrator)
    people.disable(cast.lead, by=cast.administrator)
    with pytest.raises(NotNow, match="disabled already"):
        people.disable(cast.lead, by=cast.administrator)


def test_createsuperuser_makes_an_administrator_who_can_sign_in(db, client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", make.PASSWORD)
    call_command("createsuperuser", email="Root@Example.org", name="Root", interactive=False, verbosity=0)
    response = client.post(reverse("account_login"), {"login": "root@example.org", "password": make.PASSWORD})
    assert response.status_code == 302
    assert client.get(reverse("setup")).status_code == 200
