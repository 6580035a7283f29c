"""What a merger of agencies means for the years that are open: both may be asked, and somebody has to decide."""

from __future__ import annotations

from django.db import transaction

from agencies.actions import setup
from agencies.actions.record import record
from agencies.models import Agency, User
from returns.emails import compose
from returns.models import Return
from returns.models.collections import CollectionStage
from returns.workflow import Status


def asked_in_open_years(agency: Agency) -> list[Return]:
    """The agency's returns of all partnerships, in years that are open, but for those that were left out."""
    asked = Return.objects.filter(seat__agency=agency, collection__stage=CollectionStage.OPEN)
    return list(
        asked.exclude(status=Status.EXCLUDED).for_pages().order_by("collection__partnership__name", "pk")
    )


@transaction.atomic
def merge(agency: Agency, *, into: Agency, by: User) -> list[Return]:
    """Merges them, and tells the coordinators of open years in which the agency is asked. Gives the agency's returns
    in years that ask both: what happens to those is the coordinators' to decide."""
    setup.merge(agency, into=into, by=by)
    own = {one.collection_id: one for one in asked_in_open_years(into)}
    both = []
    for one in asked_in_open_years(agency):
        other = own.get(one.collection_id)
        record(
            "merge",
            f"merged {agency.name} into {into.name}" + ("; both are still asked" if other else ""),
            by=by,
            about=one.collection.about,
            partnership=one.collection.partnership,
            agency=agency,
        )
        compose.merged(one, into.name, other, by=by)
        if other:
            both.append(one)
    return both
