"""Word files for tests: by python-docx where it has words for it, else from XML by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

import docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="bullet"/></w:lvl>' for n in range(9))
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>' for n in range(9)
    )
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>"
)


def by_docx(write) -> bytes:
    """What python-docx saves after `write` has filled an empty document."""
    document, file = docx.Document(), io.BytesIO()
    write(document)
    document.save(file)
    return file.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def point(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def by_hand(body: str, *, links: Mapping[str, str] | None = None, **parts: str) -> bytes:
    """A file whose body is the XML; `parts` are further ones, such as comments="<w:comment …/>"."""
    parts = {"numbering": NUMBERING, **parts}
    relations = "".join(
        f'<Relationship Id="part{n}" Type="{R}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
    ) + "".join(
        f'<Relationship Id="{key}" Type="{R}/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
        for key, target in (links or {}).items()
    )
    members = {
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{R}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
    } | {f"word/{name}.xml": f"<w:{name} {NAMES}>{inside}</w:{name}>" for name, inside in parts.items()}
    return packed(members)


def packed(members: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # of no particular second
    return file.getvalue()
