"""Who may open which page, what the pages do, and that a long list costs no more queries than a short one."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils.html import escape

from agencies import urls
from agencies.actions import messages, people, setup
from agencies.models import Agency, Invitation, Message, Partnership, RoleKind, Seat, User
from tests.agencies import factories as make

pytestmark = pytest.mark.django_db

EVERYBODY = [
    "anonymous",
    "administrator",
    "coordinator",
    "other_coordinator",
    "lead",
    "contributor",
    "second_reader",
    "board",
]
# For each kind of page: what each person gets. 302 is the way to the sign-in page.
MANAGED = dict(zip(EVERYBODY, [302, 200, 200, 404, 403, 403, 403, 403], strict=True))
SET_UP = dict(zip(EVERYBODY, [302, 200, 403, 403, 403, 403, 403, 403], strict=True))
NO_LOGO_YET = dict(zip(EVERYBODY, [302, *[404] * 7], strict=True))
SHOWN = dict(zip(EVERYBODY, [302, 200, 200, 404, 200, 200, 200, 200], strict=True))
OWN = dict(zip(EVERYBODY, [302, *[200] * 7], strict=True))
# A page that only acts leads those who may act back to its list, and so answers them with 302, too.
ACT_MANAGED = MANAGED | {"administrator": 302, "coordinator": 302}
ACT_SET_UP = SET_UP | {"administrator": 302}


def addresses(cast) -> dict[str, tuple[str, dict[str, int]]]:
    """Name → (address, who gets what by POST for acts and by GET for pages)."""
    slug = cast.partnership.slug
    offered = Invitation.objects.filter(partnership=cast.partnership).first()
    role = make.role_of(cast.lead, cast.partnership)
    message = Message.objects.filter(partnership=cast.partnership).first()
    return {
        "account": (reverse("account"), OWN),
        "setup": (reverse("setup"), SET_UP),
        "partnership_new": (reverse("partnership_new"), SET_UP),
        "partnership_rename": (reverse("partnership_rename", args=[slug]), SET_UP),
        "agency_merge": (reverse("agency_merge", args=[cast.police_agency.slug]), SET_UP),
        "person_disable": (reverse("person_disable", args=[cast.lead.pk]), SET_UP),
        "person_enable": (reverse("person_enable", args=[cast.lead.pk]), ACT_SET_UP),
        "people": (reverse("people", args=[slug]), MANAGED),
        "invite": (reverse("invite", args=[slug]), MANAGED),
        "invitation_resend": (reverse("invitation_resend", args=[slug, offered.pk]), ACT_MANAGED),
        "invitation_withdraw": (reverse("invitation_withdraw", args=[slug, offered.pk]), ACT_MANAGED),
        "role_end": (reverse("role_end", args=[slug, role.pk]), MANAGED),
        "role_hand_over": (reverse("role_hand_over", args=[slug, role.pk]), MANAGED | {"lead": 200}),
        "seats": (reverse("seats", args=[slug]), MANAGED),
        "seat_add": (reverse("seat_add", args=[slug]), MANAGED),
        "seat_rename": (reverse("seat_rename", args=[slug, cast.police.pk]), MANAGED),
        "seat_move": (reverse("seat_move", args=[slug, cast.police.pk]), ACT_MANAGED),
        "seat_mailbox": (
            reverse("seat_mailbox", args=[slug, cast.police.pk]),
            MANAGED | {"lead": 200},
        ),
        "seat_end": (reverse("seat_end", args=[slug, cast.police.pk]), MANAGED),
        "look": (reverse("look", args=[slug]), MANAGED),
        "look_style": (reverse("look_style", args=[slug]), SHOWN),
        "look_logo": (reverse("look_logo", args=[slug]), NO_LOGO_YET),
        "messages": (reverse("messages", args=[slug]), MANAGED),
        "message_resend": (reverse("message_resend", args=[slug, message.pk]), ACT_MANAGED),
    }


ACTS = {"person_enable", "invitation_resend", "invitation_withdraw", "seat_move", "message_resend"}
READ_ONLY = {"look_logo", "look_style", "account", "setup", "people", "seats", "messages"}
OF_RETURNS = {"agency_merge", "role_hand_over"}  # they say, too, what is asked of the agency
ELSEWHERE = {"invitation", "demo_sign_in", "demo_mail", "confirm_by_code"}  # each has tests of its own


def sign_in(client, cast, who: str) -> None:
    if who != "anonymous":
        client.force_login(getattr(cast, who))


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_the_pages_that_are_theirs(cast, client, who):
    sign_in(client, cast, who)
    table = addresses(cast)
    got = {}
    for name, (url, _) in table.items():
        got[name] = (client.post(url) if name in ACTS else client.get(url)).status_code
    assert got == {name: expected[who] for name, (_, expected) in table.items()}


@pytest.mark.parametrize("who", ["other_coordinator", "lead", "contributor", "second_reader", "board"])
def test_nobody_else_changes_anything_by_posting(cast, client, who):
    sign_in(client, cast, who)
    before = _everything()
    for name, (url, expected) in addresses(cast).items():
        wanted = 405 if name in READ_ONLY else expected[who]
        posted = {"name": "New", "slug": "new-place", "email": "no address"}
        assert client.post(url, posted).status_code == wanted, name
    assert _everything() == before


def _everything() -> list[object]:
    kinds = (Partnership, Agency, Seat, User, Invitation, Message)
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]


def test_every_address_is_in_the_table(cast):
    there = {pattern.name for pattern in urls.urlpatterns} | OF_RETURNS
    assert there == set(addresses(cast)) | ELSEWHERE


def test_addresses_templates_and_views_have_one_name(cast):
    for pattern in urls.urlpatterns:
        assert pattern.callback.__name__ == pattern.name


@pytest.mark.parametrize("name", sorted(ACTS))
def test_a_get_after_signing_in_again_leads_back_to_the_list(cast, client, name):
    url, _ = addresses(cast)[name]
    client.force_login(cast.administrator)
    response = client.get(url)
    assert response.status_code == 302
    assert resolve(response.url).url_name in {"people", "seats", "messages", "setup"}


def test_things_of_another_partnership_are_not_found(cast, client):
    client.force_login(cast.administrator)
    other = cast.neighbour.slug
    for name, pk in (
        ("seat_rename", cast.police.pk),
        ("seat_end", cast.police.pk),
        ("role_end", make.role_of(cast.lead, cast.partnership).pk),
    ):
        assert client.get(reverse(name, args=[other, pk])).status_code == 404
    message = Message.objects.filter(partnership=cast.partnership).first()
    offered = make.invitation(cast.partnership)
    for name, pk in (
        ("seat_move", cast.police.pk),
        ("message_resend", message.pk),
        ("invitation_resend", offered.pk),
        ("invitation_withdraw", offered.pk),
    ):
        assert client.post(reverse(name, args=[other, pk])).status_code == 404


# --- What the pages do ---------------------------------------------------------------------------


def test_an_administrator_sets_up_a_place_on_the_pages(client, db):
    client.force_login(make.administrator())
    assert b"Set up the first partnership" in client.get(reverse("setup")).content
    response = client.post(reverse("partnership_new"), {"name": "Luton  Partnership"}, follow=True)
    place = Partnership.objects.get()
    assert (place.name, place.slug) == ("Luton Partnership", "luton-partnership")
    assert b"Add the first agency" in response.content
    for name in ("Police", "Hospitals"):
        client.post(reverse("seat_add", args=[place.slug]), {"name": name})
    hospitals = place.seats.get(agency__name="Hospitals")
    client.post(reverse("seat_move", args=[place.slug, hospitals.pk]), {"up": "1"})
    assert [seat.name for seat in place.seats.all()] == ["Hospitals", "Police"]
    response = client.post(
        reverse("invite", args=[place.slug]),
        {"name": "Maeve", "email": "Maeve@Example.org", "kind": "coordinator"},
        follow=True,
    )
    assert b"Maeve is invited." in response.content
    assert b"Waiting to be sent" in response.content
    assert b"is invited to coordinate this partnership and has not accepted yet" in response.content


def test_a_coordinator_invites_a_lead_from_a_link_that_says_what_for(cast, client):
    client.force_login(cast.coordinator)
    page = client.get(reverse("people", args=[cast.partnership.slug])).content.decode()
    [url] = re.findall(r'href="([^"]*\?kind=lead[^"]*)"', page)
    form = client.get(url.replace("&amp;", "&")).context["form"]
    assert form["seat"].value() == cast.hospitals.pk and form["kind"].value() == "lead"
    odd = client.get(reverse("invite", args=[cast.partnership.slug]) + "?kind=king&seat=١")
    assert odd.context["form"].initial == {"seat": None, "kind": None}


def test_an_invitation_leads_back_to_the_page_that_asked_for_it(cast, client):
    client.force_login(cast.coordinator)
    slug = cast.partnership.slug
    invite, people, seats = (reverse(name, args=[slug]) for name in ("invite", "people", "seats"))
    given = {"name": "Imran", "kind": "board"}
    wanted = {"a@example.org": seats, "b@example.org": f"{people}?next=/{slug}/2026-27/agencies/"}
    for email, page in wanted.items():
        asked = f"{invite}?{urlencode({'next': page})}"
        assert f'href="{escape(page)}"' in client.get(asked).content.decode()  # to cancel
        assert client.post(asked, given | {"email": email}).url == page


@pytest.mark.parametrize("elsewhere", ["https://example.org/SLUG/people/", "//example.org/SLUG/people/", ""])
def test_an_invitation_leads_to_no_other_site(cast, client, elsewhere):
    client.force_login(cast.coordinator)
    slug = cast.partnership.slug
    asked = f"{reverse('invite', args=[slug])}?{urlencode({'next': elsewhere.replace('SLUG', slug)})}"
    response = client.post(asked, {"name": "Imran", "kind": "board", "email": "i@example.org"})
    assert response.url == reverse("people", args=[slug])


@pytest.mark.parametrize("name", ["people", "seats", "messages"])
def test_who_comes_from_a_year_finds_the_way_back(cast, client, name):
    client.force_login(cast.coordinator)
    slug = cast.partnership.slug
    year = f"/{slug}/2026-27/"
    page = client.get(reverse(name, args=[slug]), {"next": f"{year}agencies/"})
    assert ("2026-27 return", year) in page.context["crumbs"]
    others = {"people", "seats", "messages"} - {name}
    for other in others:
        assert (
            f'href="{reverse(other, args=[slug])}?next=%2F{slug}%2F2026-27%2Fagencies%2F"'
            in page.content.decode()
        )
    for nowhere in ("", "/another/2026-27/", "/help/", "/x y/"):
        alone = client.get(reverse(name, args=[slug]), {"next": nowhere})
        assert "2026-27 return" not in alone.content.decode()


def test_what_an_action_refuses_stands_in_the_form(cast, client):
    client.force_login(cast.coordinator)
    response = client.post(
        reverse("invite", args=[cast.partnership.slug]),
        {"name": "Imran", "email": cast.board.email, "kind": "board"},
    )
    assert response.status_code == 200
    assert f"{cast.board.email} already has this part." in response.content.decode()


def test_what_cannot_be_done_now_is_said_and_not_a_failure(cast, client):
    client.force_login(cast.coordinator)
    slug = cast.partnership.slug
    offered = make.invitation(cast.partnership)
    last = reverse("role_end", args=[slug, make.role_of(cast.coordinator, cast.partnership).pk])
    assert "only coordinator" in client.post(last, follow=True).content.decode()
    withdraw = reverse("invitation_withdraw", args=[slug, offered.pk])
    assert "withdrawn, and its link" in client.post(withdraw, follow=True).content.decode()
    for url in (withdraw, reverse("invitation_resend", args=[slug, offered.pk])):
        assert "already withdrawn" in client.post(url, follow=True).content.decode()
    end = reverse("seat_end", args=[slug, cast.police.pk])
    assert "has left" in client.post(end, follow=True).content.decode()
    assert "already left" in client.post(end, follow=True).content.decode()
    assert "not been on the list since" in client.get(end).content.decode()
    waiting = Message.objects.create(
        partnership=cast.partnership,
        to_email="a@example.org",
        to_name="A",
        kind="x",
        subject="S",
        paragraphs=[],
        about="x/1/",
    )
    resend = reverse("message_resend", args=[slug, waiting.pk])
    assert "not been sent yet" in client.post(resend, follow=True).content.decode()


def test_an_administrator_merges_disables_and_enables_on_the_pages(cast, client):
    client.force_login(cast.administrator)
    merge = reverse("agency_merge", args=[cast.police_agency.slug])
    assert "Tick the box" in client.post(merge, {"into": cast.hospitals.agency_id}).content.decode()
    client.post(merge, {"into": cast.hospitals.agency_id, "sure": "on"})
    assert Agency.objects.get(pk=cast.police.agency_id).succeeded_by == cast.hospitals.agency
    assert client.get(merge).status_code == 404
    assert "Merged" in client.get(reverse("setup")).content.decode()
    disable = reverse("person_disable", args=[cast.lead.pk])
    assert "is disabled, and" in client.post(disable, follow=True).content.decode()
    assert "disabled already" in client.post(disable, follow=True).content.decode()
    assert "Enable it again" in client.get(disable).content.decode()
    enable = reverse("person_enable", args=[cast.lead.pk])
    assert "can sign in again" in client.post(enable, follow=True).content.decode()
    assert "is not disabled" in client.post(enable, follow=True).content.decode()
    rename = reverse("partnership_rename", args=[cast.partnership.slug])
    assert "is called New name now" in client.post(rename, {"name": "New name"}, follow=True).content.decode()


def test_a_seat_is_renamed_and_a_part_ended_on_the_pages(cast, client):
    client.force_login(cast.coordinator)
    rename = reverse("seat_rename", args=[cast.partnership.slug, cast.police.pk])
    assert "is called The Police" in client.post(rename, {"name": "The Police"}, follow=True).content.decode()
    role = make.role_of(cast.lead, cast.partnership)
    end = reverse("role_end", args=[cast.partnership.slug, role.pk])
    assert "Aneela Khan has ended" in client.post(end, follow=True).content.decode()
    assert "This part ended on" in client.get(end).content.decode()


def test_a_taken_agency_is_chosen_and_not_made_twice(cast, client):
    client.force_login(cast.other_coordinator)
    url = reverse("seat_add", args=[cast.neighbour.slug])
    refused = client.post(url, {"name": "bedfordshire police"}).content.decode()
    assert "choose it from the list above" in refused
    client.post(url, {"agency": cast.police.agency_id})
    assert cast.neighbour.seats.get().agency == cast.police.agency
    assert "is on the list already" in client.post(url, {"name": "Bedfordshire Police"}).content.decode()


def test_emails_in_trouble_are_shown_with_what_to_do(cast, client):
    client.force_login(cast.coordinator)
    offered = make.invitation(cast.partnership, email="ann@example.org", name="Ann")
    Message.objects.filter(to_email="ann@example.org").update(state="refused", error="Refused (550).")
    messages.queue(
        "reminder",
        to_email="bo@example.org",
        to_name="Bo",
        subject="Your return is due",
        paragraphs=[],
        about="x/1/",
        partnership=cast.partnership,
    )
    Message.objects.filter(to_email="bo@example.org").update(state="unsure")
    page = client.get(reverse("people", args=[cast.partnership.slug])).content.decode()
    assert "Not delivered" in page and "Refused (550)." in page
    assert "Your return is due</span>, to Bo (bo@example.org): perhaps not delivered." in page
    sent = client.get(reverse("messages", args=[cast.partnership.slug])).content.decode()
    assert "Perhaps not delivered" in sent and "Send again" in sent
    message = Message.objects.get(to_email="bo@example.org")
    client.post(reverse("message_resend", args=[cast.partnership.slug, message.pk]))
    client.post(reverse("invitation_resend", args=[cast.partnership.slug, offered.pk]))
    page = client.get(reverse("people", args=[cast.partnership.slug])).content.decode()
    assert "Some e-mails may not have arrived" not in page and "Not delivered" not in page


def test_an_email_is_found_among_many_by_whom_it_went_to_and_how_it_ended(cast, client):
    def queued(name: str, subject: str, state: str) -> None:
        wanted = {"to_email": f"{name.split()[0].lower()}@vale.example", "to_name": name, "subject": subject}
        message = messages.queue(
            "x", paragraphs=["secret"], about="x/1/", partnership=cast.partnership, **wanted
        )
        Message.objects.filter(pk=message.pk).update(state=state)

    Message.objects.all().delete()
    queued("Ann Lee", "Your return is due", "refused")
    queued("Ann Morris", "Your return is due", "waiting")
    queued("Bo Lee", "You are invited", "unsure")
    queued("Cy Pratt", "You are invited", "cancelled")
    Message.objects.filter(to_name="Ann Lee").update(partnership=cast.neighbour)
    queued("Ann Lee", "Your return is due", "refused")
    client.force_login(cast.coordinator)
    url = reverse("messages", args=[cast.partnership.slug])

    def found(**asked: str) -> list[str]:
        return sorted(one.to_name for one in client.get(url, asked).context["page"])

    everybody = ["Ann Lee", "Ann Morris", "Bo Lee", "Cy Pratt"]
    assert found() == found(q="", state="") == found(state="nonsense") == found(q="\0") == everybody
    assert found(q="lee") == ["Ann Lee", "Bo Lee"]
    assert found(q="lee due") == found(q="ann@vale", state="trouble") == ["Ann Lee"]
    assert found(q="invited") == ["Bo Lee", "Cy Pratt"]
    assert found(q="secret") == []
    assert found(state="trouble") == ["Ann Lee", "Bo Lee"]
    assert found(state="waiting") == ["Ann Morris"]
    assert found(state="cancelled") == ["Cy Pratt"]
    nothing = client.get(url, {"q": "secret"}).content.decode()
    assert "No e-mail found" in nothing and "Show all" in nothing and 'value="secret"' in nothing


def test_what_was_searched_for_stays_while_one_pages_and_sends_again(cast, client):
    for _ in range(101):
        messages.queue(
            "x",
            to_email="ann@example.org",
            to_name="Ann",
            subject="Due",
            paragraphs=[],
            about="x/1/",
            partnership=cast.partnership,
        )
    Message.objects.filter(to_name="Ann").update(state="refused")
    client.force_login(cast.coordinator)
    url = reverse("messages", args=[cast.partnership.slug])
    page = client.get(url, {"q": "ann & bo"}).content.decode()
    assert "No e-mail found" in page
    page = client.get(url, {"q": "ann", "state": "trouble"}).content.decode()
    assert 'href="?q=ann&amp;state=trouble&amp;page=2"' in page and "101 e-mails found" in page
    again = reverse("message_resend", args=[cast.partnership.slug, Message.objects.first().pk])
    assert f'action="{again}?q=ann&amp;state=trouble"' in page
    assert client.post(f"{again}?q=ann&state=trouble").url == f"{url}?q=ann&state=trouble"


def test_many_agencies_without_anybody_responsible_stand_behind_a_line(cast, client):
    """Or they would push the people off the page."""
    client.force_login(cast.coordinator)
    url = reverse("people", args=[cast.partnership.slug])
    assert "nobody has agreed yet to be responsible for the return:" in client.get(url).content.decode()
    seats = [make.seat(cast.partnership, by=cast.administrator) for _ in range(10)]
    page = client.get(url).content.decode()
    notice = page.split("Nobody is responsible yet")[1].split("</details>")[0]
    assert "See which, and invite somebody" in notice
    assert all(f"kind=lead&amp;seat={seat.pk}" in notice for seat in seats)


def test_people_are_found_by_name_and_address(cast, client):
    client.force_login(cast.administrator)
    found = lambda q: [str(who) for who in client.get(reverse("setup"), {"q": q}).context["page"]]  # noqa: E731
    assert found("khan") == ["Aneela Khan"]
    assert found(f"aneela {cast.lead.email}") == ["Aneela Khan"]
    assert found("nobody\0 at % all") == []
    assert "Nobody found" in client.get(reverse("setup"), {"q": "zzz"}).content.decode()


def test_names_are_written_as_text(cast, client):
    nasty = '<script>alert("1")</script>'
    make.invitation(cast.partnership, name=nasty)
    make.seat(cast.partnership, nasty)
    setup.rename_partnership(cast.partnership, name=nasty, by=cast.administrator)
    client.force_login(cast.administrator)
    for name, (url, _) in addresses(cast).items():
        if name not in ACTS:
            assert nasty not in client.get(url).content.decode()


# --- Queries -------------------------------------------------------------------------------------

LISTS = ["people", "seats", "messages", "setup", "invite", "seat_add", "agency_merge"]


@pytest.mark.parametrize("name", LISTS)
def test_a_long_list_costs_no_more_queries_than_a_short_one(cast, client, name):
    client.force_login(cast.administrator)
    _grow(cast)
    url, _ = addresses(cast)[name]
    few = _queries(client, url)
    for _ in range(12):
        _grow(cast)
    assert _queries(client, url) == few


def _grow(cast) -> None:
    seat = make.seat(cast.partnership, by=cast.administrator)
    here = make.partnership(by=cast.administrator)
    make.seat(here, agency=seat.agency, by=cast.administrator)
    offered = make.invitation(cast.partnership, RoleKind.LEAD, seat=seat, by=cast.administrator)
    people.accept_invitation(offered)
    make.invitation(cast.partnership, RoleKind.LEAD, seat=seat, by=cast.administrator)
    make.invitation(cast.partnership, by=cast.administrator)
    message = messages.queue(
        "reminder",
        to_email="a@example.org",
        to_name="A",
        subject="S",
        paragraphs=[],
        about=f"x/{seat.pk}/",
        partnership=cast.partnership,
    )
    Message.objects.filter(pk=message.pk).update(state="refused")
    other = make.seat(cast.partnership, by=cast.administrator)
    setup.merge(Agency.objects.get(pk=other.agency_id), into=seat.agency, by=cast.administrator)


def _queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_emails_come_a_hundred_a_page(cast, client):
    Message.objects.bulk_create(
        Message(
            partnership=cast.partnership,
            to_email="a@example.org",
            to_name="A",
            kind="x",
            subject=f"Number {number}",
            paragraphs=[],
            about="x/1/",
        )
        for number in range(150)
    )
    client.force_login(cast.coordinator)
    url = reverse("messages", args=[cast.partnership.slug])
    first, second = client.get(url), client.get(url, {"page": "2"})
    assert len(first.context["page"]) == 100 and b"Page 1 of 2" in first.content
    assert b"Number 149" in first.content and b"Number 0<" in second.content
    assert client.get(url, {"page": "x"}).status_code == 200
