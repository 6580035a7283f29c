"""Hands back what could not be saved: whatever refuses a text gives it back, with what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import linebreaks

from returns import richtext
from returns.forms.returns import AnswerForm
from returns.views.scope import View

SIGNED_OUT = "You were signed out because some time had passed, so this could not be saved."


@dataclass(frozen=True, slots=True)
class Way:
    """What the person can do now: a sentence, and a link if a page helps."""

    said: str
    label: str = ""
    url: str = ""


def keeps_text(view: View) -> View:
    """As `login_required`; but a text that comes after the session has ended, or from somebody whose part has
    ended, is handed back, not dropped."""

    @wraps(view)
    def wrapped(request: HttpRequest, **address: str | int) -> HttpResponse:
        if request.user.is_authenticated:
            return _handing_back(view, request, **address)
        text = posted_text(request) or posted_words(request)
        if not text:
            return redirect_to_login(request.get_full_path())
        return signed_out(request, text, (SIGNED_OUT,))

    wrapped.hands_words_back = True  # type: ignore[attr-defined]
    return wrapped


def _handing_back(view: View, request: HttpRequest, **address: str | int) -> HttpResponse:
    try:
        return view(request, **address)
    except (PermissionDenied, Http404) as refused:
        text = posted_text(request)
        if not text:
            raise
        ways = (
            Way(
                "If you should be able to write here, send the text to the partnership’s coordinator and ask."
            ),
        )
        reason = "You cannot write here any more, or not under the name you are signed in with now."
        status = 403 if isinstance(refused, PermissionDenied) else 404
        return not_saved(request, {"ways": ways}, (reason,), text, status=status)


def posted_text(request: HttpRequest) -> str:
    """What was written, as clean HTML; as it came, if it cannot be taken. "" if nothing was sent."""
    if request.method != "POST":
        return ""
    form = AnswerForm(request.POST)
    form.is_valid()
    text: str = form.cleaned_data.get("text") or form.data.get("text", "")
    return text


def posted_words(request: HttpRequest) -> str:
    """What was written into any other form, field by field, as clean HTML; "" if no field holds more than one word."""
    if request.method != "POST":
        return ""
    sent = request.POST.items()
    return "".join(linebreaks(value, autoescape=True) for _, value in sent if len(str(value).split()) > 1)


def words_back(request: HttpRequest, context: dict[str, object], *reasons: str) -> HttpResponse | None:
    """Hands back what was written into a form that cannot be sent any more; None where nothing was."""
    words = posted_words(request)
    return not_saved(request, context, reasons, words) if words else None


def came_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent it: no other site may write into ours. Every browser says so when it did not."""
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def signed_out(request: HttpRequest, text: str, reasons: tuple[str, ...]) -> HttpResponse:
    """For a page that was open too long: nothing is kept of it, so it is handed back."""
    ways = (
        Way("Copy the text below."),
        Way("Sign in again.", "Open the page anew", request.path),
        Way("Paste your text and save it."),
    )
    return not_saved(request, {"ways": ways}, reasons, text, status=403)


def not_saved(
    request: HttpRequest,
    context: dict[str, object],
    reasons: tuple[str, ...],
    html: str,
    *,
    status: int = 409,
) -> HttpResponse:
    """Hands a text back that could not be saved, so that no word is lost."""
    try:
        text = richtext.to_simple(richtext.parse(html))
    except richtext.TooMuch:
        text = html
    return render(
        request, "returns/not_saved.html", context | {"reasons": reasons, "text": text}, status=status
    )
