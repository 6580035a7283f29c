"""The components pages are built from, and how days and moments are written. Knows no words of the domain."""

import re
from datetime import date, datetime
from functools import cache
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from django.conf import settings
from django.forms import BaseForm, Field, MultiWidget
from django.forms.boundfield import BoundField
from django.template import Context, Library, TemplateSyntaxError
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = Library()

LONDON = ZoneInfo("Europe/London")
TAG_TONES = ("quiet", "todo", "active", "done", "stop")
NOTICE_TONES = ("info", "good", "warn", "stop")
# The first mark found wins: browsers name those they descend from, too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
_YEARS = re.compile(r"\b\d{4}[-–/]\d{2,4}\b")
BUTTON_TONES = ("primary", "secondary", "stop", "link")


# --- Days and moments ----------------------------------------------------------------------------


@register.filter
def day(value: date | None) -> str:
    """Friday 3 May 2026"""
    return f"{_in_london(value):%A} {short_day(value)}" if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """3 May 2026"""
    if not value:
        return ""
    local = _in_london(value)
    return f"{local.day} {local:%B} {local.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """3 May 2026 at 14:32"""
    return f"{short_day(value)} at {_in_london(value):%H:%M}" if value else ""


@register.filter
def whole_years(text: str) -> SafeString:
    """A heading or a title that does not break between "2025-" and "26"."""
    return mark_safe(_YEARS.sub(r'<span class="whole">\g<0></span>', escape(text)))  # noqa: S308 (escaped first)


@register.filter
def address(text: str) -> SafeString:
    """An e-mail address that in a narrow column breaks behind its @ before it breaks anywhere else."""
    return mark_safe(escape(text).replace("@", "@<wbr>"))  # noqa: S308 (escaped first)


@register.filter
def browser(user_agent: str) -> str:
    """Firefox on Windows"""
    name = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{name} on {system}" if system else name


@register.simple_tag
def time_of_a_code() -> str:
    """How long a code that was e-mailed works: 3 minutes"""
    return f"{settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60} minutes"


def _in_london(value: date) -> date:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(LONDON)
    return value


# --- Status and messages -------------------------------------------------------------------------


@register.simple_tag
@cache
def tag(label: str, tone: str) -> SafeString:
    """One of few: a long table is quicker to write when each is written once."""
    return _render("tag", label=label, tone=_known(tone, TAG_TONES))


@register.simple_block_tag
def notice(content: SafeString, title: str, tone: str = "info", level: int = 2) -> SafeString:
    return _render("notice", content=content, title=title, tone=_known(tone, NOTICE_TONES), level=level)


@register.simple_block_tag
def empty(content: SafeString, title: str, level: int = 2) -> SafeString:
    return _render("empty", content=content, title=title, level=level)


@register.simple_tag
def error_summary(form: BaseForm | None, **labels: str) -> SafeString:
    """What stops the form, each with a link to its field; nothing while there is nothing to say.

    `labels` names the fields, by name, to which the page gives another label than their form does."""
    for name in labels:
        _known_field(form, name)
    if not form or not form.errors:
        return SafeString("")
    fields = [
        {"href": f"#{_target(bound)}", "text": text}
        for bound in form
        if not bound.is_hidden
        for text in error_texts(bound, labels.get(bound.name, ""))
    ]
    hidden = [text for bound in form.hidden_fields() for text in bound.errors]
    return _render("error_summary", fields=fields, others=[*form.non_field_errors(), *hidden])


def _known_field(form: BaseForm | None, name: str) -> None:
    if not form or name not in form.fields:
        raise TemplateSyntaxError(f"'error_summary' received unexpected keyword argument '{name}'")


@register.simple_tag
def error_texts(bound: BoundField, label: str = "") -> list[str]:
    """What stops the field, in the same words beside it and in the summary; `label` as the page shows it. Django's own
    "This field is required." does not say which, and a summary may hold it several times."""
    unnamed = str(Field.default_error_messages["required"])
    named = f"“{label or bound.label}” is still empty."
    return [named if text == unnamed else text for text in map(str, bound.errors)]


def _target(bound: BoundField) -> str:
    """The id of the first thing in the field that takes the focus; a group of choices has none of its own."""
    if isinstance(bound.field.widget, MultiWidget):
        return f"{bound.auto_id}_0"
    if bound.id_for_label:
        return bound.id_for_label
    options = bound.subwidgets
    return options[0].id_for_label if options else bound.auto_id


# --- Lists ---------------------------------------------------------------------------------------


@register.simple_block_tag
def task_list(content: SafeString) -> SafeString:
    return _render("task_list", content=content)


@register.simple_tag
def task(title: str, url: str, tone: str, label: str, hint: str = "") -> SafeString:
    """Without a url the task cannot be started yet; the hint says why."""
    key = f"task-{crc32(f'{title} {url}'.encode()):08x}"
    return _render(
        "task", title=title, url=url, tone=_known(tone, TAG_TONES), label=label, hint=hint, key=key
    )


@register.simple_block_tag
def summary_list(content: SafeString) -> SafeString:
    return _render("summary_list", content=content)


@register.simple_block_tag
def summary_row(content: SafeString, key: str, href: str = "", change: str = "Change") -> SafeString:
    return _render("summary_row", content=content, key=key, href=href, change=change)


# --- Doing ---------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    label: str,
    url: str,
    tone: str = "primary",
    describe: str = "",
    name: str = "",
    value: str = "",
) -> SafeString:
    """A form of one button. `describe` completes the label for those who hear buttons one by one."""
    return _render(
        "post_button",
        label=label,
        url=url,
        tone=_known(tone, BUTTON_TONES),
        describe=describe,
        name=name,
        value=value,
        csrf_token=context.get("csrf_token"),
    )


@register.simple_tag
def link_button(label: str, url: str, tone: str = "primary") -> SafeString:
    return _render("link_button", label=label, url=url, tone=_known(tone, BUTTON_TONES))


@register.simple_block_tag
def disclosure(content: SafeString, summary: str) -> SafeString:
    return _render("disclosure", content=content, summary=summary)


# --- Reading -------------------------------------------------------------------------------------


@register.simple_block_tag
def prose(content: SafeString) -> SafeString:
    """What somebody wrote, set for reading."""
    return _render("prose", content=with_scrolling_tables(content))


@register.filter
def with_scrolling_tables(html: str) -> SafeString:
    """Each table of a safe HTML text in a box that scrolls sideways, also by keyboard, so that no word is broken on a
    telephone. What looks like a tag has to be one."""
    box = '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>'
    return mark_safe(html.replace("<table>", box).replace("</table>", "</table></div>"))  # noqa: S308 (safe before)


def _render(component: str, **values: Any) -> SafeString:
    return mark_safe(get_template(f"components/{component}.html").render(values))  # noqa: S308 (the engine escaped it)


def _known(tone: str, tones: tuple[str, ...]) -> str:
    if tone not in tones:
        raise TemplateSyntaxError(f"The tone {tone!r} is not one of {', '.join(tones)}.")
    return tone
