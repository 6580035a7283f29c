"""Words the e-mails about case studies that somebody has to read a second time. Never holds a word of one."""

from __future__ import annotations

from agencies.models import Role, RoleKind, User
from returns.emails.compose import coordinators, whose
from returns.emails.telling import tell
from returns.models import Return


def waiting(agency_return: Return, *, by: User | None) -> None:
    partnership = agency_return.collection.partnership
    roles = Role.objects.active().filter(partnership=partnership, kind=RoleKind.SECOND_READER)
    for person in User.objects.filter(pk__in=roles.values("user")):
        if person != by:
            tell(
                person,
                agency_return,
                by=None,
                kind="case_study_waits",
                subject=f"A case study of {agency_return.name} waits for you to read it",
                paragraphs=[
                    f"{agency_return.name} has sent its {agency_return.collection} to {partnership.name}. It tells of a child or a family.",
                    "Somebody else than the coordinator has to read that before it is approved, and that can be you.",
                ],
                link=_page(agency_return),
                label="Read it",
            )


def all_read(agency_return: Return, *, by: User) -> None:
    """Sent once nothing waits any more: approval may have waited only for this."""
    for person in coordinators(agency_return.collection.partnership):
        if person != by:
            tell(
                person,
                agency_return,
                by=by,
                kind="case_studies_read",
                subject=f"The case studies of {agency_return.name} are read",
                paragraphs=[
                    f"{by} has read what the {whose(agency_return)} tells of a child or a family, and signed it off.",
                    "Nothing waits for a second reader there any more.",
                ],
                link=_page(agency_return),
                label="Go on with the return",
                reply_to=by.email,
            )


def refused(agency_return: Return, *, by: User) -> None:
    for person in coordinators(agency_return.collection.partnership):
        if person != by:
            tell(
                person,
                agency_return,
                by=by,
                kind="case_refused",
                subject=f"A case study of {agency_return.name} cannot be printed as it stands",
                paragraphs=[
                    f"{by} has read a case study in the {whose(agency_return)} as a second person, and says that it cannot be printed as it stands.",
                    "The reason is on the page below. It is your turn: ask the agency for changes, or have it read once more.",
                ],
                link=_page(agency_return),
                label="Read why",
                reply_to=by.email,
            )


def _page(agency_return: Return) -> str:
    return agency_return.url("review") + "#cases"
