"""Demo mode: which folder, database and secret it uses. Must run before Django loads and knows no settings."""

import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO_DIR = BASE_DIR / "demo"


def enter_demo(folder: Path = DEMO_DIR) -> None:
    """Points this process at the demo's own folder, whatever the environment says about the real site."""
    folder = Path(os.environ.get("LSCP_DEMO_DIR", folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["LSCP_DEMO"] = str(folder)
    os.environ["SECRET_KEY"] = _kept_secret(folder / "secret")
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'demo.sqlite3'}"
    os.environ.pop("SITE_URL", None)


def _kept_secret(file: Path) -> str:
    """The same secret at every start, so that people who tried something stay signed in."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()
