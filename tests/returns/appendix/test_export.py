"""The command that writes the appendix to a file: when it may, where it may, and whole or not at all."""

import io
import json

import docx
import pytest
from django.core.management import CommandError, call_command

from agencies.models import User
from returns.actions.moves import move
from returns.models import Return
from tests.returns.appendix.reading import HtmlFile
from tests.returns.importing.sample import ANSWERS, EMAIL, run, run_approved, sample, write

pytestmark = pytest.mark.django_db


def export(*options: str, where: tuple[str, str] = ("eastmere", "2021-22"), kind: str = "json") -> str:
    out = io.StringIO()
    call_command("export_appendix", *where, "--format", kind, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def approved(tmp_path):
    run_approved(write(tmp_path, sample()))


@pytest.fixture
def half(tmp_path):
    """Three are approved, one is left out, one is on hold."""
    run_approved(write(tmp_path, sample()))
    by = User.objects.get(email=EMAIL)
    move(Return.objects.get(name="ESMH"), "exclude", by=by, reason="Not this year")
    move(Return.objects.get(name="Eastmere Police"), "hold", by=by, reason="A name in it")


def test_writes_the_file(approved, tmp_path):
    path = tmp_path / "appendix.json"
    path.write_text("what was here before")
    assert export("--output", str(path)) == f"{path}: 5 agencies.\n"
    assert [one["agency"] for one in json.loads(path.read_text())["sections"]] == list(ANSWERS)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["appendix.json", "returns.json"]


def test_the_files_mode_is_that_of_any_new_file(approved, tmp_path):
    export("--output", str(tmp_path / "a.json"))
    (tmp_path / "b").touch()
    assert (tmp_path / "a.json").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_writes_to_standard_output(approved, capfdbinary):
    call_command("export_appendix", "eastmere", "2021-22", "--format", "txt", "--output", "-")
    assert capfdbinary.readouterr().out.decode().startswith("Appendix D: Eastmere")
    assert json.loads(export("--output", "-"))["preview"] == ""


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_writes_pdf_and_word(approved, kind, start, tmp_path, capfdbinary):
    path = tmp_path / f"appendix.{kind}"
    assert export("--output", str(path), kind=kind) == f"{path}: 5 agencies.\n"
    assert path.read_bytes().startswith(start)
    call_command("export_appendix", "eastmere", "2021-22", "--format", kind, "--output", "-")
    assert capfdbinary.readouterr().out == path.read_bytes()


def test_writes_a_word_file_to_be_put_into_the_report(approved, tmp_path):
    path = tmp_path / "part.docx"
    export("--output", str(path), "--inserted", "--heading", "2", kind="docx")
    styles = {one.style.name for one in docx.Document(str(path)).paragraphs}
    assert "Heading 2" in styles and "Heading 1" not in styles
    assert len(docx.Document(str(path)).sections) == 1


@pytest.mark.parametrize("options", [["--inserted"], ["--heading", "2"]])
def test_only_word_files_are_put_into_others(approved, options):
    with pytest.raises(CommandError, match="docx only"):
        export("--output", "-", *options, kind="html")


def test_an_output_for_text_takes_no_pdf(approved):
    with pytest.raises(CommandError, match="takes text only"):
        export("--output", "-", kind="docx")


def test_a_pdf_that_cannot_be_made_leaves_no_file(approved, tmp_path, monkeypatch):
    monkeypatch.setattr("returns.appendix.to_pdf._template", lambda: "#nothing")
    with pytest.raises(CommandError, match="The PDF could not be made"):
        export("--output", str(tmp_path / "a.pdf"), kind="pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_refuses_what_is_unfinished_and_names_it(half, tmp_path):
    path = tmp_path / "appendix.json"
    with pytest.raises(CommandError) as no:
        export("--output", str(path))
    assert "1 of 4 returns is not approved:\n- Eastmere Police: On hold\n" in str(no.value)
    assert not path.exists()


def test_names_what_was_never_begun(tmp_path):
    run(write(tmp_path, sample()))
    Return.objects.filter(name="ESMH").update(status="draft", active_at=None)
    with pytest.raises(CommandError, match=r"5 of 5 returns are not approved:(.|\n)*- ESMH: Not started"):
        export("--output", "-")


@pytest.mark.parametrize("kind", ["html", "txt", "json"])
def test_a_preview_holds_what_is_approved(half, kind, tmp_path):
    path = tmp_path / "preview"
    out = export("--output", str(path), "--preview", kind=kind)
    line = "Preview, not published: 3 of 4 returns are approved."
    assert line in out
    content = path.read_text()
    assert content.count(line) == 1
    assert "chose the paint" not in content
    assert "listening hour" not in content
    assert "drew what she was afraid of" in content


def test_a_preview_of_nothing(tmp_path):
    run(write(tmp_path, sample()))
    page = HtmlFile(export("--output", "-", "--preview", kind="html"))
    assert page.sections == []
    assert "No return is approved yet" in page.outside


def test_what_is_finished_is_no_preview(approved):
    assert "Preview" not in export("--output", "-", "--preview", kind="txt")


@pytest.mark.parametrize(
    ("where", "message"),
    [
        (("westmere", "2021-22"), "no partnership with the short name “westmere”"),
        (("eastmere", "2022-23"), "has no return called “2022-23”. There is: 2021-22."),
    ],
)
def test_unknown(approved, where, message):
    with pytest.raises(CommandError, match=message):
        export("--output", "-", where=where)


def test_no_agency_is_asked(approved):
    by = User.objects.get()
    for one in Return.objects.all():
        move(one, "exclude", by=by, reason="Not this year")
    with pytest.raises(CommandError, match="No agency is asked"):
        export("--output", "-")


def test_where_it_cannot_be_written(approved, tmp_path):
    (tmp_path / "file").write_text("kept")
    for output, message in [
        (tmp_path / "none" / "a.json", "cannot be written: No such file or directory"),
        (tmp_path / "file" / "a.json", "cannot be written: Not a directory"),
        (tmp_path, "is a folder"),
        ("a\x00b", "is not the name of a file"),
        ("/proc/a.json", "cannot be written"),
        ("x" * 300, "File name too long"),
    ]:
        with pytest.raises(CommandError, match=message):
            export("--output", str(output))
    assert (tmp_path / "file").read_text() == "kept"


def test_a_failed_write_leaves_the_old_file(approved, tmp_path, monkeypatch):
    path = tmp_path / "appendix.json"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CommandError, match="No space left on device"):
        export("--output", str(path))
    assert path.read_text() == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["appendix.json", "returns.json"]
