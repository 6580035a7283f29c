"""What the log says of an error, and what it must not repeat."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, connection

from agencies.models import Event
from lscp.logs import Line

NAME = "Jaden"  # not in the lines of this file that a trace shows


def _logged(error: BaseException) -> str:
    try:
        raise error
    except type(error):
        record = logging.LogRecord("lscp", logging.ERROR, "", 1, "It failed: %s", ("/x/",), sys.exc_info())
    return Line().format(record)


def test_a_line_has_its_time_level_place_and_the_trace():
    said = _logged(ValueError("no such day"))
    assert " ERROR lscp It failed: /x/\nTraceback" in said
    assert said.endswith("ValueError: no such day")


def test_the_values_of_a_row_are_left_out():
    error = IntegrityError(
        "new row violates it\nDETAIL:  Failing row contains (1, <p>Jaden\n\ntold us</p>).\n"
    )
    said = _logged(error)
    assert "new row violates it\nDETAIL: (left out)" in said
    assert NAME not in said
    assert "told us" not in said


def test_what_came_of_an_error_is_still_traced():
    try:
        try:
            raise IntegrityError(f"refused\nDETAIL:  Key (name)=({NAME}).")
        except IntegrityError as first:
            raise ValueError("so it was not kept") from first
    except ValueError as second:
        said = _logged(second)
    assert NAME not in said
    assert "direct cause" in said
    assert "ValueError: so it was not kept" in said


@pytest.mark.django_db(transaction=True)
def test_a_refused_row_of_the_database_is_not_repeated():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite repeats no values.")
    with pytest.raises(IntegrityError) as caught:
        Event.objects.create(act="try", phrase=NAME, by_name="Ann", about=None)
    assert NAME in str(caught.value)
    assert NAME not in _logged(caught.value)


def test_the_site_logs_with_it():
    assert settings.LOGGING["formatters"]["line"] == {"()": "lscp.logs.Line"}
