"""Whether the board may read what is approved, before it is published. Publishing is another matter: `editions`."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Role, RoleKind, User
from returns.actions.collections import locked
from returns.emails import editions as emails
from returns.models import Collection
from returns.workflow import Status


@transaction.atomic
def show(collection: Collection, *, by: User) -> None:
    """Lets board members, leads and contributors read the compiled appendix of what is approved, and tells the board."""
    collection = locked(collection, by=by)
    reasons = reasons_against_showing(collection)
    if reasons:
        raise NotNow(*reasons)
    collection.shown_at = timezone.now()
    collection.save(update_fields=["shown_at"])
    _record(collection, "show", "showed the appendix to the board", by=by)
    emails.shown(collection, told(collection, by=by), by=by)


def reasons_against_showing(collection: Collection) -> list[str]:
    if collection.is_preparing:
        return ["There is nothing to show yet."]
    if collection.shown_at:
        return ["The appendix is shown to the board already."]
    if not collection.returns.filter(status=Status.APPROVED).exists():
        return ["No return is approved yet, so there is nothing to show."]
    return []


def told(collection: Collection, *, by: User) -> list[User]:
    """The board members who get an e-mail; who shows it knows already."""
    roles = Role.objects.active().filter(partnership=collection.partnership_id, kind=RoleKind.BOARD)
    return list(User.objects.filter(pk__in=roles.values("user")).exclude(pk=by.pk))


@transaction.atomic
def hide(collection: Collection, *, by: User) -> None:
    """The appendix can be read by coordinators and second readers only, from the next request on."""
    collection = locked(collection, by=by)
    if collection.shown_at is None:
        raise NotNow("The appendix is not shown to the board.")
    collection.shown_at = None
    collection.save(update_fields=["shown_at"])
    _record(collection, "hide", "stopped showing the appendix to the board", by=by)


def _record(collection: Collection, act: str, phrase: str, *, by: User) -> None:
    record(act, phrase, by=by, about=collection.about, partnership=collection.partnership)
