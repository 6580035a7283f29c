"""What the files of a document cost: wall-clock seconds and peak memory, since the PDF is set by another process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

from returns.appendix.document import Document, to_data
from returns.appendix.files import FORMATS

MOST = {9: 0.5, 100: 2.0, 1000: 15.0}  # seconds for all formats together
MEMORY = 1200  # MB


def measure(document: Document, *, runs: int = 3) -> None:
    """The best of several runs, by the clock and by the processors: the machine may have other things to do."""
    found = {kind: [seconds(kind, document) for _ in range(runs)] for kind in FORMATS}
    clock = {kind: min(one for one, _ in times) for kind, times in found.items()}
    work = sum(min(one for _, one in times) for times in found.values())
    agencies, total = len(document.sections), sum(clock.values())
    kinds = ", ".join(f"{kind} {seconds:.2f}" for kind, seconds in clock.items())
    lines = (
        f"{f'files of {agencies} agencies':<42}{total:>9.2f} s ({kinds}); CPU {work:.2f} s; aim {MOST[agencies]} s",
        f"{'':<42}{_memory(document):>9.0f} MB peak of the PDF's process; aim {MEMORY} MB",
    )
    for line in lines:
        print(line, flush=True)  # noqa: T201


def seconds(kind: str, document: Document) -> tuple[float, float]:
    """By the clock, and of all processors, those of finished children included."""
    clock, work = time.perf_counter(), _work()
    FORMATS[kind].write(document)
    return time.perf_counter() - clock, _work() - work


def _work() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _memory(document: Document) -> float:
    """MB of the biggest process that was started, in a process of its own: the kernel only keeps the maximum."""
    code = (
        "import json, resource, sys; from returns.appendix import to_pdf; from returns.appendix.document import from_data; "
        "to_pdf.render(from_data(json.load(sys.stdin))); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(to_data(document)),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)
