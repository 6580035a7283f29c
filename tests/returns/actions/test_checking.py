"""A contributor says that the draft is ready: the person responsible is told, once, and it holds until it is moved."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from agencies.errors import NotNow
from agencies.models import Event, Message
from returns.actions import checking
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db


def page(cast: Cast, user) -> str:
    return players.client(user).get(cast.agency_return.get_absolute_url()).content.decode()


def press(cast: Cast, user, **body: str):
    return players.client(user).post(cast.agency_return.url("mark_ready"), body, follow=True)


def test_the_person_responsible_is_told_and_sees_it(cast: Cast) -> None:
    players.save(cast, by=cast.contributor)
    assert "Say that it is ready to be checked" in page(cast, cast.contributor)
    assert "Say that it is ready to be checked" not in page(cast, cast.lead)
    assert "Aneela Khan is told by e-mail." in press(cast, cast.contributor).content.decode()
    press(cast, cast.contributor)  # twice is once
    letter = Message.objects.get(kind="ready")
    assert letter.to_user == cast.lead and "ready for you to check" in letter.subject
    assert Event.objects.filter(act="mark_ready", by=cast.contributor).count() == 1
    assert "Rhiannon Beddoes</span> says so" in page(cast, cast.lead)
    assert "Ready to be checked" in players.client(cast.lead).get("/").content.decode()


def test_it_is_taken_back_by_either(cast: Cast) -> None:
    players.save(cast)
    for user in (cast.contributor, cast.lead):
        checking.mark_ready(cast.agency_return, by=cast.contributor)
        assert "Noted that it is not ready yet." in press(cast, user, ready="no").content.decode()
        assert cast.agency_return.ready_at is None
    checking.unmark_ready(cast.agency_return, by=cast.lead)
    assert Event.objects.filter(act="unmark_ready").count() == 2


def test_sending_settles_it(cast: Cast) -> None:
    players.save(cast)
    checking.mark_ready(cast.agency_return, by=cast.contributor)
    players.submit(cast)
    assert (cast.agency_return.ready_at, cast.agency_return.ready_by) == (None, None)


def test_who_may_not_and_when_not(cast: Cast) -> None:
    with pytest.raises(NotNow, match="Nothing is written yet"):
        checking.mark_ready(cast.agency_return, by=cast.contributor)
    players.save(cast)
    for user in (cast.lead, cast.coordinator, cast.other_lead, cast.second_reader):
        with pytest.raises(PermissionDenied):
            checking.mark_ready(cast.agency_return, by=user)
    with pytest.raises(PermissionDenied):
        checking.unmark_ready(cast.agency_return, by=cast.coordinator)
    players.submit(cast)
    for act in (checking.mark_ready, checking.unmark_ready):
        with pytest.raises(NotNow):
            act(cast.agency_return, by=cast.contributor)
