"""Clears a passage from everything that a partnership keeps: the one exception to what is otherwise only added to.

Looks through every text of every model of returns, whichever those are, so that no new one can be forgotten."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from django.apps import apps
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import Event, Partnership, User
from returns import richtext
from returns.actions.collections import locked
from returns.actions.rendering import render_after_commit
from returns.appendix.clearing import clear
from returns.appendix.compile import when
from returns.appendix.document import fingerprint, from_data, to_data, to_the_second
from returns.models import Answer, Collection, Edition, Frame, Return, Revision, Save, WordFile
from returns.models.points import Checkup, Dismissal, Finding

SHORTEST = 3  # letters
_TEXTS = (models.TextField, models.JSONField)
# Short fields in which people write freely. The others hold names, addresses and marks of our own.
_SENTENCES = frozenset({"word", "checked_by", "nothing_received", "nothing_to_report", "approved_meeting"})
# Our own clean HTML always begins with one of these; a text that somebody typed into a plain box does not.
_HTML = re.compile(r"<(?:p|h\d|ul|ol|blockquote|table)[ >]")
_LABELS: dict[type[models.Model], str] = {
    Answer: "Answers as they are now",
    Save: "Earlier texts of answers",
    Revision: "Returns as they were sent, read or approved",
    Edition: "Published editions",
    Frame: "Around the answers",
    Dismissal: "Points that were kept as they are",
    WordFile: "Word files, which are deleted as a whole",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One line of what is shown before the act: in which kind of text, of what, how often."""

    label: str
    where: str
    count: int


@dataclass(frozen=True, slots=True)
class _Change:
    """A row that holds the passage, and its fields without it."""

    row: models.Model
    values: dict[str, Any]
    count: int


def look(collection: Collection, passage: str) -> list[Found]:
    """Where the passage stands in all that the collection's partnership keeps. Changes nothing."""
    count: Counter[tuple[str, str]] = Counter()
    for change in _changes(collection.partnership, passage):
        count[_LABELS.get(type(change.row), "Reasons and remarks"), _where(change.row)] += change.count
    return [Found(label, where, number) for (label, where), number in sorted(count.items())]


@transaction.atomic
def erase(collection: Collection, *, passage: str, because: str, by: User) -> int:
    """Clears the passage everywhere and returns how often it was there. Hashes are made anew and files follow; the
    event says who, when and why, never what."""
    collection = locked(collection, by=by)
    _refuse_careless(passage, because)
    list(
        Return.objects.select_for_update(of=("self",)).filter(collection__partnership=collection.partnership)
    )
    found = list(_changes(collection.partnership, passage))
    for change in found:
        _write(change)
    Checkup.objects.filter(agency_return__in=_returns(found)).delete()  # made anew when it is asked for
    count = sum(change.count for change in found)
    if not count:
        raise NotNow("These words are kept nowhere in this partnership. Check how they are spelt.")
    phrase = "erased a passage from everything that is kept"
    record("erase", phrase, by=by, about=collection.about, partnership=collection.partnership, reason=because)
    return count


def _refuse_careless(passage: str, because: str) -> None:
    if len(richtext.bare(passage)) < SHORTEST:
        raise NotNow(f"Give at least {SHORTEST} letters, or too much would go with them.")
    if richtext.occurrences(because, passage):
        raise NotNow("The reason is kept, so it must not repeat the words. Say why without them.")


# --- Where texts are kept ------------------------------------------------------------------------


def texts() -> Iterator[tuple[type[models.Model], str, list[str]]]:
    """Each model that keeps texts for a partnership, the way from it to the partnership, and its texts."""
    kept: list[type[models.Model]] = [*apps.get_app_config("returns").get_models(), Event]
    for model in kept:
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, _TEXTS) or field.name in _SENTENCES
        ]
        if fields and model is not Finding:  # found anew whenever a text is checked
            yield model, way_to_partnership(model), fields


def way_to_partnership(model: type[models.Model]) -> str:
    """The shortest chain of foreign keys, such as "answer__agency_return__collection__partnership"."""
    waiting: list[tuple[type[models.Model], str]] = [(model, "")]
    seen = {model}
    while waiting:
        at, way = waiting.pop(0)
        for field in at._meta.concrete_fields:
            target = cast(type[models.Model], field.related_model)
            if isinstance(field, models.ForeignKey) and target not in seen:
                longer = f"{way}__{field.name}".lstrip("_")
                if target is Partnership:
                    return longer
                seen.add(target)
                waiting.append((target, longer))
    raise LookupError(f"{model.__name__} keeps texts, and no foreign key leads from it to a partnership.")


def _changes(partnership: Partnership, passage: str) -> Iterator[_Change]:
    """Read as a whole before anything is written: a save may hold pieces of what is found in its answer."""
    found: list[_Change] = []
    for model, way, fields in texts():
        rows = model._default_manager.filter(**{way: partnership})
        found += (change for row in rows.iterator() if (change := _change(row, fields, passage)))
    yield from (change for change in found if not isinstance(change.row, Save | Dismissal))
    yield from _saves(found, passage)
    yield from _kept_points(found, passage)


def _change(row: models.Model, fields: list[str], passage: str) -> _Change | None:
    held = {name: getattr(row, name) for name in fields}
    if not isinstance(row, Edition) and not any(_may_hold(value, passage) for value in held.values()):
        return None
    values, count = {}, 0
    for name, value in held.items():
        cleared, times = _document(value, passage) if _is_document(row, name) else _cleared(value, passage)
        if times:
            longest = getattr(row._meta.get_field(name), "max_length", None)
            values[name] = cleared[:longest] if isinstance(cleared, str) else cleared
            count += times
    return _Change(row, values, count) if count else None


def _is_document(row: models.Model, name: str) -> bool:
    return isinstance(row, Edition) and name == "document"


def _saves(found: list[_Change], passage: str) -> Iterator[_Change]:
    """Every save of an answer in which the passage was found: it was typed letter by letter."""
    answers = {row.pk for change in found if isinstance(row := change.row, Answer)}
    answers |= {row.answer_id for change in found if isinstance(row := change.row, Save)}
    for save in Save.objects.filter(answer__in=answers).select_related("answer__agency_return__collection"):
        blocks, count = richtext.clear_blocks(richtext.parse(save.html), passage)
        blocks, pieces = richtext.clear_pieces(blocks, passage)
        if count or pieces:
            yield _Change(save, {"html": richtext.to_html(blocks)}, count or 1)


def _kept_points(found: list[_Change], passage: str) -> Iterator[_Change]:
    """A point names its place by the words and some of those around it, so it may hold the passage in pieces."""
    for point in Dismissal.objects.filter(agency_return__in=_returns(found)):
        if richtext.holds_piece(f"{point.before}{point.quote}{point.after} {point.message}", passage):
            values = {"quote": richtext.REMOVED, "before": "", "after": "", "message": richtext.REMOVED}
            reason, _ = richtext.clear_text(point.reason, passage)
            yield _Change(point, values | {"reason": reason}, 1)


def _returns(found: list[_Change]) -> set[int]:
    """The returns in whose texts the passage was found."""
    rows = [change.row for change in found]
    returns = {row.agency_return_id for row in rows if isinstance(row, Answer | Revision | Dismissal)}
    return returns | {row.answer.agency_return_id for row in rows if isinstance(row, Save)}


def _may_hold(value: object, passage: str) -> bool:
    """A quick look that lets most texts pass by; an address in a link is looked at in any case."""
    text = value if isinstance(value, str) else str(value)
    return "href" in text or _letters(passage) in _letters(text)


def _letters(text: str) -> str:
    plain = re.sub(r"<[^>]+>|\\[nrt]", "", html.unescape(text))
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", plain).casefold())


# --- Clearing ------------------------------------------------------------------------------------


def _cleared(value: Any, passage: str) -> tuple[Any, int]:
    """A text, or data that holds texts."""
    if isinstance(value, str):
        return _html(value, passage) if _HTML.match(value) else richtext.clear_text(value, passage)
    if isinstance(value, list):
        parts = [_cleared(one, passage) for one in value]
        return [part for part, _ in parts], sum(count for _, count in parts)
    if isinstance(value, dict):
        texts, count = _cleared(list(value.values()), passage)
        return dict(zip(value, texts, strict=True)), count
    return value, 0


def _html(value: str, passage: str) -> tuple[str, int]:
    blocks, count = richtext.clear_blocks(richtext.parse(value), passage)
    return richtext.to_html(blocks) if count else value, count


def _document(data: dict[str, Any], passage: str) -> tuple[dict[str, Any], int]:
    """An edition says on its face that something was taken out of it, and when."""
    document, count = clear(from_data(data), passage)
    now = timezone.now()
    note = f"A passage was removed from this edition on {when(timezone.localdate(now))}"
    return to_data(replace(document, imprint=(*document.imprint, note), as_of=to_the_second(now))), count


def _write(change: _Change) -> None:
    row, values = change.row, change.values
    if isinstance(row, WordFile):
        row.delete()
        return
    if isinstance(row, Answer):
        values["words"] = richtext.count_words(richtext.parse(values["html"]))
        _step_on(row, values["html"])
    if isinstance(row, Edition) and "document" in values:
        values["sha256"] = fingerprint(values["document"])
    type(row)._default_manager.filter(pk=row.pk).update(**values)
    if isinstance(row, Edition) and "document" in values:
        row.files.all().delete()
        render_after_commit(row)


def _step_on(answer: Answer, text: str) -> None:
    """A version of its own, so that a page that is open with the passage in it does not save it again unseen."""
    Save.objects.create(
        answer=answer,
        version=answer.version + 1,
        base_version=answer.version,
        html=text,
        client="erased",
        sequence=answer.version + 1,
        applied=True,
    )
    Answer.objects.filter(pk=answer.pk).update(version=F("version") + 1)


def _where(row: models.Model) -> str:
    """Whose text it is, as people call it."""
    of = row.answer if isinstance(row, Save) else row
    thing = None if isinstance(of, Edition) else getattr(of, "agency_return", getattr(of, "collection", None))
    return str(thing or ("" if isinstance(row, Event) else row))
