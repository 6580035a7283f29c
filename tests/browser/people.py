"""A person with a browser of their own, who finds things by what they are called. Knows no page and no story.

Every page they land on is held against `rules`; whatever the browser complains about is kept and fails the test.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from agencies.models import User
from tests.agencies.factories import PASSWORD
from tests.browser import rules

ANSWER = re.compile("^(Your|The agency’s) answer$")
LONDON = {
    "viewport": rules.SIZE,
    "locale": "en-GB",
    "timezone_id": "Europe/London",
    "reduced_motion": "reduce",
}
SEEN_IN_FOCUS = """one => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const framed = one.closest(".editor") !== null;
  return (outlined || framed) && box.bottom > 0 && box.top < innerHeight;
}"""


class Person:
    """`kind` says in which part they look at pages: coordinator, lead, …"""

    def __init__(self, browser: Browser, base: str, kind: str, **options: object) -> None:
        self.kind, self.base, self.complaints = kind, base, list[str]()
        self.context = browser.new_context(**(LONDON | {"base_url": base} | options))  # type: ignore[arg-type]
        self.context.set_default_timeout(15_000)
        self.has_script = options.get("java_script_enabled", True)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    # --- What the browser says ------------------------------------------------------------------

    def _console(self, message: ConsoleMessage) -> None:
        """A page that is refused is told here too; `_land` looks at that."""
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{self.page.url}: console: {message.text}")

    def _failed(self, request: Request) -> None:
        if "ERR_ABORTED" not in str(request.failure):  # a download, or a page left while it was loading
            self.complaints.append(f"{request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.url}: {response.status}")

    def leaves(self) -> None:
        self.context.close()

    # --- Going ----------------------------------------------------------------------------------

    def signs_in(self, email: str, password: str = PASSWORD) -> Person:
        """Through the sign-in page."""
        self.goes_to("/account/login/")
        self.fills("Work e-mail address", email).fills("Password", password)
        return self.presses("Sign in")

    def is_signed_in(self, user: User) -> Person:
        """By a cookie, where signing in is not the story."""
        client = Client()
        client.force_login(user)
        self.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.base}]
        )
        return self

    def goes_to(self, address: str, status: int = 200) -> Person:
        return self._land(lambda: self.page.goto(address), status)

    def comes_back(self) -> Person:
        return self._land(lambda: self.page.reload(), 200)

    def follows(self, name: str, *, at: str = "", status: int = 200) -> Person:
        """A link by its visible name, as a whole or by its beginning; `at` names the row it stands in."""
        return self._land(self._named("link", name, at).click, status)

    def presses(self, name: str, *, at: str = "", status: int = 200) -> Person:
        """A button that sends something and leads to a page."""
        return self._land(self._named("button", name, at).click, status)

    def presses_key(self, key: str, status: int = 200) -> Person:
        """A key that leads to a page."""
        return self._land(lambda: self.page.keyboard.press(key), status)

    def looks_at(self, address: str) -> list[str]:
        """Goes there and tells what is wrong, in the light and in the dark; for walks that go on all the same."""
        answer = self.page.goto(address)
        status = answer.status if answer else 0
        found = [f"{address} ({self.kind}): {status}"] if status != 200 else []
        found += rules.faults(self.page, self.path, kind=self.kind, dark=True) + self.complaints
        self.complaints = []
        return found

    def _named(self, role: str, name: str, at: str) -> Locator:
        within = self.row(at) if at else self.page
        whole = within.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        begun = within.get_by_role(role, name=re.compile(f"^{re.escape(name)}"))  # type: ignore[arg-type]
        return (whole if whole.count() else begun).first

    def _land(self, go: Callable[[], object], status: int) -> Person:
        with self.page.expect_navigation(wait_until="load") as navigation:
            go()
        got = navigation.value.status
        assert got == status, (
            f"{self.kind} at {self.page.url}: {got} instead of {status}\n{self._text()[:1500]}"
        )
        if self.has_script:
            self.complaints += rules.faults(self.page, self.path, kind=self.kind, refused=got in (403, 404))
        assert self.complaints == []
        return self

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    # --- Seeing ---------------------------------------------------------------------------------

    def _text(self) -> str:
        return self.page.locator("body").inner_text()

    def row(self, words: str) -> Locator:
        """The row of a table, or the line of a list, that holds the words."""
        lines = self.page.locator("tr, .task, .summary-row, main section, .notice, main li")
        return lines.filter(has_text=words).first

    def is_at(self, heading: str) -> Person:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        return self

    def sees(self, *texts: str, at: str = "") -> Person:
        place = self.row(at) if at else self.page.locator("body")
        for text in texts:
            expect(place).to_contain_text(text, use_inner_text=True)
        return self

    def sees_no(self, *texts: str, at: str = "") -> Person:
        place = self.row(at) if at else self.page.locator("main")
        for text in texts:
            expect(place).not_to_contain_text(text, use_inner_text=True)
        return self

    def has_no_button(self, *names: str) -> Person:
        for name in names:
            expect(self.page.locator("main").get_by_role("button", name=name)).to_have_count(0)
            expect(self.page.locator("main, aside").get_by_role("link", name=name)).to_have_count(0)
        return self

    # --- Filling in -----------------------------------------------------------------------------

    def field(self, label: str) -> Locator:
        exact = self.page.get_by_label(label, exact=True)
        return exact if exact.count() else self.page.get_by_label(label)

    def fills(self, label: str, value: str) -> Person:
        self.field(label).fill(value)
        return self

    def holds(self, label: str, value: str) -> Person:
        expect(self.field(label)).to_have_value(value)
        return self

    def chooses(self, label: str) -> Person:
        """A choice among several, or a box to tick."""
        name = re.compile(f"^{re.escape(label)}")
        self.page.get_by_role("radio", name=name).or_(self.page.get_by_role("checkbox", name=name)).check()
        return self

    def picks(self, label: str, option: str) -> Person:
        self.field(label).select_option(label=option)
        return self

    # --- Writing an answer ------------------------------------------------------------------------

    @property
    def editor(self) -> Locator:
        return self.page.get_by_role("textbox", name=ANSWER)

    def writes(self, *paragraphs: str) -> Person:
        """Types over whatever stands there."""
        self.editor.press("Control+a")
        self.page.keyboard.press("Delete")
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(paragraph)
        return self

    def uses_tool(self, name: str) -> Person:
        self.page.get_by_role("toolbar").first.get_by_role("button", name=name, exact=True).click()
        return self

    # --- By keyboard alone --------------------------------------------------------------------------

    def tabs_to(self, role: str, name: str) -> Person:
        """With the Tab key, as far as it takes; the focus must be where one can see it."""
        wanted = self.page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("one => one === document.activeElement"):
                assert wanted.evaluate(SEEN_IN_FOCUS), f"nobody sees that {name} has the focus"
                return self
        raise AssertionError(f"the Tab key does not reach {role} “{name}” on {self.page.url}")

    def types(self, text: str) -> Person:
        self.page.keyboard.type(text)
        return self

    # --- Files ------------------------------------------------------------------------------------

    def downloads(self, name: str) -> bytes:
        """The file behind a link."""
        with self.page.expect_download() as got:
            self._named("link", name, "").click()
        return got.value.path().read_bytes()
