"""The partnership's own short forms, names and words: who sets them, and what they do."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agencies.errors import NotNow
from agencies.models import Event
from returns import richtext
from returns.actions import checkups, editions, registers, short_forms
from returns.appendix.compile import compile_document
from returns.appendix.document import Passage, Section
from returns.appendix.glossary import glossary
from returns.models import Frame, Term, TermKind
from returns.models.registers import registers_of, starting_acronyms
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

TEXT = "<p>Children told us at the QZX, and at MASH meetings, what they thought of the hubbing.</p>"


def rules(cast: Cast) -> dict[str, str]:
    """Rule to quotation, of what was sent."""
    found = checkups.sent_points(checkups.current(cast.agency_return))
    return {one.rule: one.quote for one in found}


def key(cast: Cast, rule: str, *, draft: bool = False) -> str:
    if draft:
        found = checkups.draft_points(cast.agency_return).findings
    else:
        found = checkups.sent_points(checkups.current(cast.agency_return))
    return next(one.key for one in found if one.rule == rule)


def test_what_everybody_begins_with(cast: Cast) -> None:
    found = registers_of(cast.partnership)
    assert found.acronyms["MASH"] == "multi-agency safeguarding hub"
    assert len(starting_acronyms()) > 80
    assert all(short and meaning for short, meaning in starting_acronyms().items())


def test_an_entry_of_ones_own_comes_first_and_the_checks_know_it(cast: Cast) -> None:
    players.save(cast, TEXT)
    players.submit(cast)
    assert rules(cast)["unexpanded-acronym"] == "QZX"
    registers.add(
        cast.partnership, kind=TermKind.ACRONYM, text="QZX", meaning="quiet zone", by=cast.coordinator
    )
    assert "unexpanded-acronym" not in rules(cast)
    registers.add(
        cast.partnership, kind=TermKind.ACRONYM, text="MASH", meaning="our hub", by=cast.coordinator
    )
    assert registers_of(cast.partnership).acronyms["MASH"] == "our hub"
    assert "QZX" not in "".join(Event.objects.values_list("phrase", flat=True))


def test_an_agency_proposes_and_a_coordinator_decides(cast: Cast) -> None:
    term = registers.propose(cast.agency_return, kind=TermKind.WORD, text="hubbing", by=cast.contributor)
    assert registers_of(cast.partnership).words == ()
    with pytest.raises(NotNow, match="proposed already"):
        registers.propose(cast.agency_return, kind=TermKind.WORD, text="hubbing", by=cast.lead)
    with pytest.raises(PermissionDenied):
        registers.accept(term, by=cast.lead)
    registers.accept(term, by=cast.coordinator)
    registers.accept(term, by=cast.coordinator)
    assert registers_of(cast.partnership).words == ("hubbing",)
    assert Event.objects.filter(act="accept_term").count() == 1
    with pytest.raises(NotNow, match="in the list already"):
        registers.propose(cast.agency_return, kind=TermKind.WORD, text="hubbing", by=cast.lead)
    registers.remove(term, by=cast.coordinator)
    assert not Term.objects.exists()


@pytest.mark.parametrize("person", ["lead", "second_reader", "board", "stranger", "outside_coordinator"])
def test_nobody_else_sets_them(cast: Cast, person: str) -> None:
    with pytest.raises(PermissionDenied):
        registers.add(cast.partnership, kind=TermKind.WORD, text="W", by=getattr(cast, person))
    if person != "lead":
        with pytest.raises(PermissionDenied):
            registers.propose(cast.agency_return, kind=TermKind.WORD, text="W", by=getattr(cast, person))


@pytest.mark.parametrize(("text", "meaning"), [("", "quiet zone"), ("QZX", " ")])
def test_an_entry_says_something(cast: Cast, text: str, meaning: str) -> None:
    with pytest.raises(NotNow):
        registers.add(
            cast.partnership, kind=TermKind.ACRONYM, text=text, meaning=meaning, by=cast.coordinator
        )


# --- Pages ------------------------------------------------------------------------------------------


def test_the_page_adds_takes_in_and_removes(cast: Cast) -> None:
    proposed = registers.propose(cast.agency_return, kind=TermKind.WORD, text="hubbing", by=cast.lead)
    maeve = players.client(cast.coordinator)
    url = reverse("registers", args=[cast.partnership.slug])
    html = maeve.get(url).content.decode()
    assert "Proposed by agencies" in html and "No entries of your own yet" in html and "multi-agency" in html
    assert "(optional)" not in html  # a short form has to stand for something
    maeve.post(reverse("term_accept", args=[cast.partnership.slug, proposed.pk]))
    assert (
        "Say what the short form stands for"
        in maeve.post(url, {"kind": "acronym", "text": "QZX"}).content.decode()
    )
    assert maeve.post(url, {"kind": "acronym", "text": "QZX", "meaning": "quiet zone"}).status_code == 302
    html = maeve.get(url).content.decode()
    assert "quiet zone" in html and "never" in html and "Proposed by agencies" not in html
    for term in Term.objects.all():
        maeve.post(reverse("term_remove", args=[cast.partnership.slug, term.pk]))
    assert not Term.objects.exists()


def test_a_coordinator_adds_from_a_point(cast: Cast) -> None:
    players.save(cast, TEXT)
    players.submit(cast)
    maeve = players.client(cast.coordinator)
    url = cast.agency_return.url("point_add")
    shown = maeve.get(cast.agency_return.url("review")).content.decode()
    assert "Add it to the partnership’s lists" in shown
    chosen = key(cast, "unexpanded-acronym")
    assert "QZX" not in chosen
    assert "QZX" in maeve.get(f"{url}?point={chosen}").content.decode()
    refused = maeve.post(url, {"point": chosen, "meaning": ""}).content.decode()
    assert "Say what it stands for" in refused
    assert maeve.post(url, {"point": chosen, "meaning": "quiet zone"}).url.endswith("/review/#points")
    assert registers_of(cast.partnership).acronyms["QZX"] == "quiet zone"
    assert maeve.get(f"{url}?point={chosen}").status_code == 302  # it is known now


def test_an_agency_proposes_from_a_point(cast: Cast) -> None:
    players.save(cast, TEXT)
    lead = players.client(cast.lead)
    url = cast.agency_return.url("point_add")
    chosen = key(cast, "unexpanded-acronym", draft=True)
    assert "Propose it" in lead.get(f"{url}?point={chosen}").content.decode()
    assert lead.post(url, {"point": chosen, "meaning": "quiet zone"}).url.endswith("/check/#points")
    assert Term.objects.proposed().get().text == "QZX"
    again = lead.post(url, {"point": chosen, "meaning": "quiet zone"})
    assert "proposed already" in again.content.decode()


def test_a_word_takes_one_click(cast: Cast) -> None:
    pytest.importorskip("hunspell")
    players.save(cast, TEXT)
    players.submit(cast)
    maeve = players.client(cast.coordinator)
    assert "Add it to the partnership’s words" in maeve.get(cast.agency_return.url("review")).content.decode()
    maeve.post(cast.agency_return.url("point_add"), {"point": key(cast, "spelling")})
    assert registers_of(cast.partnership).words == ("hubbing",)


# --- The glossary -----------------------------------------------------------------------------------


def test_only_short_forms_that_occur_are_printed() -> None:
    text = "SENCOs met the MASH, the DfE and A&E; mash was eaten, and CPS2 was not."
    section = Section(
        "a", "A", (Passage("a.1", "Q", richtext.parse(f"<p>{text.replace('&', '&amp;')}</p>")),)
    )
    part = glossary([section, Section("b", "B", nil_reason="The ICB bought it.")], starting_acronyms())
    [table] = part.blocks
    shown = [row[0].inlines[0].text for row in table.rows]
    assert shown == ["A&E", "DfE", "ICB", "MASH", "SENCO"]
    assert glossary([], starting_acronyms()).blocks == ()


def test_the_appendix_ends_with_them_and_the_coordinator_edits_them(cast: Cast) -> None:
    players.save(cast, "<p>Children told us at MASH meetings, and at CAMHS, what they thought.</p>")
    players.submit(cast)
    players.move(cast, "approve")
    part = compile_document(cast.collection).after[-1]
    assert (part.anchor, part.title) == ("glossary", "Short forms")
    assert "multi-agency safeguarding hub" in richtext.to_text(part.blocks)
    add = {"kind": TermKind.ACRONYM, "by": cast.coordinator}
    registers.add(cast.partnership, text="MASH", meaning="our hub", **add)
    registers.add(cast.partnership, text="CAMHS", meaning="mental health", in_glossary=False, **add)
    text = richtext.to_text(compile_document(cast.collection).after[-1].blocks)
    assert "our hub" in text and "mental health" not in text


# --- Of one appendix ----------------------------------------------------------------------------------


def approved(cast: Cast) -> None:
    players.save(
        cast, "<p>Children told us at MASH meetings, at CAMHS and at the QZX, what they thought.</p>"
    )
    players.submit(cast)
    players.move(cast, "approve")


def printed(cast: Cast) -> dict[str, str]:
    [table] = compile_document(cast.collection).after[-1].blocks
    return {row[0].inlines[0].text: row[1].inlines[0].text for row in table.rows}


def test_a_coordinator_edits_the_short_forms_of_one_appendix(cast: Cast) -> None:
    approved(cast)
    maeve = players.client(cast.coordinator)
    url = reverse("appendix_glossary", args=[cast.partnership.slug, cast.collection.slug])
    html = maeve.get(url).content.decode()
    assert [html.count(f'name="{short}"') for short in ("CAMHS", "MASH", "QZX")] == [1, 1, 1]
    said = {"MASH": "our hub", "CAMHS": " ", "QZX": "quiet zone"}
    assert maeve.post(url, said).status_code == 302
    assert printed(cast) == {"MASH": "our hub", "QZX": "quiet zone"}
    html = maeve.get(url).content.decode()
    assert (
        "The partnership’s lists say: multi-agency safeguarding hub" in html
        and "In this appendix only" in html
    )
    readiness = reverse("readiness", args=[cast.partnership.slug, cast.collection.slug])
    assert "2 explained at the end; 1 not: CAMHS" in maeve.get(readiness).content.decode()
    assert Event.objects.get(act="set_glossary").about == cast.collection.about


def test_what_is_as_usual_follows_the_lists(cast: Cast) -> None:
    approved(cast)
    usual = registers_of(cast.partnership).acronyms
    short_forms.set_meanings(
        cast.collection, meanings={"MASH": usual["MASH"], "CAMHS": "ours"}, by=cast.coordinator
    )
    assert Frame.of(cast.collection).glossary == {"CAMHS": "ours"}
    registers.add(
        cast.partnership, kind=TermKind.ACRONYM, text="MASH", meaning="our hub", by=cast.coordinator
    )
    assert printed(cast) == {"MASH": "our hub", "CAMHS": "ours"}
    short_forms.set_meanings(cast.collection, meanings={"CAMHS": usual["CAMHS"]}, by=cast.coordinator)
    assert Frame.of(cast.collection).glossary == {}


def test_only_coordinators_edit_them_and_what_was_ready_is_ready_no_more(cast: Cast) -> None:
    approved(cast)
    collection = players.prepare(cast)
    for person in ("second_reader", "lead", "outside_coordinator"):
        with pytest.raises(PermissionDenied):
            short_forms.set_meanings(collection, meanings={"MASH": "hub"}, by=getattr(cast, person))
    assert editions.is_prepared(Frame.of(collection), compile_document(collection))
    short_forms.set_meanings(collection, meanings={"MASH": "hub"}, by=cast.coordinator)
    assert not editions.is_prepared(Frame.of(collection), compile_document(collection))


def test_what_came_to_occur_since_the_page_was_opened_stays_as_it_is(cast: Cast) -> None:
    approved(cast)
    url = reverse("appendix_glossary", args=[cast.partnership.slug, cast.collection.slug])
    players.client(cast.coordinator).post(url, {"MASH": "our hub"})
    assert set(printed(cast)) == {"MASH", "CAMHS"}


def test_what_an_agency_proposes_waits_on_the_coordinators_first_page_and_is_not_typed_again(
    cast: Cast,
) -> None:
    players.save(cast, TEXT)
    players.submit(cast)
    maeve = players.client(cast.coordinator)
    assert "Proposed for your lists" not in maeve.get("/").content.decode()
    registers.propose(
        cast.agency_return, kind=TermKind.ACRONYM, text="QZX", meaning="quiet zone", by=cast.lead
    )
    assert "1 entry that agencies proposed waits" in maeve.get("/").content.decode()
    assert "Proposed for your lists" not in players.client(cast.lead).get("/").content.decode()
    add = f"{cast.agency_return.url('point_add')}?point={key(cast, 'unexpanded-acronym')}"
    assert "quiet zone" in maeve.get(add).content.decode()
