"""Builds the demonstration's people, partnerships and returns by the ordinary actions. The texts are beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from agencies.actions import people as people_actions
from agencies.actions import setup
from agencies.models import Agency, Message, Partnership, RoleKind, Seat, User
from returns import richtext
from returns.actions import (
    chasing,
    checkups,
    collections,
    drafting,
    editions,
    framing,
    moves,
    points,
    readiness,
    second_reading,
    showing,
)
from returns.actions.collections import Details
from returns.appendix.compile import compile_document, compile_edition
from returns.appendix.document import fingerprint, to_data
from returns.emails.compose import day
from returns.models import AskKind, Collection, Edition, Question, Return, Told
from returns.models.editions import NOTHING_RECEIVED, NOTHING_TO_REPORT

FOLDER = Path(__file__).parent
NOBODY = Told(tells=False)
BRACKLEY, HARTWELL = "brackley-vale", "hartwell-downs"
_NAMES = {
    BRACKLEY: "Brackley Vale Safeguarding Children Partnership",
    HARTWELL: "Hartwell and the Downs Safeguarding Children Partnership",
}


def _json(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def _html(folder: str, slug: str) -> str:
    file = FOLDER / folder / f"{slug}.html"
    return richtext.clean(file.read_text(encoding="utf-8")).html if file.exists() else ""


@transaction.atomic
def build() -> None:
    """Fills an empty database. Everything happens at a believable time before today."""
    sample = Sample()
    with days_ago(520):
        sample.set_up()
    sample.last_year()
    sample.this_year()
    sample.other_partnership()
    with days_ago(1):
        sample.invite_more()


@contextmanager
def days_ago(days: int) -> Iterator[date]:
    """Lets what is written inside have happened so many days ago; on what day, for what somebody says themselves."""
    began = timezone.now()
    then = began - timedelta(days=days)
    yield timezone.localdate(then)
    for label in ("agencies", "returns"):
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.get_fields():
                if isinstance(field, models.DateTimeField) and field.name != "expires_at":
                    rows = model._default_manager.filter(**{f"{field.name}__gte": began})
                    rows.update(**{field.name: then})


class Sample:
    """The demonstration while it is being built: who is who, and which seat is whose."""

    def __init__(self) -> None:
        self.reasons: dict[str, Any] = _json("reasons.json")
        self.agencies: list[dict[str, str]] = _json("agencies.json")
        self.people: dict[str, User] = {}
        self.seats: dict[tuple[str, str], Seat] = {}
        self.partnerships: dict[str, Partnership] = {}

    # --- People and agencies ---------------------------------------------------------------------

    def set_up(self) -> None:
        described = _json("people.json")
        for one in described:
            user = User.objects.create_user(one["email"], name=one["name"], is_staff=one.get("staff", False))
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            self.people[one["key"]] = user
        admin = self.people["administrator"]
        for slug, name in _NAMES.items():
            self.partnerships[slug] = setup.create_partnership(name=name, slug=slug, by=admin)
        for agency in self.agencies:
            self._seat(BRACKLEY, agency, by=admin)
        for agency in self.agencies[:2]:
            self._seat(HARTWELL, agency, by=admin)
        for one in described:
            for role in one["roles"]:
                people_actions.give_role(
                    self.people[one["key"]],
                    kind=RoleKind(role["kind"]),
                    partnership=self.partnerships[role["partnership"]],
                    seat=self.seats.get((role["partnership"], role.get("agency", ""))),
                    by=admin,
                )

    def _seat(self, partnership: str, agency: dict[str, str], *, by: User) -> None:
        known = Agency.objects.filter(name=agency["name"]).first()
        place, since = self.partnerships[partnership], date(2020, 1, 1)
        seat = setup.add_seat(place, name=agency["name"], agency=known, by=by, joined_on=since)
        self.seats[partnership, agency["slug"]] = seat

    # --- Returns -----------------------------------------------------------------------------------

    @property
    def maeve(self) -> User:
        return self.people["coordinator"]

    @property
    def tunde(self) -> User:
        return self.people["second-coordinator"]

    def lead(self, slug: str) -> User:
        key = {
            "integrated-care-board": "icb",
            "hospital-trust": "hospital",
            "mental-health-trust": "mental-health",
        }
        return self.people[f"{key.get(slug, slug)}-lead"]

    def find(self, collection: Collection, slug: str) -> Return:
        return collection.returns.for_pages().get(seat=self.seats[collection.partnership.slug, slug])

    def write(self, collection: Collection, slug: str, folder: str, *, by: User | None = None) -> Return:
        agency_return = self.find(collection, slug)
        for question, source in zip(collection.questions.all(), (folder, "further"), strict=False):
            self._save(agency_return, question, _html(source, slug), by=by or self.lead(slug))
        return agency_return

    def _save(self, agency_return: Return, question: Question, html: str, *, by: User) -> None:
        if html:
            drafting.save_answer(
                agency_return,
                question,
                html=html,
                base_version=0,
                client="5a3b1e00",
                sequence=question.pk,
                by=by,
            )

    def send(self, agency_return: Return, slug: str, *, on: date, told: Told = NOBODY) -> None:
        drafting.submit(
            agency_return,
            by=self.lead(slug),
            signed_name=self.lead(slug).name,
            signed_post=next(
                one["post"] for one in _json("people.json") if one["name"] == self.lead(slug).name
            ),
            signed_on=on,
            told=told,
        )

    def approve(self, agency_return: Return, by: User) -> None:
        newest = agency_return.revisions.newest_first().first()
        moves.move(agency_return, "approve", by=by, read=newest.number if newest else None)

    # --- The years -----------------------------------------------------------------------------------

    def last_year(self) -> None:
        due = timezone.localdate() - timedelta(days=330)
        with days_ago(400):
            year = self._open(BRACKLEY, _year(2024, None), by=self.maeve)
        with days_ago(350) as day:
            for agency in self.agencies:
                self._answer_last_year(year, agency["slug"], on=day)
        _due_then(year, due)
        with days_ago(320):
            for agency_return in year.returns.all():
                self.approve(agency_return, self.maeve)
        with days_ago(300):
            collections.close_collection(year, by=self.maeve)
            showing.show(year, by=self.maeve)
        with days_ago(290):
            self._publish(year)
        _date_back(year.editions.get())

    def _publish(self, year: Collection) -> None:
        """Prepared by the coordinator, commented on and published by the second reader."""
        said, reader = self.reasons["edition"], self.people["second-reader"]
        framing.set_commentary(year, html=said["commentary"], post=said["commentary_post"], by=reader)
        around = framing.Framing(
            preface=said["preface"],
            closing=said["closing"],
            nothing_received=NOTHING_RECEIVED,
            nothing_to_report=NOTHING_TO_REPORT,
            question_once=True,
            not_before=None,
        )
        framing.set_frame(year, framing=around, by=self.maeve)
        editions.prepare(year, by=self.maeve)
        approval = editions.Approval(
            name=said["approved_by"],
            meeting=said["meeting"],
            on=timezone.localdate() - timedelta(days=291),
        )
        read = readiness.text_of(compile_document(year))
        editions.publish(year, approval=approval, read=read, by=reader)

    def _answer_last_year(self, year: Collection, slug: str, *, on: date) -> None:
        if slug == "integrated-care-board":
            reason = self.reasons["nothing_to_report"]["text"]
            drafting.set_nil(self.find(year, slug), reason=reason, by=self.lead(slug))
            self.send(self.find(year, slug), slug, on=on)
        else:
            self.send(self.write(year, slug, "last_year"), slug, on=on)

    def this_year(self) -> None:
        due = timezone.localdate() + timedelta(days=12)
        with days_ago(40):
            year = self._open(BRACKLEY, _year(2025, due), by=self.maeve, previous="2024-25", further=True)
            self._leave_out(year)
        with days_ago(20) as day:
            for slug in (
                "police",
                "childrens-services",
                "community-health",
                "youth-justice",
                "mental-health-trust",
            ):
                told = Told(**self.reasons["told"]) if slug == self.reasons["tells"] else NOBODY
                self.send(self.write(year, slug, "this_year"), slug, on=day, told=told)
        with days_ago(13):
            self._keep_the_dog(year)
        with days_ago(12):
            for slug in ("police", "childrens-services", "community-health", "youth-justice"):
                self.approve(self.find(year, slug), self.maeve)
        with days_ago(9) as day:
            self._send_back_hospital(year, on=day)
        with days_ago(6):
            self._ask_for_time(year)
            moves.move(self.find(year, "mental-health-trust"), "begin_review", by=self.tunde)
        with days_ago(3) as day:
            self._hold(year)
            self._send_incomplete(year, on=day)

    def _keep_the_dog(self, year: Collection) -> None:
        """Two letters that name nobody: kept for a reason, and read by a second person."""
        kept = self.reasons["keep"]
        agency_return = self.find(year, kept["agency"])
        checkup = checkups.current(agency_return)
        found = checkups.sent_points(checkup) if checkup else []
        keys = [one.key for one in found if one.is_blocking]
        points.keep(agency_return, keys=keys, reason=kept["text"], by=self.maeve)
        for case in second_reading.of(agency_return):
            second_reading.sign_off(
                agency_return, read=case.key, note=kept["note"], by=self.people["second-reader"]
            )

    def _leave_out(self, year: Collection) -> None:
        reason = self.reasons["exclude"]
        moves.move(self.find(year, reason["agency"]), "exclude", by=self.maeve, reason=reason["text"])

    def _send_back_hospital(self, year: Collection, *, on: date) -> None:
        asked = self.reasons["change_request"]
        contributor = self.people["hospital-contributor"]
        agency_return = self.write(year, asked["agency"], "this_year", by=contributor)
        self._answer_further(agency_return, by=contributor)
        self.send(agency_return, asked["agency"], on=on)
        moves.move(agency_return, "request_changes", by=self.maeve, reason=asked["text"])

    def _answer_further(self, agency_return: Return, *, by: User) -> None:
        """A first, thin answer to the further question, for agencies that have no text of their own for it."""
        question = agency_return.collection.questions.last()
        if question and not agency_return.answers.filter(question=question).exists():
            html = "<p>We have begun to look at this with the families’ group and will know more in the summer.</p>"
            self._save(agency_return, question, html, by=by)

    def _ask_for_time(self, year: Collection) -> None:
        wish = self.reasons["more_time"]
        slug = wish["agency"]
        agency_return = self.find(year, slug)
        question = year.questions.first()
        if question:
            self._save(agency_return, question, _first_blocks(_html("this_year", slug)), by=self.lead(slug))
        wanted = timezone.localdate() + timedelta(days=26)
        ask = drafting.ask(
            agency_return, kind=AskKind.MORE_TIME, reason=wish["reason"], wanted_on=wanted, by=self.lead(slug)
        )
        chasing.answer_ask(ask, granted=True, note=wish["answer"], by=self.maeve)

    def _hold(self, year: Collection) -> None:
        held = self.reasons["hold"]
        moves.move(self.find(year, held["agency"]), "hold", by=self.lead(held["agency"]), reason=held["text"])

    def _send_incomplete(self, year: Collection, *, on: date) -> None:
        slug = "integrated-care-board"
        agency_return = self.write(year, slug, "this_year")
        self._answer_further(agency_return, by=self.lead(slug))
        self.send(agency_return, slug, on=on)

    def other_partnership(self) -> None:
        coordinator = self.people["hartwell-coordinator"]
        due = timezone.localdate() + timedelta(days=5)
        with days_ago(30):
            year = self._open(HARTWELL, _year(2025, due), by=coordinator)
        with days_ago(2):
            self.write(year, "police", "second_partnership")
        with days_ago(1):
            drafting.ask(
                self.find(year, "hospital-trust"),
                kind=AskKind.MORE_TIME,
                reason="Our named midwife is on leave until next week and holds the notes of the parents’ group.",
                wanted_on=due + timedelta(days=10),
                by=self.lead("hospital-trust"),
            )

    def invite_more(self) -> None:
        brackley = self.partnerships[BRACKLEY]
        people_actions.invite(
            brackley,
            email="d.okafor@board.example.org",
            name="Daniel Okafor",
            kind=RoleKind.BOARD,
            by=self.maeve,
        )

    def _open(
        self, partnership: str, details: Details, *, by: User, previous: str = "", further: bool = False
    ) -> Collection:
        found = self.partnerships[partnership]
        earlier = found.collections.filter(slug=previous).first()
        year = collections.start(found, details=details, by=by, previous=earlier)
        question = year.questions.get(position=1)
        collections.change_question(
            question,
            wording=question.wording,
            guidance=self.reasons["guidance"] if details.slug == "2025-26" else "",
            suggested_words=self.reasons["suggested_words"],
            by=by,
        )
        if further:
            collections.add_question(year, by=by, **self.reasons["further_question"])
        if year.period_needs_a_look:
            collections.confirm_period(year, by=by)
        collections.confirm_people(year, by=by)
        return collections.open_collection(year, by=by)


def _due_then(year: Collection, due: date) -> None:
    """A day that has passed cannot be set by an action, so the year was opened as due today; its letters say so."""
    today = day(timezone.localdate())
    for letter in Message.objects.filter(about__startswith=year.about):
        letter.paragraphs = [paragraph.replace(today, day(due)) for paragraph in letter.paragraphs]
        letter.save(update_fields=["paragraphs"])
    year.due_on = due
    year.save(update_fields=["due_on"])


def _date_back(edition: Edition) -> None:
    """The text of an edition names its day, so it is written anew once the day is long ago."""
    edition.document = to_data(compile_edition(edition))
    edition.sha256 = fingerprint(edition.document)
    edition.save()


def _first_blocks(html: str) -> str:
    return richtext.to_html(richtext.parse(html)[:3])


def _year(first: int, due_on: date | None) -> Details:
    """The reporting year from April of `first`; a return that must still be opened is due today."""
    slug = f"{first}-{(first + 1) % 100:02d}"
    return Details(
        slug=slug,
        label="Appendix C",
        report_title=f"Yearly Report {slug}",
        name="Partners Voice of the Child Snapshot",
        period_start=date(first, 4, 1),
        period_end=date(first + 1, 3, 31),
        opens_on=None,
        due_on=due_on or timezone.localdate(),
    )
