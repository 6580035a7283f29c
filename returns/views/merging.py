"""The page on which an administrator merges two agencies; it says which open years still ask them."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agencies.errors import NotNow
from agencies.forms.setup import MergeForm
from agencies.models import Agency
from agencies.views import person, refuse
from agencies.views.setup import administrator, place
from returns.actions import merging


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agency_merge(request: HttpRequest, agency: str) -> HttpResponse:
    by = administrator(request)
    standing = Agency.objects.visible_to(by).standing()
    found = get_object_or_404(standing, slug=agency)
    form = MergeForm(request.POST or None, others=standing.exclude(pk=found.pk))
    if request.method == "POST" and form.is_valid() and _merged(request, found, form):
        return redirect("setup")
    context = {
        "form": form,
        "agency": found,
        "asked": merging.asked_in_open_years(found),
        "seats": found.seats.current().select_related("partnership", "agency"),
        "crumbs": place("Merge an agency"),
    }
    return render(request, "returns/agency_merge.html", context)


def _merged(request: HttpRequest, agency: Agency, form: MergeForm) -> bool:
    into = form.cleaned_data["into"]
    try:
        both = merging.merge(agency, into=into, by=person(request))
    except NotNow as error:
        refuse(form, error)
        return False
    flash.success(request, f"{agency.name} is merged into {into.name}. Its people carry on there.")
    for one in both:
        flash.warning(
            request,
            f"The {one.collection} of {one.collection.partnership.name} still asks both. Its coordinators are told by e-mail.",
        )
    return True
