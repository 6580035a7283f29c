"""How static files are named for live use. Knows nothing of what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Named by content and compressed; `import` lines in our modules are rewritten too."""

    support_js_module_import_aggregation = True
