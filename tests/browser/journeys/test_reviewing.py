"""Coordinators look after what comes in: more time, typing in, reading, asking for changes, approving, holding."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lscp.templatetags.ui import day, short_day
from returns.models import Collection
from returns.workflow import Status
from tests.returns import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASKED = "Please say what changed for the children."
CHANGED = (
    "Children told us that they wanted to know who would be in the room. Since June each letter names them."
)


def test_the_collection_page_and_more_time(comes, post) -> None:
    people = cast.make()
    late = timezone.localdate() - timedelta(days=3)
    Collection.objects.update(due_on=late)  # days have gone by
    cast.save(people)
    maeve = comes("coordinator", people.coordinator).goes_to(people.collection.get_absolute_url())
    maeve.is_at("The 2025-26 return").sees(
        "Being written", "The agency’s turn", "3 days late", at="Midvale Police"
    )
    maeve.sees("Aneela Khan", short_day(timezone.localdate()), "21", at="Midvale Police")
    maeve.sees("Not started", "Katarzyna Wójcik", at="Vale Hospitals").follows("Midvale Police")
    maeve.sees("3 days late", "Not sent yet").sees_no("Children told us").follows("Change the due date")
    maeve.fills("New due date", str(late)).presses("Set the due date").sees("Choose today or a later day")
    due = timezone.localdate() + timedelta(days=7)
    maeve.fills("New due date", str(due)).presses("Set the due date").sees("has a new due date", day(due))
    assert post.all_to(people.lead.email, "A new due date")
    maeve.follows("2025-26 return").sees(short_day(due), at="Midvale Police").sees(
        "3 days late", at="Vale Hospitals"
    )


def test_an_answer_that_came_by_email_is_typed_in_confirmed_and_approved_by_another(comes, post) -> None:
    people = cast.make()
    maeve = comes("coordinator", people.coordinator).goes_to(people.collection.get_absolute_url())
    maeve.follows("Midvale Police").follows("Type in an answer that came by e-mail").sees("Not yet")
    maeve.follows("What have you done").writes("We listened.")
    expect(maeve.page.locator("[data-status]")).to_contain_text("Saved at")  # by itself
    maeve.presses("Save and go back").sees("2 words")
    maeve.follows("Ask the agency to confirm it").sees("We listened.").presses("Ask the agency to confirm it")
    maeve.sees("There is a problem").chooses("No").fills("Name", "Dilys Morgan").fills(
        "Post", "Head of Safeguarding"
    )
    maeve.fills("E-mail", "d.morgan@police.example.org").presses("Ask the agency to confirm it")
    maeve.is_at("Midvale Police").sees("Waiting to be confirmed", "Dilys Morgan", "You cannot approve it")
    first = post.link("d.morgan@police.example.org", "Please confirm")
    maeve.presses("Ask again").sees("Dilys Morgan is asked again")
    comes("agency without account").goes_to(first, status=404)

    dilys = comes("agency without account").goes_to(
        post.link("d.morgan@police.example.org", "Please confirm")
    )
    dilys.is_at("Is this the answer of Midvale Police?").sees(
        "We listened.", "Maeve Corrigan of the partnership has typed in"
    )
    dilys.presses("No, something is wrong").sees("There is a problem").presses("Yes, this is our answer")
    dilys.is_at("Thank you").sees("You have confirmed the answer").comes_back().is_at("Thank you")

    maeve.comes_back().sees_no("Waiting to be confirmed").sees(
        "You cannot approve it", "another coordinator has to"
    )
    maeve.has_no_button("Approve this text")
    tunde = comes("coordinator", people.second_coordinator).goes_to("/").follows("Midvale Police")
    tunde.sees("We listened.").presses("Approve this text").is_at("The 2025-26 return")
    tunde.sees("Approved", at="Midvale Police")


def test_changes_are_asked_for_made_shown_and_approved(comes, post) -> None:
    people = cast.make()
    cast.bring_to(people, Status.SUBMITTED)
    maeve = (
        comes("coordinator", people.coordinator).goes_to("/").sees("Your turn: read it", at="Midvale Police")
    )
    maeve.follows("Midvale Police").sees("Children told us", "Dilys Morgan").presses("Begin the review")
    maeve.sees("Being read").follows("Ask for changes").presses("Ask for changes").sees("There is a problem")
    due = timezone.localdate() + timedelta(days=9)
    maeve.fills("What should the agency change?", ASKED).fills("New due date", str(due)).presses(
        "Ask for changes"
    )
    maeve.sees("Changes asked for", ASKED)

    letter = post.all_to(people.lead.email, "asks for changes")[-1]
    assert ASKED not in letter.body and day(due).split(" ", 1)[1] in letter.body
    lead = comes("lead", people.lead).goes_to(post.link(people.lead.email, "asks for changes"))
    lead.is_at("What you need to do").sees("The partnership asks for changes", ASKED, day(due))
    lead.follows("What have you done").sees(ASKED).writes(CHANGED).presses("Save and go back")
    lead.follows("Send it to the partnership").holds("Name", "Dilys Morgan").holds("Date", "")
    lead.sees("The text has changed since it was signed off").fills("Date", str(timezone.localdate()))
    lead.presses("Send to the partnership")

    maeve.goes_to(post.link(people.coordinator.email, "again")).sees("What has changed", "The whole text")
    expect(maeve.page.locator(".diff ins").first).to_contain_text("Since")
    expect(maeve.page.locator(".diff del").first).to_be_visible()
    maeve.presses("Approve this text").sees("Approved", at="Midvale Police").follows("Midvale Police")
    maeve.follows("History").sees("approved the return", "asked for changes", ASKED)
    maeve.follows("As sent").sees("Children told us")
    lead.goes_to("/").sees("Approved", "Nothing to do", at="Midvale Police")


def test_what_was_read_is_not_what_came_in_since(comes) -> None:
    people = cast.make()
    cast.bring_to(people, Status.SUBMITTED)
    address = people.agency_return.url("review")
    maeve = comes("coordinator", people.coordinator).goes_to(address).sees("Children told us")
    cast.move(people, "request_changes", by=people.second_coordinator)
    lead = comes("lead", people.lead).goes_to(people.agency_return.get_absolute_url())
    lead.follows("What have you done").writes(CHANGED).presses("Save and go back")
    lead.follows("Send it to the partnership").fills("Date", str(timezone.localdate()))
    lead.presses("Send to the partnership")

    maeve.presses("Approve this text", status=409).sees("Something newer came in while you were reading")
    expect(maeve.page.locator(".diff ins").first).to_contain_text("Since")
    assert people.agency_return.state == Status.SUBMITTED
    maeve.presses("Approve this text").sees("Approved", at="Midvale Police")


def test_holding_and_reopening(comes, post) -> None:
    people = cast.make()
    cast.bring_to(people, Status.APPROVED)
    lead = comes("lead", people.lead).goes_to("/").follows("Midvale Police").is_at("Your return is approved")
    lead.follows("Put it on hold").presses("Put it on hold").sees("There is a problem")
    lead.fills("Why must it not be printed as it stands?", "A family asked us.").presses("Put it on hold")
    lead.is_at("Your return is on hold").sees("A family asked us.")
    maeve = comes("coordinator", people.coordinator).goes_to(post.link(people.coordinator.email, "on hold"))
    maeve.sees("On hold", "A family asked us.").follows("2025-26 return").sees("On hold", at="Midvale Police")
    maeve.goes_to("/").sees("Your turn: decide what happens", at="Midvale Police").follows("Midvale Police")
    maeve.follows("Open it for changes").fills("What should the agency change?", "Leave the quotation out.")
    maeve.presses("Open it for changes").sees("Changes asked for", "Leave the quotation out.")
    lead.goes_to(post.link(people.lead.email, "open for changes")).sees("Leave the quotation out.")


def test_closing_and_opening_again(comes) -> None:
    people = cast.make()
    maeve = comes("coordinator", people.coordinator).goes_to(people.collection.get_absolute_url())
    maeve.follows("Close it").sees("These agencies are still writing", "Midvale Police").presses(
        "Close it"
    ).sees("Closed on")
    lead = (
        comes("lead", people.lead)
        .goes_to(people.agency_return.get_absolute_url())
        .is_at("This return is closed")
    )
    maeve.follows("Open it again").presses("Open it again").sees("is open again")
    lead.comes_back().is_at("What you need to do")
