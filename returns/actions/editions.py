"""The life of an edition: prepared, published, corrected by a newer one, withdrawn. What is published never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Event, Role, RoleKind, User
from returns.actions import around
from returns.actions.collections import locked
from returns.actions.framing import locked_frame
from returns.actions.readiness import is_prepared, points, text_of, without_answer
from returns.actions.rendering import render_after_commit
from returns.appendix.changes import Change, changes
from returns.appendix.clearing import holds
from returns.appendix.compile import compile_document, compile_edition, when
from returns.appendix.document import Document, fingerprint, from_data, to_data
from returns.emails import editions as emails
from returns.models import Collection, Edition, Frame, Proof
from returns.models.gaps import last_edition
from returns.permissions import require_publisher

_NOT_PREPARED = {"prepared_by": None, "prepared_at": None, "prepared_sha256": "", "prepared_note": ""}


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved the edition on behalf of the partners, and what its readers are told."""

    name: str
    meeting: str
    on: date
    note: str = ""  # what a correction says
    alone_because: str = ""
    without_returns: bool = False  # a sentence may stand in the place of those that are missing


# --- Preparing -----------------------------------------------------------------------------------


@transaction.atomic
def prepare(collection: Collection, *, by: User, note: str = "") -> Frame:
    """A coordinator says that the text as it stands is ready; somebody else reads it and publishes it. After a
    withdrawal `note` says what was done, since nothing else keeps the same words from being published again."""
    collection = locked(collection, by=by)
    document = compile_document(collection)
    blocking = [point.title for point in points(collection, document) if point.blocks]
    if blocking:
        raise NotNow(*blocking)
    if same := unchanged_since(collection, document):
        raise NotNow(f"Nothing is different from edition {same.number}, so there is nothing to correct.")
    withdrawn = withdrawn_last(collection)
    if withdrawn and not note.strip():
        raise NotNow("Say what was done about what had to be withdrawn.")
    frame = locked_frame(collection)
    frame.prepared_note = note.strip() if withdrawn else ""
    frame.prepared_by, frame.prepared_at = by, timezone.now()
    frame.prepared_sha256 = text_of(document)
    frame.save(update_fields=["prepared_by", "prepared_at", "prepared_sha256", "prepared_note"])
    _record(
        collection,
        collection.about,
        "prepare_edition",
        "said that the appendix is ready to be published",
        by=by,
        reason=frame.prepared_note,
    )
    emails.prepared(collection, others_who_publish(collection, by), by=by)
    return frame


def withdrawn_last(collection: Collection) -> Edition | None:
    """The last edition, if it was withdrawn and none was published since."""
    last = last_edition(collection)
    return last if last and last.is_withdrawn else None


def changes_since_withdrawal(withdrawn: Edition, document: Document) -> list[Change] | None:
    """What is different from the edition that was withdrawn; None when a passage was erased since, for then the same
    words are gone from it, too."""
    erased = Event.objects.filter(
        act="erase", partnership=withdrawn.collection.partnership_id, at__gte=withdrawn.withdrawn_at
    )
    return None if erased.exists() else changes(from_data(withdrawn.document), document)


def others_who_publish(collection: Collection, user: User) -> list[User]:
    """The other people of the partnership who may publish."""
    kinds = (RoleKind.COORDINATOR, RoleKind.SECOND_READER)
    roles = Role.objects.active().filter(partnership=collection.partnership_id, kind__in=kinds)
    return list(User.objects.filter(pk__in=roles.values("user")).exclude(pk=user.pk))


def changes_since(collection: Collection, document: Document) -> list[Change]:
    """What is different from the edition that is read now; nothing while there is none."""
    before = newest(collection)
    return changes(from_data(before.document), document) if before else []


def unchanged_since(collection: Collection, document: Document) -> Edition | None:
    """The edition that is read now, when the document says the same."""
    before = newest(collection)
    return before if before and not changes_since(collection, document) else None


def newest(collection: Collection) -> Edition | None:
    """The one that is read now."""
    return collection.editions.standing().order_by("number").last()


# --- Publishing ----------------------------------------------------------------------------------


def reasons_against_publishing(
    collection: Collection, frame: Frame, document: Document, user: User, *, read: str | None = None
) -> list[str]:
    """Everything in the way of this person; `read` is the fingerprint of the text that they saw."""
    if frame.prepared_by is None:
        return ["Nobody has said yet that it is ready."]
    if not is_prepared(frame, document):
        return [
            f"Something has changed since {frame.prepared_by} said that it is ready. A coordinator has to read it "
            "again and say so once more."
        ]
    if read is not None and read != frame.prepared_sha256:
        return ["Something changed while you were reading. Please read it again."]
    reasons = [point.title for point in points(collection, document) if point.blocks]
    if frame.not_before and timezone.localdate() < frame.not_before:
        reasons.append(f"It is not to be published before {when(frame.not_before)}.")
    if frame.kept_by == user and around.of(collection, frame).tells_of_one:
        reasons.append(
            "You said why a passage around the answers that tells of one person can stay, so somebody else publishes it."
        )
    others = others_who_publish(collection, user) if frame.prepared_by == user else []
    if others:
        names = " or ".join(str(one) for one in others[:3])
        reasons.append(f"You said that it is ready, so somebody else publishes it, such as {names}.")
    return reasons


@transaction.atomic
def publish(collection: Collection, *, approval: Approval, read: str, by: User) -> Edition:
    """Freezes document, number, hash, who and when. The files are made once this is committed."""
    collection = (
        Collection.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=collection.pk)
    )
    require_publisher(by, collection.partnership_id)
    frame, document = locked_frame(collection), compile_document(collection)
    reasons = reasons_against_publishing(collection, frame, document, by, read=read)
    reasons += _reasons_in(collection, frame, document, approval, by)
    if reasons:
        raise NotNow(*reasons)
    edition = _freeze(collection, frame, approval, by)
    open_proofs = Proof.objects.filter(agency_return__collection=collection, answered_at=None, closed_at=None)
    open_proofs.update(closed_at=edition.published_at)
    Frame.objects.filter(pk=frame.pk).update(**_NOT_PREPARED)
    _record(
        collection, edition.about, "publish", f"published edition {edition.number} of the appendix", by=by
    )
    emails.published(edition, by=by)
    render_after_commit(edition)
    return edition


def _reasons_in(
    collection: Collection, frame: Frame, document: Document, approval: Approval, by: User
) -> list[str]:
    """What is missing in what the person said."""
    reasons = []
    if approval.on > timezone.localdate():
        reasons.append("The partners cannot have approved it on a day that is still to come.")
    if frame.prepared_by == by and not approval.alone_because.strip():
        reasons.append("Say why nobody else could publish it.")
    if collection.editions.exists() and not approval.note.strip():
        reasons.append("Say what is corrected, so that readers of the earlier edition know.")
    if without_answer(document) and not approval.without_returns:
        reasons.append("Say that it may be published without the returns that are missing.")
    return reasons


def _freeze(collection: Collection, frame: Frame, approval: Approval, by: User) -> Edition:
    last = collection.editions.aggregate(last=Max("number"))["last"] or 0
    edition = Edition(
        collection=collection,
        number=last + 1,
        note=approval.note,
        approved_by_name=approval.name,
        approved_meeting=approval.meeting,
        approved_on=approval.on,
        prepared_by=frame.prepared_by,
        alone_because=approval.alone_because if frame.prepared_by == by else "",
        published_at=timezone.now(),
        published_by=by,
    )
    document = compile_edition(edition)
    edition.changes = changes_since(collection, document)
    edition.document = to_data(document)
    edition.sha256 = fingerprint(edition.document)
    edition.save(force_insert=True)
    return edition


# --- Withdrawing ---------------------------------------------------------------------------------


@transaction.atomic
def withdraw(edition: Edition, *, because: str, passage: str = "", by: User) -> list[Edition]:
    """Hides every page and format at once, and stops showing the appendix to the board.

    With a passage: this edition and every other of the partnership that holds it, whichever the year; without
    one every edition of the year, since an older one would take its place with the same words in it."""
    collection = locked(edition.collection, by=by)
    if not because.strip():
        raise NotNow("Say why, so that the others know what to do.")
    if Edition.objects.get(pk=edition.pk).is_withdrawn:
        raise NotNow("This edition is withdrawn already.")
    withdrawn = [edition, *_with_it(edition, passage)]
    now = timezone.now()
    for one in withdrawn:
        Edition.objects.filter(pk=one.pk).update(withdrawn_at=now, withdrawn_by=by, withdrawn_because=because)
        phrase = f"withdrew edition {one.number} of {one.collection.slug}"
        _record(collection, one.about, "withdraw", phrase, by=by, reason=because)
    years = {one.collection_id for one in withdrawn}
    Collection.objects.filter(pk__in=years).update(shown_at=None)
    Frame.objects.filter(collection__in=years).update(**_NOT_PREPARED)
    emails.withdrawn(edition, by=by)
    return withdrawn


def _with_it(edition: Edition, passage: str) -> list[Edition]:
    others = Edition.objects.standing().exclude(pk=edition.pk).select_related("collection__partnership")
    if not passage.strip():
        return list(others.filter(collection=edition.collection))
    of_partnership = others.filter(collection__partnership=edition.collection.partnership)
    return [one for one in of_partnership if holds(from_data(one.document), passage)]


def _record(collection: Collection, about: str, act: str, phrase: str, *, by: User, reason: str = "") -> None:
    record(act, phrase, by=by, about=about, partnership=collection.partnership, reason=reason)
