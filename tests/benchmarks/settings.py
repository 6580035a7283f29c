"""The tests' settings, but with static files as on a live site. Templates are cached, as everywhere."""

import os
from pathlib import Path

from tests.settings import *  # noqa: F403

TEMPLATES[0]["OPTIONS"]["debug"] = False  # noqa: F405
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = False
STATIC_ROOT = Path(os.environ["TEST_FOLDER"]) / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES["staticfiles"]["BACKEND"] = "lscp.storage.StaticFiles"  # noqa: F405
