"""No text, however odd, takes the rules longer than its length explains."""

import pytest

from returns.checks import Context, check_reading, read
from returns.richtext import Paragraph, Text
from tests.returns.checks.benchmark import HOSTILE, PERIOD, cpu


@pytest.mark.parametrize("name", HOSTILE)
def test_a_quarter_of_each_hostile_text_takes_less_than_a_second(name: str) -> None:
    """On an idle machine a quarter of a second at most; what grows with the square takes several."""
    text = HOSTILE[name]
    reading = read((Paragraph((Text(text[: len(text) // 4]),)),))
    assert cpu(lambda: check_reading(reading, Context(PERIOD))) < 1
