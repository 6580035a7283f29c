"""How a partnership looks: the page on which that is changed, and the style and the logo that its pages ask for."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies import colours
from agencies.actions import look as actions
from agencies.errors import NotNow
from agencies.forms.fields import ratio
from agencies.forms.look import LookForm
from agencies.models import Logo, Partnership
from agencies.views import crumbs, managed, person, refuse

# The address holds a version, so what it leads to never changes.
_KEPT = "private, max-age=31536000, immutable"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def look(request: HttpRequest, partnership: str) -> HttpResponse:
    found = managed(request, partnership)
    form = LookForm(
        request.POST or None,
        request.FILES or None,
        has_logo=bool(found.logo_sha256),
        initial={"name": found.name, "accent": found.accent, "logo_alt": found.logo_alt},
    )
    if request.method == "POST" and form.is_valid() and _changed(request, found, form):
        return redirect("look", found.slug)
    context = {
        "partnership": found,
        "form": form,
        "crumbs": crumbs(found, ("Name and look", "")),
        **_measured(found),
    }
    return render(request, "agencies/look.html", context)


def _changed(request: HttpRequest, partnership: Partnership, form: LookForm) -> bool:
    try:
        actions.change_look(partnership, by=person(request), **form.cleaned_data)
    except NotNow as error:
        refuse(form, error)
        return False
    flash.success(request, "The pages, and every document made from now on, look like this.")
    return True


def _measured(partnership: Partnership) -> dict[str, str]:
    """The colour and its contrasts, as they are now."""
    made = colours.palette(partnership.accent or colours.ACCENT)
    return {
        "accent": made.accent,
        "on_light": ratio(colours.least_contrast(made.accent)),
        "accent_dark": made.dark,
        "on_dark": ratio(colours.least_contrast(made.dark, colours.DARK)),
    }


@login_required
@require_safe
def look_style(request: HttpRequest, partnership: str) -> HttpResponse:
    found = get_object_or_404(Partnership.objects.visible_to(person(request)), slug=partnership)
    return _kept(HttpResponse(colours.css(found.accent), content_type="text/css; charset=utf-8"))


@login_required
@require_safe
def look_logo(request: HttpRequest, partnership: str) -> HttpResponse:
    found = get_object_or_404(Partnership.objects.visible_to(person(request)), slug=partnership)
    return logo_of(found)


def logo_of(partnership: Partnership) -> HttpResponse:
    logo = Logo.objects.filter(partnership=partnership).first()
    if logo is None:
        raise Http404
    return _kept(HttpResponse(bytes(logo.content), content_type="image/png"))


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = _KEPT
    return response
