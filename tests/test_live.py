"""A live start as docs/running.md describes it: gunicorn behind a proxy, static files collected and named by content."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
HOST = "returns.example.org"
PROXIED = {"Host": HOST, "X-Forwarded-Proto": "https"}


def _database(folder: Path) -> Iterator[str]:
    """An empty database of its own, of the kind that this run is about."""
    url = os.environ["DATABASE_URL"]
    if url.startswith("sqlite"):
        yield f"sqlite:///{folder / 'live.sqlite3'}"
        return
    import psycopg2

    server = psycopg2.connect(url)
    server.autocommit = True
    server.cursor().execute("DROP DATABASE IF EXISTS live")
    server.cursor().execute("CREATE DATABASE live")
    yield urlunsplit(urlsplit(url)._replace(path="/live"))
    server.cursor().execute("DROP DATABASE live WITH (FORCE)")
    server.close()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server that was set up and started by the commands of docs/running.md."""
    folder = tmp_path_factory.mktemp("live")
    databases = _database(folder)
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": next(databases),
        "SECRET_KEY": "a long secret for this test only, 0123456789 abcdefghijk",
        "SITE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "BEHIND_PROXY": "true",
        "STATIC_ROOT": str(folder / "static"),
    }
    for command in ("migrate", "createcachetable", "collectstatic"):
        arguments = [
            sys.executable,
            "manage.py",
            command,
            *(["--no-input"] if command != "createcachetable" else []),
        ]
        subprocess.run(arguments, cwd=ROOT, env=environment, check=True, capture_output=True)
    log = folder / "gunicorn.log"
    arguments = [sys.executable, "-m", "gunicorn", "lscp.wsgi", "--bind", "127.0.0.1:0", "--workers", "2"]
    with log.open("wb") as file:
        server = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=file, stderr=file)
        try:
            yield _port(server, log)
        finally:
            server.terminate()
            server.wait(timeout=30)
    next(databases, None)


def _port(server: subprocess.Popen[bytes], log: Path) -> int:
    for _ in range(150):
        if found := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", log.read_text()):
            return int(found[1])
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def _get(port: int, path: str, headers: dict[str, str] = PROXIED) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response, response.read()


def test_the_health_check_asks_the_database(live):
    response, body = _get(live, "/health/")
    assert (response.status, body) == (200, b'{"status": "ok"}')


def test_the_sign_in_page_has_its_static_files(live):
    response, body = _get(live, "/account/login/")
    assert response.status == 200
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', body.decode())
    assert any(file.endswith(".css") for file in files)
    assert any(file.endswith(".js") for file in files)
    for file in files:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", file), file
        found, _ = _get(live, file)
        assert found.status == 200, file
        assert "immutable" in found.headers["Cache-Control"], file


def test_the_headers_of_a_page_are_strict(live):
    headers = _get(live, "/account/login/")[0].headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in headers["Cache-Control"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    cookie = headers["Set-Cookie"]
    assert cookie.startswith("__Host-csrf=")
    assert "Secure" in cookie


def test_plain_http_is_sent_to_https(live):
    response, _ = _get(live, "/account/login/", {"Host": HOST})
    assert (response.status, response.headers["Location"]) == (301, f"https://{HOST}/account/login/")


def test_another_host_is_refused(live):
    response, _ = _get(live, "/account/login/", {**PROXIED, "Host": "other.example.org"})
    assert response.status == 400


def test_nobody_can_choose_to_be_somebody(live):
    assert b"Try the service as" not in _get(live, "/account/login/")[1]
    assert _get(live, "/demo/mail/")[0].status == 404
