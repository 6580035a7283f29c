"""Opens exported files again with the standard library alone, and gives back what a reader finds in them."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = frozenset({"br", "meta", "link", "img", "hr", "input"})
BLOCKS = frozenset({"p", "li", "ul", "ol", "h4", "h5", "td", "th", "tr", "table", "blockquote", "br", "div"})


@dataclass
class Part:
    """A question and its answer. `places`: each run of text with the names of the elements around it."""

    question: str = ""
    text: str = ""
    places: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


class HtmlFile(HTMLParser):
    """Fails on elements that are not closed in order. `sections` are (agency, parts)."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.title = self.h1 = self.outside = ""
        self.sections: list[tuple[str, list[Part]]] = []
        self.contents: list[str] = []
        self.feed(content)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "section":
            self.sections.append(("", []))
        elif tag == "h3":
            self.sections[-1][1].append(Part())
        elif tag == "a" and "nav" in self.open:
            self.contents.append("")
        self._gap(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag
        self._gap(tag)

    def _gap(self, tag: str) -> None:
        if tag in BLOCKS and self.sections and self.sections[-1][1]:
            self.sections[-1][1][-1].text += " "

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        if "title" in self.open:
            self.title += data
        elif "h1" in self.open:
            self.h1 += data
        elif "nav" in self.open:
            if "a" in self.open:
                self.contents[-1] += data
        elif "h2" in self.open:
            agency, parts = self.sections.pop()
            self.sections.append((agency + data, parts))
        elif "h3" in self.open:
            self.sections[-1][1][-1].question += data
        elif "section" in self.open and self.sections[-1][1]:
            part = self.sections[-1][1][-1]
            part.text += data
            part.places.append((data, tuple(self.open[self.open.index("section") + 1 :])))
        else:
            self.outside += data

    def answers(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [(agency, [(part.question, part.text) for part in parts]) for agency, parts in self.sections]

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def text_answers(content: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """By the underlines: "=" under title and agencies, "-" under questions. Bullets and "> " are taken off."""
    parts = re.split(r"((?:^\S.*\n)+)^(=+|-+)$\n", content, flags=re.M)
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for heading, line, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        heading = " ".join(heading.split())
        assert len(line) <= 78
        if line[0] == "=":
            found.append((heading, []))
        else:
            body = re.sub(r"^[ >]*(• |\d+\. )?", "", body, flags=re.M)
            found[-1][1].append((heading, body))
    return found[1:]


def json_answers(content: str) -> list[tuple[str, list[tuple[str, str]]]]:
    data = json.loads(content)
    return [
        (
            section["agency"],
            [(passage["question"], "\n".join(_lines(passage["blocks"]))) for passage in section["passages"]],
        )
        for section in data["sections"]
    ]


def _lines(blocks: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        match block["type"]:
            case "paragraph" | "heading":
                lines.append(_inline(block["text"]))
            case "bullets" | "numbers":
                for item in block["items"]:
                    lines += _lines(item)
            case "quotation":
                lines += _lines(block["blocks"])
            case "table":
                lines += [_inline(cell) for row in (block["header"], *block["rows"]) for cell in row]
            case other:
                raise AssertionError(other)
    return lines


def _inline(inlines: list[Any]) -> str:
    return "".join(one if isinstance(one, str) else one["text"] for one in inlines)
