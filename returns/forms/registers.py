"""What goes into the registers of a partnership. Knows no request and saves nothing."""

from __future__ import annotations

from typing import Any

from django import forms

from returns.models import TermKind

_MEANING = "What it stands for, in full"


class TermForm(forms.Form):
    """A new entry. The meaning is an expansion for an acronym, other names of a service for a name."""

    mark_optional = False  # the hint says for what the meaning is needed
    kind = forms.ChoiceField(label="What it is", choices=TermKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="As it should be written",
        max_length=120,
        help_text="For example: MASH, or the proper name of a service.",
    )
    meaning = forms.CharField(
        label="What it stands for, or what else it is called",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed for a short form: what it stands for, in full. For a service you can give its other names, "
        "one on each line. A word needs nothing here.",
    )
    in_glossary = forms.BooleanField(
        label="Print it in the list of short forms of the appendix", required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == TermKind.ACRONYM and not data.get("meaning"):
            self.add_error("meaning", "Say what the short form stands for.")
        return data


class ExpansionForm(forms.Form):
    """For an acronym that a check found."""

    meaning = forms.CharField(
        label=_MEANING, max_length=200, error_messages={"required": "Say what it stands for."}
    )
