"""The agency's sign-off by link: of one text, by one person, used by a button, undone by whoever changes the text."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from agencies import tokens
from agencies.actions.messages import as_email
from agencies.errors import NotNow
from agencies.models import Event, Message, RoleKind
from returns.actions import checkups, collections, comparing, drafting, points, signing_off
from returns.emails import compose
from returns.models import Collection, Return, SignOff
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

TEXT = "<p>A heron told us.</p>"


@pytest.fixture
def cast() -> Cast:
    cast = players.make()
    players.save(cast, TEXT)
    return cast


def page_of(sign_off: SignOff) -> str:
    return reverse("sign_off", args=[tokens.make("sign_off", sign_off.pk, sign_off.nonce)])


def visit(sign_off: SignOff):
    return players.client(None).get(page_of(sign_off))


def press(sign_off: SignOff, answer: str = "yes", note: str = "", which: SignOff | None = None):
    which = which or sign_off
    body = {"which": which.pk, "answer": answer, f"{which.pk}-note": note}
    return players.client(None).post(page_of(sign_off), body, follow=True)


def tasks(cast: Cast) -> str:
    return players.client(cast.lead).get(cast.agency_return.get_absolute_url()).content.decode()


def test_the_approver_reads_the_text_and_signs_it_off_without_an_account(cast: Cast) -> None:
    one = players.ask_sign_off(cast)
    opened = visit(one).content.decode()
    assert "A heron told us." in opened and "Aneela Khan" in opened
    assert SignOff.objects.get().answered_at is None  # opening it signs nothing
    assert "Asked" in tasks(cast)
    assert "You have signed off the return of Midvale Police." in press(one).content.decode()
    assert "By Dilys Morgan (Head of Safeguarding)" in tasks(cast)
    form = players.client(cast.lead).get(cast.agency_return.url("send"))
    assert form.context["form"].initial["signed_name"] == "Dilys Morgan"
    assert "signed off this very text" in form.content.decode()


def test_the_approver_is_asked_by_a_colleague_and_answers_to_one(cast: Cast) -> None:
    """What is wrong with it is not the partnership's to know; and it has to be there by the due date."""
    one = players.ask_sign_off(cast)
    asked = Message.objects.get(kind="sign_off")
    assert asked.reply_to == cast.lead.email
    assert f"by {compose.day(cast.collection.due_on)}." in asked.paragraphs[1]
    press(one, "no", "The third figure is wrong.")
    assert Message.objects.get(kind="sign_off_answered").reply_to == one.email


def test_a_day_that_has_passed_is_not_asked_for(cast: Cast) -> None:
    Collection.objects.update(due_on=players.in_days(-1))
    players.ask_sign_off(cast)
    assert "what has to change. You do not" in Message.objects.get(kind="sign_off").paragraphs[1]


def test_a_sign_off_by_link_is_shown_as_one(cast: Cast) -> None:
    assert "You say who signed it off" in tasks(cast)
    press(players.ask_sign_off(cast))
    assert "You say who signed it off" not in tasks(cast) and "It is signed off by link." in tasks(cast)
    players.submit(cast)
    browser, review = players.client(cast.coordinator), cast.agency_return.url("review")
    assert ", by link" in browser.get(review).content.decode()
    players.move(cast, "request_changes")
    players.save(cast, "<p>A crane told us.</p>")
    players.submit(cast)
    assert ", by link" not in browser.get(review).content.decode()  # it was another text that was signed


def test_it_fills_who_signed_it_off_when_it_is_sent(cast: Cast) -> None:
    press(players.ask_sign_off(cast))
    browser, url = players.client(cast.lead), cast.agency_return.url("send")
    initial = browser.get(url).context["form"].initial
    browser.post(url, {**initial, "signed_on": initial["signed_on"].isoformat(), "tells": "no"})
    sent = cast.agency_return
    assert (sent.status, sent.signed_name, sent.signed_post, sent.signed_on) == (
        "submitted",
        "Dilys Morgan",
        "Head of Safeguarding",
        timezone.localdate(),
    )


def test_declining_needs_a_word_that_only_the_agency_reads(cast: Cast) -> None:
    one = players.ask_sign_off(cast)
    refused = press(one, "no")
    assert refused.status_code == 422 and "Say what has to change" in refused.content.decode()
    assert "is told what has to change" in press(one, "no", "Leave the heron out.").content.decode()
    assert "Leave the heron out." in tasks(cast) and "Not signed off" in tasks(cast)
    assert not Event.objects.filter(reason__contains="heron").exists()
    history = players.client(cast.coordinator).get(cast.agency_return.url("return_history")).content.decode()
    assert "did not sign the return off" in history and "heron" not in history
    letter = Message.objects.get(kind="sign_off_answered")
    assert letter.to_email == cast.lead.email and "heron" not in as_email(letter).body


def test_the_agencys_own_history_says_why_it_was_not_signed(cast: Cast) -> None:
    for word in ("heron", "stork"):
        press(players.ask_sign_off(cast), "no", f"Leave the {word} out.")
    history = players.client(cast.contributor).get(cast.agency_return.url("return_history"))
    reasons = [one.reason for one in history.context["events"] if one.act == "decline_sign_off"]
    assert reasons == ["Leave the stork out.", "Leave the heron out."]
    assert "Leave the stork out." in history.content.decode()
    for reader in (cast.coordinator, cast.second_reader):
        history = players.client(reader).get(cast.agency_return.url("return_history"))
        assert "Leave the" not in history.content.decode()


def pages_about_it(cast: Cast) -> list[str]:
    """Where it is asked for, and where it can be sent without."""
    browser = players.client(cast.lead)
    return [browser.get(cast.agency_return.url(name)).content.decode() for name in ("ask_sign_off", "send")]


def test_a_refusal_stands_where_one_asks_again_and_where_one_sends(cast: Cast) -> None:
    press(players.ask_sign_off(cast), "no", "Leave the heron out.")
    for shown in pages_about_it(cast):
        assert "did not sign it off on" in shown and "Leave the heron out." in shown
        assert "The text has changed since." not in shown
    players.save(cast, "<p>A stork told us.</p>")
    asking, sending = pages_about_it(cast)
    assert "The text has changed since." in asking and "The text has changed since." in sending
    assert "You can also send it now" in sending and "Send to the partnership</button>" in sending


def test_a_text_that_changed_before_an_answer_came_is_named_there_too(cast: Cast) -> None:
    players.ask_sign_off(cast)
    players.save(cast, "<p>A stork told us.</p>")
    for shown in pages_about_it(cast):
        assert "had not answered; the link has ended." in shown


def test_a_link_that_ended_without_an_answer_is_named_there_too(cast: Cast) -> None:
    players.ask_sign_off(cast)
    SignOff.objects.update(expires_at=timezone.now())
    for shown in pages_about_it(cast):
        assert "did not answer in time." in shown


def test_changing_the_text_undoes_it_and_says_so(cast: Cast) -> None:
    press(players.ask_sign_off(cast))
    players.save(cast, "<p>Two herons told us.</p>", by=cast.contributor)
    assert "The text has changed since Dilys Morgan signed it off." in tasks(cast)
    page = players.client(cast.lead).get(cast.agency_return.url("send"))
    assert "The text has changed since it was signed off" in page.content.decode()
    assert page.context["form"].initial["signed_name"] == ""
    players.save(cast, TEXT)  # the very text that was signed off
    assert "By Dilys Morgan" in tasks(cast)


def test_saying_that_there_is_nothing_to_report_undoes_it_too(cast: Cast) -> None:
    press(players.ask_sign_off(cast))
    drafting.set_nil(cast.agency_return, reason="None.", by=cast.lead)
    assert "The text has changed since" in tasks(cast)


def test_a_changed_text_is_neither_shown_nor_signed(cast: Cast) -> None:
    one = players.ask_sign_off(cast)
    players.save(cast, "<p>A kingfisher.</p>")
    for answered in (visit(one), press(one)):
        assert answered.status_code == 410 and "kingfisher" not in answered.content.decode()
    assert "The text has changed since Dilys Morgan was asked." in tasks(cast)
    with pytest.raises(NotNow, match="The text was changed after it was sent to you"):
        signing_off.answer(one, signed=True)


def test_an_answered_link_is_no_door_for_ever(cast: Cast) -> None:
    one = players.ask_sign_off(cast)
    press(one, "no", "Too long.")
    with time_machine.travel(timezone.now() + timedelta(days=27)):
        players.save(cast, "<p>A kingfisher.</p>")
        players.ask_sign_off(cast)
        assert "kingfisher" in visit(one).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        page = visit(one).content.decode()
        assert "Thank you" in page and "kingfisher" not in page


def test_asking_again_ends_the_first_link_and_its_letter(cast: Cast) -> None:
    first = players.ask_sign_off(cast)
    second = players.ask_sign_off(cast)
    assert visit(first).status_code == 410
    assert visit(second).status_code == 200
    states = Message.objects.filter(kind="sign_off").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "waiting"]


def test_the_link_ends_with_time_and_with_sending(cast: Cast) -> None:
    one = players.ask_sign_off(cast)
    with time_machine.travel(timezone.now() + timedelta(days=28)):
        assert visit(one).status_code == 410
        assert "Link has ended" in tasks(cast)
    players.submit(cast)
    assert visit(one).status_code == 410


def test_the_letter_holds_no_text(cast: Cast) -> None:
    players.ask_sign_off(cast)
    letter = Message.objects.get(kind="sign_off")
    body = as_email(letter).body
    assert letter.to_email == "dilys.morgan@example.org" and "heron" not in body
    assert f"/sign-off/{tokens.make('sign_off', SignOff.objects.get().pk, 1)}/" in body


def test_only_the_lead_asks_and_only_while_the_agency_writes(cast: Cast) -> None:
    for user in (cast.contributor, cast.coordinator, cast.other_lead, cast.second_reader):
        with pytest.raises(PermissionDenied):
            players.ask_sign_off(cast, by=user)
    players.submit(cast)
    with pytest.raises(NotNow):
        players.ask_sign_off(cast)


def test_there_must_be_something_to_sign(cast: Cast) -> None:
    players.save(cast, "")
    with pytest.raises(NotNow, match="Nothing is written yet"):
        players.ask_sign_off(cast)
    url = cast.agency_return.url("ask_sign_off")
    assert players.client(cast.lead).get(url).url == cast.agency_return.get_absolute_url()


def test_asking_on_the_page(cast: Cast) -> None:
    browser, url = players.client(cast.lead), cast.agency_return.url("ask_sign_off")
    assert browser.post(url, {"name": "D"}).status_code == 422
    values = {"name": "Dilys Morgan", "post": "Head", "email": "Dilys.Morgan@Example.org"}
    assert browser.post(url, values).url == cast.agency_return.get_absolute_url()
    assert SignOff.objects.get().email == "dilys.morgan@example.org"
    again = browser.get(url).content.decode()
    assert "the first link stops working" in again and "dilys.morgan@example.org" in again
    waiting = browser.get(cast.agency_return.url("send")).content.decode()
    assert "has not answered" in waiting


# --- One approver, several partnerships --------------------------------------------------------------


def elsewhere(cast: Cast, name: str) -> Return:
    """The same agency's return in another partnership, by the same lead, with a text of its own."""
    away = factories.partnership(name, by=cast.administrator)
    seat = factories.seat(away, agency=cast.seat.agency, by=cast.administrator)
    judith = factories.coordinator(away)
    lead = factories.member(away, RoleKind.LEAD, seat=seat, email=cast.lead.email)
    year = collections.open_collection(
        collections.start(away, details=players.details(), by=judith), by=judith
    )
    one = year.returns.for_pages().get(seat=seat)
    drafting.save_answer(
        one,
        year.questions.get(),
        html=f"<p>Heard in {name}.</p>",
        base_version=0,
        client="aaaaaaaa",
        sequence=1,
        by=factories.fresh(lead),
    )
    return one


def test_one_approver_signs_for_three_partnerships_on_one_page(cast: Cast) -> None:
    first = players.ask_sign_off(cast)
    others = [
        players.ask_sign_off_of(elsewhere(cast, name), by=factories.fresh(cast.lead))
        for name in ("Hartwell", "Downs")
    ]
    page = visit(first).content.decode()
    assert "3 returns to sign off" in page and "Heard in Hartwell." in page and "Heard in Downs." in page
    page = press(first, which=others[1]).content.decode()
    assert "Heard in Downs." not in page.split("<main")[1].split("Signed off: ")[1].split("</div>")[1]
    press(first, "no", "Too long.", which=others[0])
    assert "Do you sign this off?" in visit(others[0]).content.decode()  # what is left
    press(others[0], which=first)
    assert [one.signed for one in SignOff.objects.order_by("pk")] == [True, False, True]


def test_what_another_agency_or_another_mailbox_is_asked_is_not_shown(cast: Cast) -> None:
    one = players.ask_sign_off(cast)
    other = cast.collection.returns.for_pages().get(seat=cast.other_seat)
    drafting.save_answer(
        other,
        cast.question,
        html="<p>The hospital’s secret.</p>",
        base_version=0,
        client="aaaaaaaa",
        sequence=1,
        by=cast.other_lead,
    )
    foreign = players.ask_sign_off_of(other, by=cast.other_lead)
    assert "secret" not in visit(one).content.decode()
    press(one, which=foreign)
    assert SignOff.objects.filter(signed=True).count() == 0


def test_what_changed_meanwhile_does_not_stand_in_the_way_of_the_others(cast: Cast) -> None:
    first = players.ask_sign_off(cast)
    away = players.ask_sign_off_of(elsewhere(cast, "Hartwell"), by=factories.fresh(cast.lead))
    players.save(cast, "<p>A kingfisher.</p>")
    page = visit(first).content.decode()
    assert "The text was changed after it was sent to you." in page and "kingfisher" not in page
    assert "Heard in Hartwell." in page and f"mailto:{cast.lead.email}" in page
    assert "Signed off: Midvale Police" in press(first, which=away).content.decode()
    assert SignOff.objects.get(pk=away.pk).signed and SignOff.objects.get(pk=first.pk).signed is None


def test_a_link_that_a_newer_one_replaced_still_leads_to_the_others(cast: Cast) -> None:
    first = players.ask_sign_off(cast)
    away = players.ask_sign_off_of(elsewhere(cast, "Hartwell"), by=factories.fresh(cast.lead))
    players.save(cast, "<p>A kingfisher.</p>")
    players.ask_sign_off(cast)
    page = visit(first).content.decode()
    assert "You were asked again on" in page and "kingfisher" not in page and "Heard in Hartwell." in page
    press(first, which=away)
    assert SignOff.objects.get(pk=away.pk).signed


@pytest.mark.parametrize("alone", [True, False])
def test_words_about_a_text_that_changed_meanwhile_are_handed_back(cast: Cast, *, alone: bool) -> None:
    one = players.ask_sign_off(cast)
    link = (
        one if alone else players.ask_sign_off_of(elsewhere(cast, "Hartwell"), by=factories.fresh(cast.lead))
    )
    players.save(cast, "<p>A kingfisher.</p>")
    answered = press(link, "no", "The crane must not be named.", which=one)
    page = answered.content.decode()
    assert answered.status_code == (410 if alone else 200)
    assert "What you wrote was not sent" in page and "The crane must not be named." in page
    assert "kingfisher" not in page and SignOff.objects.get(pk=one.pk).answered_at is None


def test_why_a_link_has_ended_is_said_as_it_is(cast: Cast) -> None:
    one = players.ask_sign_off(cast)

    def said() -> str:
        return visit(one).content.decode()

    with time_machine.travel(timezone.now() + timedelta(days=28)):
        assert "The link was valid until" in said() and "changed" not in said()
    players.submit(cast)
    assert "The return has been sent to the partnership already." in said() and "valid" not in said()
    players.move(cast, "exclude")
    assert "The agency is left out this year" in said()


def test_the_year_was_closed_or_somebody_else_was_asked(cast: Cast) -> None:
    one = players.ask_sign_off(cast)
    signing_off.ask(cast.agency_return, name="Ed", post="Chief", email="ed@example.org", by=cast.lead)
    assert "Somebody else has been asked" in visit(one).content.decode()
    collections.close_collection(cast.collection, by=cast.coordinator)
    assert "The partnership has closed this year" in visit(one).content.decode()


def test_open_points_are_shown_to_who_signs_and_told_to_who_asks(cast: Cast) -> None:
    """Whoever takes the responsibility sees what stands in the way; what was kept with a reason is no such thing."""
    url = cast.agency_return.url("ask_sign_off")
    assert "to be settled" not in players.client(cast.lead).get(url).content.decode()
    players.save(cast, "<p>“They listened”, said J.M., 14.</p><p>He’s doing are best.</p>")
    asks = players.client(cast.lead).get(url).content.decode()
    assert "1 point has to be settled" in asks and f"{cast.agency_return.url('check')}#points" in asks
    page = visit(players.ask_sign_off(cast)).content.decode()
    assert "Could this show who somebody is?" in page and "<mark>J.M.</mark>" in page
    assert page.count('class="passage"') == 1  # and nothing a careful editor would ask
    assert "names of people and schools are not looked for" in page
    players.submit(cast)
    checkup = checkups.current(cast.agency_return)
    [point] = [one for one in checkups.sent_points(checkup) if one.is_blocking]
    points.keep(cast.agency_return, keys=[point.key], reason="An invented name.", by=cast.coordinator)
    players.move(cast, "request_changes")
    assert "<mark>" not in visit(players.ask_sign_off(cast)).content.decode()


def test_what_another_agency_tells_too_is_not_shown_to_who_signs(cast: Cast) -> None:
    story = "<p>A girl of nine from the harbour street told the worker that the blue door frightened her.</p>"
    other = cast.collection.returns.for_pages().get(seat=cast.other_seat)
    drafting.save_answer(
        other, cast.question, html=story, base_version=0, client="aaaaaaaa", sequence=1, by=cast.other_lead
    )
    players.submit(Cast(**{**vars(cast), "seat": cast.other_seat}), by=cast.other_lead)
    players.save(cast, story)
    players.submit(cast)
    checkup = checkups.current(cast.agency_return)
    comparing.compare(cast.collection)
    assert any(one.other_id for one in checkups.sent_points(checkup, compared=True))
    players.move(cast, "request_changes")
    page = visit(players.ask_sign_off(cast)).content.decode()
    assert "Vale Hospitals" not in page and "another agency" not in page
