"""People and organisations. Knows nothing of returns."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "agencies"
