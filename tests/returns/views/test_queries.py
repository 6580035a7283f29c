"""Pages cost the same number of queries with one agency and with thirty."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import RoleKind
from returns.actions import collections, comparing, drafting, proofs
from returns.actions.moves import move
from returns.appendix.compile import compile_document
from returns.models import AskKind, Collection, Proof
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

MORE = 29


def with_many(cast: Cast) -> None:
    """Further agencies with the same lead beside their own, in every state."""
    for number in range(MORE):
        seat = factories.seat(cast.partnership, f"Agency No {number}", by=cast.coordinator)
        factories.member(
            cast.partnership, RoleKind.LEAD, seat=seat, email=cast.lead.email, by=cast.coordinator
        )
        one = collections.take_in(cast.collection, seat, by=cast.coordinator)
        _bring(cast, one, number % 4)


def _bring(cast: Cast, one, steps: int) -> None:
    lead = factories.fresh(cast.lead)
    drafting.save_answer(
        one,
        cast.question,
        html=players.TEXT,
        base_version=0,
        client="00000000000000ff",
        sequence=1,
        by=lead,
    )
    if steps == 0:
        drafting.ask(one, kind=AskKind.MORE_TIME, reason="Ill.", by=lead, wanted_on=players.in_days(90))
    if steps > 0:
        drafting.submit(
            one, by=lead, signed_name="D", signed_post="H", signed_on=players.in_days(0), told=players.NOBODY
        )
    if steps > 1:
        move(one, "approve", by=cast.coordinator, read=1)
    if steps > 2:
        move(one, "hold", by=cast.coordinator, reason="A name.")


def object_to_all(cast: Cast) -> None:
    """Each agency whose return is approved objects to its proof."""
    if Proof.objects.of(cast.collection).count() < cast.collection.returns.filter(status="approved").count():
        proofs.send_proofs(cast.collection, answer_by=players.in_days(7), by=cast.coordinator)
    for proof in Proof.objects.of(cast.collection).unanswered():
        proofs.answer_proof(proof, objection="A number.", by=factories.fresh(cast.lead))


def urls(cast: Cast) -> dict[str, tuple[str, str]]:
    """page → (as whom, address)"""
    year = [cast.partnership.slug, cast.collection.slug]
    one = cast.agency_return
    return {
        "home of a coordinator": ("coordinator", reverse("home")),
        "home of a lead": ("lead", reverse("home")),
        "home of a board member": ("board", reverse("home")),
        "partnership of a coordinator": ("coordinator", reverse("partnership", args=year[:1])),
        "partnership of a lead": ("lead", reverse("partnership", args=year[:1])),
        "collection of a coordinator": ("coordinator", reverse("collection", args=year)),
        "collection of a second reader": ("second_reader", reverse("collection", args=year)),
        "history of the collection": ("coordinator", reverse("collection_history", args=year)),
        "agencies of the collection": ("coordinator", reverse("collection_agencies", args=year)),
        "closing": ("coordinator", reverse("collection_close", args=year)),
        "appendix": ("coordinator", reverse("appendix", args=year)),
        "publishing": ("coordinator", reverse("readiness", args=year)),
        "around the answers": ("coordinator", reverse("appendix_frame", args=year)),
        "points around the answers": ("second_reader", reverse("frame_points", args=year)),
        "review of a coordinator": ("coordinator", one.url("review")),
        "review of a second reader": ("second_reader", one.url("review")),
        "return of a lead": ("lead", one.get_absolute_url()),
        "history of the return": ("coordinator", one.url("return_history")),
        "history of the return for its lead": ("lead", one.url("return_history")),
        "people": ("coordinator", reverse("people", args=year[:1])),
        "agencies": ("coordinator", reverse("seats", args=year[:1])),
        "messages": ("coordinator", reverse("messages", args=year[:1])),
    }


def cost(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        act()
    return [query["sql"] for query in queries]


def visit(browser: Client, url: str) -> None:
    assert browser.get(url).status_code == 200


def costs(cast: Cast) -> dict[str, int]:
    players_of = {
        name: players.client(getattr(cast, name))
        for name in ("coordinator", "lead", "board", "second_reader")
    }
    for browser in players_of.values():
        browser.get(reverse("home"))  # the first visit of a session writes it
    object_to_all(cast)
    comparing.bring_up_to_date(cast.collection)  # as is done once after a text has changed
    found = {
        page: len(cost(lambda who=who, url=url: visit(players_of[who], url)))
        for page, (who, url) in urls(cast).items()
    }
    return found | {
        "compile": len(cost(lambda: compile_document(Collection.objects.get(pk=cast.collection.pk))))
    }


def test_thirty_agencies_cost_no_more_queries_than_one(cast: Cast) -> None:
    players.bring_to(cast, "approved")
    drafting.ask(cast.agency_return, kind=AskKind.REOPENING, reason="A slip.", by=cast.lead)
    other = cast.collection.returns.get(seat=cast.other_seat)
    move(other, "exclude", by=cast.coordinator, reason="One is enough.")
    few = costs(cast)
    move(other, "include", by=cast.coordinator, reason="Now many.")
    with_many(cast)
    many = costs(cast)
    assert many == few


def test_no_page_costs_more_than_this(cast: Cast) -> None:
    """A ceiling, with the session and the person included; a page that needs more has a query in a loop."""
    players.bring_to(cast, "approved")
    above = {page: found for page, found in costs(cast).items() if found > 25}
    assert above.pop("publishing") <= 36  # it gathers what is left to do from everywhere
    assert above == {}
