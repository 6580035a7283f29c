"""Two people for what is approved, and readers who read no more than was sent: tried from both sides."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from agencies.errors import NotNow
from agencies.models import RoleKind, User
from returns import permissions
from returns.actions import chasing, collections, drafting, showing
from returns.models import AskKind, Collection, Return
from returns.workflow import Status
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

MARK = "harlequin"


def give(cast: Cast, user: User, kind: RoleKind, *, in_agency: bool = True) -> User:
    """The person gets another part, by an invitation to the address they have."""
    seat = cast.seat if in_agency else None
    return factories.member(cast.partnership, kind, seat=seat, email=user.email, by=cast.administrator)


def refusal(cast: Cast, by: User) -> tuple[str, ...]:
    """Why the person may not approve; that they may not is certain."""
    with pytest.raises(NotNow) as refused:
        players.move(cast, "approve", by=by)
    assert cast.agency_return.state in (Status.SUBMITTED, Status.IN_REVIEW)
    return refused.value.reasons


# --- Who may not approve -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [RoleKind.LEAD, RoleKind.CONTRIBUTOR])
def test_a_coordinator_with_a_part_in_the_agency(cast: Cast, kind: RoleKind) -> None:
    both = give(cast, cast.coordinator, kind)
    players.bring_to(cast, Status.SUBMITTED)
    assert refusal(cast, both) == (
        "You have a part in this agency, so another coordinator has to approve its return.",
    )
    assert players.move(cast, "approve", by=cast.second_coordinator).status == Status.APPROVED


def test_a_part_in_another_agency_is_no_reason(cast: Cast) -> None:
    both = factories.member(
        cast.partnership,
        RoleKind.LEAD,
        seat=cast.other_seat,
        email=cast.coordinator.email,
        by=cast.administrator,
    )
    players.bring_to(cast, Status.SUBMITTED)
    assert players.move(cast, "approve", by=both).status == Status.APPROVED


def test_a_coordinator_who_once_wrote_a_word_of_it(cast: Cast) -> None:
    """The part has ended since; the words have not."""
    both = give(cast, cast.coordinator, RoleKind.CONTRIBUTOR)
    players.save(cast, "<p>My words.</p>", by=both)
    from agencies.actions.people import end_role

    end_role(both.roles.get(kind="contributor"), by=cast.administrator)
    players.save(cast, "<p>The agency’s words.</p>")
    players.submit(cast)
    assert refusal(cast, factories.fresh(both)) == (
        "You typed some of this text, so another coordinator has to approve it.",
    )
    assert players.move(cast, "approve", by=cast.second_coordinator).status == Status.APPROVED


def test_a_coordinator_who_typed_it_in(cast: Cast) -> None:
    players.type_in(cast)
    players.submit_for_agency(cast, by=cast.second_coordinator)
    cast.agency_return.confirmations.update(confirmed=True, answered_at="2026-01-01T00:00:00Z")
    assert refusal(cast, cast.coordinator) == (
        "You typed some of this text, so another coordinator has to approve it.",
    )
    assert refusal(cast, cast.second_coordinator) == (
        "You sent this return for the agency, so another coordinator has to approve it.",
    )
    third = factories.coordinator(cast.partnership, name="Third Person")
    assert players.move(cast, "approve", by=third).status == Status.APPROVED


def test_a_refused_save_is_no_part_of_the_text(cast: Cast) -> None:
    both = give(cast, cast.coordinator, RoleKind.CONTRIBUTOR)
    players.save(cast, "<p>The agency’s words.</p>")
    stale = drafting.save_answer(
        cast.agency_return,
        cast.question,
        html="<p>Never taken.</p>",
        base_version=0,
        client="00000000000000cc",
        sequence=1,
        by=both,
    )
    assert not stale.applied
    from agencies.actions.people import end_role

    end_role(both.roles.get(kind="contributor"), by=cast.administrator)
    players.submit(cast)
    assert players.move(cast, "approve", by=factories.fresh(both)).status == Status.APPROVED


@pytest.mark.parametrize("person", ["second_reader", "board", "lead", "contributor", "administrator"])
def test_nobody_else_approves(cast: Cast, person: str) -> None:
    players.bring_to(cast, Status.SUBMITTED)
    with pytest.raises(PermissionDenied):
        players.move(cast, "approve", by=getattr(cast, person))
    assert cast.agency_return.status == Status.SUBMITTED


# --- What second readers read --------------------------------------------------------------------


def text_pages(cast: Cast, by: User) -> dict[str, int]:
    """Every page on which the text of the return could stand, with its status; none of them may hold the mark
    unless it was sent."""
    one = cast.agency_return
    browser = players.client(by)
    urls = {
        name: one.url(name, *arguments)
        for name, arguments in {
            "agency_return": (),
            "answer_edit": (1,),
            "as_printed": (),
            "check": (),
            "copy_to_keep": (),
            "review": (),
            "return_history": (),
            "revision": (1,),
            "type_in": (),
            "type_in_answer": (1,),
            "type_in_send": (),
        }.items()
    }
    urls |= {
        "collection": cast.collection.get_absolute_url(),
        "collection_history": f"{cast.collection.get_absolute_url()}history/",
        "appendix": f"{cast.collection.get_absolute_url()}appendix/",
    }
    pages = {name: browser.get(url) for name, url in urls.items()}
    return {name for name, page in pages.items() if MARK in page.content.decode()}


def written(cast: Cast) -> None:
    players.save(cast, f"<p>A draft with a {MARK} in it.</p>")


def step(*names: str):
    def walk(cast: Cast) -> None:
        written(cast)
        for name in names:
            if name == "submit":
                players.submit(cast)
            else:
                players.move(cast, name, by=cast.lead if name == "take_back" else cast.second_coordinator)

    return walk


UNREAD = {
    "a draft": step(),
    "one taken back": step("submit", "take_back"),
    "one left out as a draft": step("exclude"),
    "one left out when it was sent": step("submit", "exclude"),
    "one left out when it was approved": step("submit", "approve", "exclude"),
}
READ = {
    "one sent": step("submit"),
    "one being read": step("submit", "begin_review"),
    "one sent back": step("submit", "request_changes"),
    "one approved": step("submit", "approve"),
    "one on hold": step("submit", "approve", "hold"),
    "one opened again": step("submit", "approve", "reopen"),
}


@pytest.mark.parametrize("road", UNREAD)
@pytest.mark.parametrize("person", ["second_reader", "coordinator", "board", "other_lead"])
def test_what_was_not_sent_is_read_by_nobody_outside(cast: Cast, road: str, person: str) -> None:
    UNREAD[road](cast)
    assert text_pages(cast, getattr(cast, person)) == set()


@pytest.mark.parametrize("road", READ)
@pytest.mark.parametrize("person", ["second_reader", "coordinator"])
def test_what_was_sent_is_read_by_readers(cast: Cast, road: str, person: str) -> None:
    READ[road](cast)
    shown = {"review", "revision", "agency_return"} - {"agency_return"}
    printed = {"appendix"} if cast.agency_return.status == Status.APPROVED else set()
    assert text_pages(cast, getattr(cast, person)) == shown | printed


@pytest.mark.parametrize("road", READ)
@pytest.mark.parametrize("person", ["board", "other_lead", "stranger", "removed", "outside_coordinator"])
def test_what_was_sent_is_read_by_no_others(cast: Cast, road: str, person: str) -> None:
    READ[road](cast)
    assert text_pages(cast, getattr(cast, person)) == set()


def test_what_is_written_after_changes_were_asked_for_is_a_draft_again(cast: Cast) -> None:
    step("submit", "request_changes")(cast)
    players.save(cast, "<p>A new text with a secondmark.</p>")
    page = players.client(cast.second_reader).get(cast.agency_return.url("review")).content.decode()
    assert (MARK in page, "secondmark" in page) == (True, False)


def test_one_sent_again_and_taken_back_is_hidden_with_all_that_came_before(cast: Cast) -> None:
    step("submit", "request_changes", "submit", "take_back")(cast)
    for reader in (cast.second_reader, cast.coordinator):
        assert text_pages(cast, reader) == set()
    lead = players.client(cast.lead).get(cast.agency_return.url("return_history")).content.decode()
    assert "Taken back" in lead


def test_a_revision_that_was_taken_back_stays_the_agencys_when_another_was_sent(cast: Cast) -> None:
    step("submit", "take_back")(cast)
    players.save(cast, "<p>Another text.</p>")
    players.submit(cast)
    readable = permissions.readable_revisions
    numbers = {
        person: list(readable(getattr(cast, person), cast.agency_return).values_list("number", flat=True))
        for person in ("lead", "contributor", "coordinator", "second_reader", "board", "other_lead")
    }
    assert numbers == {
        "lead": [1, 2],
        "contributor": [1, 2],
        "coordinator": [2],
        "second_reader": [2],
        "board": [],
        "other_lead": [],
    }
    assert players.client(cast.second_reader).get(cast.agency_return.url("revision", 1)).status_code == 404
    assert players.client(cast.lead).get(cast.agency_return.url("revision", 1)).status_code == 200


def test_a_second_reader_sees_the_returns_that_were_sent_only(cast: Cast) -> None:
    assert list(Return.objects.visible_to(cast.second_reader)) == []
    players.bring_to(cast, Status.SUBMITTED)
    assert list(Return.objects.visible_to(cast.second_reader)) == [cast.agency_return]


def test_a_second_reader_can_do_nothing(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    reader, one = cast.second_reader, cast.agency_return
    acts = [
        lambda: showing.show(cast.collection, by=reader),
        lambda: collections.close_collection(cast.collection, by=reader),
        lambda: collections.take_in(cast.collection, cast.other_seat, by=reader),
        lambda: collections.change_details(cast.collection, details=players.details(), by=reader),
        lambda: collections.start(cast.partnership, details=players.details(slug="2027"), by=reader),
        lambda: chasing.grant_time(one, due_on=players.in_days(90), by=reader),
        lambda: drafting.ask(one, kind=AskKind.REOPENING, reason="A slip.", by=reader),
        lambda: players.move(cast, "hold", by=reader),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert Collection.objects.get().shown_at is None
    assert cast.agency_return.status == Status.APPROVED
    page = players.client(reader).get(one.url("review")).content.decode()
    assert [
        word
        for word in ("Approve this text", "Put it on hold", "Open it for changes", "<main")
        if word in page
    ] == ["<main"]


# --- Approving what was read ---------------------------------------------------------------------


def test_what_came_in_meanwhile_is_shown_and_not_approved(cast: Cast) -> None:
    players.save(cast, "<p>The first text.</p>")
    players.submit(cast)
    players.move(cast, "take_back", by=cast.lead)
    players.save(cast, "<p>The second text.</p>")
    players.submit(cast)
    browser = players.client(cast.coordinator)
    page = browser.post(cast.agency_return.url("approve"), {"read": "1"})
    words = page.content.decode()
    assert page.status_code == 409
    assert "Something newer came in while you were reading" in words
    assert ("The second text." in words, "The first text." in words) == (True, False)
    assert cast.agency_return.status == Status.SUBMITTED
    assert browser.post(cast.agency_return.url("approve"), {"read": "2"}).status_code == 302
    assert cast.agency_return.status == Status.APPROVED


def test_what_came_in_after_changes_is_shown_with_what_differs(cast: Cast) -> None:
    step("submit", "request_changes")(cast)
    players.save(cast, f"<p>A draft with a {MARK} and a pierrot in it.</p>")
    players.submit(cast)
    page = players.client(cast.coordinator).post(cast.agency_return.url("approve"), {"read": "2"})
    assert page.status_code == 409
    assert "<ins>" in page.content.decode()


@pytest.mark.parametrize("read", ["", "x", "-1", "1.0", "²", "9" * 5000])
def test_approving_without_saying_what_was_read(cast: Cast, read: str) -> None:
    players.bring_to(cast, Status.SUBMITTED)
    answer = players.client(cast.coordinator).post(cast.agency_return.url("approve"), {"read": read})
    assert (answer.status_code, cast.agency_return.status) == (403, Status.SUBMITTED)


def test_approving_what_was_taken_back_meanwhile(cast: Cast) -> None:
    written(cast)
    players.submit(cast)
    players.move(cast, "take_back", by=cast.lead)
    page = players.client(cast.coordinator).post(cast.agency_return.url("approve"), {"read": "1"})
    assert (page.status_code, MARK in page.content.decode()) == (409, False)
    assert cast.agency_return.status == Status.DRAFT


def test_approving_twice_is_told_and_done_once(cast: Cast) -> None:
    players.bring_to(cast, Status.SUBMITTED)
    browser = players.client(cast.coordinator)
    answers = [browser.post(cast.agency_return.url("approve"), {"read": "1"}).status_code for _ in range(2)]
    assert answers == [302, 409]
    assert cast.agency_return.revisions.filter(kind="approved").count() == 1


# --- Both at once --------------------------------------------------------------------------------


def test_who_is_of_the_agency_and_a_coordinator_has_both_parts_and_no_more(cast: Cast) -> None:
    both = give(cast, cast.coordinator, RoleKind.LEAD)
    assert {one.value for one in permissions.parts(both, cast.agency_return)} == {"coordinator", "lead"}
    other = cast.collection.returns.for_pages().get(seat=cast.other_seat)
    assert {one.value for one in permissions.parts(both, other)} == {"coordinator"}


def test_a_disabled_person_has_no_part_at_all(cast: Cast) -> None:
    assert permissions.parts(cast.disabled_lead, cast.agency_return) == frozenset()
    assert list(Return.objects.visible_to(cast.disabled_lead)) == []
    assert list(Collection.objects.visible_to(cast.disabled_lead)) == []
