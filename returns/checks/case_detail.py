"""Owns the rule that looks for passages about one person that join several sensitive things."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .context import Context
from .findings import Finding
from .initials import initials
from .reading import Reading, Sentence, small
from .sensitive import classes_in

RULE = "case-detail"

_ONE = (
    r"girl|boy|child|baby|toddler|infant|young person|young man|young woman|young mother|young mum|young tenant|young carer|teenager|youngster|adolescent|pupil|student|mother|father|mum|dad|parent|carer"
    r"|son|daughter|brother|sister|sibling|grandmother|grandfather|gran|grandson|granddaughter|aunt|uncle|cousin|woman|man|patient|resident|tenant|care leaver|service user|client|victim|survivor|[\w]{1,9}[- ]year[- ]old|lad|lady|learner|apprentice"
    r"|cadet|swimmer|scout|twin|teen|refugee|asylum seeker|niece|nephew|foster child|looked after child|prisoner|step(?:father|mother|son|daughter|brother|sister|dad|mum)|expectant mother"
    r"|newborn|schoolgirl|schoolboy|kid|nan|grandad|grandparent|wife|husband|girlfriend|boyfriend|ex-partner|participant|defendant|inmate|rough sleeper|male|female|eldest|youngest|oldest|(?:older|younger|elder) (?:of the two|one)"
)
# Those with only small letters are held against the text in small letters, which is far quicker than to ignore capitals.
_SOMEBODY = re.compile(
    rf"\b(?:a|an|one|another|this|that|some(?:body|one)['’]s|(?:case study:?|vignette:?|example:?))(?: (?!of\b|for\b|in\b|who\b|and\b|that\b|is\b|was\b|to\b|on\b|with\b|by\b|at\b)[\w'’-]+,?){{0,6}}? (?:{_ONE})\b(?!s\b|['’]s (?:written|consent|permission|home|services?|centre|hospital|worker|ward|view|voice|safety|plan|needs|journey|perspective|eyes|charter)|[- ](?:led|centred|friendly|centric|protection|care|line|line|and family|health|mental|sexual|criminal|in need|death|abuse|support|group|council|panel|forum|safety|services?|worker|house|club|development|governors?|reps?|representatives?|champions?|helpline|advocate|mentor|ambassador|advis\w+|liaison|association|nurse|midwife|teacher|paramedic|social worker|clinic|unit|bank|box|psychologist|psychiatrist|practitioner|tongue|figure|records?|leaflet|experience|premium|voice|survey|officer|premium|passport|referral|statement|union|leaders?|officers?))",
)
_THE_ONE = re.compile(
    rf"\b(?:the|this|our) (?:(?!unborn)[\w-]+ ){{0,2}}?(?:{_ONE})\b(?!s\b|['’]s (?:services?|home|voice|centre)|[- ](?:led|centred|friendly|protection|care|and|health|mental|in need|death|council|panel|forum|services?|group|support|line))",
)
_CHILD_A = re.compile(
    r"\b(?:[Cc]hild|[Yy]oung [Pp]erson|[Pp]upil|[Pp]atient|[Cc]lient|[Bb]aby|[Mm]other|[Ff]ather|[Ss]ibling|[Ss]tudent|[Rr]esident|YP|[Ss]ubject|[Ff]amily|[Gg]irl|[Bb]oy|[Cc]ase) (?:[A-Z]|[0-9]{1,2})\b(?! (?:and|to|or) [A-Z0-9]\b)"
)
_YEARS = r"(?:[1-9]|1[0-9]|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen|twenty)"
_AFTER_NAME = re.compile(
    r", (?:who |aged |[1-9]|an? (?:[\w-]+ ){0,2}(?:boy|girl|mother|father|teenager|young)\b|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen|twenty),)"
    r"|\A[A-Z]\w+(?: (?:is|was|had|has|turned|\()|['’]s )|(?:real|their|his|her) name| changed|call h"
)  # a quick look before the careful one
# "Ishaan, who has": a first name, and at once what makes it a story.
_BY_NAME = re.compile(
    r"(?:\A|[.;:] |\b(?:for|of|with|to|and|told|met) )(?:(?:Mr|Mrs|Ms|Miss) )?[A-Z][a-z]+(?:-[A-Z][a-z]+)?,? \(?"
    rf"(?:(?<=, )who (?:is|was|has(?! led| run| worked)|had|lives|lived|came|lost|left|served)\b|aged \w+|(?<=, |\w\(){_YEARS}\b(?! (?:of|per|to|in|out)\b)|(?<=, )an? (?:[\w-]+ ){{0,2}}(?:boy|girl|mother|father|teenager|young (?:man|woman|person))\b)"
    rf"|\A[A-Z][a-z]+(?:-[A-Z][a-z]+)? (?:(?:is|was|turned)(?: (?:only|just|nearly|now|then))? {_YEARS}(?:,|\.| and | when | or so )|\({_YEARS}[,)]"
    r"|(?:is|was|has been|had been|was being) (?:arrested|abused|raped|removed|placed|groomed|excluded|adopted|sectioned|diagnosed|stabbed|sentenced|convicted|trafficked|beaten|neglected|fostered|moved|taken|born|living|homeless|pregnant)\b)"
    rf"|\A[A-Z][a-z]+ (?:is|was) [a-z][a-z ]{{1,20}}, {_YEARS},"
    r"|\A[A-Z][a-z]+['’]s (?:mum|mother|dad|father|gran|nan|aunt|uncle|parents|brother|sister|stepfather|stepdad|foster|social worker|boyfriend|girlfriend|placement)\b"
    r"|\b(?:not|\w+) (?:his|her|their) real name|\bnames? (?:has been |have been |was |were )?changed|\bcall (?:him|her|them) [A-Z]|changed (?:his|her|their) name"
)
# "(16, Somali, on a curfew)", "Boy, nine, …"
_AGED_IN_BRACKETS = re.compile(rf"\((?:aged )?{_YEARS}, [a-z]")
_AGED_BARE = re.compile(rf"(?:[•*–-] ?)?(?:{_ONE}),? \(?(?:aged )?{_YEARS}[,) ]")
# "One of our members, 17 and in supported lodgings"
_ONE_OF_MANY = re.compile(
    r"\b[Oo]ne of (?:our|the|them|these|those|my)(?: [a-z]+){0,3},? (?:who (?:is|was|has|had)|aged \w+|(?:[4-9]|1[0-9]|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen) and)\b"
)
_PARENTS = ("mother", "father", "mum", "dad", "parent")
_ANOTHER = re.compile(
    r"(?:Another|One|An?|(?:And )?[Tt]hen there (?:is|was)|There (?:is|was)|We (?:also )?(?:had|met)) "
)
_TOLD = re.compile(r"\b(?:was|had|were|has been|who [a-z]+ed)\b")
_AGE_OR_HAS = re.compile(rf"(?: of|,) {_YEARS}\b|has\b")
_TAUGHT = re.compile(
    r"\b(?:training|course|workshop|briefing|webinar|module|lesson|assembly|talk)\b[^.]{0,60}\b(?:cover\w*|on|about|includ\w+)\b"
)
_EITHER = re.compile(r"\b(?:she or he|he or she|his or her|her or his|him or her|her or him)\b", re.I)
_HE = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b")
_AGED_HE = re.compile(
    r"\b(?:he|she) (?:was|is|had|has|came|told|lived|lives)\b|\b(?:his|her) (?:parents|mother|father|mum|dad|uncle|aunt|stepfather|brother|sister|partner|boyfriend|girlfriend|placement|school|home|baby|cell)\b",
)
_GENERAL = re.compile(
    r"\b(?:any|each|every|if an?|when an?|whenever|whether an?|where an?|no|such as an?|for example,? (?:when|if)|what if|imagine|suppose|once an?|before an?|until an?|like an?|whoever)(?: [\w-]+){0,3} (?:"
    + _ONE
    + r")\b",
)
_MODAL = re.compile(
    rf"\b(?:a|an|the) (?:[\w-]+ ){{0,2}}(?:{_ONE})(?: (?:who|with) [\w ]{{1,60}})?,? (?:may|might|can|should|must|could|will|would|needs to|is (?:asked|seen|given|offered|always|told|entitled|at risk|supported|referred|discussed))\b",
)
_PLURAL_START = re.compile(
    r"\A(?:[\w'’-]+ ){0,3}?(?:children|young people|pupils|students|parents|families|mothers|fathers|patients|women|men|girls|boys|teenagers|young men|young women|carers|residents|tenants|victims|survivors|cases|people|members|clients|most|many|some|several|staff|officers|our|we|[0-9,]+)\b",
)
_MANY_START = re.compile(
    r"\A(?:(?:some|many|most|several|few|all|both|of the|nearly|almost|about|other|[a-z]+ing) )?(?:[\w-]+ )?"
    r"(?:children|young people|pupils|students|parents|families|mothers|fathers|patients|women|men|girls|boys|teenagers|carers|residents|tenants|victims|survivors)\b",
)
_AGED = re.compile(r"\b(?:aged|year[- ]old|of (?:[0-9]|ten|eleven|twelve|thir|four|fif|six|seven|eigh|nine))")
_FAMOUS = re.compile(
    r"\b(?:Victoria Climbi[ée]|Peter Connelly|Baby P\b|Daniel Pelka|Star Hobson|Arthur Labinjo|Labinjo-Hughes|Sara Sharif|Stephen Lawrence|Kyra Ishaq|Lola James|Finley Boden|Shannon Matthews|Holly Wells|Jessica Chapman"
    r"|Maria Colwell|Jasmine Beckford|Logan Mwangi|Khyra Ishaq|Poppi Worthington|Child Q\b|Molly Russell|Brianna Ghey|Olly Stephens|Damilola Taylor|Jay Slater|Stephen Port|Jimmy Savile|Oliver McGowan|Awaab Ishak|Ella Kissi|Alfie Steele|Jacob Crouch"
    r"|(?:public|national|statutory) inquiry|inquiry into|national review|serious case review|novel|soap opera|fictional|story ?line|role[- ]?play(?:ed)?|hypothetical|fictitious|(?:play|film|musical|drama|comic|cartoon|sketch|song|scenario|book|video|animation|monologue)s? (?:(?:is|was|were) )?(?:about|of|where|in which|shows?|follows|tells)|(?<!is )(?<!was )(?<!are )[Ii]n (?:the|our|their|this) (?:play|film|musical|drama|comic|cartoon|sketch|song|book|animation))\b"
)
_STAGED = re.compile(r"In (?:the|our|their|this) ")
_CASE_STUDY = re.compile(r"\b(?:case (?:study|example|history|summary)|vignette|anonymised)\b", re.I)
_LETTERS = re.compile(r"[a-z]+")
# A quick look before the careful ones: without any of these a sentence speaks of no one person.
_ONE_WORDS = (
    frozenset(_LETTERS.findall(_ONE)) | frozenset("he she his her him yp subject family one".split())
) - frozenset("young service care after looked year asylum expectant foster".split())
_LONGEST = 1500
_MESSAGE = "This tells of one person: {what}. Together {they} could show who it is."
_ADVICE = (
    "Tell it in general words, or leave out what is not needed for the point: age, place, school, how long, which illness. "
    "A changed name does not hide a story that neighbours know."
)


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each person, on the sentence that carries most."""
    for _, most, what in _cases(reading):
        span = (most.start, most.end, most.text)
        they = "they" if len(what) > 1 else "the sentences"
        message = _MESSAGE.format(what="; ".join(sorted(what)), they=they)
        yield Finding(RULE, "blocking", context.question, *span, message, _ADVICE)


def case_studies(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where each story about one person begins and ends, all its neighbouring sentences together."""
    for passage, _, _ in _cases(reading):
        yield passage[0].start, passage[-1].end


def _cases(reading: Reading) -> Iterator[tuple[list[Sentence], Sentence, frozenset[str]]]:
    """(the passage, its sentence that carries most, the sensitive classes it joins)."""
    for passage in _passages(reading):
        weighed = [
            (sentence, found) for sentence in passage if (found := classes_in(sentence.text[:_LONGEST]))
        ]
        if not weighed:
            continue
        together = frozenset(name for _, found in weighed for name in found)
        most, _ = max(weighed, key=lambda each: (len(each[1]), -each[0].start))
        told_as_case = len(passage) >= 3 and len(weighed) >= 2 and _tells_cases(reading)
        if len(together) >= 2 or told_as_case:
            yield passage, most, together


@lru_cache(maxsize=2)
def _tells_cases(reading: Reading) -> bool:
    return bool(_CASE_STUDY.search(reading.text))


def _passages(reading: Reading) -> Iterator[list[Sentence]]:
    """Neighbouring sentences about one and the same person."""
    current: list[Sentence] = []
    who: str | None = None
    letters = [start for start, _ in initials(reading, frozenset())]
    for place, sentence in enumerate(reading.prose):
        text, low = sentence.text[:_LONGEST], sentence.low[:_LONGEST]
        new = _introduced(text, low)
        if new is None and bisect_left(letters, sentence.start) < bisect_left(letters, sentence.end):
            new = None if _FAMOUS.search(text) else "he"
        if new and not current and _is_made_up(new, sentence, reading.prose[max(place - 3, 0) : place]):
            new = None
        goes_on = (
            bool(current)
            and (sentence.part - current[-1].part) <= 1
            and len(current) < 12
            and _goes_on(text, low, who, new)
        )
        if goes_on:
            current.append(sentence)
            who = who or new
            continue
        if current:
            yield current
        current, who = ([sentence], new) if new else ([], None)
    if current:
        yield current


def _is_made_up(new: str, sentence: Sentence, before: Sequence[Sentence]) -> bool:
    """Whether the sentences before tell of a play or of somebody known to all, and this one goes on with it."""
    told = [each for each in before if each.part == sentence.part and _FAMOUS.search(each.text[:_LONGEST])]
    return bool(told) and (new == "he" or bool(_STAGED.match(told[-1].text)))


def _introduced(text: str, low: str) -> str | None:
    """The word for the one person a sentence brings in, or None when it speaks of nobody or of all."""
    if _AFTER_NAME.search(text) and _BY_NAME.search(text) and not _FAMOUS.search(text):
        return "he"
    if _AGED_BARE.match(low) or ("(" in low and _AGED_IN_BRACKETS.search(low)):
        return None if _FAMOUS.search(text) else "he"
    if _ONE_WORDS.isdisjoint(_LETTERS.findall(low)):
        return None
    if " or h" in text or " or she" in text:
        text = _EITHER.sub("they", text)
        low = small(text)
    who = _who(text, low)
    if who is None or _FAMOUS.search(text):
        return None
    if " " in who:
        return who
    if _GENERAL.search(low) and not _AGED.search(text):
        return None
    if not re.search(r"\b(?:was|were|had)\b", text) and _MODAL.search(low):
        return None
    return who


def _who(text: str, low: str) -> str | None:
    if named := _CHILD_A.search(text):
        return named[0]
    if "ne of " in text and _ONE_OF_MANY.search(text):
        return "one"
    if (somebody := _SOMEBODY.search(low)) and not _of_many(text, low):
        return somebody[0].split()[-1]
    if _AGED_HE.search(low) and _HE.search(low):
        return "he"
    if (
        (the_one := _THE_ONE.search(low))
        and (_TOLD.search(text) or _AGE_OR_HAS.search(low, the_one.end(), the_one.end() + 14))
        and not _TAUGHT.search(low)
        and not _PLURAL_START.match(low)
    ):
        return the_one[0].split()[-1]
    return None


def _of_many(text: str, low: str) -> bool:
    """Whether a sentence tells of a group, and one person comes in only as theirs: some parents have lost a child."""
    return bool(_MANY_START.match(low)) and not _HE.search(low) and not _AGED.search(text)


def _goes_on(text: str, low: str, who: str | None, new: str | None) -> bool:
    if who is None or _FAMOUS.search(text):
        return False
    if (
        new
        and new == who
        and re.match(r"(?:[Cc]hild|[Yy]oung|[Pp]upil|[Pp]atient|[Cc]lient)", new)
        and " " in new
    ):
        return True
    if new and " " in new and who in _PARENTS and text.startswith(new):
        return False
    begins = low[:60]
    if new and _ANOTHER.match(text):
        return False
    if _HE.search(begins) and not _PLURAL_START.match(low):
        return True
    return bool(
        _THE_ONE.search(begins)
        or (who in ("person", "child") and re.match(r"They\b|Their\b|(?:The )?[Yy]oung person\b", text))
    )
