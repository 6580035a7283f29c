"""The server is killed (SIGKILL) in the middle of saving and started again: what it called saved is there, what it did
not answer can be sent again, and the page that was writing loses nothing.

FAULT_ROUNDS says how often; a few by default, a hundred for a long run."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, expect

from returns.models import Answer, Save
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))
TOKEN = "a" * 32


class Server:
    """gunicorn with two workers, on the database of the tests."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.log = folder / "gunicorn.log"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "TEST_FOLDER", "SECRET_KEY")},
            "DATABASE_URL": _database(),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        application = "django.core.wsgi:get_wsgi_application()"
        arguments = ["-m", "gunicorn", application, "--bind", f"127.0.0.1:{self.port}", "--workers", "2"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(300):
            try:
                asked = HTTPConnection("127.0.0.1", self.port, timeout=30)
                asked.request("GET", "/health/")
                if asked.getresponse().status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def kill(self) -> None:
        """The parent and both workers at once, as when the power goes."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _database() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@pytest.fixture
def cast() -> Cast:
    return players.make()


@pytest.fixture
def server(cast: Cast, tmp_path: Path) -> Iterator[Server]:
    one = Server(tmp_path)
    one.start()
    yield one
    one.kill()


def session_of(cast: Cast) -> str:
    client = Client()
    client.force_login(cast.lead)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Writer(threading.Thread):
    """Sends one save after another, as a page does: the same request again until it is answered."""

    def __init__(self, server: Server, url: str, session: str, person: int) -> None:
        super().__init__()
        self.server, self.url, self.person = server, url, person
        self.headers = {
            "Content-Type": "application/json",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        self.base = self.sequence = 0
        self.called_saved: dict[int, str] = {}
        self.unanswered = 0
        self.refused: list[object] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            self.sequence += 1
            text = f"<p>{' '.join(f'word{n}' for n in range(self.sequence + 1))}</p>"
            while not self._send(text):
                self.unanswered += 1
                time.sleep(0.05)

    def _send(self, text: str) -> bool:
        body = {
            "text": text,
            "text-format": "html",
            "base_version": self.base,
            "client": "c0ffee00",
            "sequence": self.sequence,
            "person": self.person,
        }
        try:
            asked = HTTPConnection("127.0.0.1", self.server.port, timeout=20)
            asked.request("POST", self.url, json.dumps(body), self.headers)
            response = asked.getresponse()
            answer = json.loads(response.read())
        except (OSError, HTTPException, ValueError):
            return False
        if answer["state"] != "saved":
            self.refused.append(answer)
            self.stopping.set()
            return True
        self.base = answer["version"]
        self.called_saved[self.sequence] = text
        return True


def test_what_was_called_saved_is_there_and_nothing_is_there_twice(cast: Cast, server: Server) -> None:
    writer = Writer(server, cast.agency_return.url("answer_autosave", 1), session_of(cast), cast.lead.pk)
    chance = random.Random(1)
    writer.start()
    for _ in range(ROUNDS):
        time.sleep(chance.uniform(0.3, 1.2))
        server.kill()
        called = dict(writer.called_saved)
        kept = dict(Save.objects.filter(applied=True).values_list("sequence", "html"))
        assert {number: kept.get(number) for number in called} == called
        server.start()
    time.sleep(0.5)
    writer.stopping.set()
    writer.join()
    assert writer.refused == []
    assert len(writer.called_saved) == writer.sequence > ROUNDS
    rows = list(Save.objects.values_list("version", "sequence", "applied"))
    assert all(applied for _, _, applied in rows)
    assert Counter(version for version, _, _ in rows) == Counter(range(1, len(rows) + 1))
    assert len({sequence for _, sequence, _ in rows}) == len(rows) == writer.sequence
    answer = Answer.objects.get()
    assert (answer.html, answer.version) == (writer.called_saved[writer.sequence], len(rows))


LISTEN = """() => document.querySelector('[name=text]').addEventListener(
  'richtext:saved', (event) => { window.calledSaved = event.detail.html; })"""


@pytest.mark.browser
def test_the_page_that_was_writing_loses_nothing(cast: Cast, server: Server, browser: Browser) -> None:
    context = browser.new_context(base_url=server.url)
    context.add_cookies([{"name": "sessionid", "value": session_of(cast), "url": server.url}])
    page = context.new_page()
    page.goto(cast.agency_return.url("answer_edit", 1))
    page.evaluate(LISTEN)
    box, line = page.get_by_role("textbox", name="Your answer"), page.locator("[data-status]")
    box.focus()
    typed = ""
    chance = random.Random(2)
    for number in range(ROUNDS):
        words = f"before{number} "
        page.keyboard.type(words)
        page.wait_for_timeout(chance.choice([1_990, 2_000, 2_010, 2_030, 2_060, 2_100]))
        server.kill()
        called = page.evaluate("window.calledSaved ?? ''")
        assert called == "" or Save.objects.filter(html=_kept(called), applied=True).exists()
        page.keyboard.type(f"while{number} ")
        typed += f"{words}while{number} "
        expect(box).to_have_text(typed.strip())
        server.start()
        page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(line).to_contain_text("Saved at", timeout=20_000)
        assert Answer.objects.get().html == f"<p>{typed.strip()}</p>"
    assert not Save.objects.filter(applied=False).exists()
    context.close()


def _kept(html: str) -> str:
    return html.replace(" </p>", "</p>")
