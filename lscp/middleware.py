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
    """Ends a session after the idle limit and after the absolute limit (OWASP ASVS 5.0, 7.3)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._check(request)
        return self.get_response(request)

    def _check(self, request: HttpRequest) -> None:
        now = int(time.time())
        began = request.session.setdefault("began", now)
        seen = request.session.setdefault("seen", now)
        if now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
            logout(request)
            messages.info(request, "You were signed out because some time had passed. Sign in to carry on.")
        elif now - seen > SEEN_EVERY:
            request.session["seen"] = now


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
