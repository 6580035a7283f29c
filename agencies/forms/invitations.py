"""What is typed to invite somebody, and what they type to accept. Knows no request and saves nothing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from agencies.forms.fields import OneLine
from agencies.models import RoleKind, Seat, User
from agencies.models.people import AGENCY_KINDS

PASSWORD, CODES = "password", "codes"

KINDS = [
    (RoleKind.LEAD, "Responsible for an agency’s return: writes it and sends it"),
    (
        RoleKind.CONTRIBUTOR,
        "Helps to write an agency’s return, and leaves sending it to the person responsible",
    ),
    (RoleKind.COORDINATOR, "Coordinator: invites people, reads, asks for changes, approves and publishes"),
    (RoleKind.SECOND_READER, "Second reader: reads what was sent, signs off case studies and publishes"),
    (RoleKind.BOARD, "Board member: reads the appendix once it is shown to the board, and what is published"),
]


class InviteForm(forms.Form):
    name = OneLine(label="Name", max_length=150, error_messages={"required": "Enter their name."})
    email = forms.EmailField(
        label="Work e-mail address",
        help_text="The invitation goes there, and the person signs in with it.",
        max_length=254,
        error_messages={
            "required": "Enter their e-mail address.",
            "invalid": "Enter an e-mail address such as name@example.org.",
        },
    )
    kind = forms.ChoiceField(
        label="What will they do?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they will do."},
    )
    seat = forms.ChoiceField(
        label="For which agency?",
        help_text="Only for those who write an agency’s return.",
        required=False,
        widget=forms.Select(attrs={"class": "w-medium"}),
    )
    mark_optional = False

    def __init__(self, *args: Any, seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seats = {str(seat.pk): seat for seat in seats}
        choices = [(key, seat.name) for key, seat in self._seats.items()]
        self.fields["seat"].choices = [("", "None"), *choices]  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_kind(self) -> RoleKind:
        return RoleKind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        seat = self._seats.get(cleaned.get("seat") or "")
        if kind in AGENCY_KINDS and seat is None and "seat" not in self.errors:
            self.add_error("seat", "Choose the agency whose return they write.")
        if kind and kind not in AGENCY_KINDS and seat:
            self.add_error(
                "seat",
                f"This part is in the partnership as a whole. Choose “None”, or choose above what they do for {seat.name}.",
            )
        return {**cleaned, "seat": seat}


class HandOverForm(forms.Form):
    name = OneLine(label="Name", max_length=150, error_messages={"required": "Enter their name."})
    email = forms.EmailField(
        label="Work e-mail address",
        help_text="Somebody who helps to write the return takes over at once. Anybody else gets an invitation.",
        max_length=254,
        error_messages={
            "required": "Enter their e-mail address.",
            "invalid": "Enter an e-mail address such as name@example.org.",
        },
    )


class AcceptForm(forms.Form):
    """`email` is the address invited, so that the password is not made of it."""

    name = OneLine(
        label="Your name",
        help_text="As colleagues should see it.",
        max_length=150,
        error_messages={"required": "Enter your name."},
    )
    how = forms.ChoiceField(
        label="How do you want to sign in?",
        choices=[
            (PASSWORD, "With a password that I choose now"),
            (CODES, "With a code that is e-mailed to me each time"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you want to sign in."},
    )
    password = forms.CharField(
        label="Password",
        help_text="Only if you sign in with one. At least 8 characters; three random words make a good one.",
        strip=False,
        required=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "w-medium"}),
    )
    mark_optional = False

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("how") == CODES:
            return {**cleaned, "password": None}
        password = cleaned.get("password")
        if cleaned.get("how") == PASSWORD and not password and "password" not in self.errors:
            self.add_error("password", "Enter a password, or choose e-mailed codes.")
        elif password:
            self._check(password, name=cleaned.get("name", ""))
        return cleaned

    def _check(self, password: str, *, name: str) -> None:
        try:
            validate_password(password, User(email=self._email, name=name))
        except forms.ValidationError as error:
            self.add_error("password", error)
