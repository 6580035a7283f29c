"""The JSON against its published schema, which refuses what is not in it."""

import json
from pathlib import Path

import jsonschema
import pytest

from returns.appendix import to_json
from returns.appendix.document import VERSION
from tests.returns.appendix.examples import FURTHER, SAMPLE, SCRIPTS, WIDE, document, real, section
from tests.returns.importing.sample import needs_real

SCHEMA = json.loads((Path(to_json.__file__).parent / "appendix.schema.json").read_text(encoding="utf-8"))


def check(content: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(content))


def test_every_document_keeps_to_it():
    check(to_json.render(document()))
    check(
        to_json.render(
            document(
                section("A", SAMPLE, FURTHER + SCRIPTS + WIDE, ""),
                section("B", nil_reason="None."),
                preview="Preview.",
            )
        )
    )


@needs_real
def test_the_real_answers_keep_to_it():
    check(to_json.render(real()))


def test_it_has_the_version_that_is_written():
    assert SCHEMA["properties"]["version"] == {"const": VERSION}
    assert SCHEMA["$id"].endswith(f":{VERSION}")


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"version": 1},
        {"sections": [{"agency": "A"}]},
        {"period": ["2021-04-01"]},
        {"title": None},
    ],
)
def test_it_refuses_what_is_not_in_it(change):
    data = json.loads(to_json.render(document())) | change
    with pytest.raises(jsonschema.ValidationError):
        check(json.dumps(data))
