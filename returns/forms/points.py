"""Why a passage is kept, and what is said of the children and families in a return. Knows no request, saves nothing."""

from __future__ import annotations

from typing import Any

from django import forms

from returns.forms.returns import SignOffForm, TypedInForm
from returns.models import Declaration, Live, Told


class KeepForm(forms.Form):
    reason = forms.CharField(
        label="It can stay as it is, because …",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The agency, the coordinators and second readers can read this. It holds while the passage stands; a comma or a spelling may be put right.",
        error_messages={"required": "Say why it can stay as it is."},
    )

    def __init__(self, *args: Any, shared: bool = False, **kwargs: Any) -> None:
        """`shared`: the passage is one that another agency tells, too, which none of the two is shown."""
        super().__init__(*args, **kwargs)
        if shared:
            self.fields["reason"].help_text = (
                "Coordinators and second readers can read this; the agencies are not shown it. "
                "It holds while the passage stands; a comma or a spelling may be put right."
            )


class TellingForm(forms.Form):
    """Whether a return tells of one child or family, and what makes that fit to be published."""

    tells = forms.TypedChoiceField(
        label="Does your return tell of an individual child or family?",
        choices=[("no", "No"), ("yes", "Yes, it has a case study or tells what happened to one of them")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it tells of an individual child or family."},
    )
    permission = forms.CharField(
        label="Who agreed that it may be published, and who holds that permission?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="To publication, not only to taking part. No names of the family. If nobody was asked, answer the next question.",
    )
    changed = forms.CharField(
        label="Or: what was changed so that nobody can be recognised?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    live = forms.ChoiceField(
        label="Is a court case, an inquest or a review about it under way, or likely?",
        choices=Live.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text="If you do not know, you can send the return now; it is approved when you have found out and said so.",
    )
    live_note = forms.CharField(
        label="If it is, or may be: whom did you ask whether this may be printed?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    checked_by = forms.CharField(
        label="Who checked that nobody can be recognised?",
        required=False,
        max_length=200,
        help_text="Somebody in your agency: name and post.",
    )
    recognisable = forms.CharField(
        label="Could a neighbour, a classmate or a reporter work out who this is?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Say why you think so.",
    )

    mark_optional = False  # all of it is wanted if the answer is yes

    @staticmethod
    def first(declaration: Declaration | None) -> dict[str, Any]:
        """What was said the last time."""
        if declaration is None:
            return {}
        values = {name: getattr(declaration, name) for name in TellingForm.base_fields}
        return values | {"tells": "yes" if declaration.tells else "no"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("tells"):
            if not data.get("permission") and not data.get("changed"):
                self.add_error(
                    "permission",
                    "Say who agreed that it may be published and who holds the record of it; or say below what was changed.",
                )
            if data.get("live") == Live.YES and not data.get("live_note"):
                self.add_error("live_note", "Say whom you asked whether this may be printed: name and post.")
            for name, missing in _WANTED.items():
                if not data.get(name):
                    self.add_error(name, missing)
        return data

    def told(self) -> Told:
        """Without what was filled in before the answer was no."""
        if not self.cleaned_data["tells"]:
            return Told(tells=False)
        return Told(**{name: self.cleaned_data[name] for name in TellingForm.base_fields})


class SendForm(TellingForm, SignOffForm):
    """What is said when a return with answers is sent."""

    field_order = (*TellingForm.base_fields, *SignOffForm.base_fields)

    def signed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SignOffForm.base_fields}


class TypedInSendForm(TellingForm, TypedInForm):
    """What a coordinator says for the agency whose answer they typed in."""

    field_order = (*TellingForm.base_fields, *TypedInForm.base_fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tells"].label = "Does the answer tell of an individual child or family?"

    def signed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TypedInForm.base_fields}


_WANTED = {
    "live": "Say whether a court case, an inquest or a review is under way or likely.",
    "checked_by": "Say who checked that nobody can be recognised.",
    "recognisable": "Say whether somebody could work out who it is, and why you think so.",
}


class SecondReadingForm(forms.Form):
    """What a second person makes of a case study. To say no (`refusing`) they need not know of a live court case."""

    note = forms.CharField(
        label="Could a neighbour, a classmate or a reporter work out who this is?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say what you looked at, and why it can be printed, or why it cannot be printed like this. The agency, the coordinators and second readers can read this.",
        error_messages={"required": "Say what you looked at, and why it can be printed or why not."},
    )
    knows_of_case = forms.BooleanField(
        label="I know that a court case, an inquest or a review is under way or likely. What I wrote says why this can be printed all the same.",
        error_messages={
            "required": "Tick this if you sign it off although a court case, an inquest or a review is under way or likely."
        },
    )

    def __init__(self, *args: Any, is_live: bool, refusing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["knows_of_case"].required = not refusing
        if not is_live:
            del self.fields["knows_of_case"]
