"""Hands the responsibility for an agency's return to somebody else, in one act. Knows nothing of returns."""

from __future__ import annotations

from django.db import transaction

from agencies.actions import messages, people
from agencies.actions.record import record
from agencies.actions.setup import about, lock
from agencies.errors import NotNow
from agencies.models import Invitation, Role, RoleKind, User
from agencies.permissions import require_manager


@transaction.atomic
def hand_over(role: Role, *, name: str, email: str, by: User, note: str = "") -> bool:
    """By the person themselves, or by a coordinator when somebody left. True if it is done; False if it waits for the
    other to accept an invitation. Until then whoever hands over keeps the part; somebody who left does not.

    `note` is one more sentence for who takes over."""
    lock(role.partnership)
    role = (
        Role.objects.select_for_update(of=("self",))
        .select_related("partnership", "seat__agency", "user")
        .get(pk=role.pk)
    )
    own = by.pk == role.user_id and by.is_active
    if not own:
        require_manager(by, role.partnership)
    email = email.strip().lower()
    _refuse_unless_free(role, email)
    colleague = _colleague(role, email)
    if colleague:
        people.give_role(colleague, kind=RoleKind.LEAD, partnership=role.partnership, seat=role.seat, by=by)
        _tell(colleague, role, by=by, note=note)
    else:
        people.offer(
            role.partnership,
            email=email,
            name=name,
            kind=RoleKind.LEAD,
            by=by,
            seat=role.seat,
            replaces=role if own else None,
            note=note,
        )
    if colleague or not own:
        people.close_role(role, by=by)
    record(
        "hand_over",
        f"handed the return of {role.place} over from {role.user} to {colleague or name}",
        by=by,
        about=about(role.partnership),
        partnership=role.partnership,
        agency=role.seat.agency if role.seat else None,
    )
    return colleague is not None


def _refuse_unless_free(role: Role, email: str) -> None:
    if role.kind != RoleKind.LEAD or role.ended_at:
        raise NotNow(f"{role.user} is not responsible for this return any more.")
    if email == role.user.email:
        raise NotNow(f"{role.user} has this part already. Enter somebody else.")
    same = {"kind": RoleKind.LEAD, "seat": role.seat}
    if Role.objects.active().filter(user__email=email, **same).exists():
        raise NotNow(f"{email} is responsible for this return, too. End the other part instead.")
    if User.objects.filter(email=email, is_active=False).exists():
        raise NotNow(f"The account of {email} is disabled. Ask an administrator to enable it first.")
    if Invitation.objects.unanswered().filter(email=email, **same).exists():
        raise NotNow(f"{email} was already invited and has not accepted yet.")


def _colleague(role: Role, email: str) -> User | None:
    """Somebody who helps to write this return already needs no invitation."""
    helpers = Role.objects.active().filter(seat=role.seat, user__email=email)
    found = helpers.select_related("user").first()
    return found.user if found else None


def _tell(colleague: User, role: Role, *, by: User, note: str) -> None:
    messages.queue(
        "handed_over",
        to_email=colleague.email,
        to_name=colleague.name,
        to_user=colleague,
        subject=f"You are responsible for the return of {role.place} now",
        paragraphs=[
            f"{by} has handed the return of {role.place} for {role.partnership.name} over to you. Until now it was with {role.user}.",
            "What was written so far is there as it was.",
            *([note] if note else []),
        ],
        link="/",
        link_label="See what waits for you",
        about=about(role.partnership),
        partnership=role.partnership,
        by=by,
    )
