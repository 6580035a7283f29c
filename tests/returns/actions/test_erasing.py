"""Erasing: shown before the act, gone everywhere after it, and nothing says what it was."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder

from agencies.errors import NotNow
from agencies.models import Event, Message
from returns.actions import collections, drafting, editions, erasing, framing
from returns.appendix.document import from_data
from returns.models import Answer, AskKind, Collection, Edition, EditionFile, PromiseAnswer, Save, WordFile
from returns.models.points import Dismissal
from tests.returns import cast as players
from tests.returns.actions.test_editions import EVERYBODY, FRAMING, fresh
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db
NAME = "Jamie Smith of Mill Road"
TEXT = "<p>We changed the letter. <em>Jamie</em> Smith of Mill Road said so.</p><p>It helped.</p>"


@pytest.fixture
def written(cast: Cast, django_capture_on_commit_callbacks) -> Cast:
    """The name typed bit by bit, sent, approved, published, and in a reason."""
    for html in (
        "<p>We changed the letter. Jamie Sm</p>",
        "<p>We changed the letter. Jamie Smith of Mi</p>",
        TEXT,
    ):
        players.save(cast, html)
    drafting.ask(
        cast.agency_return,
        kind=AskKind.MORE_TIME,
        reason="jamie smith, of mill road, reads it first.",
        wanted_on=players.in_days(40),
        by=cast.lead,
    )
    players.submit(cast)
    players.move(cast, "request_changes", reason="Take Jamie Smith of Mill Road out.")
    players.submit(cast)
    players.move(cast, "approve")
    with django_capture_on_commit_callbacks(execute=True):
        players.publish(cast)
    return cast


def everything() -> str:
    """All that is kept in any table, as one text."""
    rows = [
        row
        for app in ("agencies", "returns")
        for model in apps.get_app_config(app).get_models()
        if model is not EditionFile
        for row in model._default_manager.values()
    ]
    text = json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, default=str)
    files = [bytes(file.content) for file in EditionFile.objects.filter(format__in=["html", "txt", "json"])]
    return text + b"".join(files).decode()


def erase(cast: Cast, **changes: object) -> int:
    values = {"passage": NAME, "because": "A child can be recognised.", "by": cast.coordinator}
    return erasing.erase(cast.collection, **{**values, **changes})  # type: ignore[arg-type]


def test_where_it_stands_is_shown_before(written: Cast) -> None:
    before = everything()
    found = erasing.look(written.collection, NAME)
    assert [(one.label, one.where, one.count) for one in found] == [
        ("Answers as they are now", "Midvale Police, 2025-26 return", 1),
        ("Earlier texts of answers", "Midvale Police, 2025-26 return", 3),
        ("Published editions", "Edition 1 of 2025-26", 1),
        ("Reasons and remarks", "", 2),
        ("Returns as they were sent, read or approved", "Midvale Police, 2025-26 return", 4),
    ]
    assert everything() == before


def test_it_is_gone_from_all_that_is_kept(written: Cast, django_capture_on_commit_callbacks) -> None:
    edition = Edition.objects.get()
    sha256, version = edition.sha256, Answer.objects.get().version
    with django_capture_on_commit_callbacks(execute=True):
        assert erase(written) == 11
    kept = everything()
    assert not any(piece in kept for piece in ("Jamie", "jamie", "Mill Road", "Jamie Sm"))
    assert erasing.look(written.collection, NAME) == []
    answer = Answer.objects.get()
    assert answer.html == "<p>We changed the letter. <em>[removed]</em> said so.</p><p>It helped.</p>"
    assert (answer.version, answer.words) == (version + 1, 9)
    edition.refresh_from_db()
    assert edition.sha256 != sha256
    assert from_data(edition.document).imprint[-1].startswith("A passage was removed from this edition on ")
    assert edition.files.count() == 5
    call_command("verify_editions", verbosity=0)


def test_the_history_says_who_when_and_why_and_never_what(written: Cast) -> None:
    erase(written)
    event = Event.objects.get(act="erase")
    assert (event.by, event.phrase, event.reason) == (
        written.coordinator,
        "erased a passage from everything that is kept",
        "A child can be recognised.",
    )
    assert not Message.objects.filter(paragraphs__icontains="jamie").exists()


def test_what_was_typed_bit_by_bit_is_emptied(written: Cast) -> None:
    erase(written)
    texts = Save.objects.order_by("pk").values_list("html", flat=True)
    assert list(texts)[:2] == ["<p>[removed]</p>"] * 2


def test_an_open_page_does_not_bring_it_back_unseen(written: Cast) -> None:
    """Its next save is based on the version before, so both texts are shown."""
    version = Answer.objects.get().version
    erase(written)
    collections.reopen_collection(Collection.objects.get(), by=written.coordinator)
    players.move(written, "reopen")
    saved = drafting.save_answer(
        written.agency_return,
        written.question,
        html=TEXT,
        base_version=version,
        client="0123456789abcdef",
        sequence=99_999,
        by=written.lead,
    )
    assert not saved.applied
    assert "Jamie" not in Answer.objects.get().html


def test_a_withdrawn_edition_is_cleared_and_has_no_files(written: Cast) -> None:
    editions.withdraw(Edition.objects.get(), because="A slip.", by=written.coordinator)
    erase(written)
    assert "Jamie" not in str(Edition.objects.get().document)
    assert not EditionFile.objects.exists()


def test_the_frame_is_looked_through_too(cast: Cast) -> None:
    framing.set_commentary(cast.collection, html=TEXT, post="", by=cast.second_reader)
    framing.set_frame(cast.collection, framing=FRAMING, by=cast.coordinator)
    assert [one.label for one in erasing.look(cast.collection, NAME)] == ["Around the answers"]
    assert erase(cast) == 1


def test_other_partnerships_are_not_touched(written: Cast) -> None:
    other = players.make()
    assert erasing.look(other.collection, NAME) == []
    with pytest.raises(NotNow):
        erase(other)


def test_who_may_erase(written: Cast) -> None:
    for name in EVERYBODY:
        if name not in ("coordinator", "second_coordinator"):
            with pytest.raises(PermissionDenied):
                erase(written, by=fresh(written, name))
    assert erase(written, by=fresh(written, "second_coordinator"))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"passage": " J. "}, "at least 3 letters"),
        ({"because": "jamie SMITH of mill road!"}, "must not repeat the words"),
        ({"passage": "Nobody at all"}, "kept nowhere"),
    ],
)
def test_what_is_careless_is_refused(written: Cast, values: dict, reason: str) -> None:
    before = everything()
    with pytest.raises(NotNow, match=reason):
        erase(written, **values)
    assert everything() == before


def test_every_text_of_every_model_is_reached() -> None:
    for model, way, fields in erasing.texts():
        assert way.split("__")[-1] == "partnership", (model, fields)


def test_a_word_file_goes_as_a_whole(cast: Cast) -> None:
    WordFile.objects.create(
        agency_return=cast.agency_return,
        question=cast.question,
        for_agency=True,
        content=b"docx",
        size=4,
        html=TEXT,
        received_by=cast.coordinator,
    )
    assert [one.label for one in erasing.look(cast.collection, NAME)] == [
        "Word files, which are deleted as a whole"
    ]
    assert erase(cast) == 1
    assert not WordFile.objects.exists()


def test_a_kept_point_loses_the_words_that_name_its_place(written: Cast) -> None:
    """The passage runs over the point and what stands around it."""
    kept = Dismissal.objects.create(
        agency_return=written.agency_return,
        number=1,
        rule="initials",
        quote="Jamie",
        before="letter. ",
        after=" Smith of Mill Ro",
        message="“Jamie” may be a name.",
        reason="Jamie Smith of Mill Road agreed.",
        by=written.coordinator,
    )
    erase(written)
    kept.refresh_from_db()
    assert (kept.quote, kept.before, kept.after) == ("[removed]", "", "")
    assert kept.reason == "[removed] agreed."
    assert "Jamie" not in everything()


def test_short_remarks_are_cleared_too(cast: Cast) -> None:
    """Each short field in which people write, and no field that has gone meanwhile."""
    players.save(cast, TEXT)
    PromiseAnswer.objects.create(
        agency_return=cast.agency_return, key="0" * 64, word=f"Ask {NAME}.", in_text=False, said_by=cast.lead
    )
    erase(cast)
    assert PromiseAnswer.objects.get().word == "Ask [removed]."
    kept = {name for _, _, fields in erasing.texts() for name in fields}
    assert kept >= {"word", "checked_by", "nothing_received", "nothing_to_report", "approved_meeting"}
