"""manage.py check_answers as somebody at a terminal meets it."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

GOOD = {"id": "a1", "agency": "Police", "html": "<p>TJ said no.</p>", "period": ["2024-04-01", "2025-03-31"]}


def run(path: Path | str, *options: str) -> list[dict]:
    out = io.StringIO()
    call_command("check_answers", str(path), *options, stdout=out, stderr=io.StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_writes_a_line_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps(GOOD) + "\n\n", encoding="utf-8")
    assert {"id": "a1", "rule": "stray-initials", "severity": "blocking", "quote": "TJ", "start": 0, "end": 2,
            "message": "Whose initials are these?"} in run(file)  # fmt: skip


def test_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(GOOD)))
    assert "TJ" in [finding["quote"] for finding in run("-")]


def test_together_compares_agencies(tmp_path: Path) -> None:
    said = "<p>Parents told both of us that the waiting room at the clinic was cold and far too small.</p>"
    file = tmp_path / "answers.jsonl"
    lines = [json.dumps({**GOOD, "id": agency, "agency": agency, "html": said}) for agency in ("A", "B")]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert run(file) == []
    assert [finding["rule"] for finding in run(file, "--together")] == ["repeated-passage"] * 2


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "Line 2 is not JSON"),
        ("[]", "Line 2 is not an object"),
        (json.dumps({"id": 1, "html": ""}), "Line 2 lacks: agency, period."),
        (json.dumps({**GOOD, "html": 3}), "Line 2: agency and html must be text."),
        (json.dumps({**GOOD, "period": ["2024"]}), "Line 2: period must be two days"),
        (
            json.dumps({**GOOD, "period": ["2025-01-01", "2024-01-01"]}),
            "Line 2: the period ends before it begins.",
        ),
    ],
)
def test_says_which_line_is_wrong(line: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps(GOOD) + "\n" + line, encoding="utf-8")
    with pytest.raises(CommandError) as raised:
        run(file)
    assert str(raised.value).startswith(says)


def test_says_when_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as raised:
        run(tmp_path / "none.jsonl")
    assert "cannot be read: No such file or directory." in str(raised.value)
