"""Pages on which an administrator sets up partnerships, agencies and people."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.actions import people as people_actions
from agencies.actions import setup as actions
from agencies.errors import NotNow
from agencies.forms.setup import NameForm, PartnershipForm
from agencies.models import Agency, Partnership, Role, Seat, User
from agencies.permissions import require_administrator
from agencies.views import Crumbs, button, person, refuse

PAGE = 100


def administrator(request: HttpRequest) -> User:
    """Who is signed in, if they may set things up: 403 for everybody else."""
    require_administrator(person(request))
    return person(request)


def place(here: str) -> Crumbs:
    return [("Home", reverse("home")), ("Set-up", reverse("setup")), (here, "")]


@require_safe
@login_required
def setup(request: HttpRequest) -> HttpResponse:
    by = administrator(request)
    words = request.GET.get("q", "").replace("\0", " ").strip()[:200]
    people = User.objects.visible_to(by).matching(words)
    roles = Role.objects.filter(ended_at=None).with_places()  # those of a disabled account come back with it
    current = Seat.objects.current().select_related("partnership")
    context = {
        "crumbs": [("Home", reverse("home")), ("Set-up", "")],
        "partnerships": Partnership.objects.visible_to(by).with_counts(),
        "agencies": Agency.objects.visible_to(by)
        .select_related("succeeded_by")
        .prefetch_related(Prefetch("seats", current, to_attr="current_seats")),
        "words": words,
        "page": Paginator(people.prefetch_related(Prefetch("roles", roles, to_attr="parts")), PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "agencies/setup.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def partnership_new(request: HttpRequest) -> HttpResponse:
    administrator(request)
    form = PartnershipForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := _created(request, form)):
        return redirect("seats", made.slug)
    context = {"form": form, "crumbs": place("Set up a partnership")}
    return render(request, "agencies/partnership_new.html", context)


def _created(request: HttpRequest, form: PartnershipForm) -> Partnership | None:
    try:
        made = actions.create_partnership(by=person(request), **form.cleaned_data)
    except NotNow as error:
        refuse(form, error)
        return None
    flash.success(request, f"{made.name} is set up. Next, add its agencies and invite its coordinator.")
    return made


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def partnership_rename(request: HttpRequest, partnership: str) -> HttpResponse:
    by = administrator(request)
    found = get_object_or_404(Partnership.objects.visible_to(by), slug=partnership)
    form = NameForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_partnership(found, name=form.cleaned_data["name"], by=by)
        flash.success(request, f"The partnership is called {form.cleaned_data['name']} now.")
        return redirect("setup")
    context = {"form": form, "renamed": found, "crumbs": place("Rename a partnership")}
    return render(request, "agencies/partnership_rename.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def person_disable(request: HttpRequest, pk: int) -> HttpResponse:
    by = administrator(request)
    who = get_object_or_404(User.objects.visible_to(by), pk=pk)
    if request.method == "POST":
        try:
            people_actions.disable(who, by=by)
            flash.success(request, f"The account of {who} is disabled, and {who} is signed out everywhere.")
        except NotNow as error:
            flash.warning(request, str(error))
        return redirect("setup")
    context = {
        "who": who,
        "parts": who.roles.active().with_places(),
        "left_alone": Role.objects.only_coordinator(who),
        "crumbs": place("Disable an account"),
    }
    return render(request, "agencies/person_disable.html", context)


@button(back="setup")
def person_enable(request: HttpRequest, pk: int) -> HttpResponse:
    by = administrator(request)
    who = get_object_or_404(User.objects.visible_to(by), pk=pk)
    try:
        people_actions.enable(who, by=by)
        flash.success(request, f"{who} can sign in again, with the parts they had.")
    except NotNow as error:
        flash.warning(request, str(error))
    return redirect("setup")
