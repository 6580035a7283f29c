"""The life of a return, kept by double entry: who may do what in which status is written here by hand a second time
and tried out for everybody. Nothing here reads the table of the workflow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from agencies.errors import NotNow
from agencies.models import Event, Message, Role, User
from returns.actions import chasing, drafting, typing_in
from returns.models import Answer, Ask, AskKind, Collection, Confirmation, Question, Return, Revision, Save
from returns.workflow import Status
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

PEOPLE = (
    "lead",
    "contributor",
    "other_lead",
    "coordinator",
    "second_coordinator",
    "second_reader",
    "board",
    "stranger",
    "removed",
    "administrator",
    "outside_coordinator",
    "disabled_lead",
)
WRITERS = {"lead", "contributor"}
LEAD = {"lead"}
COORDINATORS = {"coordinator", "second_coordinator"}

D, S, R, C, A, H, X = "draft", "submitted", "in_review", "changes_requested", "approved", "held", "excluded"

# Scenes: a name, and how the return gets there. Beside the seven statuses: nothing written yet, and a draft that
# a coordinator has typed in.
SCENES: dict[str, Callable[[Cast], object]] = {
    "not started": lambda cast: None,
    "typed in": lambda cast: players.type_in(cast),
    D: lambda cast: players.bring_to(cast, Status.DRAFT),
    S: lambda cast: players.bring_to(cast, Status.SUBMITTED),
    R: lambda cast: players.bring_to(cast, Status.IN_REVIEW),
    C: lambda cast: players.bring_to(cast, Status.CHANGES_REQUESTED),
    A: lambda cast: players.bring_to(cast, Status.APPROVED),
    H: lambda cast: players.bring_to(cast, Status.HELD),
    X: lambda cast: players.bring_to(cast, Status.EXCLUDED),
}

# action → (who may, {scene: status afterwards}, who is told, how many events)
RULES: dict[str, tuple[set[str], dict[str, str], set[str], int]] = {
    "save": (WRITERS, {"not started": D, "typed in": D, D: D, C: C}, set(), 0),
    "set_nil": (WRITERS, {"not started": D, "typed in": D, D: D, C: C}, set(), 1),
    "submit": (LEAD, {"typed in": S, D: S, C: S}, COORDINATORS, 1),
    "take_back": (LEAD, {S: D}, COORDINATORS, 1),
    "type_in": (COORDINATORS, {"not started": D, "typed in": D}, set(), 0),
    "submit_for_agency": (COORDINATORS, {"typed in": S}, WRITERS | {"signed off"}, 1),
    "begin_review": (COORDINATORS, {S: R}, LEAD, 1),
    "request_changes": (COORDINATORS, {S: C, R: C}, WRITERS, 1),
    "approve": (COORDINATORS, {S: A, R: A}, LEAD, 1),
    "hold": (LEAD | COORDINATORS, {A: H}, LEAD | COORDINATORS, 1),
    "release": (COORDINATORS, {H: A}, LEAD, 1),
    "reopen": (COORDINATORS, {A: C, H: C}, LEAD, 1),
    "exclude": (COORDINATORS, {scene: X for scene in SCENES if scene != X}, LEAD, 1),
    "include": (COORDINATORS, {X: D}, LEAD, 1),
    "ask_time": (WRITERS, {"not started": D, "typed in": D, D: D, C: C}, COORDINATORS, 1),
    "ask_reopening": (WRITERS, {R: R, A: A, H: H}, COORDINATORS, 1),
    "grant_time": (COORDINATORS, {"not started": D, "typed in": D, D: D, C: C}, WRITERS, 1),
    "remind": (COORDINATORS, {"not started": D, "typed in": D, D: D, C: C}, LEAD, 1),
}

_sequence = count(1_000_000)


def _version(cast: Cast) -> int:
    answer = cast.agency_return.answers.first()
    return answer.version if answer else 0


def _saving(cast: Cast, by: User) -> dict[str, object]:
    return {
        "html": "<p>Other words.</p>",
        "base_version": _version(cast),
        "client": "aaaaaaaaaaaaaaaa",
        "sequence": next(_sequence),
        "by": by,
    }


def _move(name: str) -> Callable[[Cast, User], object]:
    return lambda cast, by: players.move(cast, name, by=by)


ACTS: dict[str, Callable[[Cast, User], object]] = {
    "save": lambda cast, by: drafting.save_answer(cast.agency_return, cast.question, **_saving(cast, by)),
    "set_nil": lambda cast, by: drafting.set_nil(cast.agency_return, reason="No work with children.", by=by),
    "submit": lambda cast, by: players.submit(cast, by=by),
    "type_in": lambda cast, by: typing_in.type_in(cast.agency_return, cast.question, **_saving(cast, by)),
    "submit_for_agency": lambda cast, by: players.submit_for_agency(cast, by=by),
    "ask_time": lambda cast, by: drafting.ask(
        cast.agency_return, kind=AskKind.MORE_TIME, reason="Ill.", by=by, wanted_on=players.in_days(60)
    ),
    "ask_reopening": lambda cast, by: drafting.ask(
        cast.agency_return, kind=AskKind.REOPENING, reason="A slip.", by=by
    ),
    "remind": lambda cast, by: chasing.remind(cast.agency_return, by=by),
    "grant_time": lambda cast, by: chasing.grant_time(cast.agency_return, due_on=players.in_days(60), by=by),
} | {
    name: _move(name)
    for name in (
        "take_back",
        "begin_review",
        "request_changes",
        "approve",
        "hold",
        "release",
        "reopen",
        "exclude",
        "include",
    )
}

KEPT = (
    Return,
    Answer,
    Save,
    Revision,
    Ask,
    Confirmation,
    Collection,
    Question,
    Event,
    Message,
    Role,
    User,
)


def everything() -> dict[type[models.Model], list[tuple[object, ...]]]:
    """Every row of every table that an act could touch."""
    return {model: list(model.objects.order_by("pk").values_list()) for model in KEPT}


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def expected(action: str, person: str, scene: str) -> str:
    who, scenes, _, _ = RULES[action]
    if person not in who:
        return "forbidden"
    return f"done: {scenes[scene]}" if scene in scenes else "not now"


def outcome(cast: Cast, action: str, by: User) -> str:
    try:
        ACTS[action](cast, by)
    except PermissionDenied:
        return "forbidden"
    except NotNow:
        return "not now"
    return f"done: {cast.agency_return.status}"


def addresses(cast: Cast, names: set[str]) -> list[str]:
    return sorted(
        "dilys.morgan@example.org" if name == "signed off" else getattr(cast, name).email for name in names
    )


def traces(event_after: int, message_after: int) -> dict[str, object]:
    """What an act left behind: who is named in its events, and who is told by e-mail."""
    return {
        "events by": list(Event.objects.filter(pk__gt=event_after).values_list("by_id", flat=True)),
        "told": sorted(Message.objects.filter(pk__gt=message_after).values_list("to_email", flat=True)),
    }


@pytest.mark.parametrize("scene", SCENES)
def test_who_may_do_what_when(scene: str) -> None:
    cast = players.make()
    SCENES[scene](cast)
    before = everything()
    last_event, last_message = (
        Event.objects.order_by("pk").last().pk,
        Message.objects.order_by("pk").last().pk,
    )
    wanted, found = {}, {}
    for action, (_, _, told, events) in RULES.items():
        for person in PEOPLE:
            by = User.objects.get(pk=getattr(cast, person).pk)
            wish = expected(action, person, scene)
            wanted[action, person] = [wish]
            # What should be done is undone again; what should be refused runs bare, and leaves nothing behind.
            with undone() if wish.startswith("done") else nullcontext():
                found[action, person] = [outcome(cast, action, by)]
                if wish.startswith("done"):
                    found[action, person].append(traces(last_event, last_message))
                    wanted[action, person].append(
                        {"events by": [by.pk] * events, "told": addresses(cast, told - {person})}
                    )
        assert everything() == before, f"somebody was refused to {action}, but something changed"
    assert {key: value for key, value in found.items() if wanted[key] != value} == {
        key: value for key, value in wanted.items() if found[key] != value
    }


def test_no_action_and_nobody_is_forgotten() -> None:
    """A new row of the workflow, or a new part of a person, has to be entered above as well."""
    from agencies.models import RoleKind
    from returns.workflow import TRANSITIONS

    assert set(TRANSITIONS) - set(RULES) == {"import"}  # only of a file, tested with the importing
    assert set(RULES) == set(ACTS)
    assert {kind.value for kind in RoleKind} == {
        "lead",
        "contributor",
        "coordinator",
        "second_reader",
        "board",
    }
    assert {status.value for status in Status} == set(SCENES) - {"not started", "typed in"}


@pytest.mark.parametrize("action", ["request_changes", "hold", "release", "reopen", "exclude", "include"])
@pytest.mark.parametrize("reason", ["", "  \n\t "])
def test_a_reason_is_needed(action: str, reason: str) -> None:
    cast = players.make()
    start = {"request_changes": S, "hold": A, "release": H, "reopen": H, "exclude": D, "include": X}[action]
    players.bring_to(cast, Status(start))
    before = everything()
    with pytest.raises(NotNow) as refused:
        players.move(cast, action, reason=reason)
    assert refused.value.reasons == ("Say why, so that the others know what to do.",)
    assert everything() == before


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene not in ("not started", X)])
def test_taking_in_again_leads_back_to_where_it_was(scene: str) -> None:
    cast = players.make()
    SCENES[scene](cast)
    before = cast.agency_return.status
    players.move(cast, "exclude")
    assert (cast.agency_return.status, cast.agency_return.status_before) == (X, before)
    players.move(cast, "include")
    assert (cast.agency_return.status, cast.agency_return.status_before) == (before, "")


def test_what_is_printed_in_the_history_names_the_reason_and_the_person() -> None:
    cast = players.make()
    players.bring_to(cast, Status.SUBMITTED)
    players.move(cast, "request_changes", reason="Say which year.")
    event = Event.objects.under(cast.agency_return.about).first()
    assert (event.by, event.by_name, event.act, event.reason) == (
        cast.coordinator,
        "Maeve Corrigan",
        "request_changes",
        "Say which year.",
    )
    assert cast.agency_return.reason == "Say which year."
    assert cast.agency_return.reason_by == cast.coordinator
