"""Pages on which a coordinator keeps the list of agencies."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.actions import setup as actions
from agencies.errors import NotNow
from agencies.forms.seats import AddSeatForm, MailboxForm, RenameForm
from agencies.models import Agency, Partnership
from agencies.models.roster import roster
from agencies.permissions import may_manage, require_mailbox
from agencies.views import Crumbs, button, crumbs, managed, person, refuse, way_back, year_left


def _place(partnership: Partnership, here: str) -> Crumbs:
    return crumbs(partnership, ("Agencies", reverse("seats", args=[partnership.slug])), (here, ""))


@require_safe
@login_required
def seats(request: HttpRequest, partnership: str) -> HttpResponse:
    found = managed(request, partnership)
    former = found.seats.exclude(left_on=None).select_related("agency", "succeeded_by__agency")
    context = {
        "partnership": found,
        "places": roster(found).places,
        "former": former.order_by("-left_on", "-pk"),
        "way_back": way_back(request, ""),
        "crumbs": crumbs(found, ("Agencies", ""), year=year_left(request, found)),
    }
    return render(request, "agencies/seats.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seat_add(request: HttpRequest, partnership: str) -> HttpResponse:
    found = managed(request, partnership)
    current = list(found.seats.current().select_related("agency"))
    others = Agency.objects.visible_to(person(request)).standing()
    form = AddSeatForm(
        request.POST or None,
        agencies=others.exclude(pk__in=[seat.agency_id for seat in current]),
        present=[seat.name for seat in current],
    )
    if request.method == "POST" and form.is_valid() and _added(request, found, form):
        return redirect("seats", found.slug)
    context = {"partnership": found, "form": form, "crumbs": _place(found, "Add an agency")}
    return render(request, "agencies/seat_add.html", context)


def _added(request: HttpRequest, partnership: Partnership, form: AddSeatForm) -> bool:
    try:
        seat = actions.add_seat(partnership, by=person(request), **form.cleaned_data)
    except NotNow as error:
        refuse(form, error)
        return False
    flash.success(request, f"{seat.name} is on the list now, in the last place.")
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seat_rename(request: HttpRequest, partnership: str, pk: int) -> HttpResponse:
    found = managed(request, partnership)
    seat = get_object_or_404(found.seats.current().select_related("agency", "partnership"), pk=pk)
    form = RenameForm(request.POST or None, initial={"name": seat.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_seat(seat, name=form.cleaned_data["name"], by=person(request))
        flash.success(request, f"The agency is called {seat.name} in this partnership now.")
        return redirect("seats", found.slug)
    context = {"partnership": found, "seat": seat, "form": form, "crumbs": _place(found, "Rename an agency")}
    return render(request, "agencies/seat_rename.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seat_mailbox(request: HttpRequest, partnership: str, pk: int) -> HttpResponse:
    """For the person responsible for the agency's return, and for those who keep the list."""
    user = person(request)
    found = get_object_or_404(Partnership.objects.visible_to(user), slug=partnership)
    seat = get_object_or_404(found.seats.current().select_related("agency", "partnership"), pk=pk)
    require_mailbox(user, seat)
    back = way_back(
        request, reverse("seats" if may_manage(user, found) else "partnership", args=[found.slug])
    )
    form = MailboxForm(request.POST or None, initial={"email": seat.mailbox})
    if request.method == "POST" and form.is_valid():
        actions.set_mailbox(seat, email=form.cleaned_data["email"], by=user)
        done = (
            f"{seat.mailbox} is copied in from now on."
            if seat.mailbox
            else "No mailbox is copied in any more."
        )
        flash.success(request, done)
        return redirect(back)
    context = {
        "partnership": found,
        "seat": seat,
        "form": form,
        "back": back,
        "crumbs": crumbs(found, ("Shared mailbox", "")),
    }
    return render(request, "agencies/seat_mailbox.html", context)


@button(back="seats")
def seat_move(request: HttpRequest, partnership: str, pk: int) -> HttpResponse:
    found = managed(request, partnership)
    seat = get_object_or_404(found.seats.current().select_related("agency", "partnership"), pk=pk)
    try:
        actions.move_seat(seat, up=request.POST.get("up") == "1", by=person(request))
    except NotNow as error:
        flash.warning(request, str(error))
    return redirect(f"{reverse('seats', args=[found.slug])}#agency-{seat.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seat_end(request: HttpRequest, partnership: str, pk: int) -> HttpResponse:
    found = managed(request, partnership)
    seat = get_object_or_404(found.seats.select_related("agency", "partnership"), pk=pk)
    if request.method == "POST":
        try:
            actions.end_seat(seat, by=person(request))
            flash.success(request, f"It is noted that {seat.name} has left.")
        except NotNow as error:
            flash.warning(request, str(error))
        return redirect("seats", found.slug)
    context = {
        "partnership": found,
        "seat": seat,
        "roles": seat.roles.active().select_related("user"),
        "crumbs": _place(found, "An agency leaves"),
    }
    return render(request, "agencies/seat_end.html", context)
