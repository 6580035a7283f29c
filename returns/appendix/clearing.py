"""Takes a passage out of a Document, wherever it stands. Pure: knows neither editions nor a database."""

from __future__ import annotations

from dataclasses import replace

from returns import richtext
from returns.appendix.document import Document, Part, Section


def holds(document: Document, passage: str) -> bool:
    return clear(document, passage)[1] > 0


def clear(document: Document, passage: str) -> tuple[Document, int]:
    """The document without the passage, and how often it was there. Names and questions are nobody's passage."""
    counted = _Counted(passage)
    cleared = replace(
        document,
        before=tuple(counted.part(part) for part in document.before),
        sections=tuple(counted.section(section) for section in document.sections),
        after=tuple(counted.part(part) for part in document.after),
        imprint=tuple(counted.text(line) for line in document.imprint),
    )
    return cleared, counted.count


class _Counted:
    """Clears and counts."""

    def __init__(self, passage: str) -> None:
        self._passage = passage
        self.count = 0

    def text(self, text: str) -> str:
        cleared, count = richtext.clear_text(text, self._passage)
        self.count += count
        return cleared

    def blocks(self, blocks: richtext.Blocks) -> richtext.Blocks:
        cleared, count = richtext.clear_blocks(blocks, self._passage)
        self.count += count
        return cleared

    def part(self, part: Part) -> Part:
        return replace(part, blocks=self.blocks(part.blocks))

    def section(self, section: Section) -> Section:
        passages = tuple(replace(one, blocks=self.blocks(one.blocks)) for one in section.passages)
        return replace(section, passages=passages, nil_reason=self.text(section.nil_reason))
