"""The page on which a return is handed over: by the person responsible, or by who looks after the people."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.errors import NotNow
from agencies.forms.invitations import HandOverForm
from agencies.models import Partnership, Role, RoleKind
from agencies.permissions import may_manage, require_manager
from agencies.views import person, refuse, way_back
from returns.actions import handing_over
from returns.views.scope import place


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def role_hand_over(request: HttpRequest, partnership: str, pk: int) -> HttpResponse:
    user = person(request)
    found = get_object_or_404(Partnership.objects.visible_to(user), slug=partnership)
    role = found.roles.active().filter(kind=RoleKind.LEAD, pk=pk).select_related("user").with_places().first()
    own = role is not None and role.user_id == user.pk
    if not own:
        require_manager(user, found)
    if role is None:
        raise Http404
    back = way_back(
        request, reverse("people" if may_manage(user, found) else "partnership", args=[found.slug])
    )
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (done := _handed_over(request, role, form)):
        return redirect("home" if own and done == _AT_ONCE else back)  # the return is not theirs any more
    context = place(found, ("Hand over", "")) | {"role": role, "form": form, "back": back, "own": own}
    return render(request, "returns/role_hand_over.html", context)


_AT_ONCE, _INVITED = "is responsible now", "is invited to take it over"


def _handed_over(request: HttpRequest, role: Role, form: HandOverForm) -> str:
    """What has become of it; "" for nothing."""
    try:
        done = handing_over.hand_over(role, by=person(request), **form.cleaned_data)
    except NotNow as error:
        refuse(form, error)
        return ""
    what = _AT_ONCE if done else _INVITED
    messages.success(request, f"{form.cleaned_data['name']} {what}.")
    return what
