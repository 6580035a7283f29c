"""What exists in demo mode only."""

import pytest
from django.contrib.auth import get_user
from django.core.management import call_command
from django.urls import reverse

from agencies.actions import people
from tests.agencies import factories as make

pytestmark = pytest.mark.django_db

COORDINATOR = "m.corrigan@brackleyvale.example.org"


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return settings


@pytest.fixture
def place(cast):
    make.coordinator(cast.partnership, email=COORDINATOR)
    return cast.partnership


def test_a_live_site_has_none_of_it(client, place):
    assert client.post(reverse("demo_sign_in"), {"key": COORDINATOR}).status_code == 404
    assert client.get(reverse("demo_mail")).status_code == 404
    assert client.post(reverse("demo_mail")).status_code == 404
    assert "demo_people" not in client.get(reverse("account_login")).context


def test_the_sign_in_page_offers_those_who_have_an_account(client, demo, place):
    [person] = client.get(reverse("account_login")).context["demo_people"]
    assert (person.key, person.role_line) == (COORDINATOR, f"Coordinator, {place.name}")
    assert person.try_line.startswith("See who is late")
    assert "demo_people" not in client.get(reverse("help_page")).context


def test_one_click_signs_in_an_invented_person_and_nobody_else(client, demo, cast, place):
    response = client.post(reverse("demo_sign_in"), {"key": COORDINATOR, "next": "/help/"})
    assert response.url == "/help/" and get_user(client).email == COORDINATOR
    elsewhere = client.post(reverse("demo_sign_in"), {"key": COORDINATOR, "next": "https://evil.example/"})
    assert elsewhere.url == reverse("home")
    for key in ("", "nobody@example.org", cast.lead.email, str(cast.lead.pk)):
        assert client.post(reverse("demo_sign_in"), {"key": key}).status_code == 404
    assert client.get(reverse("demo_sign_in")).status_code == 405


def test_somebody_disabled_is_not_offered(client, demo, cast, place):
    people.disable(
        make.fresh(cast.coordinator.__class__.objects.get(email=COORDINATOR)), by=cast.administrator
    )
    assert client.get(reverse("account_login")).context["demo_people"] == []
    assert client.post(reverse("demo_sign_in"), {"key": COORDINATOR}).status_code == 404


def test_the_emails_that_were_not_sent_can_be_read_and_their_links_followed(client, demo, cast):
    assert "No e-mails yet" in client.get(reverse("demo_mail")).content.decode()
    for name in ("Zoë Ní Bhriain", "Ann"):
        make.invitation(cast.partnership, email="ann@example.org" if name == "Ann" else "", name=name)
    page = client.get(reverse("demo_mail")).content.decode()
    assert "2 e-mails wait to be sent" in page
    response = client.post(reverse("demo_mail"), follow=True)
    assert "2 e-mails written." in response.content.decode()
    emails = response.context["emails"]
    assert len(emails) == 2
    assert {"Zoë Ní Bhriain" in email.text for email in emails} == {True, False}
    assert response.content.decode().count('href="http://testserver/invitations/') == 2


def test_the_command_sends_in_the_demo_too(demo, cast):
    make.invitation(cast.partnership)
    call_command("send_messages", verbosity=0)
