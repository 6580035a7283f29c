"""What a partnership puts around the answers: preface, closing note, commentary, the order of the agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import User
from returns.actions import around
from returns.actions.collections import locked
from returns.actions.readiness import is_prepared
from returns.appendix.compile import compile_document
from returns.emails import editions as emails
from returns.models import Collection, Frame, Return
from returns.models.editions import NOT_AGREED
from returns.permissions import require_second_reader


@dataclass(frozen=True, slots=True)
class Framing:
    """What a coordinator says of the frame. Texts are clean HTML."""

    preface: str
    closing: str
    nothing_received: str
    nothing_to_report: str
    question_once: bool
    not_before: date | None
    not_agreed: str = NOT_AGREED


def locked_frame(collection: Collection) -> Frame:
    """The frame as it is now, kept from now on; the collection is locked already."""
    Frame.objects.get_or_create(collection=collection)
    return Frame.of(collection)


@transaction.atomic
def set_frame(collection: Collection, *, framing: Framing, by: User) -> Frame:
    collection = locked(collection, by=by)
    frame = locked_frame(collection)
    for field in Framing.__slots__:
        setattr(frame, field, getattr(framing, field))
    frame.save()
    _record(collection, "set_frame", "changed what stands around the answers in the appendix", by=by)
    return frame


@transaction.atomic
def set_commentary(collection: Collection, *, html: str, post: str, by: User) -> Frame:
    """The second reader's own words, signed with name and day; an empty text takes the commentary away. Coordinators
    are told when what they said to be ready is another text now."""
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    require_second_reader(by, collection.partnership_id)
    if collection.is_preparing:
        raise NotNow("There is nothing to comment on before the return is opened.")
    frame = locked_frame(collection)
    was_prepared = is_prepared(frame, compile_document(collection))
    frame.commentary, frame.commentary_post = html, post if html else ""
    frame.commentary_by, frame.commentary_at = (by, timezone.now()) if html else (None, None)
    frame.save()
    _record(collection, "set_commentary", "changed the commentary in the appendix", by=by)
    if was_prepared and not is_prepared(frame, compile_document(collection)):
        emails.unprepared(collection, by=by)
    return frame


@transaction.atomic
def keep_points(collection: Collection, *, read: str, reason: str, by: User) -> Frame:
    """Why what could show who somebody is may stay around the answers: an address of the partnership's own, say. It
    holds while these passages stand (`read` names those that the person saw); somebody else publishes, and is shown
    both."""
    collection = locked(collection, by=by)
    frame = locked_frame(collection)
    found = around.of(collection, frame)
    if not found.identifying or read != found.passages:
        raise NotNow("The text has changed since you opened the page. Look at the points again.")
    if not reason.strip():
        raise NotNow("Say why it can stay as it is.")
    frame.kept_because, frame.kept_passages = reason.strip(), read
    frame.kept_by, frame.kept_at = by, timezone.now()
    frame.save(update_fields=["kept_because", "kept_passages", "kept_by", "kept_at"])
    phrase = "kept what the checks point at around the answers as it is"
    _record(collection, "keep_around", phrase, by=by, reason=frame.kept_because)
    return frame


@transaction.atomic
def move_agency(agency_return: Return, *, up: bool, by: User) -> None:
    """Swaps the agency with its neighbour in the appendix; at the end nothing changes."""
    collection = locked(agency_return.collection, by=by)
    returns = list(collection.returns.all())
    at = [one.pk for one in returns].index(agency_return.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(returns):
        return
    returns[at], returns[to] = returns[to], returns[at]
    for position, one in enumerate(returns, start=1):
        Return.objects.filter(pk=one.pk).exclude(position=position).update(position=position)
    _record(collection, "move_agency", f"moved {agency_return.name} {'up' if up else 'down'}", by=by)


def _record(collection: Collection, act: str, phrase: str, *, by: User, reason: str = "") -> None:
    record(act, phrase, by=by, about=collection.about, partnership=collection.partnership, reason=reason)
