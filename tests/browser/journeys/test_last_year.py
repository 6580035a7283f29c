"""What an agency said last year: beside this year's answer, brought over, and what came of what it announced."""

import pytest
from playwright.sync_api import expect

from tests.browser.sitting import settled
from tests.returns import cast
from tests.returns.test_said_before import LETTER, last_year

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLACE = "In 2026 we will find a quieter place for children to wait."
QUESTION = "What have you done with the feedback"
TASK = "What came of what you announced last year?"


def at_last_year(lead) -> None:
    lead.page.locator("summary", has_text="Midvale Police, 2024-25 return").click()


def test_without_a_script_a_passage_goes_to_the_end_and_nothing_typed_is_lost(comes) -> None:
    people = cast.make()
    last_year(people, LETTER + f"<p>{PLACE}</p>")
    lead = comes("lead", people.lead, java_script_enabled=False)
    lead.goes_to(people.agency_return.url("answer_edit", 1)).fills("Your answer", "Typed and not saved.")
    at_last_year(lead)
    expect(lead.page.get_by_text("Stands in your answer")).to_have_count(2)
    expect(lead.page.get_by_text("Stands in your answer").first).to_be_hidden()
    lead.presses("Bring over").sees("Put at the end of your answer")
    assert people.agency_return.answers.get().html == f"<p>Typed and not saved.</p>{LETTER}"
    at_last_year(lead)
    expect(lead.page.get_by_text("Stands in your answer").first).to_be_visible()
    expect(lead.page.get_by_role("button", name="Bring over")).to_have_count(1)


def test_a_passage_goes_where_somebody_is_writing_and_can_be_undone(comes) -> None:
    people = cast.make()
    last_year(people, LETTER + f"<p>{PLACE}</p>")
    cast.save(people, "<p>First.</p><ul><li>A point.</li></ul>")
    lead = comes("lead", people.lead).goes_to(people.agency_return.url("answer_edit", 1))
    first, second = (lead.page.locator(".said-before").nth(number) for number in (0, 1))
    at_last_year(lead)
    first.get_by_role("button").dblclick()  # nobody wrote yet
    text = "<p>First.</p><ul><li>A point.</li></ul>" + LETTER
    expect(lead.page.locator("#id_text")).to_have_value(html_of(text))
    expect(first.get_by_text("Stands in your answer")).to_be_visible()
    lead.sees("Put in at the end of your answer. Undo takes it out again.")
    lead.editor.focus()
    lead.page.keyboard.press("Control+z")
    expect(first.get_by_role("button")).to_be_visible()
    lead.editor.get_by_text("First.").click()
    lead.page.keyboard.press("End")
    settled(lead.types(" And more.").page)
    second.get_by_role("button").click()
    lead.sees("Put in where you were writing.")
    expect(lead.editor).to_be_focused()
    lead.types(" Since May.").sees_no("Put in where")
    expect(lead.page.locator("#id_text")).to_have_value(
        html_of(f"<p>First. And more.</p><p>{PLACE} Since May.</p><ul><li>A point.</li></ul>")
    )
    expect(lead.page.locator("[data-status]")).to_contain_text("Saved at")
    assert PLACE + " Since May.</p><ul>" in people.agency_return.answers.get().html


def test_headings_and_a_table_go_where_somebody_is_writing(comes) -> None:
    people = cast.make()
    cast.save(people, "<p>First.</p><p>Last.</p>")
    lead = comes("lead", people.lead).goes_to(people.agency_return.url("answer_edit", 1))
    headings = lead.page.get_by_role("button", name="Put these headings in")
    table = lead.page.get_by_role("button", name="Put a table with these columns in")
    lead.editor.get_by_text("First.").click()
    lead.page.keyboard.press("End")
    settled(lead.types(" More.").page)
    headings.click()
    expect(headings).to_be_hidden()
    lead.sees("These headings are in your answer", "Put in where you were writing.")
    table.click()
    expect(table).to_be_hidden()
    lead.types("Tell us first.").sees("A table with these columns is in your answer")
    expect(lead.page.locator("[data-status]")).to_contain_text("Saved at")
    parts = ("What children told us", "What we did", "What changed")
    assert people.agency_return.answers.get().html == (
        "<p>First. More.</p>"
        + "".join(f"<h3>{part}</h3>" for part in parts)
        + f"<table><thead><tr>{''.join(f'<th>{part}</th>' for part in parts)}</tr></thead>"
        "<tbody><tr><td>Tell us first.</td><td></td><td></td></tr></tbody></table><p>Last.</p>"
    )
    for _ in range(8):
        lead.page.keyboard.press("Control+z")
    expect(headings).to_be_visible()
    expect(table).to_be_visible()


def html_of(canonical: str) -> str:
    """As the editor writes it."""
    return canonical.replace("<li>", "<li><p>").replace("</li>", "</p></li>")


def test_what_came_of_last_years_promises(comes) -> None:
    people = cast.make()
    last_year(people, LETTER + f"<p>{PLACE}</p>")
    cast.save(people, LETTER)
    lead = comes("lead", people.lead).goes_to(people.agency_return.get_absolute_url())
    lead.sees("1 to say", at=TASK).follows(TASK).is_at(TASK).sees(PLACE)
    lead.fills("Or in a few words", "It is open since March.").presses("Keep what I said").sees(
        "Said", at=TASK
    )
    cast.submit(people)
    maeve = comes("coordinator", people.coordinator).goes_to(people.agency_return.url("review"))
    maeve.sees("Announced last year", PLACE, "It is open since March.")
    maeve.sees("Some of it stood in last year’s answer", "1 passage stood there word for word")
