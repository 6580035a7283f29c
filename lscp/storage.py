"""How static files are named for live use. Knows nothing of what is in them."""

from functools import cached_property
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Named by content and compressed; `import` lines in our modules are rewritten too."""

    support_js_module_import_aggregation = True

    def url(self, name: Any, force: bool = False) -> str:
        """Looked up once: the files do not change while the site runs, and a page names many."""
        if name not in self._urls:
            self._urls[name] = super().url(name, force)
        return self._urls[name]

    @cached_property
    def _urls(self) -> dict[str, str]:
        return {}
