"""When a passage still stands, and when it has become another."""

import pytest

from returns.checks import Place, as_received, case_studies, read, same_words, settle, version


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He recieved a letter.", "He received a letter"),
        ("They told us: “yes”.", "They told us, 'Yes'."),
        ("We organize a well-being day", "We organise a wellbeing day!"),
        ("thier behavior had changed", "their behaviour had changed"),
        ("J.D. came", "JD came"),
    ],
)
def test_punctuation_and_spelling_leave_it_standing(before: str, after: str) -> None:
    assert same_words(before, after)
    assert same_words(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a boy of four", "a boy for"),
        ("a boy of 14", "a boy of 15"),
        ("a girl of fourteen", "a boy of fourteen"),
        ("her brother was hurt", "her mother was hurt"),
        ("he came to Luton", "he came to London"),
        ("TJ came", "TK came"),
        ("a boy came", "a boy aged nine came"),
    ],
)
def test_another_word_makes_it_another_passage(before: str, after: str) -> None:
    assert not same_words(before, after)


def test_without_a_dictionary_one_slip_in_a_long_word_is_allowed(monkeypatch) -> None:
    monkeypatch.setattr("returns.checks.anchors.is_available", lambda: False)
    assert same_words("they recieved it", "they received it")
    assert not same_words("a shot", "a shop")


def test_short_passages_need_their_surroundings() -> None:
    dog = Place("TJ", "Our therapy dog ", " lies under the table.")
    mended = Place("TJ", "our therapy dog, ", ", lies under the table")
    child = Place("TJ", "The social worker wrote to ", " and his mother.", 2)
    assert settle([mended, child], [dog]) == [0, None]
    assert settle([child], [dog]) == [None]
    assert settle([Place("TJ")], [Place("TJ")]) == [0]


def test_long_passages_may_move_and_each_reason_holds_one_of_them() -> None:
    sentence = "We will meet the families’ group each month."
    kept = Place(sentence, "One. ", " Two.")
    moved = Place("We will meet the families' group each month", "Seven. ", "")
    again = Place(sentence, "One. ", " Two.", 2)
    assert settle([moved], [kept]) == [0]
    assert settle([moved, again], [kept]) == [None, 0]
    assert settle([Place("We will not meet the families’ group each month.")], [kept]) == [None]


def test_a_point_about_the_whole_answer_is_settled_by_its_rule() -> None:
    assert settle([Place("")], [Place("")]) == [0]
    assert settle([], [Place("")]) == []


def test_a_case_study_is_all_that_is_told_of_one_person() -> None:
    html = (
        "<p>We met each month. A girl of 15 in foster care had taken an overdose. She was placed in Kent.</p>"
        "<p>Children chose the paint.</p>"
    )
    reading = read(as_received(html))
    [(start, end)] = case_studies(reading)
    told = reading.text[start:end]
    assert told.startswith("A girl of 15")
    assert told.endswith("placed in Kent.")


def test_the_rules_have_a_name_that_stays() -> None:
    assert version() == version() != ""
