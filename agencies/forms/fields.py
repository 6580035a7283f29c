"""The kinds of text people type here, and of files they choose. Knows nothing of requests and saves nothing."""

import unicodedata
from typing import Any

from django import forms

from agencies import colours, png


class OneLine(forms.CharField):
    """A name or title: one line, single spaces, at least one character that can be seen."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        text = " ".join(text.split())
        return text if any(unicodedata.category(sign)[0] in "LNPS" for sign in text) else self.empty_value


class Colour(OneLine):
    """A colour that can be read on the pages, as #rrggbb."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        colour = colours.parse(text)
        if not colour:
            raise forms.ValidationError("Enter the colour as # and six digits, such as #1b4b8c.")
        if words := too_pale(colour):
            raise forms.ValidationError(words)
        return colour


def too_pale(colour: str) -> str:
    """What is said of a colour that cannot be read, with the nearest shade that can; "" for one that can."""
    measured = colours.least_contrast(colour)
    if measured >= colours.LEAST:
        return ""
    shade = colours.darkened(colour, colours.LEAST)
    return (
        f"{colour} is too pale to be read: it has a contrast of {ratio(measured)} on the pages, and text needs "
        f"{colours.LEAST} to 1. A darker shade of it, {shade}, has {ratio(colours.least_contrast(shade))}."
    )


def ratio(measured: float) -> str:
    """4.6 to 1, never rounded up over the line."""
    return f"{int(measured * 10) / 10} to 1"


class PngField(forms.FileField):
    """A plain PNG, as `png.Picture`."""

    widget = forms.FileInput(attrs={"accept": "image/png"})

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is None:
            return None
        try:
            return png.read(file.read(png.LARGEST + 1))
        except png.NotPlain as no:
            raise forms.ValidationError(str(no)) from no
