"""The compiled appendix as a page, and whether the board may read it."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import User
from lscp.templatetags.ui import short_day
from returns import permissions
from returns.actions import showing as actions
from returns.actions.collections import not_approved
from returns.appendix import to_html
from returns.appendix.compile import compile_document
from returns.appendix.document import Document
from returns.models import Collection
from returns.views.downloads import download
from returns.views.scope import attempt, button, collection_or_404, person, place

NOT_PUBLISHED = "Preview, not published: it may still change."


@login_required
@require_safe
def appendix(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = _readable_or_404(user, partnership, collection)
    document = _preview(found)
    reads_all = _reads_all(user, found)
    where = (
        place(found, ("Appendix", ""))
        if reads_all
        else place(found.partnership, (f"Appendix {found.slug}", ""))
    )
    context = where | {
        "collection": found,
        "document": document,
        "body": to_html.render_body(document),
        "shown_on": short_day(found.shown_at),
        "reads_all": reads_all,
        "coordinates": permissions.may_coordinate(user, found),
        "unfinished": not_approved(found) if document.sections and reads_all else [],
        "published": found.editions.newest_of_each().without_text().first(),
    }
    return render(request, "returns/appendix.html", context)


@login_required
@require_safe
def appendix_file(request: HttpRequest, partnership: str, collection: str, kind: str) -> HttpResponse:
    """The same words as the page, for the same readers; a preview says so on every page."""
    found = _readable_or_404(person(request), partnership, collection)
    return download(request, _preview(found), kind, name=f"{found.partnership.slug}-preview-{found.slug}")


def _preview(collection: Collection) -> Document:
    """Marked as what it is on the page and on every page of its files, even when every return is approved."""
    document = compile_document(collection)
    return document if document.preview else replace(document, preview=NOT_PUBLISHED)


def _readable_or_404(user: User, partnership: str, slug: str) -> Collection:
    visible = Collection.objects.appendix_visible_to(user).select_related("partnership")
    return get_object_or_404(visible, partnership__slug=partnership, slug=slug)


def _reads_all(user: object, collection: Collection) -> bool:
    return Collection.objects.visible_to(user).filter(pk=collection.pk).exists()  # type: ignore[arg-type]


def _url(collection: Collection) -> str:
    return reverse("appendix", args=[collection.partnership.slug, collection.slug])


def _back(collection: Collection) -> HttpResponse:
    return redirect(_url(collection))


@login_required
@require_http_methods(["GET", "POST"])
def appendix_show(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    """Asks once more, since the board is told by e-mail, and says what is still missing."""
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    permissions.require_coordinator(user, found.partnership)
    if request.method == "POST":
        done = "Board members, and the people of the agencies, can read it now."
        attempt(request, lambda: actions.show(found, by=user), done)
        return _back(found)
    context = place(found, ("Appendix", _url(found)), ("Show it to the board", "")) | {
        "reasons": actions.reasons_against_showing(found),
        "unfinished": not_approved(found),
        "told": actions.told(found, by=user),
    }
    return render(request, "returns/appendix_show.html", context)


@button(back="appendix")
def appendix_hide(request: HttpRequest, partnership: str, collection: str) -> HttpResponse:
    user = person(request)
    found = collection_or_404(user, partnership, collection)
    attempt(
        request, lambda: actions.hide(found, by=user), "Only coordinators and second readers can read it now."
    )
    return _back(found)
