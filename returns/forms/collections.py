"""What a coordinator says of a year's return and its questions. Knows no request and saves nothing."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from returns.actions.collections import Details
from returns.models import Collection, Question

AFRESH = "afresh"  # no slug of a year: those begin with a digit


class DateField(forms.DateField):
    """A day, picked or typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "w-short"}, format="%Y-%m-%d")
        messages = {"invalid": "Enter a real date, such as 31 March 2026.", "required": "Enter a date."}
        super().__init__(
            widget=widget,
            error_messages=messages,
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"],
            **kwargs,
        )


class DetailsForm(forms.Form):
    report_title = forms.CharField(
        label="Title of the yearly report", max_length=120, help_text="For example: Yearly Report 2025-26"
    )
    label = forms.CharField(label="Label of the appendix", max_length=60, initial="Appendix C")
    name = forms.CharField(
        label="Name of the appendix", max_length=120, initial="Partners Voice of the Child Snapshot"
    )
    slug = forms.CharField(
        label="Short name of the year",
        max_length=40,
        help_text="Used in addresses and on every page, for example: 2025-26",
        widget=forms.TextInput(attrs={"class": "w-short"}),
    )
    period_start = DateField(label="First day of the reporting period")
    period_end = DateField(label="Last day of the reporting period")
    opens_on = DateField(
        label="Opens on",
        required=False,
        help_text="When you mean to open it. You open it yourself; nothing happens by itself.",
    )
    due_on = DateField(label="Due on", required=False, help_text="The last day on which a return is on time.")

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].strip().replace("/", "-")
        if not re.fullmatch(r"\d[0-9A-Za-z-]*", slug):
            raise ValidationError(
                "Begin with a digit, and use only digits, letters and hyphens, such as 2025-26."
            )
        return slug

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end <= start:
            self.add_error("period_end", "The last day must come after the first day.")
        opens, due = data.get("opens_on"), data.get("due_on")
        if opens and due and due < opens:
            self.add_error("due_on", "The due date must not come before the opening.")
        return data

    @property
    def details(self) -> Details:
        """What was said, once the form is valid."""
        return Details(**{name: self.cleaned_data[name] for name in Details.__slots__})


class StartForm(DetailsForm):
    """`begin_from` is the slug of an earlier return, or `AFRESH`."""

    field_order = ["begin_from"]
    begin_from = forms.ChoiceField(
        label="Where to begin",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where to begin."},
    )

    def __init__(self, *args: Any, earlier: list[Collection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.slug, f"From the {one}: its questions, agencies and people") for one in earlier]
        field = cast(forms.ChoiceField, self.fields["begin_from"])
        field.choices = [
            *choices,
            (AFRESH, "Afresh, with the standard question and all agencies of the partnership"),
        ]
        if not choices:
            del self.fields["begin_from"]


def suggested(previous: Collection | None) -> dict[str, Any]:
    """First values for a new year: the year after the previous one, if there is one."""
    if previous is None:
        return {}
    start, end = _next_year(previous.period_start), _next_year(previous.period_end)
    year = f"{start.year}-{end.year % 100:02d}" if end.year != start.year else str(end.year)
    return {
        "begin_from": previous.slug,
        "label": previous.label,
        "name": previous.name,
        "report_title": re.sub(r"\d{4}([-/–]\d{2,4})?", year, previous.report_title),
        "slug": year,
        "period_start": start,
        "period_end": end,
    }


def _next_year(day: Any) -> Any:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def details_of(collection: Collection) -> dict[str, Any]:
    return {name: getattr(collection, name) for name in Details.__slots__}


class QuestionForm(forms.Form):
    wording = forms.CharField(label="Question", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    guidance = forms.CharField(
        label="Guidance",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Shown beside the answer while it is written. An empty line begins a new paragraph.",
    )
    suggested_words = forms.IntegerField(
        label="Suggested length in words",
        required=False,
        min_value=1,
        max_value=50_000,
        widget=forms.NumberInput(attrs={"class": "w-short"}),
        help_text="Shown as a suggestion. Longer answers can still be sent.",
    )


def question_values(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in QuestionForm.base_fields}
