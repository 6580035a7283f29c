"""What demo mode shows of its invented people and of the emails it only wrote to a folder. Knows no requests."""

from __future__ import annotations

import email
import email.policy
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Prefetch

from agencies.models import Role, User

BETWEEN = b"\n" + b"-" * 79 + b"\n"  # what the file backend of django.core.mail writes after each email
MOST = 100


@dataclass
class SamplePerson:
    key: str  # the address, which demo_sign_in understands
    name: str
    role_line: str
    try_line: str


def sample_people() -> list[SamplePerson]:
    """Those of the sample file who have an account now, in the file's order."""
    file = Path(settings.DEMO_PEOPLE_FILE)
    entries = {entry["email"]: entry for entry in json.loads(file.read_text(encoding="utf-8"))}
    active = Role.objects.active().select_related("partnership", "seat__agency")
    users = User.objects.filter(email__in=entries, is_active=True)
    found = {user.email: user for user in users.prefetch_related(Prefetch("roles", active, to_attr="parts"))}
    return [
        SamplePerson(address, found[address].name, _role_line(found[address]), entry["try"])
        for address, entry in entries.items()
        if address in found
    ]


def _role_line(user: User) -> str:
    """The parts, each once: somebody may have the same one in several partnerships."""
    roles: list[Role] = user.parts  # type: ignore[attr-defined]
    lines = dict.fromkeys(str(role) for role in roles)
    return "; ".join([*(["Administrator"] if user.is_staff else []), *lines])


@dataclass
class WrittenEmail:
    to: str
    subject: str
    date: str
    text: str


def written_emails() -> list[WrittenEmail]:
    """What the demo would have sent, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [found for file in files[:MOST] for found in reversed(_emails(file))][:MOST]


def _emails(file: Path) -> list[WrittenEmail]:
    parts = file.read_bytes().split(BETWEEN)
    return [_read(part) for part in parts if part.strip()]


def _read(raw: bytes) -> WrittenEmail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    body = message.get_body(("plain",))
    text = str(body.get_content()).strip() if body else ""
    return WrittenEmail(str(message["To"]), str(message["Subject"]), str(message["Date"]), text)
