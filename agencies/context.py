"""What the sign-in page shows of the demo's invented people; nothing on any other page or on a live site."""

from django.conf import settings
from django.http import HttpRequest

from agencies.demo import sample_people


def demo_people(request: HttpRequest) -> dict[str, object]:
    match = request.resolver_match
    if not settings.DEMO or match is None or match.url_name != "account_login":
        return {}
    return {"demo_people": sample_people()}
