"""A coordinator prepares a year's return, afresh and from last year's, and opens it."""

from datetime import date

import pytest
from django.utils import timezone

from agencies.models import RoleKind
from returns.actions import collections, moves
from tests.agencies import factories
from tests.browser import rules
from tests.returns import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN_WORDS = "What did children tell you, and what did you do?"


def test_a_first_year_is_prepared_afresh_and_opened(comes, post) -> None:
    admin = factories.administrator()
    place = factories.partnership("Brackley Vale Partnership", by=admin)
    police = factories.seat(place, "Midvale Police", by=admin)
    factories.seat(place, "Fire and Rescue", by=admin)
    lead = factories.member(place, RoleKind.LEAD, seat=police, name="Aneela Khan")
    today = timezone.localdate()

    maeve = (
        comes("coordinator", factories.coordinator(place)).goes_to("/").follows("Brackley Vale Partnership")
    )
    maeve.sees("No return has been prepared yet").follows("Prepare a new return").is_at(
        "Prepare a new return"
    )
    maeve.presses("Prepare it").sees("There is a problem")
    maeve.fills("Title of the yearly report", "Yearly Report 2025-26").fills(
        "Short name of the year", "2025-26"
    )
    maeve.fills("First day of the reporting period", str(date(today.year - 2, 4, 1)))
    maeve.fills("Last day of the reporting period", str(date(today.year - 1, 3, 31)))
    maeve.fills("Opens on", str(today)).fills("Due on", str(date(today.year + 1, 4, 30))).presses(
        "Prepare it"
    )
    maeve.is_at("Prepare the 2025-26 return").sees("Nobody has been told yet", "2 agencies will be asked")

    # Asked once: it stays answered until the period or the due date changes.
    maeve.sees("Is the period right?", "Say whether the period is right").presses("The period is right")
    maeve.sees_no("Is the period right?").follows("Titles and dates")
    maeve.sees(
        "Appendix C: Brackley Vale Partnership Yearly Report 2025-26 – Partners Voice of the Child Snapshot"
    )
    maeve.fills("Label of the appendix", "Appendix D").fills("Name of the appendix", "What children said")
    maeve.presses("Save").sees_no("Is the period right?").sees("Appendix D:", "What children said")

    maeve.follows("Questions").sees("No guidance yet", "About 400 words are suggested").follows(
        "Change question 1"
    )
    maeve.fills("Question", OWN_WORDS).fills("Guidance", "Say what was done.\n\nThen say what changed.")
    maeve.fills("Suggested length in words", "350").presses("Save the question")
    maeve.sees(OWN_WORDS, "Then say what changed.", "About 350 words").follows("Add a question")
    maeve.fills("Question", "What difference has it made?").presses("Add the question")
    maeve.sees("2. What difference has it made?").presses("Move up What difference has it made?")
    maeve.sees("1. What difference has it made?").follows("Remove question 1")
    maeve.is_at("Remove question 1?").sees("What difference has it made?").presses("Remove the question")
    maeve.sees("1. " + OWN_WORDS)
    maeve.follows("Done").is_at("Prepare the 2025-26 return").sees("1 in all")

    maeve.follows("Agencies and people: still the right people?").sees("Nobody yet", at="Fire and Rescue")
    maeve.follows("Leave out Fire and Rescue").presses("Leave it out of this year").sees("There is a problem")
    maeve.fills("Why is the agency left out this year?", "Few visits, and the fires were in the paper.")
    maeve.presses("Leave it out of this year").is_at("Still the right people?")
    maeve.sees("Left out", "Few visits", at="Fire and Rescue").presses(
        "These are the right agencies and people"
    )

    maeve.sees("Looked through", "1 agency will be asked, 1 left out").follows("Look it over and open it")
    maeve.is_at("Open the 2025-26 return").sees(OWN_WORDS, "Midvale Police", "1 person will be told")
    maeve.presses("Open it and tell the agencies").is_at("The 2025-26 return").sees(
        "Not started", at="Midvale Police"
    )
    maeve.follows("Questions").sees("The questions have been fixed").has_no_button("Change", "Add a question")

    aneela = comes("lead", lead).goes_to(post.link(lead.email)).is_at("What you need to do").sees(OWN_WORDS)
    assert "Midvale Police" in aneela.page.title()


def test_a_year_begins_from_the_last_one(comes) -> None:
    people = cast.make(open_it=False)
    last, maeve = people.collection, people.coordinator
    collections.change_question(
        last.questions.get(), wording=OWN_WORDS, guidance="Say what was done.", suggested_words=300, by=maeve
    )
    collections.open_collection(last, by=maeve)
    left_out = last.returns.for_pages().get(seat=people.other_seat)
    moves.move(left_out, "exclude", by=maeve, reason="It had no work with children.")
    collections.close_collection(last, by=maeve)

    person = (
        comes("coordinator", maeve)
        .goes_to(f"/{people.partnership.slug}/")
        .sees("Closed", at="2025-26 return")
    )
    person.follows("Prepare a new return")
    following = f"{last.period_start.year + 1}-{(last.period_end.year + 1) % 100:02d}"
    person.holds("Short name of the year", following).fills("Due on", str(timezone.localdate()))
    assert person.page.get_by_role("radio", name="From the 2025-26 return").is_checked()
    person.presses("Prepare it").is_at(f"Prepare the {following} return")
    person.follows("Questions").sees(OWN_WORDS, "Say what was done.", "About 300 words").follows("Done")
    person.follows("Agencies and people: still the right people?").is_at("Still the right people?")
    person.sees("Aneela Khan", "responsible", "Rhiannon Beddoes", at="Midvale Police")
    person.sees("Left out", "As in 2025-26: It had no work with children.", at="Vale Hospitals")
    person.follows("Take in Vale Hospitals").fills("Why is the agency taken in again?", "It has now.")
    person.presses("Take it in again").is_at("Still the right people?").sees("Asked", at="Vale Hospitals")
    person.presses("These are the right").follows("Look it over and open it").presses("Open it and tell")
    person.is_at(f"The {following} return").sees("Katarzyna Wójcik", at="Vale Hospitals")


def test_two_years_at_once_and_every_page_says_which(comes) -> None:
    people = cast.make()
    second = collections.start(
        people.partnership, details=cast.details(slug="2026-27"), by=people.coordinator
    )
    collections.open_collection(second, by=people.coordinator)
    maeve = comes("coordinator", people.coordinator).goes_to("/")
    maeve.sees("The 2025-26 return: all agencies", "The 2026-27 return: all agencies")
    aneela = comes("lead", people.lead).goes_to("/")
    first_path, second_path = (f"/{people.partnership.slug}/{year}/" for year in ("2025-26", "2026-27"))
    for year, path in (("2025-26", first_path), ("2026-27", second_path)):
        for page in (
            "",
            "details/",
            "questions/",
            "agencies/",
            "history/",
            "appendix/",
            "returns/midvale-police/review/",
        ):
            maeve.goes_to(path + page)
            assert maeve.page.evaluate(rules.YEAR_IN_HEADER, year)
        for page in ("", "write/1/", "nothing-to-report/", "as-printed/", "check/", "more-time/", "history/"):
            aneela.goes_to(f"{path}returns/midvale-police/{page}")
            assert aneela.page.evaluate(rules.YEAR_IN_HEADER, year)
