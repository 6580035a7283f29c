"""What the forms take and refuse, whatever people type."""

import pytest
from django.core.validators import validate_slug
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DatabaseCase

from agencies.forms.fields import OneLine
from agencies.forms.invitations import InviteForm
from agencies.forms.seats import AddSeatForm
from agencies.forms.setup import RESERVED_SLUGS, NameForm, PartnershipForm, suggest_slug
from lscp import urls
from tests.agencies import factories as make


@given(st.text(max_size=400))
def test_a_suggested_short_name_is_valid_or_empty(name):
    slug = suggest_slug(name)
    assert len(slug) <= 60
    if slug:
        validate_slug(slug)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        (
            "The Safeguarding Children Partnership of Brackley Vale and Surrounding Districts",
            "the-safeguarding-children-partnership-of-brackley-vale-and",
        ),
        ("a" * 30 + " " + "b" * 29 + " c", "a" * 30 + "-" + "b" * 29),  # 60 characters, and a word more
        ("a" * 80, "a" * 60),
    ],
)
def test_a_long_name_gives_a_short_name_of_whole_words(name, slug):
    assert suggest_slug(name) == slug


@given(st.text(max_size=400))
def test_a_name_is_one_line_that_can_be_seen_or_refused(name):
    form = NameForm({"name": name})
    if form.is_valid():
        cleaned = form.cleaned_data["name"]
        assert cleaned == " ".join(cleaned.split()) and 0 < len(cleaned) <= 200


class AnyName(DatabaseCase):
    @given(st.text(max_size=250), st.text(max_size=70))
    def test_the_partnerships_form_never_lets_a_bad_short_name_through(self, name, slug):
        form = PartnershipForm({"name": name, "slug": slug})
        if form.is_valid():
            validate_slug(form.cleaned_data["slug"])
            assert form.cleaned_data["slug"] not in RESERVED_SLUGS
            assert form.cleaned_data["slug"] == form.cleaned_data["slug"].lower()


@pytest.mark.parametrize("name", ["", " ", "\u200b\u200d", "\n", "x" * 201])
def test_names_that_cannot_be_used(name):
    assert not NameForm({"name": name}).is_valid()


@pytest.mark.parametrize("name", ["Heddlu Gwent", "警察", "شرطة", "O’Neill & Søn", "x" * 200, "👮"])
def test_names_in_any_script(name):
    form = NameForm({"name": f"  {name}\t"})
    assert form.is_valid() and form.cleaned_data["name"] == name


def test_an_empty_optional_line_is_empty():
    assert OneLine(required=False).clean(None) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name, slug, says",
    [
        ("Luton", "setup", "needs the address"),
        ("Setup", "", "needs the address"),
        ("Luton", "a b", "only the letters"),
        ("Luton", "lutón", "only the letters"),
        ("Luton", "x" * 61, "60"),
        ("警察", "", "none can be made"),
    ],
)
def test_short_names_that_are_refused(name, slug, says):
    assert says in str(PartnershipForm({"name": name, "slug": slug}).errors["slug"])


@pytest.mark.django_db
def test_a_taken_short_name_is_refused():
    place = make.partnership()
    assert "Another partnership" in str(PartnershipForm({"name": "x", "slug": place.slug}).errors["slug"])


def test_every_address_of_the_site_itself_is_reserved():
    """A partnership of such a name would never be reached."""
    from django.urls import get_resolver

    firsts = {
        str(pattern.pattern).split("/")[0]
        for resolver in [get_resolver(urls.__name__)]
        for one in resolver.url_patterns
        for pattern in (getattr(one, "url_patterns", None) or [one] if not str(one.pattern) else [one])
    }
    own = {first for first in firsts if first and "<" not in first and "(" not in first}
    assert own <= RESERVED_SLUGS


def test_adding_an_agency_needs_a_name_or_a_choice(cast):
    agencies = [cast.police_agency]
    form = AddSeatForm({}, agencies=agencies, present=[])
    assert form.errors == {"name": ["Enter the agency’s name."]}
    chosen = AddSeatForm(
        {"agency": str(cast.police_agency.pk), "name": "Police"}, agencies=agencies, present=[]
    )
    assert chosen.is_valid() and chosen.cleaned_data == {"agency": cast.police_agency, "name": "Police"}
    assert "agency" not in AddSeatForm(agencies=[], present=[]).fields
    assert not AddSeatForm({"agency": "999"}, agencies=agencies, present=[]).is_valid()


def test_inviting_needs_an_agency_for_those_who_write_and_none_for_the_others(cast):
    given = {"name": "Ann", "email": "Ann@Example.org", "seat": str(cast.police.pk)}
    writer = InviteForm(given | {"kind": "lead"}, seats=[cast.police])
    assert writer.is_valid()
    assert (writer.cleaned_data["seat"], writer.cleaned_data["email"]) == (cast.police, "ann@example.org")
    board = InviteForm(given | {"kind": "board", "seat": ""}, seats=[cast.police])
    assert board.is_valid() and board.cleaned_data["seat"] is None
    of_an_agency = InviteForm(given | {"kind": "board"}, seats=[cast.police])
    assert set(of_an_agency.errors) == {"seat"}
    without = InviteForm(given | {"kind": "lead", "seat": ""}, seats=[cast.police])
    assert without.errors == {"seat": ["Choose the agency whose return they write."]}
    assert set(InviteForm({"kind": "king"}, seats=[]).errors) == {"name", "email", "kind"}
