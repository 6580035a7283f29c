"""What the partnership asked for stays in view until it decides again."""

import pytest

from returns.workflow import Status
from tests.returns import cast as people

pytestmark = pytest.mark.django_db
ASKED = "Please say what changed because of the postcards."


def asked_for_changes() -> people.Cast:
    cast = people.make()
    people.bring_to(cast, Status.SUBMITTED)
    people.move(cast, "request_changes", reason=ASKED)
    return cast


def test_what_was_asked_stays_while_the_agency_sends_and_takes_back(client):
    cast = asked_for_changes()
    people.submit(cast)
    people.move(cast, "take_back", by=cast.lead)
    client.force_login(cast.lead)
    assert ASKED in client.get(cast.agency_return.get_absolute_url()).content.decode()


def test_the_coordinator_reads_what_was_asked_beside_the_new_text(client):
    cast = asked_for_changes()
    people.submit(cast)
    client.force_login(cast.coordinator)
    page = client.get(cast.agency_return.url("review")).content.decode()
    assert ASKED in page
    assert "What was asked for" in page


def test_approving_settles_it():
    cast = asked_for_changes()
    people.submit(cast)
    people.move(cast, "approve", reason="")
    assert (cast.agency_return.reason, cast.agency_return.reason_by) == ("", None)


def test_why_it_was_taken_in_again_is_no_wish_for_changes():
    cast = people.make()
    people.bring_to(cast, Status.EXCLUDED)
    people.move(cast, "include", reason="They had cases after all.")
    assert cast.agency_return.reason == ""
