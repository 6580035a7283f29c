"""Owns reading a file of returns: checked and cleaned, nothing written. Knows nothing of what is kept already."""

from returns.importing.parsed import ImportRefused, Parsed, ParsedReturn, Year, name_key
from returns.importing.reading import read_file

__all__ = ["ImportRefused", "Parsed", "ParsedReturn", "Year", "name_key", "read_file"]
