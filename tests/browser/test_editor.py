"""The editor in a real browser, under the site's content security policy, from typing to what the form receives."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, Page, expect

from tests.browser.sitting import settled
from tests.clipboard import sources

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.browser.editor_urls"),
    pytest.mark.django_db(transaction=True),
]

Open = Callable[..., Page]

PASTE = """(element, [html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  if (text) data.setData("text/plain", text);
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""

PASTE_PICTURE = """(element) => {
  const data = new DataTransfer();
  data.items.add(new File(["x"], "photo.png", { type: "image/png" }));
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""

# The blocks of the text in the editor, each with its words.
SEEN = """text => [...text.querySelectorAll("h3, h4, p, blockquote, th, td")]
  .filter(one => one.textContent.trim() && !(one.localName === "p" && one.closest("th, td")))
  .map(one => `${one.closest("ul, ol") ? one.closest("ul, ol").localName : ""} ${one.localName}: ${one.textContent.trim()}`)"""
SEEN_OF_ALL = [
    " h3: What we heard",
    " p: Twelve children and two parents said “nobody told me”.",
    "ul p: Letters",
    "ul p: in plain words",
    "ul p: Calls",
    " h3: What we did",
    " p: We changed the letter. See the guide.",
    "ol p: Ask",
    "ol p: Listen",
    " th: You said",
    " th: We did",
    " td: Cards",
    " td: Printed",
]

TYPED = "What we did:\n\u2022 Letters\n  \u2022 in plain words\n\u2022 Calls\nAnd then"

NESTED = "<ul><li>Letters<ul><li>in plain words</li></ul></li><li>Calls</li></ul>"


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser's console complained about; a test that leaves anything here fails."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_page(live_server, browser: Browser, complaints: list[str]) -> Iterator[Open]:  # type: ignore[no-untyped-def]
    contexts = []

    def open_it(path: str = "/", **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()

        def note(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                complaints.append(message.text)

        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()


def feedback(page: Page) -> Locator:
    return page.get_by_role("textbox", name="What have you done with the feedback?")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar").first.get_by_role("button", name=name, exact=True)


def emptied(page: Page) -> Locator:
    text = feedback(page)
    text.press("Control+a")
    text.press("Delete")
    return text


def sent(page: Page, name: str = "feedback") -> str:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()
    return page.locator(f"#{name}").input_value()


# --- Starting -------------------------------------------------------------------------------------


def test_the_editor_shows_the_text_and_takes_the_place_of_the_box(open_page: Open) -> None:
    page = open_page()
    expect(feedback(page)).to_have_text("We asked twelve children.They said why")
    expect(feedback(page).locator("strong")).to_have_text("twelve")
    expect(page.locator("textarea").first).to_be_hidden()
    expect(page.get_by_text("How to write lists").first).to_be_hidden()
    assert feedback(page).get_attribute("aria-multiline") == "true"
    assert feedback(page).get_attribute("aria-describedby") == "id_feedback_helptext id_feedback_words"


def test_what_was_not_touched_comes_back_as_it_was(open_page: Open) -> None:
    assert (
        sent(open_page())
        == "<p>We asked <strong>twelve</strong> children.</p><ul><li>They said why</li></ul>"
    )


def test_a_click_on_the_label_leads_to_the_text(open_page: Open) -> None:
    page = open_page()
    page.get_by_text("What have you done with the feedback?").click()
    expect(feedback(page)).to_be_focused()


def test_the_link_of_the_error_summary_leads_to_the_text(open_page: Open) -> None:
    page = open_page()
    emptied(page)
    page.get_by_role("button", name="Save").click()
    page.locator(".error-summary a").click()
    expect(feedback(page)).to_be_focused()
    assert feedback(page).get_attribute("aria-invalid") == "true"
    assert page.locator("#id_feedback_error").is_visible()
    assert "id_feedback_error" in (feedback(page).get_attribute("aria-describedby") or "").split()


def test_an_address_with_the_fields_name_leads_to_the_text(open_page: Open) -> None:
    expect(feedback(open_page("/#id_feedback"))).to_be_focused()


def test_the_box_stays_when_the_editor_cannot_start(open_page: Open, complaints: list[str]) -> None:
    page = open_page("/elsewhere/")
    page.route(
        "**/js/editor/toolbar.js",
        lambda route: route.fulfill(body="export const Toolbar = 1;", content_type="text/javascript"),
    )
    page.goto("/")
    box = page.locator("#id_feedback")
    page.wait_for_timeout(500)
    expect(box).to_be_visible()
    box.fill("- one\n- two")
    assert sent(page) == "<ul><li>one</li><li>two</li></ul>"
    assert {"could not start" in text for text in complaints} == {True}
    complaints.clear()


# --- Writing --------------------------------------------------------------------------------------


def test_typing_reaches_the_form(open_page: Open) -> None:
    page = open_page()
    emptied(page).press_sequentially("We listened.")
    page.keyboard.press("Enter")
    page.keyboard.type("And changed.")
    assert page.locator("#id_feedback").input_value() == "<p>We listened.</p><p>And changed.</p>"
    assert sent(page) == "<p>We listened.</p><p>And changed.</p>"


def test_emptied_is_empty(open_page: Open) -> None:
    page = open_page("/?changes=<p>Old</p>")
    page.get_by_role("textbox", name="What changed?").press("Control+a")
    page.keyboard.press("Delete")
    assert page.locator("#id_changes").input_value() == ""


@pytest.mark.parametrize(
    ("keys", "html"),
    [
        ("Control+b", "<p><strong>twelve words</strong></p>"),
        ("Control+u", "<p><strong>twelve words</strong></p>"),
        ("Control+i", "<p><em>twelve words</em></p>"),
        ("Control+Alt+1", "<h3>twelve words</h3>"),
        ("Control+Shift+8", "<ul><li>twelve words</li></ul>"),
        ("Control+Shift+7", "<ol><li>twelve words</li></ol>"),
        ("Control+Shift+b", "<blockquote><p>twelve words</p></blockquote>"),
    ],
)
def test_shortcuts(open_page: Open, keys: str, html: str) -> None:
    page = open_page()
    emptied(page).press_sequentially("twelve words")
    page.keyboard.press("Control+a")
    page.keyboard.press(keys)
    assert sent(page) == html


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("Bold", "<p><strong>words</strong></p>"),
        ("Italic", "<p><em>words</em></p>"),
        ("Heading", "<h3>words</h3>"),
        ("Bulleted list", "<ul><li>words</li></ul>"),
        ("Numbered list", "<ol><li>words</li></ol>"),
        ("Child\u2019s own words", "<blockquote><p>words</p></blockquote>"),
    ],
)
def test_buttons_show_that_they_are_on(open_page: Open, name: str, html: str) -> None:
    page = open_page()
    emptied(page)
    expect(button(page, name)).to_have_attribute("aria-pressed", "false")
    button(page, name).click()
    expect(feedback(page)).to_be_focused()
    expect(button(page, name)).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("words")
    assert sent(page) == html


def test_two_levels_of_heading(open_page: Open) -> None:
    page = open_page()
    emptied(page).press("Control+Alt+1")
    page.keyboard.type("Large")
    page.keyboard.press("Enter")
    button(page, "Smaller heading").click()
    page.keyboard.type("Small")
    assert sent(page) == "<h3>Large</h3><h4>Small</h4>"


def test_headings_are_heard_one_level_below_the_title_of_the_page(open_page: Open) -> None:
    page = open_page()
    emptied(page)
    button(page, "Heading").click()
    page.keyboard.type("What we heard")
    page.keyboard.press("Enter")
    button(page, "Smaller heading").click()
    page.keyboard.type("From parents")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    heard = [
        (
            one["name"]["value"],
            next(of["value"]["value"] for of in one["properties"] if of["name"] == "level"),
        )
        for one in tree["nodes"]
        if one.get("role", {}).get("value") == "heading"
    ]
    assert heard == [("Write your answer", 1), ("What we heard", 2), ("From parents", 3)]
    assert sent(page) == "<h3>What we heard</h3><h4>From parents</h4>"


def test_typed_marks_become_lists_and_points_nest(open_page: Open) -> None:
    page = open_page()
    emptied(page).press_sequentially("- Letters")
    page.keyboard.press("Enter")
    page.keyboard.type("in plain words")
    button(page, "Make it a point of the one above").click()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+[")
    page.keyboard.type("Calls")
    assert sent(page) == NESTED


def test_typed_numbers_become_a_list(open_page: Open) -> None:
    page = open_page()
    emptied(page).press_sequentially("1. Ask")
    page.keyboard.press("Enter")
    page.keyboard.type("Listen")
    assert sent(page) == "<ol><li>Ask</li><li>Listen</li></ol>"


def test_a_new_line_in_a_paragraph(open_page: Open) -> None:
    page = open_page()
    emptied(page).press_sequentially("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    assert re.fullmatch(r"<p>one<br ?/?>two</p>", sent(page))


def test_undo_and_redo(open_page: Open) -> None:
    page = open_page()
    expect(button(page, "Undo")).to_have_attribute("aria-disabled", "true")
    emptied(page)
    button(page, "Undo").click()
    expect(feedback(page)).to_contain_text("We asked")
    button(page, "Redo").click()
    expect(feedback(page)).to_have_text("")


# --- Links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("www.example.org", "https://www.example.org"),
        ("name@example.org", "mailto:name@example.org"),
    ],
)
def test_a_link_on_selected_words(open_page: Open, typed: str, href: str) -> None:
    page = open_page()
    emptied(page).press_sequentially("guide")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("textbox", name="Address")).to_be_focused()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(feedback(page)).to_be_focused()
    assert sent(page) == f'<p><a href="{href}">guide</a></p>'


def test_a_link_without_a_selection_asks_for_its_words(open_page: Open) -> None:
    page = open_page()
    emptied(page)
    button(page, "Link").click()
    page.get_by_role("textbox", name="Words to show").fill("the guide")
    page.get_by_role("textbox", name="Address").fill("example.org")
    page.get_by_role("button", name="Use this link").click()
    page.keyboard.type(" says")
    assert sent(page) == '<p><a href="https://example.org">the guide</a> says</p>'


def test_an_address_that_is_none_is_refused_beside_the_field(open_page: Open) -> None:
    page = open_page()
    emptied(page).press_sequentially("guide")
    page.keyboard.press("Control+a")
    button(page, "Link").click()
    page.keyboard.type("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Type a web address or an e-mail address.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Address")).to_be_focused()
    page.keyboard.press("Escape")
    expect(feedback(page)).to_be_focused()
    assert sent(page) == "<p>guide</p>"


def test_a_link_is_changed_and_removed(open_page: Open) -> None:
    page = open_page("/?feedback=<p>See <a href='https://example.org/old'>the guide</a></p>")
    feedback(page).locator("a").click()
    settled(page)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("textbox", name="Address")).to_have_value("https://example.org/old")
    page.get_by_role("button", name="Remove link").click()
    assert sent(page) == "<p>See the guide</p>"


# --- Tables ---------------------------------------------------------------------------------------


def test_a_table_is_put_in_filled_and_extended(open_page: Open) -> None:
    page = open_page()
    emptied(page)
    expect(button(page, "Add row")).to_be_hidden()
    button(page, "Table").click()
    page.keyboard.type("Cards")
    page.keyboard.press("Tab")
    page.keyboard.type("Printed")
    button(page, "Delete row").click()
    page.keyboard.type("Calls")
    button(page, "Add row").click()
    expect(feedback(page).locator("tr")).to_have_count(3)
    html = sent(page)
    assert re.findall(r"<th\b[^>]*>(.*?)</th>", html) == [
        "What children told us",
        "What we did",
        "What changed",
    ]
    assert "Calls" in html and "Cards" not in html


def test_a_table_can_be_deleted_and_left(open_page: Open) -> None:
    page = open_page()
    emptied(page)
    button(page, "Table").click()
    button(page, "Delete table").click()
    expect(feedback(page).locator("table")).to_have_count(0)
    expect(button(page, "Delete table")).to_be_hidden()
    button(page, "Table").click()
    for _ in range(6):
        page.keyboard.press("Tab")
    expect(feedback(page)).not_to_be_focused()


# --- Pasting --------------------------------------------------------------------------------------


def paste(page: Page, html: str = "", text: str = "") -> None:
    emptied(page).evaluate(PASTE, [html, text])


@pytest.mark.parametrize("name", sources.HTML)
def test_paste_from_every_program(open_page: Open, name: str) -> None:
    """What one sees at once is what will be kept, and what was not kept is said."""
    page = open_page()
    paste(page, sources.copied(name))
    word = "1 picture, 1 comment and 1 tracked deletion were not kept."
    expect(page.get_by_text(word if name == "word" else "1 picture was not kept.")).to_be_visible()
    assert feedback(page).evaluate(SEEN) == SEEN_OF_ALL
    assert sent(page) == sources.KEPT


def paste_beside(page: Page, html: str, *keys: str) -> Locator:
    """Into a sentence, with the caret where the keys lead."""
    text = emptied(page)
    text.press_sequentially("This is what it was like.")
    for key in keys:
        text.press(key)
    text.evaluate(PASTE, [html, ""])
    return text


HEADING = "<h1 style='mso-style-name:x'>What children told us</h1>"


@pytest.mark.parametrize(
    ("html", "keys", "kept"),
    [
        (
            HEADING + "<p>A lot.</p>",
            [],
            "<p>This is what it was like.</p><h3>What children told us</h3><p>A lot.</p>",
        ),
        (HEADING, [], "<p>This is what it was like.</p><h3>What children told us</h3>"),
        (
            HEADING,
            ["Control+ArrowLeft", "Control+ArrowLeft"],
            "<p>This is what it was</p><h3>What children told us</h3><p>like.</p>",
        ),
        (
            HEADING + "<p>A lot.</p>",
            ["Home"],
            "<h3>What children told us</h3><p>A lot.</p><p>This is what it was like.</p>",
        ),
        (
            HEADING + "<p>A lot.</p>",
            ["Control+a"],
            "<h3>What children told us</h3><p>A lot.</p>",
        ),
        (
            "<ul><li>Letters</li><li>Calls</li></ul>",
            [],
            "<p>This is what it was like.</p><ul><li>Letters</li><li>Calls</li></ul>",
        ),
        (
            "<table><tr><td>You said</td><td>We did</td></tr><tr><td>Cards</td><td>Printed</td></tr></table>",
            [],
            "<p>This is what it was like.</p><table><thead><tr><th>You said</th><th>We did</th></tr></thead>"
            "<tbody><tr><td>Cards</td><td>Printed</td></tr></tbody></table>",
        ),
        (
            "<p>Or <b>so</b>.</p><p>Yes.</p>",
            [],
            "<p>This is what it was like.Or <strong>so</strong>.</p><p>Yes.</p>",
        ),
    ],
)
def test_what_is_pasted_after_a_sentence_stays_what_it_is(
    open_page: Open, html: str, keys: list[str], kept: str
) -> None:
    page = open_page()
    paste_beside(page, html, *keys)
    assert sent(page) == kept


def test_words_of_a_heading_of_ones_own_go_into_the_sentence(open_page: Open) -> None:
    page = open_page()
    paste_beside(page, '<h3 data-pm-slice="1 1 []">And more</h3>')
    assert sent(page) == "<p>This is what it was like.And more</p>"


def test_a_pasted_heading_leaves_a_list_whole(open_page: Open) -> None:
    page = open_page()
    text = emptied(page)
    text.press_sequentially("- Letters")
    text.evaluate(PASTE, [HEADING, ""])
    assert sent(page) == "<ul><li>Letters</li></ul><h3>What children told us</h3>"


def test_a_link_to_a_file_of_ones_own_is_not_kept_and_that_is_said(open_page: Open) -> None:
    page = open_page()
    links = "<a href='file:///C:/report.docx'>report</a> <a href='#_Toc1'>above</a> <a href='https://a.org/'>site</a>"
    paste(page, f"<p>Our {links}</p>")
    expect(page.get_by_text("1 link was not kept.")).to_be_visible()
    assert sent(page) == '<p>Our report above <a href="https://a.org/">site</a></p>'


def test_paste_of_text_from_a_pdf(open_page: Open) -> None:
    page = open_page()
    paste(page, text=sources.copied("pdf"))
    assert sent(page) == sources.KEPT_OF_PDF


def test_lines_that_were_written_as_paragraphs_stay_apart(open_page: Open) -> None:
    lines = [
        "We wrote to every child who had been to a meeting that year",
        "Letters went out in May and were read by two schools before",
        "no answer came from eleven of them",
    ]
    page = open_page()
    paste(page, text="\n".join(lines))
    assert sent(page) == "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize("as_html", [True, False])
def test_paste_of_typed_bullets(open_page: Open, as_html: bool) -> None:
    page = open_page()
    lines = "".join(f"<p>{line.replace('  ', '&nbsp; ')}</p>" for line in TYPED.split("\n"))
    paste(page, lines if as_html else "", TYPED)
    expect(feedback(page).locator("ul ul li")).to_have_text("in plain words")
    assert sent(page) == f"<p>What we did:</p>{NESTED}<p>And then</p>"


def test_a_dash_or_a_year_at_the_start_of_one_line_is_no_list(open_page: Open) -> None:
    page = open_page()
    paste(page, text="- said one child\nAnd this: 1. of all")
    expect(feedback(page).locator("li")).to_have_count(0)


def test_a_picture_by_itself(open_page: Open) -> None:
    page = open_page()
    feedback(page).evaluate(PASTE_PICTURE)
    expect(page.get_by_text("1 picture was not kept.")).to_be_visible()


def test_a_picture_from_a_web_page_over_a_selection(open_page: Open) -> None:
    page = open_page()
    paste(page, "<meta charset='utf-8'><img src='https://example.org/photo.png' alt='A photo'>")
    expect(page.get_by_text("1 picture was not kept.")).to_be_visible()
    expect(feedback(page)).to_have_text("")
    feedback(page).evaluate(PASTE, ["<p>Words</p>", ""])
    expect(page.get_by_text("1 picture was not kept.")).to_be_hidden()


def test_hostile_html_does_nothing(open_page: Open) -> None:
    page = open_page()
    paste(
        page,
        "<p onclick='x()'>Fine<script>document.title='no'</script><a href='javascript:x()'> text</a></p>",
    )
    assert page.title() == "Write"
    assert sent(page) == "<p>Fine text</p>"


# --- Keyboard -------------------------------------------------------------------------------------


def test_the_toolbar_is_one_stop_with_arrow_keys(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(button(page, "Bold")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(button(page, "Italic")).to_be_focused()
    page.keyboard.press("End")
    expect(button(page, "Redo")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(button(page, "Bold")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(feedback(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(button(page, "Italic")).to_be_focused()
    page.keyboard.press("Escape")
    expect(feedback(page)).to_be_focused()


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_the_toolbar_is_two_rows_and_every_button_still_has_its_name(
    open_page: Open, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 640})
    buttons = page.get_by_role("toolbar").first.locator("button:visible")
    assert len(set(buttons.evaluate_all("all => all.map(one => one.offsetTop)"))) == 2
    sizes = buttons.evaluate_all("all => all.map(one => Math.min(one.offsetWidth, one.offsetHeight))")
    assert len(sizes) == 13 and min(sizes) >= 32
    for name in ("Heading", "Smaller heading", "Child\u2019s own words", "Link", "Table"):
        expect(button(page, name)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    expect(button(page, "Redo")).to_be_focused()


def test_the_shortcuts_are_listed(open_page: Open) -> None:
    page = open_page()
    page.get_by_text("Keyboard shortcuts").first.click()
    listed = page.locator("details", has_text="Keyboard shortcuts").first.locator("tbody tr")
    keys = dict(row.split("\t") for row in listed.all_inner_texts())
    assert (keys["Ctrl+B"], keys["Ctrl+Alt+1"], keys["Ctrl+K"]) == ("Bold", "Heading", "Link")
    buttons = page.get_by_role("toolbar").first.locator("[aria-keyshortcuts]")
    assert len(keys) == buttons.count() + 3


def test_tab_leaves_the_text_even_in_a_list(open_page: Open) -> None:
    page = open_page()
    feedback(page).locator("li").click()
    page.keyboard.press("Tab")
    expect(page.locator("summary", has_text="Keyboard shortcuts").first).to_be_focused()


# --- Words, unsaved text, and what others can listen to ----------------------------------------------


def test_the_words_are_counted(open_page: Open) -> None:
    page = open_page()
    expect(page.locator("#id_feedback_words")).to_have_text("About 400 words are suggested; you have 7.")
    emptied(page).press_sequentially("Four words \u2013 and these")
    expect(page.locator("#id_feedback_words")).to_have_text("About 400 words are suggested; you have 4.")
    expect(page.get_by_text("You have 4 of about 400 words.")).to_be_attached(timeout=4000)


def test_leaving_with_unsaved_text_asks_first(open_page: Open) -> None:
    page = open_page()
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    feedback(page).press_sequentially("More")
    page.get_by_role("link", name="Elsewhere").click()
    expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()
    assert asked == ["beforeunload"]


def test_leaving_with_nothing_changed_or_everything_saved_does_not_ask(open_page: Open) -> None:
    page = open_page()
    page.on("dialog", lambda dialog: pytest.fail("asked"))
    feedback(page).press_sequentially("a")
    page.locator("#id_feedback").evaluate(
        "box => box.dispatchEvent(new CustomEvent('richtext:saved', { detail: { html: box.value } }))"
    )
    page.get_by_role("link", name="Elsewhere").click()
    expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()


def test_each_change_is_told_on_the_box(open_page: Open) -> None:
    page = open_page()
    page.evaluate(
        "addEventListener('richtext:change', event => { document.title = JSON.stringify(event.detail) })"
    )
    emptied(page).press_sequentially("ab")
    assert page.title() == '{"html":"<p>ab</p>","words":1}'


# --- Without JavaScript, and for everybody ---------------------------------------------------------


def test_without_javascript_the_box_holds_the_simple_notation(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    box = page.get_by_label("What have you done with the feedback?")
    expect(box).to_have_value("We asked **twelve** children.\n- They said why")
    expect(page.get_by_text("About 400 words are suggested.")).to_be_visible()
    expect(page.get_by_text("How to write lists").first).to_be_visible()
    box.fill("Twelve\n\n- one\n- two")
    assert sent(page) == "<p>Twelve</p><ul><li>one</li><li>two</li></ul>"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_accessibility_rules(open_page: Open, scheme: str, width: int) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    emptied(page)
    button(page, "Table").click()
    button(page, "Link").click()
    page.keyboard.press("Enter")
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = page.locator(".editor__button:visible").evaluate_all(
        "buttons => buttons.map(button => Math.min(button.offsetWidth, button.offsetHeight))"
    )
    assert min(sizes) >= 32
    described = page.locator("[aria-describedby], [aria-controls], [aria-labelledby]").evaluate_all(
        """elements => elements.flatMap(element => ["aria-describedby", "aria-controls", "aria-labelledby"]
          .flatMap(name => (element.getAttribute(name) ?? "").split(" ")))
          .filter(id => id && !document.getElementById(id))"""
    )
    assert described == []
