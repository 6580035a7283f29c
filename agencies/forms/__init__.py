"""Plain forms: they check what was typed, know no request and save nothing."""
