"""Partnerships, agencies in their order, mergers: each act with its one event."""

import pytest
from django.core.exceptions import PermissionDenied

from agencies.actions import people, setup
from agencies.errors import NotNow
from agencies.models import Agency, Event, Invitation, Message, Partnership, Role, RoleKind, Seat
from tests.agencies import factories as make

pytestmark = pytest.mark.django_db


def names(partnership: Partnership) -> list[str]:
    return [seat.name for seat in partnership.seats.current()]


def events(act: str) -> list[str]:
    return [str(event) for event in Event.objects.filter(act=act)]


def test_administrator_sets_up_the_first_partnership_from_an_empty_database():
    admin = make.administrator()
    partnership = setup.create_partnership(name="Luton", slug="luton", by=admin)
    setup.add_seat(partnership, name="Police", by=admin)
    setup.add_seat(partnership, name="Hospitals", by=admin)
    people.invite(partnership, email="Maeve@Example.org", name="Maeve", kind=RoleKind.COORDINATOR, by=admin)
    assert names(partnership) == ["Police", "Hospitals"]
    assert Message.objects.get().to_email == "maeve@example.org"
    assert [event.act for event in Event.objects.order_by("pk")] == [
        "create_partnership",
        "add_seat",
        "add_seat",
        "invite",
    ]


def test_a_taken_short_name_is_refused_with_a_reason(cast):
    with pytest.raises(NotNow, match="Choose another"):
        setup.create_partnership(name="Luton", slug=cast.partnership.slug, by=cast.administrator)


def test_renaming_a_partnership_leaves_an_event_and_renaming_to_the_same_none(cast):
    setup.rename_partnership(cast.partnership, name="New name", by=cast.administrator)
    setup.rename_partnership(cast.partnership, name="New name", by=cast.administrator)
    assert Partnership.objects.get(pk=cast.partnership.pk).name == "New name"
    assert events("rename_partnership") == [
        "Gareth Prosser renamed Luton Safeguarding Children Partnership to New name"
    ]


def test_two_long_names_fit_into_one_event(cast):
    setup.rename_partnership(cast.partnership, name="a" * 200, by=cast.administrator)
    setup.rename_partnership(
        Partnership.objects.get(pk=cast.partnership.pk), name="b" * 200, by=cast.administrator
    )
    assert len(Event.objects.filter(act="rename_partnership").first().phrase) == 300


@pytest.mark.parametrize(
    "name", ["Heddlu Gwent", "شرطة المقاطعة", "!!!", "x" * 200, "St. John's / Ambulance"]
)
def test_every_name_gets_a_short_name_of_its_own(cast, name):
    first = make.seat(cast.partnership, name)
    second = make.seat(cast.neighbour, name)
    assert first.agency.slug != second.agency.slug
    assert 0 < len(second.agency.slug) <= 80


def test_moving_swaps_neighbours_and_stops_at_the_ends(cast):
    setup.move_seat(cast.hospitals, up=True, by=cast.coordinator)
    assert names(cast.partnership) == ["Luton Hospitals", "Bedfordshire Police"]
    setup.move_seat(cast.hospitals, up=True, by=cast.coordinator)
    assert names(cast.partnership) == ["Luton Hospitals", "Bedfordshire Police"]
    assert events("move_seat") == ["Maeve Corrigan moved Luton Hospitals up"]


def test_an_agency_of_another_partnership_keeps_its_own_name_there(cast):
    seat = setup.add_seat(
        cast.neighbour, name="County Police", agency=cast.police_agency, by=cast.other_coordinator
    )
    assert seat.agency == cast.police.agency
    assert (seat.name, Seat.objects.get(pk=cast.police.pk).name) == ("County Police", "Bedfordshire Police")


def test_the_same_agency_is_not_listed_twice(cast):
    with pytest.raises(NotNow, match="already on the list"):
        setup.add_seat(cast.partnership, name="Again", agency=cast.police_agency, by=cast.coordinator)


def test_renaming_a_seat_is_seen_in_this_partnership_only(cast):
    there = make.seat(cast.neighbour, agency=cast.police_agency)
    setup.rename_seat(cast.police, name="The Police", by=cast.coordinator)
    assert Seat.objects.get(pk=cast.police.pk).name == "The Police"
    assert Seat.objects.get(pk=there.pk).name == "Bedfordshire Police"
    assert len(events("rename_seat")) == 1


def test_an_agency_that_leaves_takes_its_peoples_parts_and_invitations_along(cast):
    waiting = make.invitation(cast.partnership, RoleKind.LEAD, seat=cast.police)
    setup.end_seat(cast.police, by=cast.coordinator)
    assert names(cast.partnership) == ["Luton Hospitals"]
    assert make.fresh(cast.lead).active_roles == []
    assert Invitation.objects.get(pk=waiting.pk).withdrawn_by == cast.coordinator
    assert Message.objects.get(about=f"invitation/{waiting.pk}/").state == "cancelled"
    assert len(events("end_seat")) == 1
    with pytest.raises(NotNow, match="already left"):
        setup.end_seat(cast.police, by=cast.coordinator)
    with pytest.raises(NotNow, match="no place in the order"):
        setup.move_seat(cast.police, up=True, by=cast.coordinator)


def test_an_agency_that_left_can_come_back(cast):
    setup.end_seat(cast.police, by=cast.coordinator)
    make.seat(cast.partnership, agency=cast.police_agency)
    assert names(cast.partnership) == ["Luton Hospitals", "Bedfordshire Police"]


@pytest.mark.parametrize("who", ["other_coordinator", "lead", "contributor", "second_reader", "board"])
def test_nobody_else_changes_the_list(cast, who):
    by = getattr(cast, who)
    for act in (
        lambda: setup.add_seat(cast.partnership, name="New", by=by),
        lambda: setup.rename_seat(cast.police, name="New", by=by),
        lambda: setup.move_seat(cast.police, up=False, by=by),
        lambda: setup.end_seat(cast.police, by=by),
        lambda: setup.merge(cast.police.agency, into=cast.hospitals.agency, by=by),
        lambda: setup.create_partnership(name="New", slug="new-one", by=by),
        lambda: setup.rename_partnership(cast.partnership, name="New", by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


# --- Mergers -------------------------------------------------------------------------------------


def test_a_successor_takes_the_place_and_the_people_carry_on(cast):
    new = make.seat(cast.neighbour, "Eastern Police").agency
    setup.merge(cast.police_agency, into=new, by=cast.administrator)
    assert names(cast.partnership) == ["Eastern Police", "Luton Hospitals"]
    old = Seat.objects.get(pk=cast.police.pk)
    assert old.left_on and old.succeeded_by.agency == new
    assert [role.seat for role in make.fresh(cast.lead).active_roles] == [old.succeeded_by]
    assert Role.objects.get(seat=old, user=cast.lead).ended_by == cast.administrator
    assert events("merge") == ["Gareth Prosser merged Bedfordshire Police into Eastern Police"]


def test_where_both_sit_the_people_join_and_nobody_has_a_part_twice(cast):
    make.member(cast.partnership, RoleKind.LEAD, seat=cast.hospitals, email=cast.lead.email)
    setup.merge(cast.police_agency, into=cast.hospitals.agency, by=cast.administrator)
    assert names(cast.partnership) == ["Luton Hospitals"]
    assert [(role.kind, role.seat) for role in make.fresh(cast.lead).active_roles] == [
        ("lead", cast.hospitals)
    ]
    assert [role.kind for role in make.fresh(cast.contributor).active_roles] == ["contributor"]


def test_a_chain_of_mergers_ends_at_the_last_agency(cast):
    third = make.seat(cast.neighbour, "Third").agency
    setup.merge(cast.police_agency, into=cast.hospitals.agency, by=cast.administrator)
    setup.merge(cast.hospitals.agency, into=third, by=cast.administrator)
    police = Agency.objects.get(pk=cast.police.agency_id)
    assert police.succeeded_by == third
    assert Seat.objects.get(pk=cast.police.pk).succeeded_by.agency == third
    assert names(cast.partnership) == ["Third"]
    assert [role.seat.agency for role in make.fresh(cast.lead).active_roles] == [third]


def test_an_invitation_follows_the_merger_and_can_still_be_accepted(cast):
    offered = make.invitation(cast.partnership, RoleKind.LEAD, seat=cast.police)
    double = make.invitation(
        cast.partnership, RoleKind.CONTRIBUTOR, seat=cast.police, email="twice@example.org"
    )
    make.invitation(cast.partnership, RoleKind.CONTRIBUTOR, seat=cast.hospitals, email="twice@example.org")
    setup.merge(cast.police_agency, into=cast.hospitals.agency, by=cast.administrator)
    user, _ = people.accept_invitation(Invitation.objects.get(pk=offered.pk))
    assert [role.seat for role in user.active_roles] == [cast.hospitals]
    assert Invitation.objects.get(pk=double.pk).withdrawn_at


def test_a_merger_that_makes_no_sense_is_refused(cast):
    with pytest.raises(NotNow, match="into itself"):
        setup.merge(cast.police_agency, into=cast.police_agency, by=cast.administrator)
    setup.merge(cast.police_agency, into=cast.hospitals.agency, by=cast.administrator)
    with pytest.raises(NotNow, match="already been merged"):
        setup.merge(cast.police_agency, into=cast.hospitals.agency, by=cast.administrator)
    with pytest.raises(NotNow, match="already been merged"):
        setup.merge(cast.hospitals.agency, into=cast.police_agency, by=cast.administrator)
    with pytest.raises(NotNow, match="was taken over by"):
        make.seat(cast.neighbour, agency=Agency.objects.get(pk=cast.police.agency_id))
