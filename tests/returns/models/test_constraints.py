"""Each constraint of the database is broken once, past all actions, and holds. Found by looking through the models,
so that a new one cannot be forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from agencies.models import Agency, Event, Invitation, Message, Partnership, Role, Seat, User
from agencies.models.organisations import Logo
from returns.models import (
    Answer,
    Ask,
    CaseSignOff,
    Checkup,
    Collection,
    Confirmation,
    Declaration,
    Dismissal,
    Edition,
    EditionFile,
    Frame,
    Presence,
    PromiseAnswer,
    Proof,
    Return,
    Revision,
    Save,
    SignOff,
    Term,
)
from returns.workflow import Status
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db


def again(row, **changes: object):
    """The same row once more."""
    copy = type(row).objects.get(pk=row.pk)
    copy.pk, copy._state.adding = None, True
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)


def a_presence(cast: Cast) -> Presence:
    return Presence.objects.create(
        agency_return=cast.agency_return, question=cast.question, client="0123456789abcdef", user=cast.lead
    )


def an_ask(cast: Cast, **changes: object) -> Ask:
    values = {"kind": "more_time", "reason": "Ill.", "wanted_on": players.in_days(9), "asked_by": cast.lead}
    return Ask.objects.create(agency_return=cast.agency_return, **{**values, **changes})


def an_answer(cast: Cast) -> Answer:
    players.save(cast)
    return Answer.objects.get()


def a_confirmation(cast: Cast) -> Confirmation:
    players.type_in(cast)
    return players.submit_for_agency(cast)


def a_frame(cast: Cast, **changes: object) -> Frame:
    return Frame.objects.create(collection=cast.collection, **changes)


def an_edition(cast: Cast, **changes: object) -> Edition:
    values = {
        "number": 1,
        "document": {},
        "approved_by_name": "The chair",
        "approved_meeting": "Board",
        "approved_on": "2026-05-03",
        "prepared_by": cast.coordinator,
        "published_by": cast.second_coordinator,
    }
    return Edition.objects.create(collection=cast.collection, **{**values, **changes})


def a_file(cast: Cast, **changes: object) -> EditionFile:
    values = {"format": "txt", "content": b"", "sha256": "", "size": 0}
    return EditionFile.objects.create(edition=an_edition(cast), **{**values, **changes})


def a_promise_answer(cast: Cast) -> PromiseAnswer:
    return PromiseAnswer.objects.create(
        agency_return=cast.agency_return, key="0" * 64, in_text=True, said_by=cast.lead
    )


def a_proof(cast: Cast, **changes: object) -> Proof:
    players.bring_to(cast, Status.APPROVED)
    revision = cast.agency_return.revisions.newest_first()[0]
    values = {"revision": revision, "sent_by": cast.coordinator, "answer_by": players.in_days(9)}
    return Proof.objects.create(agency_return=cast.agency_return, **{**values, **changes})


def a_sign_off(cast: Cast) -> SignOff:
    players.save(cast)
    return players.ask_sign_off(cast)


def a_message() -> Message:
    return Message.objects.order_by("pk").last()


def a_checkup(cast: Cast) -> Checkup:
    players.bring_to(cast, "submitted")
    return Checkup.objects.get()


def a_dismissal(cast: Cast, **changes: object) -> Dismissal:
    values = {"number": 1, "rule": "spelling", "message": "M", "reason": "R", "by": cast.lead}
    return Dismissal.objects.create(agency_return=cast.agency_return, **{**values, **changes})


def a_declaration(cast: Cast, **changes: object) -> Declaration:
    values = {"tells": False, "by": cast.lead}
    return Declaration.objects.create(agency_return=cast.agency_return, **{**values, **changes})


def a_case_sign_off(cast: Cast, note: str) -> CaseSignOff:
    return CaseSignOff.objects.create(
        agency_return=cast.agency_return, number=1, text="T", note=note, by=cast.second_reader
    )


def a_term(cast: Cast, **changes: object) -> Term:
    values = {"kind": "acronym", "text": "QZX", "meaning": "quiet zone", "added_by": cast.coordinator}
    return Term.objects.create(partnership=cast.partnership, **{**values, **changes})


now = timezone.now

BREAKS: dict[str, Callable[[Cast], object]] = {
    # people and organisations
    "agency_not_its_own_successor": lambda cast: Agency.objects.update(succeeded_by=F("id")),
    "one_current_seat_per_agency": lambda cast: again(cast.seat, position=9),
    "seat_left_after_joining": lambda cast: Seat.objects.update(left_on="1999-01-01"),
    "succeeded_seat_has_left": lambda cast: Seat.objects.filter(pk=cast.seat.pk).update(
        succeeded_by=cast.other_seat
    ),
    "partnership_listed_is_public": lambda cast: Partnership.objects.update(is_listed=True),
    "partnership_logo_has_words": lambda cast: Partnership.objects.update(logo_alt="A blue bar"),
    "disabled_has_date": lambda cast: User.objects.update(is_active=False, disabled_at=None),
    "role_kind_known": lambda cast: Role.objects.filter(kind="board").update(kind="king"),
    "role_seat_fits_kind": lambda cast: Role.objects.filter(kind="board").update(seat=cast.seat),
    "one_active_role_in_partnership": lambda cast: again(Role.objects.get(user=cast.board)),
    "one_active_role_in_seat": lambda cast: again(Role.objects.get(user=cast.lead)),
    "invitation_kind_known": lambda cast: Invitation.objects.filter(kind="board").update(kind="king"),
    "invitation_seat_fits_kind": lambda cast: Invitation.objects.filter(kind="board").update(seat=cast.seat),
    "invitation_accepted_at_by": lambda cast: Invitation.objects.update(accepted_by=None),
    "invitation_withdrawn_at_by": lambda cast: Invitation.objects.update(withdrawn_at=now()),
    "one_open_invitation_to_partnership": lambda cast: again(factories.invitation(cast.partnership)),
    "one_open_invitation_to_seat": lambda cast: again(
        factories.invitation(cast.partnership, "lead", seat=cast.seat)
    ),
    "message_state_known": lambda cast: Message.objects.update(state="lost"),
    "message_sent_has_time": lambda cast: Message.objects.update(state="sent", sent_at=None),
    # collections
    "one_collection_per_slug": lambda cast: again(cast.collection),
    "collection_stage_known": lambda cast: Collection.objects.update(stage="ajar"),
    "collection_period_forward": lambda cast: Collection.objects.update(period_end=F("period_start")),
    "collection_due_after_opening": lambda cast: Collection.objects.update(
        opens_on="2026-02-02", due_on="2026-02-01"
    ),
    "collection_opened_has_time": lambda cast: Collection.objects.update(opened_at=None),
    "collection_closed_has_time": lambda cast: Collection.objects.update(stage="closed", closed_at=None),
    # returns
    "one_return_per_agency_and_collection": lambda cast: again(cast.agency_return, slug="another"),
    "one_return_per_address": lambda cast: again(
        cast.agency_return, seat=factories.seat(cast.partnership, "Third")
    ),
    "return_status_known": lambda cast: Return.objects.update(status="lost"),
    "return_excluded_remembers_status": lambda cast: Return.objects.update(status="excluded"),
    "return_reason_has_time": lambda cast: Return.objects.update(reason="Because.", reason_at=None),
    # texts
    "one_answer_per_question": lambda cast: again(an_answer(cast)),
    "one_save_per_client_and_sequence": lambda cast: again(
        an_answer(cast).saves.get(), applied=False, version=9
    ),
    "one_applied_save_per_version": lambda cast: again(an_answer(cast).saves.get(), client="another"),
    "applied_save_follows_its_base": lambda cast: an_answer(cast).saves.update(version=7),
    "return_ready_at_by": lambda cast: Return.objects.filter(pk=cast.agency_return.pk).update(ready_at=now()),
    "one_answer_per_promise": lambda cast: again(a_promise_answer(cast)),
    "promise_answer_says_something": lambda cast: (
        a_promise_answer(cast),
        PromiseAnswer.objects.update(in_text=False),
    ),
    "sign_off_answered": lambda cast: (
        a_sign_off(cast),
        SignOff.objects.update(answered_at=now()),
    ),
    "word_file_kept_for_agency_only": lambda cast: again(
        players.hand_in(cast, "Ours.", by=cast.lead, for_agency=False), taken_at=now()
    ),
    "one_presence_per_page": lambda cast: again(a_presence(cast)),
    "one_revision_per_number": lambda cast: again(players.bring_to(cast, "submitted").revisions.get()),
    "revision_kind_known": lambda cast: players.bring_to(cast, "submitted").revisions.update(kind="lost"),
    # what waits for an answer
    "one_open_ask_of_a_kind": lambda cast: again(an_ask(cast)),
    "ask_kind_known": lambda cast: an_ask(cast, kind="a_holiday"),
    "ask_answered_at_by": lambda cast: an_ask(cast, answered_at=now()),
    "ask_for_time_names_a_day": lambda cast: an_ask(cast, wanted_on=None),
    "confirmation_answered": lambda cast: Confirmation.objects.filter(pk=a_confirmation(cast).pk).update(
        confirmed=True
    ),
    # what is published
    "frame_commentary_at_by": lambda cast: a_frame(cast, commentary_at=now()),
    "frame_kept_at_by": lambda cast: a_frame(cast, kept_at=now()),
    "frame_prepared_at_by": lambda cast: a_frame(cast, prepared_by=cast.coordinator),
    "one_edition_per_number": lambda cast: again(an_edition(cast)),
    "edition_numbers_begin_with_one": lambda cast: an_edition(cast, number=0),
    "edition_withdrawn_at_by": lambda cast: an_edition(cast, withdrawn_at=now(), withdrawn_because="A slip."),
    "edition_withdrawn_because": lambda cast: an_edition(
        cast, withdrawn_at=now(), withdrawn_by=cast.coordinator
    ),
    "edition_by_two_people_or_because": lambda cast: an_edition(cast, published_by=cast.coordinator),
    "one_file_per_format": lambda cast: again(a_file(cast)),
    "file_format_known": lambda cast: a_file(cast, format="odt"),
    "file_pages_of_pdf": lambda cast: a_file(cast, pages=3),
    # points to check
    "proof_answered_at_by": lambda cast: a_proof(cast, answered_at=now()),
    "proof_settled_is_an_objection": lambda cast: a_proof(
        cast, settled_at=now(), settled_by=cast.coordinator, settlement="Mended."
    ),
    "dismissal_ended_at_by": lambda cast: a_dismissal(cast, ended_at=now()),
    "dismissal_has_reason": lambda cast: a_dismissal(cast, reason=""),
    "declaration_is_whole": lambda cast: a_declaration(cast, tells=True, changed="The names.", live="no"),
    "case_sign_off_has_note": lambda cast: a_case_sign_off(cast, note=""),
    "one_term_of_a_kind": lambda cast: again(a_term(cast)),
    "term_kind_known": lambda cast: a_term(cast, kind="rumour"),
    "acronym_has_expansion": lambda cast: a_term(cast, meaning=""),
    # unique fields
    "Logo.partnership": lambda cast: again(Logo.objects.create(partnership=cast.partnership, content=b"1")),
    "Frame.collection": lambda cast: again(a_frame(cast)),
    "Checkup.agency_return": lambda cast: again(a_checkup(cast)),
    "Declaration.agency_return": lambda cast: again(a_declaration(cast)),
    "Partnership.slug": lambda cast: again(cast.partnership),
    "Agency.slug": lambda cast: again(cast.seat.agency),
    "User.email": lambda cast: again(cast.lead),
    "Message.key": lambda cast: (
        Message.objects.filter(pk=a_message().pk).update(key="reminder/1"),
        again(a_message()),
    ),
}
MODELS = [model for app in ("agencies", "returns") for model in apps.get_app_config(app).get_models()]


def test_every_constraint_has_its_line_above() -> None:
    named = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    unique = {
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in model._meta.fields
        if field.unique and not field.primary_key
    }
    assert named | unique == set(BREAKS)


def names_in(name: str) -> list[str]:
    """How a database speaks of it: by its name, or SQLite of a unique one by its columns."""
    for model in MODELS:
        for constraint in model._meta.constraints:
            if constraint.name == name:
                columns = [
                    f"{model._meta.db_table}.{model._meta.get_field(field).column}"
                    for field in getattr(constraint, "fields", ())
                ]
                return [name, *([", ".join(columns)] if columns else [])]
    model, field = name.split(".")
    table = next(one._meta.db_table for one in MODELS if one.__name__ == model)
    return [f"{table}.{field}", f"{table}_{field}"]


@pytest.mark.parametrize("name", BREAKS)
def test_a_constraint_holds(cast: Cast, name: str) -> None:
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        BREAKS[name](cast)
    assert [one for one in names_in(name) if one in str(broken.value)], f"another one held: {broken.value}"


def test_an_open_role_may_follow_one_that_ended(cast: Cast) -> None:
    """The conditions of constraints let through what may be."""
    ended = Role.objects.get(user=cast.removed)
    again(ended, ended_at=None, ended_by=None)
    assert Role.objects.active().filter(user=cast.removed).count() == 1


def test_people_who_wrote_or_acted_cannot_be_deleted(cast: Cast) -> None:
    from django.db.models import ProtectedError

    players.save(cast)
    for row in (cast.lead, cast.coordinator, cast.partnership, cast.seat, cast.seat.agency):
        with pytest.raises(ProtectedError):
            row.delete()
    assert Event.objects.exists() and Save.objects.exists() and not Revision.objects.exists()
