"""Owns the house style of the Word file: fonts, sizes, colours and space, in one place. Knows no text.

Sizes are in half points, space in twentieths of a point, as WordprocessingML has them.
"""

from __future__ import annotations

from dataclasses import dataclass

from returns.appendix.word.xml import AFTER, WIDTH

SERIF = "Georgia"
SANS = "Arial"
INK, SOFT, LINE, EDGE = "1F1A23", "554D5B", "D5CDD7", "766D7B"
NOTICE, NOTICE_TINT = "7A4700", "FCEFD3"


@dataclass(frozen=True, slots=True)
class Roles:
    """Which level of heading each part of the appendix has; `base` is that of its title, 1 to 5."""

    base: int

    @property
    def agency(self) -> int:
        return self.base + 1

    @property
    def question(self) -> int:
        return self.base + 2

    @property
    def sub(self) -> int:
        return self.base + 3


def styles(roles: Roles, accent: str) -> str:
    """The part styles.xml. `accent` is six hexadecimal digits."""
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'{_fonts(SERIF)}<w:color w:val="{INK}"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        f'<w:widowControl/><w:spacing w:after="{AFTER}" w:line="300" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
        + _style("Normal", "Normal", default=True, quick=True)
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        + _style("BodyText", "Body Text", quick=True)
        + _headings(roles, accent)
        + _style("Logo", "Logo", paragraph=_space(0, 0, 240))
        + _style("Period", "Period of the Report", paragraph=_space(120, 120), run=_sans(20, SOFT))
        + _style(
            "TOCHeading",
            "TOC Heading",
            paragraph=f"<w:keepNext/>{_space(720, 120)}",
            run=_sans(22, INK, bold=True),
        )
        + _style(f"TOC{roles.agency}", f"toc {roles.agency}", paragraph=_right_tab() + _space(40, 40))
        + _style("ListParagraph", "List Paragraph", based="BodyText", paragraph=_space(0, 70, 288))
        + _style("ListContinue", "List Continue", based="BodyText", paragraph=_space(0, 70, 288))
        + _style("Quote", "Quote", based="BodyText", quick=True, paragraph=_quoted(accent, 340))
        + _style("QuoteInner", "Quote Inside a Quote", based="Quote", paragraph=_quoted(accent, 680))
        + _style("TableText", "Table Text", paragraph=_space(70, 70, 264), run=_sans(18, INK))
        + _style(
            "TableHeading",
            "Table Heading",
            based="TableText",
            paragraph="<w:keepNext/>",
            run="<w:b/><w:bCs/>",
        )
        + _style(
            "AfterTable",
            "After a Table",
            paragraph='<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>',
        )
        + _style("Header", "header", paragraph=_header(), run=_sans(17, SOFT))
        + _style("Footer", "footer", paragraph=_footer(), run=_sans(17, SOFT))
        + _style("Notice", "Notice", paragraph=_notice(), run=_sans(17, NOTICE, bold=True))
        + _style("Signature", "Signature", paragraph=_space(240, 0), run=_sans(20, SOFT))
        + _character("SubHeading", "Sub-heading Below a Name", _sans(22, INK, bold=True))
        + _character("Hyperlink", "Hyperlink", f'<w:color w:val="{accent}"/><w:u w:val="single"/>')
        + _character("TitleLabel", "Title Label", _sans(24, accent, bold=True))
        + _character("TitleReport", "Title Report", _sans(26, SOFT, bold=False))
        + '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f'<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/></w:tblBorders><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{EDGE}"/>'
        "</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
    )


def _headings(roles: Roles, accent: str) -> str:
    """(level, size, before, after, what else): title, agency, question and two levels of sub-heading."""
    rule = f'<w:pBdr><w:top w:val="single" w:sz="20" w:space="9" w:color="{accent}"/></w:pBdr>'
    return "".join(
        (
            _heading(
                roles.base,
                _space(0, 200, 252),
                f'{_fonts(SERIF)}<w:b/><w:bCs/><w:color w:val="{INK}"/>{_size(56)}',
            ),
            _heading(
                roles.agency,
                rule + _space(0, 200, 264),
                f'{_fonts(SERIF)}<w:b/><w:bCs/><w:color w:val="{INK}"/>{_size(42)}',
            ),
            _heading(roles.question, _space(120, 300, 288), _sans(20, SOFT, bold=False)),
            _heading(roles.sub, _space(320, 110), _sans(22, INK, bold=True)),
            _heading(roles.sub + 1, _space(260, 90), _sans(20, SOFT, bold=True)),
        )
    )


def _heading(level: int, paragraph: str, run: str) -> str:
    return _style(
        f"Heading{level}",
        f"heading {level}",
        next_style="BodyText",
        quick=True,
        paragraph=f'<w:keepNext/><w:keepLines/>{paragraph}<w:outlineLvl w:val="{level - 1}"/>',
        run=run,
    )


def _style(
    identity: str,
    name: str,
    *,
    based: str = "Normal",
    next_style: str = "",
    paragraph: str = "",
    run: str = "",
    default: bool = False,
    quick: bool = False,
) -> str:
    first = ' w:default="1"' if default else ""
    parts = f'<w:name w:val="{name}"/>'
    parts += "" if default else f'<w:basedOn w:val="{based}"/>'
    parts += f'<w:next w:val="{next_style}"/>' if next_style else ""
    parts += "<w:qFormat/>" if quick else ""
    parts += f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    parts += f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:style w:type="paragraph"{first} w:styleId="{identity}">{parts}</w:style>'


def _character(identity: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{run}</w:rPr></w:style>'
    )


def _fonts(name: str) -> str:
    """For scripts that Georgia lacks, Arial, which every office has in all of them."""
    return f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{SANS}"/>'


def _sans(size: int, color: str, *, bold: bool | None = None) -> str:
    weight = {None: "", True: "<w:b/><w:bCs/>", False: '<w:b w:val="0"/><w:bCs w:val="0"/>'}[bold]
    return f'{_fonts(SANS)}{weight}<w:color w:val="{color}"/>{_size(size)}'


def _size(size: int) -> str:
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _space(before: int, after: int, line: int = 0) -> str:
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _quoted(accent: str, indent: int) -> str:
    """The line stands at the side the text begins on: Word mirrors it where it runs from right to left."""
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="20" w:space="12" w:color="{accent}"/></w:pBdr>'
        f'<w:ind w:left="{indent}"/>'
    )


def _header() -> str:
    return f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="5" w:color="{LINE}"/></w:pBdr>{_space(0, 240, 240)}'


def _footer() -> str:
    return f"{_right_tab()}{_space(0, 0, 240)}"


def _right_tab() -> str:
    return f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>'


def _notice() -> str:
    return (
        f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="4" w:color="{NOTICE}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{NOTICE_TINT}"/>{_space(0, 160, 240)}'
    )


def theme(accent: str) -> str:
    """The part theme1.xml, which Word expects: the same fonts and colours, for what a person adds by hand."""
    colours = {"dk1": INK, "lt1": "FFFFFF", "dk2": SOFT, "lt2": "F3EFF3", "hlink": accent, "folHlink": accent}
    colours |= {f"accent{number}": accent for number in range(1, 7)}
    order = ("dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
    scheme = "".join(f'<a:{name}><a:srgbClr val="{colours[name]}"/></a:{name}>' for name in order)
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{SERIF}"/><a:ea typeface=""/><a:cs typeface="{SANS}"/></a:{kind}Font>'
        for kind in ("major", "minor")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = f'<a:ln w="9525">{fill}</a:ln>' * 3
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'<a:themeElements><a:clrScheme name="Appendix">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Appendix">{fonts}</a:fontScheme><a:fmtScheme name="Appendix">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements>"
    )


def font_table() -> str:
    """The part fontTable.xml: which fonts are asked for, and what kind to take in their place."""
    return "".join(
        f'<w:font w:name="{name}"><w:charset w:val="00"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, family in ((SANS, "swiss"), (SERIF, "roman"))
    )
