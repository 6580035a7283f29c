"""manage.py check_answers: reads answers from a file, a line of JSON each, and writes what the checks find in them."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from returns.checks import Checked, Context, as_received, check, check_collection
from returns.question import STANDARD_QUESTION
from returns.richtext import Blocks, TooMuch

FIELDS = ("id", "agency", "html", "period")


class Command(BaseCommand):
    help = (
        "Checks answers in a JSON Lines file and writes a line of JSON for each point found. Nothing is kept."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            help='lines of {"id", "agency", "html", "period": [first day, last day]}; - reads standard input',
        )
        parser.add_argument(
            "--together",
            action="store_true",
            help="the lines are one collection: also find what two agencies say alike",
        )

    def handle(self, *, file: str, together: bool, **options: Any) -> None:
        missing: set[str] = set()
        for identifier, checked in self._checked(file, together):
            missing |= set(checked.not_checked)
            for finding in checked.findings:
                line = {
                    "id": identifier,
                    "rule": finding.rule,
                    "severity": finding.severity,
                    "quote": finding.quote,
                    "start": finding.start,
                    "end": finding.end,
                    "message": finding.message,
                }
                self.stdout.write(json.dumps(line, ensure_ascii=False))
        if missing:
            self.stderr.write(f"Not checked: {', '.join(sorted(missing))} (there is no dictionary).")

    def _checked(self, file: str, together: bool) -> Iterator[tuple[Any, Checked]]:
        answers = self._answers(file)
        if together:
            collection = list(answers)
            results = check_collection((blocks, context) for _, blocks, context in collection)
            yield from (
                (identifier, result) for (identifier, _, _), result in zip(collection, results, strict=True)
            )
        else:
            yield from ((identifier, check(blocks, context)) for identifier, blocks, context in answers)

    def _answers(self, file: str) -> Iterator[tuple[Any, Blocks, Context]]:
        with self._opened(file) as lines:
            try:
                for number, line in enumerate(lines, start=1):
                    if line.strip():
                        yield _answer(line, number)
            except UnicodeDecodeError as error:
                raise CommandError(f"{file} is not UTF-8 text. Save it as UTF-8 and try again.") from error

    def _opened(self, file: str) -> Any:
        if file == "-":
            stream: TextIO = sys.stdin
            return nullcontext(stream)
        try:
            return Path(file).open(encoding="utf-8-sig")
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def _answer(line: str, number: int) -> tuple[Any, Blocks, Context]:
    try:
        answer = json.loads(line)
    except ValueError as error:
        raise CommandError(f"Line {number} is not JSON: {error}.") from error
    if not isinstance(answer, dict):
        raise CommandError(f"Line {number} is not an object. It needs: {', '.join(FIELDS)}.")
    absent = [name for name in FIELDS if name not in answer]
    if absent:
        raise CommandError(f"Line {number} lacks: {', '.join(absent)}.")
    if not isinstance(answer["html"], str) or not isinstance(answer["agency"], str):
        raise CommandError(f"Line {number}: agency and html must be text.")
    try:
        blocks = as_received(answer["html"])
    except TooMuch as error:
        raise CommandError(f"Line {number}: {error}") from error
    period = _period(answer["period"], number)
    context = Context(period=period, agency=answer["agency"], question_wordings=(STANDARD_QUESTION,))
    return answer["id"], blocks, context


def _period(period: Any, number: int) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(day) for day in period)
    except (TypeError, ValueError) as error:
        raise CommandError(
            f'Line {number}: period must be two days, as in ["2024-04-01", "2025-03-31"].'
        ) from error
    if last < first:
        raise CommandError(f"Line {number}: the period ends before it begins.")
    return first, last
