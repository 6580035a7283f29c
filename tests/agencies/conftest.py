"""The cast of most stories here: one partnership with everybody in it, and a neighbour."""

from dataclasses import dataclass

import pytest

from agencies.models import Agency, Partnership, RoleKind, Seat, User
from tests.agencies import factories as make


@dataclass
class Cast:
    partnership: Partnership
    neighbour: Partnership
    police: Seat
    hospitals: Seat
    administrator: User
    coordinator: User
    other_coordinator: User
    lead: User
    contributor: User
    second_reader: User
    board: User

    @property
    def police_agency(self) -> Agency:
        return self.police.agency


@pytest.fixture
def cast(db) -> Cast:
    admin = make.administrator()
    here = make.partnership("Luton Safeguarding Children Partnership", by=admin)
    neighbour = make.partnership("Bedford Safeguarding Children Partnership", by=admin)
    police = make.seat(here, "Bedfordshire Police", by=admin)
    hospitals = make.seat(here, "Luton Hospitals", by=admin)
    return Cast(
        partnership=here,
        neighbour=neighbour,
        police=police,
        hospitals=hospitals,
        administrator=admin,
        coordinator=make.coordinator(here, name="Maeve Corrigan"),
        other_coordinator=make.coordinator(neighbour, name="Judith Fairweather"),
        lead=make.member(here, RoleKind.LEAD, seat=police, name="Aneela Khan"),
        contributor=make.member(here, RoleKind.CONTRIBUTOR, seat=police, name="Tom Reid"),
        second_reader=make.member(here, RoleKind.SECOND_READER, name="Eluned Parry"),
        board=make.member(here, RoleKind.BOARD, name="Imran Chaudhry"),
    )
