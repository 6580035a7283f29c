"""What an administrator types to set up partnerships and agencies. Knows no request and saves nothing."""

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.text import slugify

from agencies.forms.fields import OneLine
from agencies.models import Agency, Partnership
from agencies.models.organisations import cut_slug

# The first parts of the site's own addresses, which a partnership's short name must not take.
RESERVED_SLUGS = frozenset(
    [
        "account",
        "accessibility",
        "admin",
        "api",
        "confirmations",
        "demo",
        "health",
        "help",
        "invitations",
        "new",
        "privacy",
        "setup",
        "sign-off",
        "static",
    ]
)
SLUG_LENGTH = 60


def suggest_slug(name: str) -> str:
    """A short name made of the name; empty if nothing of it can be written in plain letters."""
    return cut_slug(slugify(name), SLUG_LENGTH).strip("-_")


class NameForm(forms.Form):
    name = OneLine(label="Name", max_length=200, error_messages={"required": "Enter a name."})


class PartnershipForm(forms.Form):
    name = OneLine(
        label="Name of the partnership",
        help_text="As it should stand on its pages and on the appendix.",
        max_length=200,
        error_messages={"required": "Enter the partnership’s name."},
    )
    slug = OneLine(
        label="Short name for web addresses",
        help_text="Small letters, digits and hyphens, such as luton. It cannot be changed later. "
        "If you leave it empty, it is made from the name.",
        max_length=SLUG_LENGTH,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "name" in cleaned and "slug" in cleaned:
            cleaned["slug"] = (cleaned["slug"] or suggest_slug(cleaned["name"])).lower()
            self._check_slug(cleaned["slug"])
        return cleaned

    def _check_slug(self, slug: str) -> None:
        if not slug:
            self.add_error("slug", "Enter a short name: none can be made from this name.")
            return
        try:
            validate_slug(slug)
        except forms.ValidationError:
            self.add_error("slug", "Use only the letters a to z, digits and hyphens.")
            return
        if slug in RESERVED_SLUGS:
            self.add_error(
                "slug", f"The service needs the address “{slug}” itself. Choose another short name."
            )
        elif Partnership.objects.filter(slug=slug).exists():
            self.add_error(
                "slug", f"Another partnership has the short name “{slug}”. Choose a different one."
            )


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Which agency carries on?",
        help_text="If it is not in the list, add it to a partnership first.",
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency that carries on."},
    )
    sure = forms.BooleanField(
        label="I have checked both names. A merger cannot be undone.",
        error_messages={"required": "Tick the box once you have checked both names."},
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
        self.fields["into"].widget.attrs["class"] = "w-medium"
