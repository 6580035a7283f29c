"""A year's return: prepared from last year or afresh, opened once, closed and shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from agencies.actions import setup
from agencies.errors import NotNow
from agencies.models import Event, Message, RoleKind
from returns.actions import collections, showing
from returns.appendix.compile import compile_document
from returns.forms.collections import AFRESH, DetailsForm, StartForm, suggested
from returns.models import Collection, Return
from returns.models.waiting import waiting_for
from returns.question import STANDARD_QUESTION
from returns.workflow import Status
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(cast: Cast) -> Collection:
    """Another year's return, being prepared beside the open one."""
    return collections.start(cast.partnership, details=players.details(slug="2026-27"), by=cast.coordinator)


def names(collection: Collection) -> list[tuple[str, str]]:
    return list(collection.returns.values_list("name", "status"))


# --- Beginning -----------------------------------------------------------------------------------


def test_afresh_with_the_standard_question_and_all_agencies(cast: Cast, year: Collection) -> None:
    assert list(year.questions.values_list("position", "wording", "suggested_words")) == [
        (1, STANDARD_QUESTION, 400)
    ]
    assert names(year) == [("Midvale Police", "draft"), ("Vale Hospitals", "draft")]
    assert year.is_preparing
    assert not Message.objects.filter(about__startswith=year.about).exists()


def test_from_last_year_with_its_questions_and_what_it_left_out(cast: Cast) -> None:
    first = cast.collection.questions.get()
    cast.collection.questions.create(
        position=2, wording="And what changed?", guidance="In a line.", suggested_words=50
    )
    players.move(cast, "exclude", reason="It has no children.")
    year = collections.start(
        cast.partnership,
        details=players.details(slug="2026-27"),
        by=cast.coordinator,
        previous=cast.collection,
    )
    assert list(year.questions.values_list("position", "wording", "guidance", "suggested_words")) == [
        (1, first.wording, first.guidance, first.suggested_words),
        (2, "And what changed?", "In a line.", 50),
    ]
    assert names(year) == [("Midvale Police", "excluded"), ("Vale Hospitals", "draft")]
    assert year.returns.get(seat=cast.seat).reason == "As in 2025-26: It has no children."
    assert not Message.objects.filter(about__startswith=year.about).exists()


def test_the_next_year_is_suggested() -> None:
    previous = Collection(
        slug="2023-24",
        label="Appendix C",
        report_title="Yearly Report 2023-24",
        name="Snapshot",
        period_start=date(2023, 4, 1),
        period_end=date(2024, 2, 29),
    )
    assert suggested(previous) == {
        "begin_from": "2023-24",
        "label": "Appendix C",
        "name": "Snapshot",
        "report_title": "Yearly Report 2024-25",
        "slug": "2024-25",
        "period_start": date(2024, 4, 1),
        "period_end": date(2025, 2, 28),
    }


def test_the_same_short_name_is_taken_here_and_free_elsewhere(cast: Cast) -> None:
    with pytest.raises(NotNow) as refused:
        collections.start(cast.partnership, details=players.details(), by=cast.coordinator)
    assert refused.value.reasons == ("There is already a return called 2025-26. Choose another short name.",)
    away = cast.outside_coordinator.active_roles[0].partnership
    assert collections.start(away, details=players.details(), by=cast.outside_coordinator).slug == "2025-26"


@pytest.mark.parametrize("person", ["lead", "second_reader", "board", "outside_coordinator", "administrator"])
def test_only_its_coordinators_prepare_a_return(cast: Cast, year: Collection, person: str) -> None:
    by = getattr(cast, person)
    one = year.questions.get()
    acts = [
        lambda: collections.start(cast.partnership, details=players.details(slug="3000"), by=by),
        lambda: collections.change_details(year, details=players.details(slug="3000"), by=by),
        lambda: collections.confirm_period(year, by=by),
        lambda: collections.confirm_people(year, by=by),
        lambda: collections.add_question(year, wording="?", guidance="", suggested_words=None, by=by),
        lambda: collections.change_question(one, wording="?", guidance="", suggested_words=None, by=by),
        lambda: collections.move_question(one, up=True, by=by),
        lambda: collections.remove_question(one, by=by),
        lambda: collections.open_collection(year, by=by),
        lambda: collections.take_in(cast.collection, cast.seat, by=by),
        lambda: collections.close_collection(cast.collection, by=by),
        lambda: collections.reopen_collection(cast.collection, by=by),
        lambda: showing.show(cast.collection, by=by),
        lambda: showing.hide(cast.collection, by=by),
    ]
    before = (list(Collection.objects.order_by("pk").values()), Event.objects.count())
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert (list(Collection.objects.order_by("pk").values()), Event.objects.count()) == before


# --- Details -------------------------------------------------------------------------------------

VALID = {
    "report_title": "Yearly Report 2025-26",
    "label": "Appendix C",
    "name": "Snapshot",
    "slug": "2025-26",
    "period_start": "2025-04-01",
    "period_end": "2026-03-31",
    "opens_on": "2026-04-10",
    "due_on": "2026-05-31",
}


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("period_end", "2025-04-01", "The last day must come after the first day."),
        ("period_end", "2025-02-31", "Enter a real date, such as 31 March 2026."),
        ("period_start", "", "Enter a date."),
        ("due_on", "2026-04-09", "The due date must not come before the opening."),
        ("slug", "year", "Begin with a digit, and use only digits, letters and hyphens, such as 2025-26."),
        ("slug", "2025 26", "Begin with a digit, and use only digits, letters and hyphens, such as 2025-26."),
    ],
)
def test_details_that_cannot_be(field: str, value: str, error: str) -> None:
    form = DetailsForm({**VALID, field: value})
    assert form.errors == {field: [error]}


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("slug", " 2025/26 ", "2025-26"),
        ("due_on", "", None),
        ("due_on", "2026-04-10", date(2026, 4, 10)),
        ("period_end", "31 March 2026", date(2026, 3, 31)),
        ("period_end", "31/03/2026", date(2026, 3, 31)),
    ],
)
def test_details_that_can_be(field: str, value: str, kept: object) -> None:
    form = DetailsForm({**VALID, field: value})
    assert form.errors == {}
    assert getattr(form.details, field) == kept


def test_where_to_begin_is_asked_only_when_there_is_a_choice() -> None:
    assert "begin_from" not in StartForm(earlier=[]).fields


def test_where_to_begin_is_a_choice_that_has_to_be_made(cast: Cast) -> None:
    page = players.client(cast.coordinator).get(reverse("collection_start", args=[cast.partnership.slug]))
    assert "<legend>Where to begin\n</legend>" in page.content.decode()
    given = {**VALID, "slug": "2026-27"}
    assert StartForm(given, earlier=[cast.collection]).errors == {"begin_from": ["Choose where to begin."]}
    afresh = StartForm({**given, "begin_from": AFRESH}, earlier=[cast.collection])
    assert afresh.is_valid()


def test_what_agencies_have_in_hand_does_not_change_its_address(cast: Cast) -> None:
    with pytest.raises(NotNow):
        collections.change_details(
            cast.collection, details=players.details(slug="2031-32"), by=cast.coordinator
        )
    with pytest.raises(NotNow):
        collections.change_details(cast.collection, details=players.details(due_on=None), by=cast.coordinator)
    changed = collections.change_details(
        cast.collection, details=players.details(label="Appendix D"), by=cast.coordinator
    )
    assert (
        changed.title
        == f"Appendix D: {cast.partnership.name} Yearly Report 2025-26 – Partners Voice of the Child Snapshot"
    )


def test_the_period_is_asked_about_once_and_again_when_it_changes(cast: Cast, year: Collection) -> None:
    old = players.details(
        slug="2026-27",
        period_start=timezone.localdate() - timedelta(days=800),
        period_end=timezone.localdate() - timedelta(days=435),
    )
    year = collections.change_details(year, details=old, by=cast.coordinator)
    asked = "Say whether the period is right: the due date lies more than a year after it."
    assert collections.reasons_against_opening(year) == [asked]
    with pytest.raises(NotNow) as refused:
        collections.open_collection(year, by=cast.coordinator)
    assert refused.value.reasons == (asked,)
    collections.confirm_period(year, by=cast.coordinator)
    assert collections.reasons_against_opening(Collection.objects.get(pk=year.pk)) == []
    year = collections.change_details(year, details=old, by=cast.coordinator)
    assert collections.reasons_against_opening(year) == []
    later = players.details(**{**_values(old), "due_on": players.in_days(30)})
    assert collections.reasons_against_opening(
        collections.change_details(year, details=later, by=cast.coordinator)
    ) == [asked]


def _values(details: object) -> dict[str, object]:
    return {name: getattr(details, name) for name in type(details).__slots__}


@pytest.mark.parametrize(("days", "asked"), [(365, False), (366, True)])
def test_the_period_is_asked_about_after_a_year_and_a_day(days: int, asked: bool) -> None:
    due = date(2026, 5, 31)
    assert Collection(due_on=due, period_end=due - timedelta(days=days)).period_needs_a_look is asked


# --- Questions -----------------------------------------------------------------------------------


def wordings(collection: Collection) -> list[tuple[int, str]]:
    return list(collection.questions.values_list("position", "wording"))


def test_questions_are_added_moved_changed_and_removed(cast: Cast, year: Collection) -> None:
    by = cast.coordinator
    for letter in "BC":
        collections.add_question(year, wording=letter, guidance="", suggested_words=None, by=by)
    first, _, c = year.questions.all()
    collections.change_question(first, wording="A", guidance="", suggested_words=10, by=by)
    collections.move_question(c, up=True, by=by)
    assert wordings(year) == [(1, "A"), (2, "C"), (3, "B")]
    collections.move_question(year.questions.get(wording="A"), up=True, by=by)
    collections.move_question(year.questions.get(wording="B"), up=False, by=by)
    assert wordings(year) == [(1, "A"), (2, "C"), (3, "B")]
    collections.remove_question(year.questions.get(wording="C"), by=by)
    assert wordings(year) == [(1, "A"), (2, "B")]
    acts = Event.objects.under(year.about).filter(act__contains="question").values_list("phrase", flat=True)
    assert list(acts.order_by("pk")) == [
        "added question 2",
        "added question 3",
        "changed question 1",
        "moved question 3 up",
        "removed question 2",
    ]


def test_the_last_question_stays(cast: Cast, year: Collection) -> None:
    with pytest.raises(NotNow):
        collections.remove_question(year.questions.get(), by=cast.coordinator)
    assert year.questions.count() == 1


def test_questions_are_fixed_by_the_opening(cast: Cast) -> None:
    one, by, before = cast.question, cast.coordinator, wordings(cast.collection)
    for act in (
        lambda: collections.add_question(
            cast.collection, wording="?", guidance="", suggested_words=None, by=by
        ),
        lambda: collections.change_question(one, wording="?", guidance="", suggested_words=None, by=by),
        lambda: collections.move_question(one, up=True, by=by),
        lambda: collections.remove_question(one, by=by),
    ):
        with pytest.raises(NotNow) as refused:
            act()
        assert refused.value.reasons == (
            "The questions have been fixed since the return was opened, so that every agency answers the same.",
        )
    assert wordings(cast.collection) == before


# --- Opening -------------------------------------------------------------------------------------


def test_opening_copies_names_and_order_of_the_day_and_tells_the_agencies(
    cast: Cast, year: Collection
) -> None:
    by = cast.coordinator
    setup.rename_seat(cast.seat, name="Police of Midvale", by=by)
    setup.move_seat(cast.seat, up=False, by=by)
    newcomer = factories.seat(cast.partnership, "Probation", by=by)
    factories.member(cast.partnership, RoleKind.CONTRIBUTOR, seat=newcomer, email="new@example.org", by=by)
    collections.open_collection(year, by=by)
    assert list(year.returns.values_list("name", "position", "slug")) == [
        ("Vale Hospitals", 1, "vale-hospitals"),
        ("Police of Midvale", 2, cast.seat.agency.slug),
        ("Probation", 3, "probation"),
    ]
    told = Message.objects.filter(about__startswith=year.about)
    assert sorted(told.values_list("to_email", "kind")) == sorted(
        (address, "opened")
        for address in (cast.lead.email, cast.contributor.email, cast.other_lead.email, "new@example.org")
    )
    setup.rename_seat(cast.seat, name="Another Name", by=by)
    assert year.returns.get(seat=cast.seat).name == "Police of Midvale"


def test_an_agency_that_left_before_the_opening_is_not_asked(cast: Cast, year: Collection) -> None:
    setup.end_seat(cast.seat, by=cast.coordinator)
    collections.open_collection(year, by=cast.coordinator)
    assert names(year) == [("Vale Hospitals", "draft")]


def test_an_agency_that_is_left_out_is_not_told(cast: Cast, year: Collection) -> None:
    from returns.actions.moves import move

    move(year.returns.get(seat=cast.seat), "exclude", by=cast.coordinator, reason="It has no children.")
    collections.open_collection(year, by=cast.coordinator)
    told = Message.objects.filter(about__startswith=year.about).values_list("to_email", flat=True)
    assert list(told) == [cast.other_lead.email]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"due_on": None}, "Say when the returns are due."),
        ({"due_on": -1}, "The due date has passed. Choose a later one."),
    ],
)
def test_what_stands_in_the_way_of_opening(
    cast: Cast, year: Collection, changes: dict[str, int | None], reason: str
) -> None:
    days = changes["due_on"]
    due = None if days is None else players.in_days(days)
    collections.change_details(year, details=players.details(slug="2026-27", due_on=due), by=cast.coordinator)
    with pytest.raises(NotNow) as refused:
        collections.open_collection(year, by=cast.coordinator)
    assert refused.value.reasons == (reason,)
    assert Collection.objects.get(pk=year.pk).is_preparing


def test_without_agencies_nothing_is_opened(cast: Cast) -> None:
    away = cast.outside_coordinator.active_roles[0].partnership
    empty = collections.start(away, details=players.details(), by=cast.outside_coordinator)
    with pytest.raises(NotNow) as refused:
        collections.open_collection(empty, by=cast.outside_coordinator)
    assert refused.value.reasons == ("No agency is asked yet. Add the agencies of the partnership first.",)


def test_it_is_opened_once(cast: Cast) -> None:
    before = Message.objects.count()
    with pytest.raises(NotNow):
        collections.open_collection(cast.collection, by=cast.second_coordinator)
    assert Message.objects.count() == before


# --- While it is open ----------------------------------------------------------------------------


def test_an_agency_that_joins_later_is_taken_in_once(cast: Cast) -> None:
    late = factories.seat(cast.partnership, "Latecomers", by=cast.coordinator)
    factories.member(
        cast.partnership, RoleKind.LEAD, seat=late, email="late@example.org", by=cast.coordinator
    )
    assert collections.seats_without_return(cast.collection) == [late]
    one = collections.take_in(cast.collection, late, by=cast.coordinator)
    assert (one.name, one.status) == ("Latecomers", "draft")
    assert list(Message.objects.filter(about=one.about).values_list("to_email", "kind")) == [
        ("late@example.org", "opened")
    ]
    with pytest.raises(NotNow):
        collections.take_in(cast.collection, late, by=cast.coordinator)
    assert collections.seats_without_return(cast.collection) == []


def test_no_agency_of_another_partnership_is_taken_in(cast: Cast) -> None:
    away = cast.outside_coordinator.active_roles[0].partnership
    foreign = factories.seat(away, "Far Away Police", by=cast.outside_coordinator)
    with pytest.raises(NotNow):
        collections.take_in(cast.collection, foreign, by=cast.coordinator)
    assert names(cast.collection) == [("Midvale Police", "draft"), ("Vale Hospitals", "draft")]


def test_two_collections_may_be_open_at_once_and_keep_apart(cast: Cast, year: Collection) -> None:
    players.bring_to(cast, Status.APPROVED)
    year = collections.open_collection(year, by=cast.coordinator)
    assert names(year) == [("Midvale Police", "draft"), ("Vale Hospitals", "draft")]
    assert compile_document(year).sections == ()
    assert [one.agency for one in compile_document(cast.collection).sections] == ["Midvale Police"]
    mine = [(line.collection, line.mine) for line in waiting_for(cast.lead)]
    assert mine == [("2026-27 return", True), ("2025-26 return", False)]


def test_a_closed_collection_can_be_decided_about_but_not_written(cast: Cast) -> None:
    players.bring_to(cast, Status.SUBMITTED)
    collections.close_collection(cast.collection, by=cast.coordinator)
    for name in ("request_changes", "take_back"):
        with pytest.raises(NotNow) as refused:
            players.move(cast, name, by=cast.lead if name == "take_back" else None)
        assert refused.value.reasons == (
            "The 2025-26 return is closed. Ask the partnership’s coordinator if something has to change.",
        )
    assert players.move(cast, "approve").status == Status.APPROVED
    assert players.move(cast, "hold").status == Status.HELD
    with pytest.raises(NotNow):
        players.move(cast, "reopen")
    assert [(line.label, line.mine) for line in waiting_for(cast.lead)] == [("On hold", False)]
    assert [line.turn for line in waiting_for(cast.coordinator)] == ["Your turn: decide what happens"]


def test_closing_and_opening_again(cast: Cast) -> None:
    by = cast.coordinator
    with pytest.raises(NotNow):
        collections.reopen_collection(cast.collection, by=by)
    collections.close_collection(cast.collection, by=by)
    with pytest.raises(NotNow):
        collections.close_collection(cast.collection, by=by)
    with pytest.raises(NotNow):
        collections.change_details(cast.collection, details=players.details(), by=by)
    with pytest.raises(NotNow):
        collections.take_in(cast.collection, cast.seat, by=by)
    collections.reopen_collection(cast.collection, by=by)
    kept = Collection.objects.get(pk=cast.collection.pk)
    assert (kept.stage, kept.closed_at) == ("open", None)
    assert players.bring_to(cast, Status.SUBMITTED).status == Status.SUBMITTED


# --- Mergers -------------------------------------------------------------------------------------


def test_after_a_merger_the_successors_people_finish_the_return(cast: Cast) -> None:
    players.save(cast, "<p>Begun by the predecessor.</p>")
    setup.merge(cast.seat.agency, into=cast.other_seat.agency, by=cast.administrator)
    cast = players.fresh(cast)
    one = cast.agency_return
    assert list(Return.objects.visible_to(cast.other_lead).values_list("name", flat=True)) == [
        "Midvale Police",
        "Vale Hospitals",
    ]
    # Its former people carry on in the successor's place, and finish both.
    assert sorted(one.people(RoleKind.LEAD).values_list("email", flat=True)) == sorted(
        [cast.lead.email, cast.other_lead.email]
    )
    players.save(cast, "<p>Finished by the successor.</p>", by=cast.other_lead)
    assert players.submit(cast, by=cast.other_lead).status == Status.SUBMITTED
    approved = players.move(cast, "approve")
    assert approved.revisions.newest_first().first().data["agency"] == "Midvale Police"
    page = players.client(cast.other_lead).get(one.get_absolute_url())
    assert (page.status_code, "Your return is approved" in page.content.decode()) == (200, True)


def test_a_merger_in_an_open_year_is_told_to_those_who_decide_what_is_asked(cast: Cast) -> None:
    """Both are still asked: nothing is left out by itself, and nobody has to find it out."""
    admin = players.client(cast.administrator)
    url = reverse("agency_merge", args=[cast.seat.agency.slug])
    assert "It is still asked this year" in admin.get(url).content.decode()
    page = admin.post(url, {"into": cast.other_seat.agency_id, "sure": "on"}, follow=True).content.decode()
    assert "still asks both. Its coordinators are told by e-mail." in page
    told = Message.objects.filter(kind="merged")
    assert {one.to_email for one in told} == {cast.coordinator.email, cast.second_coordinator.email}
    assert told[0].link == cast.collection.get_absolute_url()
    assert told[0].paragraphs[1].startswith("Midvale Police and Vale Hospitals are both still asked.")
    history = Event.objects.under(cast.collection.about).get(act="merge")
    assert history.phrase == "merged Midvale Police into Vale Hospitals; both are still asked"


def test_a_merger_says_nothing_of_years_that_do_not_ask_both(cast: Cast) -> None:
    admin = players.client(cast.administrator)
    players.move(cast, "exclude")
    url = reverse("agency_merge", args=[cast.seat.agency.slug])
    assert "It is still asked this year" not in admin.get(url).content.decode()
    third = factories.seat(cast.partnership, "Third Service", by=cast.administrator)
    url = reverse("agency_merge", args=[cast.other_seat.agency.slug])
    page = admin.post(url, {"into": third.agency_id, "sure": "on"}, follow=True).content.decode()
    assert "still asks both" not in page
    assert "go on with its return in Third Service" in Message.objects.filter(kind="merged")[0].paragraphs[1]


def test_a_merger_of_a_merger_still_finds_its_people(cast: Cast) -> None:
    third = factories.seat(cast.partnership, "Midvale Trust", by=cast.administrator)
    last = factories.member(cast.partnership, RoleKind.LEAD, seat=third, by=cast.administrator)
    setup.merge(cast.seat.agency, into=cast.other_seat.agency, by=cast.administrator)
    setup.merge(cast.other_seat.agency, into=third.agency, by=cast.administrator)
    assert cast.agency_return in Return.objects.visible_to(factories.fresh(last))
    assert cast.agency_return in Return.objects.visible_to(factories.fresh(cast.lead))


def test_people_of_the_predecessor_alone_see_nothing_of_the_successors_other_partnerships(cast: Cast) -> None:
    away = cast.outside_coordinator.active_roles[0].partnership
    factories.seat(away, agency=cast.other_seat.agency, by=cast.outside_coordinator)
    far = collections.start(away, details=players.details(), by=cast.outside_coordinator)
    collections.open_collection(far, by=cast.outside_coordinator)
    setup.merge(cast.seat.agency, into=cast.other_seat.agency, by=cast.administrator)
    seen = Return.objects.visible_to(factories.fresh(cast.lead))
    assert {one.collection_id for one in seen} == {cast.collection.pk}


# --- What is printed ------------------------------------------------------------------------------


def test_it_prints_what_was_approved_and_not_what_is_written_since(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    players.move(cast, "reopen")
    players.save(cast, "<p>Newer words.</p>")
    assert compile_document(cast.collection).sections == ()
    players.submit(cast)
    players.move(cast, "approve")
    [section] = compile_document(cast.collection).sections
    [passage] = section.passages
    assert str(passage.blocks).count("Newer words.") == 1


def test_days_are_londons(cast: Cast, year: Collection) -> None:
    """At half past midnight in London in June it is still yesterday in UTC."""
    collections.change_details(
        year, details=players.details(slug="2026-27", due_on=date(2030, 6, 10)), by=cast.coordinator
    )
    collections.confirm_period(year, by=cast.coordinator)
    with time_machine.travel("2030-06-10T23:30:00+00:00", tick=False), pytest.raises(NotNow) as refused:
        collections.open_collection(year, by=cast.coordinator)
    assert refused.value.reasons == ("The due date has passed. Choose a later one.",)
