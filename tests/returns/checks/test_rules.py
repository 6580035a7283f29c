"""What each rule finds and leaves alone, a sentence at a time."""

from datetime import date

import pytest

from returns.checks import Context, Passages, as_received, check, check_collection, dictionary, read, spelling
from returns.richtext import BulletList, Heading, ListItem, Paragraph, Text

PERIOD = (date(2024, 4, 1), date(2025, 3, 31))


def found(rule: str, html: str, context: Context | None = None) -> list[str]:
    checked = check(as_received(html), context or Context(PERIOD))
    return [finding.quote for finding in checked.findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("rule", "text", "quotes"),
    [
        ("stray-initials", "The change helped TJ and his mother.", ["TJ"]),
        ("stray-initials", "J.D. told the nurse. Later J.D. went home.", ["J.D.", "J.D."]),
        ("stray-initials", "We wrote to Mrs B-H about it.", ["Mrs B-H"]),
        ("stray-initials", "We listened to child K. and to her aunt.", ["child K."]),
        ("stray-initials", "Isla T, who is in Year 5, drew it.", ["Isla T"]),
        ("stray-initials", "Child A met Young Person 2 and Pupil X on Ward B.", []),
        ("stray-initials", "DA, QI and HR leads met a GP about an XL dog.", []),
        ("stray-initials", "They read J.K. Rowling in Group B. Plan B was not needed.", []),
        ("stray-initials", "KS, whom we met, drew it. Kian P cooks for four.", ["KS", "Kian P"]),
        ("stray-initials", "We met at Stand K, in Studio M and in Suite J.", []),
        (
            "contact-identifier",
            "Ring 01632 960147 or write to a.b@c.police.uk.",
            ["01632 960147", "a.b@c.police.uk"],
        ),
        ("contact-identifier", "NHS number 943 476 5919.", ["943 476 5919"]),
        ("contact-identifier", "Budget code 943 476 5918 paid for 3,412 cards in LU1.", []),
        ("contact-identifier", "She was born on 9 August 2012.", ["9 August 2012"]),
        ("contact-identifier", "It went to 61b Cobden Street, LU7 3QF.", ["61b Cobden Street", "LU7 3QF"]),
        ("contact-identifier", "The car was AB12 CDE.", ["AB12 CDE"]),
        ("contact-identifier", "Ring 999, 101, 111 or Childline on 0800 1111; see section 47 in 2024.", []),
        (
            "case-detail",
            "A girl of 15 in foster care had taken an overdose.",
            ["A girl of 15 in foster care had taken an overdose."],
        ),
        ("case-detail", "Children in care who take drugs are often excluded from school.", []),
        ("case-detail", "A boy of ten told us that the room was cold.", []),
        (
            "case-detail",
            "The inquiry into Victoria Climbié, who was eight and had been beaten, is taught.",
            [],
        ),
        ("outside-period", "A day was held in May 2025 and one in May 2024.", ["May 2025"]),
        (
            "outside-period",
            "In the 2025/26 figures it fell; on 31 March 2024 it had risen.",
            ["2025/26", "31 March 2024"],
        ),
        ("outside-period", "Guidance of July 2018 and the Children Act 1989 apply (DfE, July 2018).", []),
        ("outside-period", "A boy born on 3 May 2013 has come since 2019.", []),
        ("outside-period", "We promised it in our 2023-24 return; in 2022-23 nobody had asked.", ["2022-23"]),
        ("undated", "In May we met. Last year and recently we asked.", ["In May", "Last year", "recently"]),
        ("undated", "We may meet each term, for a year, in the reporting year.", []),
        ("undated", "May came in July and December 2024.", []),
        ("plan-not-action", "We will launch a panel.", ["We will launch a panel."]),
        ("plan-not-action", "It is hoped that a film can be made.", ["It is hoped that a film can be made."]),
        ("plan-not-action", "The form is to be redesigned.", ["The form is to be redesigned."]),
        ("plan-not-action", "There is a plan to record calls.", ["There is a plan to record calls."]),
        ("plan-not-action", "Crews will check each name in a call, and did so in all but one.", []),
        ("plan-not-action", "Each child will have a plan within 48 hours.", []),
        ("plan-not-action", "Parents told us that they will say no to a stranger.", []),
        ("plan-not-action", "The policy says that staff will be trained.", []),
        ("no-voice-evidence", "Feedback is collected and views are recorded.", [""]),
        ("no-voice-evidence", "Parents told us that it was cold.", []),
        ("no-voice-evidence", "You said<br>The fridge has a lock on it.", []),
        ("no-voice-evidence", "Pupils without speech covered their ears.", []),
        ("unexpanded-acronym", "The MASH met. MASH staff stayed.", ["MASH"]),
        (
            "unexpanded-acronym",
            "Multi-Agency Safeguarding Hub (MASH); VCSE (voluntary, community, social enterprise).",
            [],
        ),
        ("unexpanded-acronym", "We offer early help (FIS).", ["FIS"]),
        ("unexpanded-acronym", "The NHS, a GP and a TV in a PDF. A programme called REACH ran.", []),
        ("markup-residue", "One &lt;b&gt;word&lt;/b&gt; and &amp;nbsp; here", ["<b>", "</b>", "&nbsp;"]),
        ("markup-residue", "- Typed here<br>• And there", ["- Typed here", "• And there"]),
        ("markup-residue", "The trust - one of three - saw <5 cases of R&amp;D.", []),
        ("spelling", "We recieved a color printer.", ["recieved", "color"]),
        ("spelling", "Our freinds ate a quxblimp and some wobbegonging.", ["freinds"]),
        ("spelling", "The programme organised counselling at the gurdwara in Saltburn.", []),
        ("unbalanced-bracket", "They came (all of them.", ["(all of them."]),
        ("unbalanced-bracket", "He said “no and left.", ["“no and left."]),
        ("unbalanced-bracket", 'a) one b) two :) and a 42" screen (closed).', []),
    ],
)
def test_rule(rule: str, text: str, quotes: list[str]) -> None:
    assert found(rule, f"<p>{text}</p>") == quotes


def test_a_sentence_said_twice_is_found_where_it_comes_again() -> None:
    once = "The team asked every family in the borough what they thought of the new letter."
    again = "The team asked each family in the borough what they thought of the new letter."
    assert found("repeated-passage", f"<p>{once}</p><p>We listened.</p><p>{again}</p>") == [again]
    assert found("repeated-passage", "<p>We listened. We changed.</p><p>We listened. We changed.</p>") == []


def test_the_question_and_headings_are_not_repeats() -> None:
    question = "What have you done with the feedback from children and families in the last reporting year?"
    blocks = (Paragraph((Text(question),)), Heading(1, (Text(question),)), Paragraph((Text(question),)))
    checked = check(blocks, Context(PERIOD, question_wordings=(question,)))
    assert "repeated-passage" not in {finding.rule for finding in checked.findings}


def test_what_two_agencies_say_alike_is_for_the_coordinator_only() -> None:
    said = "Parents told both of us that the waiting room at the clinic was cold and far too small."
    answers = [
        ((Paragraph((Text(said),)),), Context(PERIOD, agency=agency)) for agency in ("Police", "Fire Service")
    ]
    first, second = check_collection(answers)
    alike = [finding for finding in second.findings if finding.rule == "repeated-passage"]
    assert [(finding.quote, finding.other) for finding in alike] == [(said, "Police")]
    assert alike[0].message == "Police says nearly the same."
    assert [finding.other for finding in first.findings if finding.rule == "repeated-passage"] == [
        "Fire Service"
    ]


def test_registers_are_heeded() -> None:
    context = Context(
        PERIOD, acronyms={"MASH": "Multi-Agency Safeguarding Hub"}, field_words=frozenset({"zorbing"})
    )
    assert found("unexpanded-acronym", "<p>The MASH met.</p>", context) == []
    assert found("spelling", "<p>We tried zorbing.</p>", context) == []
    assert found("spelling", "<p>We tried zorbing.</p>") == ["zorbing"]


def test_an_answer_that_is_half_plans_is_found_as_a_whole() -> None:
    plans = "We will launch a panel. We plan to ask parents. It is hoped to make a film. Clubs are to send two players."
    assert found("plan-not-action", f"<p>{plans} We met once.</p>")[0] == ""


def test_the_canonical_text_has_nothing_nobody_wrote() -> None:
    items = BulletList((ListItem((Paragraph((Text("One"),)),)), ListItem((Paragraph((Text("Two"),)),))))
    reading = read((Heading(1, (Text("Head"),)), Paragraph((Text("A  line"),)), items))
    assert reading.text == "Head\nA line\nOne\nTwo"
    assert [line.kind for line in reading.lines] == ["heading", "paragraph", "item", "item"]


def test_without_a_dictionary_it_says_so_and_still_knows_american(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "_spellers", lambda: ())
    for cached in (dictionary.is_word, dictionary.is_near_miss, spelling._is_fine):
        cached.cache_clear()
    checked = check(as_received("<p>The color of the recieved card.</p>"), Context(PERIOD))
    for cached in (dictionary.is_word, dictionary.is_near_miss, spelling._is_fine):
        cached.cache_clear()
    assert checked.not_checked == ("spelling",)
    assert [finding.quote for finding in checked.findings if finding.rule == "spelling"] == ["color"]


def test_passages_look_up_what_is_like() -> None:
    passages = Passages.of(
        [("A", "The team asked every family in the borough what they thought of the letter.")]
    )
    words = tuple("the team asked each family in the borough what they thought of the letter".split())
    assert [passage.source for passage in passages.like(words)] == ["A"]
    assert list(passages.like(words, but="A")) == []
