"""A Word file instead of writing: the agency's own, and one that came to the coordinator by e-mail."""

import pytest
from playwright.sync_api import expect

from returns.models import WordFile
from tests.returns import cast
from tests.returns.importing.word_files import by_hand, paragraph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "What have you done with the feedback"
DRAFT = "<p>We asked twelve children.</p><p>Each of them had an answer.</p>"
CHANGED = (
    "We asked thirteen children.",
    "Each of them had an answer.",
    "Since May a letter names who will be there.",
)


def chooses_file(person, *words: str):
    file = {
        "name": "Final FINAL.docx",
        "mimeType": "application/octet-stream",
        "buffer": by_hand("".join(paragraph(one) for one in words), comments="<w:comment/><w:comment/>"),
    }
    person.field("Word file").set_input_files(file)
    return person.presses("Compare it with the draft")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_what_came_back_from_the_communications_team(comes, script: bool) -> None:
    people = cast.make()
    cast.save(people, DRAFT)
    lead = comes("lead", people.lead, java_script_enabled=script)
    lead.goes_to(people.agency_return.get_absolute_url()).follows(QUESTION)
    lead.follows("Take a Word file as the answer").is_at("Take a Word file as the answer")
    chooses_file(lead, *CHANGED).is_at("What the Word file says")
    lead.sees("2 comments were not kept.", "Passage 1 of 2", "Passage 2 of 2")
    expect(lead.page.locator("ins").first).to_have_text("thirteen")
    expect(lead.page.locator("del").first).to_have_text("twelve")
    lead.page.get_by_role("group", name="Passage 1 of 2").get_by_label("As in the draft").check()
    lead.presses("Take what is chosen").sees("Taken from the Word file and saved at")
    assert people.agency_return.answers.get().html == (
        "<p>We asked twelve children.</p><p>Each of them had an answer.</p>"
        "<p>Since May a letter names who will be there.</p>"
    )


def test_a_file_that_cannot_be_taken(comes) -> None:
    people = cast.make()
    lead = comes("lead", people.lead).goes_to(people.agency_return.url("answer_word", 1))
    old = {"name": "a.doc", "mimeType": "application/msword", "buffer": bytes.fromhex("d0cf11e0a1b11ae1")}
    lead.field("Word file").set_input_files(old)
    lead.presses("Compare it with the draft", status=422).sees("There is a problem", "old Word file (.doc)")
    chooses_file(lead, "Heard.").sees("Heard.").presses("Take nothing")
    lead.is_at(QUESTION).sees("Nothing was taken from the Word file.")


def test_what_an_agency_sent_by_email_is_taken_kept_and_confirmed(comes, post) -> None:
    people = cast.make()
    maeve = comes("coordinator", people.coordinator).goes_to(people.agency_return.url("type_in"))
    maeve.follows(QUESTION).follows("Take a Word file as the answer")
    chooses_file(maeve, *CHANGED).presses("Take this text").sees("Taken from the Word file")
    maeve.presses("Save and go back").sees("As it came by e-mail", "Word file of")
    maeve.follows("Ask the agency to confirm it").chooses("No").fills("Name", "Dilys Morgan")
    maeve.fills("Post", "Head of Safeguarding").fills("E-mail", "d.morgan@police.example.org")
    maeve.presses("Ask the agency to confirm it").is_at("Midvale Police")
    original = bytes(WordFile.objects.get().content)
    assert maeve.downloads("Word file of") == original
    link = post.link("d.morgan@police.example.org", "Please confirm")
    comes("agency without account").goes_to(link).sees(CHANGED[2]).presses("Yes, this is our answer")
    reader = comes("second reader", people.second_reader).goes_to(people.agency_return.url("review"))
    assert reader.downloads("Word file of") == original
