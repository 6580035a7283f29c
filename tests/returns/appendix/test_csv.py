"""Status as CSV: opens in a spreadsheet, and nothing in it is computed."""

import csv
import io

import pytest

from returns.appendix import to_csv


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_cells_come_back_as_they_were():
    rows = [["Police, Midvale", 12], ['The "Vale"', -3], ["two\nlines", 0], ["قلم – ŵ", 1]]
    assert read(to_csv.render(("Agency", "Words"), rows)) == [
        ["Agency", "Words"], *([str(cell) for cell in row] for row in rows),
    ]  # fmt: skip


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_what_would_be_a_formula_is_text(first):
    cell = f"{first}HYPERLINK(A1)"
    assert read(to_csv.render(("A",), [[cell]]))[1] == [f"'{cell}"]
