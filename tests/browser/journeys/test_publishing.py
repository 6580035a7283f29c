"""From approved answers to a published edition: prepared by one, read and published by another, corrected, withdrawn,
and a passage erased."""

import pytest

from agencies.models import User
from returns.models import Edition
from returns.workflow import Status
from tests.agencies.factories import PASSWORD
from tests.browser.people import Person
from tests.returns import cast
from tests.returns.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people() -> Cast:
    made = cast.make()
    cast.bring_to(made, Status.APPROVED)
    return made


def writes_in(person: Person, label: str, text: str) -> None:
    person.page.get_by_role("textbox", name=label).press("Control+a")
    person.page.keyboard.insert_text(text)


def test_prepared_by_one_and_published_by_another(comes, post, people: Cast) -> None:
    year = people.collection.get_absolute_url()
    maeve = comes("coordinator", people.coordinator).goes_to(year).follows("Publish")
    maeve.is_at("Publish the appendix").sees("The return is still open", "Nothing is published yet")
    maeve.has_no_button("It is ready").follows("Close it", at="The return is still open").presses("Close it")
    maeve.follows("Publish").sees(
        "Nothing stands in the way", "The appendix will say", "No return was received."
    )
    maeve.follows("Change Preface")
    writes_in(maeve, "Preface", "Why we ask.")
    maeve.fills("For an agency that sent nothing", "This agency sent no return.").presses("Save")
    maeve.sees("Written", at="Preface").follows("Change Order of the agencies")
    maeve.presses("Down", at="Midvale Police").sees("The order is changed").follows("Done")

    eluned = comes("second reader", people.second_reader).goes_to(f"{year}appendix/readiness/")
    eluned.follows("Write Commentary")
    writes_in(eluned, "Commentary", "Children were heard.")
    eluned.fills("Your post", "Independent scrutineer").presses("Sign and save")
    eluned.sees("Signed by Eluned Parry", "A coordinator says next that it is ready")

    maeve.goes_to(f"{year}appendix/readiness/").presses("It is ready").sees(
        "You said that it is ready, so somebody"
    )
    maeve.has_no_button("Read it and publish it", "It is ready")

    eluned.goes_to(post.link(people.second_reader.email, "waits to be published"))
    eluned.follows("Read it and publish it").is_at("Confirm it is you")
    eluned.fills("Password", PASSWORD).presses("Confirm").is_at("Read and publish")
    eluned.sees("Why we ask.", "This agency sent no return.", "Children were heard.", "We changed the letter")
    eluned.presses("Publish it now").sees("There is a problem")
    eluned.fills("Who approved it", "Ruth Abara, independent chair").fills(
        "At which meeting?", "Partners’ meeting"
    )
    eluned.fills("When?", str(cast.in_days(0))).chooses("Publish it without the return of one agency")
    eluned.presses("Publish it now").is_at("The appendix is published").sees(
        "Published", "by Eluned Parry", at="Ruth Abara"
    )
    eluned.sees("Read edition 1")
    assert post.all_to(people.board.email, "is published")
    edition = Edition.objects.get()
    assert edition.files.count() == 5

    maeve.comes_back().follows("Withdraw", at="Ruth Abara").is_at("Withdraw edition 1")
    maeve.presses("Withdraw it now").sees("There is a problem")
    maeve.fills("Why is it withdrawn?", "A family was recognised.").presses("Withdraw it now")
    maeve.sees("Withdrawn", "A family was recognised.", at="Ruth Abara")
    eluned.comes_back().sees_no("Edition 1")
    assert post.all_to(people.board.email, "is withdrawn")


def test_a_passage_is_erased_without_javascript_by_somebody_who_has_no_password(
    comes, post, people: Cast
) -> None:
    cast.publish(people)
    maeve = User.objects.get(pk=people.coordinator.pk)
    maeve.set_unusable_password()
    maeve.save()
    her = comes("coordinator", maeve, java_script_enabled=False)
    her.goes_to(f"{people.collection.get_absolute_url()}appendix/readiness/").follows("Erase a passage")
    her.is_at("Confirm it is you").presses("Send me a code")
    her.fills("Code from the e-mail", post.code(maeve.email)).presses("Confirm").is_at("Erase a passage")
    her.fills("Which words?", "changed the Letter!").fills(
        "Why are they erased?", "A child could be recognised."
    )
    her.presses("Look for it").sees("The passage stands in").sees("1", at="Edition 1 of 2025-26")
    her.presses("Erase it everywhere").is_at("The appendix is published").sees("Erased: the words stood in")
    assert "changed the letter" not in str(Edition.objects.get().document)
    her.follows("Erase a passage").fills("Which words?", "changed the letter")
    her.fills("Why are they erased?", "Again.").presses("Look for it").sees("These words are kept nowhere")


def test_what_could_show_who_somebody_is_around_the_answers_is_kept_by_one_and_read_by_another(
    comes, post, people: Cast
) -> None:
    year = people.collection.get_absolute_url()
    maeve = comes("coordinator", people.coordinator).goes_to(f"{year}close/").presses("Close it")
    maeve.goes_to(f"{year}appendix/frame/")
    writes_in(maeve, "Closing note", "Write to us at 12 Mill Lane, or to JT.")
    maeve.presses("Save").is_at("Around the answers").sees("Points to check", "This is an address.")
    writes_in(maeve, "Closing note", "Write to us at 12 Mill Lane.")
    maeve.presses("Save").sees_no("Whose initials are these?").goes_to(f"{year}appendix/readiness/")
    maeve.has_no_button("It is ready").follows("See which", at="around the answers")
    maeve.presses("Keep all of these as they are").sees("There is a problem")
    maeve.fills("It can stay as it is, because …", "Our own office.").presses("Keep all of these as they are")
    maeve.sees("1 point to check is kept around the answers", "Our own office.").presses("It is ready")

    eluned = comes("second reader", people.second_reader)
    eluned.goes_to(post.link(people.second_reader.email, "waits to be published"))
    eluned.follows("Read it and publish it").fills("Password", PASSWORD).presses("Confirm")
    eluned.is_at("Read and publish").sees("Kept around the answers", "12 Mill Lane", "Our own office.")
