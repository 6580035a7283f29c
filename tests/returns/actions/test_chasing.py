"""Reminders, each once; more time and reopening, asked for and answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from agencies.actions import people, setup
from agencies.errors import NotNow
from agencies.models import Event, Message, RoleKind
from returns.actions import chasing, collections, drafting
from returns.emails import compose
from returns.models import Ask, AskKind, overview
from returns.models.waiting import waiting_for
from returns.workflow import Status
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

OPENED = datetime(2030, 5, 1, 9, 0, tzinfo=UTC)  # in the summer London is an hour before
DUE = date(2030, 5, 31)


@pytest.fixture
def cast(db: None) -> Cast:
    """Opened on the first of May, due on the last."""
    with time_machine.travel(OPENED, tick=False):
        cast = players.make(open_it=False)
        collections.change_details(
            cast.collection,
            details=players.details(due_on=DUE, period_start=date(2029, 4, 1), period_end=date(2030, 3, 31)),
            by=cast.coordinator,
        )
        cast.collection = collections.open_collection(cast.collection, by=cast.coordinator)
    return cast


def at(day: date, hour: int = 9) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), tick=False)


def reminders() -> list[tuple[str, str, str]]:
    """(day in London, to whom, subject) in the order in which they were written."""
    return [
        (timezone.localdate(one.created_at).isoformat(), one.to_email, one.subject)
        for one in Message.objects.filter(kind="reminder").order_by("pk")
    ]


def every_hour(first: date, days: int) -> int:
    sent = 0
    for hour in range(days * 24):
        with time_machine.travel(
            datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(hours=hour), tick=False
        ):
            sent += chasing.remind_all()
    return sent


def subject(cast: Cast, words: str) -> str:
    return f"The 2025-26 return for {cast.partnership.name} {words}"


def test_each_step_once_however_often_it_runs(cast: Cast) -> None:
    sent = every_hour(date(2030, 5, 8), 40)
    steps = [
        ("2030-05-17", "is due in 14 days"),
        ("2030-05-24", "is due in 7 days"),
        ("2030-05-29", "is due in 2 days"),
        ("2030-06-01", "was due yesterday"),
        ("2030-06-07", "was due 7 days ago"),
        ("2030-06-14", "was due 14 days ago"),
    ]
    assert reminders() == [
        (day, person.email, subject(cast, words))
        for day, words in steps
        for person in (cast.lead, cast.other_lead)
    ]
    assert sent == len(steps) * 2


def test_the_command_says_how_many_it_wrote_and_repeats_none(cast: Cast, capsys) -> None:
    with time_machine.travel("2030-05-24T09:00:00+00:00", tick=False):
        call_command("send_reminders")
        call_command("send_reminders")
    assert capsys.readouterr().out == "2 new reminders.\n0 new reminders.\n"
    assert len(reminders()) == 2


def test_missed_days_are_caught_up_by_the_newest_step_alone(cast: Cast) -> None:
    with at(date(2030, 5, 30)):
        assert chasing.remind_all() == 2
    assert {words for _, _, words in reminders()} == {subject(cast, "is due tomorrow")}


def test_the_day_begins_at_midnight_in_london(cast: Cast) -> None:
    with time_machine.travel("2030-05-16T22:59:00+00:00", tick=False):
        assert chasing.remind_all() == 0
    with time_machine.travel("2030-05-16T23:00:00+00:00", tick=False):
        assert chasing.remind_all() == 2


def test_who_is_reminded(cast: Cast) -> None:
    """Those responsible: not who helps, not who has left, is disabled, or has sent."""
    players_of_other = cast.collection.returns.get(seat=cast.other_seat)
    assert players_of_other.status == Status.DRAFT
    with at(date(2030, 5, 10)):
        players.save(cast)
        players.submit(cast)
    with at(date(2030, 5, 17)):
        chasing.remind_all()
    assert [to for _, to, _ in reminders()] == [cast.other_lead.email]
    people.end_role(factories.role_of(cast.other_lead, cast.partnership), by=cast.administrator)
    with at(date(2030, 5, 24)):
        assert chasing.remind_all() == 0


def test_who_was_disabled_is_not_reminded_and_who_was_enabled_again_is(cast: Cast) -> None:
    people.disable(cast.lead, by=cast.administrator)
    with at(date(2030, 5, 17)):
        chasing.remind_all()
    people.enable(cast.lead, by=cast.administrator)
    with at(date(2030, 5, 24)):
        chasing.remind_all()
    assert [(day, to) for day, to, _ in reminders()] == [
        ("2030-05-17", cast.other_lead.email),
        ("2030-05-24", cast.lead.email),
        ("2030-05-24", cast.other_lead.email),
    ]


@pytest.mark.parametrize("status", [one for one in Status if one not in ("draft", "changes_requested")])
def test_nobody_is_reminded_of_what_does_not_wait_for_them(cast: Cast, status: Status) -> None:
    with at(date(2030, 5, 10)):
        players.bring_to(cast, status)
    with at(date(2030, 5, 17)):
        chasing.remind_all()
    assert [to for _, to, _ in reminders()] == [cast.other_lead.email]


def test_who_is_asked_for_changes_is_reminded_again(cast: Cast) -> None:
    with at(date(2030, 5, 10)):
        players.bring_to(cast, Status.CHANGES_REQUESTED)
    with at(date(2030, 5, 17)):
        chasing.remind_all()
    assert [to for _, to, _ in reminders()] == [cast.lead.email, cast.other_lead.email]


def test_a_closed_collection_and_one_in_preparation_remind_nobody(cast: Cast) -> None:
    collections.close_collection(cast.collection, by=cast.coordinator)
    with at(date(2030, 5, 17)):
        collections.start(
            cast.partnership,
            details=players.details(slug="2030-31", due_on=date(2030, 5, 31)),
            by=cast.coordinator,
        )
        assert chasing.remind_all() == 0


def test_an_own_due_date_has_reminders_of_its_own(cast: Cast) -> None:
    with at(date(2030, 5, 20)):
        chasing.grant_time(cast.agency_return, due_on=date(2030, 6, 30), by=cast.coordinator)
    every_hour(date(2030, 5, 21), 27)
    of_lead = [(day, words) for day, to, words in reminders() if to == cast.lead.email]
    assert of_lead == [("2030-06-16", subject(cast, "is due in 14 days"))]


def test_a_due_date_that_is_moved_reminds_anew(cast: Cast) -> None:
    with at(date(2030, 5, 24)):
        chasing.remind_all()
        collections.change_details(
            cast.collection,
            details=players.details(
                due_on=date(2030, 6, 7), period_start=date(2029, 4, 1), period_end=date(2030, 3, 31)
            ),
            by=cast.coordinator,
        )
    with at(date(2030, 5, 31)):
        chasing.remind_all()
        chasing.remind_all()
    assert [day for day, to, _ in reminders() if to == cast.lead.email] == ["2030-05-24", "2030-05-31"]


def test_several_returns_of_one_person_come_in_one_email(cast: Cast) -> None:
    factories.member(
        cast.partnership, RoleKind.LEAD, seat=cast.other_seat, email=cast.lead.email, by=cast.administrator
    )
    with at(date(2030, 5, 17)):
        assert chasing.remind_all() == 2
    [mail] = Message.objects.filter(kind="reminder", to_user=cast.lead)
    assert mail.paragraphs[0] == (
        "The 2025-26 return of Midvale Police, Vale Hospitals has not been sent yet. "
        "It is due in 14 days, on Friday 31 May 2030."
    )
    assert mail.link == "/"


def test_after_a_merger_one_email_for_both_and_no_other(cast: Cast) -> None:
    with at(date(2030, 5, 10)):
        setup.merge(cast.seat.agency, into=cast.other_seat.agency, by=cast.administrator)
    with at(date(2030, 5, 17)):
        chasing.remind_all()
    assert sorted(to for _, to, _ in reminders()) == sorted([cast.lead.email, cast.other_lead.email])
    assert {one.paragraphs[0].split(" has ")[0] for one in Message.objects.filter(kind="reminder")} == {
        "The 2025-26 return of Midvale Police, Vale Hospitals"
    }


def test_two_collections_due_on_one_day_are_named_each(cast: Cast) -> None:
    with at(date(2030, 5, 2)):
        other = collections.start(
            cast.partnership,
            details=players.details(
                slug="2028-29", due_on=DUE, period_start=date(2029, 1, 1), period_end=date(2029, 12, 31)
            ),
            by=cast.coordinator,
        )
        collections.open_collection(other, by=cast.coordinator)
    with at(date(2030, 5, 17)):
        chasing.remind_all()
    named = sorted(words for _, to, words in reminders() if to == cast.lead.email)
    assert named == [
        f"The 2025-26 return for {cast.partnership.name} is due in 14 days",
        f"The 2028-29 return for {cast.partnership.name} is due in 14 days",
    ]


def test_what_was_opened_late_is_not_reminded_of_steps_before(cast: Cast) -> None:
    with at(date(2030, 5, 20)):
        other = collections.start(
            cast.partnership,
            details=players.details(
                slug="2030",
                due_on=date(2030, 5, 30),
                period_start=date(2029, 1, 1),
                period_end=date(2029, 12, 31),
            ),
            by=cast.coordinator,
        )
        collections.open_collection(other, by=cast.coordinator)
        chasing.remind_all()
    assert [words for _, _, words in reminders() if "2030 return" in words] == []


# --- More time -----------------------------------------------------------------------------------


def ask(cast: Cast, kind: AskKind = AskKind.MORE_TIME, wanted_on: date | None = date(2030, 6, 14)) -> Ask:
    return drafting.ask(
        cast.agency_return,
        kind=kind,
        reason="Our analyst is ill.",
        by=cast.contributor,
        wanted_on=wanted_on if kind == AskKind.MORE_TIME else None,
    )


def steps_of(cast: Cast) -> list[str]:
    return [line.label for line in waiting_for(cast.coordinator) if line.label.startswith("Asks")]


@pytest.mark.parametrize(("given", "due"), [(None, date(2030, 6, 14)), (date(2030, 6, 7), date(2030, 6, 7))])
def test_more_time_is_asked_for_and_given(cast: Cast, given: date | None, due: date) -> None:
    with at(date(2030, 5, 20)):
        asked = ask(cast)
        assert steps_of(cast) == ["Asks for more time"]
        chasing.answer_ask(asked, granted=True, note="", by=cast.second_coordinator, due_on=given)
    assert (cast.agency_return.due_on, cast.collection.due_on) == (due, DUE)
    kept = Ask.objects.get()
    assert (kept.granted, kept.answered_by) == (True, cast.second_coordinator)
    mail = Message.objects.get(kind="ask_answered")
    assert (mail.to_email, mail.reply_to) == (cast.contributor.email, cast.second_coordinator.email)
    assert mail.subject.endswith(f"until {compose.day(due)}")
    assert mail.paragraphs[1].endswith(f"{due.day} June 2030.") and len(mail.paragraphs) == 2
    question = Message.objects.filter(kind="asked").first()
    assert question.subject.endswith("more time, until Friday 14 June 2030")
    assert question.reply_to == cast.contributor.email


def test_no_needs_a_word(cast: Cast) -> None:
    with at(date(2030, 5, 20)):
        asked = ask(cast)
        with pytest.raises(NotNow):
            chasing.answer_ask(asked, granted=False, note=" ", by=cast.coordinator)
        chasing.answer_ask(asked, granted=False, note="The board meets on the third.", by=cast.coordinator)
        with pytest.raises(NotNow):
            chasing.answer_ask(asked, granted=True, note="", by=cast.coordinator)
    assert (Ask.objects.get().granted, cast.agency_return.due_on) == (False, None)
    page = players.client(cast.lead).get(cast.agency_return.get_absolute_url()).content.decode()
    assert "The board meets on the third." in page
    mail = Message.objects.get(kind="ask_answered")
    assert mail.paragraphs[-1] == "The reason is on the page below."
    assert "third" not in f"{mail.subject} {mail.paragraphs}"


def test_a_note_to_a_yes_is_named_in_the_email_and_stands_on_the_page(cast: Cast) -> None:
    note = "It cannot be later than this."
    with at(date(2030, 5, 20)):
        chasing.answer_ask(ask(cast), granted=True, note=note, by=cast.coordinator)
        page = players.client(cast.lead).get(cast.agency_return.get_absolute_url()).content.decode()
        assert "You have more time" in page and note in page
        assert f"{cast.contributor}</span> asked for more time on" in page and "Our analyst is ill." in page
        mail = Message.objects.get(kind="ask_answered")
        assert mail.paragraphs[-1] == "Maeve Corrigan has added a note, which is on the page below."
        assert note not in f"{mail.subject} {mail.paragraphs}"
        players.bring_to(cast, Status.APPROVED)
        page = players.client(cast.contributor).get(cast.agency_return.get_absolute_url()).content.decode()
        assert note not in page  # of no use any more; the history has it


@pytest.mark.parametrize("end", ["submit", "exclude"])
def test_a_request_that_the_return_overtook_ends_in_the_history(cast: Cast, end: str) -> None:
    with at(date(2030, 5, 20)):
        players.save(cast)
        ask(cast)
        players.submit(cast) if end == "submit" else players.move(cast, "exclude")
    assert not Ask.objects.exists()
    [event] = Event.objects.filter(act=end)
    assert event.phrase.endswith(", which ended the request for more time")


def test_whoever_sends_is_told_that_the_request_ends(cast: Cast) -> None:
    url = cast.agency_return.url("send")
    said = {"tells": "no", "signed_name": "D", "signed_post": "H", "signed_on": "2030-05-19"}
    ends = "Your request ends when you send the return."
    with at(date(2030, 5, 20)):
        browser = players.client(cast.lead)
        players.save(cast)
        assert ends not in browser.get(url).content.decode()
        ask(cast)
        assert ends in browser.get(url).content.decode()
        shown = browser.post(url, said, follow=True).content.decode()
    assert "Your return is sent" in shown and "Your request for more time has ended" in shown


@pytest.mark.parametrize("wanted", [None, date(2030, 5, 19), date(2030, 5, 20), date(2030, 5, 31)])
def test_a_day_that_gives_no_more_time(cast: Cast, wanted: date | None) -> None:
    with at(date(2030, 5, 20)), pytest.raises(NotNow):
        ask(cast, wanted_on=wanted)
    assert not Ask.objects.exists()


def test_one_asks_once_until_it_is_answered(cast: Cast) -> None:
    with at(date(2030, 5, 20)):
        ask(cast)
        with pytest.raises(NotNow):
            ask(cast)
        chasing.answer_ask(Ask.objects.get(), granted=True, note="", by=cast.coordinator)
        ask(cast, wanted_on=date(2030, 7, 1))
    assert Ask.objects.count() == 2


def test_what_was_sent_needs_no_more_time(cast: Cast) -> None:
    """The coordinator is not left with a question that has answered itself; the agency may ask anew later."""
    with at(date(2030, 5, 20)):
        ask(cast)
        players.bring_to(cast, Status.SUBMITTED)
        assert (steps_of(cast), Ask.objects.count()) == ([], 0)
        with pytest.raises(NotNow):
            chasing.grant_time(cast.agency_return, due_on=date(2030, 6, 14), by=cast.coordinator)
        players.move(cast, "request_changes")
        ask(cast)
        assert steps_of(cast) == ["Asks for more time"]


def test_an_agency_that_is_left_out_waits_for_no_answer(cast: Cast) -> None:
    with at(date(2030, 5, 20)):
        ask(cast)
        players.move(cast, "exclude")
        assert steps_of(cast) == []


def test_no_time_is_given_before_the_opening_or_after_the_end(cast: Cast) -> None:
    with at(date(2030, 5, 20)):
        asked = ask(cast)
        collections.close_collection(cast.collection, by=cast.coordinator)
        before = Message.objects.count()
        for act in (
            lambda: chasing.grant_time(cast.agency_return, due_on=date(2030, 6, 14), by=cast.coordinator),
            lambda: chasing.answer_ask(asked, granted=True, note="", by=cast.coordinator),
        ):
            with pytest.raises(NotNow):
                act()
        year = collections.start(cast.partnership, details=players.details(slug="2031"), by=cast.coordinator)
        with pytest.raises(NotNow):
            chasing.grant_time(year.returns.first(), due_on=date(2030, 9, 1), by=cast.coordinator)
        assert Message.objects.count() == before
        assert steps_of(cast) == []


def test_a_day_that_has_passed_is_not_given(cast: Cast) -> None:
    with at(date(2030, 5, 20)):
        with pytest.raises(NotNow):
            chasing.grant_time(cast.agency_return, due_on=date(2030, 5, 19), by=cast.coordinator)
        chasing.grant_time(cast.agency_return, due_on=date(2030, 5, 20), by=cast.coordinator)
    assert cast.agency_return.due == date(2030, 5, 20)


# --- Opening again -------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.APPROVED, Status.HELD])
def test_yes_to_reopening_opens_it_with_what_was_asked_as_the_reason(cast: Cast, status: Status) -> None:
    with at(date(2030, 5, 20)):
        players.bring_to(cast, status)
        asked = ask(cast, AskKind.REOPENING)
        chasing.answer_ask(asked, granted=True, note="Please do.", by=cast.coordinator)
    one = cast.agency_return
    assert (one.status, one.reason) == (Status.CHANGES_REQUESTED, "Our analyst is ill.")
    kept = Ask.objects.get()
    assert (kept.granted, kept.answered_by, kept.note) == (True, cast.coordinator, "Please do.")
    page = players.client(cast.lead).get(one.get_absolute_url()).content.decode()
    assert "You can change the return, as you asked" in page and "Please do." in page


def test_a_return_that_was_opened_meanwhile_has_answered_the_question(cast: Cast) -> None:
    with at(date(2030, 5, 20)):
        players.bring_to(cast, Status.APPROVED)
        ask(cast, AskKind.REOPENING)
        players.move(cast, "reopen", by=cast.second_coordinator)
        assert steps_of(cast) == []
    kept = Ask.objects.get()
    assert (kept.granted, kept.answered_by) == (True, cast.second_coordinator)


def test_no_to_reopening_leaves_it_as_it_is(cast: Cast) -> None:
    with at(date(2030, 5, 20)):
        players.bring_to(cast, Status.APPROVED)
        asked = ask(cast, AskKind.REOPENING)
        chasing.answer_ask(asked, granted=False, note="It is printed.", by=cast.coordinator)
    assert (cast.agency_return.status, Ask.objects.get().granted) == (Status.APPROVED, False)
    page = players.client(cast.lead).get(cast.agency_return.get_absolute_url()).content.decode()
    assert "could not agree to what you asked" in page and "It is printed." in page
    mail = Message.objects.get(kind="ask_answered")
    assert mail.subject == "An answer: you asked to change the 2025-26 return"
    assert mail.paragraphs[0] == (
        "You asked to change the 2025-26 return of Midvale Police for Luton Partnership. Maeve Corrigan could not agree."
    )


def test_what_was_asked_stands_on_the_page_until_it_is_answered(cast: Cast) -> None:
    """In the words of whoever asked, and nothing more can be asked meanwhile."""
    players.bring_to(cast, Status.APPROVED)
    lead, url = players.client(cast.lead), cast.agency_return.get_absolute_url()
    page = lead.get(url).content.decode()
    assert "Ask to change it" in page and "There is nothing more to do" in page
    asked = ask(cast, AskKind.REOPENING)
    page = lead.get(url).content.decode()
    assert "Ask to change it" not in page and "There is nothing more to do" not in page
    assert "It is the partnership’s turn: it answers what you asked, and you get an e-mail." in page
    assert "Your agency has asked to change the return" in page and "Our analyst is ill." in page
    home = lead.get("/").content.decode()
    assert "The partnership’s turn: answer what you asked" in home and "Nothing to do" not in home
    review = players.client(cast.coordinator).get(cast.agency_return.url("review")).content.decode()
    assert "The agency asks to change the return" in review and "Nothing to do" not in review
    assert steps_of(cast) == ["Asks to change the return"]
    chasing.answer_ask(asked, granted=False, note="It is printed.", by=cast.coordinator)
    page = lead.get(url).content.decode()
    assert "Our analyst is ill." in page and "Ask to change it" in page


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.SUBMITTED, "You can take the return back yourself: its review has not begun."),
        (Status.DRAFT, "The return is open already. You can write in it."),
        (Status.CHANGES_REQUESTED, "The return is open already. You can write in it."),
    ],
)
def test_when_reopening_is_not_asked_for(cast: Cast, status: Status, reason: str) -> None:
    with at(date(2030, 5, 20)):
        players.bring_to(cast, status)
        with pytest.raises(NotNow) as refused:
            ask(cast, AskKind.REOPENING)
    assert refused.value.reasons == (reason,)


def test_changes_are_asked_for_by_a_day_that_is_still_to_come(cast: Cast) -> None:
    with at(date(2030, 6, 10)):
        players.bring_to(cast, Status.CHANGES_REQUESTED)
        late = Message.objects.filter(kind="changes_requested").last()
        players.submit(cast)
        players.moves.move(
            cast.agency_return,
            "request_changes",
            by=cast.coordinator,
            reason="Once more.",
            due_on=date(2030, 6, 24),
        )
        again = Message.objects.filter(kind="changes_requested").order_by("pk").last()
    assert late.paragraphs[-1] == "Please send it again as soon as you can."
    assert again.paragraphs[-1] == "Please send it again by Monday 24 June 2030."


def test_a_coordinator_reminds_by_hand_once_a_day_and_the_year_shows_when(cast: Cast) -> None:
    with at(date(2030, 6, 10)):
        chasing.remind(cast.agency_return, by=cast.coordinator)
        with pytest.raises(NotNow, match="reminded today already"):
            chasing.remind(cast.agency_return, by=cast.second_coordinator)
        row = next(row for row in overview.rows(cast.collection) if row.name == cast.agency_return.name)
        assert row.reminded_at and timezone.localdate(row.reminded_at) == date(2030, 6, 10)
    with at(date(2030, 6, 11)):
        assert chasing.remind(cast.agency_return, by=cast.coordinator) == [cast.lead]
    assert [subject.endswith("was due 10 days ago") for _, _, subject in reminders()][:1] == [True]


def test_all_who_are_late_are_reminded_with_one_press_and_nobody_twice_a_day(cast: Cast) -> None:
    """Not even by hand after the service has done so by itself."""
    url = reverse("collection_remind", args=[cast.partnership.slug, cast.collection.slug])
    year = reverse("collection", args=[cast.partnership.slug, cast.collection.slug])
    with at(date(2030, 5, 20)):
        browser = players.client(cast.coordinator)
        assert "Remind all who are late" not in browser.get(year).content.decode()
        with pytest.raises(NotNow, match="nobody is late"):
            chasing.remind_late(cast.collection, by=cast.coordinator)
    with at(date(2030, 6, 10)):
        browser = players.client(cast.coordinator)
        shown = browser.get(year).content.decode()
        assert "Remind all who are late (2)" in shown
        assert "31 May 2030" in shown.replace("\xa0", " ") and "10 days late" in shown
        chasing.remind(cast.agency_return, by=cast.coordinator)
        assert "1 of them was reminded today." in browser.get(url).content.decode()
        browser.post(url)
        assert [to for _, to, _ in reminders()] == [cast.lead.email, cast.other_lead.email]
        assert "Remind them" not in browser.get(url).content.decode()
        with pytest.raises(NotNow, match="reminded today already"):
            chasing.remind_late(cast.collection, by=cast.second_coordinator)
    with at(date(2030, 6, 11)):
        assert len(chasing.remind_late(cast.collection, by=cast.second_coordinator)) == 2
    with at(date(2030, 6, 14)):
        chasing.remind_all()
        with pytest.raises(NotNow, match="reminded today already"):
            chasing.remind_late(cast.collection, by=cast.coordinator)


def test_the_service_does_not_remind_again_whom_a_coordinator_has_just_reminded(cast: Cast) -> None:
    with at(date(2030, 6, 1), hour=8):  # the day after the due date is a day of reminders
        chasing.remind(cast.agency_return, by=cast.coordinator)
    with at(date(2030, 6, 1)):
        chasing.remind_all()
    with at(date(2030, 6, 2)):
        chasing.remind_all()
    assert [(day, to) for day, to, _ in reminders()] == [
        ("2030-06-01", cast.lead.email),
        ("2030-06-01", cast.other_lead.email),
    ]
    with at(date(2030, 6, 7), hour=8):
        chasing.remind_late(cast.collection, by=cast.coordinator)
    assert every_hour(date(2030, 6, 7), 6) == 0
    assert every_hour(date(2030, 6, 14), 1) == 2


def test_a_reminder_of_one_return_does_not_stand_for_another(cast: Cast) -> None:
    factories.member(
        cast.partnership, RoleKind.LEAD, seat=cast.other_seat, email=cast.lead.email, by=cast.coordinator
    )
    with at(date(2030, 6, 1), hour=8):
        chasing.remind(cast.agency_return, by=cast.coordinator)
        chasing.remind_all()
    assert [day for day, to, _ in reminders() if to == cast.lead.email] == ["2030-06-01"]
    with at(date(2030, 6, 2)):
        chasing.remind_all()
    assert [day for day, to, _ in reminders() if to == cast.lead.email] == ["2030-06-01", "2030-06-02"]


def test_who_is_late_with_two_returns_gets_one_reminder(cast: Cast) -> None:
    factories.member(
        cast.partnership, RoleKind.LEAD, seat=cast.other_seat, email=cast.lead.email, by=cast.coordinator
    )
    with at(date(2030, 6, 10)):
        chasing.remind_late(cast.collection, by=cast.coordinator)
    sent = Message.objects.filter(kind="reminder", to_email=cast.lead.email)
    assert ["Midvale Police, Vale Hospitals" in one.paragraphs[0] for one in sent] == [True]


def test_there_must_be_somebody_to_remind_and_a_day_to_remind_of(cast: Cast) -> None:
    people.end_role(factories.role_of(cast.lead, cast.partnership), by=cast.coordinator)
    with pytest.raises(NotNow, match="Nobody is responsible"):
        chasing.remind(cast.agency_return, by=cast.coordinator)
    type(cast.collection).objects.filter(pk=cast.collection.pk).update(due_on=None)
    with pytest.raises(NotNow, match="no due date"):
        chasing.remind(cast.agency_return, by=cast.coordinator)
