"""Owns the checks of an answer before publication. Pure: knows rich text, but no Django, no database, no person."""

from .anchors import Place, same_words, settle
from .case_detail import case_studies
from .context import Context
from .findings import Finding, Severity
from .passages import Passages
from .passages import words_of as passage_words
from .reading import Reading, read
from .received import as_received
from .run import IDENTIFYING, RULES, Checked, check, check_collection, check_reading
from .version import version

__all__ = [
    "IDENTIFYING",
    "RULES",
    "Checked",
    "Context",
    "Finding",
    "Passages",
    "Place",
    "Reading",
    "Severity",
    "as_received",
    "case_studies",
    "check",
    "check_collection",
    "check_reading",
    "passage_words",
    "read",
    "same_words",
    "settle",
    "version",
]
