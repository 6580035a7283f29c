"""The pages on which people meet the checks."""

import json
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from agencies.models import Message
from lscp.templatetags.ui import day
from returns import checks
from returns.actions import checkups, collections, drafting, points, second_reading
from returns.models import AskKind, Dismissal, Finding, Return
from returns.workflow import Status
from tests.returns import cast as players
from tests.returns.cast import Cast

pytestmark = pytest.mark.django_db

CARELESS = (
    "<p>Children told us what they thought. We wrote to TJ and to his mother.</p>"
    "<p>We intend to write a new leaflet next year. We intend to meet more parents next year.</p>"
)


def page(user, url: str) -> str:
    response = players.client(user).get(url)
    assert response.status_code == 200
    return response.content.decode()


def finding(cast: Cast, rule: str) -> Finding:
    return next(one for one in checkups.sent_points(checkups.current(cast.agency_return)) if one.rule == rule)


def test_the_agency_sees_everything_once_by_weight(cast: Cast) -> None:
    players.save(cast, CARELESS)
    html = page(cast.lead, cast.agency_return.url("check"))
    assert html.count("<mark>TJ</mark>") == 1
    order = [html.index(title) for title in ("Settle before it is printed", "Look at again")]
    assert order == sorted(order)
    assert "Only a coordinator of the partnership can keep" in html
    assert "anonymous" not in html
    assert "Initials of a person" in html and "A plan where the question asks" in html


def test_what_was_not_checked_is_said(cast: Cast, monkeypatch) -> None:
    players.save(cast)
    address = cast.agency_return.url("check")
    assert "Spelling was not checked" not in page(cast.lead, address)
    monkeypatch.setattr(checks.spelling, "is_available", lambda: False)
    monkeypatch.setattr("returns.checks.run.spelling.is_available", lambda: False)
    assert "Spelling was not checked" in page(cast.lead, address)


def test_keeping_asks_why_on_a_page_of_its_own(cast: Cast) -> None:
    players.save(cast, CARELESS)
    players.submit(cast)
    browser = players.client(cast.coordinator)
    url = f"{cast.agency_return.url('point_keep')}?point={finding(cast, 'stray-initials').key}"
    assert "TJ" not in url
    asked = browser.get(url).content.decode()
    assert "<mark>TJ</mark>" in asked and "TJ" not in asked.split("</title>")[0]
    assert "Say why it can stay" in browser.post(url, {"reason": " "}).content.decode()
    done = browser.post(url, {"reason": "Our dog."})
    assert done.url == f"{cast.agency_return.url('review')}#points"
    shown = page(cast.coordinator, cast.agency_return.url("review"))
    assert "Our dog." in shown and "Kept as they are" in shown and "Settle before" not in shown
    assert browser.get(url).url == cast.agency_return.url("review")  # it is open no more

    kept = Dismissal.objects.get()
    browser.post(cast.agency_return.url("point_reopen", kept.pk))
    assert "Settle before" in page(cast.coordinator, cast.agency_return.url("review"))


def test_several_are_kept_at_once_by_the_agency(cast: Cast) -> None:
    players.save(cast, CARELESS)
    lead = players.client(cast.lead)
    html = lead.get(cast.agency_return.url("check")).content.decode()
    assert html.count('type="checkbox" name="point"') == 2
    plans = [
        one.key for one in checkups.draft_points(cast.agency_return).findings if one.rule == "plan-not-action"
    ]
    url = cast.agency_return.url("point_keep") + "?" + "&".join(f"point={key}" for key in plans)
    assert lead.post(url, {"reason": "They were asked for."}).url.endswith("/check/#points")
    assert Dismissal.objects.count() == 2
    reopened = lead.post(cast.agency_return.url("point_reopen", Dismissal.objects.first().pk))
    assert reopened.url.endswith("/check/#points")


def test_a_second_reader_sees_points_and_keeps_none(cast: Cast) -> None:
    players.save(cast, CARELESS)
    players.submit(cast)
    html = page(cast.second_reader, cast.agency_return.url("review"))
    assert "<mark>TJ</mark>" in html and "because …" not in html
    assert players.client(cast.second_reader).get(cast.agency_return.url("point_keep")).status_code == 403


def test_beside_the_text_stands_only_what_could_show_who_somebody_is(cast: Cast) -> None:
    players.save(cast, CARELESS)
    browser = players.client(cast.lead)
    url = cast.agency_return.url("answer_points", 1)
    body = json.dumps({"person": cast.lead.pk, "client": "0123456789abcdef"})
    said = browser.post(url, body, content_type="application/json").json()
    assert said["state"] == "points" and "<mark>TJ</mark>" in said["html"]
    assert "new leaflet next year" not in said["html"]
    players.save(cast, players.TEXT)
    assert browser.post(url, body, content_type="application/json").json()["html"].strip() == ""


def test_the_agency_and_the_checks_do_not_agree(cast: Cast) -> None:
    players.save(cast, CARELESS)
    assert "The checks found passages that seem to tell of one person" in page(
        cast.lead, cast.agency_return.url("send")
    )
    players.submit(cast)
    for user in (cast.coordinator, cast.second_reader, cast.lead):
        assert "The agency and the checks do not agree" in page(user, cast.agency_return.url("review"))


def test_sending_asks_for_all_of_it_when_somebody_is_told_of(cast: Cast) -> None:
    players.save(cast)
    lead = players.client(cast.lead)
    signed = {
        "signed_name": "D",
        "signed_post": "H",
        "signed_on_0": "1",
        "signed_on_1": "6",
        "signed_on_2": "2026",
    }
    html = lead.post(cast.agency_return.url("send"), signed | {"tells": "yes"}).content.decode()
    for missing in (
        "Say who agreed that it may be published",
        "Say whether a court case",
        "Say who checked that nobody can be recognised",
        "work out who it is",
    ):
        assert missing in html
    live = {"live": "yes", "live_note": ""}
    html = lead.post(cast.agency_return.url("send"), signed | {"tells": "yes"} | live).content.decode()
    assert "Say whom you asked whether this may be printed" in html


STORY = (
    "<p>We met each month. A <strong>girl of 15</strong> in foster care had taken an overdose. She was placed in "
    "another county.</p><table><tr><th>Asked</th><th>Done</th></tr><tr><td>Who comes?</td><td>A list</td></tr></table>"
)
AGENCYS = "Change the text, or send it as it stands"


def test_each_is_told_what_they_can_do_about_what_has_to_be_settled(cast: Cast) -> None:
    """The agency writes on; who typed it in leaves it to another coordinator; a second reader decides nothing of it."""
    players.type_in(cast, CARELESS)
    players.submit_for_agency(cast)
    address = cast.agency_return.url("review")
    shown = {
        name: page(getattr(cast, name), address)
        for name in ("coordinator", "second_coordinator", "second_reader")
    }
    assert all("<mark>TJ</mark>" in html and AGENCYS not in html for html in shown.values())
    says = {
        name for name, html in shown.items() if "The other coordinator decides about these points" in html
    }
    assert says == {"coordinator"}
    assert "Keep it as it is, because" in shown["second_coordinator"]


def test_what_is_open_stands_beside_the_decision(cast: Cast) -> None:
    players.save(cast, CARELESS)
    players.submit(cast)
    html = page(cast.coordinator, cast.agency_return.url("review"))
    [number] = re.findall(r'<a href="#points">(\d+) points are open</a>', html[html.index('id="decide"') :])
    findings = checkups.sent_points(checkups.current(cast.agency_return), compared=True)
    assert int(number) == len(findings) > 1


def test_a_question_is_named_where_there_are_several() -> None:
    cast = players.make(open_it=False)
    second = cast.collection.questions.create(position=2, wording="And what changed?")
    collections.open_collection(cast.collection, by=cast.coordinator)
    cast = players.fresh(cast)
    players.save(cast)
    players.save(cast, "<p>We wrote to TJ and sent a leaflet.</p>", question=second)
    players.submit(cast)
    html = page(cast.coordinator, cast.agency_return.url("move", "request-changes"))
    assert "Question 2 – “TJ”: " in html and "Question 2 – The answer as a whole: " in html


LIVE = replace(players.SOMEBODY, live="yes", live_note="Rhys Bowen, county solicitor")


def test_a_case_study_is_read_where_it_stands(cast: Cast) -> None:
    players.save(cast, STORY)
    players.submit(cast, told=LIVE)
    points.keep(
        cast.agency_return,
        keys=[finding(cast, "case-detail").key],
        reason="She asked us.",
        by=cast.coordinator,
    )
    address = cast.agency_return.url("case_sign", 1)
    html = page(cast.second_reader, address)
    assert "<p>We met each month. <mark>A <strong>girl of 15</strong> in foster care" in html
    assert "<td>Who comes?</td>" in html
    assert "She asked us." in html
    assert "Whether this may be printed, the agency asked:" in html and "Rhys Bowen" in html
    assert f'href="{cast.agency_return.url("review")}"' in html


def test_initials_that_make_an_answer_a_case_study_are_named(cast: Cast) -> None:
    players.save(cast, "<p>We wrote to TJ and to his mother. TJ wrote back.</p>")
    players.submit(cast)
    html = page(cast.second_reader, cast.agency_return.url("review"))
    cases = html[html.index('id="cases"') :]
    assert "The whole answer to question 1, because of" in cases and cases.count("“TJ”") == 1
    assert "No single passage stands out" not in cases
    asked = page(cast.second_reader, cast.agency_return.url("case_sign", 1))
    assert "“TJ”" in asked and "No single passage stands out" not in asked


def test_a_second_reader_says_no(cast: Cast) -> None:
    players.save(cast, STORY)
    players.submit(cast, told=LIVE)
    [case] = second_reading.of(cast.agency_return)
    address, reader = cast.agency_return.url("case_sign", 1), players.client(cast.second_reader)
    said = {"read": case.key, "note": "The county and her age are enough."}
    assert "Tick this if you sign it off" in reader.post(address, said).content.decode()
    assert reader.post(address, said | {"say": "no"}).status_code == 302
    html = page(cast.coordinator, cast.agency_return.url("review"))
    assert "says it cannot be printed like this:" in html and "The county and her age are enough." in html
    decide = html[html.index('id="decide"') :]
    assert "A court case, an inquest or a review is under way or likely" in decide
    assert "Eluned Parry says that a case study cannot be printed like this" in decide
    assert "Approve this text" not in decide


def test_the_year_sees_what_one_return_does_not(cast: Cast) -> None:
    same = "<p>We asked forty parents at the clinic what the letter had meant to them and why.</p>"
    dated = "<p>Childline told us on 3 May 2011, and Child Line again in June 2012.</p>"
    players.save(cast, same + dated)
    players.submit(cast)
    year = reverse("collection_points", args=[cast.partnership.slug, cast.collection.slug])
    assert "No passage of a dozen words" in page(cast.coordinator, year)

    other = players.Cast(**{**vars(cast), "seat": cast.other_seat, "lead": cast.other_lead})
    players.save(other, same.replace("clinic", "hospital"))
    players.submit(other)
    html = page(cast.second_reader, year)
    assert "say nearly the same" in html and "at the hospital what" in html and "at the clinic what" in html
    assert "2 of 2 dates (100%) lie outside" in html
    assert (
        f'<a href="{cast.agency_return.url("review")}#points" dir="auto">Midvale Police</a>: 2 of 2' in html
    )
    assert "(3 May 2011, June 2012)" in html
    assert "is called:" in html and "Child Line" in html


def test_the_year_before_anything_was_sent(cast: Cast) -> None:
    year = reverse("collection_points", args=[cast.partnership.slug, cast.collection.slug])
    assert "Nothing has been sent yet" in page(cast.coordinator, year)


def test_the_list_of_agencies_counts_them(cast: Cast) -> None:
    players.save(cast, CARELESS)
    players.submit(cast)
    html = page(cast.coordinator, cast.collection.get_absolute_url())
    assert "<strong>1 to settle</strong>" in html and "1 case study" in html


# --- Asking for changes -----------------------------------------------------------------------------------


def test_changes_are_asked_for_with_the_points_the_date_and_the_text_in_view(cast: Cast) -> None:
    players.save(cast, CARELESS)
    players.submit(cast)
    url = cast.agency_return.url("move", "request-changes")
    html = page(cast.coordinator, url)
    assert f"It is due on {day(cast.agency_return.due)}. Leave this empty to keep that day." in html
    assert "We wrote to TJ and to his mother." in html
    initials = finding(cast, "stray-initials")
    browser = players.client(cast.coordinator)
    assert browser.post(url, {"reason": "", "points": []}).status_code == 200
    assert browser.post(url, {"reason": "", "points": [initials.key]}).status_code == 302
    assert cast.agency_return.reason == f"“TJ”: {initials.message}"
    for told in Message.objects.filter(kind="changes_requested"):
        assert "TJ" not in f"{told.subject} {told.paragraphs}"


def test_a_passage_of_another_agency_is_not_quoted(cast: Cast) -> None:
    same = "<p>We asked forty parents at the clinic what the letter had meant to them and why.</p>"
    other = players.Cast(**{**vars(cast), "seat": cast.other_seat, "lead": cast.other_lead})
    for one in (cast, other):
        players.save(one, same)
        players.submit(one)
    assert "A passage that another agency tells, too" in page(
        cast.coordinator, cast.agency_return.url("review")
    )
    html = page(cast.coordinator, cast.agency_return.url("move", "request-changes"))
    assert "Vale Hospitals" not in html


def test_a_date_that_has_passed_is_not_kept(cast: Cast) -> None:
    players.save(cast)
    players.submit(cast)
    Return.objects.update(due_on=players.in_days(-3))
    url = cast.agency_return.url("move", "request-changes")
    browser = players.client(cast.coordinator)
    html = browser.post(url, {"reason": "Say what came of it."}).content.decode()
    assert f"It was due on {day(players.in_days(-3))}. That has passed" in html
    assert "Choose a new due date: the present one has passed." in html
    said = {"reason": "Say what came of it.", "due_on": players.in_days(7).isoformat()}
    assert browser.post(url, said).status_code == 302
    assert cast.agency_return.days_late == 0


def test_yes_to_opening_again_needs_a_day_that_has_not_passed(cast: Cast) -> None:
    players.bring_to(cast, Status.APPROVED)
    drafting.ask(cast.agency_return, kind=AskKind.REOPENING, reason="A slip.", by=cast.lead)
    Return.objects.update(due_on=players.in_days(-3))
    url = cast.agency_return.url("ask_answer", cast.agency_return.asks.get().pk)
    browser = players.client(cast.coordinator)
    assert "Choose a new due date" in browser.post(url, {"granted": "yes"}).content.decode()
    said = {"granted": "yes", "due_on": players.in_days(7).isoformat()}
    assert browser.post(url, said).status_code == 302
    assert (cast.agency_return.state, cast.agency_return.days_late) == (Status.CHANGES_REQUESTED, 0)


# --- What pages say of the checks -------------------------------------------------------------------------


def test_the_pages_say_what_is_not_looked_for(cast: Cast) -> None:
    players.save(cast, "<p>Sarah told us that her brother Kai Thompson was ill.</p>")
    said = "Names of people and schools are not looked for"
    assert said in page(cast.lead, cast.agency_return.url("check"))
    players.submit(cast)
    assert said in page(cast.coordinator, cast.agency_return.url("review"))


def test_ticking_nothing_is_said_at_the_place(cast: Cast) -> None:
    players.save(cast, CARELESS + "<p>We wrote to KB and to her mother.</p>")
    players.submit(cast)
    browser = players.client(cast.coordinator)
    response = browser.get(cast.agency_return.url("point_keep"), {"of": "blocking-stray-initials"})
    assert response.url == (
        cast.agency_return.url("review") + "?tick=blocking-stray-initials#blocking-stray-initials"
    )
    html = browser.get(response.url).content.decode()
    place = html[html.index('id="blocking-stray-initials"') :].split("</form>")[0]
    assert "Tick at least one." in place and html.count("Tick at least one.") == 1


def test_sending_says_what_is_still_to_be_settled(cast: Cast) -> None:
    players.save(cast, CARELESS)
    url = cast.agency_return.url("send")
    assert "1 point has to be settled before this can be printed; you can still send it." in page(
        cast.lead, url
    )
    players.save(cast)
    assert "to be settled before this can be printed" not in page(cast.lead, url)


def test_the_day_of_a_sign_off_is_not_offered_for_another_text(cast: Cast) -> None:
    players.bring_to(cast, Status.CHANGES_REQUESTED)
    url, signed_on = cast.agency_return.url("send"), cast.agency_return.signed_on.isoformat()
    assert f'value="{signed_on}"' in page(cast.lead, url)
    players.save(cast, "<p>Children told us something else.</p>")
    html = page(cast.lead, url)
    assert f'value="{signed_on}"' not in html
    assert "The text has changed since it was signed off" in html
