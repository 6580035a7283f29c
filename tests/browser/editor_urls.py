"""A page with two editors and nothing else, and a page that shows what was sent."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, RequestContext, Template
from django.urls import path

from returns.forms.richtext import RichTextField

PAGE = """{% load static crispy_forms_filters %}<!doctype html>
<html lang="en-GB">
<head>
  <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Write</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="{% static 'css/base.css' %}">
  <link rel="stylesheet" href="{% static 'css/components.css' %}">
  <link rel="stylesheet" href="{% static 'css/reading.css' %}">
  {{ form.media }}
</head>
<body><div class="page"><main>
  <h1>Write your answer</h1>
  {% if form.errors %}<div class="error-summary"><h2>There is a problem</h2><ul>
    {% for field in form %}{% for error in field.errors %}<li><a href="#{{ field.id_for_label }}">{{ error }}</a></li>{% endfor %}{% endfor %}
  </ul></div>{% endif %}
  <form method="post" novalidate>{% csrf_token %}{{ form|crispy }}<button>Save</button></form>
  <p><a href="/elsewhere/">Elsewhere</a></p>
</main></div></body>
</html>"""

RESULT = """<!doctype html><html lang="en-GB"><title>Sent</title><link rel="icon" href="data:,"><h1>Sent</h1>
<textarea id="feedback" aria-label="Feedback">{{ feedback }}</textarea>
<textarea id="changes" aria-label="Changes">{{ changes }}</textarea></html>"""

START = {
    "feedback": "<p>We asked <strong>twelve</strong> children.</p><ul><li>They said why</li></ul>",
    "changes": "",
}


class Answers(forms.Form):
    feedback = RichTextField(
        label="What have you done with the feedback?",
        help_text="Write about this year only.",
        suggested_words=400,
        required=True,
    )
    changes = RichTextField(label="What changed?")


def write(request: HttpRequest) -> HttpResponse:
    form = Answers(request.POST or None, initial=START | request.GET.dict())
    if form.is_valid():
        return HttpResponse(_template(RESULT).render(Context(form.cleaned_data)))
    return HttpResponse(_template(PAGE).render(RequestContext(request, {"form": form})))


def elsewhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "<!doctype html><link rel='icon' href='data:,'><title>Elsewhere</title><h1>Elsewhere</h1>"
    )


def _template(source: str) -> Template:
    return Template(source, engine=Engine.get_default())


urlpatterns = [path("", write, name="write"), path("elsewhere/", elsewhere, name="elsewhere")]
