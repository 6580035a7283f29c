import html
import re

import pytest
from django import forms

from returns import richtext
from returns.forms.richtext import RichTextField
from returns.richtext.limits import DEEPEST_NESTING, MOST_CHARACTERS

TEXT = (
    "<h3>What we heard</h3><p>Twelve <strong>children</strong> said <em>why</em>.</p>"
    "<ul><li>Letters<ul><li>in plain words</li></ul></li><li>Calls</li></ul><ol><li>Ask</li><li>Listen</li></ol>"
    "<blockquote><p>Tell me what happens next.</p></blockquote>"
)


class Answer(forms.Form):
    feedback = RichTextField(label="What did you do?", help_text="This year only.", suggested_words=400)


class Strict(forms.Form):
    feedback = RichTextField(label="What did you do?", required=True)


def sent(text: str, how: str = "html") -> Answer:
    return Answer({"feedback": text, "feedback-format": how})


def box(form: forms.Form) -> str:
    """The text in the plain box."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", str(form["feedback"]), re.DOTALL)
    assert found
    return html.unescape(found[1])


def given_to_the_editor(form: forms.Form) -> str | None:
    found = re.search(r'data-html="([^"]*)"', str(form["feedback"]))
    return html.unescape(found[1]) if found else None


# --- What comes in --------------------------------------------------------------------------------


def test_html_comes_back_cleaned() -> None:
    form = sent("<p>Twelve <u>children</u></p><script>x()</script><p onclick='x()'>two</p>")
    assert form.is_valid()
    assert form.cleaned_data == {"feedback": "<p>Twelve <strong>children</strong></p><p>two</p>"}


def test_canonical_html_stays_as_it_is() -> None:
    form = sent(TEXT)
    assert form.is_valid()
    assert form.cleaned_data == {"feedback": TEXT}


def test_the_simple_notation_becomes_html() -> None:
    form = sent("Twelve **children**\n\n- one\n- two", "simple")
    assert form.is_valid()
    assert form.cleaned_data == {
        "feedback": "<p>Twelve <strong>children</strong></p><ul><li>one</li><li>two</li></ul>"
    }


def test_tags_in_the_simple_notation_are_words() -> None:
    form = sent("I wrote <b>this</b> & meant it", "simple")
    assert form.is_valid()
    assert form.cleaned_data == {"feedback": "<p>I wrote &lt;b&gt;this&lt;/b&gt; &amp; meant it</p>"}


@pytest.mark.parametrize("how", ["", "markdown", "HTML"])
def test_an_unknown_format_is_read_as_the_simple_one(how: str) -> None:
    form = sent("<p>x</p>", how)
    assert form.is_valid()
    assert form.cleaned_data == {"feedback": "<p>&lt;p&gt;x&lt;/p&gt;</p>"}


@pytest.mark.parametrize("data", [{}, {"feedback": ""}, {"feedback": "<p></p>", "feedback-format": "html"}])
def test_nothing_written_is_fine_unless_required(data: dict[str, str]) -> None:
    assert Answer(data).is_valid()
    assert Answer(data).fields["feedback"].required is False
    assert Strict(data).errors == {"feedback": ["This field is required."]}


@pytest.mark.parametrize("how", ["html", "simple"])
def test_too_long_says_what_to_do_and_keeps_the_words(how: str) -> None:
    long = "word " * (MOST_CHARACTERS // 5 + 1)
    form = sent(long if how == "simple" else f"<p>{long}</p>", how)
    assert [re.sub(r"\d[\d,]*\d", "N", text) for text in form.errors["feedback"]] == [
        "This text is too long: it has N characters with its formatting, and at most N can be kept. "
        "Shorten it or paste it as plain text."
    ]
    assert given_to_the_editor(form) is None
    assert box(form).split() == long.split()


def test_too_deep_keeps_the_words() -> None:
    deep = DEEPEST_NESTING + 1
    form = sent("<blockquote>" * deep + "<p>one &amp;</p><p>two</p>" + "</blockquote>" * deep)
    assert not form.is_valid()
    assert given_to_the_editor(form) is None
    assert box(form).split() == ["one", "&", "two"]


# --- What is shown ----------------------------------------------------------------------------------


def test_the_editor_gets_html_and_the_box_the_simple_notation() -> None:
    form = Answer(initial={"feedback": TEXT})
    assert given_to_the_editor(form) == TEXT
    assert richtext.clean(richtext.from_simple(box(form))).html == TEXT
    assert 'name="feedback-format" value="simple"' in str(form["feedback"])


def test_what_the_box_holds_comes_back_as_it_was() -> None:
    form = sent(box(Answer(initial={"feedback": TEXT})), "simple")
    assert form.is_valid()
    assert form.cleaned_data == {"feedback": TEXT}


def test_what_was_typed_is_shown_again_beside_the_errors_of_others() -> None:
    class Two(Answer):
        name = forms.CharField()

    form = Two({"feedback": "<p>Typed</p><img src=x onerror=x()>", "feedback-format": "html"})
    assert list(form.errors) == ["name"]
    assert given_to_the_editor(form) == "<p>Typed</p>"
    assert box(form) == "Typed"


def test_hostile_text_never_leaves_the_attribute_or_the_box() -> None:
    shown = str(sent('<p>"><script>x()</script></p>"></textarea><script>y()</script>')["feedback"])
    assert "<script" not in shown
    assert shown.count("</textarea>") == 1
    shown = str(sent('"></textarea><script>y()</script>', "simple")["feedback"])
    assert "<script" not in shown
    assert shown.count("</textarea>") == 1


def test_hint_errors_and_suggestion_describe_the_box() -> None:
    form = Answer()
    assert 'aria-describedby="id_feedback_helptext id_feedback_words"' in str(form["feedback"])
    assert "About 400 words are suggested." in str(form["feedback"])
    assert "suggested" not in str(Strict()["feedback"])


def test_the_browser_is_never_asked_to_require_it() -> None:
    assert " required" not in str(Strict()["feedback"])


def test_two_forms_do_not_share_a_suggestion() -> None:
    assert RichTextField(suggested_words=100).widget.suggested_words == 100
    assert RichTextField().widget.suggested_words is None


def test_the_media_of_the_page() -> None:
    media = str(Answer().media)
    assert "css/editor.css" in media
    assert re.findall(
        r'<script src="[^"]*?(js/editor|django_prose_editor/editor)[^"]*" type="module">', media
    ) == [
        "django_prose_editor/editor",
        "js/editor",
    ]


# --- What counts as a change ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (TEXT, []),
        (TEXT.replace("<li>Ask</li>", "<li><p>Ask</p></li>"), []),
        (TEXT.replace("Ask", "Tell"), ["feedback"]),
    ],
)
def test_the_same_text_in_other_html_is_no_change(text: str, changed: list[str]) -> None:
    form = Answer({"feedback": text, "feedback-format": "html"}, initial={"feedback": TEXT})
    assert form.changed_data == changed
