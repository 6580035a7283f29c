"""What every page may need to know of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {"service_name": settings.SERVICE_NAME, "demo": settings.DEMO}
