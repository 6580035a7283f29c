"""Rows of long tables."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from returns.models.overview import Row

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=1000)
def collection_row(row: Row, coordinates: bool, invite_url: str) -> SafeString:
    """One agency in the page of a year. Most rows say what they said when the page was last looked at, so what was
    written of the same values is kept."""
    context = {"row": row, "coordinates": coordinates, "invite_url": invite_url}
    return render_to_string("returns/parts/collection_row.html", context)
