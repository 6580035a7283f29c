"""Pages of the site itself: health, help, accessibility, privacy, and what is shown when something fails."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from returns.views import keeping

OUT_OF_DATE = "The page was out of date: you had signed out, or in again, since it was opened. So this could not be saved."


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers; monitors and load balancers ask here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "lscp/help_page.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "lscp/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "lscp/privacy.html")


@require_POST
def stay_signed_in(request: HttpRequest) -> JsonResponse:
    """For somebody who was told that the session is about to end; any page would do."""
    if not request.user.is_authenticated:
        return JsonResponse({"state": "signed_out"}, status=401)
    return JsonResponse({"state": "signed_in"})


@login_required
@require_safe
def signed_in_again(request: HttpRequest) -> HttpResponse:
    """Where signing in leads in the second tab, while the first one holds words that wait to be saved."""
    return render(request, "lscp/signed_in_again.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Hands a text back that came with an old token. A script gets a new token with the cookie and tries again."""
    if request.content_type == "application/json":
        get_token(request)
        state = "old_token" if request.user.is_authenticated else "signed_out"
        return JsonResponse({"state": state}, status=403)
    text = keeping.posted_text(request) or _words_of_form(request)
    if text and keeping.came_from_here(request):
        return keeping.signed_out(request, text, (OUT_OF_DATE,))
    return render(request, "403_csrf.html", status=403)


def _words_of_form(request: HttpRequest) -> str:
    """Of pages on which people write; never of one that asks for a password."""
    match = request.resolver_match
    return keeping.posted_words(request) if getattr(match and match.func, "hands_words_back", False) else ""
