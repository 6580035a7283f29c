"""Where a person begins: what waits for them, and each partnership's returns of all years."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.models import Message, Partnership, RoleKind, Seat, User
from agencies.permissions import may_manage
from returns.actions.year_turns import year_turns
from returns.models import Collection, Edition, Return, Term
from returns.models.collections import CollectionQuerySet
from returns.models.editions import EditionQuerySet
from returns.models.waiting import in_order, waiting_for
from returns.views.scope import partnership_or_404, person, place


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = person(request)
    lines = in_order([*waiting_for(user), *year_turns(user)])
    roles = list(user.roles.active().with_places())
    coordinated = [role.partnership for role in roles if role.is_coordinator]
    context = {
        "mine": [line for line in lines if line.mine],
        "others": [line for line in lines if not line.mine],
        "to_read": _to_read(
            _published(user)[:12],
            Collection.objects.appendix_visible_to(user).not_published().newest_first()[:12],
        ),
        "partnerships": Partnership.objects.visible_to(user),
        "roles": roles,
        "coordinated": coordinated,
        "only_reads": bool(roles) and all(role.kind == RoleKind.BOARD for role in roles),
        # asked for only where nothing waits yet
        "with_agencies": Seat.objects.current()
        .filter(partnership__in=coordinated)
        .values_list("partnership", flat=True),
        "troubled": _troubled(user, coordinated),
        "proposed": _proposed(coordinated),
    }
    return render(request, "returns/home.html", context)


def _published(user: User) -> EditionQuerySet:
    """The newest edition of each year that the person may read."""
    return Edition.objects.visible_to(user).newest_of_each().for_pages().without_text().newest_first()


@dataclass(frozen=True, slots=True)
class ToRead:
    """One year's appendix: the edition that stands, or the preview of what is not published yet."""

    title: str
    url: str
    is_preview: bool
    until: date


def _to_read(published: EditionQuerySet, previews: CollectionQuerySet) -> list[ToRead]:
    """The newest year first."""
    found = [
        ToRead(one.collection.title, one.get_absolute_url(), False, one.collection.period_end)
        for one in published
    ]
    for one in previews.select_related("partnership"):
        url = reverse("appendix", args=[one.partnership.slug, one.slug])
        found.append(ToRead(one.title, url, True, one.period_end))
    return sorted(found, key=lambda one: one.until, reverse=True)


def _troubled(user: User, coordinated: list[Partnership]) -> list[tuple[Partnership, int]]:
    """Partnerships the person coordinates in which e-mails may not have arrived, with how many."""
    if not coordinated:
        return []
    messages = Message.objects.visible_to(user).filter(partnership__in=coordinated).unresolved()
    return _counted(coordinated, messages)


def _proposed(coordinated: list[Partnership]) -> list[tuple[Partnership, int]]:
    """Partnerships the person coordinates whose agencies proposed entries for the lists, with how many."""
    return _counted(coordinated, Term.objects.proposed().filter(partnership__in=coordinated))


def _counted(partnerships: list[Partnership], things: QuerySet[Any]) -> list[tuple[Partnership, int]]:
    count = Counter(things.values_list("partnership", flat=True))
    return [(one, count[one.pk]) for one in partnerships if count[one.pk]]


@login_required
@require_safe
def partnership(request: HttpRequest, partnership: str) -> HttpResponse:
    user = person(request)
    found = partnership_or_404(user, partnership)
    context = place(found) | {
        "collections": found.collections.visible_to(user).newest_first(),
        "own_returns": Return.objects.of_agencies_of(user)
        .filter(collection__partnership=found)
        .for_pages()
        .order_by("-collection__period_end", "position"),
        "to_read": _to_read(
            _published(user).filter(collection__partnership=found),
            found.collections.appendix_visible_to(user).not_published(),
        ),
        "agencies": found.seats.current(),
        "manages": may_manage(user, found),
        "coordinates": any(
            role.is_coordinator and role.partnership_id == found.pk for role in user.active_roles
        ),
    }
    return render(request, "returns/partnership.html", context)
