"""Collections, returns and the appendix made of them."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "returns"
