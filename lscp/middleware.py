"""What holds for every request: how long a session lasts, what browsers may keep, who may reach the demo."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

GetResponse = Callable[[HttpRequest], HttpResponse]

# The time of last use is written at most this often, so that reading pages does not write sessions.
SEEN_EVERY = 60


class SessionLimits:
    """Ends a session after the idle limit and after the absolute limit (OWASP ASVS 5.0, 7.3).

    A view with `is_poll` is asked by a page that is merely open: it does not count as use. Scripts are told how many
    seconds are left."""

    LEFT = "Session-Left"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._end_if_over(request)
        response = self.get_response(request)
        if response.headers.get("Content-Type") == "application/json" and request.user.is_authenticated:
            response.headers[self.LEFT] = str(max(0, self._left(request)))
        return response

    def process_view(self, request: HttpRequest, view: GetResponse, args: object, kwargs: object) -> None:
        now = int(time.time())
        if not request.user.is_authenticated or getattr(view, "is_poll", False):
            return
        if now - request.session.get("seen", 0) > SEEN_EVERY:
            request.session["seen"] = now

    def _end_if_over(self, request: HttpRequest) -> None:
        now = int(time.time())
        request.session.setdefault("began", now)
        request.session.setdefault("seen", now)
        if self._left(request) < 0:
            logout(request)
            messages.info(request, "You were signed out because some time had passed. Sign in to carry on.")

    def _left(self, request: HttpRequest) -> int:
        """Seconds until the session ends if it is not used."""
        now, session = int(time.time()), request.session
        idle_ends = session.get("seen", now) + settings.SESSION_IDLE_SECONDS
        return int(min(idle_ends, session.get("began", now) + settings.SESSION_COOKIE_AGE) - now)


class PrivatePages:
    """Pages are kept by no cache unless the view said otherwise: they are about children."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response


class LoopbackOnly:
    """Refuses requests that came through a proxy: demo mode lets anyone in with one click."""

    HEADERS = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(name in request.META for name in self.HEADERS):
            return HttpResponseBadRequest("The demonstration can only be used on the computer it runs on.")
        return self.get_response(request)
