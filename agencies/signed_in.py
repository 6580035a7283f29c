"""What every request of somebody who is signed in asks for first: the session, and whose it is."""

from __future__ import annotations

from datetime import datetime

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from agencies.models import User
from agencies.prepared import prepared


class SessionStore(db.SessionStore):
    """Django's own sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        found = _session.first(key=self.session_key, now=timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found


class Backend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        found = _user.first(pk=user_id)
        return found if found and self.user_can_authenticate(found) else None


@prepared
def _session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@prepared
def _user(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk)
