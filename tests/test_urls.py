"""Every address of the site against everybody: what opens, what leads elsewhere, what is refused, what is hidden.

A page that is missing from the tables below fails. Not visible is 404; visible but not theirs is 403; nobody signed
in is led to the sign-in page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from agencies import png, tokens
from agencies.actions import look, publicity
from agencies.models import Invitation, Message, RoleKind, User
from returns.actions import drafting, showing
from returns.appendix.compile import compile_document
from returns.appendix.document import to_data
from returns.models import AskKind, Confirmation, Dismissal, Proof, Save, Term
from tests import pictures
from tests.agencies import factories
from tests.returns import cast as players
from tests.returns import editions
from tests.returns.cast import Cast
from tests.test_workflow import everything

pytestmark = pytest.mark.django_db

PEOPLE = (
    "anonymous",
    "stranger",
    "removed",
    "other_lead",
    "outside_coordinator",
    "board",
    "second_reader",
    "contributor",
    "lead",
    "coordinator",
    "administrator",
)
# In the order of PEOPLE. "in" is the sign-in page, another word the page a person is led to.
#            nobody  stranger removed other away board reader contr. lead coord. admin
ALL = "      200     200     200     200   200  200   200    200    200  200    200"
SIGNED_IN = "in      200     200     200   200  200   200    200    200  200    200"
MEMBERS = "  in      404     404     200   404  200   200    200    200  200    200"
OWN_PEOPLE = "in    404     404     200   404  200   200    200    200  200    404"
ADMIN = "    in      403     403     403   403  403   403    403    403  403    200"
MANAGERS = " in      404     404     403   404  403   403    403    403  200    200"
READERS = "  in      404     404     404   404  404   200    404    404  200    404"
RUNNERS = "  in      404     404     404   404  404   403    404    404  200    404"
STARTER = "  in      404     404     403   404  403   403    403    403  200    403"
RETURN = "   in      404     404     404   404  404   200    200    200  200    404"
AGENCY = "   in      404     404     404   404  404   403    200    200  403    404"
LEADS = "    in      404     404     404   404  404   403    403    200  403    404"
COORDS = "   in      404     404     404   404  404   403    403    403  200    404"
DEMO = "     404     404     404     404   404  404   404    404    404  404    404"

PAGES: dict[str, str] = {
    "health": ALL,
    "help_page": ALL,
    "accessibility": ALL,
    "privacy": ALL,
    "invitation": ALL,
    "confirmation": ALL,
    "sign_off": ALL,
    "demo_mail": DEMO,
    "home": SIGNED_IN,
    "account": SIGNED_IN,
    "signed_in_again": SIGNED_IN,
    "setup": ADMIN,
    "partnership_new": ADMIN,
    "partnership_rename": ADMIN,
    "agency_merge": ADMIN,
    "person_disable": ADMIN,
    "people": MANAGERS,
    "invite": MANAGERS,
    "role_end": MANAGERS,
    "role_hand_over": "in 404 404 403 404 403 403 403 200 200 200",
    "seats": MANAGERS,
    "seat_add": MANAGERS,
    "seat_rename": MANAGERS,
    "seat_mailbox": "in 404 404 200 404 403 403 403 403 200 200",  # it is the other lead's agency
    "seat_end": MANAGERS,
    "messages": MANAGERS,
    "editions": MEMBERS,
    "edition": OWN_PEOPLE,
    "edition_section": OWN_PEOPLE,
    "edition_file": OWN_PEOPLE,
    "publicity": STARTER,
    "proofs": RUNNERS,
    "proof_settle": RUNNERS,
    "proof": AGENCY,
    # What a partnership lets everybody read.
    "public": ALL,
    "public_edition": ALL,
    "public_section": ALL,
    "public_file": ALL,
    "public_style": ALL,
    "public_logo": ALL,
    "registers": MANAGERS,
    "look": MANAGERS,
    "look_style": MEMBERS,
    "look_logo": MEMBERS,
    "partnership": MEMBERS,
    "collection_start": STARTER,
    "collection": READERS,
    "collection_history": READERS,
    "collection_points": READERS,
    "collection_status": READERS,
    "appendix": READERS,
    "appendix_file": READERS,
    "readiness": READERS,
    "appendix_frame": RUNNERS,
    "frame_points": READERS,
    "appendix_show": RUNNERS,
    "appendix_glossary": RUNNERS,
    "appendix_order": RUNNERS,
    "commentary": "in 404 404 404 404 404 200 404 404 403 404",
    "edition_withdraw": RUNNERS,
    # Who may not open it is told so before anybody is asked who they are.
    "edition_publish": "in 404 404 404 404 404 account_reauthenticate 404 404 account_reauthenticate 404",
    "erase": "in 404 404 404 404 404 403 404 404 account_reauthenticate 404",
    # Everybody of the cast has a password, and is asked for that.
    "confirm_by_code": "in 403 403 403 403 403 403 403 403 403 403",
    "collection_details": RUNNERS,
    "collection_questions": RUNNERS,
    "question_add": RUNNERS,
    "question_edit": RUNNERS,
    "question_remove": RUNNERS,
    "collection_agencies": RUNNERS,
    # It is open already.
    "collection_open": "in 404 404 404 404 404 403 404 404 collection 404",
    "collection_close": RUNNERS,
    "collection_reopen": RUNNERS,
    "collection_remind": RUNNERS,
    "review": RETURN,
    "return_history": RETURN,
    "revision": RETURN,
    # Readers are led to the review, which is their page about a return.
    "agency_return": "in 404 404 404 404 404 review 200 200 review 404",
    "history_compare": RETURN,
    "answer_earlier": AGENCY,
    "answer_earlier_text": AGENCY,
    "as_printed": AGENCY,
    "check": AGENCY,
    "sent": AGENCY,
    "copy_to_keep": AGENCY,
    "copy_as_file": AGENCY,
    "ask_reopening": AGENCY,
    # Nothing is chosen that could be kept; and who typed a text in is not its second reader.
    "point_add": "in 404 404 404 404 404 403 check check review 404",
    "point_keep": "in 404 404 404 404 404 403 check check review 404",
    "case_sign": "in 404 404 404 404 404 review 403 403 403 404",
    # Nothing can be written or typed in while the partnership has the return.
    "answer_edit": "in 404 404 404 404 404 403 as_printed as_printed 403 404",
    "type_in": COORDS,
    "type_in_answer": "in 404 404 404 404 404 403 403 403 type_in 404",
    # No file waits there, so who may write is led to the answer; and that is closed as above.
    "nothing_to_report": "in 404 404 404 404 404 403 agency_return agency_return 403 404",
    "ask_time": "in 404 404 404 404 404 403 agency_return agency_return 403 404",
    "send": "in 404 404 404 404 404 403 403 agency_return 403 404",
    "promises": "in 404 404 404 404 404 403 agency_return agency_return 403 404",
    "ask_sign_off": "in 404 404 404 404 404 403 403 agency_return 403 404",
    "answer_word": "in 404 404 404 404 404 403 agency_return agency_return 403 404",
    "answer_word_file": "in 404 404 404 404 404 403 agency_return agency_return 403 404",
    "type_in_word": "in 404 404 404 404 404 403 403 403 type_in 404",
    "type_in_word_file": "in 404 404 404 404 404 403 403 403 type_in 404",
    "original_file": RETURN,
    "type_in_send": "in 404 404 404 404 404 403 403 403 type_in 404",
    "ask_answer": COORDS,
    "grant_time": COORDS,
}

# The moves, one address each by a name in it.
MOVES: dict[str, str] = {
    "take-back": LEADS,
    "begin-review": COORDS,
    "request-changes": COORDS,
    "hold": "in 404 404 404 404 404 403 403 200 200 404",
    "release": COORDS,
    "reopen": COORDS,
    "exclude": COORDS,
    "include": COORDS,
}

# Buttons: a GET, as after signing in again, leads to the page that has the button. A POST is the act.
BUTTONS: dict[str, tuple[str, str]] = {
    "demo_sign_in": ("", DEMO),
    "person_enable": ("setup", ADMIN),
    "invitation_resend": ("people", MANAGERS),
    "invitation_withdraw": ("people", MANAGERS),
    "seat_move": ("seats", MANAGERS),
    "message_resend": ("messages", MANAGERS),
    "collection_period": ("collection", RUNNERS),
    "people_confirm": ("collection", RUNNERS),
    "question_move": ("collection_questions", RUNNERS),
    "take_in": ("collection", RUNNERS),
    "agency_move": ("appendix_order", RUNNERS),
    "edition_prepare": ("readiness", RUNNERS),
    "appendix_hide": ("appendix", RUNNERS),
    "mark_ready": ("agency_return", "in 404 404 404 404 404 403 200 403 403 404"),
    "approve": ("review", COORDS),
    "point_reopen": ("review", COORDS),
    "term_accept": ("registers", MANAGERS),
    "term_remove": ("registers", MANAGERS),
    "confirmation_resend": ("review", COORDS),
    "remind": ("review", COORDS),
    "stay_signed_in": ("", "401     200     200     200   200  200   200    200    200  200    200"),
    # In JSON, for scripts: what no page of ours sent is refused before anything is looked up.
    "answer_autosave": ("", "401     400     400     400   400  400   400    400    400  400    400"),
    "answer_watch": ("", "401     400     400     400   400  400   400    400    400  400    400"),
    "answer_points": ("", "401     400     400     400   400  400   400    400    400  400    400"),
    "type_in_autosave": ("", "401     400     400     400   400  400   400    400    400  400    400"),
    "type_in_watch": ("", "401     400     400     400   400  400   400    400    400  400    400"),
    "type_in_merge": ("type_in_answer", "in 404 404 404 404 404 403 403 403 422 404"),
    "answer_merge": ("answer_edit", "in 404 404 404 404 404 403 422 422 403 404"),
    "answer_restore": ("answer_earlier", "in 404 404 404 404 404 403 200 200 403 404"),
}

# Whose own template is named otherwise than the page: several pages in one, or a page of the site.
TEMPLATES = {"account": "lscp/account.html"}
NO_TEMPLATE = {
    "health",
    "original_file",
    "copy_to_keep",
    "copy_as_file",
    "collection_status",
    "appendix_file",
    "look_style",
    "look_logo",
    "edition_file",
    "public_file",
    "public_style",
    "public_logo",
}

# Whose address holds a version, so that a browser may keep them.
KEPT = {"look_style", "look_logo"}
# The same for everybody: asked about anew each time, and answered in short when nothing has changed.
EVERYBODYS = {"public", "public_edition", "public_section", "public_file", "public_style", "public_logo"}

# Pages of django-allauth, to somebody who is not signed in.
FOREIGN: dict[str, int] = {
    "account_login": 200,
    "account_logout": 302,
    "account_inactive": 200,
    "account_signup": 200,
    "account_reauthenticate": 302,
    "account_email": 302,
    "account_email_verification_sent": 302,
    "account_change_password": 302,
    "account_set_password": 302,
    "account_reset_password": 200,
    "account_confirm_login_code": 302,
    "account_confirm_password_reset_code": 302,
    "account_complete_password_reset": 302,
    "account_password_reset_completed": 200,
    "account_request_login_code": 200,
    "mfa_index": 302,
    "mfa_authenticate": 302,
    "mfa_reauthenticate": 302,
    "mfa_activate_totp": 302,
    "mfa_deactivate_totp": 302,
    "mfa_view_recovery_codes": 302,
    "mfa_generate_recovery_codes": 302,
    "mfa_download_recovery_codes": 302,
    "usersessions_list": 302,
}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def app_of(pattern: URLPattern) -> str:
    return pattern.callback.__module__.split(".")[0]


class Stage:
    """A cast with one of everything that an address can name."""

    def __init__(self) -> None:
        self.cast = cast = players.make()
        look.change_look(
            cast.partnership,
            name=cast.partnership.name,
            accent="#1b4b8c",
            logo=png.read(pictures.png()),
            logo_alt="A blue bar",
            without_logo=False,
            by=cast.coordinator,
        )
        drafting.ask(
            cast.agency_return,
            kind=AskKind.MORE_TIME,
            reason="Ill.",
            by=cast.lead,
            wanted_on=players.in_days(40),
        )
        # Another agency's, so that it is still to be answered.
        drafting.set_nil(self._other(cast), reason="No work with children.", by=cast.other_lead)
        self.sign_off = players.ask_sign_off_of(self._other(cast), by=cast.other_lead)
        self.file = players.take_word_file(cast)
        players.submit_for_agency(cast)
        self.kept = Dismissal.objects.create(
            agency_return=cast.agency_return, number=1, rule="undated", message="M", reason="R", by=cast.lead
        )
        self.term = Term.objects.create(
            partnership=cast.partnership, kind="word", text="Brackleyish", added_by=cast.coordinator
        )
        self.late_seat = factories.seat(cast.partnership, "Latecomers", by=cast.administrator)
        self.invitation = factories.invitation(cast.partnership, RoleKind.BOARD, by=cast.coordinator)
        self.ask = drafting.ask(
            self._other(cast),
            kind=AskKind.MORE_TIME,
            reason="Ill.",
            by=cast.other_lead,
            wanted_on=players.in_days(40),
        )
        self.ask.agency_return = cast.agency_return
        self.ask.save()
        self._publish(cast)
        self.proof = self._object(cast)

    def _object(self, cast: Cast) -> Proof:
        """As if an earlier text had been approved, and its proof objected to."""
        values = {"answered_at": timezone.now(), "answered_by": cast.lead, "objection": "A number is wrong."}
        revision = cast.agency_return.revisions.get()
        return Proof.objects.create(
            agency_return=cast.agency_return,
            revision=revision,
            answer_by=players.in_days(5),
            sent_by=cast.coordinator,
            **values,
        )

    @staticmethod
    def _publish(cast: Cast) -> None:
        """An edition that holds a section of the first agency, though its return is not approved."""
        document = to_data(compile_document(cast.collection))
        section = {
            "anchor": "midvale-police",
            "agency": "Midvale Police",
            "instead": "",
            "nil_reason": "",
            "passages": [],
        }
        document["sections"] = [section]
        editions.publish(cast, files=("html",), document=document)
        publicity.change_publicity(cast.partnership, public=True, listed=False, by=cast.coordinator)

    @staticmethod
    def _other(cast: Cast):
        return cast.collection.returns.for_pages().get(seat=cast.other_seat)

    def address(self, page: str, **more: object) -> str:
        cast = self.cast
        values = {
            "partnership": cast.partnership.slug,
            "collection": cast.collection.slug,
            "agency": cast.seat.agency.slug,
            "number": 1,
            "ask": self.ask.pk,
            "save": Save.objects.get().pk,
            "file": self.file.pk,
            "point": self.kept.pk,
            "term": self.term.pk,
            "seat": self.late_seat.pk,
            "pk": self._pk(page),
            "token": self._token(page),
            "kind": "html" if page in ("edition_file", "public_file") else "docx",
            "section": "midvale-police",
            **more,
        }
        route = next(one for one in patterns() if one.name == page)
        wanted = {key: values[key] for key in _names_in(route)}
        return reverse(page, kwargs=wanted)

    def _pk(self, name: str) -> int:
        if name.startswith("person_"):
            return self.cast.stranger.pk
        if name.startswith("invitation_"):
            return self.invitation.pk
        if name == "role_hand_over":
            return factories.role_of(self.cast.lead, self.cast.partnership).pk
        if name == "role_end":
            return factories.role_of(self.cast.board, self.cast.partnership).pk
        if name == "proof_settle":
            return self.proof.pk
        if name == "message_resend":
            return Message.objects.filter(partnership=self.cast.partnership).order_by("pk").last().pk
        return self.cast.other_seat.pk

    def _token(self, name: str) -> str:
        if name == "confirmation":
            confirmation = Confirmation.objects.get()
            return tokens.make("confirmation", confirmation.pk, confirmation.nonce)
        if name == "sign_off":
            return tokens.make("sign_off", self.sign_off.pk, self.sign_off.nonce)
        return tokens.make(
            "invitation", self.invitation.pk, Invitation.objects.get(pk=self.invitation.pk).nonce
        )


def _names_in(pattern: URLPattern) -> set[str]:
    """The values an address of ours needs, whatever resolver they stand in."""
    resolver = get_resolver()
    return set(resolver.reverse_dict.getlist(pattern.name)[0][0][0][1])


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker) -> Iterator[Stage]:
    """Built once; nothing below changes it but what is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Stage()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(stage: Stage) -> dict[str, Client]:
    return {
        name: players.client(
            None if name == "anonymous" else User.objects.get(pk=getattr(stage.cast, name).pk)
        )
        for name in PEOPLE
    }


def found(response, url: str) -> str:
    """The status, or where it leads: "in" for the sign-in page, else the name of the page."""
    if response.status_code != 302:
        return str(response.status_code)
    if response.url.startswith(reverse("account_login")):
        return "in" if response.url == f"{reverse('account_login')}?next={url}" else response.url
    return get_resolver().resolve(response.url.split("?")[0].split("#")[0]).url_name


def visits(browsers: dict[str, Client], url: str) -> dict[str, str]:
    return {name: found(browser.get(url), url) for name, browser in browsers.items()}


def table(row: str) -> dict[str, str]:
    return dict(zip(PEOPLE, row.split(), strict=True))


# --- Nothing is forgotten ------------------------------------------------------------------------


def test_every_page_of_ours_has_its_line_above() -> None:
    ours = {one.name for one in patterns() if app_of(one) in ("lscp", "agencies", "returns")}
    assert ours == set(PAGES) | set(BUTTONS) | {"move"}


def test_every_page_of_others_has_its_line_above() -> None:
    assert {one.name for one in patterns() if app_of(one) == "allauth"} == set(FOREIGN)
    # One that leads elsewhere needs no name of its own: nobody changes an address alone.
    assert [str(one.pattern) for one in patterns() if one.name is None] == ["account/email/"]
    assert {app_of(one) for one in patterns() if one.name} == {"lscp", "agencies", "returns", "allauth"}


def test_every_move_with_a_page_has_its_line_above() -> None:
    from returns.workflow import TRANSITIONS

    own_pages = {"submit", "submit_for_agency", "approve", "import"}
    assert {name.replace("_", "-") for name in TRANSITIONS if name not in own_pages} == set(MOVES)


def test_the_name_of_an_address_is_the_name_of_its_view() -> None:
    ours = [one for one in patterns() if app_of(one) in ("lscp", "agencies", "returns")]
    assert {one.name: one.callback.__name__ for one in ours} == {one.name: one.name for one in ours}


def test_every_template_belongs_to_a_page() -> None:
    """Beside the parts of pages, these are what a page shows instead of itself."""
    instead = {
        "agencies/invitation_closed.html",
        "returns/answer_conflict.html",
        "returns/collection_preparing.html",
        "returns/confirmation_over.html",
        "returns/no_file.html",
        "returns/not_saved.html",
        "returns/sign_off_over.html",
    }
    folder = Path(settings.BASE_DIR) / "templates"
    there = {
        f"{app}/{file.name}"
        for app in ("agencies", "returns")
        for file in (folder / app).glob("*.html")
        if not file.name.startswith("_")
    }
    names = {f"{app_of(one)}/{one.name}.html" for one in patterns()}
    assert there - names == instead


# --- Who may open what ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_who_may_open_a_page(stage: Stage, browsers: dict[str, Client], name: str) -> None:
    assert visits(browsers, stage.address(name)) == table(PAGES[name])


@pytest.mark.parametrize("name", MOVES)
def test_who_may_open_the_page_of_a_move(stage: Stage, browsers: dict[str, Client], name: str) -> None:
    assert visits(browsers, stage.address("move", name=name)) == table(MOVES[name])


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_by_get_leads_to_its_page_and_changes_nothing(
    stage: Stage, browsers: dict[str, Client], name: str
) -> None:
    back, _ = BUTTONS[name]
    before = everything()
    wanted = dict.fromkeys(PEOPLE, back or "405") | ({"anonymous": "in"} if back else {})
    assert visits(browsers, stage.address(name)) == wanted
    assert everything() == before


@pytest.mark.parametrize("name", [*BUTTONS, *(f"move {name}" for name in MOVES)])
def test_who_may_press_a_button(stage: Stage, browsers: dict[str, Client], name: str) -> None:
    """Those who may are led on; for all others it is as if there was nothing, and nothing changes."""
    if name.startswith("move "):
        row, arguments = MOVES[name[5:]], {"name": name[5:]}
    else:
        row, arguments = BUTTONS[name][1], {}
    url = stage.address(name.split()[0], **arguments)
    before = everything()
    pressed = {}
    for person, browser in browsers.items():
        with transaction.atomic():
            response = browser.post(url, {"read": "1", "reason": "Because.", "up": "1"})
            pressed[person] = found(response, url)
            if pressed[person] in ("in", "403", "404"):
                assert everything() == before, person
            else:
                pressed[person] = "200" if response.status_code in (200, 302, 409) else pressed[person]
            transaction.set_rollback(True)
    assert pressed == table(row)


def test_pages_of_others_to_somebody_not_signed_in(browsers: dict[str, Client]) -> None:
    answers = {name: browsers["anonymous"].get(reverse(name)).status_code for name in FOREIGN}
    assert answers == FOREIGN


def test_nobody_can_make_themselves_an_account(stage: Stage) -> None:
    before = User.objects.count()
    answer = players.client(None).post(
        reverse("account_signup"), {"email": "me@example.org", "password1": factories.PASSWORD}
    )
    assert (answer.status_code, User.objects.count()) == (200, before)


# --- What every answer carries -------------------------------------------------------------------


def seen_by(name: str) -> str:
    """Somebody to whom the page opens."""
    return next(person for person, answer in table(PAGES[name]).items() if answer == "200")


OPENED = [name for name in PAGES if "200" in PAGES[name].split()]


@pytest.mark.parametrize("name", OPENED)
def test_what_a_page_carries(stage: Stage, browsers: dict[str, Client], name: str) -> None:
    response = browsers[seen_by(name)].get(stage.address(name))
    cache = {part.strip() for part in response["Cache-Control"].split(",")}
    if name in EVERYBODYS:
        assert cache == {"no-cache"}
    else:
        assert {"private", *(() if name in KEPT else ("no-store",))} <= cache
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("name", [name for name in OPENED if name not in NO_TEMPLATE])
def test_the_name_of_a_page_is_the_name_of_its_template(
    stage: Stage, browsers: dict[str, Client], name: str
) -> None:
    response = browsers[seen_by(name)].get(stage.address(name))
    app = next(app_of(one) for one in patterns() if one.name == name)
    whole_pages = [one.name for one in response.templates if one.name and one.name.count("/") == 1]
    assert whole_pages[0] == TEMPLATES.get(name, f"{app}/{name}.html")


@pytest.mark.parametrize("name", OPENED)
def test_refusals_carry_it_too(stage: Stage, browsers: dict[str, Client], name: str) -> None:
    for person in ("anonymous", "stranger", "board"):
        response = browsers[person].get(stage.address(name))
        opened = name in KEPT | EVERYBODYS and response.status_code == 200
        assert "no-store" in response["Cache-Control"] or opened
        assert "'unsafe" not in response["Content-Security-Policy"]


# --- Addresses that lead nowhere -----------------------------------------------------------------

HUGE = 10**30


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("review", {"agency": "no-such-agency"}),
        ("review", {"collection": "1999"}),
        ("review", {"partnership": "nowhere"}),
        ("revision", {"number": 99}),
        ("revision", {"number": HUGE}),
        ("ask_answer", {"ask": HUGE}),
        ("type_in_answer", {"number": HUGE}),
        ("question_edit", {"number": HUGE}),
        ("question_edit", {"number": 0}),
        ("collection", {"collection": "1999"}),
        ("seat_rename", {"pk": HUGE}),
        ("role_end", {"pk": HUGE}),
        ("confirmation", {"token": "forged"}),
        ("invitation", {"token": "forged"}),
        ("sign_off", {"token": "forged"}),
    ],
)
def test_an_address_of_nothing(stage: Stage, browsers: dict[str, Client], name: str, values: dict) -> None:
    assert browsers["coordinator"].get(stage.address(name, **values)).status_code == 404


def test_an_address_with_a_character_that_no_database_keeps(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    for name, viewer in (("review", "coordinator"), ("agency_merge", "administrator")):
        url = stage.address(name, agency="NOBODY").replace("NOBODY", "no%00such")
        assert browsers[viewer].get(url).status_code == 404, name


# --- Before the opening, nobody but coordinators sees anything -----------------------------------


def test_a_collection_in_preparation_is_hidden_from_all_but_coordinators() -> None:
    cast = players.make(open_it=False)
    one = cast.agency_return
    pages = {
        "collection": cast.collection.get_absolute_url(),
        "agency_return": one.get_absolute_url(),
        "review": one.url("review"),
        "answer_edit": one.url("answer_edit", 1),
        "appendix": reverse("appendix", args=[cast.partnership.slug, cast.collection.slug]),
    }
    for person in (*PEOPLE, "second_coordinator"):
        user = None if person == "anonymous" else getattr(cast, person)
        answers = {name: found(players.client(user).get(url), url) for name, url in pages.items()}
        if person == "anonymous":
            assert set(answers.values()) == {"in"}
        elif person in ("coordinator", "second_coordinator"):
            assert answers == {
                "collection": "200",
                "agency_return": "review",
                "review": "200",
                "answer_edit": "403",
                "appendix": "404",
            }
        else:
            assert (person, set(answers.values())) == (person, {"404"})


def test_a_second_reader_is_shown_what_was_sent_and_led_nowhere_else() -> None:
    """Links of the collection's page must not lead to what the reader may not see."""
    cast = players.make()
    reader = players.client(cast.second_reader)
    page = reader.get(cast.collection.get_absolute_url()).content.decode()
    assert cast.agency_return.url("review") not in page
    players.bring_to(cast, "submitted")
    page = reader.get(cast.collection.get_absolute_url()).content.decode()
    assert cast.agency_return.url("review") in page


def test_the_board_reads_the_appendix_while_it_is_shown() -> None:
    cast = players.make()
    players.bring_to(cast, "approved")
    url = reverse("appendix", args=[cast.partnership.slug, cast.collection.slug])
    everybody = [person for person in PEOPLE if person != "anonymous"]

    def readers() -> set[str]:
        return {one for one in everybody if players.client(getattr(cast, one)).get(url).status_code == 200}

    always = {"coordinator", "second_reader"}
    assert readers() == always
    showing.show(cast.collection, by=cast.coordinator)
    assert readers() == always | {"board", "lead", "contributor", "other_lead"}
    showing.hide(cast.collection, by=cast.coordinator)
    assert readers() == always
