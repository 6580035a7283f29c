"""WHO may read, write and move a return. Knows people and their parts, not the state of the clock."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from agencies.models import Partnership, RoleKind, User
from returns.models import Collection, Return, Revision, Save, WordFile
from returns.models.word_files import WordFileQuerySet
from returns.models.writing import RevisionQuerySet
from returns.workflow import READABLE, Transition, Who

_WORDS = {
    Who.LEAD: "the person responsible for the return in the agency",
    Who.CONTRIBUTOR: "the agency’s people",
    Who.COORDINATOR: "a coordinator of the partnership",
    Who.SECOND_READER: "a second reader",
}


def parts(user: User, agency_return: Return) -> frozenset[Who]:
    """Every part the person has in this return; empty for a stranger."""
    found: set[Who] = set()
    for role in user.active_roles:
        if (role.seat_id is not None and role.seat_id in agency_return.seat_ids) or (
            role.partnership_id == agency_return.partnership_id
            and role.kind
            in (
                RoleKind.COORDINATOR,
                RoleKind.SECOND_READER,
            )
        ):
            found.add(Who(role.kind))
    return frozenset(found)


def is_of_agency(user: User, agency_return: Return) -> bool:
    return bool(parts(user, agency_return) & {Who.LEAD, Who.CONTRIBUTOR})


def is_coordinator(user: User, agency_return: Return) -> bool:
    return Who.COORDINATOR in parts(user, agency_return)


def require(user: User, agency_return: Return, who: frozenset[Who]) -> None:
    if not parts(user, agency_return) & who:
        wanted = " or ".join(_WORDS[one] for one in Who if one in who)
        raise PermissionDenied(f"Only {wanted} can do this.")


def require_writer(user: User, agency_return: Return) -> None:
    require(user, agency_return, frozenset({Who.LEAD, Who.CONTRIBUTOR}))


def require_coordinator(user: User, partnership: Partnership | int) -> None:
    pk = partnership if isinstance(partnership, int) else partnership.pk
    if not user.has_role(pk, RoleKind.COORDINATOR):
        raise PermissionDenied("Only a coordinator of the partnership can do this.")


def require_second_reader(user: User, partnership: int) -> None:
    if not user.has_role(partnership, RoleKind.SECOND_READER):
        raise PermissionDenied("Only a second reader of the partnership can do this.")


def may_compare(user: User, agency_return: Return) -> bool:
    """Who is shown that another agency tells the same. Nobody of the agency is, in whatever other part."""
    return is_coordinator(user, agency_return) and not is_of_agency(user, agency_return)


def may_comment(user: User, collection: Collection) -> bool:
    return user.has_role(collection.partnership_id, RoleKind.SECOND_READER)


def may_publish(user: User, partnership: int) -> bool:
    """Second readers too, so that a partnership with one coordinator has two people for it."""
    return user.has_role(partnership, RoleKind.COORDINATOR, RoleKind.SECOND_READER)


def require_publisher(user: User, partnership: int) -> None:
    if not may_publish(user, partnership):
        raise PermissionDenied("Only a coordinator or a second reader of the partnership can do this.")


def may_coordinate(user: User, collection: Collection) -> bool:
    return user.has_role(collection.partnership_id, RoleKind.COORDINATOR)


def readable_revisions(user: User, agency_return: Return) -> RevisionQuerySet:
    """The agency reads all of its own milestones. Coordinators and second readers read what was sent and
    not taken back; nothing while the agency has the return as a first draft."""
    if is_of_agency(user, agency_return):
        return agency_return.revisions.all()
    if agency_return.state in READABLE and parts(user, agency_return):
        return agency_return.revisions.for_readers()
    return Revision.objects.none()


def readable_originals(user: User, agency_return: Return) -> WordFileQuerySet:
    """Files that came by e-mail: the agency sent them and a coordinator handed them in; second readers see them with
    what was sent."""
    own = {Who.LEAD, Who.CONTRIBUTOR, Who.COORDINATOR}
    has_part = parts(user, agency_return)
    if has_part & own or (has_part and agency_return.state in READABLE):
        return WordFile.objects.of(agency_return).originals().defer("content", "html")
    return WordFile.objects.none()


def separation(user: User, agency_return: Return) -> str:
    """Why this coordinator may not approve this return, or "". Two people for a high-value step (ASVS 2.3.5)."""
    if is_of_agency(user, agency_return):
        return "You have a part in this agency, so another coordinator has to approve its return."
    if user.pk in (agency_return.submitted_by_id, agency_return.typed_by_id):
        return "You sent this return for the agency, so another coordinator has to approve it."
    if Save.objects.filter(answer__agency_return=agency_return, by=user, applied=True).exists():
        return "You typed some of this text, so another coordinator has to approve it."
    return ""


def may_move(user: User, agency_return: Return, row: Transition) -> bool:
    return bool(parts(user, agency_return) & row.by)
