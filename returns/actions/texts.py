"""Takes a return apart into the texts that are checked: its answers, or why there is nothing to report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from returns import richtext


class Text(NamedTuple):
    """One text of a return: the answer to a question by its number, or (0) why there is nothing to report."""

    number: int
    question: str
    blocks: richtext.Blocks


def texts_of(data: dict[str, Any]) -> Iterator[Text]:
    """From the data of a revision."""
    if data["nil_reason"]:
        lines = (line for line in data["nil_reason"].splitlines() if line.strip())
        yield Text(0, "", tuple(richtext.Paragraph((richtext.Text(line),)) for line in lines))
    for number, answer in enumerate(data["answers"], start=1):
        yield Text(number, answer["question"], richtext.parse(answer["html"]))
