"""What other programs put on the clipboard when the same text is copied from them, with all that they add to it.

The structure is theirs, the words are ours. `web_page` is what Chromium copied from a page, `libreoffice` what its HTML
filter wrote; the others follow what people found on their clipboards."""

from pathlib import Path

HTML = ("word", "word_online", "outlook", "outlook_web", "google_docs", "libreoffice", "web_page")

# What of each of them is kept.
KEPT = (
    "<h3>What we heard</h3><p><strong>Twelve</strong> children and <strong>two</strong> parents said “<em>nobody</em> "
    "told me”.</p><ul><li>Letters<ul><li>in plain words</li></ul></li><li>Calls</li></ul><h3>What we did</h3><p>We changed "
    'the letter. See <a href="https://example.org/guide">the guide</a>.</p><ol><li>Ask</li><li>Listen</li></ol>'
    "<table><thead><tr><th>You said</th><th>We did</th></tr></thead><tbody><tr><td>Cards</td><td>Printed</td></tr></tbody></table>"
)
# A PDF gives lines as they were printed, and no structure.
KEPT_OF_PDF = (
    "<p>What we heard</p><p>Twelve children and two parents said “nobody told me” when they were asked in May how it had "
    "been to sit in a meeting about themselves, and seven of them wanted to be told beforehand who would be in the room.</p>"
    "<p>We wrote to all of them.</p><ul><li>Letters in plain words, which name everybody who will be there and what each of "
    "them does</li><li>Calls</li></ul><p>The letter is sent a week before the meeting. It was read by the well-being group "
    "of two schools.</p>"
)


def copied(name: str) -> str:
    """As the browser hands it to a page."""
    suffix = "txt" if name == "pdf" else "html"
    return (Path(__file__).parent / f"{name}.{suffix}").read_bytes().decode()
