"""A careless text on its way to approval: the lead, the coordinator and the second reader meet the checks."""

import pytest
from playwright.sync_api import expect

from returns.workflow import Status
from tests.returns import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "What have you done with the feedback"
STORY = "A girl of 15 in foster care had taken an overdose."
INITIALS = "Children told us what they thought. We wrote to TJ and to his mother."
PLAN = "We intend to write a new leaflet next year."
REASON = "TJ is the name of our therapy dog."
NOTE = "I asked two colleagues from the town. Neither could tell."


def tells_of_somebody(lead) -> None:
    lead.chooses("Yes").fills("Or: what was changed so that nobody can be recognised?", "Age and place.")
    lead.page.get_by_role("group", name="Is a court case").get_by_role("radio", name="No", exact=True).check()
    lead.fills("Who checked that nobody can be recognised?", "Dilys Morgan").fills(
        "Could a neighbour, a classmate or a reporter work out who this is?", "No: nothing local is left."
    )


def test_from_points_reasons_and_a_second_reader_to_approval(comes) -> None:
    people = cast.make()
    lead = comes("lead", people.lead).goes_to(people.agency_return.get_absolute_url()).follows(QUESTION)
    lead.writes(INITIALS, STORY, PLAN)
    beside = lead.page.locator("[data-points]")
    expect(beside).to_contain_text("Could this show who somebody is?", timeout=15_000)
    expect(beside.locator("mark")).to_have_count(2)
    expect(lead.editor).to_be_focused()
    lead.presses("Save and go back").follows("Check your answers").sees(
        "Settle before it is printed", "Initials of a person", "A story about one person", PLAN
    )
    lead.presses("Keep it as it is, because …").is_at("Why can it stay as it is?").presses("Keep as it is")
    lead.sees("There is a problem").fills("It can stay as it is, because …", "Parents asked us to say so.")
    lead.presses("Keep as it is").is_at("Check your answers").sees("Kept as they are", "Parents asked us")
    lead.follows("Carry on to send it").sees(
        "The checks found passages that seem to tell of one person", STORY
    )
    tells_of_somebody(lead)
    lead.fills("Name", "Dilys Morgan").fills("Post", "Head of Safeguarding").presses(
        "Send to the partnership"
    )
    lead.is_at("Your return is sent")

    maeve = comes("coordinator", people.coordinator).goes_to(people.collection.get_absolute_url())
    maeve.sees("2 to settle", "1 kept", "1 case study", at="Midvale Police").follows("Midvale Police")
    maeve.sees("You cannot approve it", "2 points are open", "Waits for a second reader")
    maeve.has_no_button("Approve this text")
    for reason in (REASON, "The young woman has read it and wants it told."):
        maeve.presses("Keep it as it is, because …").fills("It can stay as it is, because …", reason)
        maeve.presses("Keep as it is").sees(reason)
    maeve.sees("1 case study has not been read by a second person").sees_no("points are open")

    eluned = comes("second reader", people.second_reader).goes_to("/")
    eluned.sees("Your turn: read a case study", at="Midvale Police").follows("Midvale Police")
    eluned.follows("Read it as a second person").is_at("Read it as a neighbour would").sees(
        STORY, "What the agency says", "nothing local is left"
    )
    eluned.presses("Sign off this case study").sees("There is a problem")
    eluned.fills("Could a neighbour, a classmate or a reporter work out who this is?", NOTE)
    eluned.presses("Sign off this case study").is_at("Midvale Police").sees("Read by a second person", NOTE)

    maeve.comes_back().sees("Read by a second person").presses("Approve this text")
    maeve.sees("Approved", at="Midvale Police").follows("Points to check over all agencies")
    maeve.is_at("Points to check in the 2025-26 return").sees(REASON, "Parents asked us to say so.")
    assert people.agency_return.state == Status.APPROVED


def test_without_javascript_a_point_is_mended(comes) -> None:
    people = cast.make()
    cast.save(people, f"<p>{INITIALS}</p>")
    lead = comes("lead", people.lead, java_script_enabled=False)
    lead.goes_to(people.agency_return.url("answer_edit", 1))
    lead.follows("See what could show who somebody is").sees("Settle before it is printed", "TJ")
    lead.goes_to(people.agency_return.url("answer_edit", 1))
    lead.fills("Your answer", INITIALS.replace("TJ", "a boy")).presses("Save and go back")
    lead.follows("Check your answers").sees_no("Settle before it is printed")
