"""manage.py export_appendix: writes a collection's appendix to a file, whole or not at all."""

from __future__ import annotations

import os
import secrets
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Partnership
from returns.appendix import to_word
from returns.appendix.compile import compile_document
from returns.appendix.document import Document
from returns.appendix.errors import RenderError
from returns.appendix.files import FORMATS
from returns.models import Collection, EditionFile
from returns.workflow import Status


class Command(BaseCommand):
    help = "Writes the appendix of what is approved to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("partnership", help="the partnership’s short name")
        parser.add_argument("collection", help="the year, such as 2023-24")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument(
            "--output", required=True, metavar="FILE", help="a file, or - for standard output"
        )
        parser.add_argument(
            "--preview", action="store_true", help="write what is approved, marked as a preview"
        )
        parser.add_argument(
            "--edition", type=int, metavar="N", help="the file of edition N, as it was published"
        )
        parser.add_argument(
            "--inserted",
            action="store_true",
            help="docx only: one section without title page, contents and headers, to be put into the yearly report",
        )
        parser.add_argument(
            "--heading",
            type=int,
            choices=range(1, 6),
            help="docx only: the level of the title’s heading; 2 puts it below a heading of the yearly report",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        write = _writer(options)
        collection = _find(options["partnership"], options["collection"])
        if options["edition"] is not None:
            self._export_edition(collection, options)
            return
        if not options["preview"]:
            _refuse_unfinished(collection)
        document = compile_document(collection)
        form = FORMATS[options["format"]]
        try:
            content = write(document)
        except RenderError as error:
            raise CommandError(f"{error} {error.detail}".strip()) from error
        if options["output"] == "-":
            self._print(content, is_text=form.is_text)
            return
        _write(Path(options["output"]), content)
        count = len(document.sections)
        self.stdout.write(f"{options['output']}: {count} {'agency' if count == 1 else 'agencies'}.")
        if document.preview:
            self.stdout.write(document.preview)

    def _export_edition(self, collection: Collection, options: dict[str, Any]) -> None:
        """The very bytes that were published."""
        if options["preview"] or options["inserted"] or options["heading"]:
            raise CommandError("An edition is written as it was published. Leave the other options out.")
        file = _file_of(collection, options["edition"], options["format"])
        content = bytes(file.content)
        if options["output"] == "-":
            self._print(content, is_text=FORMATS[options["format"]].is_text)
            return
        _write(Path(options["output"]), content)
        self.stdout.write(f"{options['output']}: edition {options['edition']}, SHA-256 {file.sha256}.")

    def _print(self, content: bytes, *, is_text: bool) -> None:
        """Bytes as they are; text as UTF-8, whatever the terminal says it speaks."""
        binary = getattr(self.stdout, "buffer", None)
        if binary is not None:
            binary.write(content)
            binary.flush()
        elif is_text:
            self.stdout.write(content.decode(), ending="")
        else:
            raise CommandError("This output takes text only. Name a file with --output.")


def _writer(options: dict[str, Any]) -> Callable[[Document], bytes]:
    if not options["inserted"] and not options["heading"]:
        return FORMATS[options["format"]].write
    if options["format"] != "docx":
        raise CommandError("--inserted and --heading are for --format docx only.")
    return partial(to_word.render, base=options["heading"] or 1, inserted=options["inserted"])


def _find(partnership: str, slug: str) -> Collection:
    found = Partnership.objects.filter(slug=partnership).first()
    if found is None:
        raise CommandError(f"There is no partnership with the short name “{partnership}”.")
    collection = found.collections.select_related("partnership").filter(slug=slug).first()
    if collection is None:
        there = ", ".join(found.collections.newest_first().values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"{found} has no return called “{slug}”. There is: {there}.")
    return collection


def _file_of(collection: Collection, number: int, kind: str) -> EditionFile:
    edition = collection.editions.filter(number=number).first()
    if edition is None:
        numbers = ", ".join(map(str, collection.editions.values_list("number", flat=True))) or "none yet"
        raise CommandError(f"The {collection} has no edition {number}. There is: {numbers}.")
    if edition.is_withdrawn:
        raise CommandError(f"Edition {number} is withdrawn.")
    file = edition.files.filter(format=kind).first()
    if file is None:
        raise CommandError("This file is still to be made. Run: manage.py render_editions")
    return file


def _refuse_unfinished(collection: Collection) -> None:
    asked = list(collection.returns.exclude(status=Status.EXCLUDED))
    missing = [one for one in asked if one.state != Status.APPROVED]
    if missing:
        lines = "\n".join(f"- {one.name}: {one.page.label}" for one in missing)
        raise CommandError(
            f"{len(missing)} of {len(asked)} returns {'is' if len(missing) == 1 else 'are'} not approved:\n{lines}\n"
            "Add --preview to write what is approved, marked as a preview."
        )
    if not asked:
        raise CommandError("No agency is asked in this return, so there is no appendix.")


def _write(path: Path, content: bytes) -> None:
    """Beside the file first, so that nobody ever finds half of one."""
    try:
        if path.is_dir():
            raise CommandError(f"{path} is a folder. Name the file to write.")
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror or error}.") from error
    except ValueError as error:  # no name at all, or a NUL character in it
        raise CommandError(f"“{path}” is not the name of a file.") from error
