"""How sign-in behaves here: by invitation only, and without a word to those who are shut out."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from agencies.models import User


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by accepting an invitation."""
        return False

    def get_user_search_fields(self) -> list[str]:
        return ["email", "name"]

    def get_user_display(self, user: User) -> str:
        return user.name
