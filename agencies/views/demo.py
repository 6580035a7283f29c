"""Pages that exist in demo mode only: be somebody with one click, read the e-mails that were not really sent."""

from django.conf import settings
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from agencies.actions.messages import send_waiting
from agencies.demo import sample_people, written_emails
from agencies.models import Message, MessageState, User
from agencies.views import sign_in


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Lets in nobody but the invented people: an account made by an invitation has its own way in."""
    _demo_only()
    allowed = [person.key for person in sample_people()]
    user = get_object_or_404(User, email__in=allowed, email=request.POST.get("key", ""))
    sign_in(request, user)
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return redirect(wanted if safe else "home")


@require_http_methods(["GET", "HEAD", "POST"])
def demo_mail(request: HttpRequest) -> HttpResponse:
    _demo_only()
    if request.method == "POST":
        sent = send_waiting()["sent"]
        flash.info(request, f"{sent} e-mail{'' if sent == 1 else 's'} written.")
        return redirect("demo_mail")
    context = {
        "emails": written_emails(),
        "waiting": Message.objects.filter(state=MessageState.WAITING).count(),
        "crumbs": [("Home", reverse("home")), ("E-mails of the demonstration", "")],
    }
    return render(request, "agencies/demo_mail.html", context)
