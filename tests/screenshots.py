"""Takes the README's pictures from the demonstration: python -m tests.screenshots. Owns docs/images and nothing else."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"
MOST_BYTES = 200_000
DESK = {"width": 1040, "height": 640}
# Every letter drawn the same way wherever it stands makes the pictures smaller.
QUIET = "--no-sandbox --disable-gpu --disable-lcd-text --disable-font-subpixel-positioning --font-render-hinting=full"
PHONE = {"width": 390, "height": 780}
COORDINATOR, WRITER, BOARD = "Maeve Corrigan", "Katarzyna Wójcik", "Imran Chaudhry"

Walk = Callable[[Page], None]
failures: list[str] = []


def home(page: Page) -> None:
    page.get_by_role("heading", level=1).wait_for()


def collection(page: Page) -> None:
    page.goto("/brackley-vale/")
    page.locator("main a[href^='/brackley-vale/2']").first.click()


def review(page: Page) -> None:
    collection(page)
    page.get_by_role("link", name="mental health", exact=False).first.click()


def own_return(page: Page) -> None:
    page.locator("main a[href^='/brackley-vale/'][href*='/returns/']").first.click()


def writing(page: Page) -> None:
    own_return(page)
    page.locator("main a[href*='/write/']").first.click()
    page.locator(".ProseMirror").wait_for()
    page.locator("main .eyebrow").evaluate("line => scrollTo(0, line.offsetTop - 24)")  # no line cut


def appendix(page: Page) -> None:
    page.goto("/brackley-vale/")
    page.locator("main a[href*='/2024-25/appendix/']").first.click()


PICTURES: list[tuple[str, str, dict[str, int], Walk]] = [
    ("home", COORDINATOR, DESK, home),
    ("collection", COORDINATOR, DESK, collection),
    ("writing", WRITER, DESK, writing),
    ("review", COORDINATOR, DESK, review),
    ("appendix", BOARD, DESK, appendix),
    ("phone", WRITER, PHONE, own_return),
]


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a demonstration in a folder of its own, gone afterwards."""
    folder = tempfile.mkdtemp(prefix="lscp-screenshots-")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "LSCP_DEMO_DIR": folder})
    try:
        _wait_for(f"http://127.0.0.1:{port}/health/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit("The demonstration did not start.")
        try:
            urlopen(address)
            return
        except URLError:
            time.sleep(0.2)
    raise SystemExit("The demonstration did not answer within two minutes.")


def _refuse_failure(response: Response) -> None:
    if response.status >= 400:
        failures.append(f"{response.status}: {response.url}")


def take(browser: Browser, address: str, name: str, person: str, size: dict[str, int], walk: Walk) -> None:
    page = browser.new_page(base_url=address, viewport=size, locale="en-GB", reduced_motion="reduce")
    page.on("response", _refuse_failure)
    page.goto("/account/login/")
    page.get_by_role("button", name=person, exact=True).click()
    page.wait_for_url("**/")
    walk(page)
    page.wait_for_load_state("networkidle")
    file = IMAGES / f"{name}.png"
    if failures:
        raise SystemExit("\n".join(failures))
    page.screenshot(path=file, animations="disabled", caret="hide")
    page.close()
    size_now = file.stat().st_size
    print(f"{file.relative_to(ROOT)}: {size_now // 1000} kB")  # noqa: T201
    if size_now > MOST_BYTES:
        raise SystemExit(f"{file.name} is larger than {MOST_BYTES // 1000} kB.")


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        raise SystemExit("No Chromium found: install it, or set CHROMIUM to its path.")
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET.split())
        for picture in PICTURES:
            take(browser, address, *picture)
        browser.close()


if __name__ == "__main__":
    main()
