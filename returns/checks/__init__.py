"""Owns the checks of an answer before publication. Pure: knows rich text, but no Django, no database, no person."""

from .context import Context
from .findings import Finding, Severity
from .passages import Passages
from .reading import Reading, read
from .received import as_received
from .run import RULES, Checked, check, check_collection, check_reading

__all__ = [
    "RULES",
    "Checked",
    "Context",
    "Finding",
    "Passages",
    "Reading",
    "Severity",
    "as_received",
    "check",
    "check_collection",
    "check_reading",
    "read",
]
