"""What is said of an edition and of what stands around the answers. Knows no request and saves nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from returns.actions.editions import Approval
from returns.actions.framing import Framing
from returns.actions.short_forms import LONGEST, ShortForm
from returns.forms.collections import DateField
from returns.forms.points import KeepForm
from returns.forms.richtext import RichTextField
from returns.models import Frame


class FrameForm(forms.Form):
    preface = RichTextField(label="Preface", help_text="Printed before the agencies’ answers.")
    closing = RichTextField(label="Closing note", help_text="Printed at the end.")
    question_once = forms.BooleanField(
        label="State the question once, before the answers",
        required=False,
        help_text="Only where every agency was asked one and the same question. Otherwise it stands above each answer.",
    )
    nothing_received = forms.CharField(label="For an agency that sent nothing", max_length=300)
    not_agreed = forms.CharField(
        label="For an agency that sent a return which is not agreed yet", max_length=300
    )
    nothing_to_report = forms.CharField(label="For an agency that has nothing to report", max_length=300)
    not_before = DateField(
        label="Not to be published before",
        required=False,
        help_text="For example the day of the board’s meeting. Leave it empty if any day will do.",
    )

    @property
    def framing(self) -> Framing:
        """What was said, once the form is valid."""
        return Framing(**{name: self.cleaned_data[name] for name in Framing.__slots__})


def framing_of(frame: Frame) -> dict[str, Any]:
    return {name: getattr(frame, name) for name in Framing.__slots__}


class GlossaryForm(forms.Form):
    """A field for each short form that occurs, called after it."""

    mark_optional = False  # an empty one is an answer, too

    def __init__(self, *args: Any, short_forms: Iterable[ShortForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in short_forms:
            self.fields[one.short] = forms.CharField(
                label=one.short,
                required=False,
                max_length=LONGEST,
                initial=one.meaning,
                help_text=_said_usually(one),
            )

    @property
    def meanings(self) -> dict[str, str]:
        """Of those that were asked about: one that came to occur since the page was opened is left as it is."""
        return {short: meaning for short, meaning in self.cleaned_data.items() if short in self.data}


def _said_usually(one: ShortForm) -> str:
    if one.meaning == one.usual:
        return ""
    return f"The partnership’s lists say: {one.usual}" if one.usual else "In this appendix only."


class FrameKeepForm(KeepForm):
    """`read` names the passages that the person had before their eyes."""

    read = forms.CharField(max_length=64, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = (
            "Coordinators and second readers can read this, and whoever publishes is shown it. "
            "It holds while these passages stand. Do not repeat what must not be read."
        )


class CommentaryForm(forms.Form):
    text = RichTextField(label="Commentary")
    post = forms.CharField(
        label="Your post",
        max_length=150,
        required=False,
        help_text="Printed under the commentary with your name and the date, for example: Independent scrutineer.",
    )


class ApprovalForm(forms.Form):
    """Asks only what has to be said this time. `read` names the text that the person had before their eyes."""

    name = forms.CharField(
        label="Who approved it on behalf of the partners?", max_length=150, help_text="A name and a post."
    )
    meeting = forms.CharField(
        label="At which meeting?", max_length=200, help_text="For example: Partners’ meeting, item 6"
    )
    on = DateField(label="When?")
    note = forms.CharField(
        label="What is corrected?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Printed under the title, so that readers of the earlier edition know. Do not repeat what must not be read.",
        error_messages={"required": "Say what is corrected, so that readers of the earlier edition know."},
    )
    alone_because = forms.CharField(
        label="Why can nobody else publish it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="You prepared it yourself, and there is no second person in the partnership. Your reason is kept.",
        error_messages={"required": "Say why nobody else could publish it."},
    )
    without_returns = forms.BooleanField(
        error_messages={"required": "Say that it may be published without them."}
    )
    read = forms.CharField(max_length=64, widget=forms.HiddenInput())

    def __init__(self, *args: Any, is_correction: bool, is_alone: bool, missing: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["note"]
        if not is_alone:
            del self.fields["alone_because"]
        if not missing:
            del self.fields["without_returns"]
        else:
            returns = "return of one agency" if missing == 1 else f"returns of {missing} agencies"
            self.fields["without_returns"].label = f"Publish it without the {returns}"

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError("The date is in the future. Enter the day of the meeting.")
        return day

    @property
    def approval(self) -> Approval:
        """What was said, once the form is valid."""
        said = {name: self.cleaned_data[name] for name in Approval.__slots__ if name in self.cleaned_data}
        return Approval(**said)


class PreparedForm(forms.Form):
    """Asked once something was withdrawn."""

    note = forms.CharField(
        label="What was done about it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever publishes reads it, and it is kept in the history. Do not repeat what must not be read.",
        error_messages={"required": "Say what was done about what had to be withdrawn."},
    )


class WithdrawForm(forms.Form):
    because = forms.CharField(
        label="Why is it withdrawn?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the history. Do not repeat what must not be read.",
        error_messages={"required": "Say why, so that the others know what to do."},
    )
    passage = forms.CharField(
        label="Which words must not be read?",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text="If you copy them here, only the editions that hold them are withdrawn, of whatever year. They are not kept.",
    )


class EraseForm(forms.Form):
    passage = forms.CharField(
        label="Which words?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text="Copy them from the text, as few as must go. Capitals, accents, punctuation and line ends make no difference. They are not kept.",
        error_messages={"required": "Copy the words that must go."},
    )
    because = forms.CharField(
        label="Why are they erased?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the history, so do not repeat the words here.",
        error_messages={"required": "Say why, without repeating the words."},
    )
