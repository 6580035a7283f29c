"""The settings for tools that only read the code, such as mypy: no test database is started for them."""

import os

os.environ.setdefault("DATABASE_URL", "sqlite:///unused.sqlite3")
os.environ.setdefault("SECRET_KEY", "only for tools")

from lscp.settings import *  # noqa: F403
