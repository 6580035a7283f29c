"""What is said when a file cannot be made."""

from __future__ import annotations


class RenderError(Exception):
    """A file could not be made. `str()` of it is a sentence for the person who asked; `detail` is for the log."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail
