"""Last year beside this year: what may be read while writing, what is brought over, and what the partnership is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.actions import setup
from agencies.models import RoleKind
from returns.actions import collections, drafting, moves
from returns.models import Collection, Return, Save, Told
from returns.models.said_before import last_approved, sources_for
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

LETTER = "<p>Since May a letter names everybody who will be in the room.</p>"
CALL = "<p>A worker calls each family on the day after the meeting.</p>"
OTHER = "<p>In Hartwell a youth charity speaks with children who went missing.</p>"


@pytest.fixture
def cast() -> Cast:
    return players.make()


def approved(one: Return, html: str, *, lead, coordinator) -> Return:
    drafting.save_answer(
        one,
        one.collection.questions.get(),
        html=html,
        base_version=0,
        client="aaaaaaaa",
        sequence=1,
        by=lead,
    )
    drafting.submit(
        one,
        by=lead,
        signed_name="D",
        signed_post="H",
        signed_on=timezone.localdate(),
        told=Told(tells=False),
    )
    return moves.move(one, "approve", by=coordinator, read=1)


def year_before(cast: Cast, slug: str = "2024-25", days: int = 365) -> Collection:
    today = timezone.localdate()
    details = players.details(
        slug=slug,
        period_start=today - timedelta(days=500 + days),
        period_end=today - timedelta(days=136 + days),
    )
    year = collections.start(cast.partnership, details=details, by=cast.coordinator)
    collections.confirm_period(year, by=cast.coordinator)
    return collections.open_collection(year, by=cast.coordinator)


def last_year(cast: Cast, html: str = LETTER + CALL, seat=None, lead=None) -> Return:
    year = cast.partnership.collections.filter(slug="2024-25").first() or year_before(cast)
    one = year.returns.for_pages().get(seat=seat or cast.seat)
    return approved(one, html, lead=lead or cast.lead, coordinator=cast.coordinator)


def elsewhere(cast: Cast, html: str = OTHER) -> Return:
    away = factories.partnership("Hartwell Partnership", by=cast.administrator)
    seat = factories.seat(away, agency=cast.seat.agency, by=cast.administrator)
    judith = factories.coordinator(away)
    factories.member(away, RoleKind.LEAD, seat=seat, email=cast.lead.email)
    year = collections.open_collection(
        collections.start(away, details=players.details(), by=judith), by=judith
    )
    one = year.returns.for_pages().get(seat=seat)
    drafting.save_answer(
        one,
        year.questions.get(),
        html=html,
        base_version=0,
        client="aaaaaaaa",
        sequence=1,
        by=factories.fresh(cast.lead),
    )
    return one


def shown(cast: Cast, user=None) -> str:
    return players.client(user or cast.lead).get(cast.agency_return.url("answer_edit", 1)).content.decode()


def bring(cast: Cast, key: str, text: str = "", user=None, base: int = 0):
    body = {"text": text, "text-format": "html", "base_version": base, "client": "bbbbbbbb", "sequence": 1}
    url = cast.agency_return.url("answer_edit", 1)
    return players.client(user or cast.lead).post(url, {**body, "bring": key}, follow=True)


# --- What may be read ---------------------------------------------------------------------------------


def test_last_years_approved_answer_stands_beside(cast: Cast) -> None:
    last_year(cast)
    assert "letter names everybody" in shown(cast) and "Midvale Police, 2024-25 return" in shown(cast)
    assert "letter names everybody" in shown(cast, cast.contributor)
    assert "passage 1, from: Midvale Police, 2024-25 return<" in shown(cast)


def test_the_newest_year_counts_and_only_what_is_approved(cast: Cast) -> None:
    older = year_before(cast, "2023-24", 730)
    old = older.returns.for_pages().get(seat=cast.seat)
    approved(old, "<p>Old.</p>", lead=cast.lead, coordinator=cast.coordinator)
    assert [one.agency_return for one in last_approved(cast.agency_return)] == [old]
    newer = last_year(cast)
    assert [one.agency_return for one in last_approved(cast.agency_return)] == [newer]
    moves.move(newer, "hold", by=cast.lead, reason="A name.")
    assert [one.agency_return for one in last_approved(cast.agency_return)] == [old]
    assert last_approved(old) == []


def test_after_a_merger_the_answers_of_both_stand_there(cast: Cast) -> None:
    last_year(cast)
    last_year(cast, OTHER, seat=cast.other_seat, lead=cast.other_lead)
    setup.merge(cast.other_seat.agency, into=cast.seat.agency, by=cast.administrator)
    titles = [one.title for one in sources_for(factories.fresh(cast.lead), cast.agency_return)]
    assert titles == ["Midvale Police, 2024-25 return", "Vale Hospitals, 2024-25 return"]


def test_its_own_answers_elsewhere_are_for_who_writes_both(cast: Cast) -> None:
    elsewhere(cast)
    assert "youth charity" in shown(cast, factories.fresh(cast.lead))
    assert "For Hartwell Partnership" in shown(cast, factories.fresh(cast.lead))
    assert "youth charity" not in shown(cast, cast.contributor)


def test_an_empty_answer_elsewhere_and_another_year_are_not_listed(cast: Cast) -> None:
    one = elsewhere(cast, "")
    assert sources_for(factories.fresh(cast.lead), cast.agency_return) == []
    Collection.objects.filter(pk=one.collection_id).update(
        period_start=timezone.localdate() - timedelta(days=2000),
        period_end=timezone.localdate() - timedelta(days=1700),
    )
    assert sources_for(factories.fresh(cast.lead), cast.agency_return) == []


# --- Bringing over ---------------------------------------------------------------------------------


def test_a_passage_is_brought_over_with_what_was_typed(cast: Cast) -> None:
    year = last_year(cast)
    page = bring(cast, f"l{year.pk}-1", "<p>Typed.</p>")
    assert cast.agency_return.answers.get().html == f"<p>Typed.</p>{CALL}"
    assert "Put at the end of your answer" in page.content.decode()
    shown = page.content.decode()
    assert shown.count("data-here hidden>Stands in your answer") == shown.count("data-here>Stands") == 1


def test_a_key_of_nothing_or_of_somebody_else_saves_what_was_typed(cast: Cast) -> None:
    foreign = last_year(cast, OTHER, seat=cast.other_seat, lead=cast.other_lead)
    for number, key in enumerate(("nonsense", f"l{foreign.pk}-0", "e1-0")):
        bring(cast, key, f"<p>Typed {number}.</p>", base=number)
    assert cast.agency_return.answers.get().html == "<p>Typed 2.</p>"


def test_if_somebody_saved_first_the_passage_is_among_ones_own_words(cast: Cast) -> None:
    year = last_year(cast)
    players.save(cast, "<p>Theirs.</p>", by=cast.contributor)
    page = bring(cast, f"l{year.pk}-0", "<p>Typed.</p>")
    assert page.status_code == 409
    assert Save.objects.get(applied=False).html == f"<p>Typed.</p>{LETTER}"


# --- What the partnership is told -------------------------------------------------------------------


def review(cast: Cast) -> str:
    return players.client(cast.coordinator).get(cast.agency_return.url("review")).content.decode()


def test_what_stood_there_last_year_is_marked_for_the_coordinator(cast: Cast) -> None:
    last_year(cast)
    players.save(cast, f"<p>We asked again this year and heard much.</p><ul><li>{LETTER}</li></ul>")
    players.submit(cast)
    page = review(cast)
    assert "Some of it stood in last year’s answer" in page and "1 passage stood there word for word" in page


def test_a_new_text_and_what_is_shared_with_another_partnership_are_not_marked(cast: Cast) -> None:
    last_year(cast)
    elsewhere(cast)
    players.save(cast, OTHER)
    players.submit(cast)
    page = review(cast)
    assert "Some of it stood" not in page and "Hartwell Partnership" not in page


def test_without_last_year_nothing_is_said(cast: Cast) -> None:
    players.save(cast)
    players.submit(cast)
    assert "Some of it stood" not in review(cast)


# --- A beginning -----------------------------------------------------------------------------------


NOT_IN = {"headings": 'value="headings">', "table": 'value="table">'}  # the button is there and not hidden
THREE = "<h3>What children told us</h3><h3>What we did</h3><h3>What changed</h3>"
COLUMNS = "<table><thead><tr><th>What children told us</th><th>What we did</th><th>What changed</th></tr></thead></table>"


@pytest.mark.parametrize(("key", "html"), [("headings", THREE), ("table", COLUMNS)])
def test_something_to_begin_with_is_put_in_by_a_button_until_it_is_there(
    cast: Cast, key: str, html: str
) -> None:
    players.save(cast, "<p>Begun long ago.</p>")
    assert NOT_IN[key] in shown(cast)
    bring(cast, key, "<p>Typed.</p>", base=1)
    assert cast.agency_return.answers.get().html == f"<p>Typed.</p>{html}"
    page = shown(cast)
    assert [one for one, mark in NOT_IN.items() if mark in page] == [one for one in NOT_IN if one != key]


def test_a_table_that_was_filled_in_is_still_there(cast: Cast) -> None:
    row = "<tbody><tr><td>Tell us first.</td><td>A letter.</td><td>Fewer calls.</td></tr></tbody>"
    players.save(cast, COLUMNS.replace("</table>", f"{row}</table>"))
    assert NOT_IN["table"] not in shown(cast)
