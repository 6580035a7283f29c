"""A coordinator invites people to every part; links are used up by a button, and what did not arrive is shown."""

import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend

from agencies.models import RoleKind
from tests.agencies import factories
from tests.agencies.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Refusing(EmailBackend):
    """A mail server that does not know the person."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


@pytest.fixture
def place():
    admin = factories.administrator()
    place = factories.partnership("Brackley Vale Partnership", by=admin)
    factories.seat(place, "Midvale Police", by=admin)
    return place


def invited(maeve, name: str, email: str, part: str, agency: str = "") -> None:
    maeve.follows("Invite somebody").fills("Name", name).fills("Work e-mail address", email).chooses(part)
    if agency:
        maeve.picks("For which agency?", agency)
    maeve.presses("Send the invitation").is_at("People").sees(f"{name} is invited")


def test_somebody_for_every_part_and_who_has_not_accepted(comes, post, place) -> None:
    maeve = comes("coordinator", factories.coordinator(place)).goes_to(f"/{place.slug}/people/")
    maeve.follows("Invite somebody").fills("Name", "Aneela Khan").fills(
        "Work e-mail address", "a.khan@example.org"
    )
    maeve.chooses("Responsible for an agency’s return").presses("Send the invitation")
    maeve.sees("Choose the agency whose return they write").picks("For which agency?", "Midvale Police")
    maeve.presses("Send the invitation").sees("Aneela Khan is invited")
    invited(maeve, "Rhiannon Beddoes", "r.beddoes@example.org", "Helps to write", "Midvale Police")
    invited(maeve, "Eluned Parry", "e.parry@example.org", "Second reader")
    invited(maeve, "Imran Chaudhry", "i.chaudhry@example.org", "Board member")
    invited(maeve, "Tunde Adeyemi", "t.adeyemi@example.org", "Coordinator")
    link = post.link("a.khan@example.org")
    maeve.comes_back().sees("Invited, not accepted yet").sees("Not accepted yet", at="a.khan@example.org")

    # A scanner opens every link in every e-mail; the person still can use theirs.
    for _ in range(2):
        comes("scanner").goes_to(link).is_at("You are invited to Brackley Vale Partnership")
    aneela = comes("lead").goes_to(link).chooses("With a password").fills("Password", PASSWORD)
    aneela.presses("Accept and set up my account").is_at("What waits for you")
    aneela.sees("Responsible for the return: Midvale Police")
    comes("nobody").goes_to(link, status=410).is_at("This invitation has been accepted")
    maeve.comes_back().sees("Responsible for the return", at="a.khan@example.org").sees(
        "Not accepted yet", at="Eluned Parry"
    )

    for email in (
        "r.beddoes@example.org",
        "e.parry@example.org",
        "i.chaudhry@example.org",
        "t.adeyemi@example.org",
    ):
        person = comes("invited").goes_to(post.link(email)).chooses("With a code")
        person.presses("Accept and set up my account").is_at("What waits for you").sees("Your part")
    maeve.comes_back().sees_no("Invited, not accepted yet")


def test_a_new_link_kills_the_old_one_and_a_withdrawn_one_is_dead(comes, post, place) -> None:
    maeve = comes("coordinator", factories.coordinator(place)).goes_to(f"/{place.slug}/people/")
    invited(maeve, "Imran Chaudhry", "i.chaudhry@example.org", "Board member")
    old = post.link("i.chaudhry@example.org")
    maeve.presses("Send a new link to Imran Chaudhry").sees("The old one has stopped working")
    comes("invited").goes_to(old, status=410).is_at("A newer link was sent to you")
    new = post.link("i.chaudhry@example.org")
    visitor = comes("invited").goes_to(new).is_at("You are invited")
    maeve.presses("Withdraw the invitation of Imran Chaudhry").sees("is withdrawn").sees_no(
        "i.chaudhry@example.org"
    )
    visitor.chooses("With a code").presses("Accept and set up my account", status=410).is_at(
        "This invitation was withdrawn"
    )
    comes("invited").goes_to("/invitations/made-up/", status=404).is_at("This link does not work")


def test_an_email_that_was_refused_is_shown_and_sent_again(comes, post, place, settings) -> None:
    works = settings.EMAIL_BACKEND
    maeve = comes("coordinator", factories.coordinator(place)).goes_to(f"/{place.slug}/people/")
    invited(maeve, "Imran Chaudhry", "i.chaudry@example.org", "Board member")
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    post.goes_out()
    settings.EMAIL_BACKEND = works
    maeve.comes_back().sees("Not delivered", "refused it (550)", at="i.chaudry@example.org")
    maeve.goes_to("/").sees("Some e-mails did not arrive").follows(
        "See the e-mails of Brackley Vale Partnership"
    )
    maeve.sees("Not delivered", "refused it (550)", at="i.chaudry@example.org").presses(
        "Send again to Imran Chaudhry"
    )
    maeve.sees("goes out again within a few minutes")
    assert post.link("i.chaudry@example.org")
    maeve.comes_back().follows("Show all").sees("Sent", at="i.chaudry@example.org")
    maeve.goes_to("/").sees_no("Some e-mails did not arrive")


def test_somebody_with_several_parts_sees_all_of_them_at_home(comes, post, place) -> None:
    away = factories.partnership("Hartwell Partnership")
    admin = factories.administrator()
    hospital = factories.seat(away, "Vale Hospitals", by=admin)
    eluned = factories.member(place, RoleKind.SECOND_READER, name="Eluned Parry")
    factories.invitation(away, RoleKind.CONTRIBUTOR, seat=hospital, email=eluned.email, name="Eluned Parry")
    factories.invitation(away, RoleKind.BOARD, email=eluned.email, name="Eluned Parry")
    person = comes("several", eluned).goes_to("/")
    for link in post.links(eluned.email, "Hartwell"):
        person.goes_to(link).sees("It is added to the parts you have.")
        person.presses("Accept the invitation").is_at("What waits for you")
    person.sees("Second reader: Brackley Vale Partnership", "Helps to write the return: Vale Hospitals")
    person.sees("Board member: Hartwell Partnership")
