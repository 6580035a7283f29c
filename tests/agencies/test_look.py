"""How a partnership looks: who may change it, what is refused, what its pages are given."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies import png
from agencies.actions import look as actions
from agencies.errors import NotNow
from agencies.models import Event, Logo, Partnership
from tests.pictures import chunk, header, pixels
from tests.pictures import png as make

PALE = "#ffd0ff"


def change(cast, **changes):
    values = {
        "name": cast.partnership.name,
        "accent": "",
        "logo": None,
        "logo_alt": "",
        "without_logo": False,
    }
    return actions.change_look(cast.partnership, **(values | {"by": cast.coordinator} | changes))


def dressed(cast) -> Partnership:
    return change(cast, accent="#1b4b8c", logo=png.read(make()), logo_alt="Luton, a blue bar")


def told() -> list[str]:
    return [str(event) for event in Event.objects.filter(act="change_look").order_by("pk")]


# --- The act ---------------------------------------------------------------------------------------


def test_name_colour_and_logo_change_with_one_event_each_time(cast):
    found = dressed(cast)
    assert (found.accent, found.logo_alt) == ("#1b4b8c", "Luton, a blue bar")
    assert bytes(Logo.objects.get().content) == png.read(make()).content
    change(cast, name="Luton", accent="#1b4b8c", logo_alt="Luton, a blue bar")
    change(cast, name="Luton", without_logo=True, logo_alt="Luton, a blue bar")
    change(cast, name="Luton")
    assert [one.split("partnership’s ")[1] for one in told()] == [
        "colour and logo",
        "name",
        "colour and logo",
    ]
    found = Partnership.objects.get(pk=cast.partnership.pk)
    assert (found.name, found.accent, found.logo_sha256, found.logo_alt) == ("Luton", "", "", "")
    assert not Logo.objects.exists()


def test_another_logo_has_another_address(cast):
    before = dressed(cast).logo_version
    other = png.read(make(header(), pixels(b"\0" + b"\xff\0\0" * 120)))
    after = change(cast, logo=other, logo_alt="Luton, a red bar").logo_version
    assert before != after
    assert Logo.objects.count() == 1


def test_what_cannot_be_read_or_heard_is_refused(cast):
    with pytest.raises(NotNow, match="too pale"):
        change(cast, accent=PALE)
    with pytest.raises(NotNow, match="in words"):
        change(cast, logo=png.read(make()))
    assert not Logo.objects.exists()
    assert told() == []


@pytest.mark.parametrize("who", ["other_coordinator", "lead", "contributor", "second_reader", "board"])
def test_nobody_else_changes_it(cast, who):
    with pytest.raises(PermissionDenied):
        change(cast, name="Mine", by=getattr(cast, who))


# --- The page --------------------------------------------------------------------------------------


def post(cast, client, **changes):
    client.force_login(cast.coordinator)
    values = {"name": cast.partnership.name, "accent": "", "logo_alt": ""}
    return client.post(reverse("look", args=[cast.partnership.slug]), values | changes, follow=True)


def file(content: bytes = make(), name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def test_a_coordinator_dresses_the_pages(cast, client):
    page = post(cast, client, accent="1B4B8C", logo=file(), logo_alt="Luton").content.decode()
    found = Partnership.objects.get(pk=cast.partnership.pk)
    slug = found.slug
    assert f'href="/{slug}/look/style.css?1b4b8c"' in page
    assert f'src="/{slug}/look/logo.png?{found.logo_version}" alt="Luton"' in page
    assert "a contrast of 7.5 to 1" in page
    style = client.get(f"/{slug}/look/style.css")
    assert (style["Content-Type"], style["Cache-Control"]) == (
        "text/css; charset=utf-8",
        "private, max-age=31536000, immutable",
    )
    assert "--accent: #1b4b8c" in style.content.decode()
    logo = client.get(f"/{slug}/look/logo.png")
    assert (logo["Content-Type"], logo["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert logo.content == png.read(make()).content
    assert "Use this look" in page


def test_a_pale_colour_is_refused_with_what_was_measured_and_a_shade_that_does(cast, client):
    page = post(cast, client, accent="#3fa7ff").content.decode()
    assert "#3fa7ff is too pale to be read: it has a contrast of 2.2 to 1 on the pages" in page
    assert "has 4.5 to 1" in page
    assert "such as #1b4b8c" in post(cast, client, accent="blue").content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "Enter the partnership’s name."),
        ({"logo": file()}, "Say in words what the logo says."),
        ({"logo": file(b"GIF89a"), "logo_alt": "x"}, "This is not a PNG picture."),
        ({"logo": file(b""), "logo_alt": "x"}, "The file is empty."),
        ({"logo": file(make() + bytes(png.LARGEST)), "logo_alt": "x"}, "it may have 100"),
        ({"logo": file(make(header(), chunk(b"IDAT", b""))), "logo_alt": "x"}, "pixels cannot be read"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_the_field(cast, client, values, said):
    assert said in post(cast, client, **values).content.decode()
    assert told() == []


def test_a_logo_stays_until_another_comes_or_none_is_wanted(cast, client):
    dressed(cast)
    page = post(cast, client, logo_alt="").content.decode()
    assert "Say in words what the logo says." in page and "Another logo" in page
    page = post(cast, client, logo=file(), logo_alt="x", without_logo="on").content.decode()
    assert "not both" in page
    post(cast, client, logo_alt="Luton, still")
    assert Partnership.objects.get(pk=cast.partnership.pk).logo_alt == "Luton, still"
    page = post(cast, client, without_logo="on").content.decode()
    assert "logo.png" not in page
    assert client.get(reverse("look_logo", args=[cast.partnership.slug])).status_code == 404


def test_what_became_impossible_meanwhile_is_said_in_the_form(cast, client, monkeypatch):
    """The logo was taken away on another page while its words were being changed."""
    dressed(cast)
    client.force_login(cast.coordinator)
    monkeypatch.setattr("agencies.colours.LEAST", 8.0)
    monkeypatch.setattr("agencies.forms.fields.too_pale", lambda colour: "")
    page = post(cast, client, accent="#1b4b8c", logo_alt="Luton").content.decode()
    assert "This colour is too pale to be read. Choose a darker one." in page
