"""Who sees an edition, and what is still to be made of it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from agencies.models import User
from returns.models import Edition, EditionFile, FileFormat, Frame
from tests.returns.cast import Cast
from tests.returns.models.test_constraints import an_edition

pytestmark = pytest.mark.django_db

EVERYBODY = {
    "administrator",
    "board",
    "contributor",
    "coordinator",
    "disabled_lead",
    "lead",
    "other_lead",
    "outside_coordinator",
    "removed",
    "second_coordinator",
    "second_reader",
    "stranger",
}
OF_THE_PARTNERSHIP = {
    "board",
    "contributor",
    "coordinator",
    "lead",
    "other_lead",
    "second_coordinator",
    "second_reader",
}


def those_who_see(cast: Cast, edition: Edition) -> set[str]:
    visible = Edition.objects.visible_to
    return {one for one in EVERYBODY if visible(User.objects.get(pk=getattr(cast, one).pk)).contains(edition)}


def withdraw(cast: Cast, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=cast.coordinator, withdrawn_because="A slip."
    )


def test_everybody_of_the_partnership_reads_an_edition(cast: Cast) -> None:
    assert those_who_see(cast, an_edition(cast)) == OF_THE_PARTNERSHIP


def test_what_was_withdrawn_is_left_to_the_coordinators(cast: Cast) -> None:
    edition = an_edition(cast)
    withdraw(cast, edition)
    assert those_who_see(cast, edition) == {"coordinator", "second_coordinator"}


def test_the_newest_standing_edition_comes_first(cast: Cast) -> None:
    first, second, third = (an_edition(cast, number=number) for number in (1, 2, 3))
    withdraw(cast, third)
    assert list(Edition.objects.standing().newest_first()) == [second, first]


def test_files_are_pending_until_every_format_is_there(cast: Cast) -> None:
    edition = an_edition(cast)
    for one in FileFormat:
        assert (edition.is_pending, Edition.objects.pending().count()) == (True, 1)
        EditionFile.objects.create(
            edition=edition, format=one, content=b"", sha256="", size=0, pages=1 if one == "pdf" else None
        )
    assert (edition.is_pending, Edition.objects.pending().count()) == (False, 0)


def test_what_is_withdrawn_needs_no_files(cast: Cast) -> None:
    withdraw(cast, an_edition(cast))
    assert not Edition.objects.pending().exists()


def test_files_are_listed_without_their_content(cast: Cast, django_assert_num_queries) -> None:
    edition = an_edition(cast)
    EditionFile.objects.create(edition=edition, format="txt", content=b"words", sha256="", size=5)
    with django_assert_num_queries(2):
        [found] = Edition.objects.with_files()
        assert [file.size for file in found.files.all()] == [5]
        assert len(found.missing_formats) == 4
        assert "content" in found.files.all()[0].get_deferred_fields()


def test_a_frame_that_nobody_touched_is_not_kept(cast: Cast) -> None:
    frame = Frame.of(cast.collection)
    assert (frame.pk, frame.nothing_received) == (None, "No return was received.")
    frame.save()
    assert Frame.of(cast.collection) == frame
