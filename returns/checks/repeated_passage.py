"""Owns the rule that looks for sentences said twice, in an answer or in another agency's."""

from collections.abc import Iterator

from .context import Context
from .findings import Finding
from .passages import FEWEST_WORDS, Passage, Passages, alike, words_of
from .reading import Reading, Sentence

RULE = "repeated-passage"
_MOST = 100


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each sentence like an earlier one, and for the coordinators one for each like another agency's,
    which repeats no word of that other answer."""
    seen = Passages()
    questions = [words_of(wording) for wording in context.question_wordings]
    found = 0
    for sentence, words in zip(reading.prose, reading.words, strict=True):
        if any(_is_question(words, question) for question in questions):
            continue
        if found < _MOST and (earlier := _earlier(seen, sentence, words)):
            found += 1
            yield _finding(
                context,
                sentence,
                f"This says nearly the same as an earlier sentence: “{_short(earlier.text)}”.",
            )
        seen.add("", sentence.text, words)
        if len(words) >= FEWEST_WORDS and (
            other := next(context.others.like(words, but=context.source or context.agency), None)
        ):
            name = context.names.get(other.source, other.source)
            yield _finding(context, sentence, f"{name} says nearly the same.", other=other.source)


def _finding(context: Context, sentence: Sentence, message: str, *, other: str = "") -> Finding:
    advice = (
        "Ask which agency did this, and keep it in one of the answers."
        if other
        else "Keep the one that says it better and delete the other."
    )
    span = (sentence.start, sentence.end, sentence.text)
    return Finding(RULE, "warning", context.question, *span, message, advice, other)


def _earlier(seen: Passages, sentence: Sentence, words: tuple[str, ...]) -> Passage | None:
    """The sentence as a whole, or what it says after a colon."""
    tail = words_of(sentence.text.partition(": ")[2])
    return next(seen.like(words), None) or (next(seen.like(tail), None) if tail else None)


def _is_question(words: tuple[str, ...], question: tuple[str, ...]) -> bool:
    return words == question or alike(words, question)


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:89].rsplit(" ", 1)[0] + " …"
