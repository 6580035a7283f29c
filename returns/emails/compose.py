"""Words every e-mail about returns and puts it into the outbox. Never holds the text of an answer or a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from agencies.actions import messages
from agencies.models import Partnership, Role, RoleKind, User
from returns.emails.telling import Mailbox, tell
from returns.models import Collection, Confirmation, Return, SignOff
from returns.workflow import Transition, Who

_LEADS = (RoleKind.LEAD,)
_AGENCY = (RoleKind.LEAD, RoleKind.CONTRIBUTOR)


def mailbox(agency_return: Return) -> list[Mailbox]:
    seat = agency_return.seat
    return [Mailbox(seat.mailbox, agency_return.name)] if seat.mailbox else []


def _agency(agency_return: Return, *kinds: RoleKind) -> list[User | Mailbox]:
    """The agency's people in one of the parts, and its mailbox."""
    return [*agency_return.people(*kinds), *mailbox(agency_return)]


def day(value: date) -> str:
    return f"{value:%A} {value.day} {value:%B %Y}"


def whose(agency_return: Return) -> str:
    """Which return, for people who have one of the same year in another partnership or agency, too."""
    collection = agency_return.collection
    return f"{collection} of {agency_return.name} for {collection.partnership.name}"


def coordinators(partnership: Partnership) -> list[User]:
    roles = Role.objects.active().filter(partnership=partnership, kind=RoleKind.COORDINATOR)
    return list(User.objects.filter(pk__in=roles.values("user")))


def opened(collection: Collection, agency_return: Return, *, by: User) -> None:
    for person in _agency(agency_return, *_AGENCY):
        tell(
            person,
            agency_return,
            by=by,
            kind="opened",
            subject=f"The {collection} of {collection.partnership.name} is open",
            paragraphs=[
                f"{agency_return.name} is asked for its {collection}. It is due on {due_in_words(agency_return)}.",
                "The page below says what is wanted, and what happens after you have sent it.",
            ],
            label="See what you need to do",
        )


def moved(agency_return: Return, row: Transition, *, by: User | None, again: bool = False) -> None:
    """Tells those whom the row names. A row without words of its own tells nobody."""
    name = f"{row.name}_again" if again else row.name
    if name not in _MOVED or agency_return.collection.is_preparing:
        return
    kind, subject, paragraphs, label = _MOVED[name]
    values = {
        "agency": agency_return.name,
        "collection": str(agency_return.collection),
        "partnership": agency_return.collection.partnership.name,
        "whose": whose(agency_return),
        "by": str(by),
        "again": _again(agency_return),
        "due": f"It is due on {due_in_words(agency_return)}." if agency_return.waits_for_agency else "",
    }
    said = [paragraph for line in paragraphs if (paragraph := line.format(**values))]
    for person in _told(agency_return, row.tells):
        if by is None or person.pk != by.pk:
            tell(
                person,
                agency_return,
                by=by,
                kind=kind,
                subject=subject.format(**values),
                paragraphs=said,
                label=label,
            )


# Row of the workflow → kind, subject, paragraphs, words on the link.
_MOVED: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    "submit": (
        "submitted",
        "{agency} has sent its {collection}",
        ("{by} has sent the {whose}. It is your turn to read it.",),
        "Read it",
    ),
    "submit_again": (
        "resubmitted",
        "{agency} has sent its {collection} again",
        ("{by} has changed the {whose} and sent it again. The page shows what is different.",),
        "Read it",
    ),
    "submit_for_agency": (
        "typed_in",
        "{partnership} has entered an answer for {agency}",
        (
            "{by} has typed in the {collection} that {agency} sent by e-mail. The agency is asked to confirm it.",
        ),
        "See the return",
    ),
    "take_back": (
        "taken_back",
        "{agency} has taken its {collection} back",
        ("{by} has taken the {whose} back to change it. You do not need to do anything.",),
        "See the return",
    ),
    "begin_review": (
        "review_begun",
        "{partnership} is reading your {collection}",
        ("{by} has begun to read the {collection} of {agency}. You do not need to do anything now.",),
        "See the return",
    ),
    "request_changes": (
        "changes_requested",
        "{partnership} asks for changes to your {collection}",
        (
            "{by} has read the {collection} of {agency} and asks for changes. What to change is on the page below.",
            "{again}",
        ),
        "See what to change",
    ),
    "approve": (
        "approved",
        "Your {collection} for {partnership} is approved",
        ("{by} has approved the {collection} of {agency}. Thank you. You do not need to do anything more.",),
        "See the return",
    ),
    "hold": (
        "held",
        "The {collection} of {agency} is on hold",
        (
            "{by} has put the {whose} on hold. It is not printed while it is held. The reason is on the page below.",
        ),
        "See why",
    ),
    "release": (
        "released",
        "Your {collection} for {partnership} is approved again",
        (
            "{by} has approved the {collection} of {agency} as it stood before it was put on hold. You do not need to do anything.",
        ),
        "See the return",
    ),
    "reopen": (
        "reopened",
        "Your {collection} for {partnership} is open for changes",
        (
            "{by} has opened the {collection} of {agency} for changes. What to change is on the page below.",
            "{again}",
        ),
        "See what to change",
    ),
    "exclude": (
        "excluded",
        "{agency} is left out of the {collection}",
        (
            "{by} has left {agency} out of the {collection} of {partnership}. You do not need to send anything. The reason is on the page below.",
        ),
        "See why",
    ),
    "include": (
        "included",
        "{agency} is asked for the {collection}",
        ("{by} has taken {agency} into the {collection} of {partnership} again.", "{due}"),
        "See the return",
    ),
}


def merged(agency_return: Return, into: str, other: Return | None, *, by: User) -> None:
    """`other` is the return of the agency that carries on, if this year asks it, too."""
    collection = agency_return.collection
    people = f"The people of {agency_return.name} go on with its return in {into}."
    decide = f"{agency_return.name} and {into} are both still asked. Leave one of them out, with a reason, if one answer is enough."
    for person in coordinators(collection.partnership):
        tell(
            person,
            collection,
            by=by,
            kind="merged",
            subject=f"{agency_return.name} has become part of {into}",
            paragraphs=[
                f"{by} has merged {agency_return.name} into {into} while the {collection} of {collection.partnership.name} is open.",
                decide if other else people,
            ],
            label="See all agencies",
        )


def time_granted(agency_return: Return, *, by: User) -> None:
    for person in _agency(agency_return, *_AGENCY):
        tell(
            person,
            agency_return,
            by=by,
            kind="time_granted",
            subject=f"A new due date for your {agency_return.collection}",
            paragraphs=[f"The {whose(agency_return)} is now due on {due_in_words(agency_return)}."],
            label="See the return",
        )


def confirmation_asked(confirmation: Confirmation, *, by: User) -> None:
    agency_return = confirmation.agency_return
    partnership = agency_return.collection.partnership
    messages.queue(
        "confirmation",
        to_email=confirmation.email,
        to_name=confirmation.name,
        subject=f"Please confirm the answer of {agency_return.name}",
        paragraphs=[
            f"{by} of {partnership.name} has typed in the answer that {agency_return.name} sent for the {agency_return.collection}.",
            "Please read it and say whether it is your agency’s answer. You do not need an account.",
            f"The link works once and until {day(timezone.localdate(confirmation.expires_at))}.",
        ],
        link="/confirmations/{token}/",
        link_label="Read the answer",
        token_of=("confirmation", confirmation.pk, confirmation.nonce),
        about=agency_return.about,
        partnership=partnership,
        by=by,
    )


def ready(agency_return: Return, *, by: User) -> None:
    for person in agency_return.people(*_LEADS):
        tell(
            person,
            agency_return,
            by=by,
            kind="ready",
            subject=f"The {agency_return.collection} of {agency_return.name} is ready for you to check",
            paragraphs=[
                f"{by} has written the {whose(agency_return)} and says that it is ready.",
                "Read it, have it signed off and send it.",
            ],
            label="Check it",
        )


def sign_off_asked(sign_off: SignOff, *, by: User) -> None:
    agency_return = sign_off.agency_return
    partnership = agency_return.collection.partnership
    messages.queue(
        "sign_off",
        to_email=sign_off.email,
        to_name=sign_off.name,
        subject=f"Please sign off the {agency_return.collection} of {agency_return.name}",
        paragraphs=[
            f"{by} has written the {agency_return.collection} of {agency_return.name} for {partnership.name} and asks you to sign it off.",
            f"Please read it and sign it off, or say what has to change{_in_time(agency_return)}. You do not need an account.",
            f"The link works until {day(timezone.localdate(sign_off.expires_at))}, or until the text is changed.",
        ],
        link="/sign-off/{token}/",
        link_label="Read it and sign it off",
        token_of=("sign_off", sign_off.pk, sign_off.nonce),
        about=agency_return.about,
        partnership=partnership,
        by=by,
    )


def sign_off_answered(sign_off: SignOff) -> None:
    agency_return = sign_off.agency_return
    said = "has signed off" if sign_off.signed else "did not sign off"
    for person in agency_return.people(*_LEADS):
        tell(
            person,
            agency_return,
            by=None,
            kind="sign_off_answered",
            subject=f"{sign_off.name} {said} your {agency_return.collection}",
            paragraphs=[
                f"{sign_off.name} {said} the {whose(agency_return)}.",
                "You can send it to the partnership now."
                if sign_off.signed
                else "What has to change is on the page below.",
            ],
            label="See the return",
            reply_to=sign_off.email,
        )


def confirmation_answered(confirmation: Confirmation) -> None:
    agency_return = confirmation.agency_return
    said = "confirmed" if confirmation.confirmed else "did not confirm"
    for person in coordinators(agency_return.collection.partnership):
        tell(
            person,
            agency_return,
            by=None,
            kind="confirmation_answered",
            subject=f"{agency_return.name} {said} its answer",
            paragraphs=[
                f"{confirmation.name} {said} the answer that was typed in: the {whose(agency_return)}."
            ],
            label="See the return",
            reply_to=confirmation.email,
        )


def reminder(person: User | Mailbox, due: date, returns: list[Return], *, key: str, words: str) -> bool:
    """One e-mail for all returns of the person in one partnership due that day. False if it was sent before."""
    first = returns[0]
    names = [agency_return.name for agency_return in returns]
    message = messages.queue(
        "reminder",
        to_email=person.email,
        to_name=person.name,
        to_user=person if isinstance(person, User) else None,
        subject=f"The {first.collection} for {first.collection.partnership.name} {words}",
        paragraphs=[
            f"The {first.collection} of {', '.join(names)} has not been sent yet. It {words}, on {day(due)}."
            if "due" in words
            else f"The {first.collection} of {', '.join(names)} has not been sent yet. It {words} ({day(due)}).",
            "If you need more time, you can ask for it on the page below. If this is with somebody else now, please reply and say who.",
        ],
        link=first.get_absolute_url() if len(returns) == 1 else "/",
        link_label="Carry on with it",
        about=first.about if len(returns) == 1 else first.collection.about,
        partnership=first.collection.partnership,
        key=key,
    )
    return message is not None


def _told(agency_return: Return, tells: Iterable[Who]) -> list[User | Mailbox]:
    """Everybody in the named parts, each once."""
    people: dict[int, User | Mailbox] = {}
    kinds = [RoleKind(who.value) for who in tells if who in (Who.LEAD, Who.CONTRIBUTOR)]
    if kinds:
        people |= {person.pk: person for person in _agency(agency_return, *kinds)}
    if Who.COORDINATOR in tells:
        people |= {person.pk: person for person in coordinators(agency_return.collection.partnership)}
    return list(people.values())


def due_in_words(agency_return: Return) -> str:
    return day(agency_return.due) if agency_return.due else "a date that will be agreed"


def _in_time(agency_return: Return) -> str:
    """The day on which it has to be with the partnership; a day that has passed is no day to ask for."""
    if agency_return.due and agency_return.due >= timezone.localdate():
        return f", by {day(agency_return.due)}"
    return ""


def _again(agency_return: Return) -> str:
    """A day that has passed is no day to ask for."""
    if agency_return.due and agency_return.due >= timezone.localdate():
        return f"Please send it again by {day(agency_return.due)}."
    return "Please send it again as soon as you can."
