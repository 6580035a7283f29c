"""What the database itself refuses, and who sees what."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import Agency, Invitation, Message, Partnership, Role, Seat, User
from tests.agencies import factories as make

pytestmark = pytest.mark.django_db


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except IntegrityError:
        return True
    return False


def test_agencies_and_seats(cast):
    police, agency = cast.police, cast.police.agency
    seat = {"partnership": cast.partnership, "agency": agency, "position": 9, "joined_on": date(2026, 5, 1)}
    assert refused(lambda: Seat.objects.create(**seat))
    assert refused(lambda: Seat.objects.create(**seat, left_on=date(2026, 4, 30)))
    assert refused(lambda: Seat.objects.filter(pk=cast.hospitals.pk).update(succeeded_by=police))
    assert refused(lambda: Agency.objects.filter(pk=agency.pk).update(succeeded_by=agency))
    assert refused(lambda: Agency.objects.create(name="x", slug=agency.slug))
    assert refused(lambda: Partnership.objects.create(name="x", slug=cast.partnership.slug))
    assert not refused(lambda: Seat.objects.create(**seat, left_on=date(2026, 5, 1)))


def test_people_and_parts(cast):
    part = {"user": cast.board, "partnership": cast.partnership}
    assert refused(lambda: User.objects.create(email=cast.board.email, name="x"))
    assert refused(lambda: User.objects.filter(pk=cast.board.pk).update(is_active=False))
    assert refused(lambda: User.objects.filter(pk=cast.board.pk).update(disabled_at=timezone.now()))
    assert refused(lambda: Role.objects.create(**part, kind="board"))
    assert refused(lambda: Role.objects.create(**part, kind="king"))
    assert refused(lambda: Role.objects.create(**part, kind="lead"))
    assert refused(lambda: Role.objects.create(**part, kind="board", seat=cast.police))
    assert refused(
        lambda: Role.objects.create(
            user=cast.lead, kind="lead", partnership=cast.partnership, seat=cast.police
        )
    )
    assert not refused(lambda: Role.objects.create(**part, kind="second_reader"))


def test_invitations(cast):
    def offer(**fields):
        base = {
            "email": "ann@example.org",
            "name": "Ann",
            "kind": "board",
            "partnership": cast.partnership,
            "invited_by": cast.coordinator,
            "expires_at": timezone.now() + timedelta(days=1),
        }
        return Invitation.objects.create(**{**base, **fields})

    now = timezone.now()
    offer()
    offer(kind="lead", seat=cast.police)
    assert refused(offer)
    assert refused(lambda: offer(kind="lead", seat=cast.police))
    assert refused(lambda: offer(kind="lead"))
    assert refused(lambda: offer(kind="coordinator", seat=cast.police))
    assert refused(lambda: offer(email="b@example.org", kind="king"))
    assert refused(lambda: offer(email="b@example.org", accepted_at=now))
    assert refused(lambda: offer(email="b@example.org", withdrawn_by=cast.coordinator))
    assert not refused(lambda: offer(withdrawn_at=now, withdrawn_by=cast.coordinator))


def test_messages(db):
    def message(**fields):
        base = {"to_email": "a@example.org", "to_name": "A", "kind": "x", "subject": "S", "paragraphs": []}
        return Message.objects.create(**{**base, "about": "x/1/", **fields})

    assert refused(lambda: message(state="gone"))
    assert refused(lambda: message(state="sent"))
    assert refused(lambda: message(sent_at=timezone.now()))
    message(key="once")
    assert refused(lambda: message(key="once"))


SEEN = {  # who: (partnerships, agencies, accounts, emails of the partnership)
    "administrator": ({"here", "there"}, {"here", "there"}, True, True),
    "coordinator": ({"here"}, {"here", "there"}, False, True),
    "other_coordinator": ({"there"}, {"here", "there"}, False, False),
    "lead": ({"here"}, {"here"}, False, False),
    "contributor": ({"here"}, {"here"}, False, False),
    "second_reader": ({"here"}, {"here"}, False, False),
    "board": ({"here"}, {"here"}, False, False),
}


@pytest.mark.parametrize("who", SEEN)
def test_who_sees_what(cast, who):
    make.seat(cast.neighbour, "Bedford Fire", by=cast.administrator)
    user = make.fresh(getattr(cast, who))
    label = {cast.partnership.pk: "here", cast.neighbour.pk: "there"}
    places, agencies, accounts, emails = SEEN[who]
    assert {label[place.pk] for place in Partnership.objects.visible_to(user)} == places
    seen = Agency.objects.visible_to(user)
    assert {"there" if agency.name == "Bedford Fire" else "here" for agency in seen} == agencies
    assert len(seen) == len({agency.pk for agency in seen})
    assert User.objects.visible_to(user).exists() == accounts
    assert Message.objects.visible_to(user).filter(partnership=cast.partnership).exists() == emails


def test_things_read_well(cast):
    assert str(make.role_of(cast.lead, cast.partnership)) == "Responsible for the return, Bedfordshire Police"
    offered = make.invitation(cast.partnership, name="Ann", email="ann@example.org")
    assert str(offered) == "Ann: Board member, Luton Safeguarding Children Partnership"
    assert str(offered.is_open) == "True"
    message = Message.objects.get(to_email="ann@example.org")
    assert str(message) == "Invitation from Luton Safeguarding Children Partnership → ann@example.org"
    assert str(cast.police) == str(cast.police.agency) == "Bedfordshire Police"
