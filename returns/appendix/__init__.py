"""Owns the appendix: compiled from what is approved, then written in each format. Only `compile` reads a database."""
