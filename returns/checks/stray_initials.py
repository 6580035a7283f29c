"""Owns the rule that looks for initials left for a person."""

from collections.abc import Iterator

from .context import Context
from .findings import Finding
from .initials import initials
from .reading import Reading

RULE = "stray-initials"


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for every occurrence."""
    for start, end in initials(reading, frozenset(context.acronyms)):
        yield Finding(
            RULE,
            "blocking",
            context.question,
            start,
            end,
            reading.text[start:end],
            "Whose initials are these?",
            "If they are a child’s or a relative’s, write “Child A”, “a boy” or “a mother” instead, everywhere alike.",
        )
