"""Writes docs/workflow.md from the table of transitions: python -m tests.diagram. Knows no database."""

from collections.abc import Iterable
from pathlib import Path

from returns.workflow import ALL, STATUSES, TRANSITIONS, Blocker, Status, Transition, Who

FILE = Path(__file__).resolve().parent.parent / "docs/workflow.md"
WHO = {
    Who.LEAD: "the person responsible in the agency",
    Who.CONTRIBUTOR: "a contributor",
    Who.COORDINATOR: "a coordinator",
    Who.SECOND_READER: "a second reader",
}
BLOCKERS = {
    Blocker.NOT_OPEN: "the year’s return is not open",
    Blocker.EMPTY_ANSWER: "a question has no answer, and “nothing to report” is not said",
    Blocker.NO_SIGN_OFF: "nobody is named who signed it off in the agency",
    Blocker.NOT_DECLARED: "nobody said whether it tells of an individual child or family",
    Blocker.NOT_NEWEST: "something newer came in since the page was opened",
    Blocker.UNCONFIRMED: "the agency has not confirmed what was typed in for it",
    Blocker.SEPARATION: "the same person wrote or sent it, or has a part in the agency",
    Blocker.OPEN_POINT: "a point that could show who somebody is is neither mended nor kept with a reason",
    Blocker.CASE_STUDY: "a case study has not been read by a second person, or they say that it cannot be printed like this",
    Blocker.LIVE_CASE: "nobody knows whether a court case, an inquest or a review is live, or who was asked about it",
}
INTRO = """# The life of a return

This page is written from `TRANSITIONS` in `returns/workflow.py` by `python -m tests.diagram`; a test holds it current.
No status changes but by a row of that table. The same row gives the button and its label, says who may press it, what
stands in the way, who is told by e-mail, and whether the whole return is kept as it stood.
"""


EDITIONS = """## From approved returns to an edition

What is approved is published as a numbered edition, which never changes. These acts stand in `returns/actions/editions.py` and `erasing.py`.

| button | by | not while | afterwards |
|---|---|---|---|
| It is ready | a coordinator | the year’s return is open; nothing is approved; a return was sent and is not approved, or is on hold; nothing is different from the edition before | the others who may publish are told; a change of the text undoes it |
| Publish it now | a coordinator or a second reader, with fresh proof of who they are | they said themselves that it is ready and somebody else could publish; its day has not come; the text has changed since; it is not said who approved it for the partners, what is corrected, and that it may be published without the returns that are missing | text, number and hash are frozen in one transaction; the files follow; board and agencies are told |
| Withdraw it now | a coordinator | no reason is given | nobody can read it, nor another edition of the year or one that holds the same passage; board and agencies are told |
| Erase it everywhere | a coordinator, with fresh proof of who they are | no reason is given, or it repeats the words | “[removed]” stands in every text, hashes and files are made anew, an edition says that something was removed; the history says who, when and why, never what |
"""


def mermaid() -> str:
    """Every move as an arrow; leaving out and taking in again, which all statuses share, as one each."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {status}: {STATUSES[status].label}" for status in Status]
    lines.append(f"    [*] --> {Status.DRAFT}")
    for row in TRANSITIONS.values():
        if row.sources == ALL - {Status.EXCLUDED}:
            lines.append(f"    note right of {row.target}: from every status, by “{row.label}”")
            continue
        for source in Status:
            if source in row.sources:
                lines.append(f"    {source} --> {row.target or '[*]'}: {row.label}")
    return "\n".join(lines)


def table() -> str:
    head = "| button | from | to | by | not while | asks | tells | keeps the text |\n|---|---|---|---|---|---|---|---|"
    return "\n".join([head, *map(_line, TRANSITIONS.values())])


def _line(row: Transition) -> str:
    everywhere = row.sources == ALL - {Status.EXCLUDED}
    cells = (
        row.label,
        "every other" if everywhere else _list(STATUSES[one].label for one in Status if one in row.sources),
        STATUSES[row.target].label if row.target else "where it was before",
        _list(WHO[one] for one in Who if one in row.by),
        _list((BLOCKERS[one] for one in Blocker if one in row.needs), "; "),
        row.reason,
        _list(WHO[one] for one in Who if one in row.tells),
        "yes" if row.keeps else "",
    )
    return f"| {' | '.join(cells)} |"


def _list(parts: Iterable[str], between: str = ", ") -> str:
    return between.join(parts)


def page() -> str:
    return f"{INTRO}\n```mermaid\n{mermaid()}\n```\n\n{table()}\n\n{EDITIONS}"


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
