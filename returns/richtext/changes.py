"""Owns the sentences that tell a person what cleaning changed; knows nothing of how it is done."""

from collections import Counter
from typing import Literal

Change = Literal[
    "bullets", "numbers", "lists closed", "loose text", "word lists", "underlining", "pictures", "styles", "links",
    "deletions", "comments", "headings in lists", "heading levels", "header rows", "tables unwrapped", "deep nesting",
]  # fmt: skip

# One, many; a sentence without "{n}" is not counted.
_SENTENCES: dict[Change, tuple[str, str]] = {
    "bullets": ("1 typed bullet became a list item", "{n} typed bullets became list items"),
    "numbers": ("1 typed number became a numbered item", "{n} typed numbers became numbered items"),
    "lists closed": ("1 list was closed where it ends", "{n} lists were closed where they end"),
    "loose text": ("1 loose text in a list became a list item", "{n} loose texts in lists became list items"),
    "word lists": ("1 paragraph from Word became a list item", "{n} paragraphs from Word became list items"),
    "underlining": ("underlining became bold",) * 2,
    "pictures": ("1 picture was not kept", "{n} pictures were not kept"),
    "styles": ("styles were dropped",) * 2,
    "links": (
        "1 link was not kept (its text was; only web and e-mail addresses are linked)",
        "{n} links were not kept (their text was; only web and e-mail addresses are linked)",
    ),
    "deletions": ("1 tracked deletion was not kept", "{n} tracked deletions were not kept"),
    "comments": ("1 review comment was not kept", "{n} review comments were not kept"),
    "headings in lists": (
        "1 heading inside a list or quotation became a bold paragraph",
        "{n} headings inside lists or quotations became bold paragraphs",
    ),
    "heading levels": ("1 heading changed its level", "{n} headings changed their level"),
    "header rows": (
        "the first row of 1 table became its header row",
        "the first rows of {n} tables became their header rows",
    ),
    "tables unwrapped": ("1 table became paragraphs", "{n} tables became paragraphs"),
    "deep nesting": ("1 deeply nested part was flattened", "{n} deeply nested parts were flattened"),
}


class Changes:
    """Counts what was changed, by kind."""

    def __init__(self) -> None:
        self._seen: Counter[Change] = Counter()

    def note(self, change: Change, times: int = 1) -> None:
        self._seen[change] += times

    def sentences(self) -> tuple[str, ...]:
        """One plain sentence for each kind of change, in a fixed order."""
        return tuple(
            one if self._seen[change] == 1 else many.format(n=self._seen[change])
            for change, (one, many) in _SENTENCES.items()
            if self._seen[change]
        )
