"""Sets up the demonstration and serves it on this computer."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application

from agencies.actions.messages import send_waiting
from agencies.models import Partnership
from returns.management.sample.build import build


class Command(BaseCommand):
    help = "Tries the service out with invented agencies and answers, on this computer only."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="set everything up, but do not serve it")
        parser.add_argument("--reset", action="store_true", help="begin afresh; what was tried is deleted")
        parser.add_argument("--port", type=int, default=8000, help="the port to serve on (8000)")

    def handle(self, *, no_serve: bool, reset: bool, port: int, **options: Any) -> None:
        if not settings.DEMO or not settings.DEMO_DIR:
            raise CommandError("Start the demonstration with: python manage.py demo")
        settings.SITE_URL = f"http://127.0.0.1:{port}"
        if reset:
            self._forget(Path(settings.DEMO_DIR))
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not Partnership.objects.exists():
            self.stdout.write("Setting up the sample partnerships …")
            build()
            send_waiting()
        self.stdout.write(f"The demonstration is ready. Open {settings.SITE_URL}/ and choose who to be.")
        if not no_serve:
            self._serve(port)

    def _forget(self, folder: Path) -> None:
        for file in folder.glob("demo.sqlite3*"):
            file.unlink()
        shutil.rmtree(folder / "mail", ignore_errors=True)

    def _serve(self, port: int) -> None:
        self.stdout.write("Stop it with Ctrl+C. What you tried is kept; --reset begins afresh.")
        try:
            run("127.0.0.1", port, get_wsgi_application(), threading=True)
        except OSError as error:
            raise CommandError(
                f"Port {port} is in use. Try: python manage.py demo --port {port + 1}"
            ) from error
        except KeyboardInterrupt:
            self.stdout.write("\nStopped.")
