"""Opens a PDF with pikepdf and gives back what a reader or a screen reader finds in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf


class PdfFile:
    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.root = self.pdf.Root
        self.tags = list(_tags(self.root.StructTreeRoot, ()))

    def count(self, tag: str) -> int:
        return sum(path[-1] == tag for path in self.tags)

    def headings(self) -> list[int]:
        return [int(path[-1][1:]) for path in self.tags if path[-1][0] == "H" and path[-1][1:].isdigit()]

    def inside(self, tag: str) -> set[str]:
        """The tags directly around it."""
        return {path[-2] for path in self.tags if path[-1] == tag}

    def alternatives(self, tag: str) -> list[str]:
        """What is read out in place of each such part."""
        found = [one for one in self.pdf.objects if isinstance(one, pikepdf.Dictionary)]
        return [str(one.Alt) for one in found if one.get("/S") == f"/{tag}" and "/Alt" in one]

    def outline(self) -> list[str]:
        with self.pdf.open_outline() as outline:
            return [title for item in outline.root for title in _titles(item)]

    def fonts(self) -> list[Any]:
        found = [one for one in self.pdf.objects if isinstance(one, pikepdf.Dictionary)]
        return [one for one in found if one.get("/Type") == "/FontDescriptor"]

    def links(self) -> list[Any]:
        return [
            one
            for page in self.pdf.pages
            for one in page.get("/Annots", [])
            if one.get("/Subtype") == "/Link"
        ]


def _tags(node: Any, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not isinstance(node, pikepdf.Dictionary | pikepdf.Array):
        return
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _tags(one, above)
        return
    if "/S" in node:
        above = (*above, str(node.S)[1:])
        yield above
    if "/K" in node and node.get("/Type") != "/MCR":
        yield from _tags(node.K, above)


def _titles(item: Any) -> Iterator[str]:
    yield item.title
    for child in item.children:
        yield from _titles(child)
