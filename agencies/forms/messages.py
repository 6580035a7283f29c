"""What a coordinator asks for in the list of sent e-mails. Knows no request and saves nothing."""

from django import forms

from agencies.models import MessageState
from agencies.models.record import MessageQuerySet

# What may be asked for, in the words of the list, and the states that it stands for.
SHOWN = {
    "trouble": ("Not delivered, or perhaps not", (MessageState.REFUSED, MessageState.UNSURE)),
    "waiting": ("Waiting to be sent", (MessageState.WAITING, MessageState.SENDING)),
    "sent": ("Sent", (MessageState.SENT,)),
    "cancelled": ("Not needed any more", (MessageState.CANCELLED,)),
}


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Name, e-mail address or subject",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "class": "w-medium"}),
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Any"), *((name, label) for name, (label, _) in SHOWN.items())],
        widget=forms.Select(attrs={"class": "w-medium"}),
    )
    mark_optional = False  # a search may leave anything open

    def among(self, messages: MessageQuerySet) -> MessageQuerySet:
        """Those asked for. What cannot be understood narrows nothing, so that the list opens all the same."""
        self.is_valid()
        found = messages.matching(self.cleaned_data.get("q", ""))
        state = self.cleaned_data.get("state")
        return found.filter(state__in=SHOWN[state][1]) if state else found

    @property
    def asks_something(self) -> bool:
        return any(self.cleaned_data.values())
