"""The compiled appendix as frozen data. Every format is written from it; nothing here reads a database."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from returns import richtext

VERSION = 2

# What a format says where nobody wrote anything.
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
    """One agency. Either passages, or `instead`: the sentence that stands in their place, with the reason the
    agency gave for having nothing to report."""

    anchor: str
    agency: str
    passages: tuple[Passage, ...] = ()
    nil_reason: str = ""
    instead: str = ""

    @property
    def name(self) -> str:
        """As it stands in the contents, like that of a part."""
        return self.agency

    @property
    def is_missing(self) -> bool:
        """A sentence of the partnership's stands where the agency's own answer would."""
        return not self.passages and not self.nil_reason

    @property
    def lines_instead(self) -> list[str]:
        """What is printed in place of answers, a paragraph each."""
        return [line for line in (self.instead, *self.nil_reason.splitlines()) if line.strip()]


@dataclass(frozen=True, slots=True)
class Part:
    """What stands around the agencies under a title of its own, such as the preface; `signature` is who wrote it."""

    anchor: str
    title: str
    blocks: tuple[richtext.Block, ...]
    signature: str = ""

    @property
    def name(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class Logo:
    """A plain PNG, and what it says."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Look:
    """How the partnership looked on the day. `accent` is "#rrggbb", or "" for each format's own."""

    accent: str = ""
    logo: Logo | None = None


class TitlePart(NamedTuple):
    """A part of the title that may stand on a line of its own: "label", "report" or "name". `then` is what joins
    it to the next one where they stand on one line."""

    role: str
    text: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """`preview` names what is missing when the document is not the whole appendix yet; `imprint` says under the
    title which edition it is. With `question_once` the single question is a part of its own, and not repeated.
    `as_of` is since when the text is what it is, in UTC to the second: the date that files carry inside."""

    title: str
    label: str
    partnership: str
    report: str
    name: str
    collection: str
    period_start: date
    period_end: date
    as_of: datetime
    sections: tuple[Section, ...]
    preview: str = ""
    before: tuple[Part, ...] = ()
    after: tuple[Part, ...] = ()
    imprint: tuple[str, ...] = ()
    question_once: bool = False
    look: Look = Look()
    version: int = field(default=VERSION)

    @property
    def chapters(self) -> tuple[Part | Section, ...]:
        """Everything that has a line in the contents, in reading order."""
        return (*self.before, *self.sections, *self.after)

    @property
    def title_parts(self) -> tuple[TitlePart, ...]:
        """In its parts when the title is put together from them, as all but imported ones are; else as one."""
        parts = (
            TitlePart("label", self.label, ": "),
            TitlePart("report", f"{self.partnership} {self.report}", " – "),
            TitlePart("name", self.name),
        )
        together = "".join(part.text + part.then for part in parts)
        return parts if together == self.title else (TitlePart("name", self.title),)

    @property
    def period(self) -> str:
        """1 April 2023 to 31 March 2024"""
        return f"{_day(self.period_start)} to {_day(self.period_end)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def single_question(sections: tuple[Section, ...]) -> str:
    """The question, when all agencies answered the same single one; else ""."""
    asked = {passage.question for section in sections for passage in section.passages}
    single = all(len(section.passages) <= 1 for section in sections)
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
        "as_of": document.as_of.isoformat(),
        "preview": document.preview,
        "look": _look_data(document.look),
        "imprint": list(document.imprint),
        "question_once": document.question_once,
        "before": [_part_data(part) for part in document.before],
        "sections": [
            {
                "anchor": section.anchor,
                "agency": section.agency,
                "instead": section.instead,
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
        "after": [_part_data(part) for part in document.after],
    }


def _part_data(part: Part) -> dict[str, Any]:
    return {
        "anchor": part.anchor,
        "title": part.title,
        "blocks": richtext.to_data(part.blocks),
        "signature": part.signature,
    }


def _look_data(look: Look) -> dict[str, Any]:
    logo = look.logo and {"png": b64encode(look.logo.png).decode(), "alt": look.logo.alt}
    return {"accent": look.accent, "logo": logo}


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
        as_of=datetime.fromisoformat(data["as_of"]),
        preview=data["preview"],
        look=_look(data["look"]),
        imprint=tuple(data["imprint"]),
        question_once=data["question_once"],
        before=tuple(map(_part, data["before"])),
        after=tuple(map(_part, data["after"])),
        sections=tuple(_section(section) for section in data["sections"]),
    )


def to_the_second(moment: datetime) -> datetime:
    """As `as_of` has it."""
    return moment.astimezone(UTC).replace(microsecond=0)


def canonical(data: dict[str, Any]) -> bytes:
    """The one way of writing the data down: what an edition's SHA-256 is of, whatever database it was kept in."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(data: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(data)).hexdigest()


def _part(data: dict[str, Any]) -> Part:
    return Part(data["anchor"], data["title"], richtext.from_data(data["blocks"]), data["signature"])


def _look(data: dict[str, Any]) -> Look:
    logo = data["logo"]
    return Look(data["accent"], logo and Logo(b64decode(logo["png"]), logo["alt"]))


def _section(data: dict[str, Any]) -> Section:
    return Section(
        anchor=data["anchor"],
        agency=data["agency"],
        instead=data["instead"],
        nil_reason=data["nil_reason"],
        passages=tuple(
            Passage(passage["anchor"], passage["question"], richtext.from_data(passage["blocks"]))
            for passage in data["passages"]
        ),
    )
