"""From what is kept to a document: the frame around the approved answers, and what agencies without one have."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agencies.models import Event
from returns.actions import collections
from returns.appendix.compile import compile_document, compile_edition
from returns.models import Collection, Frame
from returns.workflow import Status
from tests.returns import cast as players
from tests.returns.cast import Cast
from tests.returns.models.test_constraints import an_edition

pytestmark = pytest.mark.django_db


def frame(cast: Cast, **values: object) -> None:
    Frame.objects.create(collection=cast.collection, **values)


def closed(cast: Cast) -> Collection:
    players.bring_to(cast, Status.APPROVED)
    collections.close_collection(cast.collection, by=cast.coordinator)
    return Collection.objects.get(pk=cast.collection.pk)


def test_the_frame_stands_around_the_answers(cast: Cast) -> None:
    signed = datetime(2026, 5, 3, 23, 30, tzinfo=UTC)
    frame(
        cast,
        preface="<p>Why we ask.</p>",
        commentary="<p>Heard.</p>",
        commentary_post="Independent scrutineer",
        commentary_by=cast.second_reader,
        commentary_at=signed,
        closing="<p>Thank you.</p>",
    )
    players.bring_to(cast, Status.APPROVED)
    document = compile_document(cast.collection)
    assert [one.anchor for one in document.chapters] == [
        "preface",
        "midvale-police",
        "commentary",
        "closing",
    ]
    # The day is London's.
    assert document.after[0].signature == "Eluned Parry, Independent scrutineer, 4 May 2026"


def test_an_agency_that_sent_nothing_has_its_sentence_once_the_return_is_closed(cast: Cast) -> None:
    frame(cast, nothing_received="We heard nothing.")
    collection = closed(cast)
    assert [(one.agency, one.instead) for one in compile_document(collection).sections] == [
        ("Midvale Police", ""),
        ("Vale Hospitals", "We heard nothing."),
    ]
    collections.reopen_collection(collection, by=cast.coordinator)
    collection.refresh_from_db()
    assert [one.agency for one in compile_document(collection).sections] == ["Midvale Police"]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.IN_REVIEW, Status.HELD, Status.EXCLUDED])
def test_nothing_is_said_to_be_missing_that_was_sent_or_left_out(cast: Cast, status: Status) -> None:
    players.bring_to(cast, status)
    collections.close_collection(cast.collection, by=cast.coordinator)
    cast.collection.refresh_from_db()
    assert [one.agency for one in compile_document(cast.collection).sections] == ["Vale Hospitals"]


def test_nothing_to_report_has_the_sentence_of_the_frame(cast: Cast) -> None:
    from returns.actions import drafting

    frame(cast, nothing_to_report="The agency has nothing to report.")
    drafting.set_nil(cast.agency_return, reason="We met no children.", by=cast.lead)
    players.submit(cast)
    players.move(cast, "approve")
    [section] = compile_document(cast.collection).sections
    assert section.lines_instead == ["The agency has nothing to report.", "We met no children."]


def test_the_question_is_stated_once_when_there_is_one(cast: Cast) -> None:
    frame(cast, question_once=True)
    players.bring_to(cast, Status.APPROVED)
    document = compile_document(cast.collection)
    assert document.question_once
    assert [part.title for part in document.before] == ["What each agency was asked"]
    assert not compile_document(Collection(pk=0, **_names(cast))).question_once


def _names(cast: Cast) -> dict[str, object]:
    return {name: getattr(cast.collection, name) for name in ("partnership", "period_start", "period_end")}


def test_an_edition_says_what_it_is(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    edition = an_edition(cast, published_at=datetime(2026, 6, 3, tzinfo=UTC))
    edition.approved_on = edition.published_at.date()
    document = compile_edition(edition)
    assert document.preview == ""
    assert document.imprint == (
        "Edition 1, published on 3 June 2026",
        "Approved on behalf of the partners by The chair, Board, 3 June 2026",
    )
    edition.number, edition.note = 2, "A date was wrong."
    assert compile_edition(edition).imprint[0] == "Edition 2, published on 3 June 2026, corrects edition 1"
    assert compile_edition(edition).imprint[2:] == ("A date was wrong.",)


def test_it_costs_the_same_however_many_there_are(cast: Cast, django_assert_num_queries) -> None:
    frame(cast, preface="<p>Why we ask.</p>")
    players.bring_to(cast, Status.APPROVED)
    collection = Collection.objects.select_related("partnership").get(pk=cast.collection.pk)
    with django_assert_num_queries(5):
        compile_document(collection)


def test_a_document_is_dated_by_what_was_done_last_and_an_edition_by_its_publication(cast: Cast) -> None:
    """The clock is in neither, so that the same text gives the same bytes tomorrow."""
    players.bring_to(cast, Status.APPROVED)
    last = Event.objects.filter(act="approve").get()
    assert compile_document(cast.collection).as_of == last.at.replace(microsecond=0)
    edition = an_edition(cast, published_at=datetime(2026, 6, 3, 10, 5, 7, 890_000, tzinfo=UTC))
    edition.approved_on = edition.published_at.date()
    assert compile_edition(edition).as_of == datetime(2026, 6, 3, 10, 5, 7, tzinfo=UTC)
    Event.objects.all().delete()
    assert compile_document(cast.collection).as_of == cast.collection.created_at.replace(microsecond=0)
