"""What is said about one return: its answers, why it moves, who signed it off. Knows no request and saves nothing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from returns import richtext
from returns.emails.compose import day
from returns.forms.collections import DateField
from returns.forms.richtext import Hidden, RichTextField
from returns.importing import word
from returns.models import Answer, Ask, AskKind, PromiseAnswer, Return
from returns.models.promises import LONGEST_WORD
from returns.workflow import Transition

LARGEST = 2**31 - 2  # what every database keeps as a whole number, with one to spare


LONGEST_OPEN = 366 * 24 * 60 * 60  # seconds; nobody stays signed in for as long


class WatchForm(forms.Form):
    """Which page is open, and which version it knows."""

    base_version = forms.IntegerField(min_value=0, max_value=LARGEST, widget=Hidden())
    client = forms.RegexField(r"^[0-9a-f]{8,40}$", widget=Hidden())


class PageForm(WatchForm):
    """What a page that is open says of itself: how many seconds ago it was opened, and whether it is being left."""

    age = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_OPEN)
    leaving = forms.BooleanField(required=False)


class AnswerForm(WatchForm):
    """One answer. The hidden fields name the version it was based on, and the request itself."""

    mark_optional = False  # a draft may be empty, but the answer is not optional

    text = RichTextField()
    sequence = forms.IntegerField(min_value=1, max_value=LARGEST, widget=Hidden())

    field_order = ("text",)

    class Media:
        js = [
            forms.Script("js/editor/autosave.js", type="module"),
            forms.Script("js/editor/printed.js", type="module"),
        ]

    def __init__(
        self, *args: Any, label: str = "Your answer", suggested_words: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = RichTextField(label=label, suggested_words=suggested_words)

    @classmethod
    def of(
        cls,
        answer: Answer | None,
        *,
        html: str | None = None,
        client: str = "",
        **field: Any,
    ) -> AnswerForm:
        """A fresh form for the answer as it is now, holding `html` instead of its text if given. `client` names the
        page, which otherwise gets a name of its own. `field` is what the field for the text says of itself."""
        initial = {
            "text": html if html is not None else (answer.html if answer else ""),
            "base_version": answer.version if answer else 0,
            "client": client or secrets.token_hex(8),
            "sequence": 1,
        }
        return cls(initial=initial, **field)

    def values(self) -> dict[str, Any]:
        """What the actions that save want to know of a valid form."""
        named = {key: self.cleaned_data[key] for key in ("base_version", "client", "sequence")}
        return {"html": self.cleaned_data["text"], **named}


class MergeForm(AnswerForm):
    """Two texts of one answer: `text` is one's own, `base_version` names theirs, `from_version` what both were made
    from. For each passage a choice; where none came, both are taken, so that nothing is lost."""

    from_version = forms.IntegerField(min_value=0, max_value=LARGEST, widget=Hidden())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = Hidden()

    @classmethod
    def of_two(cls, answer: Answer, *, html: str, from_version: int, client: str) -> MergeForm:
        initial = AnswerForm.of(answer, html=html, client=client).initial
        return cls(initial={**initial, "from_version": from_version}, auto_id=False)

    def choices(self, passages: int) -> list[richtext.Choice]:
        return choices_in(self.data, passages)


class WordFileForm(forms.Form):
    file = forms.FileField(
        label="Word file",
        help_text="A Word document (.docx) of at most 10 MB. You see what is different before anything is taken.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={
            "required": "Choose a Word file.",
            "missing": "Choose a Word file.",
            "invalid": "Choose a Word file.",
            "empty": "The file is empty. Choose another one.",
        },
    )

    def clean_file(self) -> bytes:
        sent = self.cleaned_data["file"]
        if sent.size > word.LARGEST:
            raise ValidationError(word.TOO_LARGE)
        content: bytes = sent.read()
        return content


_CHOICES: dict[str, richtext.Choice] = {"mine": "mine", "theirs": "theirs", "both": "both"}


def choices_in(data: Mapping[str, str], passages: int) -> list[richtext.Choice]:
    """What was chosen for each passage of two texts; both where nothing came."""
    return [_CHOICES.get(data.get(f"take-{n}", ""), "both") for n in range(passages)]


class ReasonForm(forms.Form):
    """Why a return is moved; the question comes from the row of the workflow."""

    reason = forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, row: Transition, asks_due_date: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = row.reason
        self.fields["reason"].error_messages["required"] = "Say why, so that the others know what to do."
        if asks_due_date:
            self.fields["due_on"] = future_date(
                label="New due date", help_text="The day on which it was due has passed."
            )


class FutureDateField(DateField):
    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if chosen and chosen < timezone.localdate():
            raise ValidationError("Choose today or a later day.")
        if chosen and chosen > timezone.localdate() + timedelta(days=365):
            raise ValidationError("Choose a day within a year from today.")
        return chosen


def future_date(**kwargs: Any) -> FutureDateField:
    return FutureDateField(**kwargs)


class ChangesForm(ReasonForm):
    """What the agency is asked to change, with the passages that are quoted to it, and by when."""

    def __init__(
        self, *args: Any, row: Transition, due: date | None, quotes: Mapping[str, str], **kwargs: Any
    ) -> None:
        """`quotes`: what is put below the reason for each point that is ticked, by the key of the point."""
        super().__init__(*args, row=row, **kwargs)
        self.quotes = quotes
        if quotes:
            self.fields["points"] = forms.MultipleChoiceField(
                label="Points to check that the agency should look at",
                choices=list(quotes.items()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="Each one that you tick is put below what you write, with its passage.",
                error_messages={
                    "invalid_choice": "The text has changed since you opened the page. Tick again what still stands."
                },
            )
            ticked = self.fields["points"].widget.value_from_datadict(self.data, self.files, "points")
            self.fields["reason"].required = not ticked
        self.fields["due_on"] = _new_due_date(due)

    def asked(self) -> str:
        quoted = [self.quotes[key] for key in self.cleaned_data.get("points", ())]
        return "\n\n".join(part for part in (self.cleaned_data["reason"], *quoted) if part)


def _new_due_date(due: date | None) -> FutureDateField:
    if due is None:
        return future_date(label="Due date", required=False, help_text="There is none now.")
    if due < timezone.localdate():
        hint = f"It was due on {day(due)}. That has passed, so the agency needs a new one."
        field = future_date(label="New due date", help_text=hint)
        field.error_messages["required"] = "Choose a new due date: the present one has passed."
        return field
    hint = f"It is due on {day(due)}. Leave this empty to keep that day."
    return future_date(label="New due date", required=False, help_text=hint)


class NilForm(forms.Form):
    reason = forms.CharField(
        label="Why is there nothing to report?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="This is printed in place of an answer. For example: the agency had no safeguarding work with children in this period.",
        error_messages={
            "required": "Say why there is nothing to report. It is printed in place of an answer."
        },
    )


class SignOffForm(forms.Form):
    signed_name = forms.CharField(label="Name", max_length=150)
    signed_post = forms.CharField(label="Post", max_length=150, help_text="For example: Head of Safeguarding")
    signed_on = DateField(label="Date")

    def clean_signed_on(self) -> Any:
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise ValidationError("The date is in the future. Enter the day on which it was signed off.")
        return day


class TypedInForm(SignOffForm):
    email = forms.EmailField(
        label="E-mail",
        widget=forms.EmailInput(attrs={"class": "w-medium"}),
        help_text="A link goes here, with which this person reads the answer and confirms it. No account is needed.",
        error_messages={"invalid": "Enter an e-mail address such as name@example.org."},
    )


class AskSignOffForm(forms.Form):
    name = forms.CharField(label="Name", max_length=150)
    post = forms.CharField(label="Post", max_length=150, help_text="For example: Head of Safeguarding")
    email = forms.EmailField(
        label="E-mail",
        widget=forms.EmailInput(attrs={"class": "w-medium"}),
        help_text="A link goes here, with which this person reads the text and signs it off. No account is needed.",
        error_messages={"invalid": "Enter an e-mail address such as name@example.org."},
    )


class SignOffAnswerForm(forms.Form):
    mark_optional = False  # the label says when it is needed

    note = forms.CharField(
        label="If you do not sign it off: what has to change?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PromiseForm(forms.Form):
    """What came of one thing that was announced; both empty leaves it open."""

    in_text = forms.BooleanField(label="Our answer says what came of it", required=False)
    word = forms.CharField(
        label="Or in a few words",
        max_length=LONGEST_WORD,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @classmethod
    def of(cls, answer: PromiseAnswer | None, data: Any, *, prefix: str) -> PromiseForm:
        initial = {"in_text": answer.in_text, "word": answer.word} if answer else {}
        return cls(data, initial=initial, prefix=prefix)


class AskTimeForm(forms.Form):
    wanted_on = future_date(label="Until when do you need it?")
    reason = forms.CharField(
        label="Why do you need more time?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, agency_return: Return, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency_return = agency_return

    def clean_wanted_on(self) -> Any:
        day = self.cleaned_data["wanted_on"]
        if self.agency_return.due and day <= self.agency_return.due:
            raise ValidationError("Choose a day after the present due date.")
        return day


class AskReopeningForm(forms.Form):
    reason = forms.CharField(
        label="What has to change?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class GrantTimeForm(forms.Form):
    due_on = future_date(label="New due date")


class ReopenForm(forms.Form):
    """A year that is opened again; a day is asked for where the present due date has passed."""

    due_on = future_date(label="New due date", help_text="For all agencies that have not sent their return.")

    def __init__(self, *args: Any, asks_due_date: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_due_date:
            del self.fields["due_on"]


class AskAnswerForm(forms.Form):
    """Yes or no to what an agency asked."""

    mark_optional = False  # each field says when it is needed
    needs_day = False

    granted = forms.TypedChoiceField(
        label="Your answer",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    due_on = future_date(label="New due date", required=False)
    note = forms.CharField(
        label="A note to the agency (needed if you say no)",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ask: Ask, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = ask.agency_return.due
        if ask.kind == AskKind.MORE_TIME:
            self.fields["due_on"].initial = ask.wanted_on
        elif due and due < timezone.localdate():
            self.fields[
                "due_on"
            ].help_text = f"It was due on {day(due)}, so it needs a new one if you say yes."
            self.needs_day = True
        else:
            del self.fields["due_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("granted") is False and not data.get("note", "").strip():
            self.add_error("note", "Say why not, so that the agency knows what to do.")
        if self.needs_day and data.get("granted") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Choose a new due date: the present one has passed.")
        return data


class ConfirmationForm(forms.Form):
    mark_optional = False  # the label says when it is needed

    note = forms.CharField(
        label="If it is not your agency’s answer: what is wrong?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CompareForm(forms.Form):
    """Which two of the texts that were kept are compared."""

    earlier = forms.TypedChoiceField(label="Compare", coerce=int)
    later = forms.TypedChoiceField(label="with", coerce=int)

    def __init__(self, *args: Any, choices: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("earlier", "later"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = list(choices.items())

    def pair(self) -> tuple[int, int]:
        return self.cleaned_data["earlier"], self.cleaned_data["later"]
