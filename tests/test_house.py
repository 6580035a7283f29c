"""Holds what no single module can hold: the order of the house, its lock files, its settings live and in demo mode.

What templates and styles must hold stands in tests/lscp/test_look.py."""

import ast
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests import diagram

ROOT = Path(__file__).resolve().parent.parent
APPS = ("lscp", "agencies", "returns")


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A process that knows nothing of this one's database and settings."""
    return subprocess.run(
        arguments,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def _python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return _run(sys.executable, "-c", code, **environment)


def _kept_files() -> list[Path]:
    """What git keeps, or would keep."""
    listed = _run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed.returncode:
        pytest.skip("this folder is no git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def _text(path: Path) -> str:
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode()


def _modules() -> list[Path]:
    return [
        path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts
    ]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- Modules -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", _modules(), ids=_name)
def test_a_module_says_what_it_owns_and_stays_short(path):
    source = path.read_text()
    assert len(source.splitlines()) <= 400
    if source.strip():
        said = ast.get_docstring(ast.parse(source)) or ""
        assert re.match(r"[A-Zm].*[.:)]", said.split("\n\n")[0], re.DOTALL), "begin with a sentence"


# Writing belongs to actions; rich text and checks know no database at all. Models hold the two managers that make accounts; the sample dates its own events back.
WRITING = r"\.(?:save|a?create|a?update|a?delete|bulk_create|bulk_update|get_or_create|update_or_create)\("
READ_ONLY = [
    path for path in _modules() if not {"actions", "models", "sample", "richtext", "checks"} & set(path.parts)
]


@pytest.mark.parametrize("path", READ_ONLY, ids=_name)
def test_only_actions_write(path):
    allowed = "vars().update("  # settings, from the address of the mail server
    assert re.findall(WRITING, path.read_text().replace(allowed, "")) == []


def test_a_class_is_styled_in_one_file():
    """Print apart: two files that mean different things by one name spoil each other's pages."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "static/css").glob("*.css")):
        for name in re.findall(r"^\s*(\.[\w-]+)\s*\{", path.read_text(), re.MULTILINE):
            found.setdefault(name, set()).add(path.name)
    assert len(found) > 50
    assert {name: files for name, files in found.items() if len(files - {"print.css"}) > 1} == {}


def test_the_page_of_the_workflow_is_current():
    assert diagram.FILE.read_text(encoding="utf-8") == diagram.page(), "run: python -m tests.diagram"


# --- What is committed ---------------------------------------------------------------------------


def test_no_file_names_a_folder_of_one_machine():
    places = "|".join(("work", "root", "farm", "home", "opt"))
    found = re.compile(rf"(?<![\w.<>}}\])-])/(?:{places})/[\w.]")
    assert [_name(path) for path in _kept_files() if found.search(_text(path))] == []


def test_no_file_names_another_package_index():
    options = re.compile(
        "|".join(
            (
                "--index" + "-url",
                "--extra" + "-index-url",
                "--find" + "-links",
                "PIP_" + "INDEX",
                "UV_" + "INDEX",
            )
        )
    )
    assert [_name(path) for path in _kept_files() if options.search(_text(path))] == []
    requirements = (ROOT / "requirements.txt").read_text() + (ROOT / "requirements-dev.txt").read_text()
    assert "://" not in requirements


def test_the_lock_file_names_the_public_index_only():
    addresses = re.findall(r"https?://[^/\s\"]+", (ROOT / "uv.lock").read_text())
    assert set(addresses) == {"https://pypi.org", "https://files.pythonhosted.org"}


@pytest.fixture
def uv() -> str:
    found = shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if not found:
        pytest.skip("uv is not installed; it comes with requirements-dev.txt")
    return found


def test_the_lock_file_is_current(uv):
    done = _run(uv, "lock", "--check", "--offline")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("file", "options"), [("requirements.txt", ["--no-dev"]), ("requirements-dev.txt", [])]
)
def test_the_requirements_are_those_of_the_lock_file(uv, file, options):
    done = _run(uv, "export", "--offline", "--quiet", "--no-header", *options)
    assert done.returncode == 0, done.stderr
    assert (ROOT / file).read_text() == done.stdout


def test_every_dependency_has_its_reason():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    project = tomllib.loads("\n".join(lines))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    for one in wanted:
        [line] = [line for line in lines if line.strip().startswith(f'"{one}"')]
        assert re.search(r"# \w+", line), one


def test_the_changelog_knows_this_version():
    """What nobody has installed yet may stand above it."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    entries = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    released = [entry for entry in entries if entry != "Unreleased"]
    assert entries.index(released[0]) <= 1
    assert re.fullmatch(rf"{re.escape(version)} – \d{{4}}-\d\d-\d\d", released[0])


def test_ci_runs_the_commands_of_the_readme():
    readme = (ROOT / "README.md").read_text()
    script = (ROOT / ".ci/run").read_text().replace("install -q ", "install ")
    blocks = re.findall(r"^```\n(python3 -m venv .*|\.venv/bin/pip .*)\n```$", readme, re.MULTILINE)
    assert blocks == [
        "python3 -m venv .venv && .venv/bin/pip install --require-hashes -r requirements.txt && .venv/bin/python manage.py demo",
        ".venv/bin/pip install --require-hashes -r requirements-dev.txt && .venv/bin/python -m pytest -n auto",
    ]
    for command in " && ".join(blocks).split(" && "):
        assert command in script, command


def test_what_the_documents_link_to_is_there():
    documents = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]
    for document in documents:
        text = document.read_text()
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)|src=\"([^\"]+)\"", text):
            assert (document.parent / "".join(target)).exists(), (document.name, target)


def test_every_setting_from_the_environment_is_documented():
    source = (ROOT / "lscp/settings.py").read_text()
    names = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", source)) - {"LSCP_DEMO"}
    running = (ROOT / "docs/running.md").read_text()
    assert len(names) >= 10
    assert [name for name in sorted(names) if f"| `{name}` |" not in running] == []


# --- A live site ---------------------------------------------------------------------------------

LIVE = {
    "DATABASE_URL": "sqlite:///unused.sqlite3",
    "SECRET_KEY": "a long secret for this test only, 0123456789 abcdefghijk",
    "SITE_URL": "https://returns.example.org",
    "ALLOWED_HOSTS": "returns.example.org",
}
SAY_SETTINGS = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "lscp.settings"
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""


def _settings(**environment: str) -> dict[str, Any]:
    done = _python(SAY_SETTINGS, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_live_site_is_secure_unless_told_otherwise():
    live = _settings(**LIVE)
    expected = {
        "DEBUG": False,
        "DEMO": False,
        "ALLOWED_HOSTS": ["returns.example.org"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_IDLE_SECONDS": 7_200,
        "SESSION_COOKIE_AGE": 43_200,
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_PROXY_SSL_HEADER": None,  # without BEHIND_PROXY the header is not believed
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    }
    assert {name: live[name] for name in expected} == expected
    policy = live["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"]
    assert "unsafe" not in json.dumps(policy)
    assert "LoopbackOnly" not in json.dumps(live["MIDDLEWARE"])


def test_a_proxy_is_believed_only_when_there_is_one():
    live = _settings(**LIVE, BEHIND_PROXY="true")
    assert live["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert live["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert "ALLAUTH_TRUSTED_PROXY_COUNT" not in _settings(**LIVE)


@pytest.mark.parametrize("missing", ["DATABASE_URL", "SECRET_KEY"])
def test_what_is_missing_is_said(missing):
    done = _python(SAY_SETTINGS, **{name: value for name, value in LIVE.items() if name != missing})
    assert done.returncode != 0
    assert re.match(rf"\S*ImproperlyConfigured: Set (?:the )?.*{missing}", done.stderr.splitlines()[-1])


def test_a_live_site_lets_nobody_choose_to_be_somebody():
    live = _settings(**LIVE, LSCP_DEMO="")
    assert live["DEMO"] is False


def test_the_demo_command_does_nothing_on_a_live_site():
    """Only `manage.py demo` itself enters demo mode; no other road leads there."""
    code = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "lscp.settings"
django.setup()
from django.core.management import call_command
call_command("demo", no_serve=True)
"""
    done = _python(code, **LIVE)
    assert done.returncode != 0
    assert "Start the demonstration with: python manage.py demo" in done.stderr


# --- The demonstration ---------------------------------------------------------------------------


def _demo(folder: Path, *options: str, **environment: str) -> str:
    done = _run(
        sys.executable, "manage.py", "demo", "--no-serve", *options, LSCP_DEMO_DIR=str(folder), **environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration that was set up while the environment named the database of a live site."""
    home = tmp_path_factory.mktemp("home")
    (home / "live.sqlite3").write_bytes(b"")
    (home / "notes.txt").write_text("mine")
    _demo(home / "demo", DATABASE_URL=f"sqlite:///{home / 'live.sqlite3'}", SECRET_KEY="of the live site")
    return home / "demo"


def _rows(demo: Path, statement: str) -> list[Any]:
    with sqlite3.connect(demo / "demo.sqlite3") as database:
        found = database.execute(statement).fetchall()
    database.close()
    return found


def test_the_demo_does_not_touch_another_database(demo):
    assert (demo.parent / "live.sqlite3").read_bytes() == b""
    assert (demo / "secret").read_text() != "of the live site"
    assert _rows(demo, "SELECT count(*) FROM agencies_partnership") == [(2,)]


def test_the_demo_belongs_to_one_person(demo):
    assert (demo.stat().st_mode & 0o777, (demo / "secret").stat().st_mode & 0o777) == (0o700, 0o600)


def test_the_demo_keeps_what_was_tried_until_it_is_reset(demo):
    secret = (demo / "secret").read_text()
    _rows(demo, "UPDATE agencies_partnership SET name = 'Tried out' WHERE slug = 'brackley-vale'")
    named = "SELECT count(*) FROM agencies_partnership WHERE name = 'Tried out'"

    assert "Setting up" not in _demo(demo)
    assert _rows(demo, named) == [(1,)]
    assert (demo / "secret").read_text() == secret

    (demo / "kept.txt").write_text("mine, too")
    assert "Setting up" in _demo(demo, "--reset")
    assert _rows(demo, named) == [(0,)]
    assert (demo.parent / "notes.txt").read_text() == "mine"
    assert (demo / "kept.txt").read_text() == "mine, too"
    assert (demo.parent / "live.sqlite3").read_bytes() == b""


def test_the_demo_is_not_served_by_the_live_entry(demo):
    done = _python("import lscp.wsgi", LSCP_DEMO=str(demo), **LIVE)
    assert done.returncode != 0
    assert "Demo mode must not be served to others." in done.stderr.splitlines()[-1]


ASK = """
import json, os
from lscp.mode import enter_demo
enter_demo()
os.environ["DJANGO_SETTINGS_MODULE"] = "lscp.settings"
import django
django.setup()
from django.conf import settings
from django.test import Client
asked = {
    "loopback": {},
    "another host": {"Host": "returns.example.org"},
    "Forwarded": {"Forwarded": "for=192.0.2.1"},
    "X-Forwarded-For": {"X-Forwarded-For": "192.0.2.1"},
    "X-Forwarded-Host": {"X-Forwarded-Host": "returns.example.org"},
    "X-Forwarded-Proto": {"X-Forwarded-Proto": "https"},
}
client = Client()
print(json.dumps({
    "hosts": settings.ALLOWED_HOSTS,
    "mail": settings.EMAIL_BACKEND,
    "answers": {
        name: client.get("/account/login/", headers={"Host": "127.0.0.1", **headers}).status_code
        for name, headers in asked.items()
    },
}))
"""


def test_the_demo_can_be_reached_from_its_own_computer_only(demo):
    done = _python(ASK, LSCP_DEMO_DIR=str(demo), ALLOWED_HOSTS="returns.example.org", EMAIL_URL="smtp://mail")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["hosts"] == ["127.0.0.1", "localhost", "[::1]"]
    assert said["mail"] == "django.core.mail.backends.filebased.EmailBackend"
    assert said["answers"].pop("loopback") == 200
    assert set(said["answers"].values()) == {400}
