"""The cast of the tests of returns."""

from tests.returns.conftest import cast, company

__all__ = ["cast", "company"]
