"""How a log line is written. Knows nothing of what happened, and leaves out what a database says of the values."""

import logging
import re
from types import TracebackType

# PostgreSQL repeats the row that it refused, and a row may hold what somebody wrote about a child.
_VALUES = re.compile(r"^DETAIL:.*?(?=\n\n(?:The above|During handling)|\Z)", re.MULTILINE | re.DOTALL)

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Line(logging.Formatter):
    """Time, level, place, message; and the trace of an error without the values of the database."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatException(self, ei: Raised) -> str:
        return _VALUES.sub("DETAIL: (left out)", super().formatException(ei))
