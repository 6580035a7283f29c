"""The registers of a partnership: coordinators add, take in and remove entries; agencies propose them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Partnership, User
from agencies.permissions import require_manager
from returns import permissions
from returns.actions.collections import about_partnership
from returns.models import Return, Term, TermKind


@transaction.atomic
def add(
    partnership: Partnership,
    *,
    kind: TermKind,
    text: str,
    by: User,
    meaning: str = "",
    in_glossary: bool = True,
) -> Term:
    """Adds an entry that counts at once, or sets another meaning for one that is there."""
    require_manager(by, partnership)
    _refuse_empty(kind, text, meaning)
    term, _ = Term.objects.update_or_create(
        partnership=partnership,
        kind=kind,
        text=text.strip(),
        defaults={
            "meaning": meaning.strip(),
            "in_glossary": in_glossary,
            "added_by": by,
            "accepted_at": timezone.now(),
        },
    )
    _record(partnership, "add_term", "added an entry to the partnership’s lists", by=by)
    return term


@transaction.atomic
def propose(agency_return: Return, *, kind: TermKind, text: str, by: User, meaning: str = "") -> Term:
    """An agency asks for an entry. It counts when a coordinator takes it in."""
    permissions.require_writer(by, agency_return)
    _refuse_empty(kind, text, meaning)
    partnership = agency_return.collection.partnership
    there = Term.objects.filter(partnership=partnership, kind=kind, text=text.strip()).first()
    if there:
        raise NotNow(
            "It has been proposed already." if there.accepted_at is None else "It is in the list already."
        )
    term = Term.objects.create(
        partnership=partnership, kind=kind, text=text.strip(), meaning=meaning.strip(), added_by=by
    )
    _record(partnership, "propose_term", "proposed an entry for the partnership’s lists", by=by)
    return term


@transaction.atomic
def accept(term: Term, *, by: User) -> None:
    require_manager(by, term.partnership)
    term = Term.objects.select_for_update().get(pk=term.pk)
    if term.accepted_at is None:
        term.accepted_at = timezone.now()
        term.save(update_fields=["accepted_at"])
        _record(term.partnership, "accept_term", "took a proposed entry into the partnership’s lists", by=by)


@transaction.atomic
def remove(term: Term, *, by: User) -> None:
    """Takes an entry out, or declines one that was proposed."""
    require_manager(by, term.partnership)
    partnership = term.partnership
    term.delete()
    _record(partnership, "remove_term", "took an entry out of the partnership’s lists", by=by)


def _refuse_empty(kind: TermKind, text: str, meaning: str) -> None:
    if not text.strip():
        raise NotNow("Enter the short form, the name or the word.")
    if kind == TermKind.ACRONYM and not meaning.strip():
        raise NotNow("Say what the short form stands for.")


def _record(partnership: Partnership, act: str, phrase: str, *, by: User) -> None:
    record(act, phrase, by=by, about=about_partnership(partnership), partnership=partnership)
