"""The addresses of the site. A partnership's short name begins its own addresses, so those come last."""

from django.urls import include, path
from django.views.generic import RedirectView

from lscp import views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("help/", views.help_page, name="help_page"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("account/stay-signed-in/", views.stay_signed_in, name="stay_signed_in"),
    path("account/signed-in-again/", views.signed_in_again, name="signed_in_again"),
    path("account/email/", RedirectView.as_view(pattern_name="account")),  # nobody changes an address alone
    path("account/", include("allauth.urls")),
    path("", include("agencies.urls")),
    path("", include("returns.urls")),
]
