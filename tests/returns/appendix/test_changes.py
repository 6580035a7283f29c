"""What is different between two documents, chapter by chapter."""

from __future__ import annotations

from dataclasses import replace

from returns import richtext
from returns.appendix.changes import changes
from returns.appendix.document import Document, Part, Section
from tests.returns.appendix.examples import document, framed, section


def found(before: Document, after: Document) -> list[tuple[str, str]]:
    return [(one["name"], one["what"]) for one in changes(before, after)]


A, B, C = (section(name, f"<p>{name} listened.</p>") for name in ("Police", "Fire", "Health"))


def test_the_same_is_no_change_whatever_its_imprint() -> None:
    assert found(framed(), replace(framed(), imprint=("Edition 3",), preview="Preview.")) == []


def test_added_changed_and_removed() -> None:
    other = section("Fire", "<p>Fire did not listen.</p>")
    assert found(document(A, B), document(other, C)) == [
        ("Fire", "changed"),
        ("Health", "added"),
        ("Police", "removed"),
    ]


def test_a_late_return() -> None:
    missing = Section("fire", "Fire", instead="No return was received.")
    assert found(document(A, missing), document(A, B)) == [("Fire", "late")]
    assert found(document(A, missing), document(A, section("Fire", nil_reason="None."))) == [("Fire", "late")]
    assert found(document(A, B), document(A, missing)) == [("Fire", "changed")]
    assert found(document(missing), document(replace(missing, instead="Nothing came."))) == [
        ("Fire", "changed")
    ]


def test_as_few_as_possible_have_moved() -> None:
    assert found(document(A, B, C), document(C, A, B)) == [("Health", "moved")]


def test_the_head_and_the_frame() -> None:
    preface = Part("preface", "Preface", richtext.parse("<p>New.</p>"))
    after = replace(framed(), title="Another title", before=(preface,))
    assert found(framed(), after) == [
        ("Title and period", "changed"),
        ("Preface", "changed"),
        ("What each agency was asked", "removed"),
    ]
