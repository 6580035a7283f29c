"""What is typed about an agency's place in a partnership. Knows no request and saves nothing."""

from collections.abc import Iterable
from typing import Any

from django import forms

from agencies.forms.fields import OneLine
from agencies.models import Agency


class RenameForm(forms.Form):
    name = OneLine(
        label="Name in this partnership",
        help_text="It is used from now on. Returns that are open keep the name they began with.",
        max_length=200,
        error_messages={"required": "Enter a name."},
    )


class MailboxForm(forms.Form):
    email = forms.EmailField(
        label="Shared mailbox",
        required=False,
        max_length=254,
        help_text="Such as safeguarding@example.org. Leave it empty to end the copies.",
        error_messages={"invalid": "Enter an e-mail address such as name@example.org."},
    )
    mark_optional = False


class AddSeatForm(forms.Form):
    agency = forms.ChoiceField(
        label="Does it take part in another partnership here already?",
        help_text="Choose it, if so. It is then known to be the same organisation, and somebody who writes for "
        "several partnerships finds all their returns in one place.",
        required=False,
    )
    name = OneLine(
        label="Name in this partnership",
        help_text="As it should stand above its answer in the appendix. "
        "You can leave this empty if you chose an agency.",
        max_length=200,
        required=False,
    )
    mark_optional = False

    def __init__(self, *args: Any, agencies: Iterable[Agency], present: Iterable[str], **kwargs: Any) -> None:
        """`agencies` may be chosen; `present` are the names on the partnership's list."""
        super().__init__(*args, **kwargs)
        self._present = {name.casefold() for name in present}
        self._agencies = {str(agency.pk): agency for agency in agencies}
        if not self._agencies:
            del self.fields["agency"]
            self.fields["name"].help_text = "As it should stand above its answer in the appendix."
            return
        choices = [(key, agency.name) for key, agency in self._agencies.items()]
        self.fields["agency"].choices = [("", "No, it is new here"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        agency = self._agencies.get(cleaned.get("agency") or "")
        name = cleaned.get("name", "") or (agency.name if agency else "")
        if not name and "name" not in self.errors:
            self.add_error("name", "Enter the agency’s name.")
        if name.casefold() in self._present:
            self.add_error("name", f"{name} is on the list already.")
        elif agency is None and (known := self._of_same_name(name)):
            self.add_error(
                "name",
                f"There is an agency called {known.name} already. If it is the same organisation, choose it "
                "from the list above. If not, enter a name that tells the two apart.",
            )
        return {**cleaned, "agency": agency, "name": name}

    def _of_same_name(self, name: str) -> Agency | None:
        wanted = name.casefold()
        return next(
            (one for one in self._agencies.values() if wanted and one.name.casefold() == wanted), None
        )
