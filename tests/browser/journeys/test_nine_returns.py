"""Nine returns of one year, from careless first texts to an appendix: leads, a coordinator and a second reader meet
every kind of point, mend it or give a reason, ask for changes, and read the case studies twice."""

import pytest
from django.utils import timezone

from agencies.models import RoleKind, User
from returns.actions import collections
from returns.workflow import Status
from tests.agencies import factories
from tests.browser.people import Person
from tests.returns import cast
from tests.returns.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTION = "What have you done with the feedback"
KEEP = "Keep it as it is, because …"
BECAUSE = "It can stay as it is, because …"
NEIGHBOUR = "Could a neighbour, a classmate or a reporter work out who this is?"

SAID = "Parents told us that nobody had explained who would read the notes of the meeting and why it mattered to them."
PLAN = "We will launch a panel of young people next year."
STORY = "A girl of 15 in foster care had taken an overdose and asked why nobody had come."
POLICE = "Children told us that officers talked over their heads. The change helped TJ and his mother."
FIRE = "Children asked what happens to a house after a fire, and wanted to see it themselves on the day of the visit."
ANSWERS = {
    "Midvale Police": [POLICE],
    "Vale Hospitals": ["Parents told us that they could not reach the ward. They now ring 01632 960147."],
    "Vale Council": ["We asked young people what had been hard.", STORY, "She now chooses who visits her."],
    "Brook Mental Health Trust": [
        "Children said that the room was cold. On 4 March 2019 we opened another one."
    ],
    "Midvale Fire and Rescue": [FIRE, "We changed the visits.", FIRE],
    "Riverside Recovery": ["Young people told the QXZ team that letters were long. They are a page now."],
    "Midvale Schools": ["Pupils said that they wanted a say.", PLAN],
    "Vale Probation": [SAID, "The notes now begin with a page for the family."],
    "Midvale Housing": [SAID, "A mother told us how she was moved at night, and we changed the rule."],
}


@pytest.fixture
def people() -> Cast:
    """Everybody, with nine agencies that are asked."""
    made = cast.make(open_it=False)
    for name in list(ANSWERS)[2:]:
        seat = factories.seat(made.partnership, name)
        factories.member(made.partnership, RoleKind.LEAD, seat=seat, name=f"Lead of {name}")
    made.collection = collections.open_collection(made.collection, by=made.coordinator)
    return made


def lead_of(people: Cast, agency: str) -> User:
    leads = {"Midvale Police": people.lead, "Vale Hospitals": people.other_lead}
    return leads.get(agency) or User.objects.get(name=f"Lead of {agency}")


def writes(lead: Person, *paragraphs: str) -> None:
    """From the page of the return to what the checks say."""
    lead.follows(QUESTION).writes(*paragraphs).presses("Save and go back").follows("Check your answers")


def keeps(person: Person, title: str, reason: str) -> None:
    person.presses(f"{KEEP} {title}").fills(BECAUSE, reason).presses("Keep as it is").sees(reason)


def sends(lead: Person, *, tells: str = "") -> None:
    """`tells` is what was done so that nobody is recognised, where the answer tells of somebody."""
    lead.follows("Carry on to send it")
    if tells:
        lead.chooses("Yes").fills("Or: what was changed so that nobody can be recognised?", tells)
        live = lead.page.get_by_role("group", name="Is a court case")
        live.get_by_role("radio", name="No", exact=True).check()
        lead.fills("Who checked that nobody can be recognised?", "Dilys Morgan").fills(NEIGHBOUR, "No.")
    else:
        lead.page.get_by_role("group", name="individual").get_by_role("radio", name="No", exact=True).check()
    lead.fills("Name", "Dilys Morgan").fills("Post", "Head of Safeguarding")
    lead.fills("Date", str(timezone.localdate())).presses("Send to the partnership")
    lead.is_at("Your return is sent")


def test_from_careless_texts_to_an_appendix_of_nine(comes, people: Cast) -> None:
    year = people.collection.get_absolute_url()
    leads = {}
    for agency in ANSWERS:
        lead = leads[agency] = comes("lead", lead_of(people, agency)).goes_to("/").follows(agency)
        writes(lead, *ANSWERS[agency])

    # What each agency sees of its own text, and does about it
    lead = leads["Midvale Police"].sees("Settle before it is printed", "Initials of a person", "TJ")
    lead.follows("Back to the return")
    writes(lead, POLICE.replace("TJ", "a boy"))
    lead.sees_no("Settle before it is printed")
    sends(lead)

    lead = leads["Vale Hospitals"].sees("A number, an address or a date of birth", "01632 960147")
    lead.sees("Only a coordinator of the partnership can keep").has_no_button(KEEP)
    sends(lead)

    lead = leads["Vale Council"].sees("A story about one person", STORY)
    sends(lead, tells="Where it was, and what she was ill with.")

    lead = leads["Brook Mental Health Trust"].sees("A date outside the period", "4 March 2019")
    keeps(lead, "A date outside the period", "Children still name the day as the one that changed it.")
    sends(lead)

    lead = leads["Midvale Fire and Rescue"].sees("A passage that stands twice").follows("Back to the return")
    writes(lead, FIRE, "We changed the visits.")
    lead.sees_no("A passage that stands twice")
    sends(lead)

    lead = leads["Riverside Recovery"].sees("A short form that nobody expands", "QXZ")
    lead.follows("Propose it for the partnership’s lists").fills(
        "What it stands for, in full", "Quick Exit Zone"
    )
    lead.presses("Propose it").is_at("Check your answers")
    sends(lead)

    sends(leads["Midvale Schools"].sees("A plan where the question asks what was done", PLAN))
    sends(leads["Vale Probation"].sees("Nothing is open"))
    sends(leads["Midvale Housing"], tells="She has read it, and the street is left out.")

    # The coordinator looks over the year, gives reasons and asks two for changes
    maeve = comes("coordinator", people.coordinator).goes_to(year)
    maeve.sees("1 to settle", at="Vale Hospitals").sees("1 case study", at="Midvale Housing")
    maeve.follows("Points to check over all agencies").sees(SAID, "say nearly the same", "4 March 2019")
    maeve.follows("Vale Hospitals").sees("You cannot approve it").has_no_button("Approve this text")
    keeps(maeve, "A number, an address or a date of birth", "It is the public number of the ward.")
    maeve.presses("Approve this text").follows("Vale Council")
    keeps(maeve, "A story about one person", "She wants it told and has read it.")
    maeve.sees("1 case study has not been read by a second person").has_no_button("Approve this text")
    maeve.goes_to(year).follows("Midvale Schools").sees(PLAN).follows("Ask for changes")
    maeve.fills("What should the agency change?", "Please say what came of it this year.").presses(
        "Ask for changes"
    )
    maeve.goes_to(year).follows("Vale Probation").sees("A passage that another agency tells, too")
    maeve.follows("Ask for changes").fills("What should the agency change?", "Please say it in your own way.")
    maeve.presses("Ask for changes")
    maeve.goes_to("/").sees("1 entry that agencies proposed waits").follows("See the lists of")
    maeve.presses("Accept", at="QXZ").sees_no("Proposed by agencies").sees("Quick Exit Zone")
    maeve.goes_to(year).follows("Riverside Recovery").sees_no("A short form that nobody expands")

    # The agencies change what was asked
    lead = leads["Midvale Schools"].goes_to("/").follows("Midvale Schools").sees("what came of it this year")
    writes(lead, "Pupils said that they wanted a say.", "They now choose the topics of each lesson.")
    lead.sees_no("A plan where")
    sends(lead)
    lead = leads["Vale Probation"].goes_to("/").follows("Vale Probation")
    writes(lead, "Families asked us what our notes are for.", "They now begin with a page for the family.")
    sends(lead)

    # A second person reads what is told of a child and of a mother
    eluned = comes("second reader", people.second_reader).goes_to("/")
    for agency in ("Vale Council", "Midvale Housing"):
        eluned.sees("Your turn: read a case study", at=agency).follows(agency)
        eluned.follows("Read it as a second person").fills(NEIGHBOUR, f"No. Two others of {agency} say so.")
        eluned.presses("Sign off this case study").is_at(agency).goes_to("/")

    # All nine are approved, and nothing of the points is left
    maeve.goes_to(year).sees("1 of 9").sees("Approved", at="Vale Hospitals")
    for agency in [name for name in ANSWERS if name != "Vale Hospitals"]:
        maeve.follows(agency).presses("Approve this text").sees("Approved", at=agency)
    assert list(people.collection.returns.values_list("status", flat=True)) == [Status.APPROVED] * 9
    maeve.follows("Close it").presses("Close it").follows("Publish")
    maeve.is_at("Publish the appendix").sees("Nothing stands in the way").sees_no("to settle", "case study")
    maeve.follows("appendix as it stands").sees(*ANSWERS).sees("Quick Exit Zone", "They are a page now.")
