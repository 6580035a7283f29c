"""The commands that finish and check what was published."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from returns.actions import editions
from returns.appendix.errors import RenderError
from returns.appendix.files import FORMATS
from returns.models import Edition, EditionFile
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db


def run(command: str) -> str:
    out = io.StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_render_editions_makes_what_is_missing_and_then_nothing(cast: Cast) -> None:
    players.publish(cast)
    assert run("render_editions") == "Luton Partnership, Edition 1 of 2025-26: files made.\n"
    assert EditionFile.objects.count() == 5
    assert run("render_editions") == ""


def test_render_editions_names_what_cannot_be_made(cast: Cast, monkeypatch) -> None:
    players.publish(cast)
    fails = FORMATS["pdf"].__class__(lambda document: (_ for _ in ()).throw(RenderError("No.")), "")
    monkeypatch.setitem(FORMATS, "pdf", fails)
    with pytest.raises(CommandError, match="Luton Partnership: PDF of Edition 1 of 2025-26"):
        run("render_editions")


def test_verify_editions_finds_all_as_it_was(cast: Cast) -> None:
    assert run("verify_editions") == "0 editions and 0 files are as they were published.\n"
    players.publish(cast)
    run("render_editions")
    assert run("verify_editions") == "1 editions and 5 files are as they were published.\n"


def test_verify_editions_names_what_was_touched(cast: Cast) -> None:
    edition = players.publish(cast)
    run("render_editions")
    EditionFile.objects.filter(format="html").update(content=b"<p>Another text.</p>")
    edition.document["title"] = "Another title"
    Edition.objects.filter(pk=edition.pk).update(document=edition.document)
    with pytest.raises(CommandError) as error:
        run("verify_editions")
    assert error.value.returncode == 1
    assert str(error.value) == (
        "Not as it was published:\n"
        "- Luton Partnership, Edition 1 of 2025-26: the text\n"
        "- Luton Partnership, Edition 1 of 2025-26: Web page"
    )


# --- export_appendix --edition --------------------------------------------------------------------


def export(cast: Cast, *options: str) -> str:
    out = io.StringIO()
    place = (cast.partnership.slug, cast.collection.slug)
    call_command("export_appendix", *place, *options, stdout=out)
    return out.getvalue()


def test_an_edition_is_exported_as_it_was_published(cast: Cast, tmp_path) -> None:
    players.publish(cast)
    run("render_editions")
    file = EditionFile.objects.get(format="pdf")
    path = tmp_path / "appendix.pdf"
    said = export(cast, "--edition", "1", "--format", "pdf", "--output", str(path))
    assert said == f"{path}: edition 1, SHA-256 {file.sha256}.\n"
    assert path.read_bytes() == bytes(file.content)
    text = bytes(EditionFile.objects.get(format="txt").content).decode()
    assert export(cast, "--edition", "1", "--format", "txt", "--output", "-") == text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--edition", "2"], "The 2025-26 return has no edition 2. There is: 1."),
        (["--edition", "1"], "This file is still to be made. Run: manage.py render_editions"),
        (
            ["--edition", "1", "--preview"],
            "An edition is written as it was published. Leave the other options out.",
        ),
    ],
)
def test_an_edition_that_cannot_be_exported(cast: Cast, options: list[str], sentence: str) -> None:
    players.publish(cast)
    with pytest.raises(CommandError) as error:
        export(cast, *options, "--format", "txt", "--output", "-")
    assert str(error.value) == sentence


def test_a_withdrawn_edition_is_not_exported(cast: Cast) -> None:
    editions.withdraw(players.publish(cast), because="A slip.", by=cast.coordinator)
    with pytest.raises(CommandError, match=r"^Edition 1 is withdrawn\.$"):
        export(cast, "--edition", "1", "--format", "txt", "--output", "-")
