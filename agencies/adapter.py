"""How sign-in behaves here: by invitation only, and without a word to those who are shut out."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from agencies.models import User

# Who signed in and which attempts failed is written to the log (OWASP ASVS 5.0, 16.3), never a password or a code.
log = logging.getLogger("agencies.sign_in")


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This e-mail address and this password do not go together. Try again, "
        "choose a new password, or have a sign-in code e-mailed to you: both are offered below.",
        "enter_current_password": "This is not the password you have now. Try again, or sign out and choose "
        "a new one on the sign-in page.",
        "incorrect_code": "This is not the code that was sent last. Look for the newest e-mail and try again, or go "
        "back and have a new code sent.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by accepting an invitation."""
        return False

    def get_user_search_fields(self) -> list[str]:
        return ["email", "name"]

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Those without password and second step sign in by e-mailed codes, and confirm by one that it is them."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        by_code = {
            "id": "confirm_by_code",
            "description": "Have a code sent to you by e-mail",
            "url": reverse("confirm_by_code"),
        }
        return methods or [by_code]

    def get_user_display(self, user: User) -> str:
        return user.name

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        log.info("person %s signed in from %s", user.pk, self.get_client_ip(request))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        log.warning("a sign-in failed from %s", self.get_client_ip(request))
