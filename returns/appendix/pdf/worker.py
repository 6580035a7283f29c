"""The process that sets one PDF. Knows only typst: no site, no settings, no database, and its own limits.

Reads JSON from standard input; writes the PDF to standard output, or one line of JSON to standard error.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any


def main() -> int:
    job: dict[str, Any] = json.load(sys.stdin.buffer)
    _limit(resource.RLIMIT_AS, job["memory"])
    _limit(resource.RLIMIT_CPU, job["seconds"])
    _limit(resource.RLIMIT_CORE, 0)
    import typst

    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as nothing_to_read:
        for number, font in enumerate(job["fonts"]):
            Path(folder, f"{number:03}{Path(font).suffix}").symlink_to(font)
        try:
            content = typst.compile(
                job["template"].encode(),
                root=nothing_to_read,
                font_paths=typst.Fonts(include_system_fonts=False, font_paths=[folder]),
                sys_inputs={"doc": job["doc"]},
                package_path=nothing_to_read,
                package_cache_path=nothing_to_read,
                pdf_standards=job["standards"],
                timestamp=datetime.fromisoformat(job["made_at"]),
            )
        except typst.TypstError as error:
            sys.stderr.write(json.dumps({"message": error.message, "hints": error.hints}))
            return 2
    assert isinstance(content, bytes)
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
    return 0


def _limit(what: int, most: int) -> None:
    """No more than `most`, or what the machine allows already when that is less."""
    _, hard = resource.getrlimit(what)
    lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (lowest, lowest))


if __name__ == "__main__":
    sys.exit(main())
