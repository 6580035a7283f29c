"""What somebody wrote into a form that does not save itself is not left by mistake, nor lost without a connection."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.sitting import Sit, html, stays_on, text, write
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_words_that_were_handed_back_are_not_left_by_mistake(sit: Sit, cast: Cast) -> None:
    players.save(cast, "<p>First.</p>")
    page = sit(cast.lead)
    players.submit(cast)
    write(page, " Late words.")
    page.get_by_role("button", name="Save and go back").click()
    kept = page.get_by_label("Your text (not saved)")
    expect(kept).to_have_value("First. Late words.")
    asked = stays_on(page)
    page.get_by_role("link", name="Back to the return").click()
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(kept).to_have_value("First. Late words.")
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    page.get_by_role("link", name="Back to the return").click()
    page.wait_for_url("**/midvale-police/")
    assert asked == ["beforeunload"]


def test_what_is_said_of_a_case_study_is_not_left_by_mistake(sit: Sit, cast: Cast) -> None:
    """Neither before it is sent nor when it came back with an error; sending it asks nothing."""
    players.save(cast, "<p>First.</p>")
    page = sit(cast.lead)
    asked = stays_on(page)
    page.goto(cast.agency_return.url("send"))
    page.get_by_label("Yes, it has a case study").check()
    page.get_by_label("Could a neighbour").fill("No: place and age are left out.")
    for times in (1, 2):
        page.get_by_role("link", name="Cancel").click()
        page.wait_for_timeout(300)
        assert asked == ["beforeunload"] * times
        expect(page.get_by_label("Could a neighbour")).to_have_value("No: place and age are left out.")
        page.get_by_role("button", name="Send to the partnership").click()
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert len(asked) == 2


def test_without_a_connection_a_form_stays_where_it_is(sit: Sit, cast: Cast) -> None:
    players.save(cast, "<p>First.</p>")
    page = sit(cast.lead)
    page.goto(cast.agency_return.url("ask_time"))
    page.get_by_label("Why do you need more time?").fill("Two of us are ill.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("^Not sent: no connection"))
    expect(page.get_by_label("Why do you need more time?")).to_have_value("Two of us are ill.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Ask").dblclick()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("Why do you need more time?")).to_have_value("Two of us are ill.")


def test_a_text_worked_over_beside_theirs_waits_for_the_connection(sit: Sit, cast: Cast) -> None:
    mine = sit(cast.lead)
    players.save(cast, "<p>Theirs.</p>", by=cast.contributor)
    write(mine, "Mine.")
    mine.get_by_role("button", name="Save and keep writing").click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("Rhiannon Beddoes saved first")
    expect(text(mine)).to_have_text("Mine.")
    write(mine, " And theirs.")
    mine.context.set_offline(True)
    mine.get_by_role("button", name="Save this text").click()
    expect(mine.get_by_role("alert")).to_have_text(re.compile("^Not sent: no connection"))
    mine.context.set_offline(False)
    mine.get_by_role("button", name="Save this text").click()
    mine.wait_for_url("**/midvale-police/")
    assert html(cast) == "<p>Mine. And theirs.</p>"
