"""Pages of the site itself: health, help, accessibility, privacy, and what is shown when something fails."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


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


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
