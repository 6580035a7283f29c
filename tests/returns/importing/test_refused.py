"""Every way a file can be wrong: one message with the place, and nothing written."""

import json
import os

import pytest
from django.core.management import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import User
from tests.returns.importing.sample import (
    EMAIL,
    everything,
    run,
    run_approved,
    sample,
    with_report,
    with_returns,
    write,
)

pytestmark = pytest.mark.django_db


def refused(path, *options, **kwargs) -> str:
    """The message. Something is in the database already, and stays as it is."""
    User.objects.get_or_create(email="somebody@example.org", defaults={"name": "Somebody"})
    before = everything()
    with pytest.raises(CommandError) as no:
        run(path, *options, **kwargs)
    assert everything() == before
    return str(no.value)


# --- The file ------------------------------------------------------------------------------------


def test_no_file(tmp_path):
    assert (
        refused(tmp_path / "none.json")
        == f"{tmp_path}/none.json: There is no such file.\nNothing was imported."
    )


def test_a_folder(tmp_path):
    assert f"{tmp_path}: This is a folder." in refused(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = write(tmp_path, sample())
    path.chmod(0)
    assert "not allowed to read" in refused(path)


def test_a_path_that_goes_through_a_file(tmp_path):
    assert "cannot be read: Not a directory" in refused(write(tmp_path, sample()) / "more.json")


def test_a_name_no_file_can_have():
    assert "not the name of a file" in refused("a\x00b.json")
    assert "cannot be read: File name too long" in refused("a" * 5000)


def test_not_utf8(tmp_path):
    path = tmp_path / "latin.json"
    path.write_bytes('{"title":\n "Café"}'.encode("latin-1"))
    assert "line 2, byte 6: this is not UTF-8" in refused(path)
    path.write_bytes(json.dumps(sample()).encode("utf-16"))
    assert "line 1, byte 1: this is not UTF-8" in refused(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1, column 1: this is not JSON"),
        ('{"title": "x",\n  oops}', "line 2, column 3: this is not JSON"),
        ('{"title": NaN}', "NaN is not a JSON value"),
        ('{"title": ' + "9" * 5000 + "}", "not JSON that can be read"),
        ('{"title": "one", "title": "two"}', "The key 'title' stands twice"),
        ("[" * 200_000, "nested too deeply"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
    ],
)
def test_not_json(tmp_path, text, message):
    path = tmp_path / "bad.json"
    path.write_text(text)
    assert message in refused(path)


def test_too_large(tmp_path):
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert "larger than 20 MB" in refused(path)
    path.write_text(json.dumps(sample()) + " " * (20 * 1024 * 1024))
    assert "larger than 20 MB" in refused(path)


def test_without_end():
    assert "larger than 20 MB" in refused("/dev/zero")


# --- Its shape -----------------------------------------------------------------------------------

TOP = sample()


def collection(**changes):
    return sample(collection=TOP["collection"] | changes)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "The file must be an object, but it is a list."),
        (None, "The file must be an object, but it is null."),
        ({}, "collection is missing."),
        (sample(collection=[]), "collection must be an object, but it is a list."),
        (collection(label=3), "collection.label must be a text, but it is a number."),
        (collection(label=" "), "collection.label is empty."),
        (collection(label="x" * 61), "collection.label is too long: it has 61 characters, and at most 60"),
        (collection(name="x" * 121), "collection.name is too long"),
        (collection(report="2021-22 " + "x" * 120), "collection.report is too long"),
        (collection(partnership="x" * 201), "collection.partnership is too long"),
        (
            collection(partnership="Here\x1b[2J"),
            "collection.partnership holds a character that cannot be printed",
        ),
        (sample(title=None), "title must be a text, but it is null."),
        (sample(title="a\x00"), "title holds a NUL character"),
        (sample(question=True), "question must be a text, but it is true or false."),
        (sample(question="x" * 1001), "question is too long: it has 1001 characters, and at most 1000"),
        (sample(question="What\x00?"), "question holds a NUL character (U+0000)"),
        (sample(question="What\ud800?"), "question holds a character that cannot be printed (U+D800)"),
        (sample(returns={}), "returns must be a list, but it is an object."),
        (sample(returns=[]), "returns holds no return"),
        (sample(returns=["x"]), "returns[0] must be an object, but it is a text."),
        (sample(returns=[*TOP["returns"], {"agency": "X"}]), "returns[5].answer is missing."),
        (sample(returns=[{"answer": "<p>x</p>"}]), "returns[0].agency is missing."),
        (with_returns((1.5, "x")), "returns[0].agency must be a text, but it is a number."),
        (with_returns(("\n ", "x")), "returns[0].agency is empty."),
        (with_returns(("x" * 201, "x")), "returns[0].agency is too long"),
        (with_returns(("A\x00B", "x")), "returns[0].agency holds a NUL character"),
        (
            with_returns(("A\u202eB", "x")),
            "returns[0].agency holds a character that cannot be printed (U+202E)",
        ),
        (with_returns(("A", ["x"])), "returns[0].answer must be a text, but it is a list."),
        (with_returns(("A", "x"), ("B", "")), "returns[1].answer (B): the answer is empty."),
        (
            with_returns(("A", "<p> &nbsp;<br></p><ul><li></li></ul>")),
            "returns[0].answer (A): the answer is empty.",
        ),
        (with_returns(("A", "<script>x</script><!-- y -->")), "returns[0].answer (A): the answer is empty."),
        (with_returns(("A", "<p>one\x00two</p>")), "returns[0].answer holds a NUL character"),
        (with_returns(("A", "<ul><li>" * 1000 + "x")), "returns[0].answer (A): This text has lists"),
        (with_returns(("A", "x" * 1_000_001)), "returns[0].answer (A): This text is too long"),
        (
            with_returns(("Some Agency", "x"), ("B", "y"), ("some  AGENCY ", "z")),
            "returns[2].agency: “some AGENCY” stands here a second time, after returns[0].",
        ),
    ],
)
def test_wrong_shape(tmp_path, data, message):
    path = write(tmp_path, data)
    said = refused(path)
    assert said.startswith(f"{path}: ")
    assert message in said


@pytest.mark.parametrize(
    ("report", "message"),
    [
        ("Yearly Report", "does not say which year"),
        ("Yearly Report 2023", "does not say which year"),
        ("Yearly Report 2023-25", "does not say which year"),
        ("Yearly Report 2023-24-25 x12023-24", ""),
        ("Plan 0123-24", "does not say which year"),
        ("Yearly Report 2023-24, compared with 2022-23", "more than one year"),
    ],
)
def test_no_year(tmp_path, report, message):
    path = write(tmp_path, with_report(report))
    if message:
        assert message in refused(path)
        assert "collection.report" in refused(path)
    else:
        run(path)


# --- The options ---------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["", "East Mere", "a/b", "é", "x" * 61, "help", "account", "a\x00"])
def test_no_short_name(tmp_path, slug):
    assert "cannot be a partnership’s short name" in refused(write(tmp_path, sample()), partnership=slug)


def test_approving_needs_somebody(tmp_path):
    assert "--approve needs --by" in refused(write(tmp_path, sample()), "--approve")
    assert "needs --approve" in refused(write(tmp_path, sample()), "--by", EMAIL, "--dismiss", "Printed")


@pytest.mark.parametrize(
    "email", ["una", "una@", f"{'u' * 64}@{'x' * 60}.{'y' * 60}.{'z' * 60}.{'w' * 20}.org"]
)
def test_no_address(tmp_path, email):
    assert "e-mail address" in refused(write(tmp_path, sample()), "--by", email)


def test_control_characters_in_options(tmp_path):
    assert "NUL" in refused(write(tmp_path, sample()), "--approve", "--by", EMAIL, "--dismiss", "a\x00")


# --- Anything at all -----------------------------------------------------------------------------

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
html = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<ul>",
            "<li>",
            "<ol start=x>",
            "• ",
            "1. ",
            "<table><td>",
            "&amp;",
            "&#0;",
            "<",
            "word ",
            "\ud83d",
        ]
    )
    | st.text(max_size=5),
    max_size=12,
).map("".join)
entry = st.fixed_dictionaries(
    {}, optional={"agency": st.text(max_size=12) | json_values, "answer": html | json_values}
)


@st.composite
def almost_right(draw):
    """The sample with some of its parts replaced by anything."""
    data = sample()
    for key in draw(st.sets(st.sampled_from(["title", "collection", "question", "returns"]), max_size=1)):
        data[key] = draw(json_values)
    if isinstance(data["collection"], dict):
        for key in draw(st.sets(st.sampled_from(["label", "report", "name", "partnership"]), max_size=1)):
            data["collection"] = data["collection"] | {key: draw(json_values | st.text(max_size=10))}
    if isinstance(data["returns"], list):
        data["returns"] = data["returns"][:1] + draw(st.lists(entry, max_size=3))
    return data


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(json_values, almost_right()))
def test_anything_is_taken_in_or_refused(tmp_path, data):
    path = write(tmp_path, data)
    before = everything()
    try:
        run_approved(path)
    except CommandError:
        assert everything() == before
