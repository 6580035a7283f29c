"""Counts how the rules do on labelled answers: python -m tests.returns.checks.measure [--split held-out] [FILE.jsonl …]"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from returns.checks import RULES, Context, Finding, as_received, check
from returns.question import STANDARD_QUESTION

CORPUS = Path(__file__).parent / "corpus.jsonl"


@dataclass
class Count:
    """Findings that are labelled, findings that are not, and labels that nothing found."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0


def load(path: Path, split: str | None = None) -> list[dict]:
    answers = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [answer for answer in answers if split is None or answer.get("split") == split]


def findings_of(answer: dict) -> tuple[Finding, ...]:
    first, last = (date.fromisoformat(day) for day in answer["period"])
    context = Context(period=(first, last), agency=answer["agency"], question_wordings=(STANDARD_QUESTION,))
    return check(as_received(answer["html"]), context).findings


def measure(answers: Iterable[dict]) -> dict[str, Count]:
    """A finding meets a label of its rule when one quotation holds the other; each label is met once.

    Findings and labels that a labeller called ambiguous are not counted.
    """
    counts: dict[str, Count] = defaultdict(Count)
    for answer in answers:
        found = Counter((finding.rule, finding.quote) for finding in findings_of(answer))
        labels = [(label["rule"], label["quote"]) for label in answer["labels"]]
        unsure = [(label["rule"], label["quote"]) for label in answer.get("ambiguous", [])]
        left = list(found.elements())
        for rule, quote in labels:
            met = next((each for each in left if each[0] == rule and _meet(each[1], quote)), None)
            if met:
                left.remove(met)
                counts[rule].tp += 1
            else:
                counts[rule].fn += 1
                counts[rule].wrong.append(f"{answer['id']} missed: {quote!r}")
        for rule, quote in left:
            if not any(rule == other and _meet(quote, text) for other, text in unsure):
                counts[rule].fp += 1
                counts[rule].wrong.append(f"{answer['id']} not labelled: {quote!r}")
    return counts


def _meet(one: str, other: str) -> bool:
    if not one or not other:
        return one == other
    one, other = " ".join(one.split()), " ".join(other.split())
    return one in other or other in one


def table(counts: dict[str, Count]) -> str:
    lines = [f"{'rule':20} {'tp':>4} {'fp':>4} {'fn':>4} {'precision':>10} {'recall':>7}"]
    for rule in RULES:
        count = counts.get(rule, Count())
        lines.append(
            f"{rule:20} {count.tp:4} {count.fp:4} {count.fn:4} {count.precision:10.2f} {count.recall:7.2f}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[CORPUS])
    parser.add_argument(
        "--split",
        choices=[
            "development",
            "held-out",
            "by another",
            "unseen 1",
            "unseen 2",
            "unseen 3",
            "unseen 4",
            "unseen 5",
            "unseen 6",
            "unseen 7",
            "unseen 8",
            "unseen 9",
            "unseen 10",
            "unseen 11",
            "unseen 12",
        ],
    )
    parser.add_argument("--wrong", action="store_true", help="list what was missed and what was not labelled")
    options = parser.parse_args()
    for path in options.files:
        counts = measure(load(path, options.split))
        print(f"{path.name} {options.split or ''}\n{table(counts)}\n")
        if options.wrong:
            for rule, count in counts.items():
                for line in count.wrong:
                    print(f"  {rule}: {line}")


if __name__ == "__main__":
    main()
