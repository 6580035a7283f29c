"""Queries that are put together once. Knows no model.

Django writes the SQL of a query anew at each call: the filters, the joins, every column. For a row or two that costs
several times what the database takes to find them. A function under `@prepared` writes its query in the ordinary way,
with its arguments standing in for the values; the SQL is kept and later calls only fill it in:

    @prepared
    def roles_of(user: int) -> QuerySet[Role]:
        return Role.objects.filter(user=user, ended_at=None)

    roles_of(user=7)  # list[Role]

The arguments are single values (numbers, texts, days, moments, rows that stand for their key), never lists or None, which
would change the SQL; and the function may not look at them. Rows come as the queryset gives them: instances with what
`select_related` brings, or `values_list`; `prefetch_related` is not for here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from copy import copy
from datetime import date, datetime
from functools import cached_property, update_wrapper
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row", covariant=True)


class _Slot(Expression):
    """Stands for a value while the SQL is written, and afterwards for its place among the parameters."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class _Query(Query):
    """A query whose SQL is known."""

    ready: SQLCompiler

    def get_compiler(self, *_: Any, **__: Any) -> SQLCompiler:
        return self.ready


class prepared(Generic[Row]):
    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        update_wrapper(self, build)

    def __call__(self, **values: Any) -> list[Row]:
        """All rows; the arguments by name. A missing one is a KeyError."""
        like, known, sql, slots = self._written
        compiler = copy(known)
        compiler.connection = now = connections[DEFAULT_DB_ALIAS]
        if like.query.select_for_update and now.get_autocommit():
            raise TransactionManagementError("Rows can be held in a transaction only.")
        filled = tuple(
            _in_database(values[one.name], now) if isinstance(one, _Slot) else one for one in slots
        )
        compiler.as_sql = lambda *_, **__: (sql, filled)
        query = copy(compiler.query)
        query.ready = compiler
        rows = type(like)(like.model, query)
        rows._iterable_class, rows._fields = like._iterable_class, like._fields
        return list(rows)

    def first(self, **values: Any) -> Row | None:
        """The one row that there can be, or the first of several."""
        return next(iter(self(**values)), None)

    @cached_property
    def _written(self) -> tuple[Any, Any, str, tuple[Any, ...]]:
        """The queryset, the compiler with what it learnt while it wrote, the SQL, and its parameters with their slots."""
        names = inspect.signature(self._build).parameters
        like = self._build(**{name: _Slot(name) for name in names})
        compiler = Query.get_compiler(like.query.chain(klass=_Query), DEFAULT_DB_ALIAS)
        sql, slots = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        compiler.get_converters = lambda _: converters
        return like, compiler, sql, tuple(slots)


def _in_database(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """As a parameter of SQL. SQLite keeps days and moments as text."""
    if isinstance(value, Model):
        return value.pk
    if value is None or isinstance(value, (list, tuple, set, frozenset)):
        raise TypeError(f"{value!r} would need another query.")
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
