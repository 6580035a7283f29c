"""What children and agencies wrote stands in no e-mail, no log, no address and no title, in a whole story."""

from __future__ import annotations

import logging

import pytest

from agencies.actions import messages
from agencies.models import Event, Message
from returns.actions import (
    chasing,
    checking,
    drafting,
    editions,
    proofs,
    second_reading,
    showing,
    signing_off,
    typing_in,
)
from returns.models import AskKind, Confirmation, Proof
from returns.models.writing import Revision
from tests.returns import cast as players
from tests.returns.actions.test_second_reading import SOMEBODY, STORY, keep_all
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

# One word for each kind of what people write; none occurs anywhere else.
ANSWER, NIL, REASON, ASKED, NOTE, DENIAL = (
    "zuckermann",
    "yggdrasil",
    "xylophone",
    "wolkenkratzer",
    "vuvuzela",
    "ukulele",
)
MARKS = (ANSWER, NIL, REASON, ASKED, NOTE, DENIAL)


def story(cast: Cast) -> None:
    """Every act there is, each with a marked word wherever a person writes one."""
    lead, coordinator, second = cast.lead, cast.coordinator, cast.second_coordinator
    text = f"<p>A child said {ANSWER}.</p>"
    drafting.set_nil(cast.agency_return, reason=f"None, {NIL}.", by=lead)
    players.save(cast, text)
    ask = drafting.ask(
        cast.agency_return, kind=AskKind.MORE_TIME, reason=ASKED, by=lead, wanted_on=players.in_days(40)
    )
    chasing.answer_ask(ask, granted=False, note=NOTE, by=coordinator)
    ask = drafting.ask(
        cast.agency_return, kind=AskKind.MORE_TIME, reason=ASKED, by=lead, wanted_on=players.in_days(40)
    )
    chasing.answer_ask(ask, granted=True, note=NOTE, by=coordinator)
    chasing.grant_time(cast.agency_return, due_on=players.in_days(1), by=coordinator)
    chasing.remind_all(players.in_days(8))
    for name in ("submit", "take_back", "submit", "begin_review", "request_changes"):
        move(cast, name)
    players.save(cast, f"{text}<p>And {ANSWER} again.</p>")
    for name in ("submit", "approve", "hold", "reopen", "submit", "approve"):
        move(cast, name)
    ask = drafting.ask(cast.agency_return, kind=AskKind.REOPENING, reason=ASKED, by=lead)
    chasing.answer_ask(ask, granted=True, note=NOTE, by=coordinator)
    for name in ("exclude", "include", "submit", "approve"):
        move(cast, name)
    showing.show(cast.collection, by=coordinator)
    typed(cast, text, by=second)


def move(cast: Cast, name: str) -> None:
    if name == "submit":
        players.submit(cast)
    else:
        players.move(cast, name, by=cast.lead if name == "take_back" else None, reason=REASON)


def typed(cast: Cast, text: str, *, by) -> None:
    """The other agency's answer is typed in, denied, typed in anew and confirmed."""
    other = cast.collection.returns.for_pages().get(seat=cast.other_seat)
    for number, confirmed in enumerate((False, True), start=1):
        typing_in.type_in(
            other,
            cast.question,
            html=text * number,
            base_version=number - 1,
            client="00000000000000dd",
            sequence=number,
            by=by,
        )
        confirmation = typing_in.submit_for_agency(
            other,
            by=by,
            signed_name="Dilys Morgan",
            signed_post="Head",
            signed_on=players.in_days(0),
            email="dilys.morgan@example.org",
            told=players.NOBODY,
        )
        typing_in.resend_confirmation(confirmation, by=by)
        confirmation.refresh_from_db()
        typing_in.answer_confirmation(confirmation, confirmed=confirmed, note="" if confirmed else DENIAL)
        if not confirmed:
            players.moves.move(other, "request_changes", by=by, reason=REASON)


def test_the_marks_were_written(cast: Cast) -> None:
    """Or all of the following would prove nothing."""
    story(cast)
    reasons = " ".join(Event.objects.values_list("reason", flat=True))
    assert [mark in reasons for mark in (REASON, ASKED, NOTE, DENIAL)] == [True] * 4
    assert ANSWER in str(list(Revision.objects.values_list("data", flat=True)))
    assert Confirmation.objects.filter(note=DENIAL).count() == 1


def test_no_message_holds_a_word_of_it(cast: Cast, mailoutbox: list) -> None:
    story(cast)
    rows = str(list(Message.objects.values())).lower()
    assert [mark for mark in MARKS if mark in rows] == []
    messages.send_waiting()
    mails = "".join(f"{mail.subject} {mail.message()} {mail.body} {mail.alternatives}" for mail in mailoutbox)
    assert [mark for mark in MARKS if mark in mails.lower()] == []
    kinds = set(Message.objects.filter(partnership=cast.partnership).values_list("kind", flat=True))
    assert kinds - {"invitation"} == {
        "opened",
        "asked",
        "ask_answered",
        "time_granted",
        "reminder",
        "submitted",
        "resubmitted",
        "taken_back",
        "review_begun",
        "changes_requested",
        "approved",
        "held",
        "reopened",
        "excluded",
        "included",
        "shown",
        "typed_in",
        "confirmation",
        "confirmation_answered",
    }


def test_every_message_names_its_partnership_before_the_signature(cast: Cast) -> None:
    """Somebody who is responsible in two partnerships has two returns of the same year."""
    story(cast)
    to_the_end(cast)
    name, sent = cast.partnership.name, Message.objects.filter(partnership=cast.partnership)
    assert {one.kind for one in sent if name not in one.subject + one.paragraphs[0]} == set()
    assert {one.kind for one in sent} > LATE_KINDS


LATE_KINDS = {
    "case_refused",
    "case_studies_read",
    "case_study_waits",
    "closed",
    "edition_prepared",
    "proof",
    "proof_objection",
    "proof_settled",
    "published",
    "ready",
    "sign_off",
    "sign_off_answered",
    "withdrawn",
}


def to_the_end(cast: Cast) -> None:
    """What the story leaves out: a sign-off by link, case studies, proofs, the closing and the edition."""
    players.move(cast, "reopen")
    checking.mark_ready(cast.agency_return, by=cast.contributor)
    sign_off = players.ask_sign_off(cast)
    signing_off.answer(sign_off, signed=True)
    players.save(cast, STORY)
    players.submit(cast, told=SOMEBODY)
    keep_all(cast)
    [case] = second_reading.of(cast.agency_return)
    second_reading.refuse(cast.agency_return, read=case.key, reason="A neighbour.", by=cast.second_reader)
    second_reading.sign_off(cast.agency_return, read=case.key, note="Nobody can tell.", by=cast.second_reader)
    players.move(cast, "approve")
    proofs.send_proofs(cast.collection, answer_by=players.in_days(7), by=cast.coordinator)
    proof = Proof.objects.get(agency_return=cast.agency_return)
    proofs.answer_proof(proof, objection="A number.", by=cast.lead)
    proofs.settle_objection(proof, settlement="Mended.", by=cast.coordinator)
    other = cast.collection.returns.get(seat=cast.other_seat)
    players.moves.move(other, "request_changes", by=cast.coordinator, reason=REASON)  # and never sent again
    edition = players.publish(cast)
    editions.withdraw(edition, because="A name.", by=cast.coordinator)


def test_one_answers_to_who_acted(cast: Cast) -> None:
    """A coordinator, or somebody of the agency; else the coordinator who has been there longest."""
    story(cast)
    mails = Message.objects.filter(partnership=cast.partnership).exclude(kind="invitation")
    by_kind = {
        kind: set(mails.filter(kind=kind).values_list("reply_to", flat=True))
        for kind in mails.values_list("kind", flat=True)
    }
    first, second, lead = cast.coordinator.email, cast.second_coordinator.email, cast.lead.email
    others = {
        "typed_in": {second},
        "confirmation": {second},
        "changes_requested": {first, second},
        "confirmation_answered": {"dilys.morgan@example.org"},
        "asked": {lead},
        "submitted": {lead},
        "resubmitted": {lead},
        "taken_back": {lead},
    }
    assert by_kind == {kind: {first} for kind in by_kind} | others


def test_nobody_is_told_of_what_they_did_themselves_nor_anybody_outside(cast: Cast) -> None:
    story(cast)
    known = {
        "coordinator": cast.coordinator,
        "second_coordinator": cast.second_coordinator,
        "lead": cast.lead,
        "contributor": cast.contributor,
        "other_lead": cast.other_lead,
        "board": cast.board,
    }
    address = {person.email: name for name, person in known.items()} | {
        "dilys.morgan@example.org": "signed off"
    }
    mails = Message.objects.filter(partnership=cast.partnership).exclude(kind="invitation")
    assert {address[to] for to in mails.values_list("to_email", flat=True)} == set(address.values())
    own = mails.filter(about=cast.agency_return.about).exclude(kind__in=["opened", "reminder"])
    assert not own.filter(to_email=cast.other_lead.email).exists()
    assert set(mails.filter(to_email=cast.board.email).values_list("kind", flat=True)) == {"shown"}


def test_no_log_holds_a_word_of_it(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    """Django's own record of statements apart, which is written with DEBUG only, and DEBUG is never on."""
    from django.conf import settings

    assert settings.DEBUG is False
    caplog.set_level(logging.DEBUG)
    story(cast)
    browse(cast)
    messages.send_waiting()
    lines = " ".join(f"{one.getMessage()} {one.__dict__}" for one in caplog.records).lower()
    assert caplog.records
    assert [mark for mark in MARKS if mark in lines] == []


def browse(cast: Cast) -> list[str]:
    """Reads and writes by pages; the addresses that were visited or led to."""
    one, seen = cast.agency_return, []
    lead = players.client(cast.lead)
    form = {"text": f"He said {ANSWER}", "base_version": "0", "client": "00000000000000ee", "sequence": "1"}
    answers = [
        lead.post(one.url("answer_edit", 1), form),
        lead.post(one.url("answer_edit", 1), {**form, "base_version": "x"}),
        lead.post(one.url("ask_reopening"), {"reason": ASKED}),
        players.client(None).post(one.url("answer_edit", 1), form),
        players.client(cast.coordinator).post(one.url("move", "hold"), {"reason": REASON}),
        players.client(cast.coordinator).get(one.url("review")),
        players.client(cast.board).get("/no-such-page/"),
    ]
    for answer in answers:
        seen.append(
            f"{answer.request['PATH_INFO']}?{answer.request['QUERY_STRING']} {answer.get('Location', '')}"
        )
        seen.append(str(dict(answer.headers)))
        seen.append(str({name: cookie.value for name, cookie in answer.cookies.items()}))
    return seen


def test_no_address_cookie_or_header_holds_a_word_of_it(cast: Cast) -> None:
    story(cast)
    told = " ".join(browse(cast)).lower()
    assert [mark for mark in MARKS if mark in told] == []


def test_no_event_holds_a_word_of_an_answer(cast: Cast) -> None:
    story(cast)
    rows = str(list(Event.objects.values())).lower()
    assert [mark for mark in (ANSWER, NIL) if mark in rows] == []
    phrases = str(list(Event.objects.values_list("phrase", flat=True))).lower()
    assert [mark for mark in MARKS if mark in phrases] == []
