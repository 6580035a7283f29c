"""Pages about people and organisations."""

from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import urlsplit

from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from agencies.errors import NotNow
from agencies.models import Partnership, User
from agencies.permissions import require_manager

View = Callable[..., HttpResponse]
Crumbs = list[tuple[str, str]]


def person(request: HttpRequest) -> User:
    """Who is signed in; for views that only signed-in people reach."""
    return cast(User, request.user)


def sign_in(request: HttpRequest, user: User) -> None:
    """Signs in without the sign-in page, and lists the session among those the person can end."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)


def managed(request: HttpRequest, slug: str) -> Partnership:
    """The partnership, for those who look after it: 404 for strangers to it, 403 for its other people."""
    partnership = get_object_or_404(Partnership.objects.visible_to(person(request)), slug=slug)
    require_manager(person(request), partnership)
    return partnership


def button(back: str) -> Callable[[View], View]:
    """For an act behind a button. A GET, as after signing in again, leads to the list that has the button."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def wrapped(request: HttpRequest, *args: str | int, **kwargs: str | int) -> HttpResponse:
            if request.method != "POST":
                names = [kwargs["partnership"]] if "partnership" in kwargs else []
                return redirect(way_back(request, reverse(back, args=names)))
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of this site from which the person came, if its link named it as `next`."""
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else otherwise


def year_left(request: HttpRequest, partnership: Partnership) -> str:
    """What addresses call the year from whose pages the person came; "" for none of this partnership's."""
    try:
        address = resolve(urlsplit(way_back(request, "")).path).kwargs
    except Resolver404:
        return ""
    return str(address.get("collection", "")) if address.get("partnership") == partnership.slug else ""


def refuse(form: forms.Form, error: NotNow) -> None:
    for reason in error.reasons:
        form.add_error(None, reason)


def number(value: str | None) -> int | None:
    """A number from an address, if it is one."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


def crumbs(partnership: Partnership, *rest: tuple[str, str], year: str = "") -> Crumbs:
    """From home to this page, over the year's return if one is named; the last has no address."""
    way = [("Home", reverse("home")), (partnership.name, partnership.get_absolute_url())]
    if year:
        way.append((f"{year} return", reverse("collection", args=[partnership.slug, year])))
    return [*way, *rest]
