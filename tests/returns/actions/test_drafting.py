"""Writing a draft: every word that was sent is kept, whoever saved first, however often it is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from agencies.errors import NotNow
from agencies.models import Event
from returns.actions import collections, drafting, typing_in
from returns.models import AskKind, Save
from returns.workflow import Status
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

CLIENT = "00000000000000aa"


def save(cast: Cast, words: str, *, base: int = 0, sequence: int = 1, client: str = CLIENT, by=None):
    return drafting.save_answer(
        cast.agency_return,
        cast.question,
        html=words,
        base_version=base,
        client=client,
        sequence=sequence,
        by=by or cast.lead,
    )


def answer(cast: Cast):
    return cast.agency_return.answers.get(question=cast.question)


def rows(cast: Cast) -> list[tuple[object, ...]]:
    """(words, base, version, applied) of every save, oldest first."""
    return list(
        Save.objects.filter(answer=answer(cast))
        .order_by("pk")
        .values_list("html", "base_version", "version", "applied")
    )


def test_a_save_counts_the_version_and_the_words(cast: Cast) -> None:
    assert save(cast, "<p>One two three.</p>").applied
    kept = answer(cast)
    assert (kept.html, kept.version, kept.words, kept.saved_by) == (
        "<p>One two three.</p>",
        1,
        3,
        cast.lead,
    )
    assert cast.agency_return.active_at is not None
    assert cast.agency_return.page.label == "Being written"


def test_of_the_last_activity_the_minute_is_kept(cast: Cast) -> None:
    begun = timezone.now()
    seen = []
    for seconds in (0, 30, 59, 61, 90):
        with time_machine.travel(begun + timedelta(seconds=seconds), tick=False):
            save(cast, f"<p>After {seconds} seconds.</p>", base=len(seen), sequence=len(seen) + 1)
        cast.agency_return.refresh_from_db()
        seen.append(round((cast.agency_return.active_at - begun).total_seconds()))
    assert seen == [0, 0, 0, 61, 61]
    assert answer(cast).version == 5


def test_a_stale_save_is_kept_beside_and_overwrites_nothing(cast: Cast) -> None:
    save(cast, "<p>Theirs.</p>", by=cast.contributor)
    saved = save(cast, "<p>Mine.</p>", base=0, client="00000000000000bb")
    assert not saved.applied
    assert (saved.answer.html, saved.answer.saved_by) == ("<p>Theirs.</p>", cast.contributor)
    assert rows(cast) == [("<p>Theirs.</p>", 0, 1, True), ("<p>Mine.</p>", 0, 1, False)]


def test_mine_saved_on_top_of_theirs_counts(cast: Cast) -> None:
    save(cast, "<p>Theirs.</p>", by=cast.contributor)
    save(cast, "<p>Mine.</p>", client="00000000000000bb")
    assert save(cast, "<p>Mine and theirs.</p>", base=1, client="00000000000000bb", sequence=2).applied
    assert [row[0] for row in rows(cast)] == ["<p>Theirs.</p>", "<p>Mine.</p>", "<p>Mine and theirs.</p>"]
    assert answer(cast).version == 2


@pytest.mark.parametrize("base", [1, 2, 2_000_000_000])
def test_a_base_that_never_was_is_stale(cast: Cast, base: int) -> None:
    assert not save(cast, "<p>Mine.</p>", base=base).applied
    assert (answer(cast).html, answer(cast).version) == ("", 0)
    assert [row[0] for row in rows(cast)] == ["<p>Mine.</p>"]


@pytest.mark.parametrize("times", [2, 3])
def test_the_same_request_again_changes_nothing_and_says_the_same(cast: Cast, times: int) -> None:
    assert [save(cast, "<p>Mine.</p>").applied for _ in range(times)] == [True] * times
    assert rows(cast) == [("<p>Mine.</p>", 0, 1, True)]


def test_a_refused_request_again_is_refused_again_and_kept_once(cast: Cast) -> None:
    save(cast, "<p>Theirs.</p>", client="00000000000000bb")
    assert [save(cast, "<p>Mine.</p>").applied for _ in range(2)] == [False, False]
    assert [row[0] for row in rows(cast)] == ["<p>Theirs.</p>", "<p>Mine.</p>"]


def test_a_late_copy_of_an_old_request_does_not_bring_the_old_text_back(cast: Cast) -> None:
    save(cast, "<p>First.</p>")
    save(cast, "<p>Second.</p>", base=1, sequence=2)
    assert save(cast, "<p>First.</p>").applied
    assert answer(cast).html == "<p>Second.</p>"


def test_other_words_under_the_name_of_an_earlier_request_are_kept(cast: Cast) -> None:
    """As after going back in the browser: the same page, with the same hidden fields, is sent with new words."""
    save(cast, "<p>First.</p>")
    again = save(cast, "<p>First and more.</p>")
    assert not again.applied
    assert rows(cast) == [("<p>First.</p>", 0, 1, True), ("<p>First and more.</p>", 0, 1, False)]


def test_the_same_text_again_makes_no_version(cast: Cast) -> None:
    save(cast, "<p>Mine.</p>")
    assert save(cast, "<p>Mine.</p>", base=1, sequence=2).applied
    assert save(cast, "<p>Mine.</p>", base=0, client="00000000000000bb", by=cast.contributor).applied
    assert rows(cast) == [("<p>Mine.</p>", 0, 1, True)]
    assert answer(cast).saved_by == cast.lead


def test_emptying_an_answer_is_a_save_like_another(cast: Cast) -> None:
    save(cast, "<p>Mine.</p>")
    save(cast, "", base=1, sequence=2)
    assert (answer(cast).words, [row[0] for row in rows(cast)]) == (0, ["<p>Mine.</p>", ""])


def test_the_due_date_closes_nothing(cast: Cast) -> None:
    late = timezone.now() + timedelta(days=400)
    with time_machine.travel(late, tick=False):
        assert cast.agency_return.days_late == 380
        assert save(cast, "<p>Late.</p>").applied
        assert players.submit(cast).status == Status.SUBMITTED


def test_late_begins_at_the_following_midnight_in_london(cast: Cast) -> None:
    """On the last day of June London is an hour before UTC."""
    collections.change_details(
        cast.collection,
        details=players.details(due_on=timezone.localdate().replace(year=2030, month=6, day=30)),
        by=cast.coordinator,
    )
    with time_machine.travel("2030-06-30T22:59:00+00:00", tick=False):
        assert (cast.agency_return.days_late, cast.agency_return.days_left) == (0, 0)
    with time_machine.travel("2030-06-30T23:00:00+00:00", tick=False):
        assert (cast.agency_return.days_late, cast.agency_return.days_left) == (1, -1)


def test_nothing_to_report_can_be_sent_and_keeps_the_draft(cast: Cast) -> None:
    save(cast, "<p>A draft.</p>")
    drafting.set_nil(cast.agency_return, reason="No work with children this year.", by=cast.contributor)
    players.submit(cast)
    revision = cast.agency_return.revisions.get()
    assert (revision.data["nil_reason"], revision.data["answers"]) == ("No work with children this year.", [])
    assert answer(cast).html == "<p>A draft.</p>"


def test_writing_takes_nothing_to_report_back(cast: Cast) -> None:
    drafting.set_nil(cast.agency_return, reason="No work with children.", by=cast.lead)
    save(cast, "<p>There was some.</p>")
    assert cast.agency_return.nil_reason == ""
    assert Event.objects.under(cast.agency_return.about).first().act == "unset_nil"


def test_emptying_the_box_does_not_take_nothing_to_report_back(cast: Cast) -> None:
    save(cast, "<p>A draft.</p>")
    drafting.set_nil(cast.agency_return, reason="No work with children.", by=cast.lead)
    save(cast, "", base=1, sequence=2)
    assert cast.agency_return.nil_reason == "No work with children."


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_to_report_needs_a_reason(cast: Cast, reason: str) -> None:
    with pytest.raises(NotNow):
        drafting.set_nil(cast.agency_return, reason=reason, by=cast.lead)
    assert cast.agency_return.nil_reason == ""


def test_there_is_something_after_all_said_twice_is_said_once(cast: Cast) -> None:
    drafting.set_nil(cast.agency_return, reason="No work with children.", by=cast.lead)
    for _ in range(2):
        drafting.unset_nil(cast.agency_return, by=cast.lead)
    assert Event.objects.filter(act="unset_nil").count() == 1


def test_an_empty_return_cannot_be_sent_and_the_refusal_leaves_no_sign_off(cast: Cast) -> None:
    with pytest.raises(NotNow) as refused:
        players.submit(cast)
    assert refused.value.reasons == (
        "Nothing is written yet. Write an answer, or say that there is nothing to report.",
    )
    assert cast.agency_return.signed_name == ""


def test_each_missing_answer_is_named() -> None:
    cast = players.make(open_it=False)
    for number in (2, 3):
        collections.add_question(
            cast.collection,
            wording=f"Question {number}?",
            guidance="",
            suggested_words=None,
            by=cast.coordinator,
        )
    cast.collection = collections.open_collection(cast.collection, by=cast.coordinator)
    players.save(cast)
    with pytest.raises(NotNow) as refused:
        players.submit(cast)
    assert refused.value.reasons == ("Questions 2 and 3 have no answer yet.",)


def test_sending_keeps_the_whole_text_with_the_name_of_who_signed_it_off(cast: Cast) -> None:
    save(cast, players.TEXT)
    players.submit(cast)
    revision = cast.agency_return.revisions.get()
    assert (revision.number, revision.kind, revision.by) == (1, "submitted", cast.lead)
    assert revision.data == {
        "version": 1,
        "agency": "Midvale Police",
        "nil_reason": "",
        "sign_off": {
            "name": "Dilys Morgan",
            "post": "Head of Safeguarding",
            "on": timezone.localdate().isoformat(),
        },
        "answers": [{"question": cast.question.wording, "html": players.TEXT}],
    }


def test_a_closed_collection_ends_the_writing(cast: Cast) -> None:
    save(cast, "<p>Mine.</p>")
    collections.close_collection(cast.collection, by=cast.coordinator)
    with pytest.raises(NotNow):
        save(cast, "<p>More.</p>", base=1, sequence=2)
    with pytest.raises(NotNow):
        players.submit(cast)
    with pytest.raises(NotNow):
        drafting.ask(cast.agency_return, kind=AskKind.REOPENING, reason="A slip.", by=cast.lead)
    assert rows(cast) == [("<p>Mine.</p>", 0, 1, True)]


# --- Typed in by a coordinator -------------------------------------------------------------------


def test_a_coordinator_does_not_touch_a_draft_the_agency_has_begun(cast: Cast) -> None:
    save(cast, "<p>The agency’s draft.</p>")
    with pytest.raises(NotNow):
        players.type_in(cast, "<p>From an e-mail.</p>")
    with pytest.raises(NotNow):
        players.submit_for_agency(cast)
    assert (answer(cast).html, cast.agency_return.typed_by) == ("<p>The agency’s draft.</p>", None)


def test_nothing_to_report_is_a_draft_that_a_coordinator_does_not_touch(cast: Cast) -> None:
    drafting.set_nil(cast.agency_return, reason="No work with children.", by=cast.lead)
    with pytest.raises(NotNow):
        players.type_in(cast, "<p>From an e-mail.</p>")
    with pytest.raises(NotNow):
        players.submit_for_agency(cast)
    assert (cast.agency_return.nil_reason, cast.agency_return.status) == ("No work with children.", "draft")


def test_what_was_typed_in_becomes_the_agencys_own_when_it_writes(cast: Cast) -> None:
    players.type_in(cast, "<p>From an e-mail.</p>")
    assert cast.agency_return.typed_by == cast.coordinator
    save(cast, "<p>Better said.</p>", base=1)
    assert cast.agency_return.typed_by is None
    with pytest.raises(NotNow):
        players.type_in(cast, "<p>Once more.</p>")


def test_what_was_typed_in_becomes_the_agencys_own_when_it_says_there_is_nothing(cast: Cast) -> None:
    players.type_in(cast, "<p>From an e-mail.</p>")
    drafting.set_nil(cast.agency_return, reason="That was last year’s.", by=cast.lead)
    assert cast.agency_return.typed_by is None
    with pytest.raises(NotNow):
        players.submit_for_agency(cast)


def test_sending_an_empty_box_is_not_typing_in(cast: Cast) -> None:
    players.type_in(cast, "")
    assert cast.agency_return.typed_by is None


def test_two_coordinators_type_at_once_and_both_texts_are_kept(cast: Cast) -> None:
    players.type_in(cast, "<p>One.</p>")
    saved = typing_in.type_in(
        cast.agency_return,
        cast.question,
        html="<p>Two.</p>",
        base_version=0,
        client=CLIENT,
        sequence=1,
        by=cast.second_coordinator,
    )
    assert (saved.applied, saved.answer.html) == (False, "<p>One.</p>")
    assert rows(cast) == [("<p>One.</p>", 0, 1, True), ("<p>Two.</p>", 0, 1, False)]


def test_a_lead_of_another_agency_cannot_write_here(cast: Cast) -> None:
    with pytest.raises(PermissionDenied) as refused:
        save(cast, "<p>Not mine.</p>", by=cast.other_lead)
    assert str(refused.value) == (
        "Only the person responsible for the return in the agency or the agency’s people can do this."
    )
    assert not cast.agency_return.answers.exists()
