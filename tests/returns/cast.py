"""A cast for tests of returns: a partnership with two agencies, its people, and a return brought to a status
by the real road. Made by actions only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from django.test import Client
from django.utils import timezone

from agencies.actions import people
from agencies.models import Partnership, RoleKind, Seat, User
from returns.actions import collections, drafting, editions, moves, signing_off, typing_in, word_files
from returns.actions.collections import Details
from returns.appendix.compile import compile_document
from returns.models import Collection, Confirmation, Edition, Question, Return, SignOff, Told, WordFile
from returns.workflow import Status
from tests.agencies import factories
from tests.returns.importing.word_files import by_hand, paragraph

_sequence = count(1)
NOBODY = Told(tells=False)
SOMEBODY = Told(
    tells=True,
    permission="The mother agreed to publication; our participation worker holds it.",
    live="no",
    checked_by="Dilys Morgan, Head of Safeguarding",
    recognisable="No: place, age and school are left out.",
)
TEXT = "<p>Children told us that they wanted to know who would be in the room. We changed the letter in May 2025.</p>"


@dataclass
class Cast:
    partnership: Partnership
    seat: Seat
    other_seat: Seat
    administrator: User
    coordinator: User
    second_coordinator: User
    lead: User
    contributor: User
    other_lead: User
    second_reader: User
    board: User
    stranger: User
    removed: User
    disabled_lead: User
    outside_coordinator: User
    collection: Collection

    @property
    def agency_return(self) -> Return:
        return self.collection.returns.for_pages().get(seat=self.seat)

    @property
    def question(self) -> Question:
        return self.collection.questions.get(position=1)


def details(**changes: object) -> Details:
    today = timezone.localdate()
    values = {
        "slug": "2025-26",
        "label": "Appendix C",
        "report_title": "Yearly Report 2025-26",
        "name": "Partners Voice of the Child Snapshot",
        "period_start": today - timedelta(days=500),
        "period_end": today - timedelta(days=136),
        "opens_on": None,
        "due_on": today + timedelta(days=20),
    }
    return Details(**{**values, **changes})  # type: ignore[arg-type]


def make(*, open_it: bool = True) -> Cast:
    """Everybody there is, with a return that is not started."""
    admin = factories.administrator()
    home = factories.partnership(by=admin)
    seat, other = (
        factories.seat(home, "Midvale Police", by=admin),
        factories.seat(home, "Vale Hospitals", by=admin),
    )
    away = factories.partnership("Hartwell Partnership", by=admin)
    coordinator = factories.coordinator(home)
    removed = factories.member(home, RoleKind.LEAD, seat=seat, name="Owen Removed")
    people.end_role(factories.role_of(removed, home), by=admin)
    disabled = factories.member(home, RoleKind.LEAD, seat=seat, name="Dora Disabled")
    people.disable(disabled, by=admin)
    collection = collections.start(home, details=details(), by=coordinator)
    cast = Cast(
        partnership=home,
        seat=seat,
        other_seat=other,
        administrator=admin,
        coordinator=coordinator,
        second_coordinator=factories.coordinator(home, name="Tunde Adeyemi"),
        lead=factories.member(home, RoleKind.LEAD, seat=seat, name="Aneela Khan"),
        contributor=factories.member(home, RoleKind.CONTRIBUTOR, seat=seat, name="Rhiannon Beddoes"),
        other_lead=factories.member(home, RoleKind.LEAD, seat=other, name="Katarzyna Wójcik"),
        second_reader=factories.member(home, RoleKind.SECOND_READER, name="Eluned Parry"),
        board=factories.member(home, RoleKind.BOARD, name="Imran Chaudhry"),
        stranger=User.objects.create_user(
            f"stranger{next(_sequence)}@example.org", factories.PASSWORD, name="Sam Stranger"
        ),
        removed=factories.fresh(removed),
        disabled_lead=factories.fresh(disabled),
        outside_coordinator=factories.coordinator(away, name="Judith Fairweather"),
        collection=collection,
    )
    if open_it:
        cast.collection = collections.open_collection(collection, by=coordinator)
    return cast


def fresh(cast: Cast) -> Cast:
    """The same people and things as the next request sees them."""
    return Cast(**{name: type(one).objects.get(pk=one.pk) for name, one in vars(cast).items()})


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def client(user: User | None) -> Client:
    """A browser in which the person is signed in; nobody for None."""
    browser = Client()
    if user is not None:
        browser.force_login(user)
    return browser


def save(
    cast: Cast, html: str = TEXT, *, by: User | None = None, question: Question | None = None
) -> drafting.Saved:
    """A save based on the newest version."""
    question = question or cast.question
    answer = cast.agency_return.answers.filter(question=question).first()
    return drafting.save_answer(
        cast.agency_return,
        question,
        html=html,
        base_version=answer.version if answer else 0,
        client="0123456789abcdef",
        sequence=next(_sequence),
        by=by or cast.lead,
    )


def type_in(cast: Cast, html: str = TEXT, *, by: User | None = None) -> drafting.Saved:
    """What a coordinator copies from an e-mail, based on the newest version."""
    answer = cast.agency_return.answers.filter(question=cast.question).first()
    return typing_in.type_in(
        cast.agency_return,
        cast.question,
        html=html,
        base_version=answer.version if answer else 0,
        client="fedcba9876543210",
        sequence=next(_sequence),
        by=by or cast.coordinator,
    )


def hand_in(cast: Cast, *words: str, by: User, for_agency: bool) -> WordFile:
    """A Word file with a paragraph for each of the texts."""
    return word_files.receive(
        cast.agency_return,
        cast.question,
        content=by_hand("".join(paragraph(one) for one in words)),
        for_agency=for_agency,
        by=by,
    )


def take_word_file(cast: Cast, *, by: User | None = None) -> WordFile:
    """What came by e-mail as a Word file, taken by a coordinator as it is."""
    by = by or cast.coordinator
    handed_in = hand_in(cast, "Children told us that they wanted to know.", by=by, for_agency=True)
    answer = cast.agency_return.answers.filter(question=cast.question).first()
    version = answer.version if answer else 0
    word_files.take(handed_in, html=handed_in.html, base_version=version, by=by)
    return handed_in


def submit_for_agency(cast: Cast, *, by: User | None = None, told: Told | None = NOBODY) -> Confirmation:
    return typing_in.submit_for_agency(
        cast.agency_return,
        by=by or cast.coordinator,
        signed_name="Dilys Morgan",
        signed_post="Head of Safeguarding",
        signed_on=timezone.localdate(),
        email="dilys.morgan@example.org",
        told=told,
    )


def ask_sign_off(cast: Cast, *, by: User | None = None) -> SignOff:
    return ask_sign_off_of(cast.agency_return, by=by or cast.lead)


def ask_sign_off_of(agency_return: Return, *, by: User) -> SignOff:
    return signing_off.ask(
        agency_return,
        name="Dilys Morgan",
        post="Head of Safeguarding",
        email="dilys.morgan@example.org",
        by=by,
    )


def submit(cast: Cast, *, by: User | None = None, told: Told | None = NOBODY) -> Return:
    return drafting.submit(
        cast.agency_return,
        by=by or cast.lead,
        signed_name="Dilys Morgan",
        signed_post="Head of Safeguarding",
        signed_on=timezone.localdate(),
        told=told,
    )


def move(cast: Cast, name: str, *, by: User | None = None, reason: str = "Because it is needed.") -> Return:
    newest = cast.agency_return.revisions.newest_first().first()
    return moves.move(
        cast.agency_return,
        name,
        by=by or cast.coordinator,
        reason=reason,
        read=newest.number if newest else None,
    )


# The real road to each status, from a return that is not started.
ROADS: dict[Status, tuple[str, ...]] = {
    Status.DRAFT: ("save",),
    Status.SUBMITTED: ("save", "submit"),
    Status.IN_REVIEW: ("save", "submit", "begin_review"),
    Status.CHANGES_REQUESTED: ("save", "submit", "request_changes"),
    Status.APPROVED: ("save", "submit", "approve"),
    Status.HELD: ("save", "submit", "approve", "hold"),
    Status.EXCLUDED: ("save", "exclude"),
}


def bring_to(cast: Cast, status: Status) -> Return:
    for step in ROADS[status]:
        if step == "save":
            save(cast)
        elif step == "submit":
            submit(cast)
        else:
            move(cast, step)
    return cast.agency_return


def prepare(cast: Cast, *, by: User | None = None) -> Collection:
    """The return closed, one agency approved, the other without a return; a coordinator says that it is ready."""
    if not cast.collection.returns.filter(status=Status.APPROVED).exists():
        bring_to(cast, Status.APPROVED)
    collection = Collection.objects.get(pk=cast.collection.pk)
    if collection.is_open:
        collections.close_collection(collection, by=cast.coordinator)
    editions.prepare(collection, by=by or cast.coordinator, note="It is mended.")  # kept after a withdrawal
    return Collection.objects.select_related("partnership").get(pk=collection.pk)


def approval(**changes: object) -> editions.Approval:
    values = {
        "name": "Ruth Abara",
        "meeting": "Partners’ meeting",
        "on": timezone.localdate(),
        "without_returns": True,
    }
    return editions.Approval(**{**values, **changes})  # type: ignore[arg-type]


def publish(cast: Cast, *, by: User | None = None, **changes: object) -> Edition:
    """Prepared by the coordinator, published by the second reader."""
    collection = prepare(cast)
    return editions.publish(
        collection,
        approval=approval(**changes),
        read=editions.text_of(compile_document(collection)),
        by=by or cast.second_reader,
    )


def correct(cast: Cast, html: str, **changes: object) -> Edition:
    """A second edition, after the police's return was opened, changed and approved again."""
    collections.reopen_collection(Collection.objects.get(pk=cast.collection.pk), by=cast.coordinator)
    move(cast, "reopen")
    save(cast, html)
    submit(cast)
    move(cast, "approve")
    return publish(cast, **({"note": "A date was wrong."} | changes))
