"""The addresses of people and organisations. The site's own come first, or a short name could hide them."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from agencies.views import account, demo, invitations, look, messages, people, proof, seats, setup


class AgencyConverter(StringConverter):
    """Letters of any script; never the one character that no database keeps in a text."""

    regex = r"[^/\x00]+"


register_converter(AgencyConverter, "agency")

urlpatterns = [
    path("account/", account.account, name="account"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("account/confirm-by-code/", proof.confirm_by_code, name="confirm_by_code"),
    path("demo/sign-in/", demo.demo_sign_in, name="demo_sign_in"),
    path("demo/mail/", demo.demo_mail, name="demo_mail"),
    path("setup/", setup.setup, name="setup"),
    path("setup/partnerships/new/", setup.partnership_new, name="partnership_new"),
    path("setup/partnerships/<slug:partnership>/", setup.partnership_rename, name="partnership_rename"),
    path("setup/people/<int:pk>/disable/", setup.person_disable, name="person_disable"),
    path("setup/people/<int:pk>/enable/", setup.person_enable, name="person_enable"),
    path("<slug:partnership>/people/", people.people, name="people"),
    path("<slug:partnership>/people/invite/", people.invite, name="invite"),
    path(
        "<slug:partnership>/people/invitations/<int:pk>/resend/",
        people.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "<slug:partnership>/people/invitations/<int:pk>/withdraw/",
        people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("<slug:partnership>/people/roles/<int:pk>/end/", people.role_end, name="role_end"),
    path("<slug:partnership>/agencies/", seats.seats, name="seats"),
    path("<slug:partnership>/agencies/add/", seats.seat_add, name="seat_add"),
    path("<slug:partnership>/agencies/<int:pk>/rename/", seats.seat_rename, name="seat_rename"),
    path("<slug:partnership>/agencies/<int:pk>/mailbox/", seats.seat_mailbox, name="seat_mailbox"),
    path("<slug:partnership>/agencies/<int:pk>/move/", seats.seat_move, name="seat_move"),
    path("<slug:partnership>/agencies/<int:pk>/end/", seats.seat_end, name="seat_end"),
    path("<slug:partnership>/look/", look.look, name="look"),
    path("<slug:partnership>/look/style.css", look.look_style, name="look_style"),
    path("<slug:partnership>/look/logo.png", look.look_logo, name="look_logo"),
    path("<slug:partnership>/messages/", messages.messages, name="messages"),
    path("<slug:partnership>/messages/<int:pk>/resend/", messages.message_resend, name="message_resend"),
]
