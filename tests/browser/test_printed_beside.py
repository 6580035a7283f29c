"""On a wide screen the answer stands beside its own text as it will be printed, and keeps up with the typing."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from tests.browser.sitting import settled
from tests.returns import cast
from tests.returns.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE = {"width": 1700, "height": 700}
TEXT = (
    "<h3>What we heard</h3><p>Twelve <strong>children</strong> and <em>two</em> parents.</p><h4>In May</h4>"
    "<ul><li>Letters<ul><li>in plain words</li></ul></li><li>Calls</li></ul><blockquote><p>Nobody told me.</p></blockquote>"
    '<ol start="3"><li>Ask</li></ol><p>Line<br>break, <a href="https://example.org/">the guide</a>.</p>'
    "<table><thead><tr><th>You said</th><th>We did</th></tr></thead><tbody><tr><td>Cards</td><td></td></tr></tbody></table>"
)
# What a reader meets: each block by its element, and its words.
MET = """article => [...article.querySelectorAll("h2, h3, h4, h5, p, li, blockquote, th, td, strong, em, a")]
  .filter(one => !one.hidden && !(one.localName === "p" && one.closest("li, th, td")))
  .map(one => [one.localName, one.textContent.trim(), one.getAttribute("href")])"""


def at_the_answer(person, people: Cast):  # type: ignore[no-untyped-def]
    person.page.goto(people.agency_return.url("answer_edit", 1))
    return person


def printed(person) -> Locator:
    return person.page.get_by_role("complementary", name="As it will be printed")


@pytest.fixture
def people() -> Cast:
    return cast.make()


def test_what_stands_beside_is_what_will_be_printed(comes, people: Cast) -> None:
    cast.save(people, TEXT)
    lead = at_the_answer(comes("lead", people.lead, viewport=WIDE), people)
    beside = printed(lead).locator("article").evaluate(MET)
    assert len(beside) > 15
    lead.follows("See it as it will be printed")
    assert lead.page.locator("article.printed").evaluate(MET) == beside


def test_it_keeps_up_with_the_typing_and_with_the_caret(comes, people: Cast) -> None:
    cast.save(people, TEXT * 4)
    lead = at_the_answer(comes("lead", people.lead, viewport=WIDE), people)
    lead.page.route("**/save/", lambda route: route.abort())  # it asks nothing of the server
    lead.editor.focus()
    settled(lead.page)
    lead.editor.press("Control+End")
    settled(lead.page)
    lead.types("Typed just now.")
    expect(printed(lead).get_by_text("Typed just now.")).to_be_in_viewport()
    lead.editor.press("Control+Home")
    expect(printed(lead).get_by_text("What we heard").first).to_be_in_viewport()
    expect(printed(lead).get_by_text("Typed just now.")).not_to_be_in_viewport()
    lead.writes("All anew.")
    expect(printed(lead).locator(".prose")).to_have_text("All anew.")
    lead.complaints.clear()  # of the saves that were cut off


def test_it_is_there_where_there_is_room_and_can_be_closed(comes, people: Cast) -> None:
    lead = at_the_answer(comes("lead", people.lead, viewport=WIDE), people)
    expect(printed(lead).get_by_text("No answer yet.")).to_be_visible()
    assert Axe().run(lead.page).response["violations"] == []
    lead.page.get_by_text("As it will be printed", exact=True).click()
    expect(printed(lead).get_by_text("No answer yet.")).to_be_hidden()
    lead.page.set_viewport_size({"width": 1280, "height": 700})
    expect(printed(lead)).to_have_count(0)
    lead.writes("Written here.")
    lead.page.set_viewport_size(WIDE)
    expect(printed(lead).get_by_text("Written here.")).to_be_visible()
