"""Shows formatted text on pages: from blocks only, never from what was typed."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from returns import richtext

register = template.Library()


@register.filter
def as_html(blocks: tuple[richtext.Block, ...]) -> SafeString:
    """Under a question, which is an h3: sub-headings begin at h4."""
    return mark_safe(richtext.to_html(blocks, heading_base=4))  # noqa: S308 (built from blocks)


@register.filter
def as_html_marking(blocks: tuple[richtext.Block, ...], passage: str) -> SafeString:
    """The same, with a passage marked."""
    return mark_safe(richtext.marked_html(blocks, passage, heading_base=4))  # noqa: S308 (built from blocks)
