"""Owns how a Document becomes a Word file: its parts, its styles, and the package around them."""
