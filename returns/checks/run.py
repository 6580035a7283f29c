"""Owns running the rules over answers; knows what each rule looks for from its own file only."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from returns.richtext import Block

from . import (
    case_detail,
    contact_identifier,
    markup_residue,
    no_voice_evidence,
    outside_period,
    plan_not_action,
    repeated_passage,
    spelling,
    stray_initials,
    unbalanced_bracket,
    undated,
    unexpanded_acronym,
)
from .context import Context
from .findings import Finding, Severity
from .passages import Passages
from .reading import Reading, read


class Rule(Protocol):
    """A pure function of one answer, read once for all rules."""

    def __call__(self, reading: Reading, context: Context) -> Iterator[Finding]: ...


RULES: Mapping[str, Rule] = {
    module.RULE: module.check
    for module in (
        stray_initials,
        contact_identifier,
        case_detail,
        outside_period,
        undated,
        plan_not_action,
        no_voice_evidence,
        repeated_passage,
        unexpanded_acronym,
        markup_residue,
        spelling,
        unbalanced_bracket,
    )
}
# What could show who somebody is.
IDENTIFYING = (stray_initials.RULE, contact_identifier.RULE, case_detail.RULE)
_WEIGHT: Mapping[Severity, int] = {"blocking": 0, "warning": 1, "hint": 2}


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules found in an answer, in the order of the text, and which of them could not be run."""

    findings: tuple[Finding, ...]
    not_checked: tuple[str, ...] = ()


def check(blocks: Sequence[Block], context: Context) -> Checked:
    """All rules over the blocks of one answer."""
    return check_reading(read(blocks), context)


def check_reading(reading: Reading, context: Context, *, only: Collection[str] = RULES) -> Checked:
    """All rules, or only some, over one answer that was read already."""
    rules = [rule for name, rule in RULES.items() if name in only]
    findings = [finding for rule in rules for finding in rule(reading, context)]
    missing = () if spelling.is_available() or spelling.RULE not in only else (spelling.RULE,)
    return Checked(tuple(sorted(findings, key=_order)), missing)


def check_collection(answers: Iterable[tuple[Sequence[Block], Context]]) -> list[Checked]:
    """All rules over the answers of a collection, each knowing the sentences of the others. About linear in time."""
    read_once = [(read(blocks), context) for blocks, context in answers]
    sentences = Passages()
    for reading, context in read_once:
        for sentence, words in zip(reading.prose, reading.words, strict=True):
            sentences.add(context.agency, sentence.text, words)
    return [check_reading(reading, replace(context, others=sentences)) for reading, context in read_once]


def _order(finding: Finding) -> tuple[int, int, int, str]:
    return finding.start, finding.end, _WEIGHT[finding.severity], finding.rule + finding.message
