"""Words the e-mails about what an agency asks: more time, or to change its return. Never holds the words of either."""

from __future__ import annotations

from agencies.models import User
from returns.emails.compose import coordinators, day, due_in_words, whose
from returns.emails.telling import tell
from returns.models import Ask


def asked(ask: Ask) -> None:
    agency_return = ask.agency_return
    until = f", until {day(ask.wanted_on)}" if ask.wanted_on else ""
    for person in coordinators(agency_return.collection.partnership):
        tell(
            person,
            agency_return,
            by=ask.asked_by,
            kind="asked",
            subject=f"{agency_return.name} asks {ask.wish}{until}",
            paragraphs=[
                f"{ask.asked_by} asks {_wish(ask, whose(agency_return))}{until}.",
                "The reason is on the page below.",
            ],
            label="Answer",
        )


def answered(ask: Ask, *, by: User) -> None:
    agency_return = ask.agency_return
    answer = "has said yes" if ask.granted else "could not agree"
    subject = f"An answer: you asked {_wish(ask, str(agency_return.collection))}"
    paragraphs = [f"You asked {_wish(ask, whose(agency_return))}. {by} {answer}."]
    if ask.granted and ask.wanted_on:
        subject = (
            f"You have more time for the {agency_return.collection}, until {due_in_words(agency_return)}"
        )
        paragraphs.append(f"The return of {agency_return.name} is now due on {due_in_words(agency_return)}.")
    if ask.note.strip():
        what = f"{by} has added a note, which" if ask.granted else "The reason"
        paragraphs.append(f"{what} is on the page below.")
    tell(
        ask.asked_by,
        agency_return,
        by=by,
        kind="ask_answered",
        subject=subject,
        paragraphs=paragraphs,
        label="See the return",
    )


def _wish(ask: Ask, what: str) -> str:
    return f"for more time for the {what}" if ask.wanted_on else f"to change the {what}"
