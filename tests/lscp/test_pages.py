"""The pages of the site itself and of signing in: there for those who are not signed in, and valid as a whole."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

pytestmark = pytest.mark.django_db

OPEN_PAGES = [
    "help_page",
    "accessibility",
    "privacy",
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_inactive",
    "account_signup",
]


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_page_is_open_and_whole(client, name):
    response = client.get(reverse(name))
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == page.count("<main") == 1
    assert re.search(r"<title>[^–]*\S – .+</title>", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_signing_up_needs_an_invitation(client):
    assert "You need an invitation" in client.get(reverse("account_signup")).content.decode()


def test_an_error_comes_first_in_the_title(client):
    page = client.post(reverse("account_login"), {}).content.decode()
    assert "<title>Error: Sign in" in page
    assert 'href="#id_login"' in page


def test_nobody_is_told_which_addresses_have_an_account(client):
    response = client.post(
        reverse("account_request_login_code"), {"email": "stranger@example.org"}, follow=True
    )
    assert "If <strong>stranger@example.org</strong> has an account" in response.content.decode()


def test_a_page_that_is_not_there(client):
    response = client.get("/no/such/page/at/all/")
    assert response.status_code == 404
    assert "not able to see" in response.content.decode()


@pytest.mark.parametrize("name", ["500.html", "400.html"])
def test_pages_for_failures_need_nothing(name):
    page = render_to_string(name)
    assert page.count("<h1") == 1
    assert 'href="/"' in page


def test_a_refusal_gives_its_reason(rf):
    assert "Only the coordinator can." in render_to_string(
        "403.html", {"exception": "Only the coordinator can."}, request=rf.get("/")
    )


def test_demo_people_are_offered_only_where_there_are_some(client):
    assert "Try the service as" not in client.get(reverse("account_login")).content.decode()
