"""A return is handed over from its own page: what is pending stands there, and whoever takes over knows the due date."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agencies.actions import people
from agencies.models import Invitation, Message, RoleKind
from returns.emails import compose
from returns.models import Collection
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

ANN = {"name": "Ann Lee", "email": "ann.lee@example.org"}


def page(cast: Cast, user=None) -> str:
    return (
        players.client(user or cast.lead)
        .get(cast.agency_return.get_absolute_url(), follow=True)
        .content.decode()
    )


def hand_over(cast: Cast, **values: str):
    role = factories.role_of(cast.lead, cast.partnership)
    url = reverse("role_hand_over", args=[cast.partnership.slug, role.pk])
    back = cast.agency_return.get_absolute_url()
    return players.client(cast.lead).post(f"{url}?next={back}", ANN | values)


def asked() -> Invitation:
    return Invitation.objects.get(email=ANN["email"])


def test_what_is_pending_stands_on_the_return_with_what_can_be_done(cast: Cast) -> None:
    assert "Hand it over to somebody else" in page(cast)
    assert hand_over(cast).url == cast.agency_return.get_absolute_url()
    shown = page(cast)
    assert "Ann Lee</span> is invited to take over from" in shown
    assert "Hand it over to somebody else" not in shown
    back = f"?next={cast.agency_return.get_absolute_url()}"
    for name in ("invitation_resend", "invitation_withdraw"):
        assert f'action="{reverse(name, args=[cast.partnership.slug, asked().pk])}{back}"' in shown
    for_others = page(cast, cast.contributor)
    assert "Ann Lee</span> is invited" in for_others and "invitation_withdraw" not in for_others
    assert f"/invitations/{asked().pk}/" not in for_others
    withdraw = reverse("invitation_withdraw", args=[cast.partnership.slug, asked().pk])
    answered = players.client(cast.lead).post(withdraw + back)
    assert answered.url == cast.agency_return.get_absolute_url()
    assert "Ann Lee" not in page(cast) and "Hand it over to somebody else" in page(cast)


def test_another_agencys_pending_hand_over_is_not_shown(cast: Cast) -> None:
    factories.invitation(
        cast.partnership, RoleKind.LEAD, seat=cast.other_seat, name="Ed", by=cast.coordinator
    )
    assert "is invited to" not in page(cast)
    factories.invitation(cast.partnership, RoleKind.LEAD, seat=cast.seat, name="Flo", by=cast.coordinator)
    assert "Flo</span> is invited to be responsible." in page(cast)


def test_whoever_takes_over_is_told_when_it_is_due(cast: Cast) -> None:
    hand_over(cast)
    letter = Message.objects.get(kind="invitation", to_email=ANN["email"])
    assert f"The 2025-26 return is due on {compose.day(cast.collection.due_on)}." in letter.paragraphs
    people.withdraw_invitation(asked(), by=cast.lead)
    Collection.objects.update(due_on=players.in_days(-2))
    done = hand_over(cast, email=cast.contributor.email)
    assert done.url == reverse("home")
    letter = Message.objects.get(kind="handed_over")
    assert letter.paragraphs[-1].startswith("The 2025-26 return was due on")


def test_nothing_is_due_of_what_was_sent(cast: Cast) -> None:
    players.save(cast)
    players.submit(cast)
    hand_over(cast)
    letter = Message.objects.get(kind="invitation", to_email=ANN["email"])
    assert not any("due on" in one for one in letter.paragraphs)


def test_afterwards_home_says_that_there_is_no_part_any_more(cast: Cast) -> None:
    hand_over(cast)
    people.accept_invitation(asked(), name="Ann Lee", password=factories.PASSWORD)
    home = players.client(factories.fresh(cast.lead)).get("/").content.decode()
    assert "You have no part in a partnership at present." in home


def test_the_mailbox_is_kept_from_the_page_of_the_return_and_leads_back_to_it(cast: Cast) -> None:
    back = cast.agency_return.get_absolute_url()
    url = f"{reverse('seat_mailbox', args=[cast.partnership.slug, cast.seat.pk])}?next={back}"
    assert f'href="{url}"' in page(cast)
    assert players.client(cast.lead).post(url, {"email": "team@example.org"}).url == back
