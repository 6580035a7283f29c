"""Owns the rule that looks for what children and families said, felt, asked or showed, and finds none."""

import re
from collections.abc import Iterator, Sequence

from .context import Context
from .findings import Finding
from .reading import Reading, small

RULE = "no-voice-evidence"

_PEOPLE = frozenset(
    "child children person people youngster youngsters teenager teenagers adolescent adolescents toddler toddlers baby"
    " babies infant infants pupil pupils student students parent parents family families mother mothers father fathers"
    " mum mums dad dads carer carers gran grans grandparent grandparents grandmother grandmothers grandfather"
    " grandfathers nan sibling siblings brother brothers sister sisters boy boys girl girls son sons daughter daughters"
    " woman women man men patient patients tenant tenants resident residents leaver leavers councillors member members"
    " cadet cadets scout scouts guides beavers brownies player players athlete athletes swimmer swimmers boxer boxers"
    " gymnast gymnasts dancer dancers singer singers chorister choristers actor actors musicians user users client"
    " clients victim victims survivor survivors adopter adopters youth panel forum prisoner prisoners learner learners"
    " apprentice apprentices readers visitor visitors households couple twins representatives reps ambassadors mentees"
    " refugees participant participants respondents caller callers travellers tester testers passengers attenders"
    " juniors junior uncle aunt cousin cousins nephew niece brides actors"
    " friends listeners editors campaigners someone somebody one".split()
)
_WEAK_PEOPLE = frozenset(
    "one man men person people members member someone somebody panel forum user users".split()
)
_STRONG_PEOPLE = frozenset(_PEOPLE - _WEAK_PEOPLE)
_OTHERS = frozenset(
    "staff officer officers practitioner practitioners professional professionals teacher teachers partner partners manager"
    " managers governor governors worker workers nurse nurses doctor doctors leader leaders lead engineers inspector"
    " inspectors inspectorate auditor auditors audit audits supervisor supervisors director directors board committee team teams trust"
    " agency agencies service services clinician clinicians schools school police researchers reviewer reviewers council"
    " provider providers retailers employers licensees matron matrons registrars constables sergeants dentists"
    " commissioner commissioners chair representative coach coaches tutor tutors driver drivers dispatchers crews trustees"
    " company consultant consultants contractors organisation organisations partnership head heads headteacher headteachers colleague colleagues bishop".split()
)
_SAID = frozenset(
    "said say says told tell tells asked ask felt feel feels wanted want wants reported chose choose picked voted drew wrote"
    " rewrote suggested showed shown described explained complained wished liked like disliked hated loved love thought think preferred prefer"
    " rated scored graded welcomed requested commented replied answered answer answers agreed disagreed objected pointed noted noticed"
    " expressed reflected feared praised criticised decided designed named cried pushed covered laughed smiled refused"
    " remembered admitted confided disclosed proposed persuaded challenged reminded enjoyed appreciated co-wrote cowrote"
    " indicated demanded urged mentioned recalled devised painted highlighted raised found enjoy spoke chosen told drawn"
    " identified valued knew know believed preferred signed pressed marked placed dropped helped begged called insisted contributed".split()
)
_NEEDS_WHAT = frozenset(
    "found helped raised identified called valued named marked placed knew know highlighted spoke contributed decided signed dropped believed like ask answer answers tell say think noted noticed".split()
)
_NOTHING_FOLLOWS = frozenset(". ; ) by as with and at".split())
_NOUNS_TOO = frozenset("answer answers ask feel like love say thought want wish".split())
_DETERMINERS = frozenset("a an any each every no our the their this".split())
_HEARD = frozenset("heard listened valued".split())
_CAUSING = frozenset("ask asks asked support supports help helps".split())
_BE = frozenset(
    "be been being is are was were get gets got to can may might must should will shall how could encouraged invited ensure enable enables allow allows help helps let lets".split()
)
_HAVE = frozenset(
    "have has had also then all both often clearly later overwhelmingly themselves consistently repeatedly never each mostly either always since now still even just only do did not really first simply who".split()
)
_WORD = re.compile(r"[\w’'-]+|[.;:()]")
_SPOKEN = frozenset(
    "said told asked wanted felt wished complained suggested preferred liked hated loved wrote replied drew".split()
)
_ASKED = [["for"], ["that"], ["if"], ["whether"], ["why"], ["to"], ["us"]]
_NOT_SPEAKING = frozenset(
    "we i us our policy strategy plan guidance report review law act standard framework letter document it this minister government department".split()
)
_TYING = frozenset("on of in at with for from to by under".split())
_PRONOUNS = frozenset("she he they her him them their his".split())
_BACK, _FAR = 10, 34
_STRONG = frozenset("told said wrote replied drew".split())
# These are held against the text in small letters, which is far quicker than to ignore capitals.
_PHRASES = re.compile(
    r"\btold (?:us|our|me)\b|\b(?:fed|feeds?) (?:it |this )?back that\b|\bsaid (?:one|another|an?) \w|\bat (?:the |their |his |her |(?:[a-z]+ )?(?:children|parents|families|pupils|young people|mothers|fathers|carers|girls|boys)['’]?s?['’]? )(?:own )?(?:request|suggestion)(?: of)?\b"
    r"|\bwas (?:the |an? )?(?:[\w'’-]+ ){0,2}(?:girl|boy|child|mother|father|person|parent|pupil|children|family|families|people|man|woman|pupils|their|hers|his)(?:['’]s|['’])? (?:own )?idea\b"
    r"|\bidea (?:of|came from) (?:an? |the |one |our |some )?(?:[\w-]+ )?(?:girl|boy|child|mother|father|young|parent|pupil|famil|teenager|student|member)"
    r"|\bas (?:the |our )?(?:[\w-]+ )?(?:children|families|parents|young people|pupils|mothers|they) (?:had )?(?:wished|asked|wanted|suggested)\b"
    r"|\b(?:feedback|comments|replies|responses)(?! (?:from|of|by) (?:[\w-]+ )?(?:partner|agenc|staff|professional|practitioner|colleague|officer|trustee|social worker|teacher))(?: (?:from|of|by)(?: [\w-]+){1,5})?(?: [\w-]+){0,2} (?:was|were|has been|have been|is) (?:\w+ly )?(?:that|positive|mixed|clear|negative|good|critical|encouraging)\b"
    r"|\bper cent of (?:the )?(?:[\w-]+ ){0,3}(?:said|felt|reported|rated|told|agreed|would|knew|like|liked|wanted|thought)\b"
    r"|\bwhat (?:young people|children|families|parents|pupils|they) (?:want|wanted|told us|asked for|said)\b(?! (?:to happen|is))|\byou said\b(?!,? we did['\"”’]? (?:board|poster|display|wall|report|feedback|approach|model|format|notice|page|newsletter|section|document|campaign))|\b(?:replies|answers) (?:were|included|came)\b|\b(?:clearest|main|strongest|commonest|most common|top) (?:message|answer|request|reply|theme|wish|complaint|word)s?\b"
    r"|\bmeets? with (?:us|them) to say\b|\bheard from (?:the )?(?:[\w-]+ )?(?:children|young people|parents|families|pupils|carers|mothers|fathers)\b(?=[^.]{0,30} that)",
)
_ANSWER = re.compile(
    r"\b(?:their|children['’]s|parents['’]|pupils['’]|one|her|his|the|commonest|main|first|most|only|every|another|some|of the) (?:[\w'’-]+ ){0,2}(?:answers?|repl(?:y|ies)|requests?|complaints?|suggestions?|comments?|favourites?|wish(?:es)?|worry|worries|fears?|votes?|drawings?|verdict|responses?|wants?|ideas?|choices?|messages?|presses|stickers?|cards?|postcards?|balls|counters?|stones?|tokens?|entries|entry)\b"
    r"(?: [\w'’-]+){0,6}? (?:was|were|is|are|went|came|said|says|showed|read|reads|asked|chose|won|fell on)(?: (?:clear|mostly|nearly|all|almost|often|always|also|that|about|to|on|for|not|a|an|the))* (?!(?:recorded|sought|collected|considered|taken|gathered|reviewed|captured|valued|heard|shared|analysed|used|monitored|central|welcomed?|encouraged|collated|listened|important|reported|provided|included|obtained|logged|fed|discussed|responded|triangulated|available|given|made|documented|reflected|sent|kept|acted|respected|passed|stored|acknowledged|answered|handled|dealt|investigated|audited|checked|received|returned|completed|displayed|published|presented|at the|in place|part of|key|held|issued|offered|asked for|invited|counted|within|closed|resolved|upheld|tracked|followed|read by|scrutinised|noted|submitted|invited|signed)\b)",
)
# Young inspectors are no staff, nor are "the inspectors" of the same answer.
_YOUNG_ROLE = re.compile(
    r"\b(?:young|youth|junior|student|pupil|child|parent)[ -]"
    r"((?:advisers?|advisors?|assessors?|auditors?|commissioners?|evaluators?|governors?|inspectors?|interviewers?|leaders?|researchers?|reviewers?|trainers?))\b"
)
# One of these is in every phrase above.
_PHRASE_WORDS = frozenset(
    "told fed feed feeds said request suggestion idea as feedback comments replies responses cent what you answers clearest"
    " main strongest commonest common top meet meets heard %".split()
)
# The head of a column or list: You said, we did.
_YOU_SAID = re.compile(r"^(?:You|They) (?:said|told us|asked)\b", re.M)
# What those showed who do not say it.
_SHOWED = re.compile(
    r"\b(?:child|children|toddlers?|bab(?:y|ies)|pupils?|under-[a-z]+|infants?|boys?|girls?)(?: [a-z]+){0,4} (?:(?:stopped|kept) (?:[a-z]+ing\b|playing)|hid\b|to hide\b|flinched|clung|froze|cowered|turned away|looked away|covered (?:his|her|their) (?:eyes|ears|face)|(?:led|pulled|took) (?:us|them|her|him|the [a-z]+) by the hand)"
    r"|\bkept (?:leading|pulling|pushing|asking|pointing|showing|coming)\b",
)
_TOLD_BY_STAFF = re.compile(
    r"\b(?:staff|officers?|managers?|partners?|schools?|teams?|practitioners?|leads?|nurses?|teachers?|workers?|inspectors?|auditors?|commissioners?|heads?|headteachers?|colleagues|trustees|agencies|insurers|consultants|governors)(?: (?:have|has|had|also))? \Z",
    re.I,
)
_SHE_SAID = re.compile(
    r"\b(?:he|she|they|many|most|some|several|both|another|others|nobody|everyone|all|fewer than half|half|[a-z]+ in ten|[0-9]+(?: per cent| ?%)?)(?: of (?:them|those))?(?:['’]d)?(?: (?:also|then|later|all|have|has|had|both|each))*"
    r" (?:said|told|asked (?:for|that|whether|if|us|to|her|him|why)|felt|wanted|wrote|drew|suggested|voted|chose|wished|replied|explained|disliked|rated|showed us|added|hated|loved|picked|thought|preferred)\b"
    r"|\b(?<!what )they (?:prefer|want|say|tell us|ask (?:for|that|us)|like)\b",
)
_TITLE_BEFORE = re.compile(
    r"\b(?:strand|domain|indicator|category|criterion|outcome|(?:report|assessment|guidance|standards?|framework|policy|strategy)\b[^.;]{0,60} (?:says?|states?|recommends?|requires?)(?: that [^.;\"“]{0,40})?|trained to (?:write|say|ask|record)|called|titled|entitled|named|strategy|policy|programme|project|framework|(?:vision|theme|value|ethos|mission|principle|culture|mantra|strapline|verse|pledge|belief)s?(?: of| in| is| that)?|guidance|course|module|document|standard|posters? with the words|poster|leaflet|campaign|training|states?|headed|term|word|phrase|section|question|motto|slogan|reads?|award)\s?,?:?\s?\Z",
    re.I,
)
_ADVICE = "Say what children, young people or families said, asked, chose or showed, and what changed because of it."


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """At most one finding, for the answer as a whole."""
    if any(map(str.isalpha, reading.text)) and not _has_voice(reading):
        message = "This answer does not say what any child or family told you or showed you."
        yield Finding(RULE, "warning", context.question, 0, 0, "", message, _ADVICE)


def _has_voice(reading: Reading) -> bool:
    if _YOU_SAID.search(reading.text):
        return True
    about_people = False
    roles = sorted({match[1] for match in _YOUNG_ROLE.finditer(reading.text.lower())})
    for sentence in reading.prose:
        text = sentence.text[:1500].lower()
        if roles:
            text = re.sub(rf"\b(?:{'|'.join(roles)})\b", "youngsters", text)
        words = _WORD.findall(text)
        if not _PHRASE_WORDS.isdisjoint(words) and any(
            not _by_staff(text, match.start()) for match in _PHRASES.finditer(text)
        ):
            return True
        if any(_is_voice(words, place) for place, word in enumerate(words) if word in _SAID):
            return True
        if (about_people or not _STRONG_PEOPLE.isdisjoint(words)) and (said := _SHE_SAID.search(text)):
            if about_people or not _STRONG_PEOPLE.isdisjoint(_WORD.findall(text[: said.start()])):
                return True
        if (about_people or any(word in _PEOPLE for word in words)) and _ANSWER.search(text):
            return True
        strong = [
            word for word in words if (word in _PEOPLE and word not in _WEAK_PEOPLE) or word == "people"
        ]
        about_people = bool(strong) or (
            about_people and (not _PRONOUNS.isdisjoint(words) or _OTHERS.isdisjoint(words))
        )
    return bool(_SHOWED.search(small(reading.text))) or any(
        _is_speech(reading, start, end) for start, end in reading.quoted[:200]
    )


def _by_staff(text: str, place: int) -> bool:
    """Whether it was staff who told, and nobody else is named before."""
    before = text[:place]
    return bool(_TOLD_BY_STAFF.search(before)) and not any(word in _PEOPLE for word in before.lower().split())


def _is_voice(words: Sequence[str], place: int) -> bool:
    """Whether the verb at a place has children or family as its subject, and is neither passive nor only possible."""
    verb = words[place]
    following = words[place + 1] if place + 1 < len(words) else "."
    if following == "by" or (verb in _NEEDS_WHAT and following in _NOTHING_FOLLOWS):
        return False
    if verb in _NOUNS_TOO and words[place - 1] in _DETERMINERS:
        return False  # our answer
    if verb == "named" and words[place - 1] in ("one", "a", "the", "their", "our", "each"):
        return False  # a named nurse
    if verb in ("know", "knew") and not _HEARD.isdisjoint(words[place : place + 8]):
        return False  # that they have been heard is for them to say
    step = place - 1
    while step >= 0 and (words[step] in _HAVE or words[step].endswith("ly")):
        step -= 1
    if step < 0 or words[step] in _BE or words[step] in ("we", "i"):
        return False
    for back in range(step, max(step - (_FAR if verb in _STRONG else _BACK), -1), -1):
        speaks = _speaks(words, back, step, verb)
        if speaks is not None:
            return speaks
    return _is_somebodys(words, place)


def _speaks(words: Sequence[str], back: int, step: int, verb: str) -> bool | None:
    """Whether the word at `back` is the verb's subject and one of the people; None where one has to look further back.
    `step` is the place before the verb and its helpers."""
    candidate, before = words[back], words[back - 1] if back else ""
    if _is_their_body(candidate, before, is_next=back == step):
        return True
    if candidate in (".", ";", ":"):
        is_initial = candidate == "." and len(before) == 1
        return None if is_initial else False
    if candidate in ("we", "i", "us") and back != step:
        # "families we met said" is theirs, "children, and we asked" is ours
        return before in _PEOPLE and verb not in ("asked", "ask")
    if candidate in _OTHERS:
        return None if _belongs_to_people(words, back) else False
    if candidate in _PEOPLE or candidate.startswith("under-"):
        return _do_people_speak(words, back, step, verb)
    return None


def _is_their_body(candidate: str, before: str, *, is_next: bool) -> bool:
    """A group or panel; a council, parliament or board only of young people."""
    if candidate in ("group", "panel"):
        return is_next or before in ("youth", "children's", "parent", "carers'")
    return candidate in ("council", "parliament", "board") and before in ("youth", "children's")


def _do_people_speak(words: Sequence[str], people: int, step: int, verb: str) -> bool | None:
    word = words[people]
    if people and words[people - 1].rstrip("'’") in _OTHERS:
        return False  # drivers' representatives
    if word == "children" and words[people + 1] in ("act", "act's"):
        return None
    if word in _WEAK_PEOPLE and word != "people" and people != step:
        return None
    if people and words[people - 1] in _CAUSING and verb in ("feel", "know", "like", "choose"):
        return False
    return not _is_object(words, people, step) and not _is_asked_after(words, people, verb)


def _belongs_to_people(words: Sequence[str], place: int) -> bool:
    """Whether staff only describe the people before them: pupils on the school council, children at two schools."""
    for back in range(place - 1, max(place - 5, 0), -1):
        if words[back] in _TYING:
            return words[back - 1] in _PEOPLE or any(
                each in _PEOPLE for each in words[max(back - 4, 0) : back]
            )
    return False


def _is_asked_after(words: Sequence[str], people: int, word: str) -> bool:
    """Whether somebody only wants to know: to find out what young people think."""
    before = words[max(people - 5, 0) : people]
    return word in _PRESENT and bool({"what", "how"} & set(before)) and not _WANTING.isdisjoint(before)


_PRESENT = frozenset("think feel want like know say prefer love hate wish enjoy believe".split())
_WANTING = frozenset("out understand know hear about explore capture learn establish understanding".split())


def _is_somebodys(words: Sequence[str], place: int) -> bool:
    """Whether a strong verb without a named subject is nobody's in the agency: one said, most wanted, and asked for."""
    if words[place] not in _SPOKEN or (
        words[place] == "asked" and words[place + 1 : place + 2] not in _ASKED
    ):
        return False
    before = words[:place]
    if before[-2:-1] in (["the"], ["our"], ["a"], ["an"]) and not before[-1].endswith("est"):
        return False  # the SPO asked for: an officer of some kind
    return not any(word in _OTHERS or word in _NOT_SPEAKING for word in before)


def _is_object(words: Sequence[str], people: int, step: int) -> bool:
    """Whether the people are only spoken of: "feedback from families is collected and the trust decided"."""
    before = words[max(people - 3, 0) : people]
    if step == people:
        return "to" in before[-2:] and "who" not in words[people:step]
    return (
        any(each in ("to", "for", "about") for each in before[-2:]) and "who" not in words[people : step + 1]
    )


def _is_speech(reading: Reading, start: int, end: int) -> bool:
    """Whether quoted words sound like somebody: three words or more, and no title."""
    words = reading.text[start + 1 : end - 1].split()
    if len(words) < 3 or _TITLE_BEFORE.search(reading.text, max(start - 120, 0), start):
        return False
    return sum(word[0].isupper() for word in words[1:]) <= len(words) // 3
