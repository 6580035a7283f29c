"""Owns what each rule is called on a page and why it matters to a reader; knows no answer."""

from typing import NamedTuple


class Wording(NamedTuple):
    title: str
    why: str


# Of a passage that another agency tells, too.
SHARED = Wording(
    "A passage that another agency tells, too",
    "Printed twice in one appendix, it leaves the board in doubt who did it. The agency is not shown this.",
)
WORDING: dict[str, Wording] = {
    "stray-initials": Wording(
        "Initials of a person",
        "The child, the family and those around them know whose initials they are. Once printed they cannot be taken back.",
    ),
    "contact-identifier": Wording(
        "A number, an address or a date of birth",
        "It leads straight to one person or one home.",
    ),
    "case-detail": Wording(
        "A story about one person",
        "Each detail is small by itself. Together they can tell a neighbour, a classmate or a reporter who it is.",
    ),
    "outside-period": Wording(
        "A date outside the period",
        "The board reads this appendix as an account of one year.",
    ),
    "undated": Wording(
        "A time that a reader cannot place",
        "The appendix is read for years, and “last year” is then another year.",
    ),
    "plan-not-action": Wording(
        "A plan where the question asks what was done",
        "The board asks what came of the feedback. A plan can stay, but it does not answer that by itself.",
    ),
    "no-voice-evidence": Wording(
        "Nothing of what children or families said",
        "The question is what you did with their feedback, so a reader looks for it.",
    ),
    "repeated-passage": Wording(
        "A passage that stands twice",
        "Read twice, it looks like a slip, and it takes room from what else you did.",
    ),
    "unexpanded-acronym": Wording(
        "A short form that nobody expands",
        "Board members, and the public, come from other fields.",
    ),
    "markup-residue": Wording(
        "Signs left over from a web page or from Word",
        "They would be printed as they stand.",
    ),
    "spelling": Wording("Spelling", "A slip takes the eye away from what you say."),
    "unbalanced-bracket": Wording(
        "A bracket or quotation mark left open",
        "A reader cannot tell where the quotation or the aside ends.",
    ),
}
