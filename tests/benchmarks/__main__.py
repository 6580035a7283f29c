"""Prints what pages and documents cost: CPU milliseconds, the median of several runs, and database queries.

.venv/bin/python -m tests.benchmarks, on SQLite, or on PostgreSQL with TEST_DATABASE=postgres. With --plot it draws
docs/images/speed.svg instead: how long the files take for more and more agencies. With --writers it says how many
people may write at once."""

import importlib
import os
import sys


def main() -> None:
    importlib.import_module("tests.database")  # chooses the database, before Django loads
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    importlib.import_module("django").setup()
    importlib.import_module("tests.benchmarks.run").main(
        plot="--plot" in sys.argv, many_writers="--writers" in sys.argv
    )


if __name__ == "__main__":
    main()
