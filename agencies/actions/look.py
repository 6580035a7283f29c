"""Changes how a partnership looks: its name, its colour, its logo. Knows nothing of what is published."""

from __future__ import annotations

from hashlib import sha256

from django.db import transaction

from agencies import colours
from agencies.actions.record import record
from agencies.actions.setup import about, lock
from agencies.errors import NotNow
from agencies.models import Logo, Partnership, User
from agencies.permissions import require_manager
from agencies.png import Picture


@transaction.atomic
def change_look(
    partnership: Partnership,
    *,
    name: str,
    accent: str,
    logo: Picture | None,
    logo_alt: str,
    without_logo: bool,
    by: User,
) -> Partnership:
    """`accent` is "#rrggbb", or "" for the site's own; without a new `logo` the present one stays."""
    require_manager(by, partnership)
    partnership = lock(partnership)
    before = _look(partnership)
    if accent and colours.least_contrast(accent) < colours.LEAST:
        raise NotNow("This colour is too pale to be read. Choose a darker one.")
    partnership.name, partnership.accent = name, accent
    _keep(partnership, logo, without_logo=without_logo)
    if partnership.logo_sha256 and not logo_alt:
        raise NotNow("Say in words what the logo says.")
    partnership.logo_alt = logo_alt if partnership.logo_sha256 else ""
    changed = [what for what, value in _look(partnership).items() if value != before[what]]
    if changed:
        partnership.save(update_fields=["name", "accent", "logo_sha256", "logo_alt"])
        record(
            "change_look",
            f"changed the partnership’s {' and '.join(changed)}",
            by=by,
            about=about(partnership),
            partnership=partnership,
        )
    return partnership


def _look(partnership: Partnership) -> dict[str, object]:
    """By the words of the history."""
    return {
        "name": partnership.name,
        "colour": partnership.accent,
        "logo": (partnership.logo_sha256, partnership.logo_alt),
    }


def _keep(partnership: Partnership, logo: Picture | None, *, without_logo: bool) -> None:
    if logo is not None:
        Logo.objects.update_or_create(partnership=partnership, defaults={"content": logo.content})
        partnership.logo_sha256 = sha256(logo.content).hexdigest()
    elif without_logo:
        Logo.objects.filter(partnership=partnership).delete()
        partnership.logo_sha256 = ""
