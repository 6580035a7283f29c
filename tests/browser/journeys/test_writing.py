"""An agency's people: accepting, signing in, writing, checking, sending, taking back, asking."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from agencies.models import RoleKind
from lscp.templatetags.ui import day
from returns.actions import collections
from returns.workflow import Status
from tests.agencies import factories
from tests.agencies.factories import PASSWORD
from tests.returns import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "What have you done with the feedback"
HEARD = "Twelve children told us that nobody had said who would be in the room."
QUOTED = "I thought I had done something wrong."


def signed_off(person, *, has_words: bool = True):
    if has_words:
        person.chooses("No")
    person.fills("Name", "Dilys Morgan").fills("Post", "Head of Safeguarding")
    return person.presses("Send to the partnership").is_at("Your return is sent")


def test_signing_in_by_codes_and_by_password(comes, post) -> None:
    people = cast.make()
    for name, email, kind in (
        ("Hodan Warsame", "h.warsame@example.org", RoleKind.LEAD),
        ("Marcia Pemberton", "m.pemberton@example.org", RoleKind.LEAD),
    ):
        factories.invitation(people.partnership, kind, seat=people.other_seat, email=email, name=name)
    hodan = comes("lead").goes_to(post.link("h.warsame@example.org")).holds("Your name", "Hodan Warsame")
    hodan.chooses("With a code that is e-mailed to me").presses("Accept and set up my account")
    hodan.is_at("What waits for you").presses("Sign out").goes_to("/account/login/")
    hodan.follows("E-mail me a sign-in code").fills("Work e-mail address", "h.warsame@example.org")
    hodan.presses("E-mail me a code").is_at("Enter your sign-in code")
    hodan.fills("Code from the e-mail", "WRONG1").presses("Sign in").sees("There is a problem")
    hodan.fills("Code from the e-mail", post.code("h.warsame@example.org")).presses("Sign in")
    hodan.is_at("What waits for you").follows("Vale Hospitals").is_at("What you need to do")

    marcia = comes("lead").goes_to(post.link("m.pemberton@example.org"))
    marcia.chooses("With a password").fills("Password", "short").presses("Accept and set up my account")
    marcia.sees("There is a problem").chooses("With a password").fills("Password", PASSWORD)
    marcia.presses("Accept and set up my account").presses("Sign out")
    marcia.signs_in("m.pemberton@example.org", "not the password").sees("There is a problem")
    marcia.signs_in("m.pemberton@example.org").follows("Vale Hospitals").is_at("What you need to do")


def test_writing_saving_checking_sending_and_taking_back(comes, post) -> None:
    people = cast.make()
    due = people.collection.due_on
    lead = comes("lead", people.lead).goes_to("/").follows("Midvale Police").is_at("What you need to do")
    lead.sees(f"Due on {day(due)}, in 20 days").sees("Not started", at=QUESTION)
    lead.sees("Not yet", at="Send it to the partnership").follows(QUESTION).is_at(QUESTION)
    lead.sees("About 400 words are suggested; you have 0.")

    lead.writes(HEARD)
    lead.page.keyboard.press("Enter")
    lead.uses_tool("Bulleted list").types("A letter before each meeting")
    lead.page.keyboard.press("Enter")
    lead.types("A call the day after")
    lead.page.keyboard.press("Enter")
    lead.page.keyboard.press("Enter")
    lead.uses_tool("Child’s own words").types(QUOTED)
    lead.presses("Save and keep writing").sees("Saved at").presses("Save and go back")
    lead.is_at("What you need to do").sees("31 words", "Saved by Aneela Khan", at=QUESTION)

    # Another day, on another machine.
    lead = comes("lead", people.lead).goes_to(people.agency_return.get_absolute_url()).follows(QUESTION)
    expect(lead.editor.locator("li")).to_have_text(["A letter before each meeting", "A call the day after"])
    expect(lead.editor.locator("blockquote")).to_have_text(QUOTED)
    lead.follows("See it as it will be printed").is_at("Appendix C:").sees("Midvale Police", HEARD, QUOTED)
    lead.follows("Back to the return").follows("Check your answers").sees(
        "Read it once as a stranger would", HEARD
    )
    lead.follows("Carry on to send it").presses("Send to the partnership").sees("There is a problem")
    signed_off(lead).sees("What happens next", "A coordinator of Luton Partnership reads it")
    kept = lead.downloads("Download a copy to keep").decode()
    assert HEARD in kept and QUOTED in kept and "Midvale Police" in kept
    assert post.all_to(people.coordinator.email, "has sent its")

    lead.follows("See your return").is_at("The partnership has your return").sees(
        "You can still take it back"
    )
    lead.follows("Take it back").is_at("Take it back").presses("Take it back").is_at("What you need to do")
    lead.follows(QUESTION)
    expect(lead.editor).to_contain_text(HEARD)


def test_nothing_to_report_and_back(comes) -> None:
    people = cast.make()
    lead = comes("lead", people.lead).goes_to(people.agency_return.get_absolute_url())
    lead.follows("Or: there is nothing to report").presses("There is nothing to report").sees(
        "There is a problem"
    )
    lead.fills("Why is there nothing to report?", "We had no work with children this year.")
    lead.presses("There is nothing to report").sees("Said so").sees("Not needed", at=QUESTION)
    lead.follows("As it will be printed").sees(
        "Nothing to report.", "We had no work with children this year."
    )
    lead.follows("Back to the return").follows("Nothing to report")
    lead.presses("We have something to report after all").is_at("What you need to do").sees(
        "Not started", at=QUESTION
    )
    lead.follows("Or: there is nothing to report").fills("Why is there nothing to report?", "None at all.")
    lead.presses("There is nothing to report").follows("Send it to the partnership")
    signed_off(lead, has_words=False)


def test_asking_for_more_time_and_for_reopening(comes, post) -> None:
    people = cast.make()
    address = people.agency_return.get_absolute_url()
    wanted = people.collection.due_on + timedelta(days=10)
    lead = comes("lead", people.lead).goes_to(address).follows("Ask for more time")
    lead.fills("Until when do you need it?", str(timezone.localdate())).fills(
        "Why do you need more time?", "Illness."
    )
    lead.presses("Ask for more time").sees("Choose a day after the present due date")
    lead.fills("Until when do you need it?", str(wanted)).presses("Ask for more time").sees(
        "You have asked for more time"
    )
    lead.sees("The partnership has not answered yet")

    maeve = comes("coordinator", people.coordinator)
    maeve.goes_to(post.link(people.coordinator.email, "asks for more time")).sees("asks for more time")
    maeve.goes_to("/").follows("Midvale Police").sees("Illness.").presses("Send the answer").sees(
        "There is a problem"
    )
    maeve.chooses("Yes").presses("Send the answer").is_at("Midvale Police").sees(day(wanted))
    assert post.all_to(people.lead.email, "You have more time")
    lead.comes_back().sees(f"Due on {day(wanted)}").sees_no("has not answered yet")

    cast.bring_to(people, Status.APPROVED)
    lead.comes_back().is_at("Your return is approved").follows("Ask to change it")
    lead.fills("What has to change?", "The figure in the first paragraph is wrong.").presses(
        "Ask to change it"
    )
    maeve.goes_to("/").follows("Midvale Police").sees("The figure in the first paragraph").chooses("No")
    maeve.presses("Send the answer").sees("Say why not").fills(
        "A note to the agency (needed if you say no)", "It is printed already."
    )
    maeve.presses("Send the answer")
    lead.comes_back().sees("It is printed already.").follows("Ask to change it")
    lead.fills("What has to change?", "Please, it matters.").presses("Ask to change it")
    maeve.goes_to("/").follows("Midvale Police").chooses("Yes").presses("Send the answer")
    lead.comes_back().is_at("What you need to do").sees("Please, it matters.")


def test_a_contributor_does_all_but_send(comes) -> None:
    people = cast.make()
    rhiannon = comes("contributor", people.contributor).goes_to("/").follows("Midvale Police")
    rhiannon.sees("By somebody else", "Aneela Khan can send it", at="Send it to the partnership").follows(
        QUESTION
    )
    rhiannon.writes(HEARD).presses("Save and go back").sees("Saved by Rhiannon Beddoes", at=QUESTION)
    rhiannon.follows("Check your answers").sees(HEARD).has_no_button("Carry on to send it")
    address = people.agency_return.get_absolute_url()
    rhiannon.goes_to(f"{address}send/", status=403).is_at("You cannot do this here")
    rhiannon.goes_to(f"{address}more-time/").fills(
        "Until when do you need it?", str(timezone.localdate() + timedelta(99))
    )
    rhiannon.fills("Why do you need more time?", "Illness.").presses("Ask for more time").sees(
        "You have asked"
    )


def test_a_lead_in_two_partnerships_has_both_on_one_page(comes) -> None:
    people = cast.make()
    away = factories.partnership("Hartwell Partnership")
    seat = factories.seat(away, agency=people.seat.agency)
    judith = factories.coordinator(away)
    factories.member(away, RoleKind.LEAD, seat=seat, email=people.lead.email)
    other = collections.start(
        away, details=cast.details(due_on=timezone.localdate() + timedelta(3)), by=judith
    )
    collections.open_collection(other, by=judith)
    lead = comes("lead of two", factories.fresh(people.lead)).goes_to("/")
    lead.sees("Your turn", at="Luton Partnership").sees("Your turn", at="Hartwell Partnership")
    expect(lead.page.get_by_role("link", name="Midvale Police")).to_have_count(2)
    # The one that is due first stands first.
    lead.follows("Midvale Police").sees("Due on", "in 3 days")
    assert f"/{away.slug}/" in lead.page.url
    lead.follows(QUESTION).writes("Only for Hartwell.").presses("Save and go back")
    lead.goes_to(people.agency_return.get_absolute_url()).sees("Not started", at=QUESTION)


def test_without_javascript(comes) -> None:
    people = cast.make()
    lead = comes("lead", java_script_enabled=False).signs_in(people.lead.email).is_at("What waits for you")
    lead.follows("Midvale Police").follows(QUESTION)
    lead.fills("Your answer", f"# What we heard\n\n{HEARD}\n\n- A letter\n- A call\n\n> {QUOTED}")
    lead.presses("Save and keep writing").sees("Saved at")
    assert "- A letter" in lead.field("Your answer").input_value()
    lead.presses("Save and go back").follows("Check your answers").sees(HEARD)
    expect(lead.page.locator(".printed blockquote")).to_have_text(re.compile(re.escape(QUOTED)))
    expect(lead.page.locator(".printed li")).to_have_text(["A letter", "A call"])
    lead.follows("Carry on to send it").presses("Send to the partnership").sees("There is a problem")
    signed_off(lead)
    assert HEARD in lead.downloads("Download a copy to keep").decode()


def test_with_the_keyboard_alone(comes) -> None:
    people = cast.make()
    lead = comes("lead").goes_to(reverse("account_login"))
    lead.page.keyboard.press("Tab")
    expect(lead.page.get_by_role("link", name="Skip to the main content")).to_be_focused()
    lead.page.keyboard.press("Enter")
    lead.tabs_to("textbox", "Work e-mail address").types(people.lead.email)
    lead.tabs_to("textbox", "Password").types(PASSWORD).presses_key("Enter").is_at("What waits for you")
    lead.tabs_to("link", "Midvale Police").presses_key("Enter").is_at("What you need to do")
    question = people.question.wording
    lead.tabs_to("link", question).presses_key("Enter").is_at(QUESTION)
    lead.tabs_to("button", "Bold").tabs_to("textbox", "Your answer").types(HEARD)
    lead.tabs_to("button", "Save and go back").presses_key("Space").is_at("What you need to do")
    lead.tabs_to("link", "Check your answers").presses_key("Enter").is_at("Check your answers")
    lead.tabs_to("link", "Carry on to send it").presses_key("Enter")
    lead.tabs_to("button", "Send to the partnership").presses_key("Enter").sees("There is a problem")
    expect(lead.page.locator("#error-summary")).to_be_focused()
    lead.page.keyboard.press("Tab")
    lead.page.keyboard.press("Enter")
    expect(lead.page.get_by_role("radio", name="No", exact=True)).to_be_focused()
    lead.page.keyboard.press("Space")
    lead.tabs_to("textbox", "Name").types("Dilys Morgan").tabs_to("textbox", "Post").types(
        "Head of Safeguarding"
    )
    lead.tabs_to("button", "Send to the partnership").presses_key("Enter").is_at("Your return is sent")
    assert people.agency_return.state == Status.SUBMITTED
