"""Owns the package around a Word file: which parts there are, how they name each other, and bytes that stay the same."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from returns.appendix.word.xml import attribute

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_THE_SAME_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass
class Package:
    """Parts below word/ by name, and what the main one refers to."""

    parts: dict[str, str] = field(default_factory=dict)  # "header1" to the content of its root
    links: dict[str, str] = field(default_factory=dict)  # address to the id of its relationship
    pictures: dict[str, bytes] = field(default_factory=dict)  # "logo" to the PNG

    def to_bytes(self, *, core: str) -> bytes:
        """`core` is the content of docProps/core.xml."""
        files: dict[str, str | bytes] = {
            f"word/{name}.xml": _part(name, content) for name, content in self.parts.items()
        }
        files |= {f"word/media/{name}.png": content for name, content in self.pictures.items()}
        files |= {
            "[Content_Types].xml": self._types(),
            "_rels/.rels": _relations(
                [
                    ("rId1", f"{_RELATIONS}/officeDocument", "word/document.xml", False),
                    (
                        "rId2",
                        f"{_PACKAGE}/relationships/metadata/core-properties",
                        "docProps/core.xml",
                        False,
                    ),
                ]
            ),
            "word/_rels/document.xml.rels": self._document_relations(),
            "docProps/core.xml": _core(core),
        }
        return _zip(files)

    def _types(self) -> str:
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_content_type(name)}"/>'
            for name in self.parts
        )
        picture = '<Default Extension="png" ContentType="image/png"/>' if self.pictures else ""
        return (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f"{picture}"
            f'{overrides}<Override PartName="/docProps/core.xml"'
            ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
        )

    def _document_relations(self) -> str:
        inside = [
            (relation_of(name), f"{_RELATIONS}/{_kind(name)}", f"{name}.xml", False)
            for name in self.parts
            if name != "document"
        ]
        inside += [
            (relation_of(name), f"{_RELATIONS}/image", f"media/{name}.png", False) for name in self.pictures
        ]
        outside = [(rid, f"{_RELATIONS}/hyperlink", href, True) for href, rid in self.links.items()]
        return _relations(inside + outside)


def relation_of(part: str) -> str:
    """The id by which the main part refers to another one."""
    return f"rId-{part}"


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _content_type(name: str) -> str:
    if name == "theme1":
        return "application/vnd.openxmlformats-officedocument.theme+xml"
    return f"{_TYPE}.{'document.main' if name == 'document' else _kind(name)}+xml"


def _part(name: str, content: str) -> str:
    if name == "theme1":
        return f'<a:theme xmlns:a="{_DRAWING}" name="Appendix">{content}</a:theme>'
    root = {"header": "hdr", "footer": "ftr", "fontTable": "fonts"}.get(_kind(name), name)
    return f'<w:{root} xmlns:w="{_MAIN}" xmlns:r="{_RELATIONS}">{content}</w:{root}>'


def _core(content: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{content}</cp:coreProperties>"
    )


def _relations(rows: list[tuple[str, str, str, bool]]) -> str:
    """Rows of (id, type, target, whether it lies outside of the file)."""
    mode = {True: ' TargetMode="External"', False: ""}
    content = "".join(
        f'<Relationship Id="{identity}" Type="{kind}" Target={attribute(target)}{mode[outside]}/>'
        for identity, kind, target, outside in rows
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{content}</Relationships>'


def _zip(files: dict[str, str | bytes]) -> bytes:
    """Sorted, but for the types, which have to come first; every file with the same date."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files, key=lambda one: (one != "[Content_Types].xml", one)):
            info = zipfile.ZipInfo(name, _THE_SAME_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            content = files[name]
            package.writestr(info, content if isinstance(content, bytes) else _DECLARATION + content)
    return buffer.getvalue()
