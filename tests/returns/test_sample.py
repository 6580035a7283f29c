"""The sample data of the demonstration: a story that could have happened, with something at every stage."""

from __future__ import annotations

import pytest
from django.utils import timezone

from agencies.models import Event, Message
from returns.emails.compose import day
from returns.management.sample.build import build
from returns.models import Collection, Return, Revision
from returns.workflow import RevisionKind, Status

pytestmark = pytest.mark.django_db


def test_it_happens_in_order_and_shows_every_status() -> None:
    began = timezone.now()
    build()
    sent = Revision.objects.filter(kind=RevisionKind.SUBMITTED)
    signed = [(one.signed_off.on, timezone.localdate(one.at)) for one in sent if one.signed_off]
    assert len(signed) == len(sent) > 9
    assert [(on, at) for on, at in signed if on != at] == []
    for times in (Event.objects.values_list("at"), Message.objects.values_list("created_at")):
        assert times and max(at for (at,) in times) < began
    assert {one.status for one in Return.objects.all()} == {*Status}
    year = Collection.objects.get(slug="2024-25")
    opened = Message.objects.filter(kind="opened", about__startswith=year.about).values_list("paragraphs")
    assert opened and year.due_on
    assert all(f"It is due on {day(year.due_on)}." in paragraphs[0] for (paragraphs,) in opened)
