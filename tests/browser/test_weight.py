"""How much a page weighs with all that it loads, compressed, with nothing in the browser's cache."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Response

from tests.returns import cast
from tests.returns.test_said_before import LETTER, last_year

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EDITOR, OTHERS = 250_000, 40_000


def weight(person, address: str) -> int:
    """Bytes of everything that the page asked for, each compressed as the server does it."""
    answers: list[Response] = []
    person.page.on("response", lambda answer: answers.append(answer))
    person.goes_to(address)
    person.page.wait_for_load_state("networkidle")
    return sum(len(gzip.compress(one.body())) for one in answers if one.status == 200)


def test_pages_are_light(comes) -> None:
    people = cast.make()
    last_year(people, LETTER * 30)
    cast.save(people, LETTER * 30)
    one = people.agency_return
    pages = {
        "home": "/",
        "the return": one.get_absolute_url(),
        "as printed": one.url("as_printed"),
        "checking": one.url("check"),
        "signing off": one.url("ask_sign_off"),
        "a Word file": one.url("answer_word", 1),
    }
    found = {name: weight(comes("lead", people.lead), address) for name, address in pages.items()}
    cast.submit(people)
    maeve = {"review": one.url("review"), "collection": people.collection.get_absolute_url()}
    found |= {name: weight(comes("coordinator", people.coordinator), url) for name, url in maeve.items()}
    assert {name: size for name, size in found.items() if size > OTHERS} == {}, found


def test_the_page_with_the_editor_is_light_enough(comes) -> None:
    people = cast.make()
    last_year(people, LETTER * 30)
    cast.save(people, LETTER * 30)
    size = weight(comes("lead", people.lead), people.agency_return.url("answer_edit", 1))
    assert OTHERS < size < EDITOR, size
