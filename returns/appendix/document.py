"""The compiled appendix as frozen data. Every format is written from it; nothing here reads a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from returns import richtext

VERSION = 1

# What a format says where nobody wrote anything.
NOTHING_TO_REPORT = "Nothing to report."
NOTHING_APPROVED = "No return is approved yet, so there is nothing to read here."
NO_ANSWER = "No answer was given."


@dataclass(frozen=True, slots=True)
class Passage:
    """One question and its answer. `anchor` is its address within the document."""

    anchor: str
    question: str
    blocks: tuple[richtext.Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One agency. Either passages, or the reason why there is nothing to report."""

    anchor: str
    agency: str
    passages: tuple[Passage, ...] = ()
    nil_reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """`preview` names what is missing when the document is not the whole appendix yet."""

    title: str
    label: str
    partnership: str
    report: str
    name: str
    collection: str
    period_start: date
    period_end: date
    sections: tuple[Section, ...]
    preview: str = ""
    version: int = field(default=VERSION)

    @property
    def question(self) -> str:
        """The question, when all agencies answered the same single one; else ""."""
        asked = {passage.question for section in self.sections for passage in section.passages}
        single = all(len(section.passages) <= 1 for section in self.sections)
        return asked.pop() if single and len(asked) == 1 else ""


def to_data(document: Document) -> dict[str, Any]:
    """The document as JSON data."""
    return {
        "version": document.version,
        "title": document.title,
        "label": document.label,
        "partnership": document.partnership,
        "report": document.report,
        "name": document.name,
        "collection": document.collection,
        "period": [document.period_start.isoformat(), document.period_end.isoformat()],
        "preview": document.preview,
        "sections": [
            {
                "anchor": section.anchor,
                "agency": section.agency,
                "nil_reason": section.nil_reason,
                "passages": [
                    {
                        "anchor": passage.anchor,
                        "question": passage.question,
                        "blocks": richtext.to_data(passage.blocks),
                    }
                    for passage in section.passages
                ],
            }
            for section in document.sections
        ],
    }


def from_data(data: dict[str, Any]) -> Document:
    """The inverse of `to_data`. Raises KeyError or ValueError for data of another shape."""
    return Document(
        version=data["version"],
        title=data["title"],
        label=data["label"],
        partnership=data["partnership"],
        report=data["report"],
        name=data["name"],
        collection=data["collection"],
        period_start=date.fromisoformat(data["period"][0]),
        period_end=date.fromisoformat(data["period"][1]),
        preview=data["preview"],
        sections=tuple(_section(section) for section in data["sections"]),
    )


def _section(data: dict[str, Any]) -> Section:
    return Section(
        anchor=data["anchor"],
        agency=data["agency"],
        nil_reason=data["nil_reason"],
        passages=tuple(
            Passage(passage["anchor"], passage["question"], richtext.from_data(passage["blocks"]))
            for passage in data["passages"]
        ),
    )
