"""What a coordinator says of who may read what is published. Knows no request and saves nothing."""

from typing import Any

from django import forms


class PublicityForm(forms.Form):
    public = forms.BooleanField(
        label="Everybody can read what we have published",
        help_text="Without signing in, at an address that stays the same. A draft or a preview is never public.",
        required=False,
    )
    listed = forms.BooleanField(
        label="Search engines can list it",
        help_text="What a search engine has once copied may stay there for weeks after it was withdrawn here.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("listed") and not cleaned.get("public"):
            self.add_error(
                "listed", "Search engines can only list what everybody can read. Tick both, or neither."
            )
        return cleaned
