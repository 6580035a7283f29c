"""What was written last is not read again: the same blocks, and never more of them than the limit."""

import pytest

from returns import richtext
from returns.richtext import cleaning

TYPED = "<p>They said:</p><p>- nobody told us</p><p>- write to us</p>"


@pytest.fixture
def known(monkeypatch):
    monkeypatch.setattr(cleaning, "_MOST_KNOWN", 3)
    cleaning._written.clear()
    yield cleaning._written
    cleaning._written.clear()


def test_a_text_that_was_written_is_not_read_again(known):
    written = richtext.clean(TYPED)
    assert richtext.parse(written.html) is written.blocks
    assert richtext.clean(written.html) == richtext.Cleaned(written.html, written.blocks, ())


def test_what_is_known_is_what_reading_it_would_give(known):
    written = richtext.clean(TYPED)
    known.clear()
    assert richtext.parse(written.html) == written.blocks


def test_what_came_in_another_form_is_cleaned_again(known):
    assert richtext.clean(TYPED).changes == richtext.clean(TYPED).changes != ()


def test_only_the_last_few_are_known_and_no_long_ones(known):
    for number in range(5):
        richtext.clean(f"<p>Text {number}.</p>")
    assert list(known) == [f"<p>Text {number}.</p>" for number in (2, 3, 4)]
    richtext.clean("<p>" + "word " * 20_000 + "</p>")
    assert len(known) == 3 and max(map(len, known)) < 100
