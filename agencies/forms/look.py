"""What a coordinator says of how the partnership looks. Knows no request and saves nothing."""

from typing import Any

from django import forms

from agencies.forms.fields import Colour, OneLine, PngField


class LookForm(forms.Form):
    """`has_logo`: whether there is one already, which may be replaced or taken away."""

    name = OneLine(
        label="Name of the partnership",
        help_text="As it stands on its pages and on the appendix. What is published keeps the name of its day.",
        max_length=200,
        error_messages={"required": "Enter the partnership’s name."},
    )
    accent = Colour(
        label="Colour",
        help_text="Of links, buttons and lines, as # and six digits, such as #1b4b8c. "
        "If you leave it empty, the service’s own plum is used.",
        max_length=20,
        required=False,
    )
    logo = PngField(
        label="Logo",
        help_text="A PNG picture of at most 100 kB. It stands on the pages and on the first page of every document.",
        required=False,
        error_messages={"empty": "The file is empty. Choose the logo again."},
    )
    logo_alt = OneLine(
        label="What the logo says",
        help_text="Read out to those who cannot see it: usually just the words in it.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_logo = has_logo
        self.fields["accent"].widget.attrs |= {"class": "w-short", "spellcheck": "false"}
        if has_logo:
            self.fields["logo"].label = "Another logo"
            self.fields["without_logo"] = forms.BooleanField(label="Show no logo any more", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned.setdefault("without_logo", False)
        shown = cleaned.get("logo") or (self.has_logo and not cleaned["without_logo"])
        if shown and not cleaned.get("logo_alt") and "logo_alt" not in self.errors:
            self.add_error("logo_alt", "Say in words what the logo says.")
        if cleaned.get("logo") and cleaned["without_logo"]:
            self.add_error("without_logo", "Choose another logo, or show none; not both.")
        return cleaned
