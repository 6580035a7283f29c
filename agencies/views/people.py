"""Pages on which a coordinator looks after the partnership's people."""

from typing import Any

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.actions import people as actions
from agencies.errors import NotNow
from agencies.forms.invitations import InviteForm
from agencies.models import Invitation, Partnership, RoleKind, User
from agencies.models.roster import roster
from agencies.permissions import may_manage, require_manager
from agencies.views import button, crumbs, managed, number, person, refuse, way_back, year_left


@require_safe
@login_required
def people(request: HttpRequest, partnership: str) -> HttpResponse:
    found = managed(request, partnership)
    context = {
        "partnership": found,
        "roster": roster(found),
        "way_back": way_back(request, ""),
        "crumbs": crumbs(found, ("People", ""), year=year_left(request, found)),
    }
    return render(request, "agencies/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invite(request: HttpRequest, partnership: str) -> HttpResponse:
    found = managed(request, partnership)
    seats = list(found.seats.current().select_related("agency"))
    form = InviteForm(request.POST or None, seats=seats, initial=_wished(request))
    people = reverse("people", args=[found.slug])
    back, year = way_back(request, people), year_left(request, found)
    if request.method == "POST" and form.is_valid() and _invited(request, found, form):
        return redirect(back)
    above = () if year else (("People", people),)
    context = {
        "partnership": found,
        "form": form,
        "crumbs": crumbs(found, *above, ("Invite somebody", ""), year=year),
        "back": back,
        "has_seats": bool(seats),
    }
    return render(request, "agencies/invite.html", context)


def _wished(request: HttpRequest) -> dict[str, Any]:
    """What a link to the form says already."""
    kind = request.GET.get("kind")
    return {
        "seat": number(request.GET.get("seat")),
        "kind": kind if kind in RoleKind.values else None,
    }


def _invited(request: HttpRequest, partnership: Partnership, form: InviteForm) -> bool:
    try:
        invitation = actions.invite(partnership, by=person(request), **form.cleaned_data)
    except NotNow as error:
        refuse(form, error)
        return False
    flash.success(request, f"{invitation.name} is invited. The e-mail goes out within a few minutes.")
    return True


def _offered(request: HttpRequest, partnership: str, pk: int) -> Invitation:
    """For those who look after the people, and for somebody who hands their own part over by it."""
    user = person(request)
    found = get_object_or_404(Partnership.objects.visible_to(user), slug=partnership)
    invitation = found.invitations.select_related("replaces").filter(pk=pk).first()
    if invitation is None or not invitation.is_of(user):
        require_manager(user, found)
    if invitation is None:
        raise Http404
    return invitation


@button(back="people")
def invitation_resend(request: HttpRequest, partnership: str, pk: int) -> HttpResponse:
    invitation = _offered(request, partnership, pk)
    try:
        actions.resend_invitation(invitation, by=person(request))
        flash.success(
            request,
            f"A new link goes to {invitation.email} within a few minutes. The old one has stopped working.",
        )
    except NotNow as error:
        flash.warning(request, str(error))
    return redirect(way_back(request, reverse("people", args=[partnership])))


@button(back="people")
def invitation_withdraw(request: HttpRequest, partnership: str, pk: int) -> HttpResponse:
    invitation = _offered(request, partnership, pk)
    try:
        actions.withdraw_invitation(invitation, by=person(request))
        flash.success(
            request, f"The invitation of {invitation.name} is withdrawn, and its link does not work any more."
        )
    except NotNow as error:
        flash.warning(request, str(error))
    return redirect(way_back(request, reverse("people", args=[partnership])))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def role_end(request: HttpRequest, partnership: str, pk: int) -> HttpResponse:
    found = managed(request, partnership)
    role = get_object_or_404(found.roles.select_related("user", "seat__agency", "partnership"), pk=pk)
    user = person(request)
    own = role.user_id == user.pk
    if request.method == "POST":
        try:
            actions.end_role(role, by=user)
            flash.success(request, "Your part has ended." if own else f"The part of {role.user} has ended.")
        except NotNow as error:
            flash.warning(request, str(error))
        stays = may_manage(User.objects.get(pk=user.pk), found)  # with the parts as they are now
        return redirect("people", found.slug) if stays else redirect("home")
    place = crumbs(found, ("People", reverse("people", args=[found.slug])), ("End a part", ""))
    context = {"partnership": found, "role": role, "own": own, "crumbs": place}
    return render(request, "agencies/role_end.html", context)
