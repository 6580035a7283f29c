"""Owns which elements of HTML stand on lines of their own, in a line, or mark text; does nothing with them."""

HEADINGS = {"h1": 1, "h2": 1, "h3": 1, "h4": 2, "h5": 2, "h6": 2}
PARAGRAPHS = frozenset({"p", *HEADINGS})
LISTS = frozenset({"ul", "ol", "menu", "dir"})
CELLS = frozenset({"td", "th"})
BOXES = frozenset(
    {
        "address", "article", "aside", "body", "center", "details", "dialog", "div", "dl", "fieldset", "figure",
        "footer", "form", "header", "hgroup", "html", "main", "nav", "pre", "section",
    }
)  # fmt: skip
# Elements that begin on a line of their own and need nothing but that.
BREAKS = frozenset(
    {
        "caption", "col", "colgroup", "dd", "dt", "figcaption", "frame", "frameset", "head", "hr", "legend", "link",
        "meta", "noframes", "optgroup", "option", "param", "plaintext", "rp", "search", "select", "summary", "tbody",
        "textarea", "tfoot", "thead", "title", "xmp",
    }
)  # fmt: skip
BLOCKS = PARAGRAPHS | LISTS | CELLS | BOXES | BREAKS | {"li", "blockquote", "table", "tr"}
# Elements that stand in a line where words are, so that the words beside them stay two words.
GAPS = frozenset(
    {"audio", "button", "canvas", "embed", "iframe", "image", "img", "input", "object", "svg", "video"}
)
INLINE = frozenset({"a", "b", "del", "em", "font", "i", "s", "span", "strike", "strong", "u"})
# Unlike a span, these go on after the end of their paragraph when they are not closed in it, as in a browser.
FORMATTING = frozenset({"b", "em", "font", "i", "strong", "u"})
