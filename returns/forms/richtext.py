"""The form field for answers: formatted text in, cleaned HTML out. Knows no question and no answer.

With JavaScript, `static/js/editor.js` turns the widget into an editor and sends HTML; without it, the same textarea is
written and read in the simple notation of `returns.richtext`. The hidden `<name>-format` says which of the two came.
"""

import html
import re
from collections.abc import Mapping
from typing import Any

import nh3
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from returns import richtext

_NEW_LINE = re.compile(r"<(?=(?:p|li|h[1-6]|br|tr|div|blockquote)\b)", re.IGNORECASE)


class RichTextWidget(forms.Widget):
    template_name = "returns/widgets/rich_text.html"
    suggested_words: int | None = None

    class Media:
        css = {"all": ["css/editor.css"]}
        js = [
            # The editor's library is the larger part: named here, it is fetched at once and not after our module.
            forms.Script("django_prose_editor/editor.js", type="module"),
            forms.Script("js/editor.js", type="module"),
        ]

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: the browser would stop on a textarea that the editor has hidden."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        attributes = context["widget"]["attrs"]
        if self.suggested_words and "id" in attributes:
            words_id = f"{attributes['id']}_words"
            described = f"{attributes.get('aria-describedby', '')} {words_id}".strip()
            attributes["aria-describedby"] = described
            context["widget"]["words_id"] = words_id
        context["widget"] |= {"suggested_words": self.suggested_words} | _both(value or "")
        return context

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """By the site's own templates: a form renderer looks in those of applications only."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> str | None:
        text = data.get(name)
        if text is None or data.get(f"{name}-format") == "html":
            return text
        return richtext.from_simple(text)

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return name not in data


class Hidden(forms.HiddenInput):
    """A browser that fills in again what stood here before the page was reloaded would name the wrong version.

    Written without a template, which would cost more than the rest of a small form."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off"})

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        others = {"value": self.format_value(value), **self.attrs, **(attrs or {})}
        return format_html('<input type="hidden" name="{}"{}>', name, flatatt(others))


class RichTextField(forms.Field):
    """Cleans to HTML that is safe to keep and to show, "" when nothing was written.

    `suggested_words` is a hint beside the field; it never stops anybody.
    """

    widget = RichTextWidget

    def __init__(self, *, required: bool = False, suggested_words: int | None = None, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        self.suggested_words = self.widget.suggested_words = suggested_words

    def to_python(self, value: Any) -> str:
        try:
            return richtext.clean(value or "").html
        except richtext.TooMuch as error:
            raise ValidationError(str(error), code="too_much") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as they would be kept: an editor writes the same text in other words of HTML."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def _both(value: str) -> dict[str, str | None]:
    """The same text for the editor and for the plain box; never as it came, which may be anybody's HTML."""
    try:
        cleaned = richtext.clean(value)
    except richtext.TooMuch:
        return {"html": None, "simple": _words_only(value)}
    return {"html": cleaned.html, "simple": richtext.to_simple(cleaned.blocks)}


def _words_only(value: str) -> str:
    """What was sent and cannot be taken, for shortening it; without `data-html` the editor does not start."""
    return html.unescape(nh3.clean(_NEW_LINE.sub("\n<", value), tags=set())).strip()
