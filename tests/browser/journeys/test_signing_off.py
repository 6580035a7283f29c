"""Somebody of the agency signs the return off by a link, before it is sent."""

import pytest

from returns.workflow import Status
from tests.returns import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "<p>Twelve children told us that nobody had said who would be in the room.</p>"
TASK = "Have it signed off in your agency"


def test_a_lead_asks_an_approver_declines_and_then_signs(comes, post) -> None:
    people = cast.make()
    cast.save(people, TEXT)
    lead = comes("lead", people.lead).goes_to(people.agency_return.get_absolute_url())
    lead.sees("Optional", at=TASK).follows(TASK).is_at(TASK).sees("Twelve children")
    lead.presses("Ask them to sign it off", status=422).sees("There is a problem")
    lead.fills("Name", "Dilys Morgan").fills("Post", "Head of Safeguarding")
    lead.fills("E-mail", "d.morgan@police.example.org").presses("Ask them to sign it off")
    lead.sees("Asked", at=TASK)

    link = post.link("d.morgan@police.example.org", "Please sign off")
    dilys = comes("agency without account").goes_to(link).is_at("Do you sign this off?")
    dilys.sees("Twelve children").presses("Do not sign it off", status=422).sees("There is a problem")
    dilys.fills("If you do not sign it off: what has to change?", "Say what we did about it.").presses(
        "Do not sign it off"
    )
    dilys.is_at("Thank you").sees("is told what has to change")

    lead.goes_to(post.link(people.lead.email, "did not sign off")).sees("Say what we did about it.")
    lead.follows("What have you done").writes("Since May a letter names everybody.").presses(
        "Save and go back"
    )
    lead.follows(TASK).holds("E-mail", "d.morgan@police.example.org").presses("Ask them to sign it off")
    dilys = comes("agency without account", java_script_enabled=False)
    dilys.goes_to(post.link("d.morgan@police.example.org", "Please sign off")).sees(
        "a letter names everybody"
    )
    dilys.presses("Sign it off").is_at("Thank you")

    lead.comes_back().sees("Signed off", "By Dilys Morgan", at=TASK).follows("Send it to the partnership")
    lead.sees("signed off this very text").holds("Name", "Dilys Morgan").holds("Post", "Head of Safeguarding")
    lead.chooses("No").presses("Send to the partnership").is_at("Your return is sent")
    assert people.agency_return.state == Status.SUBMITTED


def test_a_contributor_says_it_is_ready_and_the_lead_hands_over(comes, post) -> None:
    people = cast.make()
    cast.save(people, TEXT, by=people.contributor)
    address = people.agency_return.get_absolute_url()
    rhiannon = comes("contributor", people.contributor).goes_to(address)
    rhiannon.presses("Say that it is ready to be checked").sees("Aneela Khan is told by e-mail.")
    lead = comes("lead", people.lead).goes_to(post.link(people.lead.email, "ready for you to check"))
    lead.sees("Rhiannon Beddoes says so").presses("It is not ready yet").sees_no("says so")
    lead.follows("Copy a shared mailbox in").fills("Shared mailbox", "team@police.example.org")
    lead.presses("Keep this").sees("team@police.example.org is copied in").goes_to(address)
    lead.sees("Shared mailbox: team@police.example.org")
    lead.follows("Hand it over to somebody else").is_at("Hand your return over")
    lead.fills("Name", "Rhiannon Beddoes").fills("Work e-mail address", people.contributor.email)
    lead.presses("Hand it over").sees("Rhiannon Beddoes is responsible now.").goes_to(address, status=404)
    rhiannon.goes_to(post.link(people.contributor.email, "You are responsible")).follows("Midvale Police")
    rhiannon.sees("To do", at="Send it to the partnership")
