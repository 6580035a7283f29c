"""How many people may write at once: two workers, a save from each writer every ten seconds. Holds on the way that
nothing of it is lost and nothing is kept twice."""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection

from django.conf import settings
from django.test import Client

from agencies.models import RoleKind, User
from returns.models import Answer, Collection, Save
from returns.workflow import Status
from tests.benchmarks import data

STEPS = (25, 50, 100, 200, 400)
EVERY = 10.0
SAVES = 3  # of each writer
SLOW = 0.2  # seconds; the most that nineteen of twenty saves may take
TOKEN = "a" * 32


@dataclass
class Writer:
    url: str
    session: str
    person: int
    took: list[float] = field(default_factory=list)
    failed: int = 0

    def write(self, port: int, starts: float) -> None:
        for number in range(1, SAVES + 1):
            time.sleep(max(0.0, starts + (number - 1) * EVERY - time.monotonic()))
            began = time.monotonic()
            self.failed += not self._save(port, number)
            self.took.append(time.monotonic() - began)

    def _save(self, port: int, number: int) -> bool:
        body = {
            "text": text(number),
            "text-format": "html",
            "base_version": number,
            "client": "decaf000",
            "sequence": number,
            "person": self.person,
        }
        headers = {
            "Content-Type": "application/json",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        try:
            asked = HTTPConnection("127.0.0.1", port, timeout=30)
            asked.request("POST", self.url, json.dumps(body), headers)
            answer = json.loads(asked.getresponse().read())
        except (OSError, ValueError):
            return False
        return bool(answer["state"] == "saved")


def text(number: int) -> str:
    return f"{data.TEXTS[0]}<p>Save {number}.</p>"


def main() -> None:
    print(f"{'writers':>8}{'median ms':>12}{'95 % ms':>10}{'failed':>8}{'lost':>6}{'doubled':>9}", flush=True)  # noqa: T201
    port, server = serve()
    try:
        for count in STEPS:
            if not measure(port, count):
                break
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def measure(port: int, count: int) -> bool:
    """Prints a line; False if this many are too many."""
    made = data.collection(count, status=Status.DRAFT, name="writers")
    writers = [_writer(made, number) for number in range(count)]
    begins = time.monotonic() + 1
    threads = [
        threading.Thread(target=one.write, args=(port, begins + EVERY * number / count))
        for number, one in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = sorted(seconds for one in writers for seconds in one.took)
    slow = took[int(len(took) * 0.95)]
    failed = sum(one.failed for one in writers)
    lost, doubled = _checked(made)
    line = f"{count:>8}{statistics.median(took) * 1000:>12.0f}{slow * 1000:>10.0f}{failed:>8}{lost:>6}{doubled:>9}"
    print(line, flush=True)  # noqa: T201
    return slow < SLOW and not (failed or lost or doubled)


def _checked(made: Collection) -> tuple[int, int]:
    """Answers that do not end with the last save, and saves that were kept more than once."""
    answers = Answer.objects.filter(agency_return__collection=made)
    lost = sum(1 for one in answers if f"Save {SAVES}." not in one.html)
    kept = Save.objects.filter(answer__in=answers).count()
    return lost, max(0, kept - SAVES * len(answers))


def _writer(made: Collection, number: int) -> Writer:
    one = made.returns.select_related("collection__partnership", "seat").order_by("pk")[number]
    user = User.objects.create_user(f"writer-{one.pk}@example.org", name=f"Writer {number}")
    user.roles.create(kind=RoleKind.LEAD, partnership=made.partnership, seat=one.seat)
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return Writer(one.url("answer_autosave", 1), session, user.pk)


def serve() -> tuple[int, subprocess.Popen[bytes]]:
    """gunicorn with two workers on this run's database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    application = "django.core.wsgi:get_wsgi_application()"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "2"],
        cwd=settings.BASE_DIR,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    for _ in range(300):
        try:
            for _ in range(30):  # so that both workers have everything loaded
                asked = HTTPConnection("127.0.0.1", port, timeout=30)
                asked.request("GET", "/account/login/")
                asked.getresponse().read()
            return port, server
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise RuntimeError("gunicorn did not start")
