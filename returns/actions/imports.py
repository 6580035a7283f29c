"""Takes a file of returns in: sets up what is missing, then one answer, one revision, one event an agency."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Partnership, Seat, User
from returns.actions import checkups, points, second_reading
from returns.actions.blockers import Attempt, newest_revision, reasons_against
from returns.actions.drafting import apply_save
from returns.actions.imports_setup import add_seat, find_or_create_partnership, seats_by_name
from returns.actions.moves import locked, move, take
from returns.importing import ImportRefused, Parsed, ParsedReturn, name_key
from returns.models import Answer, Collection, CollectionStage, Question, Return
from returns.workflow import TRANSITIONS, Blocker, RevisionKind, Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one agency's answer. `replaced`: a draft stood there, which is kept among its saves."""

    agency_return: Return
    parsed: ParsedReturn
    imported: bool = False
    replaced: bool = False
    approved: bool = False
    waits: tuple[str, ...] = ()  # why it stays with the partnership although everything was to be approved


@dataclass(frozen=True, slots=True)
class Imported:
    """`set_up` names what was created, `notes` what differs between the file and what was there."""

    collection: Collection
    outcomes: tuple[Outcome, ...]
    set_up: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.set_up) or any(one.imported or one.approved for one in self.outcomes)


@dataclass(slots=True)
class _Run:
    """One run: what it was asked for, and what it has set up so far."""

    parsed: Parsed
    create: bool
    by: User | None = None
    set_up: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Match:
    """An answer of the file, the return it belongs to, and the text that stands there now."""

    parsed: ParsedReturn
    agency_return: Return
    html: str = ""

    @property
    def is_same(self) -> bool:
        return self.html == self.parsed.html and not self.agency_return.is_nil


@transaction.atomic
def import_returns(
    parsed: Parsed,
    *,
    partnership: str,
    by: str = "",
    approve: bool = False,
    reason: str = "",
    create: bool = True,
) -> Imported:
    """Takes the file into the partnership with this short name; all of it, or nothing and ImportRefused.

    `by` is the e-mail address of a coordinator: of one who is there already, or of one to be made together with
    a new partnership. `approve` approves what is imported in that name, `reason` being kept with each approval, with
    each point that could show who somebody is, and in place of the second reading of a case study. Without it, a
    return that has such a point or case study stays with the partnership.
    An import is nobody's text, so whoever imports may approve. Nobody is told of an import by e-mail."""
    if approve and not by:
        raise ImportRefused("Say in whose name the returns are approved.")
    run = _Run(parsed, create)
    found, run.by, created = find_or_create_partnership(
        parsed.partnership, partnership, by_email=by, create=create
    )
    run.set_up += created
    collection, question = _collection(run, found)
    _note_differences(run, collection)
    matches = _with_present_texts(_matches(run, collection))
    _refuse_other_texts(matches)
    outcomes = [_take_in(run, match, question) for match in matches]
    if approve and run.by:
        outcomes = [_approve(outcome, by=run.by, reason=reason) for outcome in outcomes]
    return Imported(collection, tuple(outcomes), tuple(run.set_up), tuple(run.notes))


def _collection(run: _Run, partnership: Partnership) -> tuple[Collection, Question]:
    slug = run.parsed.year.slug
    locked_ones = Collection.objects.select_for_update(of=("self",)).select_related("partnership")
    collection = locked_ones.filter(partnership=partnership, slug=slug).first()
    if collection is None:
        return _create_collection(run, partnership)
    if collection.is_preparing:
        raise ImportRefused(f"The {collection} is being prepared. Open it first, then import into it.")
    if collection.is_closed:
        raise ImportRefused(f"The {collection} is closed. Open it again first, then import into it.")
    questions = list(collection.questions.all())
    if len(questions) != 1:
        raise ImportRefused(f"The {collection} asks {len(questions)} questions, but the file answers one.")
    if name_key(questions[0].wording) != name_key(run.parsed.question):
        raise ImportRefused(
            f"The {collection} asks another question than the file. It asks: “{questions[0].wording}”"
        )
    return collection, questions[0]


def _create_collection(run: _Run, partnership: Partnership) -> tuple[Collection, Question]:
    parsed = run.parsed
    collection = Collection.objects.create(
        partnership=partnership,
        slug=parsed.year.slug,
        label=parsed.label,
        report_title=parsed.report,
        name=parsed.name,
        period_start=parsed.year.period_start,
        period_end=parsed.year.period_end,
        stage=CollectionStage.OPEN,
        opened_at=timezone.now(),
    )
    question = Question.objects.create(collection=collection, position=1, wording=parsed.question)
    record(
        "import_collection",
        f"opened the {collection} to import answers from a file",
        by=run.by,
        about=collection.about,
        partnership=partnership,
    )
    run.set_up.append(f"the {collection}")
    return collection, question


def _note_differences(run: _Run, collection: Collection) -> None:
    parsed = run.parsed
    if name_key(parsed.partnership) != name_key(collection.partnership.name):
        run.notes.append(
            f"the file calls the partnership “{parsed.partnership}”; it is “{collection.partnership.name}” here"
        )
    if name_key(parsed.title) != name_key(collection.title):
        run.notes.append(f"the file’s title is “{parsed.title}”; the appendix is headed “{collection.title}”")


def _matches(run: _Run, collection: Collection) -> list[_Match]:
    """Each answer of the file with its return; agencies and returns that are missing are made."""
    places = _Places(run, collection)
    found: dict[int, _Match] = {}
    for parsed in run.parsed.returns:
        match = _Match(parsed, places.return_of(parsed))
        first = found.setdefault(match.agency_return.pk, match)
        if first is not match:
            raise ImportRefused(
                f"{first.parsed.place} and {parsed.place} are both about {match.agency_return.name}."
            )
    return list(found.values())


class _Places:
    """The collection's returns and the partnership's seats, by name, in a fixed number of queries."""

    def __init__(self, run: _Run, collection: Collection) -> None:
        returns = list(collection.returns.all())
        self._run, self._collection = run, collection
        self._by_name = {name_key(one.name): one for one in reversed(returns)}
        self._by_agency = {one.slug: one for one in returns}
        self._seats = seats_by_name(collection.partnership)
        self._last = max((one.position for one in returns), default=0)

    def return_of(self, parsed: ParsedReturn) -> Return:
        there = self._by_name.get(name_key(parsed.agency))
        if there:
            return there
        seat = self._seats.get(name_key(parsed.agency)) or self._new_seat(parsed)
        return self._by_agency.get(seat.agency.slug) or self._new_return(seat)

    def _new_seat(self, parsed: ParsedReturn) -> Seat:
        partnership = self._collection.partnership
        if not self._run.create:
            raise ImportRefused(f"{parsed.place}: {partnership.name} has no agency called “{parsed.agency}”.")
        self._run.set_up.append(parsed.agency)
        return add_seat(partnership, parsed.agency, by=self._run.by)

    def _new_return(self, seat: Seat) -> Return:
        """In the order of the file, after what is there."""
        self._last += 1
        there = self._by_agency[seat.agency.slug] = Return.objects.create(
            collection=self._collection,
            seat=seat,
            slug=seat.agency.slug,
            name=seat.name,
            position=self._last,
        )
        return there


def _with_present_texts(matches: list[_Match]) -> list[_Match]:
    texts = dict(
        Answer.objects.filter(agency_return__in=[match.agency_return for match in matches]).values_list(
            "agency_return_id", "html"
        )
    )
    return [
        replace(match, agency_return=locked(match.agency_return), html=texts.get(match.agency_return.pk, ""))
        for match in matches
    ]


def _refuse_other_texts(matches: list[_Match]) -> None:
    """What an agency has sent is not replaced by a file."""
    others = [
        f"{match.parsed.place}: {match.agency_return.name} has another text already, "
        f"and its return is “{match.agency_return.page.label}”. An import replaces drafts only."
        for match in matches
        if match.agency_return.state != Status.DRAFT and not match.is_same
    ]
    if others:
        raise ImportRefused("\n".join(others))


def _take_in(run: _Run, match: _Match, question: Question) -> Outcome:
    """An import is nobody's text: no save, sign-off or sending in anybody's name stays with it."""
    agency_return = match.agency_return
    if agency_return.state != Status.DRAFT or (match.is_same and _was_imported(agency_return)):
        return Outcome(agency_return, match.parsed)
    agency_return.nil_reason = ""
    agency_return.submitted_by = agency_return.typed_by = None
    agency_return.signed_name = agency_return.signed_post = ""
    agency_return.signed_on = None
    answer = agency_return.answers.filter(question=question).first()
    version = answer.version if answer else 0
    apply_save(
        agency_return,
        question,
        html=match.parsed.html,
        base_version=version,
        client="import",
        sequence=version + 1,
        by=None,
        typed_by=None,
    )
    moved = take(agency_return, TRANSITIONS["import"], by=run.by)
    return Outcome(moved, match.parsed, imported=True, replaced=bool(match.html) and not match.is_same)


def _was_imported(agency_return: Return) -> bool:
    """It was, and the agency has taken it back: the same file does not send it again."""
    return agency_return.revisions.filter(kind=RevisionKind.IMPORTED).exists()


# What a reason settles; an import without one leaves it to people.
_FOR_PEOPLE = frozenset({Blocker.OPEN_POINT, Blocker.CASE_STUDY})


def _approve(outcome: Outcome, *, by: User, reason: str) -> Outcome:
    agency_return = outcome.agency_return
    if agency_return.state == Status.APPROVED:
        return outcome
    if reason:
        _settle(agency_return, reason=reason, by=by)
    elif waits := _waits_for_people(agency_return, by):
        return replace(outcome, waits=tuple(waits))
    newest = newest_revision(agency_return)
    try:
        moved = move(agency_return, "approve", by=by, reason=reason, read=newest.number if newest else None)
    except (NotNow, PermissionDenied) as no:
        raise ImportRefused(f"{agency_return.name} cannot be approved. {no}") from no
    return replace(outcome, agency_return=moved, approved=True)


def _settle(agency_return: Return, *, reason: str, by: User) -> None:
    """Keeps every point that would stand in the way, and records that an import did."""
    checkup = checkups.current(agency_return)
    found = (
        [one for one in checkups.sent_points(checkup) if one.is_blocking and one.is_open] if checkup else []
    )
    if found:
        points.keep_findings(agency_return, found, reason=reason, by=by, by_import=True)
    second_reading.sign_off_by_import(agency_return, reason=reason, by=by)


def _waits_for_people(agency_return: Return, by: User) -> list[str]:
    row = TRANSITIONS["approve"]
    return reasons_against(row, Attempt(agency_return, by), but=row.needs - _FOR_PEOPLE)
