"""The kinds of text people type here. Knows nothing of requests and saves nothing."""

import unicodedata
from typing import Any

from django import forms


class OneLine(forms.CharField):
    """A name or title: one line, single spaces, at least one character that can be seen."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        text = " ".join(text.split())
        return text if any(unicodedata.category(sign)[0] in "LNPS" for sign in text) else self.empty_value
