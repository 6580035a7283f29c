"""What the page of an answer asks in the background, in JSON: to save, to watch who else is there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from agencies.errors import NotNow
from agencies.models import User
from returns.actions import presence
from returns.actions.drafting import Saved
from returns.forms.returns import AnswerForm, PageForm
from returns.models.presence import present_besides
from returns.views.desk import AgencyDesk, Desk, TypingDesk

Body = Mapping[str, Any]
# A page that broke off without a word is not taken for another tab of the one that follows it for longer than this.
_JUST_NOW = timedelta(minutes=1)


def in_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a script: every refusal says in `state` what it is, and nobody is led to the sign-in page."""

    @require_POST
    @wraps(view)
    def wrapped(request: HttpRequest, **address: str | int) -> HttpResponse:
        if not request.user.is_authenticated:
            return _refusal("signed_out", 401)
        body = _body(request)
        if body is None:
            return _refusal("refused", 400, "The page sent something that could not be read.")
        try:
            if body.get("person") != request.user.pk:
                return _refusal("somebody_else", 409, by=str(request.user))
            return view(request, body, **address)
        except PermissionDenied:
            return _refusal("not_yours", 403)
        except Http404:
            return _refusal("not_yours", 404)

    return wrapped


def _body(request: HttpRequest) -> Body | None:
    if request.content_type != "application/json":
        return None
    try:
        body = json.loads(request.body)
    except ValueError:
        return None
    plain = isinstance(body, dict) and all(isinstance(value, str | int) for value in body.values())
    return body if plain else None


def _refusal(state: str, status: int, *reasons: str, by: str = "") -> JsonResponse:
    return JsonResponse({"state": state, "reasons": reasons, "by": by}, status=status)


@in_json
def answer_autosave(request: HttpRequest, body: Body, number: int, **address: str) -> HttpResponse:
    return _saves(AgencyDesk.at(request, number, **address), body)


@in_json
def type_in_autosave(request: HttpRequest, body: Body, number: int, **address: str) -> HttpResponse:
    return _saves(TypingDesk.at(request, number, **address), body)


def _saves(desk: Desk, body: Body) -> HttpResponse:
    """Saves what is on a page, as the page itself would; says in `version` what its next save is based on."""
    form = AnswerForm(body)
    if "text" not in body:
        return _refusal("refused", 422, "The page sent no text.")
    if not form.is_valid():
        reasons = [str(text) for errors in form.errors.values() for text in errors]
        return _refusal("refused", 422, *reasons)
    try:
        saved = desk.keep(**form.values())
    except NotNow as no:
        return _refusal("closed", 409, *no.reasons)
    return _said(saved, form.cleaned_data["sequence"], desk.user)


def _said(saved: Saved, sequence: int, user: User) -> JsonResponse:
    answer = saved.answer
    said = {"state": "saved" if saved.applied else "behind", "version": saved.version, "sequence": sequence}
    said |= {"at": _clock(answer.saved_at or timezone.now()), "by": str(answer.saved_by or "Somebody")}
    said |= {"own": answer.saved_by_id == user.pk}
    return JsonResponse(said, status=200 if saved.applied else 409)


@in_json
def answer_watch(request: HttpRequest, body: Body, number: int, **address: str) -> HttpResponse:
    return _watches(AgencyDesk.at(request, number, **address), body)


@in_json
def type_in_watch(request: HttpRequest, body: Body, number: int, **address: str) -> HttpResponse:
    return _watches(TypingDesk.at(request, number, **address), body)


answer_watch.is_poll = True  # type: ignore[attr-defined]
type_in_watch.is_poll = True  # type: ignore[attr-defined]


def _watches(desk: Desk, body: Body) -> HttpResponse:
    """Says that the page is open, and asks who else is there and what they saved. Does not count as being active."""
    form = PageForm(body)
    if not form.is_valid():
        return _refusal("refused", 422, "The page did not say which one it is.")
    client, age = form.cleaned_data["client"], form.cleaned_data["age"]
    if form.cleaned_data["leaving"]:
        presence.end(desk.agency_return, desk.question, client=client, by=desk.user)
        return JsonResponse({"state": "left"})
    since = None if age is None else timezone.now() - max(_JUST_NOW, timedelta(seconds=age))
    closed = desk.closed()
    presence.note(desk.agency_return, desk.question, client=client, by=desk.user)
    newer = "" if closed else _newer_line(desk, form.cleaned_data["base_version"], client)
    others = others_line(desk, client=client, since=since)
    return JsonResponse({"state": "watched", "others": others, "newer": newer, "closed": closed})


def others_line(desk: Desk, *, client: str, since: datetime | None = None) -> str:
    """Who else has the question open, and when they saved: a sentence, or "". The person's own other pages count if
    they were seen just now, or since this one was opened; none for a page that a script has not begun to watch."""
    said: dict[str, str] = {}
    for one in present_besides(desk.agency_return, desk.question, client=client, user=desk.user, since=since):
        name = "You" if one.user == desk.user else str(one.user)
        saved = f" (saved at {_clock(one.saved_at)})" if one.saved_at and name != "You" else ""
        said[name] = f"{name}{saved}"
    if not said:
        return ""
    if list(said) == ["You"]:
        return "You have this open in another tab or window, too."
    names = [text for name, text in said.items() if name != "You"]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{listed} {'has' if len(names) == 1 else 'have'} this open, too."


def _newer_line(desk: Desk, base_version: int, client: str) -> str:
    """What was saved from elsewhere since the version the page knows, or ""."""
    answer = desk.answer
    if answer is None or answer.version <= base_version or answer.saved_at is None:
        return ""
    since = answer.saves.filter(applied=True, version__gt=base_version)
    if not since.exclude(client=client).exists():
        return ""
    at = _clock(answer.saved_at)
    if answer.saved_by_id == desk.user.pk:
        return f"You saved another text in another tab at {at}."
    return f"{answer.saved_by or 'Somebody'} saved another text at {at}."


def _clock(at: Any) -> str:
    """14:32, with the day before it unless it is today."""
    local, today = timezone.localtime(at), timezone.localdate()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%H:%M} on {local.day} {local:%B}"
