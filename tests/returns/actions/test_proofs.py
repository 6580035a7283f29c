"""Proofs: who sends, answers and settles them, when, what is told to whom, and what the pages show."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.errors import NotNow
from agencies.models import Event, Message
from returns.actions import proofs, readiness
from returns.appendix.compile import compile_document
from returns.models import Proof, overview
from tests.agencies import factories
from tests.returns import cast as players

pytestmark = pytest.mark.django_db
SECRET = "The number in the second line is wrong."


@pytest.fixture
def sent(cast):
    players.bring_to(cast, "approved")
    send(cast)
    return Proof.objects.get()


def send(cast, *, days: int = 7, by=None) -> int:
    return proofs.send_proofs(cast.collection, answer_by=players.in_days(days), by=by or cast.coordinator)


def at(cast, name: str, *more: object) -> str:
    agency = [cast.seat.agency.slug] if name == "proof" else []
    return reverse(name, args=[cast.partnership.slug, cast.collection.slug, *agency, *more])


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


# --- Sending -----------------------------------------------------------------------------------------


def test_a_proof_goes_to_those_whose_return_is_approved(cast, sent):
    assert (sent.agency_return, sent.state) == (cast.agency_return, ("Not answered yet", "todo"))
    told = Message.objects.get(kind="proof")
    assert (told.to_email, told.link) == (cast.lead.email, at(cast, "proof"))
    assert "Children told us" not in told.subject + str(told.paragraphs)
    assert [one.phrase for one in Event.objects.filter(act="send_proofs")] == ["sent 1 proof of the appendix"]


def test_who_has_accepted_is_not_asked_again_until_the_text_changes(cast, sent):
    proofs.answer_proof(sent, objection="", by=cast.lead)
    with pytest.raises(NotNow, match="nobody to send a proof to"):
        send(cast)
    reapprove(cast)
    assert not Proof.objects.get().says_the_same_as(proofs.approved_text(cast.agency_return))
    assert send(cast) == 1
    assert Proof.objects.newest_of_each().get().is_open


def test_an_objection_is_not_replaced_by_a_new_proof_while_it_waits(cast, sent):
    proofs.answer_proof(sent, objection=SECRET, by=cast.lead)
    with pytest.raises(NotNow, match="waits for your answer to its objection"):
        send(cast, days=3)
    approve_the_other(cast)
    assert send(cast, days=3) == 1
    assert Message.objects.filter(kind="proof", to_email=cast.lead.email).count() == 1
    assert ("Midvale Police objects to how it will be printed", True) in said(cast)
    coordinator = players.client(cast.coordinator)
    assert "Your turn: answer the objection" in text(coordinator.get(reverse("home")))
    page = text(coordinator.get(at(cast, "proofs")))
    assert SECRET in page and "No new proof is sent to it until then." in page
    assert SECRET in text(players.client(cast.lead).get(at(cast, "proof")))

    reapprove(cast)  # even with another text, which it has not seen yet
    assert "Send a new proof when you have answered." in text(coordinator.get(at(cast, "proofs")))
    assert send(cast) == 1
    proofs.settle_objection(Proof.objects.get(pk=sent.pk), settlement="Mended.", by=cast.coordinator)
    assert send(cast) == 2


def test_an_objection_stays_in_the_list_while_the_return_is_open_again(cast, sent):
    proofs.answer_proof(sent, objection=SECRET, by=cast.lead)
    players.move(cast, "reopen")
    assert SECRET in text(players.client(cast.coordinator).get(at(cast, "proofs")))


def test_only_the_newest_proof_is_answered(cast, sent):
    send(cast, days=3)
    with pytest.raises(NotNow, match="A newer proof was sent"):
        proofs.answer_proof(sent, objection=SECRET, by=cast.lead)


def approve_the_other(cast) -> None:
    """As if the other agency had sent the same text."""
    other = cast.collection.returns.get(seat=cast.other_seat)
    revision = proofs.approved_text(cast.agency_return)
    type(other).objects.filter(pk=other.pk).update(status="approved")
    revision.pk, revision.agency_return = None, other
    revision.save()


def reapprove(cast) -> None:
    players.move(cast, "reopen")
    players.save(cast, "<p>Another text.</p>")
    players.submit(cast)
    players.move(cast, "approve")


def test_the_day_is_not_past_and_something_is_approved(cast):
    with pytest.raises(NotNow, match="today or a later day"):
        send(cast, days=-1)
    with pytest.raises(NotNow, match="nobody to send"):
        send(cast)


@pytest.mark.parametrize("who", ["second_reader", "lead", "board", "outside_coordinator"])
def test_only_a_coordinator_sends_and_settles(cast, sent, who):
    with pytest.raises(PermissionDenied):
        send(cast, by=getattr(cast, who))
    with pytest.raises(PermissionDenied):
        proofs.settle_objection(sent, settlement="x", by=getattr(cast, who))


# --- Answering ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["contributor", "other_lead", "coordinator", "removed"])
def test_only_the_person_responsible_answers(cast, sent, who):
    with pytest.raises(PermissionDenied):
        proofs.answer_proof(sent, objection="", by=getattr(cast, who))


def test_an_answer_is_given_once_and_by_the_day(cast, sent):
    proofs.answer_proof(sent, objection="", by=cast.lead)
    assert Proof.objects.get().state == ("Accepted", "done")
    assert not Message.objects.filter(kind="proof_objection").exists()
    with pytest.raises(NotNow, match="Aneela Khan has answered already"):
        proofs.answer_proof(sent, objection="No.", by=cast.lead)
    Proof.objects.update(
        answered_at=None, answered_by=None, answer_by=timezone.localdate() - timedelta(days=1)
    )
    assert Proof.objects.get().state == ("No answer by the date", "quiet")
    with pytest.raises(NotNow, match="is over"):
        proofs.answer_proof(sent, objection="No.", by=cast.lead)


def test_an_objection_stands_until_it_is_answered(cast, sent):
    with pytest.raises(NotNow, match="no objection"):
        proofs.settle_objection(sent, settlement="Mended.", by=cast.coordinator)
    proofs.answer_proof(sent, objection=SECRET, by=cast.lead)
    assert (Proof.objects.get().is_objection, Proof.objects.get().state[0]) == (True, "Objects")
    told = Message.objects.filter(kind="proof_objection")
    assert {one.to_email for one in told} == {cast.coordinator.email, cast.second_coordinator.email}
    with pytest.raises(NotNow, match="what came of it"):
        proofs.settle_objection(sent, settlement=" ", by=cast.coordinator)
    proofs.settle_objection(sent, settlement="It is mended.", by=cast.coordinator)
    assert Proof.objects.get().state == ("Objection answered", "done")
    assert Message.objects.get(kind="proof_settled").to_email == cast.lead.email
    assert all(SECRET not in f"{one.subject} {one.paragraphs}" for one in Message.objects.all())
    [event] = Event.objects.filter(act="answer_proof")
    assert event.reason == SECRET
    assert event.phrase == "objected to the section of Midvale Police in the appendix"
    with pytest.raises(NotNow, match="nobody to send"):
        send(cast)  # answered, and the text is the same


def test_what_does_not_fit_together_is_refused_by_the_database(sent):
    for wrong in ({"objection": "x"}, {"settlement": "x"}, {"answered_at": timezone.now()}):
        with transaction.atomic(), pytest.raises(IntegrityError):
            Proof.objects.update(**wrong)


# --- The pages ---------------------------------------------------------------------------------------


def test_a_lead_sees_the_section_and_objects(cast, sent):
    lead = players.client(cast.lead)
    page = text(lead.get(cast.agency_return.get_absolute_url()))
    assert "Look at how your section will be printed" in page
    assert "One thing is left" in page and "There is nothing more to do" not in page
    page = text(lead.get(at(cast, "proof")))
    assert "Children told us" in page and "Please say by" in page
    assert "Say whether it can be printed like this." in text(lead.post(at(cast, "proof"), {"accepted": ""}))
    assert "Say what is wrong" in text(lead.post(at(cast, "proof"), {"accepted": "no"}))
    read = {"read": sent.pk, "accepted": "no", "objection": SECRET}
    page = text(lead.post(at(cast, "proof"), read, follow=True))
    assert "Your agency objects" in page and SECRET in page and "<form method" not in page.split("<main")[1]
    for who in (cast.lead, cast.contributor):
        page = text(players.client(who).get(cast.agency_return.get_absolute_url()))
        assert "There is nothing more to do" not in page and SECRET in page
        assert "It is the partnership’s turn: it answers your objection, and you get an e-mail." in page
        assert "What was said here cannot be changed; to add to it, write to the coordinator." in page


def test_nobody_answers_to_a_newer_proof_than_the_one_they_have_seen(cast, sent):
    lead = players.client(cast.lead)
    assert f'name="read" value="{sent.pk}"' in text(lead.get(at(cast, "proof")))
    reapprove(cast)
    send(cast)
    newest = Proof.objects.latest("pk")
    answer = {"read": sent.pk, "accepted": "no", "objection": SECRET}
    for said in (answer, answer | {"read": "no number"}):
        page = text(lead.post(at(cast, "proof"), said))
        assert "A newer proof was sent since you opened this page." in page
        assert SECRET in page and f'name="read" value="{newest.pk}"' in page
    assert not Proof.objects.exclude(answered_at=None).exists()
    lead.post(at(cast, "proof"), answer | {"read": newest.pk})
    newest.refresh_from_db()
    assert newest.objection == SECRET


def test_the_agency_reads_what_it_answered_beside_what_came_of_it(cast, sent):
    lead = players.client(cast.lead)
    proofs.answer_proof(sent, objection=SECRET, by=cast.lead)
    proofs.settle_objection(Proof.objects.get(), settlement="It is mended.", by=cast.coordinator)
    for url in (cast.agency_return.get_absolute_url(), at(cast, "proof")):
        page = text(lead.get(url))
        assert "The partnership has answered your objection" in page
        assert "It is mended." in page and SECRET in page
    assert "There is nothing more to do" in text(lead.get(cast.agency_return.get_absolute_url()))
    reapprove(cast)
    send(cast)
    proofs.answer_proof(Proof.objects.first(), objection="", by=cast.lead)
    page = text(lead.get(cast.agency_return.get_absolute_url()))
    assert (
        "Your agency has accepted how it will be printed" in page and "This answer cannot be changed" in page
    )


def test_an_objection_is_seen_where_the_coordinator_works(cast, sent):
    proofs.answer_proof(sent, objection=SECRET, by=cast.lead)
    answer, browser = at(cast, "proof_settle", sent.pk), players.client(cast.coordinator)
    year = text(browser.get(cast.collection.get_absolute_url()))
    assert f'<a href="{answer}">Objects to how it will be printed</a>' in year
    assert "<dt>for the partnership to read or decide</dt><dd>1</dd>" in year and "Nothing to do" not in year
    assert [row.name for row in overview.rows(cast.collection)] == ["Midvale Police", "Vale Hospitals"]
    review = text(browser.get(cast.agency_return.url("review")))
    assert SECRET in review and answer in review
    assert "The partnership’s turn" in review and "Nothing to do" not in review
    reader = text(players.client(cast.second_reader).get(cast.agency_return.url("review")))
    assert SECRET in reader and answer not in reader
    settle = text(browser.get(answer))
    assert cast.agency_return.url("move", "reopen") in settle
    type(cast.collection).objects.update(stage="closed", closed_at=timezone.now())
    again = reverse("collection_reopen", args=[cast.partnership.slug, cast.collection.slug])
    assert again in text(browser.get(answer))
    proofs.settle_objection(sent, settlement="It is mended.", by=cast.coordinator)
    assert answer not in text(browser.get(cast.collection.get_absolute_url()))
    assert SECRET not in text(browser.get(cast.agency_return.url("review")))


def test_a_contributor_reads_it_and_others_find_nothing(cast, sent):
    assert "The person responsible for your return answers" in text(
        players.client(cast.contributor).get(at(cast, "proof"))
    )
    for user, status in (
        (cast.other_lead, 404),
        (cast.board, 404),
        (cast.second_reader, 403),
        (cast.coordinator, 403),
    ):
        assert players.client(user).get(at(cast, "proof")).status_code == status


def test_a_coordinator_sends_follows_and_answers(cast):
    browser = players.client(cast.coordinator)
    assert "No return is approved yet" in text(browser.get(at(cast, "proofs")))
    players.bring_to(cast, "approved")
    assert "No proof sent" in text(browser.get(at(cast, "proofs")))
    assert "Enter a date." in text(browser.post(at(cast, "proofs"), {"answer_by": ""}))
    assert "later day" in text(browser.post(at(cast, "proofs"), {"answer_by": "2020-01-01"}))
    page = text(browser.post(at(cast, "proofs"), {"answer_by": players.in_days(7).isoformat()}, follow=True))
    assert "The proofs are sent." in page and "Not answered yet" in page
    proof = Proof.objects.get()
    assert browser.get(at(cast, "proof_settle", proof.pk)).status_code == 404
    proofs.answer_proof(proof, objection=SECRET, by=cast.lead)
    assert SECRET in text(browser.get(at(cast, "proofs")))
    settle = at(cast, "proof_settle", proof.pk)
    assert SECRET in text(browser.get(settle))
    page = text(browser.post(settle, {"settlement": "It is mended."}, follow=True))
    assert "Objection answered" in page and "It is mended." in page
    assert "There is no objection" in text(browser.post(settle, {"settlement": "Twice."}))
    assert "It is mended." in text(players.client(cast.lead).get(at(cast, "proof")))


def test_a_text_that_changed_after_the_proof_says_so(cast, sent):
    reapprove(cast)
    assert "The text has changed since" in text(players.client(cast.coordinator).get(at(cast, "proofs")))
    page = text(players.client(cast.lead).get(at(cast, "proof")))
    assert "The text has changed since" in page and "Children told us" in page


def test_the_list_costs_the_same_for_more_agencies(cast, sent):
    browser = players.client(cast.coordinator)

    def queries() -> int:
        browser.get(at(cast, "proofs"))
        with CaptureQueriesContext(connection) as captured:
            browser.get(at(cast, "proofs"))
        return len(captured)

    before = queries()
    approve_the_other(cast)
    assert send(cast) == 2
    assert queries() == before


# --- Before publishing ---------------------------------------------------------------------------------


def said(cast) -> list[tuple[str, bool]]:
    document = compile_document(cast.collection)
    return [
        (one.title, one.blocks) for one in readiness.points(cast.collection, document) if "proof" in one.url
    ]


def test_an_objection_stands_in_the_way_until_it_is_answered(cast, sent):
    assert said(cast) == [("Midvale Police has not answered its proof", True)]
    proofs.answer_proof(sent, objection=SECRET, by=cast.lead)
    assert said(cast) == [("Midvale Police objects to how it will be printed", True)]
    proofs.settle_objection(sent, settlement="Mended.", by=cast.coordinator)
    assert said(cast) == []


def test_nobody_is_waited_for_after_the_day(cast, sent):
    Proof.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    assert said(cast) == [("Midvale Police did not answer its proof", False)]


def test_the_publisher_reads_who_did_not_answer_and_publishing_closes_their_proof(cast, sent):
    lead, place = players.client(cast.lead), [cast.partnership.slug, cast.collection.slug]
    Proof.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    assert "Nobody in your agency answered by" in text(lead.get(at(cast, "proof")))
    collection = players.prepare(cast)
    reader = players.client(cast.second_reader)
    reader.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    page = text(reader.get(reverse("edition_publish", args=place)))
    assert "These did not answer their proof" in page
    Proof.objects.update(answer_by=players.in_days(3))  # as if it were sent between reading and publishing
    with pytest.raises(NotNow, match="has not answered its proof"):
        players.publish(cast)
    Proof.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    edition = players.publish(cast)
    assert Proof.objects.get().closed_at == edition.published_at
    Proof.objects.update(answer_by=players.in_days(3))
    assert "The appendix is published" in text(lead.get(at(cast, "proof")))
    assert "Please say by" not in text(lead.get(at(cast, "proof")))
    with pytest.raises(NotNow, match="is published"):
        proofs.answer_proof(Proof.objects.get(), objection="", by=cast.lead)
    assert collection.is_closed
