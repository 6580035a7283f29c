"""What an agency said last year: beside this year's answer, brought over, and what came of what it announced."""

import pytest
from playwright.sync_api import expect

from tests.returns import cast
from tests.returns.test_said_before import LETTER, last_year

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLACE = "In 2026 we will find a quieter place for children to wait."
QUESTION = "What have you done with the feedback"
TASK = "What came of what you announced last year?"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_passage_is_brought_over_and_nothing_typed_is_lost(comes, script: bool) -> None:
    people = cast.make()
    last_year(people, LETTER + f"<p>{PLACE}</p>")
    lead = comes("lead", people.lead, java_script_enabled=script)
    lead.goes_to(people.agency_return.url("answer_edit", 1))
    if script:
        lead.writes("Typed and not saved by hand.")
    else:
        lead.fills("Your answer", "Typed and not saved by hand.")
    lead.page.locator("summary", has_text="Midvale Police, 2024-25 return").click()
    lead.presses("Bring over").sees("Put at the end of your answer")
    assert people.agency_return.answers.get().html == f"<p>Typed and not saved by hand.</p>{LETTER}"
    lead.page.locator("summary", has_text="Midvale Police, 2024-25 return").click()
    expect(lead.page.get_by_text("Stands in your answer")).to_be_visible()


def test_what_came_of_last_years_promises(comes) -> None:
    people = cast.make()
    last_year(people, LETTER + f"<p>{PLACE}</p>")
    cast.save(people, LETTER)
    lead = comes("lead", people.lead).goes_to(people.agency_return.get_absolute_url())
    lead.sees("1 to say", at=TASK).follows(TASK).is_at(TASK).sees(PLACE)
    lead.fills("Or in a word", "It is open since March.").presses("Keep what I said").sees("Said", at=TASK)
    cast.submit(people)
    maeve = comes("coordinator", people.coordinator).goes_to(people.agency_return.url("review"))
    maeve.sees("Announced last year", PLACE, "It is open since March.")
    maeve.sees("Some of it stood in last year’s answer", "1 passage stood there word for word")
