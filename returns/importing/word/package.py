"""Opens the package of a Word file: says what is wrong with one that cannot be read, and unpacks no more than it must."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

LARGEST = 10 * 1024 * 1024
# A text of 50,000 words, with all that Word writes around them, unpacks to about a third of this.
_LARGEST_PART = 16 * 1024 * 1024
_MOST_PARTS = 2_000
_DEEPEST = 150
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

TOO_LARGE = "The file is larger than 10 MB. Take the pictures out and save it again, or paste the text."
EMPTY = "The file is empty. Choose another one."
PROTECTED = (
    "The file is protected with a password. Open it in Word, take the password off, save it and send that."
)
OLD = "This is an old Word file (.doc). Open it in Word, save it as a Word document (.docx) and send that."
MACROS = "The file has macros. Save it as a Word document without macros (.docx) and send that."
NOT_WORD = "This is not a Word file. Save the text as a Word document (.docx), or paste it."
BROKEN = (
    "The file is damaged and cannot be read. Open it in Word, save it anew and send that, or paste the text."
)
SWOLLEN = "The file unpacks to far more than a text needs, so it was not opened. Paste the text instead."

# Word writes each of these in two ways, by the two editions of ISO/IEC 29500.
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "urn:schemas-microsoft-com:vml": "v",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


class Unreadable(ValueError):
    """The file cannot be taken; the message says why and what to do, to the person who sent it."""


class Package:
    """The parts of a Word file, unpacked one by one as they are asked for."""

    def __init__(self, content: bytes) -> None:
        _refuse_by_its_beginning(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._names = {one.filename: one for one in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Unreadable(BROKEN) from error
        if len(self._names) > _MOST_PARTS:
            raise Unreadable(SWOLLEN)
        if any(posixpath.basename(name).lower() == "vbaproject.bin" for name in self._names):
            raise Unreadable(MACROS)
        self.main = self._main()

    def _main(self) -> str:
        targets = self.relations("")
        documents = [target for kind, target, _ in targets.values() if kind == "officeDocument"]
        for name in (*documents, "word/document.xml"):
            if name in self._names:
                return name
        raise Unreadable(NOT_WORD)

    def part(self, name: str) -> Element | None:
        """The root of the part, its names with short prefixes ("w:p"); None if there is no such part."""
        info = self._names.get(name)
        if info is None:
            return None
        if info.flag_bits & 0x1:
            raise Unreadable(PROTECTED)
        if info.file_size > _LARGEST_PART:
            raise Unreadable(SWOLLEN)
        try:
            with self._zip.open(info) as stream:
                content = stream.read(_LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise Unreadable(BROKEN) from error
        return _parse(content)

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Of a part, by id: (last word of the kind, target, whether it lies outside). Of the package for ""."""
        folder, file = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, tuple[str, str, bool]] = {}
        for one in root if root is not None else ():
            kind = one.get("Type", "").rpartition("/")[2]
            outside, target = one.get("TargetMode") == "External", one.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id", "")] = (kind, target, outside)
        return found

    def related(self, kind: str) -> list[str]:
        """The names of the parts of one kind that belong to the text."""
        return [
            target
            for one, target, outside in self.relations(self.main).values()
            if one == kind and not outside
        ]


def _refuse_by_its_beginning(content: bytes) -> None:
    if not content:
        raise Unreadable(EMPTY)
    if len(content) > LARGEST:
        raise Unreadable(TOO_LARGE)
    if content.startswith(_OLE):
        raise Unreadable(PROTECTED if _ENCRYPTED in content else OLD)
    if not content.startswith(b"PK"):
        raise Unreadable(NOT_WORD)


def _parse(content: bytes) -> Element:
    """Without declarations of any kind: an entity could make a text of a few bytes endless, or name a file."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Unreadable(BROKEN)
        builder.start(_short(name), {_short(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_short(name))

    def refuse(*_: object) -> None:
        raise Unreadable(BROKEN)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unreadable(BROKEN) from error
    return builder.close()


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return f"{_PREFIXES.get(space, 'x')}:{local}" if space else local
