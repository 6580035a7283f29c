"""The registers of a partnership: acronyms, preferred names of services, and words of the field. Every partnership
begins with the lists beside this file, and sets its own over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import Partnership, User
from agencies.prepared import prepared


class TermKind(models.TextChoices):
    ACRONYM = "acronym", "Acronym"
    NAME = "name", "Name of a service"
    WORD = "word", "Word of the field"


class TermQuerySet(models.QuerySet["Term"]):
    def accepted(self) -> TermQuerySet:
        return self.filter(accepted_at__isnull=False)

    def proposed(self) -> TermQuerySet:
        return self.filter(accepted_at=None)


class Term(models.Model):
    """An entry of a register. `meaning` is what an acronym stands for, or what a service is called otherwise, a
    name a line. One that an agency has proposed counts when a coordinator takes it in."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=10, choices=TermKind.choices)
    text = models.CharField(max_length=120)
    meaning = models.TextField(blank=True, max_length=1000)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    in_glossary = models.BooleanField(default=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "text", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "kind", "text"], name="one_term_of_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=TermKind.values), name="term_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=TermKind.ACRONYM) | ~Q(meaning=""), name="acronym_has_expansion"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def variants(self) -> list[str]:
        return [line.strip() for line in self.meaning.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Registers:
    """What holds for one partnership: acronym to expansion, preferred name to its variants, words; and which
    acronyms it leaves out of the glossary."""

    acronyms: dict[str, str]
    names: dict[str, tuple[str, ...]]
    words: tuple[str, ...]
    unprinted: frozenset[str]

    @property
    def glossary(self) -> dict[str, str]:
        return {short: meaning for short, meaning in self.acronyms.items() if short not in self.unprinted}


def registers_of(partnership: Partnership | int) -> Registers:
    """The partnership's own entries over those that everybody begins with. One query."""
    own = _accepted_terms(partnership=partnership)
    acronyms = [one for one in own if one.kind == TermKind.ACRONYM]
    names = [one for one in own if one.kind == TermKind.NAME]
    return Registers(
        starting_acronyms() | {one.text: one.meaning for one in acronyms},
        starting_names() | {one.text: tuple(one.variants) for one in names},
        tuple(one.text for one in own if one.kind == TermKind.WORD),
        frozenset(one.text for one in acronyms if not one.in_glossary),
    )


@prepared
def _accepted_terms(partnership: Partnership | int) -> models.QuerySet[Term]:
    return Term.objects.accepted().filter(partnership=partnership)


@cache
def starting_acronyms() -> dict[str, str]:
    return dict(line.split("  ", 1) for line in _lines("acronyms"))


@cache
def starting_names() -> dict[str, tuple[str, ...]]:
    pairs = (line.split(": ", 1) for line in _lines("services"))
    return {name: tuple(variants.split(", ")) for name, variants in pairs}


def _lines(name: str) -> Iterator[str]:
    file = Path(__file__).parent / "starting" / f"{name}.txt"
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
