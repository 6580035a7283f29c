"""What an import writes, for whom, and what it leaves alone. Everything goes through the real command."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError

from agencies.actions import setup
from agencies.models import Agency, Event, Message, Partnership, RoleKind, Seat, User
from returns.actions import collections, drafting
from returns.actions.moves import move
from returns.models import (
    Answer,
    CaseSignOff,
    Collection,
    CollectionStage,
    Dismissal,
    Question,
    Return,
    Revision,
    Save,
)
from returns.workflow import RevisionKind, Status
from tests.returns.importing.sample import (
    ANSWERS,
    EMAIL,
    QUESTION,
    REAL,
    everything,
    needs_real,
    run,
    run_approved,
    sample,
    seen,
    with_report,
    with_returns,
    words,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return write(tmp_path, sample())


def person(email: str, partnership: Partnership | None = None, seat: Seat | None = None, **fields) -> User:
    user = User.objects.create_user(email, name=email, **fields)
    if partnership:
        kind = RoleKind.LEAD if seat else RoleKind.COORDINATOR
        user.roles.create(kind=kind, partnership=partnership, seat=seat)
    return user


def the_return(name: str) -> Return:
    return Return.objects.for_pages().get(name=name)


# --- Into an empty database ----------------------------------------------------------------------


def test_sets_up_all_that_is_missing(file):
    out = run_approved(file)

    partnership = Partnership.objects.get()
    assert (partnership.slug, partnership.name) == ("eastmere", "Eastmere Safeguarding Children Partnership")
    collection = Collection.objects.get()
    assert (collection.slug, collection.label, collection.report_title, collection.name) == (
        "2021-22",
        "Appendix D",
        "Yearly Report 2021-22",
        "What children said",
    )
    assert (collection.period_start, collection.period_end) == (date(2021, 4, 1), date(2022, 3, 31))
    assert (collection.stage, collection.due_on) == (CollectionStage.OPEN, None)
    assert collection.opened_at is not None
    assert collection.title == sample()["title"]
    assert [(q.position, q.wording) for q in Question.objects.all()] == [(1, QUESTION)]
    assert [seat.name for seat in partnership.seats.all()] == list(ANSWERS)
    assert [one.name for one in collection.returns.all()] == list(ANSWERS)
    assert {one.status for one in Return.objects.all()} == {Status.APPROVED}
    assert "/eastmere/2021-22/\n" in out
    assert "http://testserver/eastmere/2021-22/\n" in out
    assert "5 imported" in out
    assert "5 approved" in out


def test_whoever_sets_it_up_is_its_coordinator_and_signs_in_by_code(file):
    run_approved(file)
    user = User.objects.get()
    assert user.email == EMAIL
    assert not user.has_usable_password()
    assert not user.is_staff
    assert [(role.kind, role.partnership.slug) for role in user.roles.all()] == [("coordinator", "eastmere")]
    assert [(a.email, a.verified, a.primary) for a in EmailAddress.objects.all()] == [(EMAIL, True, True)]


def test_an_import_is_nobodys_text_and_keeps_both_milestones(file):
    run_approved(file)
    for one in Return.objects.all():
        assert (one.submitted_by, one.typed_by, one.signed_name) == (None, None, "")
        assert [revision.kind for revision in one.revisions.all()] == [
            RevisionKind.IMPORTED,
            RevisionKind.APPROVED,
        ]
    assert {save.by for save in Save.objects.all()} == {None}
    assert {answer.version for answer in Answer.objects.all()} == {1}


def test_leaves_one_event_an_act(file):
    run_approved(file)
    acts = [event.act for event in Event.objects.order_by("pk")]
    assert acts == [
        "create_partnership",
        "give_role",
        "import_collection",
        *["add_seat"] * 5,
        *["import"] * 5,
        *["approve"] * 5,
    ]
    assert {event.by_name for event in Event.objects.all()} == {EMAIL}


def test_tells_nobody_by_email(file):
    run(file)
    partnership = Partnership.objects.get()
    person("lead@example.org", partnership, partnership.seats.first())
    run(file)
    assert not Message.objects.exists()


def test_says_what_was_changed_and_how_many_words(file):
    lines = run(file).splitlines()
    at = lines.index("ESMH: 46 words, imported")
    assert lines[at + 1 : at + 3] == [
        "  - 4 typed bullets became list items",
        "  - 1 list was closed where it ends",
    ]
    assert "Harbour Fire Service: 26 words, imported" in lines


def test_keeps_every_word(file):
    run(file)
    for agency, source in ANSWERS.items():
        answer = Answer.objects.get(agency_return__name=agency)
        assert words(seen(answer.html)) == words(seen(source))


def test_without_by_the_service_did_it_and_nobody_coordinates(file):
    run(file)
    assert not User.objects.exists()
    assert {event.by_name for event in Event.objects.all()} == {"The service"}
    assert {one.status for one in Return.objects.all()} == {Status.SUBMITTED}


def test_whoever_imported_may_approve_later(file):
    run(file, "--by", EMAIL)
    for one in Return.objects.all():
        assert move(one, "approve", by=User.objects.get(), read=1).status == Status.APPROVED


def test_the_reason_stands_with_each_approval(file):
    run(file, "--approve", "--by", EMAIL, "--dismiss", "Printed in 2022")
    assert [event.reason for event in Event.objects.filter(act="approve")] == ["Printed in 2022"] * 5


@pytest.mark.parametrize(
    ("report", "slug"),
    [
        ("Yearly Report 2023-24", "2023-24"),
        ("2023/24 yearly report", "2023-24"),
        ("Report 2023–24", "2023-24"),
        ("Report 2023 - 2024", "2023-24"),
        ("Report 1999-00", "1999-00"),
        ("Report 2023-24 (2023/24)", "2023-24"),
    ],
)
def test_the_year_comes_from_the_reports_title(tmp_path, report, slug):
    run(write(tmp_path, with_report(report)))
    collection = Collection.objects.get()
    assert collection.slug == slug
    assert (collection.period_start.year, collection.period_end.year) == (int(slug[:4]), int(slug[:4]) + 1)


def test_takes_a_byte_order_mark_and_leaves_unknown_keys_alone(tmp_path):
    path = write(tmp_path, sample(printed_on="paper"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert "5 imported" in run(path)


# --- The same again ------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing_and_says_so(file):
    run_approved(file)
    before = everything()
    for out in (run_approved(file), run(file)):
        assert "Nothing changed" in out
        assert "Set up" not in out
        assert "/eastmere/2021-22/" in out
    assert everything() == before


def test_the_same_file_can_be_approved_later(file):
    run(file, "--by", EMAIL)
    out = run_approved(file)
    assert "0 imported (0 words), 5 approved" in out
    assert {one.status for one in Return.objects.all()} == {Status.APPROVED}
    assert Revision.objects.filter(kind=RevisionKind.IMPORTED).count() == 5


def test_another_text_is_refused_and_the_agencies_are_named(file, tmp_path):
    run_approved(file)
    before = everything()
    other = with_returns(("Eastmere Police", "<p>Something else.</p>"), ("New Agency", "<p>Hello.</p>"))
    with pytest.raises(CommandError, match=r"returns\[0\]: Eastmere Police has another text.*Approved"):
        run(write(tmp_path, other, "other.json"))
    assert everything() == before


def test_a_draft_is_replaced_and_kept_among_its_saves(file, tmp_path):
    run(file)
    partnership = Partnership.objects.get()
    lead = person("lead@example.org", partnership, partnership.seats.get(agency__name="ESMH"))
    agency_return = move(the_return("ESMH"), "take_back", by=lead)
    question = Question.objects.get()
    drafting.save_answer(
        agency_return, question, html="<p>Begun</p>", base_version=1, client="c0ffee00", sequence=1, by=lead
    )
    drafting.set_nil(agency_return, reason="On second thoughts", by=lead)

    out = run(write(tmp_path, with_returns(("ESMH", "<p>From the file.</p>"))))

    assert "the draft that stood there is kept among its saves" in out
    agency_return = the_return("ESMH")
    assert (agency_return.status, agency_return.nil_reason) == (Status.SUBMITTED, "")
    assert agency_return.answers.get().html == "<p>From the file.</p>"
    assert "<p>Begun</p>" in [save.html for save in Save.objects.filter(answer__agency_return=agency_return)]
    assert agency_return.revisions.last().data["answers"][0]["html"] == "<p>From the file.</p>"


def test_what_the_agency_took_back_is_not_sent_again_by_the_same_file(file):
    run(file)
    partnership = Partnership.objects.get()
    lead = person("lead@example.org", partnership, partnership.seats.get(agency__name="ESMH"))
    move(the_return("ESMH"), "take_back", by=lead)
    before = everything()
    assert "Nothing changed" in run(file)
    assert everything() == before


def test_an_agency_more_is_taken_in_after_the_others(file, tmp_path):
    run(file)
    out = run(write(tmp_path, with_returns(("Aviary Hospice", "<p>We asked.</p>")), "more.json"))
    assert "Set up: Aviary Hospice" in out
    assert [one.name for one in Return.objects.all()] == [*ANSWERS, "Aviary Hospice"]
    assert Seat.objects.last().position == 6


# --- Into what is there --------------------------------------------------------------------------


@pytest.fixture
def partnership(db):
    """One with a coordinator and two agencies, one of which it calls by another name."""
    admin = User.objects.create_user("admin@example.org", name="Admin", is_staff=True)
    partnership = setup.create_partnership(name="Eastmere SCP", slug="eastmere", by=admin)
    setup.add_seat(partnership, name="Eastmere Police", by=admin)
    trust = Agency.objects.create(name="Eastmere and Shore Mental Health", slug="esmh")
    setup.add_seat(partnership, name="ESMH", agency=trust, by=admin)
    return partnership


def test_agencies_are_found_by_either_name_whatever_case_and_spaces(partnership, tmp_path):
    file = write(
        tmp_path,
        with_returns(
            ("  eastmere   POLICE", "<p>One</p>"), ("Eastmere and shore mental health", "<p>Two</p>")
        ),
    )
    run(file)
    assert Agency.objects.count() == 2
    assert [one.name for one in Return.objects.all()] == ["Eastmere Police", "ESMH"]
    before = everything()
    run(file)
    assert everything() == before


def test_two_names_of_one_agency_are_one_too_many(partnership, tmp_path):
    file = write(
        tmp_path, with_returns(("ESMH", "<p>One</p>"), ("Eastmere and Shore Mental Health", "<p>Two</p>"))
    )
    before = everything()
    with pytest.raises(CommandError, match=r"returns\[0\] and returns\[1\] are both about ESMH"):
        run(file)
    assert everything() == before


def test_an_agency_of_another_partnership_is_the_same_agency(partnership, file):
    run(file, partnership="westmere")
    assert Agency.objects.filter(name="Eastmere Police").count() == 1
    assert Seat.objects.filter(agency__name="Eastmere Police").count() == 2


def test_an_agency_that_has_left_keeps_its_place_in_that_year(partnership, file):
    coordinator = person("c@example.org", partnership)
    seat = partnership.seats.get(agency__name="Eastmere Police")
    setup.end_seat(seat, by=coordinator)
    run(file)
    assert the_return("Eastmere Police").seat == seat
    assert partnership.seats.filter(agency__name="Eastmere Police").count() == 1


def test_says_what_the_file_calls_differently(partnership, file):
    out = run(file)
    assert "the file calls the partnership “Eastmere Safeguarding Children Partnership”" in out
    assert "the appendix is headed “Appendix D: Eastmere SCP" in out
    partnership.refresh_from_db()
    assert partnership.name == "Eastmere SCP"


@pytest.mark.parametrize("known", [True, False])
def test_nobody_becomes_coordinator_of_what_is_there(partnership, file, known):
    if known:
        User.objects.create_user(EMAIL, name="Una Marsh")
    before = everything()
    with pytest.raises(CommandError, match="is not a coordinator of Eastmere SCP"):
        run_approved(file)
    assert everything() == before


def test_a_coordinator_who_is_there_acts(partnership, file):
    person(EMAIL.upper(), partnership)
    assert "5 approved" in run_approved(file)
    assert {event.by.email for event in Event.objects.filter(act="approve")} == {EMAIL}


def test_an_administrator_is_not_a_coordinator(partnership, file):
    with pytest.raises(CommandError, match="is not a coordinator"):
        run(file, "--by", "admin@example.org")


def test_an_account_that_exists_is_used_and_a_disabled_one_is_not(file):
    user = User.objects.create_user(EMAIL, "long enough password", name="Una Marsh")
    User.objects.filter(pk=user.pk).update(is_active=False, disabled_at="2026-01-01T00:00Z")
    before = everything()
    with pytest.raises(CommandError, match="disabled"):
        run_approved(file)
    assert everything() == before
    User.objects.filter(pk=user.pk).update(is_active=True, disabled_at=None)
    run_approved(file)
    assert User.objects.get().name == "Una Marsh"


def test_who_has_a_part_in_the_agency_cannot_approve_it_by_import(partnership, file):
    coordinator = person(EMAIL, partnership)
    seat = partnership.seats.get(agency__name="Eastmere Police")
    coordinator.roles.create(kind=RoleKind.LEAD, partnership=partnership, seat=seat)
    before = everything()
    with pytest.raises(CommandError, match=r"Eastmere Police cannot be approved\. You have a part"):
        run_approved(file)
    assert everything() == before


def test_what_is_left_out_is_not_approved(file):
    run(file, "--by", EMAIL)
    move(the_return("ESMH"), "exclude", by=User.objects.get(), reason="Not this year")
    before = everything()
    assert "Nothing changed" in run(file)
    with pytest.raises(CommandError, match="ESMH cannot be approved"):
        run_approved(file)
    assert everything() == before


def test_no_create_takes_only_what_is_known(partnership, file, tmp_path):
    before = everything()
    with pytest.raises(CommandError, match=r"returns\[0\]: Eastmere SCP has no agency called “Harbour Fire"):
        run(file, "--no-create")
    with pytest.raises(CommandError, match="no partnership with the short name westmere"):
        run(file, "--no-create", partnership="westmere")
    assert everything() == before
    known = with_returns(("ESMH", "<p>One</p>"), ("Eastmere Police", "<p>Two</p>"))
    assert "2 imported" in run(write(tmp_path, known), "--no-create")


def test_a_return_that_is_not_open_takes_nothing_in(file):
    run_approved(file)
    collections.close_collection(Collection.objects.get(), by=User.objects.get())
    before = everything()
    with pytest.raises(CommandError, match="2021-22 return is closed"):
        run(file)
    Collection.objects.update(stage=CollectionStage.PREPARING, opened_at=None, closed_at=None)
    before = everything()
    with pytest.raises(CommandError, match="2021-22 return is being prepared"):
        run(file)
    assert everything() == before


def test_another_question_or_several_take_nothing_in(file, tmp_path):
    run(file)
    before = everything()
    with pytest.raises(CommandError, match="asks another question"):
        run(write(tmp_path, sample(question="How many?"), "other.json"))
    assert everything() == before
    Question.objects.create(collection=Collection.objects.get(), position=2, wording="And then?")
    before = everything()
    with pytest.raises(CommandError, match="asks 2 questions"):
        run(file)
    assert everything() == before


# --- What could show who somebody is --------------------------------------------------------------

TELLING = (
    ("Harbour Fire Service", "<p>We wrote to TJ and his mother.</p>"),
    ("Eastmere Police", "<p>A girl of 15 in foster care had taken an overdose.</p>"),
    ("ESMH", "<p>Young people chose the paint.</p>"),
)


def test_without_a_reason_such_returns_wait_for_people(tmp_path):
    out = run(write(tmp_path, with_returns(*TELLING)), "--approve", "--by", EMAIL)
    assert "words), 1 approved" in out
    assert "For people to read before they are approved: Harbour Fire Service; Eastmere Police." in out
    assert out.count("  - not approved: 1 point is open that could show who somebody is.") == 2
    assert "TJ" not in out
    assert the_return("Eastmere Police").state == Status.SUBMITTED
    assert not Dismissal.objects.exists()


def test_the_reason_keeps_them_and_stands_in_for_the_second_reader(tmp_path):
    file = write(tmp_path, with_returns(*TELLING))
    run(file, "--approve", "--by", EMAIL)
    out = run(file, "--approve", "--by", EMAIL, "--dismiss", "Printed in 2022")
    assert "2 approved" in out
    assert set(Dismissal.objects.values_list("rule", "reason", "by_import")) == {
        ("stray-initials", "Printed in 2022", True),
        ("case-detail", "Printed in 2022", True),
    }
    assert set(CaseSignOff.objects.values_list("note", "by_import")) == {("Printed in 2022", True)}
    assert {one.status for one in Return.objects.all()} == {Status.APPROVED}


# --- The real file -------------------------------------------------------------------------------


@needs_real
def test_the_real_file_twice():
    options = ("--approve", "--by", EMAIL, "--dismiss", "Published in July 2024")
    out = run(REAL, *options, partnership="luton")
    assert "9 imported" in out
    assert "9 approved" in out
    assert Collection.objects.get().slug == "2023-24"
    assert not Message.objects.exists()
    before = everything()
    assert "Nothing changed" in run(REAL, *options, partnership="luton")
    assert everything() == before
