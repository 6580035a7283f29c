"""What a partnership lets everybody read: its newest editions, without signing in, at addresses that stay.

Nothing here looks at who asks, so the answer is the same for everybody and may be kept and asked about again."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from agencies import colours
from agencies.actions import publicity as actions
from agencies.models import Partnership
from agencies.views.look import logo_of
from returns import permissions
from returns.forms.public import PublicityForm
from returns.models import Edition
from returns.views.reading import about, chapter, file_of, pages
from returns.views.scope import attempt, partnership_or_404, person, place


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publicity(request: HttpRequest, partnership: str) -> HttpResponse:
    """Where a coordinator lets everybody read what is published."""
    user = person(request)
    found = partnership_or_404(user, partnership)
    permissions.require_coordinator(user, found)
    now = {"public": found.public_at is not None, "listed": found.is_listed}
    form = PublicityForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        done = (
            "Everybody can read it now."
            if wanted["public"]
            else "Only the partnership’s people can read it now."
        )
        attempt(request, lambda: actions.change_publicity(found, by=user, **wanted), done)
        return redirect("publicity", found.slug)
    address = request.build_absolute_uri(reverse("public", args=[found.slug]))
    context = place(found, ("Public page", "")) | {"form": form, "address": address}
    return render(request, "returns/publicity.html", context)


@require_safe
def public(request: HttpRequest, partnership: str) -> HttpResponse:
    """The newest edition of each year."""
    found = _public_or_404(partnership)
    editions = Edition.objects.public().filter(collection__partnership=found).newest_of_each()
    newest = editions.for_pages().without_text().with_files().newest_first()
    return _page(request, found, "returns/public.html", {"newest": newest})


@require_safe
def public_edition(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    found = _newest_or_404(partnership, collection)
    context = about(found) | {"pages": pages(found), "crumbs": _way(found)}
    return _page(request, found.collection.partnership, "returns/public_edition.html", context)


@require_safe
def public_section(request: HttpRequest, partnership: str, collection: str, section: str) -> HttpResponse:
    found = _newest_or_404(partnership, collection)
    shown = chapter(found, section)
    context = about(found) | shown | {"crumbs": [*_way(found), (shown["chapter"].name, "")]}
    return _page(request, found.collection.partnership, "returns/public_section.html", context)


@require_safe
def public_file(request: HttpRequest, partnership: str, collection: str, kind: str) -> HttpResponse:
    found = _newest_or_404(partnership, collection)
    return _kept(request, file_of(found, kind), found.collection.partnership)


@require_safe
def public_style(request: HttpRequest, partnership: str) -> HttpResponse:
    found = _public_or_404(partnership)
    style = HttpResponse(colours.css(found.accent), content_type="text/css; charset=utf-8")
    return _kept(request, style, found)


@require_safe
def public_logo(request: HttpRequest, partnership: str) -> HttpResponse:
    found = _public_or_404(partnership)
    return _kept(request, logo_of(found), found)


def _public_or_404(slug: str) -> Partnership:
    return get_object_or_404(Partnership.objects.public(), slug=slug)


def _newest_or_404(partnership: str, collection: str) -> Edition:
    """The address of a year always leads to its newest edition."""
    editions = Edition.objects.public().filter(
        collection__partnership__slug=partnership, collection__slug=collection
    )
    found = editions.for_pages().without_text().with_files().order_by("-number").first()
    if found is None:
        raise Http404
    return found


def _way(edition: Edition) -> list[tuple[str, str]]:
    """From the public page to the year."""
    year = edition.collection
    slug = year.partnership.slug
    address = reverse("public_edition", args=[slug, year.slug])
    return [("All years", reverse("public", args=[slug])), (f"Appendix {year.slug}", address)]


def _page(
    request: HttpRequest, partnership: Partnership, template: str, context: dict[str, Any]
) -> HttpResponse:
    response = render(request, template, context | {"partnership": partnership, "public": True})
    return _kept(request, response, partnership)


def _kept(request: HttpRequest, response: HttpResponse, partnership: Partnership) -> HttpResponse:
    """May be kept, but has to be asked about each time: what is withdrawn is gone at once."""
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "all" if partnership.is_listed else "noindex, nofollow"
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    assert isinstance(answer, HttpResponse)
    return answer
