"""Invites people, gives and ends their parts, disables them. Nobody is ever deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import tokens
from agencies.actions import messages
from agencies.actions.record import record
from agencies.actions.setup import about, lock, withdraw
from agencies.errors import NotNow
from agencies.models import Invitation, Message, Partnership, Role, RoleKind, Seat, User
from agencies.models.people import AGENCY_KINDS
from agencies.permissions import require_administrator, require_manager


@transaction.atomic
def invite(
    partnership: Partnership, *, email: str, name: str, kind: RoleKind, by: User, seat: Seat | None = None
) -> Invitation:
    """Offers a part and puts the e-mail into the outbox. `seat` is needed for an agency's people, and only for them."""
    require_manager(by, partnership)
    partnership = lock(partnership)
    email = email.strip().lower()
    if (kind in AGENCY_KINDS) != (seat is not None):
        raise NotNow("Choose an agency for somebody who writes its return, and none for the others.")
    if seat and not partnership.seats.current().filter(pk=seat.pk).exists():
        raise NotNow("That agency is not on the partnership’s list any more.")
    same = {"kind": kind, "partnership": partnership, "seat": seat}
    if Role.objects.active().filter(user__email=email, **same).exists():
        raise NotNow(f"{email} already has this part.")
    if User.objects.filter(email=email, is_active=False).exists():
        raise NotNow(f"The account of {email} is disabled. Ask an administrator to enable it first.")
    if Invitation.objects.unanswered().filter(email=email, **same).exists():
        raise NotNow(f"{email} was already invited. Send the invitation again from the list of people.")
    invitation = offer(partnership, email=email, name=name, kind=kind, by=by, seat=seat)
    record(
        "invite",
        f"invited {name} ({invitation.part})",
        by=by,
        about=about(partnership),
        partnership=partnership,
        agency=seat.agency if seat else None,
    )
    return invitation


def offer(
    partnership: Partnership,
    *,
    email: str,
    name: str,
    kind: RoleKind,
    by: User,
    seat: Seat | None,
    replaces: Role | None = None,
    note: str = "",
) -> Invitation:
    """The invitation and its e-mail, in which `note` is one more sentence. The caller has asked who may, and leaves
    the event."""
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        kind=kind,
        partnership=partnership,
        seat=seat,
        replaces=replaces,
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=Invitation.DAYS),
    )
    _queue_invitation(invitation, by=by, note=note)
    return invitation


def _queue_invitation(invitation: Invitation, *, by: User, note: str = "") -> None:
    until = invitation.expires_at.astimezone(timezone.get_default_timezone())
    subject, paragraphs = _handing_over(invitation) if invitation.replaces else _offering(invitation, by=by)
    messages.queue(
        "invitation",
        to_email=invitation.email,
        to_name=invitation.name,
        subject=subject,
        paragraphs=[
            *paragraphs,
            *([note] if note else []),
            f"The link below works once, until {until.day} {until:%B %Y}. It sets up your account, or adds the "
            "part to the account you have.",
            "If you did not expect this, you can ignore it. If something is unclear, reply to this e-mail.",
        ],
        link="/invitations/{token}/",
        link_label="See the invitation",
        token_of=("invitation", invitation.pk, invitation.nonce),
        about=f"invitation/{invitation.pk}/",
        partnership=invitation.partnership,
        by=by,
    )


def _offering(invitation: Invitation, *, by: User) -> tuple[str, list[str]]:
    name = invitation.partnership.name
    return f"Invitation from {name}", [
        f"{by} has invited you to take part in the yearly returns of {name}, in which agencies say what they have "
        "done with the feedback of children, young people and families.",
        f"Your part: {invitation.part}.",
    ]


def _handing_over(invitation: Invitation) -> tuple[str, list[str]]:
    """From a colleague, who has the part until it is accepted."""
    assert invitation.replaces
    former, name = invitation.replaces.user, invitation.partnership.name
    return f"{former} hands the return of {invitation.place} over to you", [
        f"{former} wants to hand the return of {invitation.place} for {name} over to you. In it the agency says what "
        "it has done with the feedback of children, young people and families.",
        f"Once you accept, you are responsible for it in the place of {former}. What was written so far is there as "
        "it was.",
    ]


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User) -> None:
    """Sends a new link; the one sent before stops working."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _require_inviter(by, invitation)
    _require_unanswered(invitation)
    invitation.nonce += 1
    invitation.expires_at = timezone.now() + timedelta(days=Invitation.DAYS)
    invitation.save(update_fields=["nonce", "expires_at"])
    messages.cancel(f"invitation/{invitation.pk}/", kind="invitation")
    _queue_invitation(invitation, by=by)
    record(
        "resend_invitation",
        f"invited {invitation.name} again ({invitation.part})",
        by=by,
        about=about(invitation.partnership),
        partnership=invitation.partnership,
    )


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _require_inviter(by, invitation)
    _require_unanswered(invitation)
    withdraw(invitation, by=by)
    record(
        "withdraw_invitation",
        f"withdrew the invitation of {invitation.name} ({invitation.part})",
        by=by,
        about=about(invitation.partnership),
        partnership=invitation.partnership,
    )


def _require_inviter(by: User, invitation: Invitation) -> None:
    """Whoever hands their own part over may ask again or think better of it."""
    if not (by.is_active and invitation.is_of(by)):
        require_manager(by, invitation.partnership)


def _require_unanswered(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise NotNow(f"{invitation.name} has already accepted.")
    if invitation.withdrawn_at:
        raise NotNow("This invitation was already withdrawn.")


class Link(NamedTuple):
    """What a link stands for. Without `invitation` it is broken or forged; `problem` says why it cannot be used."""

    invitation: Invitation | None
    problem: str  # "", or one of: unknown, replaced, accepted, withdrawn, expired, disabled


def follow(token: str) -> Link:
    """Finds out what a link stands for, and changes nothing."""
    found = tokens.read(token, "invitation")
    if found is None:
        return Link(None, "unknown")
    pk, nonce = found
    invitation = (
        Invitation.objects.select_related("partnership", "seat__agency", "invited_by").filter(pk=pk).first()
    )
    if invitation is None:
        return Link(None, "unknown")
    return Link(invitation, _problem(invitation, nonce))


def _problem(invitation: Invitation, nonce: int) -> str:
    if invitation.accepted_at:
        return "accepted"
    if invitation.withdrawn_at:
        return "withdrawn"
    if invitation.nonce != nonce:
        return "replaced"
    if invitation.has_expired:
        return "expired"
    disabled = User.objects.filter(email=invitation.email, is_active=False).exists()
    return "disabled" if disabled else ""


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, name: str = "", password: str | None = None
) -> tuple[User, bool]:
    """Uses up the invitation. Returns the person and whether the account was made now.

    Whoever holds the link reads the mailbox it was sent to. An account that exists keeps its password."""
    nonce = invitation.nonce
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("partnership", "seat__agency", "invited_by", "replaces__user")
        .get(pk=invitation.pk)
    )
    if _problem(invitation, nonce):
        raise NotNow(
            "This invitation cannot be used any more. Ask the person who invited you to send it again."
        )
    user, created = _person_behind(invitation, name=name, password=password)
    give_role(
        user,
        kind=RoleKind(invitation.kind),
        partnership=invitation.partnership,
        seat=invitation.seat,
        by=invitation.invited_by,
    )
    if invitation.replaces and not invitation.replaces.ended_at:
        close_role(invitation.replaces, by=invitation.invited_by)
        _tell_former(invitation.replaces.user, invitation, by=user)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    messages.cancel(f"invitation/{invitation.pk}/", kind="invitation")
    record(
        "accept_invitation",
        f"accepted the invitation ({invitation.part})",
        by=user,
        about=about(invitation.partnership),
        partnership=invitation.partnership,
        agency=invitation.seat.agency if invitation.seat else None,
    )
    return user, created


def _tell_former(former: User, invitation: Invitation, *, by: User) -> None:
    if not former.is_active:
        return
    messages.queue(
        "handed_on",
        to_email=former.email,
        to_name=former.name,
        to_user=former,
        subject=f"{by} is responsible for the return of {invitation.place} now",
        paragraphs=[
            f"{by} has accepted, and is responsible for the return of {invitation.place} for "
            f"{invitation.partnership.name} in your place.",
            "Your part has ended, and its pages may not open for you any more. What you wrote is kept. You do not "
            "need to do anything.",
        ],
        link="/",
        link_label="See what waits for you",
        about=about(invitation.partnership),
        partnership=invitation.partnership,
        by=by,
    )


def _person_behind(invitation: Invitation, *, name: str, password: str | None) -> tuple[User, bool]:
    """Two invitations of one person may be accepted at the same moment: the account is made by one of them."""
    user = User.objects.filter(email=invitation.email).first()
    if user:
        return user, False
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, password, name=name or invitation.name)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError:
        return User.objects.get(email=invitation.email), False
    return user, True


def give_role(
    user: User, *, kind: RoleKind, partnership: Partnership, by: User | None, seat: Seat | None = None
) -> Role:
    """Gives a part that the person may have already. The caller leaves the event."""
    role, _ = Role.objects.get_or_create(
        user=user, kind=kind, partnership=partnership, seat=seat, ended_at=None, defaults={"began_by": by}
    )
    return role


def close_role(role: Role, *, by: User) -> None:
    """The caller has asked who may, and leaves the event."""
    role.ended_at, role.ended_by = timezone.now(), by
    role.save(update_fields=["ended_at", "ended_by"])


@transaction.atomic
def end_role(role: Role, *, by: User) -> None:
    """Takes a part away, from the next request on. The last coordinator stays, or nobody could be invited."""
    lock(role.partnership)
    role = (
        Role.objects.select_for_update(of=("self",))
        .select_related("partnership", "seat__agency", "user")
        .get(pk=role.pk)
    )
    require_manager(by, role.partnership)
    if role.ended_at:
        raise NotNow(f"{role.user} does not have this part any more.")
    others = (
        Role.objects.active()
        .filter(partnership=role.partnership, kind=RoleKind.COORDINATOR)
        .exclude(pk=role.pk)
    )
    if role.is_coordinator and not by.is_staff and not others.exists():
        raise NotNow(f"{role.user} is the only coordinator. Invite another one first.")
    close_role(role, by=by)
    record(
        "end_role",
        f"ended the part of {role.user} ({role.part})",
        by=by,
        about=about(role.partnership),
        partnership=role.partnership,
        agency=role.seat.agency if role.seat else None,
    )


@transaction.atomic
def disable(user: User, *, by: User) -> None:
    """Shuts a person out at once, on every machine they are signed in on."""
    require_administrator(by)
    if user.pk == by.pk:
        raise NotNow("You cannot disable your own account. Ask another administrator.")
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise NotNow(f"The account of {user} is disabled already.")
    user.is_active, user.disabled_at, user.disabled_by = False, timezone.now(), by
    user.save(update_fields=["is_active", "disabled_at", "disabled_by"])
    end_sessions(user)
    record("disable", f"disabled the account of {user}", by=by, about=about(user))


@transaction.atomic
def enable(user: User, *, by: User) -> None:
    require_administrator(by)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        raise NotNow(f"The account of {user} is not disabled.")
    user.is_active, user.disabled_at, user.disabled_by = True, None, None
    user.save(update_fields=["is_active", "disabled_at", "disabled_by"])
    record("enable", f"enabled the account of {user} again", by=by, about=about(user))


def end_sessions(user: User) -> None:
    """Deletes every session the person is signed in with. A session names them only in its own data, so all
    that have not expired are read: some thousands at most, and seldom."""
    live = Session.objects.filter(expire_date__gt=timezone.now())
    own = [one.pk for one in live.iterator() if one.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=own).delete()
    UserSession.objects.filter(user=user).delete()


def require_same_person(user: User, invitation: Invitation) -> None:
    if user.email != invitation.email:
        raise PermissionDenied(
            f"This invitation is for {invitation.email}. Sign out first, then open the link again."
        )


@transaction.atomic
def resend_message(message: Message, *, by: User) -> None:
    """Sends an e-mail again. An invitation gets a new link, since a later one may have replaced it."""
    if message.kind == "invitation" and message.token_of:
        resend_invitation(Invitation.objects.get(pk=message.token_of[1]), by=by)
    else:
        messages.resend(message, by=by)
