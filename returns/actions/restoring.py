"""Brings an earlier text back: as a new save on top of what is there, so that nothing is deleted by it."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction

from agencies.actions.record import record
from agencies.errors import NotNow
from agencies.models import User
from returns import permissions
from returns.actions.drafting import Saved, apply_save, refuse_unless_pen
from returns.actions.moves import locked
from returns.models import Return, Save


@transaction.atomic
def restore(agency_return: Return, save: Save, *, base_version: int, by: User) -> Saved:
    """Makes the text of an earlier save the draft again. If somebody saved since the person looked, nothing changes
    but that both texts are shown, as with every other save."""
    agency_return = locked(agency_return)
    permissions.require_writer(by, agency_return)
    refuse_unless_pen(agency_return)
    answer = save.answer
    if answer.agency_return_id != agency_return.pk:
        raise NotNow("This text belongs to another return.")
    if answer.html == save.html and answer.version == base_version:
        return Saved(answer, True, answer.version)
    saved = apply_save(
        agency_return,
        answer.question,
        html=save.html,
        base_version=base_version,
        client=uuid4().hex,
        sequence=1,
        by=by,
        typed_by=None,
    )
    if saved.applied:
        record(
            "restore",
            "brought an earlier text back",
            by=by,
            about=agency_return.about,
            partnership=agency_return.collection.partnership,
            agency=agency_return.seat.agency,
        )
    return saved
