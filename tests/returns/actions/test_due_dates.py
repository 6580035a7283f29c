"""What a due date may be, who is told of a new one, and questions whose dates move on with the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agencies.errors import NotNow
from agencies.models import Message
from returns.actions import chasing, collections
from returns.forms.returns import GrantTimeForm
from returns.workflow import Status
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db


def change(cast: Cast, **changes: object) -> None:
    collections.change_details(cast.collection, details=players.details(**changes), by=cast.coordinator)


def told(cast: Cast) -> list[str]:
    found = Message.objects.filter(kind="time_granted", about__startswith=cast.collection.about)
    return sorted(one.to_name for one in found)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"due_on": date(1926, 5, 31)}, "more than a year before the end of the period"),
        ({"due_on": players.in_days(-1)}, "choose today or a later day"),
        ({"due_on": players.in_days(5), "opens_on": players.in_days(6)}, "not come before the opening"),
    ],
)
def test_a_due_date_that_makes_no_sense(cast: Cast, changes: dict[str, object], reason: str) -> None:
    with pytest.raises(NotNow, match=reason):
        change(cast, **changes)
    assert told(cast) == []


def test_a_return_does_not_begin_with_a_due_date_of_another_century(cast: Cast) -> None:
    details = players.details(slug="2026-27", due_on=date(1926, 5, 31))
    with pytest.raises(NotNow, match="more than a year before"):
        collections.start(cast.partnership, details=details, by=cast.coordinator)


def test_a_due_date_that_has_passed_may_stay_as_it_is(cast: Cast) -> None:
    cast.collection.due_on = timezone.localdate() - timedelta(days=3)
    cast.collection.save()
    change(cast, due_on=cast.collection.due_on, label="Appendix D")
    cast.collection.refresh_from_db()
    assert (cast.collection.label, told(cast)) == ("Appendix D", [])


def test_who_still_writes_and_has_no_date_of_their_own_is_told(cast: Cast) -> None:
    change(cast, due_on=players.in_days(30))
    assert told(cast) == ["Aneela Khan", "Katarzyna Wójcik", "Rhiannon Beddoes"]
    Message.objects.all().delete()
    own = cast.collection.returns.for_pages().get(seat=cast.other_seat)
    chasing.grant_time(own, due_on=players.in_days(60), by=cast.coordinator)
    players.bring_to(cast, Status.SUBMITTED)
    Message.objects.all().delete()
    change(cast, due_on=players.in_days(40))
    assert told(cast) == []


@pytest.mark.parametrize(("days", "valid"), [(365, True), (366, False)])
def test_more_time_is_at_most_a_year(days: int, valid: bool) -> None:
    form = GrantTimeForm({"due_on": str(players.in_days(days))})
    assert form.is_valid() is valid
    assert form.errors == ({} if valid else {"due_on": ["Choose a day within a year from today."]})


def test_the_days_in_questions_move_on_with_the_year(cast: Cast) -> None:
    first = cast.collection
    first.period_start, first.period_end = date(2025, 4, 1), date(2026, 3, 31)
    first.save()
    first.questions.update(
        wording="What did you hear in 2025/26, or 2025-26?",
        guidance="Between 1 April 2025 and 31 March 2026; not on 11 April 2025, not in 12025-26, not in 2026-27.",
    )
    details = players.details(
        slug="2026-27", period_start=date(2026, 4, 1), period_end=date(2027, 3, 31), due_on=None
    )
    year = collections.start(cast.partnership, details=details, by=cast.coordinator, previous=first)
    question = year.questions.get()
    assert question.wording == "What did you hear in 2026/27, or 2026-27?"
    assert question.guidance == (
        "Between 1 April 2026 and 31 March 2027; not on 11 April 2025, not in 12025-26, not in 2026-27."
    )
