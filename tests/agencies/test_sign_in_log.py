"""The log says who signed in and that somebody failed to, and no password."""

import logging

import pytest
from django.urls import reverse

from tests.agencies import factories

pytestmark = pytest.mark.django_db


def attempt(client, user, password):
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def test_signing_in_and_failing_are_logged_without_the_password(client, caplog):
    user = factories.administrator()
    with caplog.at_level(logging.INFO, logger="agencies.sign_in"):
        attempt(client, user, "not the right otters")
        attempt(client, user, factories.PASSWORD)
    assert [record.getMessage() for record in caplog.records if record.name == "agencies.sign_in"] == [
        "a sign-in failed from 127.0.0.1",
        f"person {user.pk} signed in from 127.0.0.1",
    ]
