"""The pages of the site itself and of signing in: there for those who are not signed in, and valid as a whole."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.template.loader import render_to_string
from django.urls import reverse

from agencies.models import User

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


SIGNED_IN_PAGES = [
    "account",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "usersessions_list",
]


@pytest.fixture
def person(client):
    """Signed in through the page itself, so that the session counts as recent."""
    user = User.objects.create_user("ann@example.org", "three quiet otters", name="Ann Okafor")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": user.email, "password": "three quiet otters"})
    return user


@pytest.mark.parametrize("name", SIGNED_IN_PAGES)
def test_page_of_the_account_is_whole(client, person, name):
    page = client.get(reverse(name)).content.decode()
    assert page.count("<h1") == page.count("<main") == 1
    assert "Ann Okafor" in page
    assert f'method="post" action="{reverse("account_logout")}"' in page


@pytest.mark.django_db(transaction=True)  # allauth says so only once it is committed
def test_the_second_step_is_set_up_and_taken_away_again(client, person):
    client.post(reverse("account_reauthenticate"), {"password": "three quiet otters"})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'<code class="key">(\w+)</code>', page)[1]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    page = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True).content.decode()
    assert "The second step is on." in page
    assert page.count("<li><code>") == 10
    assert "You have 10 left" in client.get(reverse("mfa_index")).content.decode()
    assert "stop working" in client.get(reverse("mfa_generate_recovery_codes")).content.decode()
    page = client.post(reverse("mfa_deactivate_totp"), follow=True).content.decode()
    assert "The second step is off." in page


def test_a_code_by_email_lets_in(client, person, mailoutbox):
    client.logout()
    client.post(reverse("account_request_login_code"), {"email": person.email})
    assert mailoutbox[-1].subject == "Your sign-in code"
    code = re.search(r"^    (\S+)$", mailoutbox[-1].body, re.MULTILINE)[1]
    wrong = client.post(reverse("account_confirm_login_code"), {"code": "nope"}).content.decode()
    assert "<title>Error: Enter your sign-in code" in wrong and "go back and have a new code sent" in wrong
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.get(reverse("account")).status_code == 200


def test_how_long_a_code_works_is_said_as_it_is_set(client, person, mailoutbox, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 420
    client.logout()
    assert "works for 7 minutes" in client.get(reverse("account_request_login_code")).content.decode()
    asked = client.post(reverse("account_request_login_code"), {"email": person.email}, follow=True)
    assert "The code works for 7 minutes." in asked.content.decode()
    assert "It works for 7 minutes." in mailoutbox[-1].body


def test_a_wrong_old_password_is_called_wrong(client, person):
    new = "four quiet otters now"
    values = {"oldpassword": "a wrong one", "password1": new, "password2": new}
    page = client.post(reverse("account_change_password"), values).content.decode()
    assert "This is not the password you have now." in page


def test_the_account_says_whether_there_is_a_password(client, person):
    assert "Not shown" in client.get(reverse("account")).content.decode()
    person.set_password(None)
    person.save()
    client.force_login(person)
    page = client.get(reverse("account")).content.decode()
    assert "Not shown" not in page and f'href="{reverse("account_set_password")}"' in page


def test_the_privacy_page_is_also_for_those_without_an_account(client):
    page = client.get(reverse("privacy")).content.decode()
    assert "What is kept about you if you have no account" in page
    assert page.count("which e-mails were sent to you") == 2


def test_who_forgot_the_password_chooses_another_by_a_code(client, person, mailoutbox):
    client.logout()
    client.post(reverse("account_reset_password"), {"email": person.email})
    code = re.search(r"^    (\S+)$", mailoutbox[-1].body, re.MULTILINE)[1]
    assert "Your code to choose a new password is" in mailoutbox[-1].body
    confirm, complete = (
        reverse(f"account_{name}") for name in ("confirm_password_reset_code", "complete_password_reset")
    )
    assert "<title>Error:" in client.post(confirm, {"code": "nope"}).content.decode()
    page = client.post(confirm, {"code": code}, follow=True).content.decode()
    assert "Choose a new password" in page
    refused = client.post(complete, {"password1": "password", "password2": "password"}).content.decode()
    assert "<title>Error: Choose a new password" in refused
    new = "five quiet otters now"
    client.post(complete, {"password1": new, "password2": new})
    client.logout()
    client.post(reverse("account_login"), {"login": person.email, "password": "three quiet otters"})
    assert client.get(reverse("account")).status_code == 302
    client.post(reverse("account_login"), {"login": person.email, "password": new})
    assert client.get(reverse("account")).status_code == 200


def test_the_second_step_is_asked_for_at_the_next_sign_in(client, person):
    client.post(reverse("account_reauthenticate"), {"password": "three quiet otters"})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'<code class="key">(\w+)</code>', page)[1]
    at = int(time.time()) // 30
    client.post(reverse("mfa_activate_totp"), {"code": format_hotp_value(hotp_value(secret, at))})
    assert "Turn the second step off" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.logout()
    sign_in = {"login": person.email, "password": "three quiet otters"}
    page = client.post(reverse("account_login"), sign_in, follow=True).content.decode()
    assert page.count("<h1") == 1 and client.get(reverse("account")).status_code == 302
    assert "<title>Error:" in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert client.get(reverse("account")).status_code == 302
    recovery = person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    client.post(reverse("mfa_authenticate"), {"code": recovery})
    assert client.get(reverse("account")).status_code == 200


def test_a_changed_password_is_told_by_email(client, person, mailoutbox):
    new = "four quiet otters now"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": "three quiet otters", "password1": new, "password2": new},
    )
    assert "If it was not, tell your partnership’s coordinator now." in mailoutbox[-1].body


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
    assert (
        response.content.decode().count("If stranger@example.org has an account, a code is on its way") == 1
    )


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
