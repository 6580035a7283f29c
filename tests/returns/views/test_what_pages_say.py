"""Sentences that tell a person what stands in the way, and what to do next."""

from __future__ import annotations

import html
from dataclasses import replace

import pytest
from django.urls import reverse

from agencies.models import User
from lscp.templatetags.ui import day, short_day
from returns.actions import checking, collections, drafting, framing, moves, proofs, showing
from returns.models import Ask, AskKind, Collection
from returns.workflow import Status
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db


def page(user: User, url: str) -> str:
    found = players.client(user).get(url, follow=True)
    assert found.status_code == 200
    return html.unescape(found.content.decode())


def of_partnership(cast: Cast, name: str, *more: object) -> str:
    return reverse(name, args=[cast.partnership.slug, *more])


def test_who_signed_it_off_and_when_is_shown_to_who_reviews_it(cast: Cast) -> None:
    """The day that was named, not the one on which it was sent."""
    players.save(cast)
    drafting.submit(
        cast.agency_return,
        by=cast.lead,
        signed_name="Dilys Morgan",
        signed_post="Head of Safeguarding",
        signed_on=players.in_days(-9),
        told=players.NOBODY,
    )
    said = f'Dilys Morgan</span><br><span dir="auto">Head of Safeguarding</span><br>{short_day(players.in_days(-9))}'
    for reader in (cast.coordinator, cast.second_reader):
        assert said in page(reader, cast.agency_return.url("review"))
    for reader in (cast.coordinator, cast.lead):
        assert said in page(reader, cast.agency_return.url("revision", 1))


# --- The agency ----------------------------------------------------------------------------------


def test_nothing_to_report_is_offered_as_long_as_the_agency_writes(cast: Cast) -> None:
    offered = "Or: there is nothing to report"
    assert offered in page(cast.lead, cast.agency_return.get_absolute_url())
    players.save(cast)
    assert offered in page(cast.lead, cast.agency_return.get_absolute_url())
    assert "Something is written already" in page(cast.lead, cast.agency_return.url("nothing_to_report"))
    drafting.set_nil(cast.agency_return, reason="No contact.", by=cast.lead)
    assert offered not in page(cast.lead, cast.agency_return.get_absolute_url())
    assert "Something is written already" not in page(cast.lead, cast.agency_return.url("nothing_to_report"))


@pytest.mark.parametrize(("words", "said"), [(20, False), (21, True)])
def test_an_answer_beyond_twice_the_suggested_length_is_not_ticked(
    cast: Cast, words: int, said: bool
) -> None:
    cast.collection.questions.update(suggested_words=10)
    players.save(cast, f"<p>{'word ' * words}</p>")
    for name in ("agency_return", "check"):
        shown = page(cast.lead, cast.agency_return.url(name))
        assert (f"{words} words, {words - 10} more than suggested" in shown) is said
    assert ("tag-done" in page(cast.lead, cast.agency_return.get_absolute_url())) is not said


def test_the_page_of_a_return_says_for_whom_it_is(cast: Cast) -> None:
    """Somebody may answer two partnerships, in two windows."""
    shown = page(cast.lead, cast.agency_return.get_absolute_url())
    name = cast.partnership.name
    assert f"<title>Midvale Police, 2025-26 return, {name}" in " ".join(shown.split())
    assert shown.index(f'for <span dir="auto">{name}</span>') < shown.index("<h1>")


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("answer_edit", (1,)),
        ("send", ()),
        ("ask_time", ()),
        ("nothing_to_report", ()),
        ("return_history", ()),
        ("check", ()),
        ("ask_sign_off", ()),
        ("history_compare", ()),
        ("answer_earlier", (1,)),
        ("as_printed", ()),
    ],
)
def test_each_page_of_a_return_names_the_partnership(cast: Cast, name: str, more: tuple[int, ...]) -> None:
    """On a telephone there is no breadcrumb that does."""
    players.save(cast)
    shown = page(cast.lead, cast.agency_return.url(name, *more))
    title, main = shown.split("</title>")[0], shown.split("<main")[1]
    assert cast.partnership.name in title
    assert f'<span dir="auto">{cast.partnership.name}</span>' in main.split("</h1>")[0]


def test_a_long_question_is_cut_between_words(cast: Cast) -> None:
    shown = page(cast.lead, cast.agency_return.url("return_history"))
    assert "their families who …</a>" in shown


def test_who_may_take_a_sent_return_back_is_shown_the_way(cast: Cast) -> None:
    players.bring_to(cast, Status.SUBMITTED)
    url, way = cast.agency_return.url("answer_edit", 1), cast.agency_return.url("move", "take-back")
    shown = page(cast.lead, url)
    assert "The return is “Sent to the partnership”, so it cannot be changed now." in shown
    assert f'<a href="{way}">Take it back</a> to change it' in shown
    assert way not in page(cast.contributor, url)
    players.move(cast, "begin_review")
    assert way not in page(cast.lead, url)
    players.move(cast, "request_changes")
    collections.close_collection(cast.collection, by=cast.coordinator)
    assert "The 2025-26 return is closed, so the return cannot be changed now." in page(cast.lead, url)


@pytest.mark.parametrize("name", ["send", "nothing_to_report", "ask_time"])
def test_who_comes_back_after_sending_is_led_to_the_return_with_the_reason(cast: Cast, name: str) -> None:
    players.bring_to(cast, Status.SUBMITTED)
    shown = page(cast.lead, cast.agency_return.url(name))
    assert "<h1>The partnership has your return</h1>" in shown
    assert "The return is “Sent to the partnership”, so it cannot be changed now." in shown


def test_a_contributor_is_told_what_others_do_and_what_is_theirs(cast: Cast) -> None:
    players.save(cast)
    task, ready = "The person responsible can take it back", "Say that it is ready to be checked</button>"
    shown = page(cast.contributor, cast.agency_return.get_absolute_url())
    assert task in shown and "You can take it back" not in shown
    assert "You can take it back" in page(cast.lead, cast.agency_return.get_absolute_url())
    check = cast.agency_return.url("check")
    assert ready in page(cast.contributor, check) and ready not in page(cast.lead, check)
    checking.mark_ready(cast.agency_return, by=cast.contributor)
    shown = page(cast.contributor, check)
    assert ready not in shown and "It is marked as ready to be checked." in shown
    players.submit(cast)
    assert "checks it and sends it" not in page(cast.contributor, check)
    assert "You can still take it back" not in page(cast.contributor, cast.agency_return.get_absolute_url())
    assert "they begin, the person responsible" in page(cast.contributor, cast.agency_return.url("sent"))


def test_what_is_not_answered_is_named_with_the_way_there(cast: Cast) -> None:
    cast.collection.questions.create(position=2, wording="And what changed?")
    players.save(cast)
    way = f'<a href="{cast.agency_return.url("answer_edit", 2)}">Answer question 2</a>'
    for name in ("check", "send"):
        shown = page(cast.lead, cast.agency_return.url(name))
        assert "Question 2 has no answer yet." in shown and way in shown
        assert "Answer question 1</a>" not in shown
    assert "Send to the partnership</button>" not in page(cast.lead, cast.agency_return.url("send"))
    players.save(cast, question=cast.collection.questions.get(position=2))
    shown = page(cast.lead, cast.agency_return.url("send"))
    assert "Send to the partnership</button>" in shown and "Answer question" not in shown


@pytest.mark.parametrize(
    ("status", "label"),
    [
        (Status.APPROVED, "Read it as it will be printed"),
        (Status.HELD, "Read what you have written"),
        (Status.EXCLUDED, "Read what you have written"),
    ],
)
def test_what_is_not_printed_is_not_called_so(cast: Cast, status: Status, label: str) -> None:
    players.bring_to(cast, status)
    assert label in page(cast.lead, cast.agency_return.get_absolute_url())
    heading = page(cast.lead, cast.agency_return.url("as_printed")).split("<title>")[1]
    assert heading.startswith("As it will be printed") is (status == Status.APPROVED)


def test_nothing_is_offered_to_be_read_where_nothing_was_written(cast: Cast) -> None:
    players.move(cast, "exclude")
    assert "Read what you have written" not in page(cast.lead, cast.agency_return.get_absolute_url())


def test_the_proof_has_a_name_of_its_own_and_says_when_words_are_needed(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    proofs.send_proofs(cast.collection, answer_by=players.in_days(7), by=cast.coordinator)
    shown = page(cast.lead, cast.agency_return.url("proof"))
    assert "<h1>Proof of your section</h1>" in shown
    assert "If not: what is wrong?" in shown and "(optional)" not in shown


def test_what_was_said_when_it_was_sent_can_be_read_again(cast: Cast) -> None:
    title, own = "What you said when you sent it", cast.agency_return.get_absolute_url()
    players.save(cast)
    assert title not in page(cast.lead, own)
    players.submit(cast, told=players.SOMEBODY)
    for person in (cast.lead, cast.contributor):
        shown = page(person, own).split(title)[1]
        assert 'by <span dir="auto">Aneela Khan</span>' in shown
        assert "Dilys Morgan" in shown and "Head of Safeguarding" in shown
        assert "The mother agreed to publication; our participation worker holds it." in shown
    players.move(cast, "begin_review")
    assert title in page(cast.lead, own)
    players.move(cast, "request_changes")
    assert title not in page(cast.lead, own)  # she says it anew
    drafting.set_nil(cast.agency_return, reason="No contact.", by=cast.lead)
    players.submit(cast, told=None)
    shown = page(cast.lead, own).split(title)[1]
    assert "Dilys Morgan" in shown and "The mother agreed" not in shown


def test_what_the_agency_still_owes_is_said_with_the_way_to_say_it(cast: Cast) -> None:
    """Whoever did not know whether a court case is live can send the return, but it is not approved before they know."""
    owed, own = "One answer is still owed", cast.agency_return.get_absolute_url()
    players.save(cast)
    players.submit(cast, told=replace(players.SOMEBODY, live="unknown"))
    back = f'<a href="{cast.agency_return.url("move", "take-back")}">take the return back</a>'
    for url in (own, cast.agency_return.url("sent")):
        shown = page(cast.lead, url)
        assert owed in shown and back in shown
        shown = page(cast.contributor, url)
        assert owed in shown and back not in shown and "the person responsible takes the return back" in shown
    players.move(cast, "begin_review")
    ask = f'<a href="{cast.agency_return.url("ask_reopening")}">ask to change the return</a>'
    assert ask in page(cast.lead, own) and ask in page(cast.contributor, own)
    collections.close_collection(cast.collection, by=cast.coordinator)
    assert "When you know: write to the coordinator." in page(cast.lead, own)
    collections.reopen_collection(Collection.objects.get(), by=cast.coordinator)
    players.move(cast, "request_changes")
    assert owed not in page(cast.lead, own)
    players.submit(cast, told=players.SOMEBODY)
    assert owed not in page(cast.lead, own)


def test_the_day_itself_is_named_and_counts_until_its_end(cast: Cast) -> None:
    until, today = "it is on time until midnight", "<strong>Today</strong>"
    pages = [cast.agency_return.url(name) for name in ("agency_return", "ask_time")]
    pages.append(cast.agency_return.url("answer_edit", 1))
    for days, said in ((1, False), (0, True), (-1, False)):
        Collection.objects.update(due_on=players.in_days(days))
        assert [until in page(cast.lead, url) for url in pages] == [said] * 3
        assert (today in page(cast.lead, "/")) is said
        assert (cast.agency_return.days_late > 0) is (days < 0)


# --- Coordinators --------------------------------------------------------------------------------


def test_typing_in_is_not_offered_once_the_agency_writes(cast: Cast) -> None:
    way = f'href="{cast.agency_return.url("type_in")}"'
    review = cast.agency_return.url("review")
    assert way in page(cast.coordinator, review)
    players.save(cast)
    shown = page(cast.coordinator, review)
    assert way not in shown
    assert "The agency has begun to write its own answer." in shown


def _to_decide(cast: Cast) -> str:
    shown = page(cast.coordinator, cast.collection.get_absolute_url())
    return shown.split("for the partnership to read or decide</dt><dd>")[1].split("<")[0]


def test_what_an_agency_asks_counts_as_the_partnerships_to_decide(cast: Cast) -> None:
    assert _to_decide(cast) == "0"
    drafting.ask(
        cast.agency_return, kind=AskKind.MORE_TIME, reason="Ill.", wanted_on=players.in_days(40), by=cast.lead
    )
    assert (Ask.objects.count(), _to_decide(cast)) == (1, "1")


def test_the_table_says_in_words_that_there_is_nothing_to_report(cast: Cast) -> None:
    drafting.set_nil(cast.agency_return, reason="No contact.", by=cast.lead)
    shown = page(cast.coordinator, cast.collection.get_absolute_url())
    assert ">nothing to report</td>" in shown and ">nil<" not in shown


def test_the_page_that_opens_the_year_shows_all_that_agencies_will_be_asked(cast: Cast) -> None:
    year = collections.start(cast.partnership, details=players.details(slug="2026-27"), by=cast.coordinator)
    year.questions.update(guidance="Say what you heard.", suggested_words=350)
    year.questions.create(position=2, wording="And what changed?")
    left_out = year.returns.get(seat=cast.other_seat)
    moves.move(left_out, "exclude", by=cast.coordinator, reason="It has no children in its care.")
    url = reverse("collection_open", args=[cast.partnership.slug, year.slug])
    shown = page(cast.coordinator, url)
    assert "Say what you heard." in shown and "About 350 words are suggested." in shown
    assert "No length is suggested." in shown
    assert "Left out" in shown and "It has no children in its care." in shown
    assert "Are these still the right people?" in shown
    collections.confirm_people(year, by=cast.coordinator)
    assert "Are these still the right people?" not in page(cast.coordinator, url)


def test_the_page_that_opens_the_year_says_that_it_is_not_the_day_yet(cast: Cast) -> None:
    planned = players.in_days(30)
    details = players.details(slug="2026-27", opens_on=planned, due_on=players.in_days(200))
    year = collections.start(cast.partnership, details=details, by=cast.coordinator)
    url = reverse("collection_open", args=[cast.partnership.slug, year.slug])
    shown = page(cast.coordinator, url)
    assert f"You meant to open it on {day(planned)}." in shown and "opened today all the same" in shown
    collections.change_details(
        year, details=replace(details, opens_on=players.in_days(0)), by=cast.coordinator
    )
    shown = page(cast.coordinator, url)
    assert day(players.in_days(0)) in shown and "opened today all the same" not in shown


def test_a_year_that_somebody_opened_meanwhile_is_shown_instead_of_opened(cast: Cast) -> None:
    url = reverse("collection_open", args=[cast.partnership.slug, cast.collection.slug])
    for send in (players.client(cast.second_coordinator).get, players.client(cast.second_coordinator).post):
        answered = send(url, follow=True)
        assert answered.redirect_chain == [(cast.collection.get_absolute_url(), 302)]
        assert answered.content.decode().count("was opened already") == 1


def test_a_question_is_shown_before_it_goes_for_good(cast: Cast) -> None:
    year = collections.start(cast.partnership, details=players.details(slug="2026-27"), by=cast.coordinator)
    year.questions.create(position=2, wording="And what changed?", guidance="Say for whom.")
    maeve, place = players.client(cast.coordinator), [cast.partnership.slug, year.slug]
    url = reverse("question_remove", args=[*place, 2])
    assert f'href="{url}"' in page(cast.coordinator, reverse("collection_questions", args=place))
    asked = maeve.get(url).content.decode()
    assert "And what changed?" in asked and "Say for whom." in asked and year.questions.count() == 2
    assert maeve.post(url).url == reverse("collection_questions", args=place)
    assert year.questions.count() == 1


def test_the_page_of_the_details_says_who_is_told_of_a_new_due_date(cast: Cast) -> None:
    url = reverse("collection_details", args=[cast.partnership.slug, cast.collection.slug])
    assert "If you change the due date" in page(cast.coordinator, url)


# --- Administrators ------------------------------------------------------------------------------


def test_an_administrator_is_told_what_they_do_in_a_partnership(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    showing.show(cast.collection, by=cast.coordinator)
    shown = page(cast.administrator, cast.partnership.get_absolute_url())
    assert "There is nothing to read yet" not in shown
    main = shown.split("You look after the set-up here")[1].split("</main>")[0]
    assert of_partnership(cast, "people") in main and of_partnership(cast, "seats") in main
    board = page(cast.board, cast.partnership.get_absolute_url())
    assert "Appendices to read" in board and "You look after" not in board


def test_a_board_member_is_told_that_there_is_nothing_to_read(cast: Cast) -> None:
    assert "There is nothing to read yet" in page(cast.board, cast.partnership.get_absolute_url())


def test_the_home_page_of_an_administrator(cast: Cast) -> None:
    assert "You look after the set-up" in page(cast.administrator, "/")


def test_a_coordinator_without_agencies_is_led_to_them_first(cast: Cast) -> None:
    bare = factories.partnership("Bare Partnership", by=cast.administrator)
    nora = factories.coordinator(bare, name="Nora New")
    seats, start = (reverse(name, args=[bare.slug]) for name in ("seats", "collection_start"))
    home = page(nora, "/")
    assert "To begin, add the agencies." in home and seats in home and start not in home
    shown = page(nora, bare.get_absolute_url())
    assert "There are no agencies yet" in shown and "No return has been prepared yet" not in shown
    year = collections.start(bare, details=players.details(), by=nora)
    agencies = page(nora, reverse("collection_agencies", args=[bare.slug, year.slug]))
    assert "No agency yet" in agencies and "These are the right agencies" not in agencies
    year.delete()
    factories.seat(bare, "Midvale Fire", by=cast.administrator)
    home = page(nora, "/")
    assert "When a new year begins, prepare its return." in home and start in home
    assert "No return has been prepared yet" in page(nora, bare.get_absolute_url())


def test_the_page_before_publishing_names_the_first_and_the_last_agency(cast: Cast) -> None:
    url = of_partnership(cast, "readiness", cast.collection.slug)
    row = 'From <span dir="auto">{}</span> to <span dir="auto">{}</span>'
    assert row.format("Midvale Police", "Vale Hospitals") in page(cast.coordinator, url)
    framing.move_agency(cast.agency_return, up=False, by=cast.coordinator)
    assert row.format("Vale Hospitals", "Midvale Police") in page(cast.coordinator, url)
