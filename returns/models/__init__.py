"""What is kept of collections and returns, and every read of it."""

from returns.models.asks import Ask, AskKind, Confirmation
from returns.models.case_studies import CaseSignOff, Declaration, Live, Told
from returns.models.collections import Collection, CollectionStage, Question
from returns.models.editions import Edition, EditionFile, FileFormat, Frame
from returns.models.points import Checkup, Dismissal, Finding
from returns.models.presence import Presence
from returns.models.promises import PromiseAnswer
from returns.models.proofs import Proof
from returns.models.registers import Term, TermKind
from returns.models.returns import Return
from returns.models.sign_offs import SignOff
from returns.models.word_files import WordFile
from returns.models.writing import Answer, Revision, Save

__all__ = [
    "Answer",
    "Ask",
    "AskKind",
    "CaseSignOff",
    "Checkup",
    "Collection",
    "CollectionStage",
    "Confirmation",
    "Declaration",
    "Dismissal",
    "Edition",
    "EditionFile",
    "FileFormat",
    "Finding",
    "Frame",
    "Live",
    "Presence",
    "PromiseAnswer",
    "Proof",
    "Question",
    "Return",
    "Revision",
    "Save",
    "SignOff",
    "Term",
    "TermKind",
    "Told",
    "WordFile",
]
