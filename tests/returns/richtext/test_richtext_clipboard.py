"""The same text, copied from every program that people write in: the server keeps the same of each."""

import pytest

from returns.richtext import clean
from tests.clipboard import sources


@pytest.mark.parametrize("name", sources.HTML)
def test_the_server_keeps_the_same_of_every_source(name: str) -> None:
    cleaned = clean(sources.copied(name))
    assert cleaned.html == sources.KEPT
    assert "1 picture was not kept" in cleaned.changes


def test_what_word_adds_is_told() -> None:
    assert {"1 tracked deletion was not kept", "3 review comments were not kept"} <= set(
        clean(sources.copied("word")).changes
    )
