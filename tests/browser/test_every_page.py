"""Every page that people of each kind reach by links: sound, open to everybody, light and dark, on a telephone;
with the demonstration's answers, and with names and texts as awkward as they come."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from agencies.actions import people as people_actions
from agencies.models import RoleKind, Seat, User
from returns.actions import collections, drafting, moves, showing
from returns.management.sample.build import build
from returns.models import Return
from tests.agencies import factories
from tests.browser.people import Person
from tests.returns import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIEWERS = {
    "coordinator": "m.corrigan@brackleyvale.example.org",
    "other coordinator": "j.fairweather@hartwelldowns.example.org",
    "lead of two": "a.khan@police.example.org",
    "lead sent back": "k.wojcik@hospitals.example.org",
    "lead on hold": "m.pemberton@youthjustice.example.org",
    "contributor": "r.beddoes@hospitals.example.org",
    "second reader": "e.parry@scrutiny.example.org",
    "board": "i.chaudhry@board.example.org",
    "administrator": "g.prosser@council.example.org",
}
# Reached by a letter, by signing in or by pressing a button, and so by the journeys; or in demonstrations only.
NOT_BY_LINKS = {
    "collection_remind",  # once somebody is late
    # once something is published, or a proof is sent
    "edition",
    "edition_section",
    "public",
    "public_edition",
    "public_section",
    "proof",
    "proof_settle",
    "invitation",
    "confirmation",
    "sent",
    "approve",
    "point_add",  # from a point that the demonstration does not have
    "point_keep",  # by choosing points
    "question_remove",  # where there are several
    "frame_points",  # when the checks point at something around the answers
    "edition_publish",
    "erase",
    "confirm_by_code",
    "type_in_send",
    "demo_mail",
    "demo_sign_in",
    "health",
    # asked by the editor's script, or by pressing a button
    "answer_autosave",
    "answer_points",
    "answer_watch",
    "answer_merge",
    "answer_restore",
    "sign_off",
    "answer_word_file",
    "type_in_word_file",
    "type_in_autosave",
    "type_in_watch",
    "type_in_merge",
    "signed_in_again",
    "stay_signed_in",
}
FILES = {
    "original_file",
    "look_logo",
    "look_style",
    "edition_file",
    "public_file",
    "public_style",
    "public_logo",
    "copy_to_keep",
    "copy_as_file",
    "appendix_file",
    "collection_status",
}
HREFS = """() => [...document.querySelectorAll("a[href]")]
  .filter((one) => !one.hasAttribute("download") && one.origin === location.origin).map((one) => one.pathname)"""


class Walk:
    """From home along every link, one page of each sort: the same page of a return in the same status is enough.

    In short, pages are told apart by their names alone, reviews by the status too, and the account is left out."""

    def __init__(self, person: Person, *, short: bool = False) -> None:
        self.person, self.short = person, short
        self.seen, self.faults, self.names = set[tuple[str, ...]](), list[str](), set[str]()
        self.own = set(pages())
        self.statuses = {
            (one.collection.partnership.slug, one.collection.slug, one.slug): one.status
            for one in Return.objects.for_pages()
        }

    def sort(self, path: str) -> tuple[str, ...]:
        found = resolve(unquote(path))
        name, of = found.url_name or path, found.kwargs
        partnership, year, agency = (str(of.get(key, "")) for key in ("partnership", "collection", "agency"))
        status = self.statuses.get((partnership, year, agency), "")
        if self.short:
            return name, status if name == "review" else ""
        return name, status or year, str(of.get("name", ""))

    def go(self) -> "Walk":
        waiting = ["/"]
        while waiting:
            path = waiting.pop(0)
            sort = self.sort(path)
            if sort in self.seen or sort[0] in FILES or (self.short and sort[0] not in self.own):
                continue
            self.seen.add(sort)
            self.names.add(sort[0])
            self.faults += self.person.looks_at(path)
            waiting += self.person.page.evaluate(HREFS)
        return self


def pages() -> Iterator[str]:
    """The names of our own pages, the account's apart."""

    def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from names(one.url_patterns)
            elif one.callback.__module__.split(".")[0] in ("lscp", "agencies", "returns"):
                yield str(one.name)

    yield from names(get_resolver().url_patterns)


# Nothing is shown at their addresses: they do something and lead elsewhere.
BUTTONS = {
    "agency_move",
    "appendix_hide",
    "collection_period",
    "confirmation_resend",
    "remind",
    "edition_prepare",
    "invitation_resend",
    "mark_ready",
    "invitation_withdraw",
    "message_resend",
    "people_confirm",
    "person_enable",
    "point_reopen",
    "term_accept",
    "term_remove",
    "question_move",
    "seat_move",
    "take_in",
}


def test_every_page_of_the_demonstration(comes) -> None:
    build()
    maeve = User.objects.get(email=VIEWERS["coordinator"])
    year = maeve.active_roles[0].partnership.collections.first()
    next_year = cast.details(slug="2026-27", due_on=timezone.localdate())
    collections.start(year.partnership, details=next_year, by=maeve, previous=year)
    faults, names = [], set[str]()
    for kind, email in VIEWERS.items():
        person = comes("demonstration", User.objects.get(email=email))
        walk = Walk(person).go()
        faults += [f"{kind} at {fault}" for fault in walk.faults]
        names |= walk.names
        person.leaves()
    assert not faults, "\n".join(faults)
    assert set(pages()) - names - BUTTONS - NOT_BY_LINKS - FILES == set()


# --- Awkward names and texts ----------------------------------------------------------------------

WELSH = "Bwrdd Partneriaeth Diogelu Plant Dyffryn Conwy, Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch a’r Fro "
POLISH = (
    "Powiatowy Zespół do spraw Przeciwdziałania Przemocy i Ochrony Małoletnich w Szczebrzeszynie-Błażejewie "
)
URDU = "بچوں کے تحفظ کی شراکت داری اور نوجوانوں کی بہبود کا محکمہ برائے وادیٔ بریکلے "
CHINESE = "儿童保护伙伴关系与青少年福利服务管理委员会"
WORD = "Safeguardingpartnership"


def long(text: str, length: int = 200) -> str:
    return (text * 20)[:length].strip()


SCRIPTS = [long(one) for one in (WELSH, POLISH, URDU, CHINESE, WORD)]


@pytest.fixture
def awkward() -> tuple[User, User, User, User, Return]:
    """Coordinator, lead, board member and administrator of a partnership in which everything is long."""
    admin = factories.administrator(long(WORD, 150))
    place = factories.partnership(SCRIPTS[0], by=admin)
    agencies = [
        factories.seat(place, f"{number} {SCRIPTS[number % 5]}"[:200], by=admin) for number in range(60)
    ]
    maeve = factories.coordinator(place, name=long(URDU, 150))
    leads = [_lead(place, seat, number) for number, seat in enumerate(agencies[:5])]
    board = factories.member(place, RoleKind.BOARD, name=long(CHINESE, 150))
    for number in range(5):
        factories.invitation(place, RoleKind.BOARD, name=long(SCRIPTS[number], 150))
    year = collections.start(place, details=cast.details(report_title=long(POLISH, 120)), by=maeve)
    question = year.questions.get()
    collections.change_question(
        question, wording=long(WELSH, 900), guidance=long(URDU, 2000), suggested_words=50_000, by=maeve
    )
    year = collections.open_collection(year, by=maeve)
    texts = [
        "<p>Listened.</p>",
        _book(),
        f"<p>{long(URDU, 900)}</p><table><tr><th>{SCRIPTS[4]}</th><th>{SCRIPTS[3]}</th></tr></table>",
    ]
    for seat, lead, text in zip(agencies, leads, texts, strict=False):
        _answer(year.returns.for_pages().get(seat=seat), lead, text)
    for one in year.returns.for_pages().filter(seat__in=agencies[:3]):
        moves.move(one, "approve", by=maeve, read=1)
    showing.show(year, by=maeve)
    sent_back = year.returns.for_pages().get(seat=agencies[1])
    moves.move(sent_back, "hold", by=maeve, reason=long(WORD, 1000))
    moves.move(year.returns.for_pages().get(seat=agencies[1]), "reopen", by=maeve, reason=long(CHINESE, 2000))
    collections.start(place, details=cast.details(slug="2026-27"), by=maeve, previous=year)
    return maeve, leads[1], board, admin, sent_back


def _lead(place, seat: Seat, number: int) -> User:
    email = f"{'a' * 50}.{number}@{'b' * 60}.{'c' * 60}.example.org"
    invited = factories.invitation(
        place, RoleKind.LEAD, seat=seat, email=email, name=long(SCRIPTS[number], 150)
    )
    return factories.fresh(people_actions.accept_invitation(invited, password=factories.PASSWORD)[0])


def _book() -> str:
    """50,000 words."""
    paragraph = "We asked children what had helped, and they told us in words that we have kept. " * 80
    return "".join(
        f"<h3>Part {n}</h3><p>{paragraph}</p><ul><li>{SCRIPTS[n % 5]}</li></ul>" for n in range(40)
    )


def _answer(agency_return: Return, lead: User, html: str) -> None:
    question = agency_return.collection.questions.get()
    drafting.save_answer(
        agency_return, question, html=html, base_version=0, client="0123456789abcdef", sequence=1, by=lead
    )
    drafting.submit(
        agency_return,
        by=lead,
        signed_name=long(WORD, 150),
        signed_post=long(POLISH, 150),
        signed_on=timezone.localdate(),
        told=cast.NOBODY,
    )


def test_every_page_with_long_names_sixty_agencies_and_a_book_of_an_answer(comes, awkward) -> None:
    maeve, lead, board, admin, sent_back = awkward
    faults = []
    for kind, user in (("coordinator", maeve), ("lead", lead), ("board", board), ("administrator", admin)):
        person = comes("long names", user)
        faults += [f"{kind} at {fault}" for fault in Walk(person, short=True).go().faults]
        person.leaves()
    assert not faults, "\n".join(faults)
    assert sent_back.answers.get().words > 50_000
