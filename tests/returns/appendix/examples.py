"""Documents that writers are tried with: every feature, foreign scripts, mischief, and sizes nobody expects."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from returns import richtext
from returns.appendix.compile import Anchors, section_of
from returns.appendix.document import Document, Part, Passage, Section
from returns.models import Revision
from tests.returns.importing.sample import REAL

SAMPLE = (
    "<h3>First</h3><h4>Second</h4><p>A <strong>bold</strong> and <em>soft</em> word<br>and a line.</p>"
    '<ol start="3"><li>three<ul><li>inner</li></ul></li><li>four</li></ol>'
    '<blockquote><p>Her own words.</p></blockquote><p><a href="https://example.org/?a=1&amp;b=2">a link</a></p>'
    "<table><thead><tr><th>You said</th><th>We did</th></tr></thead><tbody><tr><td>Loud</td><td>Quiet</td></tr></tbody></table>"
)


def section(agency: str, *htmls: str, nil_reason: str = "") -> Section:
    revision = Revision(
        data={
            "agency": agency,
            "nil_reason": nil_reason,
            "answers": [{"question": f"Question {n}?", "html": html} for n, html in enumerate(htmls, 1)],
        }
    )
    return section_of(revision, Anchors())


def document(*sections: Section, **changes: object) -> Document:
    values = {
        "title": "Appendix D: Eastmere Yearly Report 2021-22 – What children said",
        "label": "Appendix D",
        "partnership": "Eastmere",
        "report": "Yearly Report 2021-22",
        "name": "What children said",
        "collection": "2021-22",
        "period_start": date(2021, 4, 1),
        "period_end": date(2022, 3, 31),
        "as_of": datetime(2022, 6, 3, 9, 30, tzinfo=UTC),
        "sections": sections,
    }
    return Document(**(values | changes))  # type: ignore[arg-type]


def framed(**changes: object) -> Document:
    """Preface, commentary and closing note around three agencies, one of which sent nothing; the question once."""
    after = (
        Part(
            "commentary",
            "Commentary",
            richtext.parse("<p>Heard.</p>"),
            "Eluned Parry, scrutineer, 3 May 2022",
        ),
        Part("closing", "Closing note", richtext.parse("<p>Thank you.</p>")),
    )
    values: dict[str, object] = {
        "before": (
            Part(
                "preface", "Preface", richtext.parse("<h3>Why we ask</h3><h4>Them</h4><p>Children know.</p>")
            ),
            Part("question", "What each agency was asked", richtext.parse("<p>Question 1?</p>")),
        ),
        "after": after,
        "imprint": ("Edition 2, published on 3 June 2022, corrects edition 1", "A date was wrong."),
        "question_once": True,
    }
    return document(
        section("Midvale Police", SAMPLE),
        Section("vale-fire", "Vale Fire", instead="No return was received."),
        section("Vale Hospitals", nil_reason="We met no children."),
        **(values | changes),
    )


# A quotation in a list, a list in a quotation, several paragraphs in an item, cells of several lines.
FURTHER = (
    "<ul><li><p>One</p><p>goes on</p><ul><li>deep<ol><li>deeper</li></ol></li></ul></li>"
    "<li><p>Two</p><blockquote><p>said in an item</p></blockquote></li></ul>"
    "<blockquote><ul><li>first wish</li><li>second wish</li></ul><blockquote><p>within</p></blockquote></blockquote>"
    "<ol><li>again one</li><li>again two</li></ol>"
    "<p><a href='https://example.org/'>plain <strong>and bold</strong> link</a> and "
    "<a href='mailto:a@example.org'>another</a></p>"
)
WIDE = "<table><tr><th>Asked for</th><th>Done</th><th>Left</th></tr><tr><td>more time</td><td></td><td>all of it</td></tr></table>"
SCRIPTS = (
    "<p>Ŵy ŷ, Łódź, Brașov, Ağrı, Ελληνικά, Кириллица, हिन्दी, ไทย, ქართული, e\u0301</p>"
    "<p>قالت لنا: أريد أن أُسمَع</p><ul><li>البند الأول</li></ul><blockquote><p>שלום</p></blockquote>"
)
MISCHIEF = (
    '#read("/etc/passwd")',
    "#eval(sys.inputs.doc)",
    '#import "@preview/x:1.0.0": *',
    "#panic(1)",
    "$ x^2 $ *b* _e_ `raw` @agency-1 <agency-1> // no /* no */ \\ = h",
    "]#[x](y)",
    "{ INCLUDETEXT C:\\secret.txt } { DDEAUTO c:\\cmd.exe }",
    "</w:t></w:r><w:r><w:instrText>DDEAUTO</w:instrText></w:r>",
    "<script>alert(1)</script> &amp; &#35; ]]> <!-- -->",
    '=HYPERLINK("https://example.org","x")',
    "\u202egnp.exe \x0b\x00 \ufffe",
)


def plain(agency: str, text: str, *, question: str = "Q?") -> Section:
    """A section whose answer is one paragraph of exactly this text."""
    passage = Passage("a.1", question, (richtext.Paragraph((richtext.Text(text),)),))
    return Section("a", agency, (passage,))


def real() -> Document:
    """The nine real answers, cleaned as an import does."""
    data = json.loads(REAL.read_text(encoding="utf-8"))
    sections = tuple(
        section_of(
            Revision(
                data={
                    "agency": one["agency"],
                    "nil_reason": "",
                    "answers": [{"question": data["question"], "html": richtext.clean(one["answer"]).html}],
                }
            )
        )
        for one in data["returns"]
    )
    about = data["collection"]
    return document(
        *sections,
        title=data["title"],
        label=about["label"],
        partnership=about["partnership"],
        report=about["report"],
        name=about["name"],
    )


def letters(document: Document) -> str:
    """Everything somebody typed, in the order of the document and without white space."""
    parts: list[str] = []
    for one in document.sections:
        parts += [one.agency, one.nil_reason]
        for passage in one.passages:
            parts.append(passage.question)
            parts += ["".join(_texts(inlines)) for inlines in richtext.leaves(passage.blocks)]
    return squeezed(" ".join(parts))


def _texts(inlines: richtext.Inlines) -> list[str]:
    return [each.text if isinstance(each, richtext.Text) else " " for each in inlines]


def squeezed(text: str) -> str:
    """Without what a writer may add and a reader leave out: white space, places to break a word, signs of lists,
    the hyphen at which a line ends."""
    return "".join(one for one in text if not one.isspace() and one not in "\u200b•–◦-")
