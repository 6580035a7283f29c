"""What is said of proofs: by when, whether a section is right, what came of an objection. Saves nothing."""

from __future__ import annotations

from typing import Any

from django import forms

from returns.forms.collections import DateField


class SendProofsForm(forms.Form):
    answer_by = DateField(
        label="Answers by",
        help_text="Agencies that have not answered by the end of that day are no longer waited for.",
    )


def _words(label: str, empty: str, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label, max_length=2000, widget=area, error_messages={"required": empty}, **more
    )


class AnswerProofForm(forms.Form):
    mark_optional = False  # the label says when it is needed

    accepted = forms.TypedChoiceField(
        label="Can it be printed like this?",
        choices=[("yes", "Yes, it is right"), ("no", "No, something must not be printed like this")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it can be printed like this."},
    )
    objection = _words("If not: what is wrong?", "", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("accepted") is False and not cleaned.get("objection", "").strip():
            self.add_error("objection", "Say what is wrong, so that the coordinator can put it right.")
        return cleaned

    @property
    def said(self) -> str:
        """What is objected to; "" when it is right."""
        return "" if self.cleaned_data["accepted"] else self.cleaned_data["objection"]


class SettleForm(forms.Form):
    settlement = _words("What came of it?", "Say what came of it, so that the agency knows.")
