"""Puts an e-mail to one person or mailbox about one return or year into the outbox; words nothing itself."""

from __future__ import annotations

from typing import NamedTuple

from agencies.actions import messages
from agencies.models import User
from returns.models import Collection, Return


class Mailbox(NamedTuple):
    """An agency's shared mailbox, copied in. Nobody signs in with it."""

    email: str
    name: str
    pk: int = 0


def tell(
    person: User | Mailbox,
    thing: Return | Collection,
    *,
    by: User | None,
    kind: str,
    subject: str,
    paragraphs: list[str],
    label: str,
    link: str = "",
    reply_to: str = "",
) -> None:
    """`link` leads to the thing's own page unless it is given."""
    messages.queue(
        kind,
        to_email=person.email,
        to_name=person.name,
        to_user=person if isinstance(person, User) else None,
        subject=subject,
        paragraphs=paragraphs,
        link=link or thing.get_absolute_url(),
        link_label=label,
        about=thing.about,
        partnership=(thing if isinstance(thing, Collection) else thing.collection).partnership,
        by=by,
        reply_to=reply_to,
    )
