"""Those who only read: a second reader what was sent, the board what it is shown."""

import re

import pytest
from playwright.sync_api import expect

from agencies.models import Message
from returns.workflow import Status
from tests import pictures
from tests.browser.rules import SIZE
from tests.returns import cast
from tests.returns.appendix.tools import needs_pdftotext, pages
from tests.returns.editions import publish

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
    maeve.sees("Not shown to the board yet").follows("Show it to the board")
    maeve.is_at("Show the appendix to the board").sees("Vale Hospitals: not started", "1 board member")
    maeve.presses("Show it all the same").sees("Shown to the board since")
    assert Message.objects.get(kind="shown").to_user == people.board
    imran.goes_to("/").follows("Appendix C: Luton Partnership").is_at("Appendix C: Luton Partnership")
    imran.sees("Contents", "Children told us").sees_no("Vale Hospitals", "Show it", "Stop showing")
    imran.page.get_by_role("navigation", name="Contents").get_by_role("link", name="Midvale Police").click()
    section = imran.page.get_by_role("region", name="Midvale Police")
    expect(section).to_be_in_viewport()
    assert imran.page.url.endswith("#" + (section.get_attribute("id") or "?"))

    assert imran.downloads("PDF").startswith(b"%PDF-")
    assert imran.downloads("Word").startswith(b"PK")

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


@needs_pdftotext
def test_paper_from_the_browser_is_like_the_pdf(comes) -> None:
    """Title and contents, then each part on a page of its own with the question under the name, numbered."""
    people = cast.make()
    cast.bring_to(people, Status.APPROVED)
    edition = publish(people, files=())
    imran = comes("board", people.board).goes_to(edition.get_absolute_url())
    front, section = pages(imran.page.pdf(prefer_css_page_size=True))
    question = "What have you done with the feedback from children"
    assert re.match(r"Appendix C\s+Luton Partnership Yearly Report 2025-26\s+Partners Voice", front)
    assert re.search(r"Contents\s+Midvale Police\s+Page 1 of 2\s*$", front)
    assert re.match(rf"Midvale Police\s+{question}[^?]*\?\s+Children told us", section)
    assert re.search(r"Page 2 of 2\s*$", section)
    assert not re.search("Account|Download|by itself|Preview", front + section)

    maeve = comes("coordinator", people.coordinator).goes_to(
        f"{people.collection.get_absolute_url()}appendix/"
    )
    printed = pages(maeve.page.pdf(prefer_css_page_size=True))
    assert all(page.startswith("Preview, not published") for page in printed), printed


def test_a_board_member_reads_what_is_published_and_finds_the_correction(comes) -> None:
    people = cast.make()
    cast.bring_to(people, Status.APPROVED)
    publish(people, files=("pdf", "docx", "txt"))
    imran = comes("board", people.board).goes_to("/").follows("Appendix C: Luton Partnership")
    imran.is_at("Appendix C: Luton Partnership").sees("Children told us", "3 pages").sees_no(
        "Preview", "Corrected"
    )
    assert imran.downloads("PDF").startswith(b"%PDF-")
    imran.follows("This section by itself").is_at("Midvale Police").sees("Children told us")
    section = imran.path
    assert section.endswith("/appendix/1/midvale-police/")

    changes = [{"name": "Midvale Police", "anchor": "midvale-police", "what": "changed"}]
    publish(people, files=("txt",), note="A month was wrong.", changes=changes)
    imran.comes_back().sees("Corrected on").follows("Read the newer one").sees(
        "What changed in this edition", "still being made"
    )
    imran.follows("Published appendices").is_at("Published appendices").sees("Newest", at="Edition 2")
    imran.sees("Corrected", at="Edition 1").has_no_button("Public page")


def test_somebody_reads_the_public_page_and_leaves_at_once(comes) -> None:
    people = cast.make()
    cast.bring_to(people, Status.APPROVED)
    publish(people, files=("txt",))
    home = f"/{people.partnership.slug}/published/"
    visitor = comes("public").goes_to(home, status=404).is_at("Page not found")

    maeve = (
        comes("coordinator", people.coordinator)
        .goes_to("/")
        .follows("Luton Partnership")
        .follows("Public page")
    )
    maeve.sees("Only the people of the partnership can read").chooses("Search engines can list it")
    maeve.presses("Save who can read it").sees("Tick both, or neither.")
    maeve.chooses("Everybody can read").presses("Save who can read it").sees("Everybody can read it now.")

    visitor.goes_to(home).is_at("Luton Partnership").follows("Yearly Report 2025-26").sees("Children told us")
    visitor.follows("This section by itself").is_at("Midvale Police").follows("The whole appendix")
    assert visitor.downloads("Plain text").startswith(b"Appendix C")
    assert visitor.context.cookies() == []
    exit_link = visitor.page.get_by_role("link", name="Exit this page")
    expect(exit_link).to_be_in_viewport()
    visitor.page.mouse.wheel(0, 5000)
    expect(exit_link).to_be_in_viewport()
    for leave in (exit_link.click, lambda: [visitor.page.keyboard.press("Escape") for _ in range(3)]):
        visitor.goes_to(home)
        visitor.page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather"))
        leave()
        visitor.page.wait_for_url("https://www.bbc.co.uk/weather")
    without = comes("public", java_script_enabled=False).goes_to(home)
    without.page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather"))
    without.page.get_by_role("link", name="Exit this page").click()
    without.page.wait_for_url("https://www.bbc.co.uk/weather")


def test_a_coordinator_dresses_the_pages_and_a_pale_colour_is_refused(comes, tmp_path) -> None:
    people = cast.make()
    logo = tmp_path / "logo.png"
    logo.write_bytes(pictures.png())
    maeve = (
        comes("coordinator", people.coordinator)
        .goes_to(f"/{people.partnership.slug}/")
        .follows("Name and look")
    )
    maeve.fills("Colour", "#3fa7ff").presses("Use this look").sees("too pale to be read", "2.2 to 1")
    maeve.fills("Colour", "#1b4b8c").fills("What the logo says", "A blue bar")
    maeve.page.get_by_label("Logo", exact=False).first.set_input_files(logo)
    maeve.presses("Use this look").sees("look like this", "7.5 to 1")
    expect(maeve.page.get_by_role("img", name="A blue bar")).to_be_visible()
    colour = maeve.page.get_by_role("button", name="Use this look").evaluate(
        "one => getComputedStyle(one).backgroundColor"
    )
    assert colour == "rgb(27, 75, 140)"


def test_a_proof_is_sent_objected_to_and_answered(comes, post) -> None:
    people = cast.make()
    cast.bring_to(people, Status.APPROVED)
    maeve = comes("coordinator", people.coordinator).goes_to(
        f"{people.collection.get_absolute_url()}appendix/"
    )
    maeve.sees("Preview").follows("Have each agency look at its section").is_at("Proofs")
    maeve.sees("No proof sent", at="Midvale Police").fills("Answers by", cast.in_days(7).isoformat())
    maeve.presses("Send the proofs").sees("Not answered yet", at="Midvale Police")

    aneela = comes("lead", people.lead).goes_to(post.link(people.lead.email, "will be printed"))
    aneela.is_at("Proof of your section").sees("Children told us").presses("Send your answer").sees(
        "Say whether"
    )
    aneela.chooses("No, something").fills("If not: what is wrong?", "It was June.").presses(
        "Send your answer"
    )
    aneela.sees("Your agency objects", "It was June.")

    maeve.goes_to(post.link(people.coordinator.email, "objects")).sees(
        "Objects", "It was June.", at="Midvale Police"
    )
    maeve.follows("Answer it").fills("What came of it?", "We have mended it.").presses("Send the answer")
    maeve.sees("Objection answered", at="Midvale Police")
    aneela.goes_to(post.link(people.lead.email, "objection")).sees("We have mended it.")


def test_on_a_telephone_a_table_is_scrolled_and_its_words_stay_whole(comes) -> None:
    people = cast.make()
    word = "unaccompanied-asylum-seekers"
    row = f"<tr>{f'<td>{word}</td>' * 3}</tr>"
    cast.save(people, f"<p>We asked.</p><table><tbody>{row}{row}</tbody></table>")
    lead = comes("lead", people.lead, viewport={"width": 360, "height": 640})
    lead.goes_to(people.agency_return.url("as_printed"))
    box = lead.page.get_by_role("group", name="Table")
    assert box.evaluate("one => one.scrollWidth > one.clientWidth")
    assert lead.page.evaluate("document.documentElement.scrollWidth") == 360
    box.focus()
    lead.page.keyboard.press("ArrowRight")
    expect(lead.page.locator(".scroll").first).not_to_have_js_property("scrollLeft", 0)
