"""Which agencies have no answer in the appendix because they hold the pen, and what became of theirs: nothing was sent,
it was sent and is not agreed yet, or it is published already and was opened again."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import QuerySet

from returns.models.collections import Collection
from returns.models.editions import Edition
from returns.models.returns import Return
from returns.models.writing import Revision
from returns.workflow import PEN, Status


class Gap(StrEnum):
    NOTHING_SENT = "nothing_sent"
    NOT_AGREED = "not_agreed"
    OPENED_AGAIN = "opened_again"


def gaps(collection: Collection) -> dict[int, Gap]:
    """By return, of those whose agency holds the pen. Costs a fixed number of queries."""
    return _gaps(collection, collection.returns.filter(status__in=PEN))


def gap_of(agency_return: Return) -> Gap | None:
    """None while the partnership has it, or it is approved or left out."""
    if agency_return.state not in PEN:
        return None
    found = Return.objects.filter(pk=agency_return.pk)
    return _gaps(agency_return.collection, found)[agency_return.pk]


def last_edition(collection: Collection) -> Edition | None:
    """Of the highest number, withdrawn or not."""
    return collection.editions.order_by("number").last()


def published_in(agency_return: Return) -> Edition | None:
    """The last edition, withdrawn or not, if the agency's own answer stands in it."""
    last = last_edition(agency_return.collection)
    return last if last and agency_return.name in last.answered_by_agencies else None


def _gaps(collection: Collection, returns: QuerySet[Return]) -> dict[int, Gap]:
    sent = Revision.objects.for_readers().filter(agency_return__in=returns)
    received = set(sent.order_by().values_list("agency_return", flat=True))
    last = last_edition(collection)
    published = last.answered_by_agencies if last else frozenset()
    return {one.pk: _gap(one, one.pk in received, one.name in published) for one in returns}


def _gap(agency_return: Return, is_received: bool, is_published: bool) -> Gap:
    """What was taken back before anybody read it counts as not sent; so it is said to the partnership, too."""
    if is_published:
        return Gap.OPENED_AGAIN
    if is_received or agency_return.state == Status.CHANGES_REQUESTED:
        return Gap.NOT_AGREED
    return Gap.NOTHING_SENT
