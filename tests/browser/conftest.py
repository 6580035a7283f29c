"""What the stories share: people who come with a browser, and the post they get."""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Page

from agencies.models import User
from tests.browser.people import Person
from tests.browser.sitting import Sit, sign_in
from tests.returns import cast as players
from tests.returns.cast import Cast

Comes = Callable[..., Person]


@pytest.fixture
def quiet_server(live_server) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """Ends when all is answered that pages asked while they were closed: it would meet the emptying of the database."""
    underway: set[int] = set()

    def begun(**_: object) -> None:
        if (
            threading.current_thread() is not threading.main_thread()
        ):  # where a test's own client may forget to finish
            underway.add(threading.get_ident())

    def finished(**_: object) -> None:
        underway.discard(threading.get_ident())

    request_started.connect(begun)
    request_finished.connect(finished)
    yield
    quiet, until = 0, time.monotonic() + 10
    while quiet < 5 and time.monotonic() < until:
        time.sleep(0.05)
        quiet = 0 if underway else quiet + 1
    request_started.disconnect(begun)
    request_finished.disconnect(finished)


@pytest.fixture
def comes(live_server, quiet_server, browser: Browser, settings) -> Iterator[Comes]:  # type: ignore[no-untyped-def]
    """Somebody sits down at a browser: `comes("lead", user)`, signed in if a user is given."""
    settings.SITE_URL = live_server.url
    people: list[Person] = []

    def come(kind: str, user: User | None = None, **options: object) -> Person:
        person = Person(browser, live_server.url, kind, **options)
        people.append(person)
        return person.is_signed_in(user) if user else person

    yield come
    for person in people:
        person.leaves()
    assert [complaint for person in people for complaint in person.complaints] == []


@pytest.fixture
def cast() -> Cast:
    return players.make()


@pytest.fixture
def sit(browser: Browser, live_server, quiet_server, cast: Cast) -> Iterator[Sit]:
    """Somebody in a browser of their own, at the page of the answer."""
    contexts: list[BrowserContext] = []

    def open_it(user: User, **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        sign_in(context, user, live_server.url)
        page = context.new_page()
        page.goto(cast.agency_return.url("answer_edit", 1))
        return page

    yield open_it
    for context in contexts:
        context.set_offline(False)
        context.close()


class Post:
    """The e-mails that go out, sent by the real command."""

    def goes_out(self) -> None:
        call_command("send_messages", stdout=io.StringIO())

    def all_to(self, address: str, about: str = "") -> list[EmailMessage]:
        """The e-mails to the address whose subject holds the words, oldest first."""
        self.goes_out()
        found = [one for one in mail.outbox if address in one.to and about in one.subject]
        assert found, (
            f"nothing to {address} about “{about}”: {[(one.to, one.subject) for one in mail.outbox]}"
        )
        return found

    def links(self, address: str, about: str = "") -> list[str]:
        """One link from each."""
        bodies = [str(one.body) for one in self.all_to(address, about)]
        return [re.findall(r"^https?://\S+$", body, re.MULTILINE)[0] for body in bodies]

    def link(self, address: str, about: str = "") -> str:
        """From the newest."""
        return self.links(address, about)[-1]

    def code(self, address: str) -> str:
        body = str(self.all_to(address, "code")[-1].body)
        return re.findall(r"^ +(\S+)$", body, re.MULTILINE)[0]


@pytest.fixture
def post(mailoutbox) -> Post:  # type: ignore[no-untyped-def]
    return Post()
