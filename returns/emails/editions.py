"""Words the e-mails about the appendix, its preview and its editions, and puts them into the outbox. Never holds a word of the appendix, or a reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from agencies.models import Role, RoleKind, User
from returns.emails.compose import coordinators
from returns.emails.telling import tell
from returns.models import Collection, Edition
from returns.models.collections import READERS
from returns.workflow import Status


def shown(collection: Collection, people: Iterable[User], *, by: User) -> None:
    """What is missing is said in numbers only: which agency is late is not the board's to chase."""
    asked = collection.returns.exclude(status=Status.EXCLUDED).count()
    approved = collection.returns.filter(status=Status.APPROVED).count()
    so_far = "All returns are" if approved == asked else f"{approved} of {asked} returns are"
    for person in people:
        tell(
            person,
            collection,
            by=by,
            kind="shown",
            subject=f"You can read the appendix of the {collection} before it is published",
            paragraphs=[
                f"{by} shows you the appendix of the {collection} of {collection.partnership.name} as it stands now.",
                f"{so_far} approved. It is not published yet and may still change, so please do not pass it on.",
            ],
            link=reverse("appendix", args=[collection.partnership.slug, collection.slug]),
            label="Read it",
        )


def prepared(collection: Collection, people: Iterable[User], *, by: User) -> None:
    number = collection.editions.count() + 1
    what = "The appendix" if number == 1 else f"Edition {number} of the appendix"
    whose = f"of the {collection}"
    for person in people:
        tell(
            person,
            collection,
            by=by,
            kind="edition_prepared",
            subject=f"{what} {whose} waits to be published",
            paragraphs=[
                f"{by} says that {what[0].lower()}{what[1:]} {whose} of {collection.partnership.name} is ready.",
                "It is published by somebody else, and that can be you: read it, and say who approved it.",
            ],
            link=reverse("readiness", args=[collection.partnership.slug, collection.slug]),
            label="See what is left to do",
        )


def unprepared(collection: Collection, *, by: User) -> None:
    """A second reader's commentary has changed what was said to be ready."""
    for person in coordinators(collection.partnership):
        if person.pk != by.pk:
            tell(
                person,
                collection,
                by=by,
                kind="edition_unprepared",
                subject=f"The appendix of the {collection} has to be read again before it is published",
                paragraphs=[
                    f"{by} has changed the commentary in the appendix of the {collection} of {collection.partnership.name} after it was said to be ready.",
                    "Please read it once more and say that it is ready, so that somebody else can publish it.",
                ],
                link=reverse("readiness", args=[collection.partnership.slug, collection.slug]),
                label="Read it again",
            )


def published(edition: Edition, *, by: User) -> None:
    """Tells the board, those responsible in the agencies, and those who prepared it with the publisher, each once."""
    collection = edition.collection
    what = "published" if edition.number == 1 else f"published edition {edition.number}, a correction, of"
    for person in _readers(collection, by):
        tell(
            person,
            collection,
            by=by,
            kind="published",
            subject=f"The appendix of the {collection} is {'published' if edition.number == 1 else 'corrected'}",
            paragraphs=[f"{collection.partnership.name} has {what} the appendix of the {collection}."],
            link=edition.get_absolute_url(),
            label="Read it",
        )


def withdrawn(edition: Edition, *, by: User) -> None:
    """Those who were told that it is published are told that it must not be passed on."""
    collection = edition.collection
    for person in _readers(collection, by):
        tell(
            person,
            collection,
            by=by,
            kind="withdrawn",
            subject=f"The appendix of the {collection} is withdrawn",
            paragraphs=[
                f"{collection.partnership.name} has withdrawn the appendix of the {collection}. It cannot be read any more.",
                "If you have kept a copy or passed one on, please delete it and ask others to do the same.",
            ],
            link=collection.partnership.get_absolute_url(),
            label="Go to the partnership",
        )


def _readers(collection: Collection, by: User) -> list[User]:
    """Everybody of the partnership but the agencies' contributors and whoever acted: board members, coordinators, second
    readers, and those responsible for a return of the year."""
    seats = collection.returns.exclude(status=Status.EXCLUDED).values("seat")
    roles = Role.objects.active().filter(
        Q(partnership=collection.partnership, kind__in=[RoleKind.BOARD, *READERS])
        | Q(kind=RoleKind.LEAD, seat__in=seats)
        | Q(kind=RoleKind.LEAD, seat__predecessors__in=seats)
    )
    return list(User.objects.filter(pk__in=roles.values("user")).exclude(pk=by.pk))
