"""The rules hold what they promise on the project's own labelled answers."""

import pytest

from returns.checks import RULES, as_received, read
from returns.checks.dictionary import is_available
from tests.returns.checks.measure import CORPUS, Count, load, measure

FLOOR = 0.9


@pytest.fixture(scope="module")
def counts() -> dict[str, Count]:
    return measure(load(CORPUS))


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_finds_nine_in_ten_and_is_right_nine_times_in_ten(
    rule: str, counts: dict[str, Count]
) -> None:
    count = counts[rule]
    assert count.tp >= 8, "the corpus is too small for this rule"
    assert count.recall >= FLOOR, count.wrong
    assert count.precision >= FLOOR, count.wrong


def test_there_is_a_dictionary() -> None:
    assert is_available(), "without it spelling is not checked, and nobody would notice"


def test_every_label_is_in_the_text_of_its_answer() -> None:
    for answer in load(CORPUS):
        text = read(as_received(answer["html"])).text
        for label in [*answer["labels"], *answer.get("ambiguous", [])]:
            assert label["rule"] in RULES
            assert label["quote"] in text, answer["id"]
