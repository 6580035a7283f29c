"""What an agency's people write: drafts, "nothing to report", the sign-off, sending and asking."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import User
from agencies.prepared import prepared
from returns import permissions, richtext
from returns.actions.moves import locked, take
from returns.emails import asks as emails
from returns.emails import compose
from returns.models import Answer, Ask, AskKind, Declaration, Question, Return, Save, Told
from returns.workflow import TRANSITIONS, Status

_MINUTE = timedelta(minutes=1)
REOPENABLE = frozenset({Status.IN_REVIEW, Status.APPROVED, Status.HELD})


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save. `applied` is false when somebody else had saved in between; nothing is lost then:
    `answer` is theirs, and what was sent is kept as a save of its own.

    `version` is the one that holds the text that was sent, on which its page bases its next save; if it was not
    applied, the one it was based on. A repeated request may be older than `answer`."""

    answer: Answer
    applied: bool
    version: int


class Written(TypedDict):
    """What a page sends: clean HTML, and the version it was based on. (`client`, `sequence`) names the request: the
    same one again changes nothing and says the same."""

    html: str
    base_version: int
    client: str
    sequence: int


@transaction.atomic
def save_answer(agency_return: Return, question: Question, *, by: User, **written: Unpack[Written]) -> Saved:
    """Saves the text as the answer, if it was based on the newest version."""
    agency_return = locked(agency_return)
    permissions.require_writer(by, agency_return)
    refuse_unless_pen(agency_return)
    # From here on it is the agency's own text.
    return apply_save(agency_return, question, by=by, typed_by=None, **written)


def apply_save(
    agency_return: Return,
    question: Question,
    *,
    by: User | None,
    typed_by: User | None,
    html: str,
    base_version: int,
    client: str,
    sequence: int,
) -> Saved:
    """The writing half of `save_answer`: inside a transaction, return locked, WHO and WHEN asked. `typed_by` is the
    coordinator who wrote down what the agency said."""
    answer = _locked_answer.first(agency_return=agency_return, question=question) or Answer.objects.create(
        agency_return=agency_return, question=question
    )  # the return is locked, so nobody else begins it
    earlier = _same_save.first(answer=answer, client=client, sequence=sequence)
    if earlier and earlier.html == html:
        return Saved(answer, earlier.applied, earlier.version if earlier.applied else base_version)
    if html == answer.html:
        return Saved(answer, True, answer.version)
    if earlier:  # the same page was sent again with other words, as after going back in the browser
        sequence = _free_sequence(answer, client)
    elif _continues_itself(answer, base_version, client, sequence):
        base_version = answer.version
    applied = base_version == answer.version
    Save.objects.create(
        answer=answer,
        version=answer.version + 1 if applied else answer.version,
        base_version=base_version,
        html=html,
        by=by,
        client=client,
        sequence=sequence,
        applied=applied,
    )
    if applied:
        _write_answer(answer, html, by=by)
        _touch(agency_return, by=by, typed_by=typed_by, has_words=answer.words > 0)
    return Saved(answer, applied, answer.version if applied else base_version)


@prepared
def _locked_answer(agency_return: Return, question: Question) -> QuerySet[Answer]:
    there = Answer.objects.filter(agency_return=agency_return, question=question)
    return there.select_for_update().order_by()


@prepared
def _same_save(answer: Answer, client: str, sequence: int) -> QuerySet[Save]:
    return Save.objects.filter(answer=answer, client=client, sequence=sequence).order_by()


def _continues_itself(answer: Answer, base_version: int, client: str, sequence: int) -> bool:
    """Whether all that was saved since came earlier from the same page, which never heard that it was saved: the
    connection broke off, or the server did."""
    if base_version >= answer.version:
        return False
    since = answer.saves.filter(applied=True, version__gt=base_version)
    pages = list(since.values_list("client", "sequence"))
    return len(pages) == answer.version - base_version and all(
        one == client and earlier < sequence for one, earlier in pages
    )


def _free_sequence(answer: Answer, client: str) -> int:
    last = answer.saves.filter(client=client).aggregate(last=Max("sequence"))["last"] or 0
    return int(last) + 1


def _write_answer(answer: Answer, html: str, *, by: User | None) -> None:
    answer.html = html
    answer.words = richtext.count_words(richtext.parse(html))
    answer.version += 1
    answer.saved_at, answer.saved_by = timezone.now(), by
    answer.save(update_fields=["html", "words", "version", "saved_at", "saved_by"])


def _touch(agency_return: Return, *, by: User | None, typed_by: User | None, has_words: bool) -> None:
    """Writing something takes back "nothing to report". Of the moment the minute is enough, so most saves of somebody
    who goes on writing leave the row of the return alone."""
    now, before = timezone.now(), agency_return.active_at
    nil_reason = "" if has_words else agency_return.nil_reason
    if nil_reason != agency_return.nil_reason:
        _record(agency_return, "unset_nil", "wrote an answer after all", by=by)
    elif before and now - before < _MINUTE and agency_return.typed_by_id == (typed_by and typed_by.pk):
        return
    agency_return.active_at, agency_return.nil_reason, agency_return.typed_by = now, nil_reason, typed_by
    agency_return.save(update_fields=["active_at", "nil_reason", "typed_by"])


def refuse_unless_pen(agency_return: Return) -> None:
    """The agency writes in draft and when changes were asked for, while the collection is open. A due date
    closes nothing."""
    if not agency_return.waits_for_agency:
        label = (
            agency_return.collection.get_stage_display()
            if not agency_return.collection.is_open
            else agency_return.page.label
        )
        raise NotNow(
            f"The return cannot be changed now: it is “{label}”. What you wrote was not saved; copy it if you need it."
        )


@transaction.atomic
def set_nil(agency_return: Return, *, reason: str, by: User) -> None:
    """The agency has nothing to report, and says why. What was drafted stays, unprinted."""
    agency_return = locked(agency_return)
    permissions.require_writer(by, agency_return)
    refuse_unless_pen(agency_return)
    if not reason.strip():
        raise NotNow("Say why there is nothing to report. It is printed in place of an answer.")
    agency_return.nil_reason, agency_return.active_at = reason, timezone.now()
    agency_return.typed_by = None  # from here on it is the agency's own word
    agency_return.save(update_fields=["nil_reason", "active_at", "typed_by"])
    _record(agency_return, "set_nil", "said that there is nothing to report", by=by)


@transaction.atomic
def unset_nil(agency_return: Return, *, by: User) -> None:
    agency_return = locked(agency_return)
    permissions.require_writer(by, agency_return)
    refuse_unless_pen(agency_return)
    if not agency_return.is_nil:
        return
    agency_return.nil_reason = ""
    agency_return.save(update_fields=["nil_reason"])
    _record(agency_return, "unset_nil", "said that there is something to report after all", by=by)


@transaction.atomic
def submit(
    agency_return: Return,
    *,
    by: User,
    signed_name: str,
    signed_post: str,
    signed_on: date,
    told: Told | None = None,
) -> Return:
    """Sends the return, with the name of who signed it off in the agency and whether it tells of an individual child
    or family (`told`; None lets stand what was said the last time)."""
    row = TRANSITIONS["submit"]
    agency_return = locked(agency_return)
    permissions.require(by, agency_return, row.by)
    agency_return.signed_name, agency_return.signed_post, agency_return.signed_on = (
        signed_name,
        signed_post,
        signed_on,
    )
    if told:
        declare(agency_return, told, by=by)
    return take(agency_return, row, by=by)


def declare(agency_return: Return, told: Told, *, by: User) -> None:
    """Keeps what is said of the children and families in it. Inside a transaction, return locked, WHO asked."""
    if not told.is_whole:
        raise NotNow(
            "Say who holds the permission or what was changed, whether a case is live (and whom you asked, if it is), "
            "who checked that nobody can be recognised, and whether somebody could work out who it is."
        )
    values = {"by": by, "at": timezone.now(), **asdict(told)}
    Declaration.objects.update_or_create(agency_return=agency_return, defaults=values)


@transaction.atomic
def ask(agency_return: Return, *, kind: AskKind, reason: str, by: User, wanted_on: date | None = None) -> Ask:
    """Asks the coordinators for more time (until `wanted_on`), or to change what they have."""
    agency_return = locked(agency_return)
    permissions.require_writer(by, agency_return)
    _refuse_needless(agency_return, kind, wanted_on)
    if agency_return.asks.filter(kind=kind, answered_at=None).exists():
        raise NotNow("You have already asked. The partnership has not answered yet.")
    asked = Ask.objects.create(
        agency_return=agency_return, kind=kind, reason=reason, wanted_on=wanted_on, asked_by=by
    )
    wish = f"for time until {compose.day(wanted_on)}" if wanted_on else asked.wish
    _record(agency_return, "ask", f"asked {wish}", by=by, reason=reason)
    emails.asked(asked)
    return asked


def _refuse_needless(agency_return: Return, kind: AskKind, wanted_on: date | None) -> None:
    if kind == AskKind.MORE_TIME:
        refuse_unless_pen(agency_return)
        if (
            wanted_on is None
            or wanted_on <= timezone.localdate()
            or (agency_return.due and wanted_on <= agency_return.due)
        ):
            raise NotNow("Choose a day after today and after the present due date.")
    elif not agency_return.collection.is_open:
        raise NotNow(f"The {agency_return.collection} is closed. Write to the partnership’s coordinator.")
    elif agency_return.state == Status.SUBMITTED:
        raise NotNow("You can take the return back yourself: its review has not begun.")
    elif agency_return.state not in REOPENABLE:
        raise NotNow("The return is open already. You can write in it.")


def _record(agency_return: Return, act: str, phrase: str, *, by: User | None, reason: str = "") -> None:
    record(
        act,
        phrase,
        by=by,
        about=agency_return.about,
        partnership=agency_return.collection.partnership,
        agency=agency_return.seat.agency,
        reason=reason,
    )
