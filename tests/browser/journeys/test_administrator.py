"""An administrator sets everything up from an empty database, merges two agencies and shuts somebody out."""

import pytest
from django.core.management import call_command

from agencies.models import RoleKind, User
from tests.agencies import factories
from tests.agencies.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MAEVE = "m.corrigan@brackleyvale.example.org"


def test_from_an_empty_database_to_the_first_coordinator(comes, post, monkeypatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser", interactive=False, email="g.prosser@council.example.org", name="Gareth Prosser"
    )
    gareth = comes("administrator").signs_in("g.prosser@council.example.org")
    gareth.is_at("What waits for you").sees("Begin with the first partnership")

    gareth.follows("Set up").is_at("Set-up").sees("There is no partnership yet")
    gareth.follows("Set up the first partnership")
    gareth.presses("Set up this partnership").is_at("Set up a partnership").sees("There is a problem")
    gareth.fills("Name of the partnership", "Brackley Vale Safeguarding Children Partnership")
    gareth.fills("Short name for web addresses", "brackley-vale").presses("Set up this partnership")

    gareth.is_at("Agencies").sees("There are no agencies yet").follows("Add the first agency")
    for name in ("Midvale Police", "Vale Hospitals", "Hazelgate"):
        gareth.fills("Name in this partnership", name).presses("Add this agency").is_at("Agencies")
        gareth.sees(name).follows("Add an agency") if name != "Hazelgate" else None
    gareth.presses("Move up", at="Hazelgate").sees("2. Hazelgate", "3. Vale Hospitals")
    gareth.presses("Move down", at="Midvale Police").sees("1. Hazelgate", "2. Midvale Police")

    gareth.follows("People").sees("Nobody coordinates this partnership yet").follows("Invite a coordinator")
    gareth.fills("Name", "Maeve Corrigan").fills("Work e-mail address", MAEVE).presses("Send the invitation")
    gareth.is_at("People").sees("Maeve Corrigan is invited").sees("Waiting to be sent", at=MAEVE)

    maeve = comes("coordinator").goes_to(post.link(MAEVE))
    gareth.comes_back().sees("Not accepted yet", at=MAEVE)
    maeve.is_at("You are invited to Brackley Vale").sees("Gareth Prosser", MAEVE)
    maeve.presses("Accept and set up my account").sees("There is a problem")
    maeve.chooses("With a password that I choose now").fills("Password", PASSWORD)
    maeve.presses("Accept and set up my account").is_at("What waits for you")
    maeve.sees("Your account is set up", "Coordinator: Brackley Vale")
    maeve.presses("Sign out").signs_in(MAEVE).is_at("What waits for you")
    gareth.comes_back().sees("Coordinator", at="Maeve Corrigan").sees_no("Nobody coordinates")


def test_an_agency_is_merged_into_its_successor(comes) -> None:
    admin = factories.administrator()
    place = factories.partnership(by=admin)
    small, large = factories.seat(place, "Hazelgate", by=admin), factories.seat(place, "Waymark", by=admin)
    lead = factories.member(place, RoleKind.LEAD, seat=small, name="Gurpreet Sandhu", by=admin)

    gareth = comes("administrator", admin).goes_to("/setup/").follows("Merge Hazelgate into another agency")
    gareth.presses("Merge").sees("There is a problem")
    gareth.picks("Which agency carries on?", "Waymark").chooses("I have checked both names").presses("Merge")
    gareth.is_at("Set-up").sees("Hazelgate is merged into Waymark").sees(
        "Merged into Waymark", at="Hazelgate"
    )
    gareth.goes_to(f"/{place.slug}/agencies/").sees("1. Waymark", "Gurpreet Sandhu").sees_no("2.")
    comes("lead", lead).goes_to("/").sees("Responsible for the return: Waymark")
    assert large.agency.slug == "waymark"


def test_a_disabled_person_is_signed_out_at_once_and_can_come_back(comes) -> None:
    admin = factories.administrator()
    place = factories.partnership(by=admin)
    maeve = factories.coordinator(place)
    working = comes("coordinator").signs_in(maeve.email).goes_to(f"/{place.slug}/")

    gareth = comes("administrator", admin).goes_to("/setup/").fills("Name or e-mail address", "corrigan")
    gareth.presses("Search").follows("Disable Maeve Corrigan").is_at("Disable the account of Maeve Corrigan")
    gareth.presses("Disable this account").sees("signed out everywhere").sees("Disabled", at=maeve.email)

    working.follows("People and invitations").is_at("Sign in")
    working.fills("Work e-mail address", maeve.email).fills("Password", PASSWORD).presses("Sign in")
    working.sees_no("What waits for you")
    gareth.presses("Enable", at=maeve.email).sees("can sign in again").sees("Active", at=maeve.email)
    working.signs_in(maeve.email).is_at("What waits for you")
    assert User.objects.get(pk=maeve.pk).is_active
