"""Sentences about people: ending one's own part, who is invited, how signing in failed."""

import html

import pytest
from django.test import Client
from django.urls import reverse

from agencies.actions import people
from agencies.models import RoleKind
from tests.agencies import factories as make

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response) -> str:
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def end_url(cast, user) -> str:
    return reverse("role_end", args=[cast.partnership.slug, make.role_of(user, cast.partnership).pk])


def test_a_coordinator_who_ends_her_own_part_is_told_so_and_led_home(cast) -> None:
    make.coordinator(cast.partnership, name="Tunde Adeyemi")
    client, url = signed_in(cast.coordinator), end_url(cast, cast.coordinator)
    assert "This is you" in words(client.get(url))
    answered = client.post(url, follow=True)
    assert answered.redirect_chain == [("/", 302)]
    assert "Your part has ended." in words(answered)


def test_who_ends_the_part_of_another_stays_with_the_people(cast) -> None:
    client, url = signed_in(cast.coordinator), end_url(cast, cast.board)
    assert "This is you" not in words(client.get(url))
    assert client.post(url).url == reverse("people", args=[cast.partnership.slug])


def test_the_first_coordinator_is_invited_and_has_not_accepted(db) -> None:
    admin = make.administrator()
    here = make.partnership(by=admin)
    people = reverse("people", args=[here.slug])
    assert "Nobody coordinates this partnership yet" in words(signed_in(admin).get(people))
    make.invitation(here, RoleKind.COORDINATOR, name="Maeve Corrigan", by=admin)
    page = words(signed_in(admin).get(people))
    assert "Nobody coordinates" not in page
    assert "Maeve Corrigan</span> is invited to coordinate this partnership and has not accepted yet" in page


def test_an_agency_chosen_for_a_part_without_one_is_not_dropped_in_silence(cast) -> None:
    sent = {"name": "Ann", "email": "ann@example.org", "kind": "board", "seat": str(cast.police.pk)}
    page = words(signed_in(cast.coordinator).post(reverse("invite", args=[cast.partnership.slug]), sent))
    assert "This part is in the partnership as a whole. Choose “None”" in page
    assert not cast.partnership.invitations.filter(email="ann@example.org").exists()


def test_signing_in_that_fails_says_what_to_do_next(cast) -> None:
    page = words(Client().post(reverse("account_login"), {"login": cast.lead.email, "password": "wrong"}))
    assert "This e-mail address and this password do not go together." in page
    empty = words(Client().post(reverse("account_login"), {}))
    assert empty.count("“Work e-mail address” is still empty.") == 2


def test_the_page_for_a_code_says_once_where_it_went(cast) -> None:
    client = Client()
    page = client.post(reverse("account_request_login_code"), {"email": cast.lead.email}, follow=True)
    assert words(page).count("is on its way") == 1
    again = client.get(page.redirect_chain[-1][0])
    assert words(again).count("is on its way") == 1


def test_the_home_page_of_the_first_administrator(db) -> None:
    assert "Begin with the first partnership" in words(signed_in(make.administrator()).get("/"))


def test_disabling_the_only_coordinator_is_warned_of_and_said_truly_afterwards(cast) -> None:
    admin = signed_in(cast.administrator)
    page = reverse("person_disable", args=[cast.coordinator.pk])
    other = make.coordinator(cast.partnership, name="Tunde Adeyemi")
    assert "is the only coordinator" not in words(admin.get(page))
    assert "is the only coordinator" not in words(
        admin.get(reverse("person_disable", args=[cast.second_reader.pk]))
    )
    people.end_role(make.role_of(other, cast.partnership), by=cast.administrator)
    warned = words(admin.get(page))
    assert "is the only coordinator" in warned and cast.partnership.name in warned
    admin.post(page)
    setup = words(admin.get(reverse("setup") + "?q=maeve"))
    assert "None at present" in setup and "None yet" not in setup
    assert "When enabled again:" in setup and f"Coordinator, {cast.partnership.name}" in setup
    listed = words(admin.get(reverse("people", args=[cast.partnership.slug])))
    assert "Nobody coordinates this partnership at the moment" in listed
    assert "Maeve Corrigan</span>, who coordinates it, is disabled." in listed
    assert "Tunde Adeyemi" not in listed and "add the agencies" not in listed


def test_a_partnership_with_agencies_that_never_had_a_coordinator_needs_none_to_add_them(cast) -> None:
    fresh = make.partnership("Eastmere", by=cast.administrator)
    make.seat(fresh, "Eastmere Police", by=cast.administrator)
    page = words(signed_in(cast.administrator).get(reverse("people", args=[fresh.slug])))
    assert "Invite its coordinator, who can then invite everybody else." in page
