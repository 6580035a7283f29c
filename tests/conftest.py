"""What every test may use: the browser as it is installed here, and a clear line when there is none."""

import os
import shutil

import pytest

CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser its tests are skipped with a reason; CI sets REQUIRE_BROWSER and fails instead."""
    if CHROMIUM or os.environ.get("REQUIRE_BROWSER"):
        return
    skip = pytest.mark.skip(reason="no Chromium found: install it, or set CHROMIUM to its path")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET.split()}
