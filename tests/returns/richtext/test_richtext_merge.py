"""Joining two texts made from one: what each side changed is in the result, or is put before somebody to choose."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returns.richtext import Blocks, chosen, clean, common, joined, merge, to_html, to_text

THOROUGH = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def blocks(html: str) -> Blocks:
    return clean(html).blocks


def paragraphs(*texts: str) -> Blocks:
    return blocks("".join(f"<p>{text}</p>" for text in texts))


def bullets(*items: str) -> Blocks:
    return blocks(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")


def together(base: Blocks, mine: Blocks, theirs: Blocks) -> str | None:
    found = joined(merge(base, mine, theirs))
    return None if found is None else to_text(found)


A, B, C = "We asked.", "They told us.", "We changed it."


@pytest.mark.parametrize(
    ("mine", "theirs", "wanted"),
    [
        ((A, B, C), (A, B, C), (A, B, C)),
        (("Mine.", B, C), (A, B, "Theirs."), ("Mine.", B, "Theirs.")),
        (("Mine.", B, C), (A, "Theirs.", C), ("Mine.", "Theirs.", C)),
        ((A, B, "Mine.", C), ("Theirs.", A, B, C), ("Theirs.", A, B, "Mine.", C)),
        ((A, B, C, "Mine."), (A, B, "Theirs."), (A, B, "Theirs.", "Mine.")),
        ((B, C), (A, B, "Theirs."), (B, "Theirs.")),
        ((A, "Same.", C), (A, "Same.", C), (A, "Same.", C)),
        ((A, B, "Same."), ("Theirs.", B, "Same."), ("Theirs.", B, "Same.")),
    ],
)
def test_changes_of_different_passages_fit_together(mine, theirs, wanted) -> None:
    assert together(paragraphs(A, B, C), paragraphs(*mine), paragraphs(*theirs)) == to_text(
        paragraphs(*wanted)
    )


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ((A, "Mine.", C), (A, "Theirs.", C)),
        ((A, C), (A, "Theirs.", C)),  # one took out what the other worked on
        ((A, B, C, "Mine."), (A, B, C, "Theirs.")),  # nobody knows which comes first
        (("Mine.",), ("Theirs.",)),
    ],
)
def test_changes_of_the_same_passage_have_to_be_chosen(mine, theirs) -> None:
    parts = merge(paragraphs(A, B, C), paragraphs(*mine), paragraphs(*theirs))
    assert joined(parts) is None
    said = to_text(chosen(parts, ["both"] * len(parts)))
    assert all(text in said for text in (*mine, *theirs))


def test_items_of_one_list_are_joined_one_by_one() -> None:
    base, mine = bullets("one", "two", "three"), bullets("one, mine", "two", "three")
    assert together(base, mine, bullets("one", "two", "three", "four")) == to_text(
        bullets("one, mine", "two", "three", "four")
    )
    assert together(base, mine, bullets("one, theirs", "two", "three")) is None


def test_without_knowing_what_they_were_made_from_nothing_is_left_out() -> None:
    mine, theirs = paragraphs(A, "Mine.", C), paragraphs(A, C, "Theirs.")
    assert together(common(mine, theirs), mine, theirs) == to_text(paragraphs(A, "Mine.", C, "Theirs."))


# --- For any texts -------------------------------------------------------------------------------

WORDS = st.sampled_from(["we", "asked", "children", "they", "said", "more", "time", "letters", "calls"])
TEXT = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
BLOCK = st.one_of(
    TEXT.map("<p>{}</p>".format),
    TEXT.map("<h3>{}</h3>".format),
    st.lists(TEXT, min_size=1, max_size=4).map(
        lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
    ),
    TEXT.map("<blockquote><p>{}</p></blockquote>".format),
    st.tuples(TEXT, TEXT).map(lambda it: f"<table><tr><th>{it[0]}<th>b<tr><td>{it[1]}<td>d</table>"),
)


@st.composite
def edited(draw: st.DrawFn, base: list[str]) -> list[str]:
    """The text after some blocks were taken out, put in, or written anew."""
    text = list(base)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(["in", "out", "anew"])):
            case "in":
                text.insert(place, draw(BLOCK))
            case "out":
                del text[place : place + 1]
            case _:
                text[place : place + 1] = [draw(BLOCK)]
    return text


@st.composite
def three_texts(draw: st.DrawFn) -> tuple[Blocks, Blocks, Blocks]:
    base = draw(st.lists(BLOCK, max_size=6))
    mine, theirs = draw(edited(base)), draw(edited(base))
    return blocks("".join(base)), blocks("".join(mine)), blocks("".join(theirs))


def counted(text: Blocks) -> Counter[str]:
    return Counter(to_text(text).split())


@THOROUGH
@given(three_texts())
def test_the_passages_are_the_texts(texts) -> None:
    base, mine, theirs = texts
    parts = merge(*texts)
    assert tuple(block for part in parts for block in part.base) == base
    assert tuple(block for part in parts for block in part.mine) == mine
    assert tuple(block for part in parts for block in part.theirs) == theirs
    assert chosen(parts, ["mine"] * len(parts)) == mine
    assert chosen(parts, ["theirs"] * len(parts)) == theirs


@THOROUGH
@given(three_texts())
def test_no_word_that_either_side_put_in_is_lost(texts) -> None:
    base, mine, theirs = texts
    parts = merge(*texts)
    before = counted(base)
    for result in (joined(parts), chosen(parts, ["both"] * len(parts))):
        if result is not None:
            kept = counted(result)
            for side in (mine, theirs):
                assert not (counted(side) - before) - kept


@THOROUGH
@given(three_texts())
def test_what_one_side_left_alone_becomes_what_the_other_made_of_it(texts) -> None:
    base, mine, _ = texts
    assert joined(merge(base, mine, base)) == mine
    assert joined(merge(base, base, mine)) == mine
    assert joined(merge(base, mine, mine)) == mine


@THOROUGH
@given(three_texts())
def test_it_does_not_matter_who_is_asked(texts) -> None:
    base, mine, theirs = texts
    one, other = joined(merge(base, mine, theirs)), joined(merge(base, theirs, mine))
    if one is not None and other is not None:
        assert counted(one) == counted(other)


@THOROUGH
@given(three_texts())
def test_without_the_text_they_were_made_from_every_word_of_both_is_kept(texts) -> None:
    _, mine, theirs = texts
    parts = merge(common(mine, theirs), mine, theirs)
    kept = counted(chosen(parts, ["both"] * len(parts)))
    assert all(not counted(side) - kept for side in (mine, theirs))


def test_long_texts_are_joined_in_reasonable_time() -> None:
    base = paragraphs(*(f"Paragraph {n} of many." for n in range(2000)))
    mine, theirs = list(base), list(base)
    for n in range(0, 2000, 7):
        mine[n] = paragraphs(f"Mine {n}.")[0]
    for n in range(3, 2000, 7):
        theirs[n] = paragraphs(f"Theirs {n}.")[0]
    result = joined(merge(base, mine, theirs))
    assert result is not None
    said = to_html(result)
    assert all(f"Mine {n}." in said for n in range(0, 2000, 7))
    assert all(f"Theirs {n}." in said for n in range(3, 2000, 7))


@pytest.mark.parametrize(("one", "other"), list(product(["", "<p>a</p>"], repeat=2)))
def test_empty_texts(one: str, other: str) -> None:
    assert joined(merge((), blocks(one), blocks(other))) == blocks(one or other)
