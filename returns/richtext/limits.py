"""Owns how much text is taken and how deep it may go; knows nothing of what the text says."""

MOST_CHARACTERS = 1_000_000
DEEPEST_NESTING = 60
DEEPEST_LIST = 6
DEEPEST_QUOTATION = 2
HIGHEST_START = 999


class TooMuch(ValueError):
    """The text is too long or nested too deeply; the message says which, in words for the person who sent it."""


def check_length(html: str) -> None:
    """Raise TooMuch for more than MOST_CHARACTERS characters."""
    if len(html) > MOST_CHARACTERS:
        raise TooMuch(
            f"This text is too long: it has {len(html):,} characters with its formatting, "
            f"and at most {MOST_CHARACTERS:,} can be kept. Shorten it or paste it as plain text."
        )


def check_depth(depth: int) -> None:
    """Raise TooMuch for lists, quotations, tables and boxes inside one another more than DEEPEST_NESTING times."""
    if depth > DEEPEST_NESTING:
        raise TooMuch(
            f"This text has lists, quotations or tables inside one another more than {DEEPEST_NESTING} times. "
            "Paste it as plain text."
        )
