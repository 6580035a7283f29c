"""What the checks find in what stands around the answers: preface, closing note, commentary and the sentences in the
place of an answer. They are short, so nothing of it is kept but why what could show who somebody is may stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.crypto import salted_hmac

from returns import checks, richtext
from returns.actions.case_studies import TELLING
from returns.actions.checkups import context_of, in_place
from returns.models import Collection, Finding, Frame

# Those that make sense of a text that is no answer: it may announce, and need not say what children told.
RULES = frozenset(
    {*checks.IDENTIFYING, "markup-residue", "unbalanced-bracket", "spelling", "unexpanded-acronym"}
)
COMMENTARY = "Commentary"


@dataclass(frozen=True, slots=True)
class Place:
    """One text around the answers, as the pages call it, and the points in it."""

    title: str
    points: list[Finding]

    @property
    def is_commentary(self) -> bool:
        """Which only a second reader may change."""
        return self.title == COMMENTARY


@dataclass(frozen=True, slots=True)
class Around:
    """The places in which there is something to look at, in reading order; `is_kept` when a coordinator said of these
    very passages why they may stay."""

    frame: Frame
    places: list[Place]
    is_kept: bool = False

    @property
    def points(self) -> list[Finding]:
        return [one for place in self.places for one in place.points]

    @property
    def places_identifying(self) -> list[Place]:
        return [place for place in self.places if any(one.is_blocking for one in place.points)]

    @property
    def identifying(self) -> list[Finding]:
        return [one for one in self.points if one.is_blocking]

    @property
    def others(self) -> list[Finding]:
        return [one for one in self.points if not one.is_blocking]

    @property
    def is_open(self) -> bool:
        return bool(self.identifying) and not self.is_kept

    @property
    def passages(self) -> str:
        """Names all that could show who somebody is by its words, so that a comma or a capital put right changes
        nothing. Two letters could be guessed from a digest that anybody can make, so this one needs the site's secret."""
        said = [
            (place.title, one.rule, one.message, checks.passage_words(one.before + one.quote + one.after))
            for place in self.places
            for one in place.points
            if one.is_blocking
        ]
        return salted_hmac("around the answers", repr(said), algorithm="sha256").hexdigest()

    @property
    def tells_of_one(self) -> bool:
        """Who says that such a passage may stay does not publish it as well."""
        return any(one.rule in TELLING for one in self.identifying)

    def only(self, *, commentary: bool) -> Around:
        """What the author of the commentary, or of all else, can mend."""
        return replace(self, places=[one for one in self.places if one.is_commentary == commentary])


def of(collection: Collection, frame: Frame) -> Around:
    """One query."""
    context = context_of(collection)
    context = replace(context, acronyms={**context.acronyms, **frame.glossary})
    places = (Place(title, list(_points(blocks, context))) for title, blocks in _texts(frame))
    found = Around(frame, [place for place in places if place.points])
    return replace(found, is_kept=bool(found.identifying) and frame.kept_passages == found.passages)


def _points(blocks: richtext.Blocks, context: checks.Context) -> Iterator[Finding]:
    reading = checks.read(blocks)
    return in_place(0, reading.text, checks.check_reading(reading, context, only=RULES).findings)


def _texts(frame: Frame) -> Iterator[tuple[str, richtext.Blocks]]:
    yield "Preface", richtext.parse(frame.preface)
    sentences = (frame.nothing_received, frame.not_agreed, frame.nothing_to_report)
    yield (
        "Sentences in the place of an answer",
        tuple(richtext.Paragraph((richtext.Text(sentence),)) for sentence in sentences),
    )
    yield COMMENTARY, richtext.parse(frame.commentary)
    yield "Closing note", richtext.parse(frame.closing)
