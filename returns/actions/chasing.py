"""Due dates: who gets more time, and who is reminded when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Message, Role, RoleKind, User
from agencies.models.people import AGENCY_KINDS
from returns import permissions
from returns.actions.moves import locked, move
from returns.emails import asks as emails
from returns.emails import compose
from returns.emails.telling import Mailbox
from returns.models import Ask, AskKind, Collection, CollectionStage, Return
from returns.workflow import PEN

# Days from the due date; a reminder says how the return stands to it.
STEPS = (-14, -7, -2, 1, 7, 14)


@transaction.atomic
def grant_time(agency_return: Return, *, due_on: date, by: User) -> Return:
    """Gives the return a due date of its own."""
    agency_return = locked(agency_return)
    permissions.require_coordinator(by, agency_return.partnership_id)
    _refuse_needless(agency_return)
    if due_on < timezone.localdate():
        raise NotNow("Choose today or a later day.")
    agency_return.due_on = due_on
    agency_return.save(update_fields=["due_on"])
    record(
        "grant_time",
        f"set the due date to {compose.day(due_on)}",
        by=by,
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
    )
    compose.time_granted(agency_return, by=by)
    return agency_return


@transaction.atomic
def remind(agency_return: Return, *, by: User) -> list[User]:
    """Reminds those responsible now, beside what is sent by itself; who is reminded. Once a day is enough."""
    agency_return = locked(agency_return)
    permissions.require_coordinator(by, agency_return.partnership_id)
    _refuse_needless(agency_return)
    today, due = timezone.localdate(), agency_return.due
    if due is None:
        raise NotNow("There is no due date to remind anybody of. Set one first.")
    people = list(agency_return.people(RoleKind.LEAD))
    if not people:
        raise NotNow("Nobody is responsible for this return yet. Invite somebody first.")
    found = Return.objects.for_pages().get(pk=agency_return.pk)
    told_already = reminded_today(found.collection)
    told = [
        person
        for person in people
        if person.pk not in told_already
        and compose.reminder(
            person, due, [found], key=f"reminder/{person.pk}/{found.pk}/{today}", words=_words(due, today)
        )
    ]
    if not told:
        raise NotNow("They were reminded today already.")
    _record_reminder(found, by=by)
    return told


@transaction.atomic
def remind_late(collection: Collection, *, by: User) -> list[User]:
    """Reminds everybody whose return is late, each in one e-mail, but for those who were reminded today; who is reminded."""
    permissions.require_coordinator(by, collection.partnership_id)
    today, told_already = timezone.localdate(), reminded_today(collection)
    waiting: dict[tuple[User, date], list[Return]] = defaultdict(list)
    for agency_return in late(collection):
        for person in agency_return.people(RoleKind.LEAD):
            if person.pk not in told_already and agency_return.due:
                waiting[person, agency_return.due].append(agency_return)
    for (person, due), returns in waiting.items():
        key = f"reminder/{person.pk}/{collection.pk}/{due}/late/{today}"
        compose.reminder(person, due, returns, key=key, words=_words(due, today))
    if not waiting:
        raise NotNow("There is nobody to remind now: they were reminded today already, or nobody is late.")
    for one in {one.pk: one for returns in waiting.values() for one in returns}.values():
        _record_reminder(one, by=by)
    return list({person.pk: person for person, _ in waiting}.values())


def late(collection: Collection) -> list[Return]:
    """Those that the agency has not sent, the day being over."""
    return [one for one in collection.returns.for_pages().filter(status__in=PEN) if one.days_late]


def reminded_today(collection: Collection) -> set[int]:
    """Whom the service or a coordinator has reminded today of something in the year."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Message.objects.filter(kind="reminder", about__startswith=collection.about, created_at__gte=since)
    return set(sent.filter(to_user__isnull=False).values_list("to_user", flat=True))


def _record_reminder(agency_return: Return, *, by: User) -> None:
    record(
        "remind",
        "reminded those responsible",
        by=by,
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
    )


def _refuse_needless(agency_return: Return) -> None:
    if not agency_return.collection.is_open:
        stage = agency_return.collection.get_stage_display().lower()
        raise NotNow(f"The {agency_return.collection} is {stage}, so nobody can be given time to write.")
    if agency_return.state not in PEN:
        raise NotNow(f"The agency is not writing: its return is “{agency_return.page.label}”.")


@transaction.atomic
def answer_ask(ask: Ask, *, granted: bool, note: str, by: User, due_on: date | None = None) -> None:
    """Answers what an agency asked. Yes to more time sets the due date (`due_on`, or the day it asked for);
    yes to reopening opens the return for changes, with a due date of its own if one is given."""
    ask = Ask.objects.select_for_update(of=("self",)).select_related("agency_return").get(pk=ask.pk)
    agency_return = locked(ask.agency_return)
    permissions.require_coordinator(by, agency_return.partnership_id)
    if ask.answered_at:
        raise NotNow("This was answered already.")
    if not granted and not note.strip():
        raise NotNow("Say why not, so that the agency knows what to do.")
    if granted:
        _grant(ask, agency_return, due_on=due_on, by=by)
    ask.agency_return = Return.objects.for_pages().get(pk=agency_return.pk)
    ask.answered_at, ask.answered_by, ask.granted, ask.note = timezone.now(), by, granted, note
    ask.save(update_fields=["answered_at", "answered_by", "granted", "note"])
    record(
        "answer_ask",
        _said(ask, agency_return),
        by=by,
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
        reason=note,
    )
    emails.answered(ask, by=by)


def _said(ask: Ask, agency_return: Return) -> str:
    if not ask.granted:
        return f"did not agree (asked {ask.wish})"
    until = agency_return.due_on if ask.kind == AskKind.MORE_TIME else None
    return f"agreed (more time, until {compose.day(until)})" if until else f"agreed (asked {ask.wish})"


def _grant(ask: Ask, agency_return: Return, *, due_on: date | None, by: User) -> None:
    if ask.kind == AskKind.MORE_TIME:
        _refuse_needless(agency_return)
        agency_return.due_on = due_on or ask.wanted_on
        agency_return.save(update_fields=["due_on"])
    elif agency_return.state not in PEN:
        name = "request_changes" if agency_return.state in _IN_HAND else "reopen"
        move(agency_return, name, by=by, reason=ask.reason, due_on=due_on)


_IN_HAND = frozenset({"submitted", "in_review"})


def remind_all(today: date | None = None) -> int:
    """Puts the reminders of the day into the outbox; may run every hour. Returns how many were new.

    A person is reminded once per step and due date, of all that they have to send in one collection by then; not on
    a day on which a coordinator did so, nor again afterwards. When days were missed, only the newest step is caught up."""
    today = today or timezone.localdate()
    waiting: dict[tuple[str, int, date], list[Return]] = defaultdict(list)
    people: dict[str, User | Mailbox] = {}
    for agency_return, person in _owed():
        due = agency_return.due
        if due is not None:
            who = str(person.pk or f"mailbox-{agency_return.seat_id}")
            people[who] = person
            waiting[who, agency_return.collection_id, due].append(agency_return)
    sent, reminded = 0, _reminded()
    for (user, collection, due), returns in waiting.items():
        step = _step(due, today, opened=returns[0].collection.opened_at)
        since = due + timedelta(days=step or 0)
        if step is not None and not _is_enough(reminded[people[user].pk], returns, since=since, today=today):
            key = f"reminder/{user}/{collection}/{due}/{step}"
            sent += compose.reminder(people[user], due, returns, key=key, words=_words(due, today))
    return sent


def _reminded() -> dict[int, dict[str, date]]:
    """The day on which each person was last reminded of a return, or of all that they have to send in a year."""
    found: dict[int, dict[str, date]] = defaultdict(dict)
    sent = Message.objects.filter(kind="reminder", to_user__isnull=False).order_by()
    for user, about, last in sent.values_list("to_user", "about").annotate(Max("created_at")):
        found[user][about] = timezone.localdate(last)
    return found


def _is_enough(reminded: dict[str, date], returns: Sequence[Return], *, since: date, today: date) -> bool:
    """Whether they were reminded today of something in the year, or since the day of the step of all of this."""
    year = returns[0].collection.about
    if any(on >= today for about, on in reminded.items() if about.startswith(year)):
        return True
    days = [max(reminded.get(about, date.min) for about in (year, one.about)) for one in returns]
    return min(days) >= since


def _owed() -> list[tuple[Return, User | Mailbox]]:
    """Each unsent return of an open collection with each person responsible for it, and the mailbox of its agency."""
    returns = (
        Return.objects.for_pages()
        .filter(collection__stage=CollectionStage.OPEN, status__in=PEN)
        .order_by("position", "pk")
    )
    roles = Role.objects.active().filter(seat__isnull=False, kind__in=AGENCY_KINDS[:1]).select_related("user")
    by_seat: dict[int, list[User]] = defaultdict(list)
    for role in roles:
        by_seat[role.seat_id or 0].append(role.user)
    owed: list[tuple[Return, User | Mailbox]] = []
    for agency_return in returns:
        people = {user.pk: user for seat in agency_return.seat_ids for user in by_seat[seat]}
        owed += [(agency_return, person) for person in people.values()]
        owed += [(agency_return, box) for box in compose.mailbox(agency_return)]
    return owed


def _step(due: date, today: date, *, opened: object) -> int | None:
    """The newest step that has been reached; none before the first, and none that fell before the opening."""
    reached = [step for step in STEPS if due + timedelta(days=step) <= today]
    if not reached:
        return None
    opened_on = timezone.localdate(opened) if opened else None  # type: ignore[arg-type]
    if opened_on and due + timedelta(days=reached[-1]) < opened_on:
        return None
    return reached[-1]


def _words(due: date, today: date) -> str:
    days = (due - today).days
    if days > 1:
        return f"is due in {days} days"
    return {1: "is due tomorrow", 0: "is due today", -1: "was due yesterday"}.get(
        days, f"was due {-days} days ago"
    )
