"""An invented file of returns with the faults real ones arrive with, and what the tests do with such files."""

import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

QUESTION = "What did children tell you, and what did you change because of it?"
EMAIL = "una.marsh@example.org"
REAL = Path(__file__).resolve().parents[4] / "shared" / "real" / "appendix_c_2023_24.json"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real file is not kept in this repository")

# Typed bullets in a list that is never closed, an underlined line, text loose in a list, Word's white space,
# entities, a table, numbers, quotations, text from right to left, and what only looks like mark-up.
ANSWERS = {
    "Harbour Fire Service": "<p>(Case study: names are changed.) Child B drew what she was afraid of.</p>\n"
    "<p>Fewer than &lt;5 children said so; we can't print the number.</p> <p>Boats &amp; bridges</p>",
    "Eastmere Police": '<p><u>What we heard</u>- in their own words.</p> <ul style="list-style-type: none"> '
    "A listening hour is to be held each month. Two schools take part.",
    "ESMH": '<p>Feedback on the clinic</p> <ul style="list-style-type: none"> • Young people chose the paint. '
    "– They also chose the chairs • Letters are written to the child, not about the child. "
    "• Each plan is read aloud (i.e.: before it is signed)\n"
    "<p>Every plan is looked at again after six weeks.</p>\n<p>Nobody asked twice.</p>",
    "Eastmere Council – Children and Families": "<h3>Our panel</h3><p>It met <b>nine</b> times.</p>"
    "<ol><li>First it listened</li><li>then it decided</li></ol><p>Next year it will meet again.</p>",
    "Lantern - Young People": "<p>قالت لنا: أريد أن أُسمَع</p><blockquote><p>I wanted to be asked first.</p></blockquote>"
    "<table><tr><th>You said</th><th>We did</th></tr><tr><td>Too loud</td><td>Quiet room</td></tr></table>"
    '<p>More on <a href="https://lantern.example.org/voice">our page</a>.</p>',
}


def sample(**changes: Any) -> dict[str, Any]:
    """The file's data, top-level keys replaced by `changes`."""
    data = {
        "title": "Appendix D: Eastmere Safeguarding Children Partnership Yearly Report 2021-22 – What children said",
        "collection": {
            "label": "Appendix D",
            "report": "Yearly Report 2021-22",
            "name": "What children said",
            "partnership": "Eastmere Safeguarding Children Partnership",
        },
        "question": QUESTION,
        "returns": [{"agency": agency, "answer": answer} for agency, answer in ANSWERS.items()],
    }
    return data | changes


def with_report(report: str) -> dict[str, Any]:
    return sample(collection=sample()["collection"] | {"report": report})


def with_returns(*pairs: tuple[Any, Any]) -> dict[str, Any]:
    return sample(returns=[{"agency": agency, "answer": answer} for agency, answer in pairs])


def write(folder: Path, data: Any, name: str = "returns.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def run(path: Path | str, *options: str, partnership: str = "eastmere") -> str:
    """The real command; what it printed."""
    out = io.StringIO()
    call_command("import_returns", str(path), "--partnership", partnership, *options, stdout=out)
    return out.getvalue()


def run_approved(path: Path | str, **kwargs: Any) -> str:
    return run(path, "--approve", "--by", EMAIL, "--dismiss", "Printed already.", **kwargs)


def everything() -> dict[str, list[dict[str, Any]]]:
    """All that the database holds, so that "nothing was written" can be said of every field."""
    models = [
        model
        for label in ("agencies", "returns", "account")
        for model in apps.get_app_config(label).get_models()
    ]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


class _Seen(HTMLParser):
    INLINE = frozenset({"a", "b", "em", "i", "span", "strong", "u"})

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.text += "" if tag in self.INLINE else " "

    handle_endtag = lambda self, tag: self.handle_starttag(tag, ())  # noqa: E731


def seen(html: str) -> str:
    """What a person sees of HTML. By the standard library alone: none of our own code is trusted here."""
    parser = _Seen()
    parser.feed(html)
    parser.close()
    return parser.text


def words(text: str) -> list[str]:
    """Its words in order; bullets and dashes that stand alone are not words."""
    return [word for word in text.split() if any(character.isalnum() for character in word)]
