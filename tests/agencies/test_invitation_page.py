"""The page behind an invitation's link, for everybody who may open it."""

import threading

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies import tokens
from agencies.actions import people
from agencies.models import Event, Invitation, Role, RoleKind, User
from tests.agencies import factories as make

pytestmark = pytest.mark.django_db

NEW = {"name": "Ann Lee", "how": "password", "password": make.PASSWORD}


def url(invitation: Invitation) -> str:
    token = tokens.make("invitation", invitation.pk, invitation.nonce)
    return reverse("invitation", args=[token])


@pytest.fixture
def offered(cast) -> Invitation:
    return make.invitation(
        cast.partnership,
        RoleKind.LEAD,
        seat=cast.hospitals,
        email="ann@example.org",
        name="Ann",
        by=cast.coordinator,
    )


def test_a_scanner_that_opens_the_link_does_not_use_it_up(client, offered):
    for _ in range(3):
        assert client.get(url(offered)).status_code == 200
        assert client.head(url(offered)).status_code == 200
    assert people.follow(url(offered).split("/")[2]).problem == ""


def test_a_new_person_chooses_a_password_and_is_signed_in(client, offered):
    page = client.get(url(offered)).content.decode()
    for words in ("Luton Hospitals", "Maeve Corrigan", "ann@example.org", 'value="Ann"'):
        assert words in page
    response = client.post(url(offered), NEW)
    assert (response.status_code, response.url) == (302, reverse("home"))
    assert get_user(client).name == "Ann Lee"
    assert UserSession.objects.get().user == get_user(client)
    client.logout()
    signed_in = client.post(reverse("account_login"), {"login": "ANN@example.org", "password": make.PASSWORD})
    assert signed_in.status_code == 302 and get_user(client).is_authenticated


def test_who_accepted_is_told_of_the_part_in_plain_words(client, cast):
    offered = make.invitation(cast.partnership, RoleKind.BOARD, email="b@example.org", by=cast.coordinator)
    page = client.post(url(offered), NEW, follow=True).content.decode()
    assert f"You are a board member of {cast.partnership.name}." in page


def test_a_new_person_chooses_emailed_codes(client, offered, mailoutbox):
    client.post(url(offered), {"name": "Ann", "how": "codes", "password": "left over"})
    assert not get_user(client).has_usable_password()
    client.logout()
    client.post(reverse("account_request_login_code"), {"email": "ann@example.org"})
    assert mailoutbox[-1].to == ["ann@example.org"]


@pytest.mark.parametrize(
    "change, says",
    [
        ({"password": ""}, "Enter a password, or choose e-mailed codes."),
        ({"password": "short"}, "too short"),
        ({"password": "ann@example.org"}, "too similar"),
        ({"password": "password123"}, "too common"),
        ({"name": "\u200b"}, "Enter your name."),
        ({"how": ""}, "Choose how you want to sign in."),
        ({"name": "x" * 151}, "150"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_used_up(client, offered, change, says):
    response = client.post(url(offered), NEW | change)
    assert response.status_code == 200 and says in response.content.decode()
    assert not User.objects.filter(email="ann@example.org").exists()


def test_a_person_with_an_account_gets_the_part_and_signs_in_as_always(cast, client):
    offered = make.invitation(cast.neighbour, email=cast.lead.email)
    assert "You have an account with this address already." in client.get(url(offered)).content.decode()
    response = client.post(url(offered))
    assert response.url == reverse("account_login")
    assert not get_user(client).is_authenticated
    assert make.fresh(cast.lead).has_role(cast.neighbour.pk, RoleKind.BOARD)


def test_the_person_signed_in_accepts_and_goes_home(cast, client):
    client.force_login(cast.lead)
    offered = make.invitation(cast.neighbour, email=cast.lead.email)
    assert "added to the parts you have" in client.get(url(offered)).content.decode()
    assert client.post(url(offered)).url == reverse("home")
    used = client.get(url(offered))
    assert used.status_code == 410 and "Go to what waits for you" in used.content.decode()


def test_somebody_else_is_told_so_and_comes_back_after_signing_out(cast, client, offered):
    client.force_login(cast.board)
    page = client.get(url(offered)).content.decode()
    assert "You are signed in as somebody else" in page and cast.board.email in page
    assert client.post(url(offered), NEW).status_code == 403
    response = client.post(reverse("account_logout"), {"next": url(offered)})
    assert response.url == url(offered)
    assert "Set up your account" in client.get(url(offered)).content.decode()


def test_links_that_cannot_be_used_say_what_to_do(cast, client, offered):
    def answer(link: str) -> tuple[int, str]:
        got, posted = client.get(link), client.post(link, NEW)
        assert got.status_code == posted.status_code
        return got.status_code, got.content.decode()

    old = url(offered)
    people.resend_invitation(offered, by=cast.coordinator)
    newer = Invitation.objects.get(pk=offered.pk)
    status, page = answer(old)
    assert status == 410 and "A newer link was sent to you" in page
    with time_machine.travel(newer.expires_at):
        status, page = answer(url(newer))
        assert status == 410 and "This link has expired" in page and cast.coordinator.email in page
    people.withdraw_invitation(newer, by=cast.coordinator)
    status, page = answer(url(newer))
    assert status == 410 and "This invitation was withdrawn" in page
    for forged in ("x", "x:y", tokens.make("confirmation", offered.pk, 1), "%00"):
        status, page = answer(f"/invitations/{forged}/")
        assert status == 404 and "This link does not work" in page
        assert "Luton" not in page
    assert not User.objects.filter(email="ann@example.org").exists()


def test_a_disabled_account_accepts_nothing(cast, client):
    offered = make.invitation(cast.neighbour, email=cast.board.email)
    people.disable(cast.board, by=cast.administrator)
    page = client.post(url(offered))
    assert page.status_code == 410 and "This account is closed" in page.content.decode()


def test_a_used_link_tells_strangers_to_sign_in(client, offered):
    Client().post(url(offered), NEW)
    page = client.get(url(offered))
    assert page.status_code == 410 and "This invitation has been accepted" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_button_pressed_twice_at_once_makes_one_account():
    offered = make.invitation(make.partnership(), email="ann@example.org")
    start, statuses = threading.Barrier(3), []

    def press():
        start.wait()
        statuses.append(Client().post(url(offered), NEW).status_code)
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {302, 410} and len(statuses) == 3
    assert User.objects.filter(email="ann@example.org").count() == 1
    assert Role.objects.filter(user__email="ann@example.org").count() == 1
    assert Event.objects.filter(act="accept_invitation").count() == 1
