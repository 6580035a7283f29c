"""Owns what a check reports; knows no rule and no page."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["blocking", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage somebody should look at. A prompt to a person, never a claim that a text is anonymous.

    `start` and `end` count code points of `reading.read(blocks).text`, and `quote` is what stands there; all three
    are empty (0, 0, "") when the point is the answer as a whole. `message` says what was seen, `advice` what to do.
    `other` is the source of another agency's answer that says the same: such a point is for the coordinators, never for
    this agency.
    """

    rule: str
    severity: Severity
    question: str
    start: int
    end: int
    quote: str
    message: str
    advice: str
    other: str = ""
