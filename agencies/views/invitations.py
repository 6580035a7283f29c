"""The page behind the link of an invitation. Opening it uses nothing up: mail scanners open links, too."""

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.actions import people as actions
from agencies.errors import NotNow
from agencies.forms.invitations import AcceptForm
from agencies.models import Invitation, User
from agencies.views import person, sign_in


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found, problem = actions.follow(token)
    if found is None or problem:
        return _closed(request, found, problem)
    if request.user.is_authenticated:
        return _as_somebody(request, found)
    if User.objects.filter(email=found.email).exists():
        return _with_account(request, found)
    return _as_new(request, found)


def _closed(request: HttpRequest, found: Invitation | None, problem: str) -> HttpResponse:
    mine = found is not None and request.user.is_authenticated and person(request).email == found.email
    context = {"invitation": found, "problem": problem, "mine": mine}
    return render(request, "agencies/invitation_closed.html", context, status=410 if found else 404)


def _as_somebody(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Signed in: as the person invited, or as somebody else, who is asked to sign out first."""
    mine = person(request).email == found.email
    if request.method != "POST":
        return _page(request, found, situation="mine" if mine else "somebody_else")
    actions.require_same_person(person(request), found)
    try:
        actions.accept_invitation(found)
    except NotNow:
        return redirect(request.path)
    flash.success(request, f"You are now {found.part}.")
    return redirect("home")


def _with_account(request: HttpRequest, found: Invitation) -> HttpResponse:
    if request.method != "POST":
        return _page(request, found, situation="account")
    try:
        actions.accept_invitation(found)
    except NotNow:
        return redirect(request.path)
    flash.success(request, f"You are now {found.part}. Sign in to carry on.")
    return redirect("account_login")


def _as_new(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST or None, email=found.email, initial={"name": found.name})
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, situation="new", form=form)
    given = form.cleaned_data
    try:
        user, created = actions.accept_invitation(found, name=given["name"], password=given["password"])
    except NotNow:
        return redirect(request.path)
    if not created:
        return redirect("account_login")
    sign_in(request, user)
    flash.success(request, f"Your account is set up. You are {found.part}.")
    return redirect("home")


def _page(
    request: HttpRequest, found: Invitation, *, situation: str, form: AcceptForm | None = None
) -> HttpResponse:
    """`partnership` is left out of the context: its own pages are not open to the visitor yet."""
    context = {"invitation": found, "situation": situation, "form": form, "here": request.path}
    return render(request, "agencies/invitation.html", context)
