"""Times the checks on answers of ordinary size and on hostile text: python -m tests.returns.checks.benchmark [FILE.json]"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from returns.checks import RULES, Context, check, check_collection, check_reading, read
from returns.richtext import Blocks, Paragraph, Text, clean
from tests.returns.checks.measure import CORPUS, load

PERIOD = (date(2024, 4, 1), date(2025, 3, 31))


def _letters(number: int) -> str:
    """Four capitals, others for each number."""
    return "".join(chr(65 + number // 26**place % 26) for place in range(4))


HOSTILE = {
    "100,000 open brackets": "(" * 100_000,
    "100,000 brackets": "()" * 50_000,
    "100,000 brackets and words": "(a " * 100_000,
    "one word of a megabyte": "a" * 1_000_000,
    "one word of capitals": "A" * 1_000_000,
    "one number of a megabyte": "1" * 1_000_000,
    "10,000 dates": "In May 2024 and on 3 June 2023. " * 5_000,
    "50,000 a.b.": "a.b." * 50_000,
    "50,000 A.B.": "A.B. " * 50_000,
    "100,000 quotation marks": '"' * 100_000,
    "100,000 bullets": "• a " * 100_000,
    "100,000 tags": "<p>" * 100_000,
    "100,000 ampersands": "&a" * 100_000,
    "stops": "." * 500_000,
    "spaces and commas": "a, " * 200_000,
    "acronyms": " ".join(_letters(n) for n in range(20_000)),
    "acronyms in sentences": " ".join(f"the {_letters(n)} team met us and" for n in range(15_000)),
    "acronyms in brackets": " ".join(
        f"Big {_letters(n).title()} Cat ({_letters(n)})." for n in range(10_000)
    ),
    "one acronym": "ABC (abc) " * 50_000,
    "the same sentence": "The team told the child what the plan for the next visit was and why it mattered. "
    * 5_000,
    "quotations": 'We will say "no" to it. ' * 15_000,
    "months and dates": "In May we met them. On 3.6.23 we met. " * 5_000,
    "times": "Last year and recently in May we met. " * 8_000,
    "plans": "We intend to launch a big panel by the end of May and it is hoped that it will help. " * 5_000,
    "what always happens": "If a child will be seen within two days the team will always tell them. " * 6_000,
    "Child A": "Child A was nine and had run off. " * 8_000,
    "a girl": "A girl who was nine in care in Leeds had taken drugs and was raped. " * 5_000,
    "nearly the same": " ".join(
        f"The {chr(97 + n % 26)}{chr(97 + n // 26 % 26)}x team told the child what the plan for the visit was and why it mattered."
        for n in range(5_000)
    ),
    "she": "A boy who was aged nine and she had " * 20_000,
    "will": "We will be and will be and will say " * 20_000,
    "names": "Isla T and " * 60_000,
    "at signs": "a@" * 200_000,
    "hyphens": "a-" * 300_000,
    "unknown words": " ".join(
        f"zq{n}x".translate(str.maketrans("0123456789", "abcdefghij")) for n in range(60_000)
    ),
    "unknown words with a capital": " ".join(
        f"Zq{n}xvab. ".translate(str.maketrans("0123456789", "abcdefghij")) for n in range(20_000)
    ),
}


def cpu(work: Callable[[], object], times: int = 1) -> float:
    """Seconds of CPU, the least of several runs."""
    least = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return least


def ordinary(path: Path | None) -> list[Blocks]:
    """Nine answers of about 2,500 characters: those of a file, or some of the corpus joined."""
    if path:
        source = json.loads(path.read_text(encoding="utf-8"))
        return [clean(each["answer"]).blocks for each in source["returns"]]
    pages = [answer["html"] for answer in load(CORPUS)]
    return [clean("".join(pages[number : number + 5])).blocks for number in range(0, 45, 5)]


def varied(answers: list[Blocks], copies: int) -> list[tuple[Blocks, Context]]:
    """Many answers of many agencies; each copy differs from the others in a word of every paragraph."""
    return [
        (tuple(_marked(block, copy) for block in blocks), Context(PERIOD, agency=f"Agency {copy}.{number}"))
        for copy in range(copies)
        for number, blocks in enumerate(answers)
    ]


def _marked(block: object, copy: int) -> object:
    return Paragraph((*block.inlines, Text(f" Number {copy}."))) if isinstance(block, Paragraph) else block


def main() -> None:
    answers = ordinary(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    contexts = [Context(PERIOD, agency=str(number)) for number in range(len(answers))]
    print(f"{sum(len(read(blocks).text) for blocks in answers):,} characters in {len(answers)} answers")

    def nine() -> None:
        for blocks, context in zip(answers, contexts, strict=True):
            check(blocks, context)

    nine()
    print(f"all rules over {len(answers)} answers: {1000 * cpu(nine, 9):.0f} ms")
    for copies in (8, 17, 34):
        many = varied(answers, copies)
        print(
            f"a collection of {len(many)} answers: {cpu(lambda many=many: check_collection(many), 2):.2f} s"
        )
    for name, text in HOSTILE.items():
        reading = read((Paragraph((Text(text),)),))
        seconds = cpu(lambda reading=reading: check_reading(reading, contexts[0]))
        slow = []
        if seconds > 0.5:
            for rule, run in RULES.items():
                again = read((Paragraph((Text(text),)),))
                slow.append(f"{rule} {cpu(lambda run=run, again=again: list(run(again, contexts[0]))):.2f}")
        print(f"{name:30} {len(text):9,} characters {seconds:6.2f} s {', '.join(slow)}")


if __name__ == "__main__":
    main()
