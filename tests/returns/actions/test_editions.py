"""Preparing, publishing, correcting and withdrawing an edition."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agencies.actions import people
from agencies.errors import NotNow
from agencies.models import Event, Message, User
from returns.actions import (
    checkups,
    collections,
    editions,
    erasing,
    framing,
    readiness,
    second_reading,
    showing,
)
from returns.actions import points as keeping
from returns.actions.framing import Framing
from returns.actions.rendering import render
from returns.appendix.compile import compile_document
from returns.appendix.document import fingerprint, from_data
from returns.appendix.errors import RenderError
from returns.appendix.files import FORMATS
from returns.forms.editions import ApprovalForm
from returns.models import Collection, Edition, EditionFile, FileFormat, Frame
from returns.workflow import Status
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import TEXT, Cast

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "lead",
    "contributor",
    "other_lead",
    "coordinator",
    "second_coordinator",
    "second_reader",
    "board",
    "stranger",
    "administrator",
    "outside_coordinator",
)
FRAMING = Framing(
    preface="<p>Why we ask.</p>",
    closing="",
    nothing_received="No return was received.",
    nothing_to_report="Nothing to report.",
    question_once=False,
    not_before=None,
)


def fresh(cast: Cast, name: str) -> User:
    return User.objects.get(pk=getattr(cast, name).pk)


def who_may(cast: Cast, act) -> set[str]:
    """Those to whom it is not refused; what they did is taken back."""
    from django.db import transaction

    found = set()
    for name in EVERYBODY:
        with transaction.atomic():
            try:
                act(fresh(cast, name))
            except PermissionDenied:
                pass
            except NotNow:
                found.add(name)
            else:
                found.add(name)
            transaction.set_rollback(True)
    return found


def publish(collection: Collection, by: User, *, read: str = "", **changes: object) -> Edition:
    collection = Collection.objects.get(pk=collection.pk)
    read = read or editions.text_of(compile_document(collection))
    return editions.publish(collection, approval=players.approval(**changes), read=read, by=by)


def reasons(act) -> tuple[str, ...]:
    with pytest.raises(NotNow) as no:
        act()
    return no.value.reasons


# --- The frame -----------------------------------------------------------------------------------


def test_who_may_change_the_frame(cast: Cast) -> None:
    assert who_may(cast, lambda user: framing.set_frame(cast.collection, framing=FRAMING, by=user)) == {
        "coordinator",
        "second_coordinator",
    }
    assert who_may(
        cast, lambda user: framing.set_commentary(cast.collection, html="<p>x</p>", post="", by=user)
    ) == {"second_reader"}
    assert who_may(cast, lambda user: framing.move_agency(cast.agency_return, up=False, by=user)) == {
        "coordinator",
        "second_coordinator",
    }


def test_the_commentary_is_signed_and_can_be_taken_away(cast: Cast) -> None:
    way_there = reverse("readiness", args=[cast.partnership.slug, cast.collection.slug])
    reader = players.client(cast.second_reader)
    assert 'Write<span class="visually-hidden"> Commentary' in reader.get(way_there).content.decode()
    framing.set_commentary(cast.collection, html="<p>Heard.</p>", post="Scrutineer", by=cast.second_reader)
    assert 'Change<span class="visually-hidden"> Commentary' in reader.get(way_there).content.decode()
    frame = Frame.of(cast.collection)
    assert (frame.commentary, frame.commentary_by, frame.commentary_post) == (
        "<p>Heard.</p>",
        cast.second_reader,
        "Scrutineer",
    )
    framing.set_commentary(cast.collection, html="", post="Scrutineer", by=cast.second_reader)
    frame = Frame.of(cast.collection)
    assert (frame.commentary_by, frame.commentary_at, frame.commentary_post) == (None, None, "")


def test_nothing_is_commented_on_before_the_opening() -> None:
    cast = players.make(open_it=False)
    with pytest.raises(NotNow):
        framing.set_commentary(cast.collection, html="<p>x</p>", post="", by=cast.second_reader)


def test_agencies_change_places(cast: Cast) -> None:
    def order() -> list[str]:
        return list(cast.collection.returns.values_list("name", flat=True))

    framing.move_agency(cast.agency_return, up=False, by=cast.coordinator)
    assert order() == ["Vale Hospitals", "Midvale Police"]
    events = Event.objects.count()
    framing.move_agency(cast.agency_return, up=False, by=cast.coordinator)
    assert (order(), Event.objects.count()) == (["Vale Hospitals", "Midvale Police"], events)
    framing.move_agency(cast.agency_return, up=True, by=cast.coordinator)
    assert order() == ["Midvale Police", "Vale Hospitals"]


# --- What stands in the way ----------------------------------------------------------------------


def titles(cast: Cast) -> list[tuple[str, str, bool]]:
    collection = Collection.objects.select_related("partnership").get(pk=cast.collection.pk)
    found = readiness.points(collection, compile_document(collection))
    return [(point.title, point.turn, point.blocks) for point in found]


def test_what_stands_in_the_way_of_an_open_return(cast: Cast) -> None:
    assert titles(cast) == [
        ("The return is still open, so agencies can still write", "A coordinator", True),
        ("No return is approved yet", "A coordinator", True),
        ("Midvale Police: not started", "The agency", False),
        ("Vale Hospitals: not started", "The agency", False),
    ]


@pytest.mark.parametrize(
    ("status", "point"),
    [
        (Status.SUBMITTED, ("Midvale Police: sent, and not approved yet", "A coordinator", True)),
        (Status.IN_REVIEW, ("Midvale Police: sent, and not approved yet", "A coordinator", True)),
        (Status.HELD, ("Midvale Police: on hold", "A coordinator", True)),
        (Status.CHANGES_REQUESTED, ("Midvale Police: sent, and not agreed yet", "", False)),
        (Status.DRAFT, ("Midvale Police: no return", "", False)),
    ],
)
def test_what_stands_in_the_way_of_a_closed_one(cast: Cast, status: Status, point: tuple) -> None:
    players.bring_to(cast, status)
    collections.close_collection(cast.collection, by=cast.coordinator)
    assert point in titles(cast)


def test_a_confirmation_that_is_owed_names_who_owes_it(cast: Cast) -> None:
    players.type_in(cast)
    players.submit_for_agency(cast)
    collections.close_collection(cast.collection, by=cast.coordinator)
    assert (
        "Midvale Police: sent, and not approved yet",
        "Dilys Morgan is asked to confirm it",
        True,
    ) in titles(cast)


def test_a_case_study_that_is_not_signed_off_waits_for_a_second_reader(cast: Cast) -> None:
    players.save(cast, "<p>Children told us what they thought. We wrote to TJ.</p>")
    players.submit(cast)
    keys = [one.key for one in checkups.sent_points(checkups.current(cast.agency_return)) if one.is_blocking]
    keeping.keep(cast.agency_return, keys=keys, reason="TJ is our dog.", by=cast.coordinator)

    def waits() -> list[tuple[str, str]]:
        found = readiness.points(cast.collection, compile_document(cast.collection))
        return [(one.turn, one.hint) for one in found if one.title.startswith("Midvale Police: sent")]

    assert waits() == [("A second reader", "A case study in it is not signed off yet.")]
    [case] = second_reading.of(cast.agency_return)
    second_reading.sign_off(cast.agency_return, read=case.key, note="It is a dog.", by=cast.second_reader)
    assert waits() == [("A coordinator", "")]


def test_a_character_that_no_font_has_is_named(cast: Cast) -> None:
    players.save(cast, "<p>\U00012000</p>")
    players.submit(cast)
    players.move(cast, "approve")
    assert ("No font here has the character “\U00012000” in Midvale Police", "", False) in titles(cast) or (
        # A machine with every Noto font has it.
        all("No font" not in title for title, _, _ in titles(cast))
    )


# --- Preparing and publishing --------------------------------------------------------------------


def test_who_may_prepare_and_who_may_publish(cast: Cast) -> None:
    assert who_may(cast, lambda user: editions.prepare(cast.collection, by=user)) == {
        "coordinator",
        "second_coordinator",
    }
    collection = players.prepare(cast)
    assert who_may(cast, lambda user: publish(collection, user)) == {
        "coordinator",
        "second_coordinator",
        "second_reader",
    }


def test_it_is_not_ready_while_something_stands_in_the_way(cast: Cast) -> None:
    assert len(reasons(lambda: editions.prepare(cast.collection, by=cast.coordinator))) == 2


def test_others_are_told_that_it_is_ready(cast: Cast) -> None:
    players.prepare(cast)
    told = Message.objects.filter(kind="edition_prepared").values_list("to_user__name", flat=True)
    assert sorted(told) == ["Eluned Parry", "Tunde Adeyemi"]


def test_nobody_publishes_what_nobody_prepared(cast: Cast) -> None:
    collections.close_collection(cast.collection, by=cast.coordinator)
    assert reasons(lambda: publish(cast.collection, cast.second_reader)) == (
        "Nobody has said yet that it is ready.",
    )


def test_what_is_published_is_frozen(cast: Cast) -> None:
    edition = players.publish(cast)
    document = from_data(edition.document)
    assert (edition.number, edition.published_by, edition.prepared_by) == (
        1,
        cast.second_reader,
        cast.coordinator,
    )
    assert edition.sha256 == fingerprint(edition.document)
    assert [(one.agency, one.instead) for one in document.sections] == [
        ("Midvale Police", ""),
        ("Vale Hospitals", "No return was received."),
    ]
    assert document.preview == ""
    assert document.imprint[1].startswith(
        "Approved on behalf of the partners by Ruth Abara, Partners’ meeting, "
    )
    event = Event.objects.get(act="publish")
    assert (event.phrase, event.by) == ("published edition 1 of the appendix", cast.second_reader)
    assert Frame.of(cast.collection).prepared_by is None


def test_the_board_and_those_responsible_are_told_without_a_word_of_it(cast: Cast) -> None:
    players.publish(cast)
    messages = Message.objects.filter(kind="published")
    assert sorted(messages.values_list("to_user__name", flat=True)) == [
        "Aneela Khan",
        "Imran Chaudhry",
        "Katarzyna Wójcik",
        "Maeve Corrigan",
        "Tunde Adeyemi",
    ]
    for message in messages:
        assert message.link.endswith("/appendix/1/")
        assert "letter" not in f"{message.subject} {message.paragraphs}"


def test_nobody_publishes_what_they_prepared_while_there_is_somebody_else(cast: Cast) -> None:
    collection = players.prepare(cast)
    [reason] = reasons(lambda: publish(collection, cast.coordinator, alone_because="In a hurry."))
    assert reason.startswith("You said that it is ready, so somebody else publishes it, such as ")


def test_somebody_who_is_alone_says_why(cast: Cast) -> None:
    for one in (cast.second_coordinator, cast.second_reader):
        people.end_role(factories.role_of(one, cast.partnership), by=cast.administrator)
    collection = players.prepare(cast)
    assert reasons(lambda: publish(collection, cast.coordinator)) == (
        "Say why nobody else could publish it.",
    )
    edition = publish(collection, cast.coordinator, alone_because="There is one coordinator.")
    assert edition.alone_because == "There is one coordinator."


def test_a_reason_that_is_not_needed_is_not_kept(cast: Cast) -> None:
    assert players.publish(cast, alone_because="No idea.").alone_because == ""


def test_what_was_prepared_is_what_is_published(cast: Cast) -> None:
    collection = players.prepare(cast)
    read = editions.text_of(compile_document(collection))
    framing.set_frame(collection, framing=FRAMING, by=cast.second_coordinator)
    [reason] = reasons(lambda: publish(collection, cast.second_reader, read=read))
    assert reason.startswith("Something has changed since Maeve Corrigan said that it is ready.")
    editions.prepare(collection, by=cast.coordinator)
    [reason] = reasons(lambda: publish(collection, cast.second_reader, read=read))
    assert reason == "Something changed while you were reading. Please read it again."


def test_not_before_its_day(cast: Cast) -> None:
    later = replace(FRAMING, not_before=players.in_days(3))
    framing.set_frame(cast.collection, framing=later, by=cast.coordinator)
    collection = players.prepare(cast)
    [reason] = reasons(lambda: publish(collection, cast.second_reader))
    assert reason.startswith("It is not to be published before ")
    framing.set_frame(
        collection, framing=replace(FRAMING, not_before=players.in_days(0)), by=cast.coordinator
    )
    assert publish(collection, cast.second_reader).number == 1


def test_what_has_to_be_said(cast: Cast) -> None:
    collection = players.prepare(cast)
    assert reasons(
        lambda: publish(collection, cast.second_reader, on=players.in_days(1), without_returns=False)
    ) == (
        "The partners cannot have approved it on a day that is still to come.",
        "Say that it may be published without the returns that are missing.",
    )


def test_a_return_on_hold_stops_what_was_prepared(cast: Cast) -> None:
    collection = players.prepare(cast)
    players.move(cast, "hold")
    [reason] = reasons(lambda: publish(collection, cast.second_reader))
    assert reason.startswith("Something has changed")
    assert not Edition.objects.exists()


def test_a_commentary_on_what_is_ready_asks_the_coordinators_to_read_it_again(cast: Cast) -> None:
    collection = players.prepare(cast)
    place = [cast.partnership.slug, cast.collection.slug]
    reader, coordinator = players.client(cast.second_reader), players.client(cast.coordinator)
    assert "was said to be ready" in reader.get(reverse("commentary", args=place)).content.decode()
    framing.set_commentary(collection, html="<p>Heard.</p>", post="Scrutineer", by=cast.second_reader)
    told = Message.objects.filter(kind="edition_unprepared")
    assert sorted(told.values_list("to_user__name", flat=True)) == ["Maeve Corrigan", "Tunde Adeyemi"]
    assert all("Heard" not in f"{one.subject} {one.paragraphs}" for one in told)
    assert "was said to be ready" not in reader.get(reverse("commentary", args=place)).content.decode()
    assert "It is a coordinator’s turn" in reader.get(reverse("readiness", args=place)).content.decode()
    page = coordinator.get(reverse("readiness", args=place)).content.decode()
    assert "It is your turn" in page and "It is ready</button>" in page
    framing.set_commentary(collection, html="<p>Once more.</p>", post="", by=cast.second_reader)
    assert told.count() == 2


def test_what_is_published_is_said_where_it_was_prepared(cast: Cast) -> None:
    edition = players.publish(cast)
    place = [cast.partnership.slug, cast.collection.slug]
    browser = players.client(cast.coordinator)
    page = browser.get(reverse("readiness", args=place)).content.decode()
    assert "<h1>The appendix is published</h1>" in page and "Read edition 1" in page
    assert "The appendix will say" not in page
    page = browser.get(reverse("collection", args=place)).content.decode()
    assert f'href="{edition.get_absolute_url()}">Read edition 1</a>' in page
    framing.set_frame(cast.collection, framing=FRAMING, by=cast.coordinator)
    assert "<h1>Publish a correction</h1>" in browser.get(reverse("readiness", args=place)).content.decode()


def test_the_e_mails_of_a_correction_are_not_those_of_the_first_edition(cast: Cast) -> None:
    players.publish(cast)
    players.correct(cast, "<p>June.</p>")
    for kind in ("edition_prepared", "published"):
        subjects = Message.objects.filter(kind=kind, to_user=cast.second_coordinator).order_by("pk")
        first, second = [f"{one.subject} {one.paragraphs}" for one in subjects]
        assert "dition 2" in second and "dition 2" not in first


# --- Correcting ----------------------------------------------------------------------------------


def test_a_correction_says_what_it_corrects_and_lists_it(cast: Cast) -> None:
    first = players.publish(cast)
    second = players.correct(cast, "<p>We changed the letter in June 2025.</p>")
    assert (second.number, second.note) == (2, "A date was wrong.")
    assert second.changes_in_words == [
        {"name": "Midvale Police", "anchor": "midvale-police", "what": "changed", "words": "changed"}
    ]
    first.refresh_from_db()
    assert fingerprint(first.document) == first.sha256
    assert "May 2025" in str(first.document)


def test_without_a_note_or_a_difference_nothing_is_corrected(cast: Cast) -> None:
    players.publish(cast)
    [reason] = reasons(lambda: players.prepare(cast))
    assert reason == "Nothing is different from edition 1, so there is nothing to correct."
    [reason] = reasons(lambda: players.correct(cast, "<p>June.</p>", note=" "))
    assert reason.startswith("Say what is corrected")


def test_a_late_return_is_added_after_publication(cast: Cast) -> None:
    players.publish(cast)
    collection = Collection.objects.get(pk=cast.collection.pk)
    collections.reopen_collection(collection, by=cast.coordinator)
    from returns.actions import drafting, moves

    late = collection.returns.for_pages().get(seat=cast.other_seat)
    drafting.set_nil(late, reason="We met no children.", by=cast.other_lead)
    late = drafting.submit(
        late, by=cast.other_lead, signed_name="A", signed_post="B", signed_on=players.in_days(0)
    )
    moves.move(late, "approve", by=cast.coordinator, read=1)
    edition = players.publish(cast, note="A return came late.")
    assert edition.changes_in_words == [
        {
            "name": "Vale Hospitals",
            "anchor": "vale-hospitals",
            "what": "late",
            "words": "added after publication",
        }
    ]


def test_after_a_withdrawal_somebody_says_what_was_done_about_it(cast: Cast) -> None:
    edition = players.publish(cast)
    collection = Collection.objects.get(pk=cast.collection.pk)
    framing.set_frame(collection, framing=FRAMING, by=cast.coordinator)
    editions.prepare(collection, by=cast.coordinator)
    framing.set_frame(collection, framing=replace(FRAMING, preface=""), by=cast.coordinator)
    editions.withdraw(edition, because="A name is in it.", by=cast.coordinator)
    assert Frame.of(collection).prepared_by is None
    place = [cast.partnership.slug, cast.collection.slug]
    browser = players.client(cast.coordinator)
    page = browser.get(reverse("readiness", args=place)).content.decode()
    assert "the same words would be published again" in page and "What was done about it?" in page
    page = browser.post(reverse("edition_prepare", args=place), {"note": " "}, follow=True).content.decode()
    assert "Say what was done about what had to be withdrawn." in page
    assert Frame.of(collection).prepared_by is None
    browser.post(reverse("edition_prepare", args=place), {"note": "It was nobody’s name."})
    assert Frame.of(collection).prepared_note == "It was nobody’s name."
    assert Event.objects.get(act="prepare_edition", reason__startswith="It was").by == cast.coordinator
    publish(collection, cast.second_reader, note="Once more.")
    assert Frame.of(collection).prepared_note == ""


def test_what_has_changed_since_a_withdrawal_is_named(cast: Cast) -> None:
    edition = players.publish(cast)
    editions.withdraw(edition, because="A name is in it.", by=cast.coordinator)
    document = compile_document(Collection.objects.get(pk=cast.collection.pk))
    edition.refresh_from_db()
    assert editions.changes_since_withdrawal(edition, document) == []
    framing.set_frame(cast.collection, framing=FRAMING, by=cast.coordinator)
    document = compile_document(Collection.objects.get(pk=cast.collection.pk))
    assert [one["name"] for one in editions.changes_since_withdrawal(edition, document) or []] == ["Preface"]
    erasing.erase(cast.collection, passage="We changed the letter", because="A name.", by=cast.coordinator)
    assert editions.changes_since_withdrawal(edition, document) is None


def test_a_correction_says_which_edition_it_corrects(cast: Cast) -> None:
    players.publish(cast)
    second = players.correct(cast, "<p>June.</p>")
    [line, *_] = from_data(second.document).imprint
    assert line.startswith("Edition 2, published on ") and line.endswith(", corrects edition 1")


def test_the_board_finds_the_newest_year_first_and_its_preview_marked(cast: Cast) -> None:
    players.publish(cast)
    later = Collection.objects.get(pk=cast.collection.pk)
    later.pk, later.slug, later.report_title = None, "2026-27", "Yearly Report 2026-27"
    later.period_start, later.period_end = later.period_end, later.period_end.replace(year=2027)
    later.shown_at = later.opened_at
    later.save()
    for url in (reverse("home"), cast.partnership.get_absolute_url()):
        page = players.client(cast.board).get(url).content.decode()
        links = re.findall(r'<a href="([^"]+/appendix/[^"]*)">(?:.*?)</a>(.*?)</li>', page, re.DOTALL)
        assert [(url.split("/")[2], "Preview" in more) for url, more in links] == [
            ("2026-27", True),
            ("2025-26", False),
        ]


# --- Files ---------------------------------------------------------------------------------------


def test_files_are_made_once_it_is_committed(cast: Cast, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        edition = players.publish(cast)
    assert edition.is_pending and len(callbacks) == 1
    callbacks[0]()
    files = {file.format: file for file in edition.files.all()}
    assert set(files) == set(FileFormat) == set(FORMATS)
    for file in files.values():
        content = bytes(file.content)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (file.sha256, file.size)
    assert files["pdf"].pages == 3
    edition.refresh_from_db()
    assert edition.made_with["typst"]
    assert re.match(r"FiraGO_Regular \d\.[\d.]+, FiraGO_Bold \d\.", edition.made_with["fonts"])


def test_what_fails_leaves_files_pending_and_the_next_run_makes_them(cast: Cast, monkeypatch) -> None:
    edition = players.publish(cast)
    fails = FORMATS["pdf"].__class__(lambda document: (_ for _ in ()).throw(RenderError("No.")), "")
    monkeypatch.setitem(FORMATS, "pdf", fails)
    assert render(edition.pk) == [FileFormat.PDF]
    assert Edition.objects.pending().get() == edition
    monkeypatch.undo()
    kept = EditionFile.objects.get(format="txt").made_at
    assert (render(edition.pk), Edition.objects.pending().count()) == ([], 0)
    assert EditionFile.objects.get(format="txt").made_at == kept


def test_a_file_of_a_text_that_is_withdrawn_meanwhile_is_not_kept(cast: Cast, monkeypatch) -> None:
    edition = players.publish(cast)
    write = FORMATS["html"].write

    def withdrawn_meanwhile(document):
        editions.withdraw(edition, because="A slip.", by=cast.coordinator)
        return write(document)

    monkeypatch.setitem(FORMATS, "pdf", FORMATS["html"].__class__(withdrawn_meanwhile, ""))
    render(edition.pk)
    assert not EditionFile.objects.exists()
    assert render(edition.pk) == []


# --- Withdrawing ---------------------------------------------------------------------------------


def standing() -> list[int]:
    return list(Edition.objects.standing().values_list("number", flat=True))


def test_who_may_withdraw(cast: Cast) -> None:
    edition = players.publish(cast)
    assert who_may(cast, lambda user: editions.withdraw(edition, because="A slip.", by=user)) == {
        "coordinator",
        "second_coordinator",
    }


def test_withdrawing_hides_every_edition_of_the_year_and_the_boards_preview(cast: Cast) -> None:
    players.publish(cast)
    edition = players.correct(cast, "<p>We changed the letter in June 2025.</p>")
    showing.show(edition.collection, by=cast.coordinator)
    editions.withdraw(edition, because="A name is in it.", by=cast.coordinator)
    assert standing() == []
    collection = Collection.objects.get(pk=cast.collection.pk)
    assert collection.shown_at is None
    assert not Collection.objects.appendix_visible_to(fresh(cast, "board")).exists()
    assert Event.objects.filter(act="withdraw", reason="A name is in it.").count() == 2
    told = Message.objects.filter(kind="withdrawn")
    assert told.count() == 5
    assert all("name" not in " ".join(one.paragraphs) for one in told)


def test_with_a_passage_only_what_holds_it_is_withdrawn(cast: Cast) -> None:
    players.publish(cast)
    edition = players.correct(cast, "<p>We changed the letter in <strong>June</strong> 2025.</p>")
    editions.withdraw(edition, because="Wrong.", passage="letter in June", by=cast.coordinator)
    assert standing() == [1]


def test_an_older_edition_with_the_passage_goes_too(cast: Cast) -> None:
    players.publish(cast)
    edition = players.correct(cast, f"{TEXT}<p>More.</p>")
    editions.withdraw(edition, because="Wrong.", passage="CHANGED THE LETTER", by=cast.coordinator)
    assert standing() == []


def test_withdrawing_needs_a_reason_and_happens_once(cast: Cast) -> None:
    edition = players.publish(cast)
    assert reasons(lambda: editions.withdraw(edition, because=" ", by=cast.coordinator))
    editions.withdraw(edition, because="A slip.", by=cast.coordinator)
    assert reasons(lambda: editions.withdraw(edition, because="Again.", by=cast.coordinator)) == (
        "This edition is withdrawn already.",
    )


def test_after_everything_was_withdrawn_the_next_edition_has_the_next_number(cast: Cast) -> None:
    edition = players.publish(cast)
    editions.withdraw(edition, because="A slip.", by=cast.coordinator)
    again = players.publish(cast, note="Published again.")
    assert (again.number, again.changes) == (2, [])


# --- The page ------------------------------------------------------------------------------------


def test_a_second_reader_is_led_only_to_what_opens(cast: Cast) -> None:
    place = [cast.partnership.slug, cast.collection.slug]
    close, review = reverse("collection_close", args=place), cast.agency_return.url("review")

    def page(name: str) -> str:
        return players.client(getattr(cast, name)).get(reverse("readiness", args=place)).content.decode()

    assert close in page("coordinator") and review in page("coordinator")
    assert close not in page("second_reader") and review not in page("second_reader")
    players.bring_to(cast, Status.SUBMITTED)
    assert review in page("second_reader")


def test_points_that_are_open_or_kept_in_what_is_approved_are_named_and_block_nothing(cast: Cast) -> None:
    players.save(
        cast, "<p>Children told us what they thought. We wrote to TJ. We intend to meet parents soon.</p>"
    )
    players.submit(cast)
    checkup = checkups.current(cast.agency_return)
    keys = [one.key for one in checkups.sent_points(checkup) if one.is_blocking]
    keeping.keep(cast.agency_return, keys=keys, reason="TJ is our dog.", by=cast.coordinator)
    [case] = second_reading.of(cast.agency_return)
    second_reading.sign_off(cast.agency_return, read=case.key, note="It is a dog.", by=cast.second_reader)
    players.move(cast, "approve")
    year = cast.collection
    found = [one for one in readiness.points(year, compile_document(year)) if one.url.endswith("/points/")]
    [point] = found
    open_ones = checkup.findings.filter(kept=None).count()
    assert point.title.startswith(f"{open_ones} point") and point.title.endswith("open in what is approved")
    assert (point.hint, point.blocks) == ("1 kept as they are, each with a reason.", False)
    checkup.findings.filter(kept__isnull=False).update(kept=None)  # as when a rule has learned to see more
    found = [one for one in readiness.points(year, compile_document(year)) if one.url.endswith("/points/")]
    first, _ = found
    assert first.title == "1 point to check is open in what is approved that could show who somebody is"


def test_only_the_newest_edition_is_called_published(cast: Cast, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        players.publish(cast)
        players.correct(cast, "<p>It was June.</p>", note="The month was wrong.")
    place = [cast.partnership.slug, cast.collection.slug]
    page = players.client(cast.coordinator).get(reverse("readiness", args=place)).content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    states = [("Published</strong>" in row, "Corrected</strong>" in row) for row in rows if "Edition " in row]
    assert states == [(True, False), (False, True)]


def test_how_many_returns_are_missing_is_asked_in_plain_words() -> None:
    def label(missing: int) -> str:
        form = ApprovalForm(is_correction=False, is_alone=False, missing=missing)
        return str(form.fields["without_returns"].label)

    assert label(1) == "Publish it without the return of one agency"
    assert label(2) == "Publish it without the returns of 2 agencies"
