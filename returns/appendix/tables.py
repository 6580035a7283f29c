"""How wide the columns of a table are, the same in every format with pages."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from returns.richtext import Cell, Table, Text


def shares(table: Table) -> list[float]:
    """Of each column, adding up to 1: by the square root of its text, but not less than its longest word asks for."""
    rows = (table.header, *table.rows)
    wanted = [_wanted([row[column] for row in rows]) for column in range(len(table.header))]
    return [one / sum(wanted) for one in wanted]


def _wanted(cells: Sequence[Cell]) -> float:
    texts = ["".join(each.text for each in cell.inlines if isinstance(each, Text)) for cell in cells]
    longest = max((len(word) for text in texts for word in text.split()), default=1)
    average = sum(map(len, texts)) / len(texts)
    return max(sqrt(average) * 3, min(longest, 24) + 2.0, 5.0)
