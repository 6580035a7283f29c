"""A passage that two agencies tell is a point for the coordinators, and for nobody of the agencies."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Event, RoleKind
from returns.actions import checkups, comparing, points, year_points
from returns.models import Dismissal, Finding, Return
from returns.models.points import counts
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

OURS = "<p>We asked forty parents at the clinic what the letter had meant to them and why.</p>"
THEIRS = OURS.replace("clinic", "hospital")
REASON = "Both were there, and each did its own part."


def other(cast: Cast) -> Cast:
    return Cast(**{**vars(cast), "seat": cast.other_seat, "lead": cast.other_lead})


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """Both agencies have sent nearly the same sentence."""
    players.save(cast, OURS)
    players.submit(cast)
    players.save(other(cast), THEIRS)
    players.submit(other(cast))
    return cast


def shared(cast: Cast) -> list[Finding]:
    comparing.bring_up_to_date(cast.collection)
    return list(Finding.objects.filter(checkup__agency_return=cast.agency_return, other__isnull=False))


def keep(cast: Cast, *, by=None) -> list[Dismissal]:
    keys = [one.key for one in shared(cast)]
    return points.keep(cast.agency_return, keys=keys, reason=REASON, by=by or cast.coordinator)


def page(user, url: str) -> str:
    response = players.client(user).get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_each_of_the_two_has_the_point_and_none_a_word_of_the_other(cast: Cast) -> None:
    for one, name in ((cast, "Vale Hospitals"), (other(cast), "Midvale Police")):
        [point] = shared(one)
        assert (point.rule, point.severity, point.message) == (
            "repeated-passage",
            "warning",
            f"{name} says nearly the same.",
        )
    texts = "".join(
        str(row) for row in Finding.objects.filter(checkup__agency_return=cast.agency_return).values()
    )
    assert "clinic" in texts and "hospital what" not in texts


def test_two_agencies_of_one_name_are_told_apart(cast: Cast) -> None:
    Return.objects.filter(seat=cast.other_seat).update(name=cast.agency_return.name)
    [point] = shared(cast)
    assert point.other == other(cast).agency_return
    assert point.message == "Midvale Police says nearly the same."
    [same] = year_points.of(cast.collection).same
    assert [same.agency, same.other] == [other(cast).agency_return, cast.agency_return]


def test_the_coordinator_is_shown_it_and_keeps_it_for_a_reason(cast: Cast) -> None:
    review = cast.agency_return.url("review")
    html = page(cast.coordinator, review)
    assert (
        "A passage that another agency tells, too" in html and "Vale Hospitals says nearly the same" in html
    )
    [point] = shared(cast)
    ask = f"{cast.agency_return.url('point_keep')}?point={point.key}"
    assert "the agencies are not shown it" in page(cast.coordinator, ask)
    assert players.client(cast.coordinator).post(ask, {"reason": REASON}).status_code == 302
    assert REASON in page(cast.coordinator, review)
    year = page(
        cast.coordinator, reverse("collection_points", args=[cast.partnership.slug, cast.collection.slug])
    )
    assert year.count(REASON) == 1  # beside the two passages
    [kept] = Dismissal.objects.all()
    players.client(cast.coordinator).post(cast.agency_return.url("point_reopen", kept.pk))
    assert shared(cast)[0].is_open


def test_the_agencies_and_second_readers_see_nothing_of_it(cast: Cast) -> None:
    keep(cast)
    for user, one in ((cast.lead, cast), (cast.contributor, cast), (cast.other_lead, other(cast))):
        for name in ("review", "return_history", "agency_return"):
            html = page(user, one.agency_return.url(name))
            assert "another agency" not in html and "says nearly the same" not in html and REASON not in html
    assert "says nearly the same" not in page(cast.second_reader, cast.agency_return.url("review"))


def test_nobody_of_the_agency_keeps_it_or_opens_it_again(cast: Cast) -> None:
    [kept] = keep(cast)
    players.move(cast, "request_changes")  # now the agency has the pen, and keeps points of its own
    assert not [one for one in checkups.draft_points(cast.agency_return).findings if one.other]
    assert players.client(cast.lead).post(cast.agency_return.url("point_reopen", kept.pk)).status_code == 404
    with pytest.raises(PermissionDenied):
        points.keep_no_longer(kept, by=cast.lead)


def test_a_coordinator_with_a_part_in_the_agency_counts_as_one_of_the_agency(cast: Cast) -> None:
    both = factories.member(
        cast.partnership,
        RoleKind.CONTRIBUTOR,
        seat=cast.seat,
        email=cast.coordinator.email,
        by=cast.coordinator,
    )
    assert "says nearly the same" not in page(both, cast.agency_return.url("review"))


def test_it_stands_in_the_history_of_the_year_only(cast: Cast) -> None:
    keep(cast)
    event = Event.objects.get(act="keep_point")
    assert (event.about, event.agency, event.reason) == (cast.collection.about, None, REASON)
    assert event.phrase == "kept a passage as it is in the return of Midvale Police"


def test_a_reason_holds_while_both_tell_it(cast: Cast) -> None:
    [kept] = keep(cast)
    assert shared(cast)[0].kept == kept
    players.move(other(cast), "take_back", by=cast.other_lead)
    assert shared(cast) == []
    players.save(other(cast), THEIRS.replace("why.", "why!"))
    players.submit(other(cast))
    assert shared(cast)[0].kept == kept


def test_it_does_not_stand_for_a_sentence_that_the_agency_itself_repeats(cast: Cast) -> None:
    keep(cast)
    players.move(cast, "request_changes")
    players.save(cast, OURS + OURS)
    players.submit(cast)
    own = Finding.objects.get(checkup__agency_return=cast.agency_return, rule="repeated-passage", other=None)
    assert own.is_open


def test_nothing_is_compared_twice(cast: Cast) -> None:
    [point] = shared(cast)
    with CaptureQueriesContext(connection) as queries:
        comparing.compare(cast.collection)
    assert len(queries) == 1
    assert shared(cast) == [point]
    assert counts(cast.collection)[cast.agency_return.pk].others == _open(cast)


def _open(cast: Cast) -> int:
    found = Finding.objects.filter(checkup__agency_return=cast.agency_return, kept=None)
    return found.exclude(severity="blocking").count()
