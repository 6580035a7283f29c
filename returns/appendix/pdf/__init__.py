"""Owns how a Document becomes a PDF: its data, its fonts, its style and the process that sets it."""
