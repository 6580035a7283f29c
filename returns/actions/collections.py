"""The life of a collection: prepared, opened, closed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Partnership, Seat, User
from agencies.prepared import prepared
from returns.actions.moves import move
from returns.emails import closing, compose
from returns.models import Collection, CollectionStage, Question, Return
from returns.permissions import require_coordinator
from returns.question import STANDARD_QUESTION
from returns.workflow import PEN, Status


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of a collection as a whole."""

    slug: str
    label: str
    report_title: str
    name: str
    period_start: date
    period_end: date
    opens_on: date | None
    due_on: date | None


def about_partnership(partnership: Partnership) -> str:
    return f"partnership/{partnership.pk}/"


@transaction.atomic
def start(
    partnership: Partnership, *, details: Details, by: User, previous: Collection | None = None
) -> Collection:
    """Begins to prepare a year's return: from an earlier one (its questions, and the agencies it left out),
    or afresh with the standard question. Nobody is told yet."""
    require_coordinator(by, partnership)
    _refuse_taken_slug(partnership, details.slug)
    _refuse_due_date(details)
    collection = Collection(partnership=partnership)
    _write(collection, details)
    _copy_questions(collection, previous)
    _take_seats_in(collection)
    if previous:
        _leave_out_again(collection, previous, by=by)
    _record(collection, "start_collection", f"began to prepare the {collection}", by=by)
    return collection


def _write(collection: Collection, details: Details) -> None:
    for field in Details.__slots__:
        setattr(collection, field, getattr(details, field))
    collection.save()


def _refuse_taken_slug(partnership: Partnership, slug: str, but: Collection | None = None) -> None:
    taken = partnership.collections.filter(slug=slug)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise NotNow(f"There is already a return called {slug}. Choose another short name.")


def _copy_questions(collection: Collection, previous: Collection | None) -> None:
    if previous is None:
        Question.objects.create(
            collection=collection, position=1, wording=STANDARD_QUESTION, suggested_words=400
        )
        return
    Question.objects.bulk_create(
        Question(
            collection=collection,
            position=question.position,
            wording=_moved_on(question.wording, previous, collection),
            guidance=_moved_on(question.guidance, previous, collection),
            suggested_words=question.suggested_words,
        )
        for question in previous.questions.all()
    )


def _moved_on(text: str, previous: Collection, collection: Collection) -> str:
    """A question's words with the days and the name of the earlier period turned into those of the new one, in one
    pass, so that nothing is moved on twice."""
    pairs = dict(zip(_names_of_period(previous), _names_of_period(collection), strict=True))
    pattern = "|".join(map(re.escape, pairs))
    return re.sub(rf"(?<!\d)(?:{pattern})(?!\d)", lambda found: pairs[found[0]], text)


def _names_of_period(collection: Collection) -> list[str]:
    """1 April 2025, 31 March 2026, 2025-26 and 2025/26"""
    days = [f"{day.day} {day:%B %Y}" for day in (collection.period_start, collection.period_end)]
    return [*days, collection.slug, collection.slug.replace("-", "/")]


def _take_seats_in(collection: Collection) -> list[Return]:
    """A return for each present agency that has none yet, under the name and in the order of today."""
    have = set(collection.returns.values_list("seat_id", flat=True))
    seats = collection.partnership.seats.current().select_related("agency")
    return [add_return(collection, seat) for seat in seats if seat.pk not in have]


def add_return(collection: Collection, seat: Seat) -> Return:
    return Return.objects.create(
        collection=collection, seat=seat, slug=seat.agency.slug, name=seat.name, position=seat.position
    )


def _leave_out_again(collection: Collection, previous: Collection, *, by: User) -> None:
    reasons = dict(previous.returns.filter(status=Status.EXCLUDED).values_list("seat_id", "reason"))
    for agency_return in collection.returns.filter(seat__in=reasons):
        move(
            agency_return, "exclude", by=by, reason=f"As in {previous.slug}: {reasons[agency_return.seat_id]}"
        )


@transaction.atomic
def change_details(collection: Collection, *, details: Details, by: User) -> Collection:
    """Changes titles and dates, at any time before the collection is closed."""
    collection = locked(collection, by=by)
    if collection.is_closed:
        raise NotNow("This return is closed. Open it again to change it.")
    _refuse_taken_slug(collection.partnership, details.slug, but=collection)
    if collection.is_open and details.due_on is None:
        raise NotNow("An open return needs a due date.")
    _refuse_due_date(details, collection)
    if not collection.is_preparing and details.slug != collection.slug:
        raise NotNow(
            "The short name is part of addresses that people have. It can only change before the opening."
        )
    if (details.period_end, details.due_on) != (collection.period_end, collection.due_on):
        collection.period_confirmed_at = None
    due_before = collection.due_on
    _write(collection, details)
    _record(collection, "change_details", f"changed the details of the {collection}", by=by)
    if collection.is_open and collection.due_on != due_before:
        _tell_due_date(collection, by=by)
    return collection


def _refuse_due_date(details: Details, collection: Collection | None = None) -> None:
    """A date that stays as it is may have passed; a new one must make sense."""
    due = details.due_on
    if due is None or (collection and due == collection.due_on):
        return
    if due < details.period_end - timedelta(days=365):
        raise NotNow("The due date lies more than a year before the end of the period. Choose a later one.")
    if details.opens_on and due < details.opens_on:
        raise NotNow("The due date must not come before the opening.")
    if collection and collection.is_open and due < timezone.localdate():
        raise NotNow("The agencies are writing, so choose today or a later day as the due date.")


def _tell_due_date(collection: Collection, *, by: User) -> None:
    """Tells the agencies that are still writing; those with a date of their own keep it."""
    for agency_return in collection.returns.for_pages().filter(due_on=None, status__in=PEN):
        compose.time_granted(agency_return, by=by)


@transaction.atomic
def confirm_period(collection: Collection, *, by: User) -> None:
    """The answer to "Is the period right?", asked once when the due date lies more than a year after it."""
    collection = locked(collection, by=by)
    collection.period_confirmed_at = timezone.now()
    collection.save(update_fields=["period_confirmed_at"])
    _record(collection, "confirm_period", "said that the period is right", by=by)


@transaction.atomic
def confirm_people(collection: Collection, *, by: User) -> None:
    collection = locked(collection, by=by)
    collection.people_confirmed_at = timezone.now()
    collection.save(update_fields=["people_confirmed_at"])
    _record(collection, "confirm_people", "looked through the agencies and their people", by=by)


@transaction.atomic
def add_question(
    collection: Collection, *, wording: str, guidance: str, suggested_words: int | None, by: User
) -> Question:
    collection = _preparing(collection, by=by)
    last = collection.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question.objects.create(
        collection=collection,
        position=last + 1,
        wording=wording,
        guidance=guidance,
        suggested_words=suggested_words,
    )
    _record(collection, "add_question", f"added question {question.position}", by=by)
    return question


@transaction.atomic
def change_question(
    question: Question, *, wording: str, guidance: str, suggested_words: int | None, by: User
) -> None:
    collection = _preparing(question.collection, by=by)
    Question.objects.filter(pk=question.pk).update(
        wording=wording, guidance=guidance, suggested_words=suggested_words
    )
    _record(collection, "change_question", f"changed question {question.position}", by=by)


@transaction.atomic
def move_question(question: Question, *, up: bool, by: User) -> None:
    """Swaps the question with its neighbour; at the end nothing changes."""
    collection = _preparing(question.collection, by=by)
    questions = list(collection.questions.all())
    at = [other.pk for other in questions].index(question.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(questions):
        questions[at], questions[to] = questions[to], questions[at]
        _number(questions)
        _record(collection, "move_question", f"moved question {at + 1} {'up' if up else 'down'}", by=by)


@transaction.atomic
def remove_question(question: Question, *, by: User) -> None:
    collection = _preparing(question.collection, by=by)
    if collection.questions.count() == 1:
        raise NotNow("A return needs at least one question. Change this one instead.")
    position = question.position
    Question.objects.filter(pk=question.pk).delete()
    _number(list(collection.questions.all()))
    _record(collection, "remove_question", f"removed question {position}", by=by)


def _number(questions: list[Question]) -> None:
    for position, question in enumerate(questions, start=1):
        Question.objects.filter(pk=question.pk).update(position=position)


def reasons_against_opening(collection: Collection) -> list[str]:
    """What must be settled before agencies are asked."""
    reasons = []
    if not collection.is_preparing:
        reasons.append(f"The {collection} was opened already.")
    if collection.due_on is None:
        reasons.append("Say when the returns are due.")
    elif collection.due_on < timezone.localdate():
        reasons.append("The due date has passed. Choose a later one.")
    if collection.period_needs_a_look:
        reasons.append("Say whether the period is right: the due date lies more than a year after it.")
    if not collection.questions.exists():
        reasons.append("Add a question.")
    if not collection.returns.exclude(status=Status.EXCLUDED).exists():
        reasons.append("No agency is asked yet. Add the agencies of the partnership first.")
    return reasons


@transaction.atomic
def open_collection(collection: Collection, *, by: User) -> Collection:
    """Asks the agencies: fixes the questions, copies names and order of the day, and tells everybody."""
    collection = locked(collection, by=by)
    _take_seats_in(collection)
    reasons = reasons_against_opening(collection)
    if reasons:
        raise NotNow(*reasons)
    _copy_names_and_order(collection)
    collection.stage, collection.opened_at = CollectionStage.OPEN, timezone.now()
    collection.save(update_fields=["stage", "opened_at"])
    _record(collection, "open_collection", f"opened the {collection}", by=by)
    for agency_return in collection.returns.for_pages().exclude(status=Status.EXCLUDED):
        compose.opened(collection, agency_return, by=by)
    return collection


def _copy_names_and_order(collection: Collection) -> None:
    for agency_return in collection.returns.select_related("seat__agency"):
        seat = agency_return.seat
        if seat.left_on:
            agency_return.delete()
            continue
        agency_return.name, agency_return.position = seat.name, seat.position
        agency_return.slug = seat.agency.slug
        agency_return.save(update_fields=["name", "position", "slug"])


def seats_without_return(collection: Collection) -> list[Seat]:
    """Agencies that joined the partnership after the collection was opened."""
    return _without_return(collection=collection, partnership=collection.partnership_id)


@prepared
def _without_return(collection: Collection, partnership: int) -> QuerySet[Seat]:
    have = Return.objects.filter(collection=collection).values("seat_id")
    seats = Seat.objects.current().filter(partnership=partnership)
    return seats.exclude(pk__in=have).select_related("agency")


@transaction.atomic
def take_in(collection: Collection, seat: Seat, *, by: User) -> Return:
    """Asks an agency that joined after the opening."""
    collection = locked(collection, by=by)
    if not collection.is_open:
        raise NotNow("An agency can be added while the return is open.")
    if not collection.partnership.seats.current().filter(pk=seat.pk).exists():
        raise NotNow(f"{seat.name} is not on the partnership’s list of agencies.")
    if collection.returns.filter(seat=seat).exists():
        raise NotNow(f"{seat.name} is part of this return already.")
    agency_return = add_return(collection, seat)
    _record(collection, "take_in", f"added {seat.name} to the {collection}", by=by)
    compose.opened(collection, agency_return, by=by)
    return agency_return


def not_approved(collection: Collection) -> list[Return]:
    """Those of which no answer stands in the appendix now."""
    return list(collection.returns.exclude(status__in=[Status.APPROVED, Status.EXCLUDED]))


@transaction.atomic
def close_collection(collection: Collection, *, by: User) -> None:
    """Ends the writing. Where nothing is approved, a sentence of the partnership’s stands in the appendix."""
    collection = locked(collection, by=by)
    if not collection.is_open:
        raise NotNow("Only an open return can be closed.")
    collection.stage, collection.closed_at = CollectionStage.CLOSED, timezone.now()
    collection.save(update_fields=["stage", "closed_at"])
    _record(collection, "close_collection", f"closed the {collection}", by=by)
    for agency_return in not_sent(collection):
        closing.closed(agency_return, by=by)


def not_sent(collection: Collection) -> list[Return]:
    """Those whose agencies are still writing, whom closing cuts off and opening again lets write."""
    return list(collection.returns.for_pages().filter(status__in=PEN))


def needs_new_due_date(collection: Collection) -> bool:
    """Opened again as it is, agencies would be late at once."""
    return collection.due_on is None or collection.due_on < timezone.localdate()


@transaction.atomic
def reopen_collection(collection: Collection, *, by: User, due_on: date | None = None) -> None:
    """`due_on` is needed where the present date has passed. A later date of an agency's own stays."""
    collection = locked(collection, by=by)
    if not collection.is_closed:
        raise NotNow("This return is not closed.")
    if needs_new_due_date(collection):
        if due_on is None or due_on < timezone.localdate():
            raise NotNow("Choose today or a later day as the due date.")
        collection.due_on = due_on
        collection.returns.filter(due_on__lt=due_on, status__in=PEN).update(due_on=None)
    collection.stage, collection.closed_at = CollectionStage.OPEN, None
    collection.save(update_fields=["stage", "closed_at", "due_on"])
    _record(collection, "reopen_collection", f"opened the {collection} again", by=by)
    for agency_return in not_sent(collection):
        closing.opened_again(agency_return, by=by)


def locked(collection: Collection, *, by: User) -> Collection:
    """The collection as it is now, held until the transaction ends; only for its coordinators."""
    collection = (
        Collection.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=collection.pk)
    )
    require_coordinator(by, collection.partnership)
    return collection


def _preparing(collection: Collection, *, by: User) -> Collection:
    collection = locked(collection, by=by)
    if not collection.is_preparing:
        raise NotNow(
            "The questions have been fixed since the return was opened, so that every agency answers the same."
        )
    return collection


def _record(collection: Collection, act: str, phrase: str, *, by: User) -> None:
    record(act, phrase, by=by, about=collection.about, partnership=collection.partnership)
