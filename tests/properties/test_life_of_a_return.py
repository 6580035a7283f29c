"""Whatever the cast does, in whatever order: no word is lost, no version repeats, no status is impossible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agencies.errors import NotNow
from agencies.models import Event
from returns import permissions
from returns.actions import chasing, drafting, typing_in
from returns.actions.moves import move
from returns.models import Answer, Ask, AskKind, Confirmation, Return, Save
from returns.models.writing import snapshot
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

WRITERS = ("lead", "contributor")
COORDINATORS = ("coordinator", "second_coordinator")
EVERYBODY = (*WRITERS, *COORDINATORS, "other_lead", "second_reader", "board", "removed")
MOVES = (
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
# Every step a status may take, by hand. Leaving out leads from anywhere and back again.
STEPS = {
    ("draft", "submitted"),
    ("changes_requested", "submitted"),
    ("submitted", "draft"),
    ("submitted", "in_review"),
    ("submitted", "changes_requested"),
    ("in_review", "changes_requested"),
    ("submitted", "approved"),
    ("in_review", "approved"),
    ("approved", "held"),
    ("approved", "changes_requested"),
    ("held", "changes_requested"),
    ("held", "approved"),
}
# What usually comes next, and by whom: random steps alone would seldom get far.
NEXT = {
    "draft": (
        ("submit", "lead"),
        ("submit", "lead"),
        ("submit_for_agency", "coordinator"),
        ("exclude", "coordinator"),
    ),
    "submitted": (
        ("approve", "coordinator"),
        ("approve", "second_coordinator"),
        ("begin_review", "coordinator"),
        ("request_changes", "coordinator"),
        ("take_back", "lead"),
    ),
    "in_review": (
        ("approve", "coordinator"),
        ("approve", "second_coordinator"),
        ("request_changes", "coordinator"),
    ),
    "changes_requested": (("submit", "lead"), ("submit_for_agency", "coordinator")),
    "approved": (("hold", "lead"), ("reopen", "coordinator")),
    "held": (("release", "coordinator"), ("reopen", "coordinator"), ("exclude", "coordinator")),
    "excluded": (("include", "coordinator"),),
}
PEN = ("draft", "changes_requested")
SENT = ("submitted", "in_review", "approved", "held")

people = st.sampled_from(EVERYBODY)
# Those who may do most things come more often, or little would ever happen.
likely = st.one_of(st.sampled_from(WRITERS + COORDINATORS), people)
texts = st.integers(0, 6).map(lambda number: f"<p>Text number {number}.</p>" if number else "")


def machine(cast: Cast) -> type[RuleBasedStateMachine]:
    """Everything below happens to one return of this cast."""

    class LifeOfAReturn(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.transaction = transaction.atomic()
            self.transaction.__enter__()
            self.clock = time_machine.travel(timezone.now(), tick=True)
            self.now = self.clock.start()
            self.acts = Event.objects.count()
            self.words: set[str] = set()
            self.status = "draft"
            self.sequence = 0

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)
            self.clock.stop()

        @property
        def one(self) -> Return:
            return cast.agency_return

        def attempt(self, act: Callable[[], object], *, events: int = 1) -> bool:
            try:
                act()
            except (NotNow, PermissionDenied):
                return False
            self.acts += events
            return True

        # --- what people do ---

        @rule(
            who=likely,
            text=texts,
            behind=st.integers(0, 2),
            client=st.sampled_from("ab"),
            repeat=st.booleans(),
            typed=st.booleans(),
        )
        def save(self, who: str, text: str, behind: int, client: str, repeat: bool, typed: bool) -> None:
            """From the newest text or an older one; by a new request, or under the name of the last one."""
            answer = Answer.objects.filter(agency_return=self.one).first()
            version = answer.version if answer else 0
            self.sequence += 0 if repeat and self.sequence else 1
            one = self.one
            save = typing_in.type_in if typed else drafting.save_answer

            def act() -> None:
                save(
                    one,
                    cast.question,
                    html=text,
                    base_version=max(0, version - behind),
                    client=client * 16,
                    sequence=self.sequence,
                    by=getattr(cast, who),
                )
                self.words.add(text)

            taken_back = one.is_nil
            if self.attempt(act, events=0) and taken_back and not self.one.is_nil:
                self.acts += 1  # writing takes "nothing to report" back, which the history tells

        @rule(who=likely)
        def nothing_to_report(self, who: str) -> None:
            one = self.one
            self.attempt(
                lambda: drafting.set_nil(one, reason="No work with children.", by=getattr(cast, who))
            )

        @precondition(lambda self: self.one.is_nil)
        @rule(who=likely)
        def something_after_all(self, who: str) -> None:
            one = self.one
            self.attempt(lambda: drafting.unset_nil(one, by=getattr(cast, who)))

        @rule(who=likely)
        def submit(self, who: str) -> None:
            self.attempt(lambda: players.submit(cast, by=getattr(cast, who)))

        @rule(who=likely)
        def submit_for_agency(self, who: str) -> None:
            self.attempt(lambda: players.submit_for_agency(cast, by=getattr(cast, who)))

        @rule(confirmed=st.booleans())
        def confirm(self, confirmed: bool) -> None:
            confirmation = Confirmation.objects.first()
            if confirmation:
                self.attempt(
                    lambda: typing_in.answer_confirmation(confirmation, confirmed=confirmed, note="So it is.")
                )

        @rule(who=likely, name=st.sampled_from(MOVES), behind=st.integers(0, 1))
        def move(self, who: str, name: str, behind: int) -> None:
            one = self.one
            newest = one.revisions.newest_first().first()
            read = newest.number - behind if newest else None
            self.attempt(lambda: move(one, name, by=getattr(cast, who), reason="Because.", read=read))

        @rule(choice=st.integers(0, 4), text=texts)
        def go_on(self, choice: int, text: str) -> None:
            """One step along a road that is usual from here, with new words before it is sent."""
            steps = NEXT[self.one.status]
            name, who = steps[choice % len(steps)]
            if name.startswith("submit"):
                self.save(who, text or "<p>Words.</p>", 0, "c", False, name == "submit_for_agency")
                {"submit": self.submit, "submit_for_agency": self.submit_for_agency}[name](who)
            else:
                if name == "approve":
                    self.confirm(True)  # what a coordinator has typed in waits for the agency's word
                self.move(who, name, 0)

        @rule(choices=st.lists(st.integers(0, 4), min_size=2, max_size=4))
        def go_on_for_a_while(self, choices: list[int]) -> None:
            for choice in choices:
                self.go_on(choice, f"<p>Text number {choice}.</p>")
                self.the_status_took_a_step_there_is()

        @rule(who=likely, kind=st.sampled_from(AskKind.values))
        def ask(self, who: str, kind: str) -> None:
            one = self.one
            day = players.in_days(300) if kind == AskKind.MORE_TIME else None
            self.attempt(
                lambda: drafting.ask(one, kind=kind, reason="Ill.", by=getattr(cast, who), wanted_on=day)
            )

        @rule(who=likely, granted=st.booleans())
        def answer(self, who: str, granted: bool) -> None:
            ask = Ask.objects.filter(answered_at=None).first()
            if ask is None:
                return
            opens = granted and ask.kind == AskKind.REOPENING
            self.attempt(
                lambda: chasing.answer_ask(ask, granted=granted, note="A word.", by=getattr(cast, who)),
                events=2 if opens else 1,  # the answer, and the opening
            )

        @rule(who=likely, days=st.integers(0, 200))
        def grant_time(self, who: str, days: int) -> None:
            one = self.one
            self.attempt(lambda: chasing.grant_time(one, due_on=players.in_days(days), by=getattr(cast, who)))

        @rule(days=st.integers(1, 60))
        def days_pass(self, days: int) -> None:
            """Past the due date as well: it closes nothing, and what could be written can be written still."""
            writable = self.one.waits_for_agency
            self.now.shift(timedelta(days=days))
            assert self.one.waits_for_agency == writable

        # --- what holds ---

        @invariant()
        def the_status_took_a_step_there_is(self) -> None:
            now, before = self.one.status, self.status
            if now != before and "excluded" not in (now, before):
                assert (before, now) in STEPS
            self.status = now

        @invariant()
        def what_is_left_out_remembers_where_it_was(self) -> None:
            assert (self.one.status == "excluded") == bool(self.one.status_before)

        @invariant()
        def no_word_is_lost_and_no_version_repeats(self) -> None:
            kept = set(Save.objects.values_list("html", flat=True))
            assert self.words - {""} <= kept
            applied = Save.objects.filter(applied=True).order_by("pk")
            answer = Answer.objects.first()
            version = answer.version if answer else 0
            assert list(applied.values_list("version", flat=True)) == list(range(1, version + 1))
            if applied:
                assert applied.last().html == answer.html

        @invariant()
        def each_act_left_one_event(self) -> None:
            assert Event.objects.count() == self.acts

        @invariant()
        def revisions_count_up(self) -> None:
            numbers = list(self.one.revisions.values_list("number", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))

        @invariant()
        def nobody_typed_in_what_the_partnership_has(self) -> None:
            one = self.one
            if one.status in SENT:
                newest = one.revisions.newest_first().first()
                assert newest.taken_back_at is None
                assert (newest.data["answers"], newest.data["nil_reason"]) == (
                    snapshot(one)["answers"],
                    snapshot(one)["nil_reason"],
                )

        @invariant()
        def what_is_approved_was_approved_by_somebody_apart(self) -> None:
            one = self.one
            if one.status in ("approved", "held"):
                newest = one.revisions.newest_first().first()
                assert (newest.kind, newest.by.name in ("Maeve Corrigan", "Tunde Adeyemi")) == (
                    "approved",
                    True,
                )
                assert not Save.objects.filter(applied=True, by=newest.by).exists()
                assert newest.by_id not in (one.submitted_by_id, one.typed_by_id)

        @invariant()
        def only_what_can_be_answered_is_asked(self) -> None:
            for ask in Ask.objects.filter(answered_at=None):
                assert (self.one.status in PEN) == (ask.kind == AskKind.MORE_TIME)

        @invariant()
        def readers_read_what_was_sent_and_not_taken_back(self) -> None:
            one = self.one
            read = permissions.readable_revisions(cast.second_reader, one)
            if one.status in ("draft", "excluded"):
                assert not read.exists()
            assert not read.filter(taken_back_at__isnull=False).exists()

    return LifeOfAReturn


def test_whatever_happens(cast: Cast) -> None:
    run_state_machine_as_test(
        machine(cast),
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
