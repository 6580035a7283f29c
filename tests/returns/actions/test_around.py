"""What the partnership writes around the answers is checked like the answers, and who may keep what the checks say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agencies.errors import NotNow
from agencies.models import Event, User
from returns.actions import around, editions, framing, readiness
from returns.actions.framing import Framing
from returns.appendix.compile import compile_document
from returns.models import Collection, Frame
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

# Invented.
STORY = (
    "<p>JT, a girl of 14 in foster care at Carrowby School, took an overdose and was found by her brother. "
    "She lived at 12 Mill Lane, Luton LU1 2AB.</p>"
)
CONTACT = "<p>Write to us at voice@partnership.example.org.</p>"
FRAMING = Framing(
    preface="",
    closing="",
    nothing_received="No return was received.",
    nothing_to_report="Nothing to report.",
    question_once=False,
    not_before=None,
)


def of(collection: Collection) -> around.Around:
    return around.of(collection, Frame.of(collection))


def write(cast: Cast, by: User | None = None, **texts: str) -> around.Around:
    framing.set_frame(cast.collection, framing=replace(FRAMING, **texts), by=by or cast.coordinator)
    return of(cast.collection)


def closed(cast: Cast, **texts: str) -> Collection:
    """Ready but for what stands around the answers."""
    collection = players.prepare(cast)
    write(cast, **texts)
    return collection


def keep(collection: Collection, *, by: User, reason: str = "Our own address.") -> Frame:
    return framing.keep_points(collection, read=of(collection).passages, reason=reason, by=by)


def blocking(collection: Collection) -> list[str]:
    return [one.title for one in readiness.points(collection, compile_document(collection)) if one.blocks]


def page(user: User, collection: Collection, name: str) -> str:
    place = [collection.partnership.slug, collection.slug]
    return players.client(user).get(reverse(name, args=place)).content.decode()


@pytest.mark.parametrize("where", ["preface", "closing"])
def test_initials_a_story_and_an_address_are_found_in_what_the_partnership_writes(
    cast: Cast, where: str
) -> None:
    found = write(cast, **{where: STORY})
    [place] = found.places
    assert place.title == {"preface": "Preface", "closing": "Closing note"}[where]
    assert {one.rule for one in found.identifying} == {"stray-initials", "contact-identifier", "case-detail"}
    assert found.is_open


def test_the_commentary_and_the_sentences_are_checked_too(cast: Cast) -> None:
    write(cast, nothing_received="No return was recieved.")
    framing.set_commentary(cast.collection, html=STORY, post="", by=cast.second_reader)
    found = of(cast.collection)
    assert [place.title for place in found.places] == ["Sentences in the place of an answer", "Commentary"]
    assert found.only(commentary=True).identifying and not found.only(commentary=False).identifying


def test_what_makes_sense_of_an_answer_only_is_not_asked_of_a_preface(cast: Cast) -> None:
    announced = "<p>We will write again in May 2031. Next year we plan to ask more agencies.</p>"
    assert write(cast, preface=announced).points == []


def test_it_is_not_ready_while_the_preface_could_show_who_somebody_is(cast: Cast) -> None:
    collection = closed(cast, preface=STORY)
    [title] = blocking(collection)
    assert title.endswith("open around the answers that could show who somebody is")
    with pytest.raises(NotNow) as no:
        editions.prepare(collection, by=cast.coordinator)
    assert no.value.reasons == (title,)
    assert "It is ready" not in page(cast.coordinator, collection, "readiness")
    write(cast, preface="<p>Thank you.</p>")
    assert blocking(collection) == []
    editions.prepare(collection, by=cast.coordinator)


def test_a_reason_holds_while_the_passages_stand(cast: Cast) -> None:
    collection = closed(cast, closing=CONTACT)
    keep(collection, by=cast.coordinator)
    assert blocking(collection) == []
    write(cast, closing=CONTACT.replace("Write to us at", "Write to us, at"))
    assert blocking(collection) == []
    write(cast, closing=CONTACT, preface=STORY)
    assert len(blocking(collection)) == 1
    assert Event.objects.get(act="keep_around").reason == "Our own address."


def test_only_what_was_read_is_kept_and_only_with_a_reason(cast: Cast) -> None:
    collection = closed(cast, closing=CONTACT)
    read = of(collection).passages
    write(cast, closing=CONTACT, preface=STORY)
    for passages, reason in ((read, "Our own."), (of(collection).passages, " ")):
        with pytest.raises(NotNow):
            framing.keep_points(collection, read=passages, reason=reason, by=cast.coordinator)
    for stranger in (cast.second_reader, cast.lead, cast.outside_coordinator):
        with pytest.raises(PermissionDenied):
            keep(collection, by=stranger)


def test_whoever_publishes_is_shown_what_was_kept_and_why(cast: Cast) -> None:
    collection = closed(cast, closing=CONTACT)
    keep(collection, by=cast.coordinator)
    editions.prepare(collection, by=cast.coordinator)
    reader = players.client(cast.second_reader)
    reader.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    place = [collection.partnership.slug, collection.slug]
    for name in ("readiness", "edition_publish"):
        assert "Our own address." in reader.get(reverse(name, args=place)).content.decode()


def test_nobody_publishes_alone_what_they_kept_of_one_person(cast: Cast) -> None:
    collection = closed(cast, preface=STORY)
    keep(collection, by=cast.coordinator, reason="She agreed.")
    editions.prepare(collection, by=cast.second_coordinator)
    document, frame = compile_document(collection), Frame.of(collection)
    against = {
        name: editions.reasons_against_publishing(collection, frame, document, getattr(cast, name))
        for name in ("coordinator", "second_reader")
    }
    assert against["second_reader"] == []
    assert [one for one in against["coordinator"] if "somebody else publishes it" in one]


def test_the_points_stand_above_the_text_after_saving(cast: Cast) -> None:
    collection = closed(cast)
    place = [collection.partnership.slug, collection.slug]
    browser = players.client(cast.coordinator)
    said = {
        "preface": STORY,
        "closing": "",
        "nothing_received": "No return was received.",
        "not_agreed": "Not agreed yet.",
        "nothing_to_report": "Nothing to report.",
    }
    saved = browser.post(reverse("appendix_frame", args=place), said, follow=True)
    assert saved.redirect_chain == [(reverse("appendix_frame", args=place), 302)]
    assert "<mark>JT</mark>" in saved.content.decode()
    saved = browser.post(reverse("appendix_frame", args=place), said | {"preface": ""}, follow=True)
    assert saved.redirect_chain == [(reverse("readiness", args=place), 302)]
    reader = players.client(cast.second_reader)
    saved = reader.post(reverse("commentary", args=place), {"text": STORY, "post": ""}, follow=True)
    assert saved.redirect_chain == [(reverse("commentary", args=place), 302)]
    assert "<mark>JT</mark>" in saved.content.decode()


def test_a_coordinator_keeps_them_on_a_page_that_second_readers_can_read(cast: Cast) -> None:
    collection = closed(cast, closing=CONTACT)
    url = reverse("frame_points", args=[collection.partnership.slug, collection.slug])
    said = {"reason": "Our own address.", "read": of(collection).passages}
    assert "voice@partnership.example.org" in page(cast.second_reader, collection, "frame_points")
    assert players.client(cast.second_reader).post(url, said).status_code == 403
    browser = players.client(cast.coordinator)
    assert "Say why it can stay as it is." in browser.post(url, said | {"reason": ""}).content.decode()
    assert browser.post(url, said, follow=True).status_code == 200
    assert blocking(collection) == []
    assert "why it may stay as it is" in page(cast.coordinator, collection, "appendix_frame")
    assert "Our own address." in page(cast.second_reader, collection, "frame_points")


def test_a_short_form_in_the_preface_is_offered_and_explained(cast: Cast) -> None:
    collection = closed(cast, preface="<p>The ZQPB heard this.</p>", closing="<p>CAMHS helped.</p>")
    text = page(cast.coordinator, collection, "appendix_glossary")
    assert 'name="ZQPB"' in text and 'name="CAMHS"' in text
    [explained] = [part for part in compile_document(collection).after if part.anchor == "glossary"]
    assert "CAMHS" in str(explained.blocks)
