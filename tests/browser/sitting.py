"""Somebody sits at the page of an answer: how tests write there, look, and refuse to leave."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Dialog, Locator, Page

from agencies.models import User
from tests.returns.cast import Cast

SAVED = re.compile(r"^Saved at \d\d:\d\d$")
Sit = Callable[[User], Page]


def sign_in(context: BrowserContext, user: User, url: str) -> None:
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])


def text(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your answer")


def settled(page: Page) -> None:
    """Until the editor has heard where the caret is now, which a browser says a moment after it was put there."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")


def write(page: Page, words: str) -> None:
    text(page).focus()
    settled(page)
    text(page).press("Control+End")
    settled(page)
    page.keyboard.type(words)


def line(page: Page) -> Locator:
    return page.locator("[data-status]")


def html(cast: Cast) -> str:
    answer = cast.agency_return.answers.filter(question=cast.question).first()
    return answer.html if answer else ""


def stays_on(page: Page) -> list[str]:
    """Whenever the browser asks whether to leave: no. What it asked comes into the list."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked
