"""What the checks keep of a text that was sent, and keeping a passage for a reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.errors import NotNow
from agencies.models import Event, Message
from returns.actions import checkups, collections, drafting, points
from returns.models import Checkup, Dismissal, Finding, Term
from returns.models.points import Counts, counts
from returns.workflow import Status
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

CARELESS = (
    "<p>Children told us what they thought. We wrote to TJ and to his mother.</p>"
    "<p>We intend to write a new leaflet next year.</p>"
)
MENDED = CARELESS.replace("TJ", "a boy")
REASON = "It is the name of our therapy dog."


def sent(cast: Cast, html: str = CARELESS) -> Checkup:
    players.save(cast, html)
    players.submit(cast)
    return Checkup.objects.get(agency_return=cast.agency_return)


def found(cast: Cast, rule: str, *, draft: bool = False) -> list[Finding]:
    agency_return = cast.agency_return
    if draft:
        all_of_them = checkups.draft_points(agency_return).findings
    else:
        checkup = checkups.current(agency_return)
        assert checkup
        all_of_them = checkups.sent_points(checkup)
    return [one for one in all_of_them if one.rule == rule]


def keep(cast: Cast, rule: str, *, by=None, draft: bool = False, reason: str = REASON) -> list[Dismissal]:
    keys = [one.key for one in found(cast, rule, draft=draft)]
    return points.keep(cast.agency_return, keys=keys, reason=reason, by=by or cast.coordinator)


# --- What is kept of the checks -------------------------------------------------------------------


def test_a_text_is_checked_when_it_is_sent(cast: Cast) -> None:
    assert not Checkup.objects.exists()
    checkup = sent(cast)
    [initials] = checkup.findings.filter(rule="stray-initials")
    assert (initials.number, initials.severity, initials.quote) == (1, "blocking", "TJ")
    assert initials.before.endswith("We wrote to ")
    assert initials.after == " and to his mother."
    assert counts(cast.collection) == {cast.agency_return.pk: Counts(1, 1 + _others(checkup), 0, 1)}


def _others(checkup: Checkup) -> int:
    """Beside the plan; spelling needs a dictionary."""
    return checkup.findings.exclude(severity="blocking").count() - 1


def test_a_draft_is_not_kept_and_saving_runs_no_check(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        players.save(cast, CARELESS)
    assert not [one for one in queries if "finding" in one["sql"] or "term" in one["sql"]]
    assert [one.quote for one in found(cast, "stray-initials", draft=True)] == ["TJ"]
    assert not Finding.objects.exists()


def test_the_same_text_is_not_looked_at_twice(cast: Cast) -> None:
    checkup = sent(cast)
    pks = set(checkup.findings.values_list("pk", flat=True))
    players.move(cast, "request_changes")  # a new milestone with the same text
    assert checkups.current(cast.agency_return).revision.kind == "sent_back"
    checkups.bring_up_to_date(cast.collection)
    assert set(Finding.objects.values_list("pk", flat=True)) == pks


def test_what_was_taken_back_leaves_nothing(cast: Cast) -> None:
    sent(cast)
    players.move(cast, "take_back", by=cast.lead)
    assert checkups.refresh(cast.agency_return) is None
    assert counts(cast.collection) == {}
    assert not Finding.objects.exists()


@pytest.mark.parametrize("change", ["text", "register", "period"])
def test_points_are_found_anew_when_something_changes(cast: Cast, change: str) -> None:
    html = "<p>We saw the QZX, and children told us what they thought.</p>"
    sent(cast, html)
    before = {one.rule for one in Finding.objects.all()}
    if change == "text":
        players.move(cast, "take_back", by=cast.lead)
        players.save(cast, MENDED)
        players.submit(cast)
    elif change == "register":
        Term.objects.create(
            partnership=cast.partnership,
            kind="acronym",
            text="QZX",
            meaning="quiet zone",
            added_by=cast.coordinator,
            accepted_at=timezone.now(),
        )
    else:
        year = cast.collection
        year.period_start, year.period_end = (
            year.period_start.replace(year=2010),
            year.period_end.replace(year=2011),
        )
        year.save()
    checkups.bring_up_to_date(cast.collection)
    after = {one.rule for one in Finding.objects.all()}
    assert ("unexpanded-acronym" in before, "unexpanded-acronym" in after) == (True, change == "period")
    with CaptureQueriesContext(connection) as queries:
        checkups.bring_up_to_date(type(cast.collection).objects.get(pk=cast.collection.pk))
    assert len(queries) == 3  # the year, the registers, and what is behind


def test_nothing_to_report_is_checked_for_people_only(cast: Cast) -> None:
    drafting.set_nil(
        cast.agency_return, reason="Last year we will see.\n\nTJ and his mother left.", by=cast.lead
    )
    players.submit(cast)
    assert set(Finding.objects.values_list("number", "rule")) == {(0, "stray-initials")}


# --- Keeping --------------------------------------------------------------------------------------


def test_an_open_point_stands_in_the_way_until_it_is_kept(cast: Cast) -> None:
    sent(cast)
    with pytest.raises(NotNow, match="1 point is open that could show who somebody is"):
        players.move(cast, "approve")
    [kept] = keep(cast, "stray-initials")
    assert (kept.reason, kept.by, kept.by_import) == (REASON, cast.coordinator, False)
    assert counts(cast.collection)[cast.agency_return.pk].blocking == 0
    assert counts(cast.collection)[cast.agency_return.pk].kept == 1
    with pytest.raises(NotNow) as refused:
        players.move(cast, "approve")
    assert "point" not in refused.value.reasons[0]  # only the case study waits for a second person


def test_the_history_says_who_kept_it_and_never_what(cast: Cast) -> None:
    sent(cast)
    before = Message.objects.count()
    keep(cast, "stray-initials")
    event = Event.objects.get(act="keep_point")
    assert (event.by, event.reason, event.phrase) == (cast.coordinator, REASON, "kept a passage as it is")
    assert Message.objects.count() == before


def test_mended_is_settled_too(cast: Cast) -> None:
    sent(cast, MENDED)
    assert players.move(cast, "approve").state == Status.APPROVED


def test_the_agency_keeps_warnings_but_not_what_could_show_who_somebody_is(cast: Cast) -> None:
    players.save(cast, CARELESS)
    [kept] = keep(cast, "plan-not-action", by=cast.contributor, draft=True, reason="It was asked for.")
    assert kept.by == cast.contributor
    assert found(cast, "plan-not-action", draft=True)[0].kept == kept
    with pytest.raises(NotNow, match="Only a coordinator"):
        keep(cast, "stray-initials", by=cast.lead, draft=True)
    players.submit(cast)
    assert found(cast, "plan-not-action")[0].kept == kept


@pytest.mark.parametrize(
    "person", ["other_lead", "board", "stranger", "second_reader", "outside_coordinator"]
)
def test_nobody_else_keeps_anything(cast: Cast, person: str) -> None:
    sent(cast)
    with pytest.raises(PermissionDenied):
        keep(cast, "plan-not-action", by=getattr(cast, person))
    assert not Dismissal.objects.exists()


def test_when_points_can_be_kept(cast: Cast) -> None:
    sent(cast, MENDED)
    with pytest.raises(PermissionDenied):
        keep(cast, "plan-not-action", by=cast.lead)  # the partnership has it
    players.move(cast, "approve")
    with pytest.raises(NotNow, match="Points can be kept while the partnership reads"):
        keep(cast, "plan-not-action")


def test_a_coordinator_who_typed_it_does_not_settle_it(cast: Cast) -> None:
    players.type_in(cast, CARELESS)
    players.submit_for_agency(cast)
    with pytest.raises(NotNow, match="another coordinator"):
        keep(cast, "stray-initials")
    assert keep(cast, "stray-initials", by=cast.second_coordinator)


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_reason_is_needed(cast: Cast, reason: str) -> None:
    sent(cast)
    with pytest.raises(NotNow, match="Say why"):
        keep(cast, "stray-initials", reason=reason)


def test_a_page_of_yesterday_keeps_nothing_of_today(cast: Cast) -> None:
    sent(cast)
    keys = [one.key for one in found(cast, "stray-initials")]
    players.move(cast, "request_changes")
    players.save(cast, CARELESS.replace("TJ", "KW"))
    players.submit(cast)
    with pytest.raises(NotNow, match="changed since"):
        points.keep(cast.agency_return, keys=keys, reason=REASON, by=cast.coordinator)


@pytest.mark.parametrize(
    ("html", "holds"),
    [
        (CARELESS.replace("thought.", "thought!"), True),
        (CARELESS.replace("We wrote to TJ and", "We wrote to TJ, and"), True),
        ("<p>A new beginning.</p>" + CARELESS, True),
        (CARELESS.replace("TJ", "TK"), False),
        ("<p>Children told us what TJ had done at school that day.</p>", False),
    ],
)
def test_a_reason_holds_while_the_passage_stands(cast: Cast, html: str, holds: bool) -> None:
    sent(cast)
    [kept] = keep(cast, "stray-initials")
    players.move(cast, "request_changes")
    players.save(cast, html)
    players.submit(cast)
    assert found(cast, "stray-initials")[0].kept == (kept if holds else None)


def test_a_point_can_be_opened_again(cast: Cast) -> None:
    sent(cast)
    [kept] = keep(cast, "stray-initials")
    with pytest.raises(PermissionDenied):
        points.keep_no_longer(kept, by=cast.lead)
    points.keep_no_longer(kept, by=cast.second_coordinator)
    points.keep_no_longer(kept, by=cast.second_coordinator)  # pressed twice
    assert found(cast, "stray-initials")[0].is_open
    kept.refresh_from_db()
    assert kept.ended_by == cast.second_coordinator
    assert Event.objects.filter(act="keep_no_longer").count() == 1
    keep(cast, "stray-initials")
    players.move(cast, "exclude")
    with pytest.raises(NotNow):
        points.keep_no_longer(Dismissal.objects.last(), by=cast.coordinator)


def test_counts_cost_one_query_however_many_points(cast: Cast) -> None:
    sent(cast, CARELESS * 30)
    year, agency_return = cast.collection, cast.agency_return
    with CaptureQueriesContext(connection) as queries:
        assert counts(year)[agency_return.pk].blocking == 30
    assert len(queries) == 1


def test_an_approved_return_of_a_closed_year_still_shows_its_points(cast: Cast) -> None:
    sent(cast, MENDED)
    players.move(cast, "approve")
    collections.close_collection(cast.collection, by=cast.coordinator)
    Checkup.objects.all().delete()  # as in a year that was published before there were checks
    assert found(cast, "plan-not-action")
    assert checkups.current(cast.agency_return).at > timezone.now() - timedelta(minutes=1)
