"""Those who only read: a second reader what was sent, the board what it is shown."""

import pytest
from playwright.sync_api import expect

from returns.workflow import Status
from tests.browser.rules import SIZE
from tests.returns import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_second_reader_reads_and_does_nothing_else(comes) -> None:
    people = cast.make()
    cast.bring_to(people, Status.IN_REVIEW)
    base, address = people.collection.get_absolute_url(), people.agency_return.get_absolute_url()
    eluned = comes("second reader", people.second_reader).goes_to("/").follows("Luton Partnership")
    eluned.follows("2025-26 return").sees("Being read", at="Midvale Police").follows("Midvale Police")
    eluned.sees("Children told us", "Dilys Morgan")
    eluned.has_no_button(
        "Approve", "Ask for changes", "Begin the review", "Change the due date", "Type in", "Leave it"
    )
    eluned.follows("History").sees("began the review").goes_to(f"{base}appendix/").has_no_button(
        "Show it to the board"
    )
    for page in ("due-date/", "type-in/", "request-changes/", "exclude/", "write/1/", "check/", "send/"):
        eluned.goes_to(f"{address}{page}", status=403).is_at("You cannot do this here")
    for page in ("details/", "questions/", "open/", "close/"):
        eluned.goes_to(f"{base}{page}", status=403)
    eluned.goes_to(f"{base}returns/vale-hospitals/review/", status=404).is_at("Page not found")
    eluned.goes_to(f"/{people.partnership.slug}/people/", status=403)


def test_the_board_reads_the_appendix_once_it_is_shown(comes, tmp_path) -> None:
    people = cast.make()
    cast.bring_to(people, Status.APPROVED)
    base, address = people.collection.get_absolute_url(), people.agency_return.get_absolute_url()
    imran = comes("board", people.board).goes_to("/").is_at("What waits for you")
    imran.goes_to(f"{base}appendix/", status=404).is_at("Page not found")

    maeve = comes("coordinator", people.coordinator).goes_to(base).follows("Read it as it stands")
    maeve.sees("Not shown to the board yet").presses("Show it to the board").sees("Shown to the board since")
    imran.goes_to("/").follows("Appendix C: Luton Partnership").is_at("Appendix C: Luton Partnership")
    imran.sees("Contents", "Children told us").sees_no("Vale Hospitals", "Show it", "Stop showing")
    imran.page.get_by_role("navigation", name="Contents").get_by_role("link", name="Midvale Police").click()
    section = imran.page.get_by_role("region", name="Midvale Police")
    expect(section).to_be_in_viewport()
    assert imran.page.url.endswith("#" + (section.get_attribute("id") or "?"))

    imran.page.emulate_media(media="print")
    printed = imran.page.screenshot(path=str(tmp_path / "print.png"), full_page=True)
    assert len(set(printed)) > 200 and len(printed) > 8_000
    expect(imran.page.get_by_role("link", name="Account")).to_be_hidden()
    expect(section.get_by_text("Children told us")).to_be_visible()
    imran.page.emulate_media(media="screen")

    for page in (
        base,
        f"{base}history/",
        address,
        f"{address}review/",
        f"{address}write/1/",
        f"{address}history/",
    ):
        imran.goes_to(page, status=404)
    for kind, user in (("lead", people.other_lead), ("contributor", people.contributor)):
        comes(kind, user).goes_to("/").follows("Appendix C: Luton Partnership").sees("Children told us")
    maeve.presses("Stop showing it").sees("Not shown to the board yet")
    imran.goes_to(f"{base}appendix/", status=404)
    assert imran.page.viewport_size == SIZE
