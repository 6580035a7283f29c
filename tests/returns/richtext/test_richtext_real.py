"""The real appendix and passages, where they lie beside the project: every word arrives, every list ends."""

import json
import re
from pathlib import Path

import pytest

from returns.richtext import (
    BulletList,
    Heading,
    Paragraph,
    clean,
    from_simple,
    parse,
    to_html,
    to_simple,
    to_text,
    visible_text,
)

REAL = Path(__file__).parents[3].parent / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the real appendix is not here")


def answers() -> dict[str, str]:
    if not REAL.exists():
        return {}
    appendix = json.loads((REAL / "appendix_c_2023_24.json").read_text())
    passages = map(json.loads, (REAL / "passages_sample.jsonl").read_text().splitlines())
    return {each["agency"]: each["answer"] for each in appendix["returns"]} | {
        each["id"]: each["html"] for each in passages
    }


ANSWERS = answers()


def words(text: str) -> list[str]:
    return [word for word in text.split() if any(character.isalnum() for character in word)]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_word_of_a_real_answer_arrives(name: str) -> None:
    expected = words(visible_text(ANSWERS[name]))
    cleaned = clean(ANSWERS[name])
    assert words(visible_text(cleaned.html)) == expected
    assert words(to_text(cleaned.blocks)) == expected
    assert words(to_text(cleaned.blocks, width=72)) == expected
    assert clean(from_simple(to_simple(cleaned.blocks))).blocks == cleaned.blocks
    assert to_html(parse(cleaned.html)) == cleaned.html == clean(cleaned.html).html


@pytest.mark.parametrize("name", ANSWERS)
def test_no_mark_up_is_left_in_a_real_answer(name: str) -> None:
    blocks = clean(ANSWERS[name]).blocks
    text = "\n".join(re.sub(r"^ *\u2022 ", "", line) for line in to_text(blocks).split("\n"))
    assert not re.search(r"</?[a-z]+|&[a-z#0-9]+;|[\u2022\u00b7]|^ *[-\u2013] ", text, re.MULTILINE)


def test_the_lists_of_the_real_answers_end_where_they_should() -> None:
    shapes = {name: [type(block) for block in clean(ANSWERS[name]).blocks] for name in ANSWERS}
    assert shapes["ELFT"] == [Paragraph, BulletList] + [Paragraph] * 10
    assert shapes["Bedfordshire Police"] == [Paragraph, BulletList]
    assert shapes["Bedfordshire Hospitals Foundation Trust"] == [Paragraph] * 11 + [
        BulletList,
        Paragraph,
        Paragraph,
    ]
    assert shapes["Youth Partnership Service"].count(Heading) == 2

    listed = clean(ANSWERS["ELFT"]).blocks[1]
    assert isinstance(listed, BulletList)
    assert [[type(block) for block in item.blocks] for item in listed.items] == [[Paragraph, BulletList]] + [
        [Paragraph]
    ] * 5
    assert clean(ANSWERS["ELFT"]).changes == (
        "7 typed bullets became list items",
        "1 list was closed where it ends",
    )
