"""Pages on which a coordinator sees what was e-mailed to whom."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.actions import people as actions
from agencies.errors import NotNow
from agencies.forms.messages import SearchForm
from agencies.models import Message
from agencies.views import button, crumbs, managed, person, way_back, year_left

PAGE = 100


@require_safe
@login_required
def messages(request: HttpRequest, partnership: str) -> HttpResponse:
    found = managed(request, partnership)
    search = SearchForm(request.GET)
    sent = Message.objects.visible_to(person(request)).filter(partnership=found)
    context = {
        "partnership": found,
        "search": search,
        "page": Paginator(search.among(sent), PAGE).get_page(request.GET.get("page")),
        "way_back": way_back(request, ""),
        "crumbs": crumbs(found, ("E-mails", ""), year=year_left(request, found)),
    }
    return render(request, "agencies/messages.html", context)


@button(back="messages")
def message_resend(request: HttpRequest, partnership: str, pk: int) -> HttpResponse:
    found = managed(request, partnership)
    sent = Message.objects.visible_to(person(request)).filter(partnership=found)
    message = get_object_or_404(sent, pk=pk)
    try:
        actions.resend_message(message, by=person(request))
        flash.success(request, f"The e-mail to {message.to_name} goes out again within a few minutes.")
    except NotNow as error:
        flash.warning(request, str(error))
    return redirect(f"{reverse('messages', args=[found.slug])}?{request.GET.urlencode()}")
