"""The components, and the fields of forms: what they render, what they refuse, and that every link arrives."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from lscp.templatetags.ui import whole_years

CALLS = {
    "tag": '{% tag "Approved" "done" ATTR %}',
    "notice": '{% notice "Title" tone="warn" ATTR %}text{% endnotice %}',
    "empty": '{% empty "Nothing yet" ATTR %}text{% endempty %}',
    "error_summary": "{% error_summary form ATTR %}",
    "task_list": "{% task_list ATTR %}text{% endtask_list %}",
    "task": '{% task "Write" "/write/" "todo" "Not started" ATTR %}',
    "summary_list": "{% summary_list ATTR %}text{% endsummary_list %}",
    "summary_row": '{% summary_row "Key" ATTR %}text{% endsummary_row %}',
    "post_button": '{% post_button "Send" "/send/" ATTR %}',
    "link_button": '{% link_button "Open" "/open/" ATTR %}',
    "disclosure": '{% disclosure "More" ATTR %}text{% enddisclosure %}',
    "prose": "{% prose ATTR %}text{% endprose %}",
}


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class Choosing(forms.Form):
    name = forms.CharField(label="Your name", help_text="As in emails.")
    what = forms.ChoiceField(label="What to do", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    who = forms.MultipleChoiceField(label="Who", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    nobody = forms.ChoiceField(label="Nobody", choices=[], widget=forms.RadioSelect)
    when = forms.SplitDateTimeField(label="When")
    sure = forms.BooleanField(label="I am sure", help_text="Really.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"class": "w-medium"}))
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Somebody else was faster.")


@pytest.mark.parametrize("name", CALLS)
def test_component_renders(name):
    assert render(CALLS[name].replace("ATTR", ""), form=Choosing({}))


@pytest.mark.parametrize("name", CALLS)
def test_component_refuses_an_unknown_attribute(name):
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument 'colour'"):
        render(CALLS[name].replace("ATTR", 'colour="red"'))


@pytest.mark.parametrize("source", ['{% tag "x" "pink" %}', '{% link_button "x" "/" tone="done" %}'])
def test_component_refuses_an_unknown_tone(source):
    with pytest.raises(TemplateSyntaxError, match="is not one of"):
        render(source)


def test_what_is_passed_in_is_escaped():
    html = render(
        '{% tag x "done" %}{% task x x "todo" x hint=x %}{% post_button x x describe=x %}', x='"><script>'
    )
    assert "<script>" not in html


def test_a_tag_says_its_status_in_words_and_hides_its_shape():
    html = render('{% tag "Approved" "done" %}')
    assert words(html) == "Approved"
    assert 'aria-hidden="true"' in html


def test_a_task_without_address_is_no_link_and_says_why():
    html = render('{% task "Send" "" "quiet" "Cannot start yet" hint="Two answers are empty" %}')
    assert "<a " not in html
    assert words(html) == "Send Two answers are empty Cannot start yet"


def test_the_link_of_a_task_is_described_by_its_status_and_hint():
    html = render('{% task "Write" "/w/" "todo" "Not started" hint="Due soon" %}')
    described = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert all(f'id="{one}"' in html for one in described)
    assert len(described) == 2


def test_the_link_of_a_summary_row_says_what_it_changes():
    html = render('{% summary_row "Post" href="/p/" %}Inspector{% endsummary_row %}')
    assert words(html) == "Post Inspector Change Post"


def test_a_post_button_posts_with_the_token_of_the_page():
    html = render(
        '{% post_button "Remind" "/r/" describe="the police" name="a" value="b" %}', csrf_token="secret"
    )
    assert 'method="post" action="/r/"' in html
    assert 'value="secret"' in html
    assert 'name="a" value="b"' in html
    assert words(html) == "Remind the police"


def test_a_table_in_what_somebody_wrote_scrolls_in_a_box_of_its_own():
    html = render("{% prose %}<p>See:</p><table><tbody><tr><td>1</td></tr></tbody></table>{% endprose %}")
    box = '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>'
    assert f"<p>See:</p>{box}<tbody><tr><td>1</td></tr></tbody></table></div></div>" in html


# --- Error summary -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [None, "", Choosing()])
def test_no_summary_without_errors(form):
    assert render("{% error_summary form %}", form=form) == ""


def test_every_link_of_the_summary_arrives_at_its_field():
    page = render(
        "{% load crispy_forms_filters %}{% error_summary form %}{{ form|crispy }}", form=Choosing({})
    )
    links = re.findall(r'href="#([^"]+)"', page)
    assert links == ["id_name", "id_what_0", "id_who_0", "id_nobody", "id_when_0", "id_sure"]
    assert [link for link in links if f'id="{link}"' not in page] == []


def test_the_summary_names_the_field_where_django_does_not():
    page = render("{% error_summary form %}", form=Choosing({"name": ""}))
    assert "“Your name” is still empty" in page
    assert "This field is required" not in page.split("<a ")[1]


def test_errors_without_a_field_to_go_to_are_plain_text():
    page = render("{% error_summary form %}", form=Choosing({}))
    assert "<li>Somebody else was faster.</li>" in page
    assert 'href="#id_key"' not in page


# --- Fields --------------------------------------------------------------------------------------


def fields(form: forms.Form) -> str:
    return render("{% load crispy_forms_filters %}{{ form|crispy }}", form=form)


def test_every_description_of_a_field_exists():
    page = fields(Choosing({}))
    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()
    assert [one for one in described if f'id="{one}"' not in page] == []
    assert {"id_name_helptext", "id_name_error", "id_what_error", "id_sure_helptext"} <= set(described)


def test_an_error_says_that_it_is_one():
    assert '<span class="visually-hidden">Error: </span>“Your name” is still empty.' in fields(Choosing({}))


def test_an_empty_field_is_named_as_the_page_names_it_in_both_places():
    page = render(
        '{% error_summary form name="Work name" %}{% include "lscp/field.html" with field=form.name label="Work name" %}',
        form=Choosing({"name": ""}),
    )
    assert page.count("“Work name” is still empty.") == 2
    assert "Your name" not in page


def test_only_optional_fields_are_marked():
    assert words(fields(Choosing())).count("(optional)") == 1


def test_a_form_can_leave_its_fields_unmarked():
    form = Choosing()
    form.mark_optional = False
    assert "(optional)" not in fields(form)


def test_groups_of_choices_stand_in_a_fieldset_with_a_legend():
    page = fields(Choosing())
    assert page.count("<fieldset") == page.count("<legend>") == 4  # radios, boxes, radios, date and time


def test_a_formset_renders_every_form():
    page = fields(forms.formset_factory(Choosing, extra=2)())
    assert 'name="form-TOTAL_FORMS"' in page
    assert 'id="id_form-1-name"' in page


# --- Days and moments ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "day", "short_day", "moment"),
    [
        (None, "", "", ""),
        ("", "", "", ""),
        (datetime(2026, 5, 3, 13, 32, tzinfo=UTC), "Sunday 3 May 2026", "3 May 2026", "3 May 2026 at 14:32"),
        (
            datetime(2026, 11, 3, 13, 2, tzinfo=UTC),
            "Tuesday 3 November 2026",
            "3 November 2026",
            "3 November 2026 at 13:02",
        ),
        (
            datetime(2026, 7, 31, 23, 30, tzinfo=UTC),
            "Saturday 1 August 2026",
            "1 August 2026",
            "1 August 2026 at 00:30",
        ),
        (
            datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
            "Sunday 29 March 2026",
            "29 March 2026",
            "29 March 2026 at 00:59",
        ),
        (
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
            "Sunday 29 March 2026",
            "29 March 2026",
            "29 March 2026 at 02:00",
        ),
        (
            datetime(2026, 10, 25, 0, 59, tzinfo=UTC),
            "Sunday 25 October 2026",
            "25 October 2026",
            "25 October 2026 at 01:59",
        ),
        (
            datetime(2026, 10, 25, 1, 0, tzinfo=UTC),
            "Sunday 25 October 2026",
            "25 October 2026",
            "25 October 2026 at 01:00",
        ),
    ],
)
def test_times_are_shown_as_they_are_in_london(value, day, short_day, moment):
    source = "{{ value|day }}|{{ value|short_day }}|{{ value|moment }}"
    assert render(source, value=value) == f"{day}|{short_day}|{moment}"


def test_a_day_stays_the_day_it_is():
    assert render("{{ value|day }}", value=date(2026, 5, 3)) == "Sunday 3 May 2026"


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_has_a_name_people_know(agent, said):
    assert render("{{ value|browser }}", value=agent) == said


def test_an_address_breaks_behind_its_at_and_is_escaped():
    assert render("{{ value|address }}", value="ann&lee@example.org") == "ann&amp;lee@<wbr>example.org"


def test_years_in_a_heading_stay_whole_and_the_rest_is_escaped():
    text = whole_years("Report 2025-26 <b> & 2024/25")
    assert text == (
        'Report <span class="whole">2025-26</span> &lt;b&gt; &amp; <span class="whole">2024/25</span>'
    )
