"""Published editions for the people of the partnership: the list, the reading page, a section by itself, the files."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.models import RoleKind, User
from lscp.templatetags.ui import short_day
from returns.appendix.document import from_data
from returns.appendix.files import FORMATS
from returns.appendix.pages import Pages, pages_of
from returns.models import Collection, Edition
from returns.models.editions import EditionFile, EditionQuerySet
from returns.views.downloads import attachment
from returns.views.scope import partnership_or_404, person, place


@login_required
@require_safe
def editions(request: HttpRequest, partnership: str) -> HttpResponse:
    """All editions of all years; what was withdrawn is left to coordinators, without its text."""
    user = person(request)
    found = partnership_or_404(user, partnership)
    listed = Edition.objects.visible_to(user).filter(collection__partnership=found)
    context = place(found, ("Published appendices", "")) | {
        "years": by_year(listed),
        "coordinates": user.has_role(found.pk, RoleKind.COORDINATOR),
    }
    return render(request, "returns/editions.html", context)


@login_required
@require_safe
def edition(request: HttpRequest, partnership: str, collection: str, number: int) -> HttpResponse:
    user = person(request)
    found = _readable_or_404(user, partnership, collection, number)
    context = _place(found, (str(found), "")) | about(found) | {"pages": pages(found)}
    return render(request, "returns/edition.html", context)


@login_required
@require_safe
def edition_section(
    request: HttpRequest, partnership: str, collection: str, number: int, section: str
) -> HttpResponse:
    user = person(request)
    found = _readable_or_404(user, partnership, collection, number)
    whole = reverse("edition", args=[partnership, collection, number])
    shown = chapter(found, section)
    context = _place(found, (str(found), whole), (shown["chapter"].name, "")) | about(found) | shown
    return render(request, "returns/edition_section.html", context)


@login_required
@require_safe
def edition_file(
    request: HttpRequest, partnership: str, collection: str, number: int, kind: str
) -> HttpResponse:
    found = _readable_or_404(person(request), partnership, collection, number)
    return file_of(found, kind)


def _readable_or_404(user: User, partnership: str, collection: str, number: int) -> Edition:
    """A withdrawn edition is not there any more, in whatever format: a 410 would say that there was something."""
    readable = Edition.objects.visible_to(user).standing()
    return one_of(readable, partnership, collection, number=number)


def _place(edition: Edition, *last: tuple[str, str]) -> dict[str, Any]:
    partnership = edition.collection.partnership
    years = ("Published appendices", reverse("editions", args=[partnership.slug]))
    return place(partnership, years, *last) | {"collection": edition.collection}


# --- What is shown, here and on the public pages -----------------------------------------------------


def one_of(among: EditionQuerySet, partnership: str, collection: str, **which: int) -> Edition:
    """Without its text, which is mostly kept already; see `pages`."""
    found = among.for_pages().without_text().with_files()
    return get_object_or_404(
        found, collection__partnership__slug=partnership, collection__slug=collection, **which
    )


def pages(edition: Edition) -> Pages:
    return pages_of(edition.sha256, lambda: from_data(edition.document))


def chapter(edition: Edition, anchor: str) -> dict[str, Any]:
    """One chapter by itself, with the ones around it; 404 when the edition has none of that name."""
    made = pages(edition)
    if anchor not in made.alone:
        raise Http404
    shown, before, after = made.around(anchor)
    return {"pages": made, "chapter": shown, "before": before, "after": after, "text": made.alone[anchor]}


def about(edition: Edition) -> dict[str, Any]:
    """What is said of an edition beside its text: a newer one, its files, what changed."""
    later = edition.collection.editions.standing().filter(number__gt=edition.number)
    newer = later.without_text().order_by("-number").first()
    return {
        "edition": edition,
        "newer": newer,
        "newer_on": short_day(newer.published_at) if newer else "",
        "files": edition.offered,
    }


@dataclass(frozen=True, slots=True)
class Year:
    """One year's editions, the newest first."""

    collection: Collection
    editions: list[Edition]

    @property
    def newest(self) -> Edition | None:
        """The one that stands."""
        return next((one for one in self.editions if not one.is_withdrawn), None)


def by_year(among: EditionQuerySet) -> list[Year]:
    """The newest year first; in a fixed number of queries."""
    listed = among.for_pages().without_text().with_files().newest_first()
    return [Year(year, list(of_it)) for year, of_it in groupby(listed, key=lambda one: one.collection)]


def file_of(edition: Edition, kind: str) -> HttpResponse:
    """As it was made when it was published; 404 while it is still being made."""
    file = get_object_or_404(EditionFile, edition=edition, format=kind)
    return attachment(bytes(file.content), FORMATS[kind].media_type, file_name(edition, kind))


def file_name(edition: Edition, kind: str) -> str:
    """With the partnership: somebody with two of them tells the files apart."""
    year = edition.collection
    return f"{year.partnership.slug}-appendix-{year.slug}-edition-{edition.number}.{kind}"
