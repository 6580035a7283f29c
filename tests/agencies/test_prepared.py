"""Queries that are put together once find what the same queries find when they are put together each time."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Partnership, Role, RoleKind, Seat, User
from agencies.prepared import prepared
from tests.agencies import factories as make

pytestmark = pytest.mark.django_db


def of_user(user: User) -> QuerySet[Role]:
    return Role.objects.filter(user=user, ended_at=None)


def with_places(partnership: str, kind: str) -> QuerySet[Role]:
    found = Role.objects.filter(partnership__slug=partnership, kind=kind)
    return found.select_related("partnership", "seat__agency", "user").order_by("-pk")


def began_since(moment: datetime, user: int) -> QuerySet[Role]:
    return Role.objects.filter(began_at__gt=moment).exclude(user=user, began_at__lt=moment)


def joined_before(day: date) -> QuerySet[Seat]:
    return Seat.objects.filter(joined_on__lt=day)


def pairs(partnership: Partnership) -> QuerySet[Role, tuple[int, str]]:
    return Role.objects.filter(partnership=partnership).order_by("pk").values_list("user", "kind")


def keys(words: str) -> QuerySet[User, int]:
    return User.objects.filter(email__startswith=words).order_by("-pk").values_list("pk", flat=True)


def counted(partnership: Partnership) -> QuerySet[Seat]:
    newest = Role.objects.filter(seat=OuterRef("pk")).order_by("-pk").values("user__name")[:1]
    seats = Seat.objects.filter(partnership=partnership).annotate(n=Count("roles"), who=Subquery(newest))
    return seats.filter(Exists(Role.objects.filter(seat=OuterRef("pk"), kind__in=[RoleKind.LEAD])))


def light(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk).defer("password")


def seen(found) -> list:
    """What there is to compare: instances with their columns, and with what was joined."""
    return [
        {**vars(one), "_state": sorted(one._state.fields_cache)} if hasattr(one, "_state") else one
        for one in found
    ]


def asked(cast) -> list[tuple]:
    today, now = timezone.localdate(), timezone.now()
    return [
        (of_user, {"user": cast.lead}),
        (of_user, {"user": cast.board.pk}),
        (with_places, {"partnership": cast.partnership.slug, "kind": RoleKind.LEAD}),
        (with_places, {"partnership": "O'Brien; 100% --", "kind": "lead"}),
        (began_since, {"moment": now - timedelta(days=1), "user": cast.lead.pk}),
        (began_since, {"moment": now + timedelta(days=1), "user": cast.lead.pk}),
        (joined_before, {"day": today + timedelta(days=1)}),
        (joined_before, {"day": date(1999, 1, 1)}),
        (pairs, {"partnership": cast.partnership}),
        (keys, {"words": cast.lead.email[:3]}),
        (keys, {"words": "%"}),
        (counted, {"partnership": cast.partnership}),
        (light, {"pk": cast.lead.pk}),
    ]


def test_rows_are_those_of_the_query_itself(cast):
    once = {build: prepared(build) for build, _ in asked(cast)}
    some = 0
    for _ in range(2):  # the second time with SQL that is known
        for build, values in asked(cast):
            expected = seen(build(**values))
            assert seen(once[build](**values)) == expected
            assert seen([once[build].first(**values)]) == (expected[:1] or [None])
            some += len(expected)
    assert some > 20


def test_one_query_and_none_to_put_it_together(cast):
    find = prepared(with_places)
    find(partnership="", kind="")
    with CaptureQueriesContext(connection) as queries:
        [lead] = [
            one for one in find(partnership=cast.partnership.slug, kind="lead") if one.user == cast.lead
        ]
        assert (lead.seat.agency.name, lead.user.name) == (cast.police.name, cast.lead.name)
    assert len(queries) == 1


def test_what_is_new_is_found(cast):
    find = prepared(of_user)
    before = find(user=cast.board)
    Role.objects.filter(user=cast.board).update(ended_at=timezone.now())
    assert (len(before), find(user=cast.board)) == (1, [])
    assert cast.board.roles.count() == 1


def test_rows_can_be_held_for_a_change(cast):
    @prepared
    def held(pk: int) -> QuerySet[Role]:
        return Role.objects.select_for_update(of=("self",)).select_related("user").filter(pk=pk)

    [role] = cast.lead.active_roles
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        assert held.first(pk=role.pk) == role
    assert ("FOR UPDATE" in queries[0]["sql"]) == (connection.vendor == "postgresql")


@pytest.mark.django_db(transaction=True)
def test_rows_are_not_held_without_a_transaction():
    @prepared
    def held(pk: int) -> QuerySet[User]:
        return User.objects.select_for_update().filter(pk=pk)

    with transaction.atomic():
        assert held(pk=0) == []
    with pytest.raises(transaction.TransactionManagementError):
        held(pk=0)


@pytest.mark.parametrize("value", [None, [1], (1, 2), {1}])
def test_what_would_be_another_query_is_refused(value):
    with pytest.raises(TypeError, match="another query"):
        prepared(of_user)(user=value)


def test_every_value_is_asked_for():
    with pytest.raises(KeyError, match="kind"):
        prepared(with_places)(partnership="luton")


@pytest.mark.django_db(transaction=True)
def test_threads_have_connections_of_their_own():
    people = [make.administrator(f"Person {n}") for n in range(4)]
    find, found = prepared(light), {}

    def ask(person: User) -> None:
        try:
            found[person.pk] = {find.first(pk=person.pk).name for _ in range(50)}
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[person]) for person in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == {person.pk: {person.name} for person in people}
