"""The code that was sent by e-mail. Knows no request and saves nothing."""

from django import forms


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$",
        label="Code from the e-mail",
        help_text="Six digits. It works for five minutes.",
        error_messages={"invalid": "Enter the six digits from the e-mail.", "required": "Enter the code."},
        widget=forms.TextInput(
            attrs={"class": "w-short", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())
