"""Fetches what a page is about, only as far as the person may see it; what is not visible is 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from agencies.errors import NotNow
from agencies.models import Partnership, User
from agencies.prepared import prepared
from agencies.views import person
from returns import permissions
from returns.models import Collection, Question, Return

__all__ = ["person"]  # the views take it from here

Crumbs = list[tuple[str, str]]
View = Callable[..., HttpResponse]
Found = TypeVar("Found")
# The names in the address of a page, from the partnership down.
_OF_COLLECTION = ("partnership", "collection")
_OF_RETURN = (*_OF_COLLECTION, "agency")


def partnership_or_404(user: User, slug: str) -> Partnership:
    return get_object_or_404(Partnership.objects.visible_to(user), slug=slug)


def collection_or_404(user: User, partnership: str, slug: str) -> Collection:
    return _or_404(_visible_collection.first(user=user, partnership=partnership, slug=slug))


@prepared
def _visible_collection(user: User, partnership: str, slug: str) -> QuerySet[Collection]:
    visible = Collection.objects.visible_to(user).select_related("partnership")
    return visible.filter(partnership__slug=partnership, slug=slug).order_by()


def return_or_404(user: User, partnership: str, collection: str, agency: str) -> Return:
    return _or_404(
        _visible_return.first(user=user, partnership=partnership, collection=collection, agency=agency)
    )


@prepared
def _visible_return(user: User, partnership: str, collection: str, agency: str) -> QuerySet[Return]:
    visible = Return.objects.visible_to(user).select_related("collection__partnership", "seat")
    address = {"collection__partnership__slug": partnership, "collection__slug": collection, "slug": agency}
    return visible.filter(**address).order_by()


def question_or_404(collection: Collection, number: int) -> Question:
    return _or_404(
        next((question for question in collection.ordered_questions if question.position == number), None)
    )


def _or_404(found: Found | None) -> Found:
    if found is None:
        raise Http404
    return found


def button(back: str) -> Callable[[View], View]:
    """For an act behind a button. A GET, as after signing in again, leads to the page that has the button."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def wrapped(request: HttpRequest, **address: str | int) -> HttpResponse:
            if request.method == "POST":
                return view(request, **address)
            names = _OF_RETURN if back in ("review", "agency_return") else _OF_COLLECTION
            return redirect(back, *(address[name] for name in names))

        return wrapped

    return decorate


def agency_only(user: User, agency_return: Return) -> None:
    """The agency's own pages: a draft is nobody else's to read."""
    permissions.require_writer(user, agency_return)


def own_return(request: HttpRequest, partnership: str, collection: str, agency: str) -> tuple[User, Return]:
    """The person and the return of their own agency, for the pages on which it is written."""
    user = person(request)
    agency_return = return_or_404(user, partnership, collection, agency)
    agency_only(user, agency_return)
    return user, agency_return


def place(thing: Return | Collection | Partnership, *last: tuple[str, str]) -> dict[str, Any]:
    """Where a page is: the context that the frame shows, and the way back."""
    if isinstance(thing, Partnership):
        return {"partnership": thing, "crumbs": [_home(), (thing.name, thing.get_absolute_url()), *last]}
    if isinstance(thing, Collection):
        crumbs = [
            _home(),
            (thing.partnership.name, thing.partnership.get_absolute_url()),
            (str(thing), thing.get_absolute_url()),
            *last,
        ]
        return {"partnership": thing.partnership, "collection": thing, "crumbs": crumbs}
    crumbs = [
        _home(),
        (thing.collection.partnership.name, thing.collection.partnership.get_absolute_url()),
        (str(thing), thing.get_absolute_url()),  # with the year: an agency may have two returns to write
        *last,
    ]
    return {
        "partnership": thing.collection.partnership,
        "collection": thing.collection,
        "agency_return": thing,
        "crumbs": crumbs,
    }


def place_for_readers(agency_return: Return, *last: tuple[str, str]) -> dict[str, Any]:
    """As `place`, for coordinators and second readers: their way back leads over the collection."""
    collection = agency_return.collection
    context = place(collection, (agency_return.name, agency_return.url("review")), *last)
    return context | {"agency_return": agency_return}


def _home() -> tuple[str, str]:
    return ("Home", "/")


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Runs the act and tells the person how it went; False when it cannot be done now."""
    try:
        act()
    except NotNow as no:
        for reason in no.reasons:
            messages.error(request, reason)
        return False
    messages.success(request, done)
    return True


def attempt_form(form: Form, act: Callable[[], object]) -> bool:
    """Runs the act of a valid form; what stands in the way is shown in the form's summary."""
    try:
        act()
    except NotNow as no:
        for reason in no.reasons:
            form.add_error(None, reason)
        return False
    return True


def not_found_unless(condition: bool) -> None:
    if not condition:
        raise Http404
