"""The cast, made once a module: each test gets it fresh, and what the test does is rolled back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.returns import cast as players
from tests.returns.cast import Cast


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield players.make()
        transaction.set_rollback(True)


@pytest.fixture
def cast(company: Cast, db: None) -> Cast:
    """Everybody there is, with an open collection in which no return is started."""
    return players.fresh(company)
