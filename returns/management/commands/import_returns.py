"""manage.py import_returns: takes a file of returns into a partnership and says what became of each answer."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from returns.actions.imports import Imported, Outcome, import_returns
from returns.importing import ImportRefused, read_file


class Command(BaseCommand):
    help = "Imports a year’s answers from a JSON file. All of it is taken in, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the JSON file: title, collection, question, returns")
        parser.add_argument(
            "--partnership", required=True, metavar="SLUG", help="the partnership’s short name"
        )
        parser.add_argument(
            "--approve", action="store_true", help="approve every answer, in the name of --by"
        )
        parser.add_argument("--by", default="", metavar="EMAIL", help="the coordinator who acts")
        parser.add_argument(
            "--dismiss",
            default="",
            metavar="REASON",
            help="why passages that could show who somebody is may stay; kept with each of them and each approval",
        )
        parser.add_argument(
            "--no-create", action="store_true", help="refuse to set up a partnership or an agency"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by, reason = options["by"].strip(), options["dismiss"].strip()
        if options["approve"] and not by:
            raise CommandError(
                "--approve needs --by with the e-mail address of the coordinator who approves."
            )
        if reason and not options["approve"]:
            raise CommandError("--dismiss gives the reason of an approval, so it needs --approve.")
        if "\x00" in by + reason:
            raise CommandError("--by and --dismiss cannot hold a NUL character.")
        try:
            imported = import_returns(
                read_file(options["file"]),
                partnership=options["partnership"],
                by=by,
                approve=options["approve"],
                reason=reason,
                create=not options["no_create"],
            )
        except ImportRefused as refused:
            raise CommandError(f"{refused}\nNothing was imported.") from refused
        except IntegrityError as error:
            raise CommandError(
                "The same was written by somebody else at this moment. Nothing was imported; try again."
            ) from error
        self._report(imported)

    def _report(self, imported: Imported) -> None:
        if imported.set_up:
            self.stdout.write(f"Set up: {'; '.join(imported.set_up)}.")
        for note in imported.notes:
            self.stdout.write(f"Note: {note}.")
        for outcome in imported.outcomes:
            self.stdout.write(_line(outcome))
            for change in outcome.parsed.changes if outcome.imported else ():
                self.stdout.write(f"  - {change}")
            for reason in outcome.waits:
                self.stdout.write(f"  - not approved: {reason}")
        done = [one for one in imported.outcomes if one.imported]
        approved = sum(one.approved for one in imported.outcomes)
        if imported.changed:
            words = sum(one.parsed.words for one in done)
            self.stdout.write(f"{len(done)} imported ({words:,} words), {approved} approved.")
        else:
            self.stdout.write("Nothing changed: all of this was imported before.")
        waiting = [one.agency_return.name for one in imported.outcomes if one.waits]
        if waiting:
            self.stdout.write(f"For people to read before they are approved: {'; '.join(waiting)}.")
        address = imported.collection.get_absolute_url()
        self.stdout.write(f"{address}\n{settings.SITE_URL}{address}")


def _line(outcome: Outcome) -> str:
    parts = []
    if outcome.imported:
        parts.append("imported")
    if outcome.replaced:
        parts.append("the draft that stood there is kept among its saves")
    if outcome.approved:
        parts.append("approved")
    return f"{outcome.agency_return.name}: {outcome.parsed.words:,} words, {', '.join(parts) or 'unchanged'}"
