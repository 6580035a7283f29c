"""Fresh proof of who somebody is: asked for once, taken for five minutes, by a code where there is no password."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from agencies.models import User
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db
PAGE = reverse("confirm_by_code")


@pytest.fixture
def scene() -> tuple[Cast, Client, str]:
    """A second coordinator without a password in front of a page that asks for proof."""
    cast = players.make()
    players.prepare(cast)
    user = User.objects.get(pk=cast.second_coordinator.pk)
    user.set_unusable_password()
    user.save()
    url = reverse("edition_publish", args=[cast.partnership.slug, cast.collection.slug])
    return cast, players.client(user), url


def code() -> str:
    found = re.search(r"^ +(\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def ask(client: Client, url: str) -> str:
    """The page that asks, as the browser comes to it."""
    return client.get(url, follow=True).redirect_chain[-1][0]


def test_a_code_is_sent_and_leads_on_to_the_page(scene) -> None:
    _, client, url = scene
    page = ask(client, url)
    assert page == f"{PAGE}?next={url.replace('/', '%2F')}"
    assert "Send me a code" in client.get(page).content.decode()
    client.post(page)
    assert mail.outbox[-1].subject == "Your code to confirm that it is you"
    assert client.post(page, {"code": f"{code()[:3]} {code()[3:]}"}).url == url
    assert client.get(url).status_code == 200
    with time_machine.travel(10**10, tick=False):
        assert client.get(url).status_code == 302


def test_what_was_sent_goes_on_by_itself(scene) -> None:
    _, client, url = scene
    page = f"{PAGE}?next={url}"
    client.post(url, {"name": "Ruth Abara", "meeting": "", "on": "2026-02-01"})
    client.post(page)
    shown = client.post(page, {"code": code()}).content.decode()
    assert "Ruth Abara" in shown and "is still empty" in shown


def test_a_wrong_code_may_be_mended_twice_and_a_right_one_is_used_up(scene) -> None:
    _, client, url = scene
    page = f"{PAGE}?next={url}"
    client.post(page)
    right = code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(2):
        assert "This is not the code" in client.post(page, {"code": wrong}).content.decode()
    assert client.post(page, {"code": right}).status_code == 302
    assert "This is not the code" in client.post(page, {"code": right}).content.decode()
    client.post(page)
    for _ in range(3):
        client.post(page, {"code": wrong})
    assert "This is not the code" in client.post(page, {"code": code()}).content.decode()


def test_a_code_grows_old(scene) -> None:
    _, client, url = scene
    page = f"{PAGE}?next={url}"
    with time_machine.travel("2026-05-03 10:00", tick=False):
        client.force_login(User.objects.get(pk=scene[0].second_coordinator.pk))
        client.post(page)
    with time_machine.travel("2026-05-03 10:06", tick=False):
        assert "too old" in client.post(page, {"code": code()}).content.decode()
        assert "Enter the six digits" in client.post(page, {"code": "abc"}).content.decode()


def test_who_has_a_password_is_asked_for_that(scene) -> None:
    cast, _, url = scene
    client = players.client(cast.second_reader)
    assert client.get(PAGE).status_code == 403
    page = ask(client, url)
    assert page.startswith(reverse("account_reauthenticate"))
    assert client.post(page, {"password": "three quiet otters"}).url == url
    assert client.get(url).status_code == 200


def test_codes_cannot_be_asked_for_without_end(scene, settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.ACCOUNT_RATE_LIMITS = {"reauthenticate": "2/m/user"}
    _, client, _ = scene
    assert [client.post(PAGE).status_code for _ in range(3)] == [200, 200, 429]
