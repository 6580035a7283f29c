"""The outbox: what an email says, and how each may end."""

import threading
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection

from agencies.actions import messages, people
from agencies.errors import NotNow
from agencies.models import Event, Invitation, Message, MessageState, RoleKind
from tests.agencies import factories as make

pytestmark = pytest.mark.django_db


def queued(to="ann@example.org", **fields) -> Message:
    wanted = {"to_name": "Ann", "subject": "Hello", "paragraphs": ["One.", "Two."], "about": "thing/1/"}
    message = messages.queue("reminder", to_email=to, **{**wanted, **fields})
    assert message
    return message


def backend(settings, name: str) -> None:
    settings.EMAIL_BACKEND = f"tests.agencies.backends.{name}"


def state(message: Message) -> str:
    return Message.objects.get(pk=message.pk).state


def test_an_invitation_is_emailed_with_its_link_in_text_and_html(cast, client):
    offered = make.invitation(
        cast.partnership, email="ann@example.org", name="Ann & Lee", by=cast.coordinator
    )
    assert messages.send_waiting() == {"sent": 1, "refused": 0, "waiting": 0, "unsure": 0}
    [email] = mail.outbox
    assert email.to == ["ann@example.org"]
    assert email.reply_to == [cast.coordinator.email]
    assert email.subject == "Invitation from Luton Safeguarding Children Partnership"
    [url] = [line for line in email.body.splitlines() if line.startswith("http")]
    html = email.alternatives[0].content
    assert "Dear Ann & Lee," in email.body and "Dear Ann &amp; Lee," in html
    assert html.count(url) == 2  # to follow and to copy
    assert "board member of Luton Safeguarding Children Partnership" in email.body
    assert client.get(url.removeprefix("http://testserver")).status_code == 200
    assert Message.objects.get(about=f"invitation/{offered.pk}/").sent_at


def test_no_usable_link_rests_in_the_database(cast):
    make.invitation(cast.partnership)
    [row] = Message.objects.filter(state="waiting").values()
    assert row["link"] == "/invitations/{token}/"


def test_replies_go_to_who_acted_or_to_the_longest_serving_coordinator(cast):
    lead = make.member(cast.partnership, RoleKind.LEAD, seat=make.seat(cast.partnership, "Police"))
    assert queued(partnership=cast.partnership, by=lead).reply_to == lead.email
    assert queued(partnership=cast.partnership, by=lead, reply_to="a@b.org").reply_to == "a@b.org"
    later = make.coordinator(cast.partnership, name="Later")
    assert queued(partnership=cast.partnership, by=later).reply_to == later.email
    assert queued(partnership=cast.partnership, by=cast.administrator).reply_to == cast.coordinator.email
    assert queued(partnership=cast.partnership).reply_to == cast.coordinator.email
    assert queued().reply_to == ""
    fresh = make.partnership()
    assert queued(partnership=fresh, by=cast.administrator).reply_to == cast.administrator.email


def test_a_subject_stays_one_line_and_fits(db):
    message = queued(subject="Hello\r\nBcc: everybody@example.org " + "x" * 400)
    assert "\n" not in message.subject and len(message.subject) == 300
    assert messages.send_waiting()["sent"] == 1


def test_a_key_lets_the_same_be_said_only_once(db):
    assert queued(key="reminder 1")
    assert (
        messages.queue(
            "reminder",
            to_email="a@example.org",
            to_name="",
            subject="",
            paragraphs=[],
            about="",
            key="reminder 1",
        )
        is None
    )


def test_the_command_prints_how_many_ended_how(settings, db):
    backend(settings, "Refusing")
    for to in ("a@example.org", "b@refused.example", "c@spam.example", "d@later.example"):
        queued(to)
    out = StringIO()
    call_command("send_messages", stdout=out)
    assert out.getvalue() == "sent: 1, refused: 2, waiting: 1, unsure: 0\n"
    call_command("send_messages", stdout=out)
    assert out.getvalue().splitlines()[1] == "sent: 0, refused: 0, waiting: 1, unsure: 0"


def test_a_refusal_is_kept_with_its_code_and_does_not_stop_the_rest(settings, db):
    backend(settings, "Refusing")
    refused, fine = queued("a@refused.example"), queued("b@example.org")
    messages.send_waiting()
    assert (state(refused), state(fine)) == ("refused", "sent")
    assert Message.objects.get(pk=refused.pk).error == "The receiving mail server refused it (550)."


def test_a_server_that_cannot_be_reached_is_tried_again_for_three_days(settings, db):
    backend(settings, "Unreachable")
    with time_machine.travel("2026-05-01 12:00+00:00", tick=False) as clock:
        first, second = queued(), queued()
        assert messages.send_waiting()["waiting"] == 1
        assert [one.tries for one in Message.objects.order_by("pk")] == [1, 0]
        clock.shift(2 * 24 * 3600)
        messages.send_waiting()
        assert state(first) == "waiting"
        clock.shift(2 * 24 * 3600)
        assert messages.send_waiting()["refused"] == 1
        assert (state(first), state(second)) == ("refused", "waiting")


def test_a_connection_that_breaks_off_leaves_the_email_unsure(settings, db):
    backend(settings, "BreaksOff")
    message = queued()
    assert messages.send_waiting()["unsure"] == 1
    backend(settings, "Refusing")
    assert messages.send_waiting()["sent"] == 0
    assert state(message) == "unsure"


def test_a_crash_leaves_the_email_unsure_and_it_is_not_sent_by_itself(settings, db):
    backend(settings, "Crashes")
    with time_machine.travel("2026-05-01 12:00+00:00", tick=False) as clock:
        message = queued()
        with pytest.raises(KeyboardInterrupt):
            messages.send_waiting()
        assert state(message) == "sending"
        backend(settings, "Refusing")
        assert messages.send_waiting() == {"sent": 0, "refused": 0, "waiting": 0, "unsure": 0}
        clock.shift(11 * 60)
        assert messages.send_waiting() == {"sent": 0, "refused": 0, "waiting": 0, "unsure": 1}
        assert messages.send_waiting()["unsure"] == 0
        assert state(message) == "unsure" and mail.outbox == []


def test_an_address_that_cannot_be_written_is_refused(db):
    message = queued("ann@" + "x" * 70 + ".example")  # a label of more than 63 characters
    Message.objects.filter(pk=message.pk).update(to_email="ann\n@example.org")
    assert messages.send_waiting()["refused"] == 1


def test_a_sender_that_starts_within_another_takes_the_other_emails_only(settings, db):
    backend(settings, "RunsAgainInside")
    for number in range(3):
        queued(f"person{number}@example.org")
    messages.send_waiting()
    assert sorted(email.to[0] for email in mail.outbox) == [f"person{n}@example.org" for n in range(3)]


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_never_send_twice():
    for number in range(20):
        queued(f"person{number:02}@example.org")
    start, failures = threading.Barrier(2), []

    def run():
        start.wait()
        try:
            messages.send_waiting()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(email.to[0] for email in mail.outbox) == [f"person{n:02}@example.org" for n in range(20)]


# --- Sending again -------------------------------------------------------------------------------


def test_sending_again_is_a_new_row_and_leaves_an_event(cast):
    message = queued(partnership=cast.partnership)
    messages.send_waiting()
    copy = messages.resend(message, by=cast.coordinator)
    assert (copy.pk != message.pk, copy.state, copy.tries, copy.sent_at) == (True, "waiting", 0, None)
    assert state(message) == "sent"
    assert str(Event.objects.get(act="resend")) == "Maeve Corrigan sent “Hello” to Ann again"
    with pytest.raises(NotNow, match="on its way already"):
        messages.resend(message, by=cast.coordinator)


def test_what_waits_or_is_not_needed_is_not_sent_again(cast):
    message = queued(partnership=cast.partnership)
    with pytest.raises(NotNow, match="not been sent yet"):
        messages.resend(message, by=cast.coordinator)
    messages.cancel("thing/1/", kind="reminder")
    with pytest.raises(NotNow, match="not needed"):
        messages.resend(message, by=cast.coordinator)


def test_nothing_is_sent_again_to_a_disabled_account(cast):
    message = queued(partnership=cast.partnership, to_user=cast.lead)
    messages.send_waiting()
    people.disable(cast.lead, by=cast.administrator)
    with pytest.raises(NotNow, match="is disabled"):
        messages.resend(message, by=cast.coordinator)


def test_a_link_that_was_replaced_is_not_sent_again(cast):
    first = queued(partnership=cast.partnership, token_of=("confirmation", 1, 1), link="/c/{token}/")
    queued(partnership=cast.partnership, token_of=("confirmation", 1, 2), link="/c/{token}/")
    messages.send_waiting()
    with pytest.raises(NotNow, match="does not work any more"):
        messages.resend(first, by=cast.coordinator)


def test_an_invitations_email_sent_again_carries_a_new_link(cast):
    offered = make.invitation(cast.partnership, email="ann@example.org")
    messages.send_waiting()
    people.resend_message(Message.objects.get(to_email="ann@example.org"), by=cast.coordinator)
    assert Invitation.objects.get(pk=offered.pk).nonce == 2
    people.withdraw_invitation(offered, by=cast.coordinator)
    with pytest.raises(NotNow, match="withdrawn"):
        people.resend_message(Message.objects.filter(to_email="ann@example.org")[0], by=cast.coordinator)


def test_only_who_looks_after_the_partnership_sends_again(cast):
    message, of_nobody = queued(partnership=cast.partnership), queued("b@example.org")
    messages.send_waiting()
    for by in (cast.other_coordinator, cast.lead, cast.board, cast.second_reader):
        with pytest.raises(PermissionDenied):
            messages.resend(message, by=by)
    with pytest.raises(PermissionDenied):
        messages.resend(of_nobody, by=cast.coordinator)


def test_trouble_is_over_once_it_was_sent_again(cast):
    message = queued(partnership=cast.partnership)
    Message.objects.filter(pk=message.pk).update(state=MessageState.UNSURE)
    assert list(Message.objects.unresolved()) == [message]
    messages.resend(message, by=cast.coordinator)
    assert not Message.objects.unresolved().exists()


def test_old_trouble_is_nobodys_concern_any_more(cast):
    message = queued(partnership=cast.partnership)
    Message.objects.filter(pk=message.pk).update(state=MessageState.REFUSED)
    with time_machine.travel(message.created_at) as clock:
        clock.shift(Message.TROUBLE_DAYS * 24 * 3600 + 60)
        assert not Message.objects.unresolved().exists()
