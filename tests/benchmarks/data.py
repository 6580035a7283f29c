"""Partnerships of any size with the invented answers of the demonstration, written without detours."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.utils import timezone

from agencies.models import Agency, Partnership, RoleKind, Seat, User
from returns import richtext
from returns.actions.moves import snapshot
from returns.appendix.compile import compile_document
from returns.appendix.document import fingerprint, to_data
from returns.models import Answer, Collection, CollectionStage, Edition, Question, Return, Revision
from returns.question import STANDARD_QUESTION
from returns.workflow import RevisionKind, Status

FOLDER = Path(__file__).resolve().parents[2] / "returns" / "management" / "sample" / "this_year"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.html"))]
MIXED = [Status.DRAFT, Status.SUBMITTED, Status.IN_REVIEW, Status.APPROVED]


def collection(agencies: int, *, status: Status | None = None, name: str = "of") -> Collection:
    """Open, one question; the returns stand at `status`, or at several in turn."""
    partnership = Partnership.objects.create(
        name=f"Partnership of {agencies}", slug=f"{name}-{agencies}-{status or 'all'}"
    )
    made = Collection.objects.create(
        partnership=partnership,
        slug="2025-26",
        report_title="Yearly Report 2025-26",
        period_start=date(2025, 4, 1),
        period_end=date(2026, 3, 31),
        due_on=date(2026, 5, 1),
        stage=CollectionStage.OPEN,
        opened_at=timezone.now(),
    )
    question = Question.objects.create(
        collection=made, position=1, wording=STANDARD_QUESTION, suggested_words=400
    )
    _write(_returns(made, agencies, status), question)
    return made


def _returns(made: Collection, agencies: int, status: Status | None) -> list[Return]:
    prefix = made.partnership.slug
    organisations = Agency.objects.bulk_create(
        Agency(name=f"Agency {n} of {prefix}", slug=f"{prefix}-{n}") for n in range(agencies)
    )
    seats = Seat.objects.bulk_create(
        Seat(partnership=made.partnership, agency=one, position=n, joined_on=date(2020, 1, 1))
        for n, one in enumerate(organisations)
    )
    return Return.objects.bulk_create(
        Return(
            collection=made,
            seat=seat,
            slug=seat.agency.slug,
            name=seat.agency.name,
            position=seat.position,
            status=status or MIXED[n % len(MIXED)],
            active_at=timezone.now(),
        )
        for n, seat in enumerate(seats)
    )


def _write(returns: list[Return], question: Question) -> None:
    cleaned = [richtext.clean(text) for text in TEXTS]
    Answer.objects.bulk_create(
        Answer(
            agency_return=one,
            question=question,
            html=cleaned[n % len(cleaned)].html,
            words=richtext.count_words(cleaned[n % len(cleaned)].blocks),
            version=1,
            saved_at=timezone.now(),
        )
        for n, one in enumerate(returns)
    )
    Revision.objects.bulk_create(
        Revision(agency_return=one, number=1, kind=RevisionKind.APPROVED, data=snapshot(one))
        for one in returns
        if one.status == Status.APPROVED
    )


def edition(made: Collection) -> Edition:
    """What is approved, published for everybody; by a person of its own."""
    by = coordinator(made)
    document = to_data(compile_document(made))
    Partnership.objects.filter(pk=made.partnership_id).update(public_at=timezone.now())
    return Edition.objects.create(
        collection=made,
        number=1,
        document=document,
        sha256=fingerprint(document),
        approved_by_name="Robin Vale",
        approved_meeting="Board",
        approved_on=date(2026, 5, 1),
        prepared_by=by,
        published_by=by,
        alone_because="Nobody else is there.",
    )


def coordinator(made: Collection) -> User:
    return _person(made, RoleKind.COORDINATOR, None)


def lead(made: Collection) -> User:
    return _person(made, RoleKind.LEAD, made.partnership.seats.first())


def _person(made: Collection, kind: RoleKind, seat: Seat | None) -> User:
    user = User.objects.create_user(f"{kind}-{made.partnership.slug}@example.org", name="Robin Vale")
    user.roles.create(kind=kind, partnership=made.partnership, seat=seat)
    return user
