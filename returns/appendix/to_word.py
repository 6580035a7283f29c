"""Writes a Document as a Word file. No library writes numbering, sections and headers as they are needed here, so the
parts are our own; the standard library packs them."""

from __future__ import annotations

from collections.abc import Sequence

from returns.appendix.document import (
    NO_ANSWER,
    NOTHING_APPROVED,
    Document,
    Part,
    Passage,
    Section,
)
from returns.appendix.pictures import fit
from returns.appendix.word.package import Package, relation_of
from returns.appendix.word.styles import Roles, font_table, styles, theme
from returns.appendix.word.xml import (
    BULLETS,
    TAB,
    Body,
    escaped,
    field,
    line,
    paragraph,
    picture,
    run,
    runs_rtl,
)

ACCENT = "#6B1F5C"
# Ends a line of the title; a line of its own, three points high, keeps the next one off.
_GAP = "".join(f'<w:r><w:rPr><w:sz w:val="{size}"/></w:rPr><w:br/></w:r>' for size in (24, 6))
_TITLE_STYLES = {"label": "TitleLabel", "report": "TitleReport", "name": ""}
_SIGNS = ("•", "–", "◦")
_LEVELS = 9
_STEP = 397
_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1701" w:right="1814" w:bottom="1474" w:left="1928" w:header="737" w:footer="680" w:gutter="0"/>'
)


def render(document: Document, *, base: int = 1, inserted: bool = False) -> bytes:
    """The same bytes for the same document. `base` is the level of the title's heading, 1 to 5.

    `inserted` is for a file that is put into the yearly report: one section, without a title page, contents,
    logo and running headers of its own, so that the report's own ones go on through it."""
    if not 1 <= base <= 5:
        raise ValueError(
            f"base is {base}; it must be 1 to 5, so that the deepest sub-heading is at most a 9."
        )
    writer = _Inserted if inserted else _Writer
    return writer(document, Roles(base)).to_bytes()


class _Writer:
    def __init__(self, document: Document, roles: Roles) -> None:
        self._document = document
        self._roles = roles
        self._accent = (document.look.accent or ACCENT).lstrip("#").upper()
        self._body = Body(roles.sub)
        self._package = Package()

    def to_bytes(self) -> bytes:
        parts = self._package.parts
        parts["document"] = f"<w:body>{self._content()}</w:body>"
        self._surroundings(parts)
        parts["styles"] = styles(self._roles, self._accent)
        parts["fontTable"] = font_table()
        parts["theme1"] = theme(self._accent)
        parts["numbering"] = _numbering(self._body.numbers, self._accent)
        parts["settings"] = _SETTINGS
        self._package.links = self._body.links
        return self._package.to_bytes(core=_core(self._document))

    def _surroundings(self, parts: dict[str, str]) -> None:
        parts["header0"] = self._notice() or '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:p>'
        parts["footer0"] = self._footer()

    # --- The main part ---

    def _content(self) -> str:
        """Each agency is a section of its own, for the sake of its header; a single one shares the title's."""
        chapters = self._document.chapters
        front = self._logo() + self._title()
        if len(chapters) == 1:
            return front + self._chapter(chapters[0], 1) + self._properties(1)
        front += self._contents(chapters) if self._document.sections else line("BodyText", NOTHING_APPROVED)
        *earlier, last = [front, *(self._chapter(one, number) for number, one in enumerate(chapters, 1))]
        ended = [_ending(text, self._properties(number)) for number, text in enumerate(earlier)]
        return "".join(ended) + last + self._properties(len(chapters))

    def _logo(self) -> str:
        logo = self._document.look.logo
        if logo is None:
            return ""
        self._package.pictures["logo"] = logo.png
        return paragraph("Logo", picture(relation_of("logo"), logo.alt, *fit(logo.png)))

    def _title(self) -> str:
        document = self._document
        parts = [run(part.text, style=_TITLE_STYLES[part.role]) for part in document.title_parts]
        above = self._above_title()
        content = _GAP.join(parts)
        title = paragraph(f"Heading{self._roles.base}", content, last=above, rtl=runs_rtl(document.title))
        return title + "".join(line("Period", text) for text in (document.period, *document.imprint))

    def _above_title(self) -> str:
        if len(self._document.chapters) == 1:
            return ""
        return f'<w:spacing w:before="{1000 if self._document.look.logo else 1700}"/>'

    def _contents(self, chapters: Sequence[Part | Section]) -> str:
        """A contents field that already holds its entries as links. Only Word knows on which page something stands,
        and computes it when the field is updated or the document printed; until then there is no number, rather
        than a wrong one."""
        level = self._roles.agency
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> TOC \\o "{level}-{level}" \\h \\z </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        entries = [self._entry(_name(one), number) for number, one in enumerate(chapters, 1)]
        entries[0] = begin + entries[0]
        entries[-1] += end
        lines = (
            paragraph(f"TOC{level}", entry, rtl=runs_rtl(_name(one)))
            for entry, one in zip(entries, chapters, strict=True)
        )
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{line('TOCHeading', 'Contents')}{''.join(lines)}</w:sdtContent></w:sdt>"
            + paragraph("AfterTable", "")
        )

    def _entry(self, name: str, number: int) -> str:
        page = field(rf"PAGEREF {_bookmark(number)} \h", "")
        return (
            f'<w:hyperlink w:anchor="{_bookmark(number)}" w:history="1">{run(name)}{TAB}{page}</w:hyperlink>'
        )

    def _chapter(self, chapter: Part | Section, number: int) -> str:
        name = _name(chapter)
        self._running_header(name, number)
        mark = f'<w:bookmarkStart w:id="{number}" w:name="{_bookmark(number)}"/>{run(name)}<w:bookmarkEnd w:id="{number}"/>'
        heading = paragraph(
            f"Heading{self._roles.agency}", mark, first=self._before_chapter(number), rtl=runs_rtl(name)
        )
        return heading + (self._part(chapter) if isinstance(chapter, Part) else self._section(chapter))

    def _part(self, part: Part) -> str:
        self._body.heading = self._roles.question
        signature = line("Signature", part.signature) if part.signature else ""
        return self._body.blocks(part.blocks) + signature

    def _section(self, section: Section) -> str:
        instead = [line("BodyText", text) for text in section.lines_instead]
        return "".join([*instead, *map(self._passage, section.passages)])

    def _running_header(self, name: str, number: int) -> None:
        self._package.parts[f"header{number}"] = self._notice() + self._continued(name)

    def _before_chapter(self, number: int) -> str:
        """Nothing: the section that begins is a new page."""
        return ""

    def _passage(self, passage: Passage) -> str:
        once = self._document.question_once
        self._body.heading = self._roles.question if once else self._roles.sub
        question = "" if once else line(f"Heading{self._roles.question}", passage.question)
        return question + (
            self._body.blocks(passage.blocks) if passage.blocks else line("BodyText", NO_ANSWER)
        )

    # --- Pages ---

    def _properties(self, number: int) -> str:
        """The first page of a section has no running header; `number` 0 is the front."""
        header, blank, footer = (relation_of(part) for part in (f"header{number}", "header0", "footer0"))
        return (
            f'<w:sectPr><w:headerReference w:type="default" r:id="{header}"/><w:headerReference w:type="first" r:id="{blank}"/>'
            f'<w:footerReference w:type="default" r:id="{footer}"/><w:footerReference w:type="first" r:id="{footer}"/>'
            f'<w:type w:val="nextPage"/>{_PAGE}<w:titlePg/></w:sectPr>'
        )

    def _notice(self) -> str:
        return line("Notice", self._document.preview) if self._document.preview else ""

    def _continued(self, name: str) -> str:
        """Computed by those who can; what is kept is right as well, because the section is one agency's."""
        rtl = runs_rtl(name)
        code = f'STYLEREF "Heading {self._roles.agency}"'
        return paragraph("Header", field(code, name, rtl=rtl) + run(" (continued)"), rtl=rtl)

    def _footer(self) -> str:
        name = " ".join(f"{self._document.label}: {self._document.name}".split())
        pages = run("Page ") + field("PAGE", "1") + run(" of ") + field("NUMPAGES", "1")
        return paragraph("Footer", run(name) + TAB + pages)


class _Inserted(_Writer):
    """To be put into another document, whose pages, headers and footers go on."""

    def _surroundings(self, parts: dict[str, str]) -> None:
        if self._document.preview:
            parts["header0"] = self._notice()

    def _content(self) -> str:
        chapters = self._document.chapters
        said = "".join(self._chapter(one, number) for number, one in enumerate(chapters, 1))
        nothing = "" if self._document.sections else line("BodyText", NOTHING_APPROVED)
        return self._title() + nothing + said + self._properties(0)

    def _above_title(self) -> str:
        return ""

    def _running_header(self, name: str, number: int) -> None:
        """The report's own."""

    def _before_chapter(self, number: int) -> str:
        return "<w:pageBreakBefore/>" if number > 1 else ""

    def _properties(self, number: int) -> str:
        notice = f'<w:headerReference w:type="default" r:id="{relation_of("header0")}"/>'
        return f"<w:sectPr>{notice if self._document.preview else ''}{_PAGE}</w:sectPr>"


_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)


def _name(chapter: Part | Section) -> str:
    return " ".join((chapter.title if isinstance(chapter, Part) else chapter.agency).split())


def _ending(content: str, properties: str) -> str:
    """A section ends with its last paragraph, so that no empty one is left over on a page of its own."""
    place = content.rindex("</w:pPr>")
    return content[:place] + properties + content[place:]


def _bookmark(number: int) -> str:
    return f"_Toc{number:09}"


def _numbering(numbers: Sequence[tuple[int, int]], accent: str) -> str:
    """All bulleted lists share one numbering; each numbered one has its own, that starts anew at its level."""
    bullets = "".join(_level(level, "bullet", _SIGNS[min(level, 2)], accent) for level in range(_LEVELS))
    decimal = "".join(_level(level, "decimal", f"%{level + 1}.", accent) for level in range(_LEVELS))
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        for number, levels in enumerate((bullets, decimal))
    )
    nums = f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>' + "".join(
        f'<w:num w:numId="{identity}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for identity, (level, start) in enumerate(numbers, BULLETS + 1)
    )
    return abstracts + nums


def _level(level: int, kind: str, sign: str, accent: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{_STEP * (level + 1)}" w:hanging="{_STEP}"/></w:pPr><w:rPr><w:color w:val="{accent}"/></w:rPr></w:lvl>'
    )


def _core(document: Document) -> str:
    """The partnership stands where a person's name would. The time is the document's own."""
    moment = f"{document.as_of:%Y-%m-%dT%H:%M:%SZ}"
    who = escaped(document.partnership)
    return (
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created><dc:creator>{who}</dc:creator>'
        f"<dc:language>en-GB</dc:language><cp:lastModifiedBy>{who}</cp:lastModifiedBy>"
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified><dc:title>{escaped(document.title)}</dc:title>'
    )
