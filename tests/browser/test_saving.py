"""Writing in two real browsers: what the page calls saved is in the database, what is on a page stays on it."""

from __future__ import annotations

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from playwright.sync_api import Locator, Page, Response, Route, expect

from returns.models import Save
from tests.browser.sitting import SAVED, Sit, html, line, settled, sign_in, stays_on, text, write
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def others(page: Page) -> Locator:
    return page.locator("[data-others]")


# --- The line ------------------------------------------------------------------------------------


def test_it_is_saved_while_typing_and_said_only_then(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    write(page, "We asked")
    expect(line(page)).to_have_text("Saving…")
    assert html(cast) == ""
    expect(line(page)).to_have_text(SAVED)
    assert html(cast) == "<p>We asked</p>"
    assert page.locator("[data-spoken]").text_content() == ""


def test_it_is_saved_every_ten_seconds_without_a_pause(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    began = time.monotonic()
    while time.monotonic() - began < 11.5:
        write(page, "and ")
    assert html(cast).startswith("<p>and and")


def test_it_is_saved_on_leaving_the_box(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    write(page, "We asked")
    page.get_by_role("heading", level=1).click()
    expect(line(page)).to_have_text(SAVED, timeout=1_500)


def test_a_link_waits_for_the_words(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    write(page, "We asked")
    page.get_by_role("link", name="Go back", exact=True).click()
    page.wait_for_url("**/midvale-police/")
    assert html(cast) == "<p>We asked</p>"


def test_closing_the_tab_saves_and_asks(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    write(page, "We asked")
    asked = stays_on(page)
    page.close(run_before_unload=True)
    expect(line(page)).to_have_text(SAVED)
    assert asked == ["beforeunload"]
    assert html(cast) == "<p>We asked</p>"


def test_more_than_a_browser_sends_from_a_page_that_goes_away_is_warned_of(sit: Sit, cast: Cast) -> None:
    """Browsers drop such a request when it is to outlive its page, so it is sent as any other, and the page asks."""
    page = sit(cast.lead)
    page.route("**/save/", lambda route: (page.wait_for_timeout(300), route.continue_()))
    text(page).focus()
    settled(page)
    page.keyboard.type("a ")
    page.keyboard.insert_text("word " * 14_000)
    asked = stays_on(page)
    page.close(run_before_unload=True)
    expect(line(page)).to_have_text(SAVED, timeout=15_000)
    assert asked == ["beforeunload"]
    assert html(cast).count("word") == 14_000


def test_a_hidden_tab_is_saved_at_once(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    write(page, "We asked")
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true}); document.dispatchEvent(new Event('visibilitychange'))"
    )
    expect(line(page)).to_have_text(SAVED, timeout=1_500)


@pytest.mark.parametrize(
    ("button", "leads"),
    [("Save and go back", "**/midvale-police/"), ("Save and keep writing", "**/write/1/")],
)
def test_the_buttons_save_and_go_on(sit: Sit, cast: Cast, button: str, leads: str) -> None:
    page = sit(cast.lead)
    write(page, "We asked")
    page.get_by_role("button", name=button).dblclick(delay=20)
    page.wait_for_url(leads)
    expect(page.locator(".message").first).to_have_text(re.compile(r"Saved at"))
    assert html(cast) == "<p>We asked</p>"
    assert Save.objects.count() == 1


def test_nothing_is_kept_in_the_browser(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    write(page, "We asked")
    expect(line(page)).to_have_text(SAVED)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then((found) => found.length)") == 0


# --- The connection ------------------------------------------------------------------------------


def test_offline_the_words_stay_and_are_saved_by_themselves_later(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    write(page, "We asked")
    expect(line(page)).to_have_text(SAVED)
    page.context.set_offline(True)
    write(page, " them")
    expect(line(page)).to_have_text("Not saved: no connection. Your words are still here; we keep trying")
    assert page.locator("[data-spoken]").text_content() == line(page).text_content()
    page.get_by_role("button", name="Save and go back").click()
    page.wait_for_timeout(500)
    expect(text(page)).to_have_text("We asked them")
    page.context.set_offline(False)
    expect(line(page)).to_have_text(SAVED, timeout=15_000)
    assert html(cast) == "<p>We asked them</p>"


def lose_the_first_answer(page: Page) -> None:
    """The first save reaches the server, but nobody hears that it did."""
    lost = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route("**/save/", lose)


def test_an_answer_of_the_server_that_is_lost_leads_to_no_conflict(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    lose_the_first_answer(page)
    write(page, "We asked")
    expect(line(page)).to_have_text(re.compile("no connection"))
    assert html(cast) == "<p>We asked</p>"
    write(page, " them")
    expect(line(page)).to_have_text(SAVED, timeout=15_000)
    assert html(cast) == "<p>We asked them</p>"
    assert not Save.objects.filter(applied=False).exists()


def test_words_that_were_put_back_are_saved_when_nobody_knows_whether_they_were_taken_out(
    sit: Sit, cast: Cast
) -> None:
    players.save(cast, "<p>We asked them</p>")
    page = sit(cast.lead)
    lose_the_first_answer(page)
    write(page, "")
    page.keyboard.press("Control+Backspace")
    expect(line(page)).to_have_text(re.compile("no connection"))
    assert html(cast) == "<p>We asked</p>"
    page.keyboard.type("them")
    expect(line(page)).to_have_text(SAVED, timeout=15_000)
    assert html(cast) == "<p>We asked them</p>"


def test_a_text_that_was_refused_is_not_left_by_mistake(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    write(page, "a ")
    page.keyboard.insert_text("word " * 210_000)
    page.get_by_role("button", name="Save and go back").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible(timeout=15_000)
    asked = stays_on(page)
    page.get_by_role("link", name="Go back", exact=True).click()
    expect(line(page)).to_have_text(re.compile("too long"), timeout=15_000)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert page.locator("#id_text").input_value().count("word") == 210_000


def test_nothing_is_typed_into_a_page_that_is_being_left(sit: Sit, cast: Cast) -> None:
    """It would neither be on the next page nor, where nothing can be saved any more, anywhere else."""
    players.save(cast, "<p>First.</p>")
    page = sit(cast.lead)
    players.submit(cast)
    write(page, " Late")
    on_its_way: list[Route] = []
    page.route("**/write/1/", lambda route: on_its_way.append(route))
    page.get_by_role("button", name="Save and go back").click(no_wait_after=True)
    while not on_its_way:
        page.wait_for_timeout(50)
    page.keyboard.type(" words.")
    on_its_way[0].continue_()
    expect(page.get_by_label("Your text (not saved)")).to_have_value("First. Late")


def test_a_server_that_fails_is_not_called_saved(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    page.route(
        "**/save/",
        lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>", content_type="text/html"),
    )
    write(page, "We asked")
    expect(line(page)).to_have_text(re.compile("^Not saved: the service"))
    page.unroute("**/save/")
    expect(line(page)).to_have_text(SAVED, timeout=15_000)


# --- The session ---------------------------------------------------------------------------------


def test_signed_out_the_words_stay_and_signing_in_again_saves_them(sit: Sit, cast: Cast, live_server) -> None:
    page = sit(cast.lead)
    page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    write(page, "We asked")
    expect(line(page)).to_have_text("You are signed out")
    expect(page.get_by_role("link", name="Sign in again in a new tab")).to_be_visible()
    page.get_by_role("button", name="Save and go back").click()
    page.wait_for_timeout(500)
    expect(text(page)).to_have_text("We asked")
    assert not Save.objects.exists()
    # Signing in changes the token as well; the page reads the cookie at each save.
    page.context.clear_cookies(name=django_settings.CSRF_COOKIE_NAME)
    sign_in(page.context, cast.lead, live_server.url)
    expect(line(page)).to_have_text(SAVED, timeout=15_000)
    assert html(cast) == "<p>We asked</p>"
    page.get_by_role("button", name="Save and go back").click()
    page.wait_for_url("**/midvale-police/")


def test_words_wait_for_their_own_writer(sit: Sit, cast: Cast, live_server) -> None:
    page = sit(cast.lead)
    sign_in(page.context, cast.contributor, live_server.url)
    write(page, "We asked")
    expect(line(page)).to_have_text("Not saved: in this browser Rhiannon Beddoes is signed in now")
    assert not Save.objects.exists()
    sign_in(page.context, cast.lead, live_server.url)
    expect(line(page)).to_have_text(SAVED, timeout=15_000)
    assert Save.objects.get().by == cast.lead


def test_before_the_session_ends_one_can_stay(sit: Sit, cast: Cast, settings) -> None:
    settings.SESSION_IDLE_SECONDS = 100
    page = sit(cast.lead)
    expect(page.locator("[data-ending-text]")).to_contain_text("You will be signed out in about 2 minutes")

    def as_if_long_before_the_end(route: Route) -> None:
        settings.SESSION_IDLE_SECONDS = 7_200  # not before: any answer on its way would take the button away
        route.continue_()

    page.route("**/stay-signed-in/", as_if_long_before_the_end)
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.locator("[data-ending]")).to_be_hidden()


# --- Two people ----------------------------------------------------------------------------------


def test_two_people_see_each_other_and_neither_overwrites_the_other(sit: Sit, cast: Cast) -> None:
    players.save(cast, "<p>First.</p><p>Middle.</p><p>Last.</p>")
    mine, theirs = sit(cast.lead), sit(cast.contributor)
    expect(others(theirs)).to_have_text(re.compile("^Aneela Khan .*has this open, too.$"))
    write(theirs, " Theirs.")
    expect(line(theirs)).to_have_text(SAVED)
    text(mine).press("Control+Home")
    settled(mine)
    mine.keyboard.type("Mine. ")
    expect(line(mine)).to_have_text("Not saved: Rhiannon Beddoes saved first")
    assert html(cast) == "<p>First.</p><p>Middle.</p><p>Last. Theirs.</p>"
    mine.get_by_role("button", name="See both texts").click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("Rhiannon Beddoes saved first")
    assert mine.locator("ins").all_text_contents() == ["Theirs.", "Mine."] or {"Mine."} <= set(
        mine.locator("ins").all_text_contents()
    )
    mine.get_by_role("button", name="Save both changes together").click()
    mine.wait_for_url("**/write/1/")
    assert html(cast) == "<p>Mine. First.</p><p>Middle.</p><p>Last. Theirs.</p>"
    expect(text(mine)).to_have_text("Mine. First.Middle.Last. Theirs.")


def test_passages_are_chosen_one_by_one(sit: Sit, cast: Cast) -> None:
    players.save(cast, "<p>First.</p><p>Last.</p>")
    mine = sit(cast.lead)
    players.save(cast, "<p>First of theirs.</p><p>Last of theirs.</p>", by=cast.contributor)
    text(mine).press("Control+a")
    mine.keyboard.type("First of mine.")
    mine.keyboard.press("Enter")
    mine.keyboard.type("Last of mine.")
    mine.get_by_role("button", name="Save and keep writing").click()
    expect(mine.get_by_role("group", name="Passage")).to_have_count(1)
    mine.get_by_label("Take both").check()
    mine.get_by_role("button", name="Save what is chosen").click()
    mine.wait_for_url("**/write/1/")
    assert (
        html(cast) == "<p>First of theirs.</p><p>Last of theirs.</p><p>First of mine.</p><p>Last of mine.</p>"
    )


def test_both_send_and_the_words_of_the_one_who_is_late_come_back(sit: Sit, cast: Cast) -> None:
    players.save(cast, "<p>First.</p>")
    page = sit(cast.lead)
    players.submit(cast)
    write(page, " Late words.")
    expect(line(page)).to_have_text(re.compile("cannot be (changed|saved)"))
    page.get_by_role("button", name="What you can do").click()
    expect(page.get_by_label("Your text (not saved)")).to_have_value("First. Late words.")
    expect(page.get_by_role("link", name="Take it back")).to_be_visible()
    assert html(cast) == "<p>First.</p>"


def test_taken_back_saving_goes_on_by_itself(sit: Sit, cast: Cast) -> None:
    players.save(cast, "<p>First.</p>")
    page = sit(cast.lead)
    players.submit(cast)
    write(page, " Late words.")
    expect(line(page)).to_have_text(re.compile("cannot be (changed|saved)"))
    players.move(cast, "take_back", by=cast.lead)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(line(page)).to_have_text(SAVED)
    assert html(cast) == "<p>First. Late words.</p>"


def _watched(response: Response) -> bool:
    """The answer to a page that is open, not to one that is being left."""
    return response.url.endswith("/watch/") and "leaving" not in (response.request.post_data or "")


# A slow server may hear of the page that was left after the one that came; the next question sets it right.
UNTIL_THE_NEXT_WATCH = 45_000


def test_a_page_that_was_reloaded_or_left_is_no_other_tab(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    for again in (page.reload, lambda: page.get_by_role("button", name="Save and keep writing").click()):
        with page.expect_response(_watched):
            again()
        expect(others(page)).to_have_text("", timeout=UNTIL_THE_NEXT_WATCH)
    page.wait_for_load_state("networkidle")  # the page that was saved has come back
    page.goto("about:blank")
    with page.expect_response(_watched):
        page.go_back()
    expect(others(page)).to_have_text("", timeout=UNTIL_THE_NEXT_WATCH)


def test_two_tabs_of_one_person(sit: Sit, cast: Cast) -> None:
    one = sit(cast.lead)
    other = one.context.new_page()
    other.goto(one.url)
    expect(others(other)).to_have_text("You have this open in another tab or window, too.")
    write(one, "One.")
    expect(line(one)).to_have_text(SAVED)
    write(other, "Other.")
    expect(line(other)).to_have_text("Not saved: you saved first in another tab")
    assert html(cast) == "<p>One.</p>"
    assert Save.objects.get(applied=False).html == "<p>Other.</p>"
    other.get_by_role("button", name="See both texts").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("You saved first in another tab")
    expect(other.get_by_role("main")).not_to_contain_text("theirs")
    expect(other.get_by_role("main")).not_to_contain_text("yours")


def test_the_back_button_brings_no_old_text_back(sit: Sit, cast: Cast) -> None:
    page = sit(cast.lead)
    write(page, "One.")
    page.get_by_role("button", name="Save and go back").click()
    page.wait_for_url("**/midvale-police/")
    players.save(cast, "<p>Theirs.</p>", by=cast.contributor)
    page.go_back()
    page.wait_for_url("**/write/1/")
    page.wait_for_timeout(300)
    write(page, " More.")
    expect(line(page)).to_have_text(re.compile("^(Saved at|Not saved: Rhiannon)"))
    kept = set(Save.objects.values_list("html", flat=True))
    assert {"<p>One.</p>", "<p>Theirs.</p>"} <= kept
    assert html(cast) in ("<p>Theirs. More.</p>", "<p>Theirs.</p>")


# --- Without JavaScript, small screens, rules of accessibility -----------------------------------


def test_without_javascript_the_same_conflict_page(sit: Sit, cast: Cast) -> None:
    players.save(cast, "<p>First.</p><p>Last.</p>")
    page = sit(cast.lead, java_script_enabled=False)
    players.save(cast, "<p>First.</p><p>Last of theirs.</p>", by=cast.contributor)
    page.locator("#id_text").fill("First of mine.\n\nLast.")
    page.get_by_role("button", name="Save and go back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rhiannon Beddoes saved first")
    expect(page.get_by_role("textbox")).to_have_count(
        0
    )  # a button of the choice would drop what is written there
    page.get_by_role("button", name="Save both changes together").click()
    page.wait_for_url("**/write/1/")
    assert html(cast) == "<p>First of mine.</p><p>Last of theirs.</p>"


def test_without_javascript_ones_own_text_is_worked_over_after_it_is_kept(sit: Sit, cast: Cast) -> None:
    players.save(cast, "<p>First.</p>")
    page = sit(cast.lead, java_script_enabled=False)
    players.save(cast, "<p>Theirs.</p>", by=cast.contributor)
    page.locator("#id_text").fill("Mine.")
    page.get_by_role("button", name="Save and go back").click()
    expect(page.get_by_text("To work your own text over, keep all of yours")).to_be_visible()
    page.get_by_role("button", name="Keep all of yours").click()
    page.wait_for_url("**/write/1/")
    page.locator("#id_text").fill("Mine.\n\nAnd theirs.")
    page.get_by_role("button", name="Save and keep writing").click()
    assert html(cast) == "<p>Mine.</p><p>And theirs.</p>"
    assert "<p>Theirs.</p>" in set(Save.objects.values_list("html", flat=True))


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_follow_the_rules(sit: Sit, cast: Cast, width: int) -> None:
    players.save(cast, "<p>First.</p><p>Last.</p>")
    page = sit(cast.lead, viewport={"width": width, "height": 800})
    players.save(cast, "<p>First of theirs.</p><p>Last.</p>", by=cast.contributor)
    write(page, " Mine.")
    expect(line(page)).to_have_text(re.compile("^Not saved"))
    found = [Axe().run(page)]
    page.get_by_role("button", name="See both texts").click()
    page.wait_for_selector("fieldset")
    found.append(Axe().run(page))
    for url in ("answer_earlier", "history_compare"):
        page.goto(cast.agency_return.url(url, *([1] if url == "answer_earlier" else [])))
        found.append(Axe().run(page))
    page.go_back()
    page.locator(".task a").first.click()
    found.append(Axe().run(page))
    assert [one.generate_report() for one in found if one.violations_count] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
