"""A Word file as the answer: nothing is taken before somebody has seen it, and what came by e-mail is kept as it came."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agencies.errors import NotNow
from agencies.models import Event
from returns import permissions
from returns.actions import word_files
from returns.models import Save, WordFile
from tests.returns import cast as players
from tests.returns.cast import Cast
from tests.returns.importing.word_files import by_hand, paragraph

pytestmark = pytest.mark.django_db

DRAFT = "<p>We asked twelve children.</p><p>The heron stays.</p>"
FILE = ("We asked thirteen children.", "The heron stays.", "A kingfisher came.")


@pytest.fixture
def cast() -> Cast:
    return players.make()


def text_of(cast: Cast) -> str:
    answer = cast.agency_return.answers.first()
    return answer.html if answer else ""


def hand_in(cast: Cast, *words: str, user=None, page: str = "answer_word", follow: bool = True):
    sent = SimpleUploadedFile("Child A.docx", by_hand("".join(paragraph(one) for one in words)))
    url = cast.agency_return.url(page, 1)
    return players.client(user or cast.lead).post(url, {"file": sent}, follow=follow)


def decide(cast: Cast, user=None, page: str = "answer_word_file", pk: int | None = None, **body: object):
    pk = pk or WordFile.objects.get().pk
    url = cast.agency_return.url(page, 1, pk)
    return players.client(user or cast.lead).post(url, body, follow=True)


# --- The agency ------------------------------------------------------------------------------------


def test_nothing_is_taken_before_the_difference_was_seen(cast: Cast) -> None:
    players.save(cast, DRAFT)
    page = hand_in(cast, *FILE)
    shown = page.content.decode()
    assert text_of(cast) == DRAFT
    assert "<del>twelve</del>" in shown and "<ins>thirteen</ins>" in shown and "kingfisher" in shown
    assert "Passage 1 of 2" in shown and "What is the same in both" in shown


def test_it_is_taken_passage_by_passage(cast: Cast) -> None:
    players.save(cast, DRAFT)
    page = hand_in(cast, *FILE)
    indexes = [one.index for one in page.context["passages"] if one.number]
    answered = decide(
        cast, seen=1, whole="chosen", **{f"take-{indexes[0]}": "theirs", f"take-{indexes[1]}": "mine"}
    )
    assert text_of(cast) == f"{DRAFT}<p>A kingfisher came.</p>"
    assert "Taken from the Word file and saved" in answered.content.decode()
    assert Event.objects.filter(act="take_word_file", by=cast.lead).count() == 1
    assert WordFile.objects.count() == 0  # the agency has its file itself


def test_without_a_choice_both_passages_stay(cast: Cast) -> None:
    players.save(cast, "<p>Old.</p>")
    hand_in(cast, "New.")
    decide(cast, seen=1, whole="chosen")
    assert text_of(cast) == "<p>Old.</p><p>New.</p>"


def test_an_empty_draft_takes_the_whole_text(cast: Cast) -> None:
    page = hand_in(cast, *FILE).content.decode()
    assert "Take this text" in page and "Passage 1" not in page
    decide(cast, seen=0, whole="file")
    assert text_of(cast) == "".join(f"<p>{one}</p>" for one in FILE)


def test_leaving_it_changes_nothing_and_keeps_nothing(cast: Cast) -> None:
    players.save(cast, DRAFT)
    hand_in(cast, *FILE)
    answered = decide(cast, seen=1, whole="draft")
    assert "Nothing was taken from the Word file." in answered.content.decode()
    assert (text_of(cast), WordFile.objects.count()) == (DRAFT, 0)


def test_the_same_text_says_so(cast: Cast) -> None:
    players.save(cast, "<p>The same.</p>")
    page = hand_in(cast, "The same.").content.decode()
    assert "The file says the same as the draft" in page and "Take what is chosen" not in page


def test_somebody_saved_in_between_and_both_texts_are_shown(cast: Cast) -> None:
    players.save(cast, "<p>Old.</p>")
    hand_in(cast, "From the file.")
    players.save(cast, "<p>Newer.</p>", by=cast.contributor)
    page = decide(cast, seen=1, whole="file")
    assert page.status_code == 409 and "From the file." in page.content.decode()
    assert text_of(cast) == "<p>Newer.</p>"
    assert Save.objects.get(applied=False).html == "<p>From the file.</p>"


def test_a_second_click_and_an_old_page_lead_back_to_the_text(cast: Cast) -> None:
    hand_in(cast, "New.")
    pk = WordFile.objects.get().pk
    decide(cast, seen=0, whole="file")
    for again in (decide(cast, pk=pk, seen=0, whole="file"), decide(cast, pk=pk, whole="draft")):
        assert "not waiting any more" in again.content.decode()
    assert Save.objects.count() == 1
    url = cast.agency_return.url("answer_word_file", 1, 2**31)
    assert players.client(cast.lead).get(url).status_code == 404


def test_what_is_wrong_is_said_beside_the_field(cast: Cast) -> None:
    url, browser = cast.agency_return.url("answer_word", 1), players.client(cast.lead)
    assert browser.get(url).status_code == 200
    for content, said in (
        (b"", "The file is empty."),
        (b"hello", "This is not a Word file."),
        (b"PK" + bytes(10 * 1024 * 1024), "The file is larger than 10 MB."),
    ):
        page = browser.post(url, {"file": SimpleUploadedFile("a.docx", content)})
        assert page.status_code == 422 and said in page.content.decode()
    assert "Choose a Word file." in browser.post(url, {}).content.decode()
    assert WordFile.objects.count() == 0


def test_it_is_forgotten_after_a_day(cast: Cast) -> None:
    players.hand_in(cast, "Old.", by=cast.lead, for_agency=False)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        newer = players.hand_in(cast, "New.", by=cast.lead, for_agency=False)
    assert WordFile.objects.get() == newer


def test_once_it_is_sent_nothing_can_be_handed_in(cast: Cast) -> None:
    players.save(cast)
    waiting = players.hand_in(cast, "Late.", by=cast.lead, for_agency=False)
    players.submit(cast)
    with pytest.raises(NotNow):
        players.hand_in(cast, "Late.", by=cast.lead, for_agency=False)
    with pytest.raises(NotNow):
        word_files.take(waiting, html=waiting.html, base_version=1, by=cast.lead)
    assert hand_in(cast, "Late.", follow=False).url == cast.agency_return.get_absolute_url()


# --- A coordinator, for an agency --------------------------------------------------------------------


def test_what_came_by_email_is_taken_and_kept_as_it_came(cast: Cast) -> None:
    hand_in(cast, *FILE, user=cast.coordinator, page="type_in_word")
    decide(cast, cast.coordinator, "type_in_word_file", seen=0, whole="file")
    assert cast.agency_return.typed_by == cast.coordinator
    kept = WordFile.objects.get()
    assert bytes(kept.content) == by_hand("".join(paragraph(one) for one in FILE))
    url = cast.agency_return.url("original_file", kept.pk)
    name = f"{cast.partnership.slug}-as-sent-by-e-mail-2025-26.docx"
    for user in (cast.coordinator, cast.second_coordinator, cast.lead, cast.contributor):
        answered = players.client(user).get(url)
        assert (answered.status_code, answered.content) == (200, bytes(kept.content))
        assert answered["Content-Disposition"] == f'attachment; filename="{name}"'
    assert players.client(cast.second_reader).get(url).status_code == 404  # nothing was sent yet
    players.submit_for_agency(cast)
    assert players.client(cast.second_reader).get(url).status_code == 200
    assert url in players.client(cast.second_reader).get(cast.agency_return.url("review")).content.decode()
    assert players.client(cast.other_lead).get(url).status_code == 404
    with pytest.raises(NotNow, match="taken already"):
        word_files.take(kept, html="", base_version=1, by=cast.coordinator)


def test_what_waits_is_no_original_and_the_sides_do_not_meet(cast: Cast) -> None:
    waiting = players.hand_in(cast, "Waiting.", by=cast.coordinator, for_agency=True)
    assert not permissions.readable_originals(cast.coordinator, cast.agency_return).exists()
    url = cast.agency_return.url("answer_word_file", 1, waiting.pk)
    assert players.client(cast.lead).get(url).url == cast.agency_return.url("answer_edit", 1)


def test_a_coordinator_hands_nothing_in_once_the_agency_writes(cast: Cast) -> None:
    waiting = players.hand_in(cast, "Waiting.", by=cast.coordinator, for_agency=True)
    players.save(cast, "<p>A secret heron.</p>")
    page = players.client(cast.coordinator).get(
        cast.agency_return.url("type_in_word_file", 1, waiting.pk), follow=True
    )
    assert "heron" not in page.content.decode() and "The agency has begun to write" in page.content.decode()
    with pytest.raises(NotNow):
        word_files.leave(waiting, by=cast.coordinator)


def test_who_may_not(cast: Cast) -> None:
    for user in (cast.coordinator, cast.second_reader, cast.other_lead, cast.removed):
        with pytest.raises(PermissionDenied):
            players.hand_in(cast, "No.", by=user, for_agency=False)
    for user in (cast.lead, cast.second_reader, cast.outside_coordinator):
        with pytest.raises(PermissionDenied):
            players.hand_in(cast, "No.", by=user, for_agency=True)
    assert WordFile.objects.count() == 0
