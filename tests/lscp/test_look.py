"""What holds for every template and style: readable colours, nothing inline, plain words, nothing left over."""

import ast
import gzip
import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings

from agencies.colours import contrast
from returns.views.desk import AgencyDesk, TypingDesk

ROOT = settings.BASE_DIR
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
SOURCES = [path for app in ("lscp", "agencies", "returns") for path in (ROOT / app).rglob("*.py")]
# Where sentences for people are written, beside the templates.
SPEAKING = [path for path in SOURCES if {"forms", "actions", "emails", "views"} & set(path.parts)]
NOT_PLAIN = re.compile(
    r"successfully|\bsubmit(s|ted|ting)?\b|click here|\b(revision|stale|superseded|fingerprint|dismissal)\b"
)
ALLAUTH_TEMPLATES = Path(allauth.__file__).parent / "templates"
# Asked for by Django, allauth or crispy by name, not by a line of ours.
ASKED_FOR = {
    "400.html", "403.html", "404.html", "429.html", "500.html",
    "account/password_reset_help_text.html",
    "lscp/uni_form.html", "lscp/uni_formset.html",
    "account/email/proof_code_message.txt", "account/email/proof_code_subject.txt",
    *(f"returns/{page}.html" for desk in (AgencyDesk, TypingDesk) for page in (desk.edit, desk.word, desk.word_file)),
}  # fmt: skip


def template_name(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


# --- Colours -------------------------------------------------------------------------------------


def colours(scheme: str) -> dict[str, str]:
    css = (ROOT / "static" / "css" / "base.css").read_text()
    light, dark = css.split("@media screen and (prefers-color-scheme: dark)")[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7), ("ink", "tint", 7), ("soft", "paper", 4.5), ("soft", "tint", 4.5),
        ("accent", "paper", 7), ("accent", "tint", 4.5), ("accent-strong", "paper", 7), ("accent-strong", "tint", 7),
        ("on-accent", "accent", 7), ("on-accent", "accent-strong", 7), ("paper", "stop", 4.5),
        *[(tone, f"{tone}-tint", 4.5) for tone in ("quiet", "todo", "active", "done", "stop")],
        *[("ink", f"{tone}-tint", 7) for tone in ("todo", "active", "done", "stop")],
        *[(tone, "paper", 4.5) for tone in ("todo", "active", "done", "stop")],
        ("edge", "paper", 3), ("focus", "focus-edge", 3),
    ],
)  # fmt: skip
def test_colours_can_be_read(scheme, text, ground, least):
    palette = colours(scheme)
    assert contrast(palette[text], palette[ground]) >= least


# --- Templates and styles ------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=template_name)
def test_a_template_holds_nothing_inline(path):
    if "/email/" in template_name(path) or template_name(path) == "returns/appendix/file.html":
        pytest.skip("E-mails, and the appendix as one file to keep, carry their own style.")
    source = path.read_text()
    assert not re.search(r"<style\b|\sstyle\s*=|\son\w+\s*=\s*[\"']|javascript:", source)
    assert all(" src=" in tag for tag in re.findall(r"<script\b[^>]*>", source))


@pytest.mark.parametrize("path", TEMPLATES, ids=template_name)
def test_a_template_speaks_plainly(path):
    said = re.sub(r"\{[%#{].*?[%#}]\}|<[^>]+>", " ", path.read_text(), flags=re.DOTALL).lower()
    assert not NOT_PLAIN.search(said)


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_the_code_says_to_people_is_plain(path):
    """Strings with a space in them are sentences, docstrings apart."""
    tree = ast.parse(path.read_text())
    docs = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    said = [one for one in ast.walk(tree) if isinstance(one, ast.Constant) and id(one) not in docs]
    sentences = [one.value for one in said if isinstance(one.value, str) and " " in one.value.strip()]
    assert [text for text in sentences if NOT_PLAIN.search(text.lower())] == []


def test_every_template_is_used():
    text = "\n".join(path.read_text() for path in [*TEMPLATES, *SOURCES])
    components = {f"components/{name}.html" for name in re.findall(r'_render\(\s*"(\w+)"', text)}
    unused = [
        name
        for name in map(template_name, TEMPLATES)
        if f'"{name}"' not in text
        and name not in ASKED_FOR | components
        and not (ALLAUTH_TEMPLATES / name).exists()
    ]
    assert unused == []


def test_styles_set_colours_in_one_place_only():
    for path in STYLES:
        if path.name not in ("base.css", "print.css"):
            rules = re.sub(r"#fff\b", "", path.read_text())  # the ground of a code to scan stays white
            assert re.findall(r"#[0-9a-f]{3,8}\b", rules) == [], path.name


def test_styles_stay_small():
    """Those that every page loads, as they travel."""
    names = ("base.css", "components.css", "reading.css", "print.css")
    every_page = b"".join(path.read_bytes() for path in STYLES if path.name in names)
    assert len(gzip.compress(every_page)) < 8_000


def test_styles_use_logical_sides_only():
    sided = r"\b(?:margin|padding|border)-(?:left|right|top|bottom)\b|text-align: (?:left|right)"
    assert [path.name for path in STYLES if re.search(sided, path.read_text())] == []
