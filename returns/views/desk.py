"""Where an answer is written: the agency's own page, or a coordinator's for what came by e-mail. Names the pages that
belong together, who may sit there, and which action saves. Shows nothing itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db.models import QuerySet
from django.http import HttpRequest

from agencies.errors import NotNow
from agencies.models import User
from agencies.prepared import prepared
from returns import permissions
from returns.actions import drafting, typing_in
from returns.actions.drafting import Saved
from returns.models import Answer, Question, Return, WordFile
from returns.models.said_before import Source, sources_for
from returns.views.keeping import Way
from returns.views.scope import (
    own_return,
    person,
    place,
    place_for_readers,
    question_or_404,
    return_or_404,
)
from returns.workflow import TRANSITIONS, Status

_COPY = Way("Copy the text below, so that you have it.")


@dataclass(frozen=True)
class Desk(ABC):
    """One person with one answer before them."""

    user: User
    agency_return: Return
    question: Question

    edit: ClassVar[str]  # the names of the pages
    autosave: ClassVar[str]
    watch: ClassVar[str]
    merge: ClassVar[str]
    word: ClassVar[str]
    word_file: ClassVar[str]
    back: ClassVar[str]
    for_agency: ClassVar[bool]  # somebody else writes down what the agency said
    label: ClassVar[str]  # what is said above the text

    @classmethod
    @abstractmethod
    def at(cls, request: HttpRequest, number: int, **address: str) -> Self:
        """For somebody who may sit there; else 404 or 403."""

    @abstractmethod
    def keep(self, **values: Any) -> Saved:
        """By the action that is this person's; raises NotNow."""

    @abstractmethod
    def closed(self) -> str:
        """How the return stands when nothing can be written here now, or ""."""

    @abstractmethod
    def ways_on(self) -> tuple[Way, ...]:
        """What the person can do with a text that cannot be saved any more."""

    @abstractmethod
    def place(self, *last: tuple[str, str]) -> dict[str, Any]: ...

    @cached_property
    def answer(self) -> Answer | None:
        """As it stood when it was first asked for, before anything was kept here."""
        return _answer.first(agency_return=self.agency_return, question=self.question)

    @property
    def field(self) -> dict[str, Any]:
        """What the field for the text says of itself."""
        return {"label": self.label, "suggested_words": self.question.suggested_words}

    @property
    def edit_url(self) -> str:
        return self._url(self.edit)

    @property
    def save_url(self) -> str:
        return self._url(self.autosave)

    @property
    def watch_url(self) -> str:
        return self._url(self.watch)

    @property
    def merge_url(self) -> str:
        return self._url(self.merge)

    @property
    def word_url(self) -> str:
        return self._url(self.word)

    @property
    def points_url(self) -> str:
        """Where a script asks what in the text could show who somebody is, or "" where nobody is told."""
        return ""

    @property
    def back_url(self) -> str:
        return self.agency_return.url(self.back)

    @property
    def earlier_url(self) -> str:
        """Where the earlier texts are shown, or "" for those who may not see them."""
        return ""

    def _url(self, page: str, *more: object) -> str:
        return self.agency_return.url(page, self.question.position, *more)

    def said_before(self) -> list[Source]:
        """Earlier texts of the agency that this person may bring over; none for who is not of the agency."""
        return []

    def word_file_url(self, word_file: WordFile) -> str:
        return self._url(self.word_file, word_file.pk)


class AgencyDesk(Desk):
    """The agency's people at their own answer."""

    edit, autosave, watch, merge = "answer_edit", "answer_autosave", "answer_watch", "answer_merge"
    word, word_file, back = "answer_word", "answer_word_file", "agency_return"
    for_agency = False
    label = "Your answer"

    @classmethod
    def at(cls, request: HttpRequest, number: int, **address: str) -> Self:
        user, found = own_return(request, **address)
        return cls(user, found, question_or_404(found.collection, number))

    def keep(self, **values: Any) -> Saved:
        return drafting.save_answer(self.agency_return, self.question, by=self.user, **values)

    def closed(self) -> str:
        return "" if self.agency_return.waits_for_agency else self.agency_return.page.label

    def place(self, *last: tuple[str, str]) -> dict[str, Any]:
        return place(self.agency_return, *last)

    @property
    def earlier_url(self) -> str:
        return self._url("answer_earlier")

    @property
    def points_url(self) -> str:
        return self._url("answer_points")

    def said_before(self) -> list[Source]:
        return sources_for(self.user, self.agency_return)

    def ways_on(self) -> tuple[Way, ...]:
        found = self.agency_return
        if not found.collection.is_open:
            return _COPY, Way("The partnership has closed this year’s return. Write to its coordinator.")
        if found.state == Status.SUBMITTED:
            return _COPY, self._way_back()
        if found.state == Status.EXCLUDED:
            return _COPY, Way(
                "Your agency is left out this year. Ask the partnership’s coordinator if that is a mistake."
            )
        return _COPY, Way(
            "Ask the partnership to open the return for changes.",
            "Ask to change it",
            found.url("ask_reopening"),
        )

    def _way_back(self) -> Way:
        if permissions.may_move(self.user, self.agency_return, TRANSITIONS["take_back"]):
            return Way(
                "Take the return back and paste it. You can until its review begins.",
                "Take it back",
                self.agency_return.url("move", "take-back"),
            )
        return Way("Ask the person responsible to take the return back. They can until its review begins.")


class TypingDesk(Desk):
    """A coordinator with an answer that the agency sent by e-mail."""

    edit, autosave, watch, merge = "type_in_answer", "type_in_autosave", "type_in_watch", "type_in_merge"
    word, word_file, back = "type_in_word", "type_in_word_file", "type_in"
    for_agency = True
    label = "The agency’s answer"

    @classmethod
    def at(cls, request: HttpRequest, number: int, **address: str) -> Self:
        user, found = typed_return(request, **address)
        return cls(user, found, question_or_404(found.collection, number))

    def keep(self, **values: Any) -> Saved:
        return typing_in.type_in(self.agency_return, self.question, by=self.user, **values)

    def closed(self) -> str:
        if not self.agency_return.waits_for_agency:
            return self.agency_return.page.label
        return "Being written by the agency itself" if closed_to_typing(self.agency_return) else ""

    def place(self, *last: tuple[str, str]) -> dict[str, Any]:
        crumb = ("Type in an answer", self.agency_return.url("type_in"))
        return place_for_readers(self.agency_return, crumb, *last)

    def ways_on(self) -> tuple[Way, ...]:
        return _COPY, Way("See how the return stands now.", "The return", self.agency_return.url("review"))


@prepared
def _answer(agency_return: Return, question: Question) -> QuerySet[Answer]:
    there = Answer.objects.filter(agency_return=agency_return, question=question)
    return there.select_related("saved_by").order_by()


def typed_return(request: HttpRequest, partnership: str, collection: str, agency: str) -> tuple[User, Return]:
    """The person and the return for which they may type in an answer."""
    user = person(request)
    found = return_or_404(user, partnership, collection, agency)
    permissions.require(user, found, TRANSITIONS["submit_for_agency"].by)
    return user, found


def closed_to_typing(found: Return) -> str:
    """Why nothing can be typed in now, or ""."""
    try:
        drafting.refuse_unless_pen(found)
        typing_in.refuse_if_agency_writes(found)
    except NotNow as no:
        return str(no)
    return ""
