"""Which stories of one child or family there are, and who has to have read them before they are printed."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agencies.errors import NotNow
from agencies.models import Event, Message
from returns.actions import points, second_reading
from returns.actions.checkups import current, sent_points
from returns.actions.readiness import live_cases
from returns.models import CaseSignOff, Checkup, Declaration, Live, Told, overview
from returns.models.waiting import SECOND_READER, waiting_for
from returns.workflow import Status
from tests.returns import cast as players
from tests.returns.cast import SOMEBODY, Cast

pytestmark = pytest.mark.django_db

STORY = (
    "<p>We met each month. A girl of 15 in foster care had taken an overdose. She was placed in another county.</p>"
    "<p>Children told us what they thought.</p>"
)
NOTE = "I asked two colleagues from the town. Neither could tell."


def sent(cast: Cast, html: str = STORY, told: Told = SOMEBODY) -> None:
    players.save(cast, html)
    players.submit(cast, told=told)


def keep_all(cast: Cast, *, by=None) -> None:
    found = [one for one in sent_points(current(cast.agency_return)) if one.is_blocking and one.is_open]
    if found:
        keys = [one.key for one in found]
        points.keep(
            cast.agency_return, keys=keys, reason="The family wants it told.", by=by or cast.coordinator
        )


def sign(cast: Cast, by) -> CaseSignOff:
    [case] = second_reading.of(cast.agency_return)
    return second_reading.sign_off(cast.agency_return, read=case.key, note=NOTE, by=by)


def refusals(cast: Cast, by=None) -> tuple[str, ...]:
    try:
        players.move(cast, "approve", by=by)
    except NotNow as no:
        return no.reasons
    return ()


def test_a_story_waits_for_a_second_person(cast: Cast) -> None:
    sent(cast)
    [case] = second_reading.of(cast.agency_return)
    assert (case.number, case.is_whole) == (1, False)
    assert case.text.startswith("A girl of 15") and case.text.endswith("another county.")
    assert Checkup.objects.get().unread_cases == 1
    keep_all(cast)
    [reason] = refusals(cast)
    assert reason.startswith("1 case study has not been read by a second person")
    signed = sign(cast, cast.second_reader)
    assert Checkup.objects.get().unread_cases == 0
    assert (signed.note, signed.by) == (NOTE, cast.second_reader)
    assert Event.objects.get(act="sign_off_case").reason == NOTE
    assert refusals(cast) == ()
    assert cast.agency_return.state == Status.APPROVED


def test_the_second_person_is_not_the_one_who_approves(cast: Cast) -> None:
    sent(cast)
    keep_all(cast)
    sign(cast, cast.coordinator)
    assert len(refusals(cast)) == 1
    assert refusals(cast, by=cast.second_coordinator) == ()


@pytest.mark.parametrize(
    "person", ["lead", "contributor", "other_lead", "board", "stranger", "outside_coordinator"]
)
def test_nobody_else_signs_anything_off(cast: Cast, person: str) -> None:
    sent(cast)
    with pytest.raises(PermissionDenied):
        sign(cast, getattr(cast, person))
    assert not CaseSignOff.objects.exists()


def test_who_typed_it_in_is_no_second_person(cast: Cast) -> None:
    players.type_in(cast, STORY)
    players.submit_for_agency(cast)
    assert not second_reading.may_sign(cast.coordinator, cast.agency_return)
    with pytest.raises(PermissionDenied, match="another coordinator"):
        sign(cast, cast.coordinator)
    assert sign(cast, cast.second_reader)


@pytest.mark.parametrize("note", ["", "  "])
def test_a_note_is_needed(cast: Cast, note: str) -> None:
    sent(cast)
    [case] = second_reading.of(cast.agency_return)
    with pytest.raises(NotNow, match="Say what you looked at"):
        second_reading.sign_off(cast.agency_return, read=case.key, note=note, by=cast.second_reader)


def test_only_what_was_read_is_signed_off_and_while_it_is_read(cast: Cast) -> None:
    sent(cast)
    with pytest.raises(NotNow, match="changed since"):
        second_reading.sign_off(cast.agency_return, read="another", note=NOTE, by=cast.second_reader)
    players.move(cast, "request_changes")
    assert not second_reading.may_sign(cast.second_reader, cast.agency_return)
    with pytest.raises(NotNow, match="cannot be done any more"):
        sign(cast, cast.second_reader)


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        (("overdose. She", "overdose; she"), True),
        (("another county", "anothr county"), True),
        (("Children told us", "Young people told us"), True),
        (("another county", "Kent"), False),
        (("A girl of 15", "A girl of 14"), False),
    ],
)
def test_a_sign_off_holds_while_the_substance_does(cast: Cast, change: tuple[str, str], holds: bool) -> None:
    sent(cast)
    sign(cast, cast.second_reader)
    players.move(cast, "request_changes")
    players.save(cast, STORY.replace(*change))
    players.submit(cast)
    [case] = second_reading.of(cast.agency_return)
    assert bool(case.sign_offs) == holds
    assert Checkup.objects.get().unread_cases == (0 if holds else 1)


def test_what_is_declared_waits_too_although_no_passage_stands_out(cast: Cast) -> None:
    sent(cast, players.TEXT)
    [case] = second_reading.of(cast.agency_return)
    assert (case.number, case.is_whole) == (0, True)
    assert len(refusals(cast)) == 1
    sign(cast, cast.second_reader)
    assert refusals(cast) == ()


def test_initials_without_a_story_make_the_whole_answer_one(cast: Cast) -> None:
    sent(cast, "<p>We wrote to TJ and to his mother.</p>", players.NOBODY)
    [case] = second_reading.of(cast.agency_return)
    assert (case.number, case.is_whole) == (1, True)


def test_nobody_told_of_and_nothing_found(cast: Cast) -> None:
    sent(cast, players.TEXT, players.NOBODY)
    assert second_reading.of(cast.agency_return) == []
    assert refusals(cast) == ()


def test_a_later_word_of_the_agency_counts(cast: Cast) -> None:
    sent(cast, players.TEXT, players.NOBODY)
    players.move(cast, "take_back", by=cast.lead)
    assert second_reading.of(cast.agency_return) == []
    players.submit(cast, told=SOMEBODY)
    assert Checkup.objects.get().unread_cases == 1
    assert Declaration.objects.get().tells


@pytest.mark.parametrize("missing", ["permission", "live", "checked_by", "recognisable"])
def test_who_tells_of_somebody_says_all_of_it(cast: Cast, missing: str) -> None:
    said = {name: getattr(SOMEBODY, name) for name in Told.__slots__} | {missing: " "}
    players.save(cast)
    with pytest.raises(NotNow, match="Say who holds the permission"):
        players.submit(cast, told=Told(**said | ({"live": ""} if missing == "live" else {})))
    assert cast.agency_return.state == Status.DRAFT
    assert not Declaration.objects.exists()


def test_it_has_to_be_said_once_and_not_where_there_is_nothing(cast: Cast) -> None:
    players.save(cast)
    with pytest.raises(NotNow, match="Say whether it tells of an individual child or family"):
        players.submit(cast, told=None)
    players.submit(
        cast, told=Told(tells=True, changed="Names.", live=Live.NO, checked_by="D", recognisable="No.")
    )
    players.move(cast, "request_changes")
    assert players.submit(cast, told=None).state == Status.SUBMITTED


def test_the_first_page_of_a_second_reader_says_what_waits(cast: Cast) -> None:
    assert waiting_for(cast.second_reader) == []
    sent(cast)
    [line] = waiting_for(cast.second_reader)
    assert (line.title, line.turn) == ("Midvale Police", "Your turn: read a case study")
    assert line.url.endswith("/review/#cases")
    sign(cast, cast.second_reader)
    assert waiting_for(cast.second_reader) == []


# --- A court case, an inquest or a review -----------------------------------------------------------------


ASKED = "Rhys Bowen, county solicitor"
LIVE = replace(SOMEBODY, live=Live.YES, live_note=ASKED)
UNKNOWN = replace(SOMEBODY, live=Live.UNKNOWN)


def test_a_live_case_is_not_sent_without_saying_who_was_asked(cast: Cast) -> None:
    players.save(cast, STORY)
    with pytest.raises(NotNow, match="whom you asked"):
        players.submit(cast, told=replace(LIVE, live_note=" "))
    assert cast.agency_return.state == Status.DRAFT


def test_the_second_person_says_that_they_know_of_it(cast: Cast) -> None:
    sent(cast, told=LIVE)
    keep_all(cast)
    [case] = second_reading.of(cast.agency_return)
    with pytest.raises(NotNow, match="Say that you know of it"):
        second_reading.sign_off(cast.agency_return, read=case.key, note=NOTE, by=cast.second_reader)
    second_reading.sign_off(
        cast.agency_return, read=case.key, note=NOTE, knows_of_case=True, by=cast.second_reader
    )
    assert refusals(cast) == ()


def test_what_was_signed_off_before_the_court_case_is_read_again(cast: Cast) -> None:
    sent(cast)
    sign(cast, cast.second_reader)
    players.move(cast, "request_changes")
    players.submit(cast, told=LIVE)
    [case] = second_reading.of(cast.agency_return)
    assert case.sign_offs == ()
    assert Checkup.objects.get().unread_cases == 1


def test_it_is_approved_when_the_agency_has_found_out(cast: Cast) -> None:
    sent(cast, told=UNKNOWN)
    keep_all(cast)
    sign(cast, cast.second_reader)
    [reason] = refusals(cast)
    assert reason.startswith("The agency does not know whether a court case")
    players.move(cast, "request_changes")
    players.submit(cast, told=SOMEBODY)
    assert refusals(cast) == ()


def test_whoever_publishes_is_told_of_it(cast: Cast) -> None:
    sent(cast, told=LIVE)
    keep_all(cast)
    [case] = second_reading.of(cast.agency_return)
    second_reading.sign_off(
        cast.agency_return, read=case.key, note=NOTE, knows_of_case=True, by=cast.second_reader
    )
    assert list(live_cases(cast.collection)) == []
    players.move(cast, "approve")
    [point] = live_cases(cast.collection)
    assert point.title == "Midvale Police: a court case, inquest or review is under way or likely"
    assert (point.hint, point.blocks) == (f"Asked: {ASKED}", False)


# --- No ---------------------------------------------------------------------------------------------------

WHY = "The road and the school together are enough."


def refuse(cast: Cast, by, reason: str = WHY) -> CaseSignOff:
    [case] = second_reading.of(cast.agency_return)
    return second_reading.refuse(cast.agency_return, read=case.key, reason=reason, by=by)


def test_a_no_stands_in_the_way_until_somebody_signs_it_off(cast: Cast) -> None:
    sent(cast)
    keep_all(cast)
    sign(cast, cast.second_coordinator)
    refuse(cast, cast.second_reader)
    [case] = second_reading.of(cast.agency_return)
    assert (case.sign_offs, case.refusal.note) == ((), WHY)
    assert Checkup.objects.get().unread_cases == 0  # it waits for the partnership now
    assert refusals(cast) == (
        "Eluned Parry says that a case study cannot be printed like this. "
        "Ask the agency to change it; or have it read once more and signed off.",
    )
    event = Event.objects.get(act="refuse_case")
    assert (event.by, event.reason) == (cast.second_reader, WHY)
    sign(cast, cast.second_reader)
    assert refusals(cast) == ()


def test_a_no_is_marked_in_the_tables_of_the_year(cast: Cast) -> None:
    points = reverse("collection_points", args=[cast.partnership.slug, cast.collection.slug])
    tables = [cast.collection.get_absolute_url(), points]
    sent(cast)
    keep_all(cast)
    for url in tables:
        assert "1 case study waits for a second reader" in read(cast, url)
    refuse(cast, cast.second_reader)
    for url in tables:
        assert "1 case study cannot be printed like this" in read(cast, url)
    sign(cast, cast.second_reader)
    for url in tables:
        assert "cannot be printed like this" not in read(cast, url)


def read(cast: Cast, url: str) -> str:
    return players.client(cast.coordinator).get(url).content.decode()


def test_a_no_to_one_story_is_the_coordinators_turn_though_another_waits(cast: Cast) -> None:
    other = "<p>We met each week. A boy of 15 in foster care had taken an overdose. He was placed in another town.</p>"
    sent(cast, STORY + other)
    keep_all(cast)
    first, *_ = second_reading.of(cast.agency_return)
    assert [line.turn for line in waiting_for(cast.coordinator)] == [SECOND_READER]
    second_reading.refuse(cast.agency_return, read=first.key, reason=WHY, by=cast.second_reader)
    assert Checkup.objects.get().unread_cases
    assert [line.turn for line in waiting_for(cast.coordinator)] == ["Your turn: read it"]
    [row] = [row for row in overview.rows(cast.collection) if row.name == "Midvale Police"]
    assert row.turn == "The partnership’s turn"


def test_a_no_ends_when_the_text_changes(cast: Cast) -> None:
    sent(cast)
    refuse(cast, cast.second_reader)
    players.move(cast, "request_changes")
    players.save(cast, STORY.replace("overdose. She", "overdose; she"))
    players.submit(cast)
    assert second_reading.of(cast.agency_return)[0].refusal
    players.move(cast, "request_changes")
    players.save(cast, STORY.replace("another county", "Kent"))
    players.submit(cast)
    assert second_reading.of(cast.agency_return)[0].refusal is None
    assert Checkup.objects.get().unread_cases == 1


def test_the_coordinators_are_told_but_not_why(cast: Cast) -> None:
    sent(cast)
    before = set(Message.objects.values_list("pk", flat=True))
    refuse(cast, cast.second_reader)
    told = Message.objects.exclude(pk__in=before)
    assert {one.to_user for one in told} == {cast.coordinator, cast.second_coordinator}
    for one in told:
        assert one.kind == "case_refused"
        assert WHY not in f"{one.subject} {one.paragraphs}" and "overdose" not in f"{one.paragraphs}"


def test_a_no_needs_a_reason_and_the_right_person(cast: Cast) -> None:
    sent(cast)
    with pytest.raises(NotNow, match="Say why"):
        refuse(cast, cast.second_reader, " ")
    for person in (cast.lead, cast.board, cast.outside_coordinator):
        with pytest.raises(PermissionDenied):
            refuse(cast, person)
    assert not CaseSignOff.objects.exists()


# --- E-mails -------------------------------------------------------------------------------------


def test_a_second_reader_is_told_that_one_waits_and_the_coordinators_that_it_is_read(cast: Cast) -> None:
    sent(cast)
    waits = Message.objects.get(kind="case_study_waits")
    assert (waits.to_email, waits.link) == (
        cast.second_reader.email,
        cast.agency_return.url("review") + "#cases",
    )
    sign(cast, cast.second_reader)
    read = Message.objects.filter(kind="case_studies_read")
    assert {one.to_email for one in read} == {cast.coordinator.email, cast.second_coordinator.email}
    assert {one.reply_to for one in read} == {cast.second_reader.email}
    words = str([(one.subject, one.paragraphs) for one in [waits, *read]])
    assert "overdose" not in words and "Neither could tell" not in words


def test_nobody_is_told_twice_of_a_story_that_was_read(cast: Cast) -> None:
    sent(cast)
    sign(cast, cast.second_reader)
    players.move(cast, "request_changes")
    players.submit(cast, told=None)
    assert Message.objects.filter(kind="case_study_waits").count() == 1


def test_no_second_reader_is_told_of_a_return_without_a_story(cast: Cast) -> None:
    players.bring_to(cast, Status.SUBMITTED)
    assert not Message.objects.filter(kind="case_study_waits").exists()
