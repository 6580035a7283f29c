"""Owns telling initials left for a person from acronyms, pseudonyms and names of things; knows no messages."""

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from .dictionary import is_available, is_word
from .expansions import expanded
from .reading import Line, Reading

# Two capitals that safeguarding prose uses for things, not for a child.
KNOWN_PAIRS = frozenset(
    "AA AC AD AI AM AP AQ AS BA BC BD BT BV CA CB CC CE CI CJ CP CQ CS CT CV CX DA DC DI DO DP DS DV ED EA EC EH EI EP"
    " ER ET EU EY FC FE FF FI FM FN FT FY GB GP HA HE HI HQ HR HS HV IA IC ID II IP IQ IR IT IV IX JP KC KS LA LP LD"
    " LP MA MD ME MH MI MK ML MP MS NA NB NI NO OK ON OR OT PA PC PD PE PI PM PO PR PS PT PV QA QC QI QR RE RI RP SE"
    " DT PB RS WH SI SO SR ST SV SW TA TB TO TV UC UK UN UP US VI VR WE WP WW XL XX YC YJ YO YP".split()
)
_NOT_INITIALS = frozenset("UK US USA NHS GP AM PM AD BC OK TV EU EG IE NB RIP DOB".split())
# Degrees, offices and subjects, and initials as well: only where a person would stand.
_SELDOM_INITIALS = frozenset("BA HR ID IT JP KC MA MP PE PS QC RE".split())
_TITLES = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Revd|Fr|Sgt|PC|WPC|PCSO|DC|DS|DI|Insp|Cllr|Nurse|Sister|Matron|Auntie|Aunty|Aunt|Uncle"
    "|Nanny|Nana|Gran|Grandad|Lady|Sir|Corporal|Private|Coach|Officer|Constable|Judge|Pastor|Imam|Father"
)
_TITLED = re.compile(
    rf"(?<![\w-])(?:(?:{_TITLES})\.? and )?(?:{_TITLES})\.? "
    r"(?![XYZ]\b(?!\.[A-Z]))[A-Z](?:\.?[A-Z]\b|\.?[-'’][A-Z]\b|\. ?[A-Z]\b)?(?![\w'’-](?!s\b))(?:\.(?= ?[a-z,;:)—–])|\.(?=\s|\Z))?"
)
_I_OR_A = re.compile(r"(?:Sister|Father|Coach|Officer|Private|Lady|Sir|Nurse) [AI]")
_DOTTED = re.compile(r"(?<![\w.@&-])(?:[A-Z]\.[ -]?){1,3}[A-Z](?:-[A-Z])?(?:\.|(?=['’]s)|(?![\w.&-]))")
_PAIR = re.compile(r"(?<![\w.@&/-])[A-Z]{2}(?![\w@&/.-](?!\s|\Z|s\b))(?![\w&@/])")
_JOINED = re.compile(r"(?<![\w.@&/-])[A-Z]{1,2}-[A-Z](?![\w@&/-])")  # of somebody with a double name
_LONE_DOTTED = re.compile(r"(?<![\w.@&'’/-])[A-Z]\.(?=[ ,;:)]|['’]s|\Z)(?!\))")
_LONE = re.compile(
    r"(?<![\w.@&'’/£+-])(?:[B-HJ-Z](?![\w.@&/+)-])|A(?= (?:told|said|asked|wanted|felt) |['’]s (?:mum|mother|dad|father|gran|nan|aunt|social)\b))"
)
# Her brother T
_TRIPLE = re.compile(
    r"(?<![\w.@&/-])[A-Z]{3}(?=['’]s (?:own )?(?:bedroom|brother|dad|drawing|father|foster|gran|mother|mum|nan|picture|poem|sister|teddy)\b)"
)
_KIN = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Ww]hose) (?:(?:little|big|older|younger|elder|baby|twin|half|foster|birth)[ -])*"
    r"(?:brother|sister|mum|mother|dad|father|gran|nan|aunt|uncle|cousin|friend|son|daughter|partner|sibling|twin|niece|nephew) ([A-Z])(?![\w@&/+-])"
)
_NAMED = re.compile(
    r"(?<![\w.@-])([A-Z][a-zà-ÿ]{1,15}(?:-[A-Z][a-z]{1,12})?) ((?:Mc|Mac|[DO]['’])?[A-Z])(?![\w@&/+-])(\.(?!\w))?"
)
_CATEGORY = re.compile(
    r"(?<![\w-])(child|[Cc]adet|pupil|girl|boy|baby|patient|client|student|teenager|toddler|infant|young person|young man|young woman|mother|mum|father"
    r"|dad|parent|sibling|brother|sister|son|daughter|resident|service user|carer|grandmother|grandfather|tenant) ([A-Z])\.(?!\w)"
)
# In brackets even with a capital: the stop ends no sentence there.
_CATEGORY_WITHIN = re.compile(
    r"(?<![\w-])(Baby|Child|Pupil|Girl|Boy|Mother|Father|Patient|Student|Parent) ([A-Z])\.(?=\))"
)
# What a letter after it tells apart from its like: none of these is a person's first name.
_THINGS = frozenset(
    "child children pupil pupils person people parent parents sibling siblings baby patient client student family"
    " mother father mum dad boy girl carer adult resident participant witness case service user practitioner worker"
    " teenager youth man woman brother sister grandparent ward wing block flat bed unit team option appendix section"
    " part schedule annex annexe table figure question type band category tier phase area zone room set route site"
    " school house hall group class form year grade level plan vitamin hepatitis influenza strep building gate platform"
    " terminal stage step version model study cohort locality sector division company squad platoon lane junction"
    " court day week term channel generation gen serum list column row line entry exhibit document form file note"
    " point item paragraph hep strep pathway stream strand lot project scheme key formula factor grade size drug schedule big"
    " malcolm racial agency hospital trust home bay pod cabin hut tent deck corridor theatre clinic surgery practice"
    " centre nursery academy college setting provider and or the a an in at on of for to with from by as but if so"
    " then when while after before since he she they we it this that these those our your his her their my not no yes"
    " block district region borough county town village street road house unit division league pool heat round"
    " squadron troop pack patrol watch shift crew station control tower sure all each every both some many most"
    " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december mr mrs ms miss dr hello dear said signed love was were is are has had"
    " who what where why how which there here now today also however therefore between during under over act article"
    " regulation rule clause code drawer box badge card door entrance exit floor stairs sub mental health drama team"
    " stand aisle suite studio arena hangar marquee stairwell landing spur cell quay pier compound paddock field barn shed"
    " garage bus train tram stop turnstile booth kiosk counter desk seat cabinet shelf bin folder slide frame panel screen"
    " camera track tune verse scene episode chapter volume page virus variant protein gene star planet apartment penthouse"
    " cadet cadets re dormitory dorm carriage coach berth pitch locker committee committees chart vitamins one two three four five six seven eight nine ten test trial exam paper series product brand driver".split()
)
_VERBS = (
    "said|says|told|tells|was|is|has|had|felt|feels|asked|asks|wrote|writes|drew|came|comes|went|goes|lives|lived|likes"
    "|liked|wanted|wants|could|can|would|will|did|does|attended|moved|engaged|made|made|gave|got|took|read|helped|rang"
    "|chose|reported|disclosed|described|explained|showed|shared|thought|found|started|stopped|joined|left|received"
    "|needed|needs|responded|became|began|knew|knows|loves|loved|worked|spoke|speaks|talked|struggled|returned|remained"
    "|stayed|visited|completed|presented|experienced|kept|met|decided|agreed|refused|used|played|sat|ran|cried|laughed"
    "|waited|smiled|hugged|slept|ate|sang|danced|walked|climbed|coloured|painted|whispered|nodded|pointed|signed|picked|voted|phoned|texted"
    "|called|wished|hoped|feared|worried|missed|hated|enjoyed|preferred|settled|thrived|grew|turned|fled|arrived|tried|learnt|learned|managed"
    "|won|lost|broke|threw|hurt|died|absconded|withdrew|calmed|trusted|replied|answered|complained|apologised|thanked|bought|brought|wants|thinks"
    "|enjoys|hates|misses|struggles|sleeps|sees|gets|tries|let|put|held|stood|turns|(?:is|was|has|had|would|could|did|does|should|wo|ca)n['’]?t"
    "|who|whose|aged|now|then|only|just|also|later|never|always|still|himself|herself|initially|really|soon|often|and (?:his|her)"
)
_PERSON_AFTER = re.compile(
    rf"['’]s? |['’]s\b| (?:{_VERBS})\b|,? \(?(?:aged? |who\b|whose\b|an? [a-z]|then \d|[0-9]{{1,2}}\b|year \d|in year)|, (?:an? |the |our |one |from )|\. |\.\Z|[,;:)?!]|\Z| and | or | to | in | at | with | for | from | as | on | because | when | after | before | by | through | but | that | so | back ",
    re.I,
)
# Some verb, or a bracket, after a name that is no word besides: Kian P cooks.
_MAY_DO = re.compile(
    r" (?:[a-z]+(?:s|ed)\b|(?:stuck|stood|shook|sang|swam|blew|burst|bent|dug|drank|drove|fell|flew|forgot|hid|lay|led|lent|meant|rode|rose|sent|shut|spent|stole|taught|tore|woke|wore)\b|\()"
)
_STRICT_AFTER = re.compile(
    rf"['’]s\b| (?:{_VERBS})\b|, (?:{_VERBS})\b|, (?:an? [a-z]|who\b|whose\b|aged |[0-9]{{1,2}}\b|in year|year \d)|,? \([0-9]| \(aged",
    re.I,
)
_DETERMINER = re.compile(
    r"\b(?:the|an?|our|their|its|this|that|these|each|every|any|local|new|of the|named|senior|deputy|lead|former)\s\Z",
    re.I,
)
_BEFORE_PERSON = re.compile(
    r"(?:\b(?:ring|rang|told|met|helped|asked|called|with|supported|saw|from|for|boy|girl|child|pupil|mother|mum|father|dad|son|daughter),? |[(“\"—–] ?)\Z"
)
_PREPOSITION = re.compile(
    r"(?:\b(?:with|for|by|told|asked|and|between|from|of|to|about|helped|supported|supporting|met|named|called|like|when|where|that|as|thanks|while|because|but|so|resident|if|before|after|visited|on|see|saw|gave|is)|[(\[:;,.!?“\"‘—–\n-])\s?\Z|\A\Z",
    re.I,
)
_LAST_WORD = re.compile(r"([A-Za-z]+) \Z")
_JOINING = frozenset(
    "the a an in at on of for to with from by as and or but if so then when while after before since that said was were is are"
    " has had who our your his her their my not no yes he she they we it this these those signed love here now today also there"
    " what where why how which between during under over all each every both some many most sure hello".split()
)
_LISTED = re.compile(r"\b[A-Za-z]+ [A-Z](?:, [A-Z])*,? (?:and|or|to|&) \Z")
_STARTERS = frozenset(
    "she he they her his their we our it its the this these those a an in on at as after before when while since from"
    " for with by to and but so if i my you your there that one two staff children parents families young mum dad mother"
    " father nobody everyone each every all some many most now year".split()
)
_NO_SURNAMES = _STARTERS | _THINGS
_MOST = 1000  # nobody reads more of them, and none can be approved
# It begins with a capital, so that the engine goes from one to the next.
_HINT = re.compile(
    r"[A-Z](?:(?<![\w-].)(?:(?<![AI])(?![\w-])|(?<=A)(?:[.'’,]| told| said| asked| wanted| felt)|[A-Z](?!\w)|[.-][A-Z])|(?<=[a-z] A)(?! )|(?<=Mc.)(?!\w))"
)
_NEXT_WORD = re.compile(r" ([A-Z][\w'’-]{0,20})")


@lru_cache(maxsize=2)
def initials(reading: Reading, acronyms: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Where initials stand for a person, in order, none inside another; every occurrence."""
    if not _HINT.search(reading.text):
        return ()
    found: list[tuple[int, int]] = []
    covered = bytearray(len(reading.text))
    judged: dict[str, bool] = {}
    lines = [line for line in reading.lines if _HINT.search(reading.text, line.start, line.end)]
    for line in lines:
        _judge_pairs(reading, acronyms, line, judged)
    people = {pair for pair, is_person in judged.items() if is_person and not expanded(reading, pair)}
    for line in lines:
        for start, end in _candidates(reading, acronyms, line, people):
            if not any(covered[start:end]):
                covered[start:end] = b"\x01" * (end - start)
                found.append((start, end))
                if len(found) >= _MOST:
                    return tuple(sorted(found))
    return tuple(sorted(found))


def _candidates(
    reading: Reading, acronyms: frozenset[str], line: Line, people: Set[str]
) -> Iterator[tuple[int, int]]:
    """The surer kinds first: of two that overlap, the first is kept."""
    text = reading.text
    yield from _titled(text, line)
    yield from _dotted(text, line, acronyms)
    yield from _joined(text, line)
    yield from (match.span(1) for match in _KIN.finditer(text, line.start, line.end))
    yield from (match.span() for match in _TRIPLE.finditer(text, line.start, line.end))
    yield from _lone_dotted(text, line)
    yield from _of_category(text, line)
    yield from _named(text, line)
    yield from _pairs(text, line, people)
    yield from _lone(text, line)


def _titled(text: str, line: Line) -> Iterator[tuple[int, int]]:
    for match in _TITLED.finditer(text, line.start, line.end):
        start, end = match.span()
        if not _surname_follows(text, end) and not _I_OR_A.fullmatch(match[0]):
            yield start, end - (match[0].endswith(".") and _ends_sentence(text, end))


def _dotted(text: str, line: Line, acronyms: frozenset[str]) -> Iterator[tuple[int, int]]:
    for match in _DOTTED.finditer(text, line.start, line.end):
        letters = match[0].replace(".", "").replace(" ", "")
        if letters in _NOT_INITIALS or letters in acronyms or _surname_follows(text, match.end()):
            continue
        if letters in _SELDOM_INITIALS and not _is_where_a_person_is(text, *match.span()):
            continue
        if not match[0].startswith("I. "):
            yield match.span()


def _joined(text: str, line: Line) -> Iterator[tuple[int, int]]:
    for match in _JOINED.finditer(text, line.start, line.end):
        is_person = _PERSON_AFTER if len(match[0]) == 4 else _STRICT_AFTER
        if is_person.match(text[match.end() : match.end() + 24]):
            yield match.span()


def _of_category(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """Child K. with the stop, unless the answer has Child K as well: then it is a pseudonym at the end of a sentence."""
    for kind in (_CATEGORY, _CATEGORY_WITHIN):
        for match in kind.finditer(text, line.start, line.end):
            if not re.search(rf"(?i:{re.escape(match[1])}) {match[2]}(?![\w.])", text):
                yield match.span()


def _pairs(text: str, line: Line, people: Set[str]) -> Iterator[tuple[int, int]]:
    for match in _PAIR.finditer(text, line.start, line.end):
        is_somebody = match[0] in people and not _beside_figures(text, match)
        if is_somebody and not _DETERMINER.search(text, max(match.start() - 30, 0), match.start()):
            yield match.span()


def _is_where_a_person_is(text: str, start: int, end: int) -> bool:
    before = text[max(start - 30, 0) : start]
    return not _DETERMINER.search(before) and bool(
        _STRICT_AFTER.match(text[end : end + 24]) or _BEFORE_PERSON.search(before)
    )


def _lone_dotted(text: str, line: Line) -> Iterator[tuple[int, int]]:
    for match in _LONE_DOTTED.finditer(text, line.start, line.end):
        start, end = match.span()
        before = text[max(start - 30, 0) : start]
        if re.search(r"[A-Z][a-z]+, \Z", before) and re.match(r" (?:and|&|\()|,", text[end : end + 4]):
            continue  # Sidebotham, P. and others
        if _surname_follows(text, end) or _is_labelled(before) or _LISTED.search(before):
            category = re.search(
                r"(?<![\w-])([Cc]hild|[Pp]upil|[Bb]aby|[Bb]oy|[Gg]irl|[Pp]atient|[Yy]oung [Pp]erson|[Mm]other|[Ff]ather|[Pp]arent) \Z",
                before,
            )
            if re.match(r" and (?:her|his|their) ", text[end : end + 12]):
                yield start, end
            elif (
                category and re.match(r" [a-z]|[,)]", text[end : end + 2]) and not _surname_follows(text, end)
            ):
                yield start - len(category[0]), end
            continue
        if re.search(r"(?:\A|\n|[.;:] )\Z", before) and re.match(r" [A-Z]", text[end : end + 2]):
            continue
        if _PREPOSITION.search(before) or re.search(r"\b[a-z]+ \Z", before):
            word = re.search(r"([A-Z][a-zà-ÿ]+) \Z", before)
            if not word:
                yield start, end


def _named(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """A first name with an initial: Isla T. At the start of a sentence only before what a person does."""
    for match in _NAMED.finditer(text, line.start, line.end):
        if _is_thing(match) or _follows_thing(text, line, match.start()):
            continue
        if match[3] and not _surname_follows(text, match.end()):
            yield match.start(), match.end() - _ends_sentence(text, match.end())
        elif not match[3] and _does_what_people_do(text, line, match):
            yield match.span()


def _is_thing(match: re.Match[str]) -> bool:
    """Ward K, Plan X; I is no initial."""
    first, letter, stop = match[1].lower(), match[2], match[3]
    return (
        first in _THINGS
        or first.removesuffix("s") in _THINGS
        or letter == "I"
        or (letter == "X" and not stop)
    )


def _follows_thing(text: str, line: Line, start: int) -> bool:
    """Whether the word before, with a capital too, makes a name of a thing with it."""
    previous = re.search(r"([A-Z][a-z]+) \Z", text[max(start - 20, 0) : start])
    if not previous or start == line.start:
        return False
    return previous[1].lower() in _THINGS and previous[1].lower() not in _STARTERS


def _does_what_people_do(text: str, line: Line, match: re.Match[str]) -> bool:
    """What shows that a letter without a stop belongs to somebody."""
    after = text[match.end() : min(match.end() + 24, line.end)]
    if re.match(r" [A-Z][a-z]", text[match.end() : match.end() + 3]):
        return False
    if match[2] == "A" and not _STRICT_AFTER.match(after) and not re.match(r"[,.;:)]", after):
        return False
    if _PERSON_AFTER.match(after):
        return True
    return bool(_MAY_DO.match(after)) and is_available() and not is_word(match[1].lower())


def _judge_pairs(reading: Reading, acronyms: frozenset[str], line: Line, judged: dict[str, bool]) -> None:
    """Note of two capitals whether they stand for a person anywhere in the answer; the surest place decides."""
    text = reading.text
    for match in _PAIR.finditer(text, line.start, line.end):
        pair = match[0]
        if pair in acronyms or judged.get(pair) or _beside_figures(text, match):
            continue
        before, after = text[max(match.start() - 30, 0) : match.start()], text[match.end() : match.end() + 30]
        if pair in KNOWN_PAIRS:
            judged[pair] = bool(_SURELY_AFTER.match(after) and not _DETERMINER.search(before))
            continue
        name = re.search(r"\b([A-Z][a-z]+) \Z", before)
        if (
            _DETERMINER.search(before)
            or _is_labelled(before)
            or (name and name[1].lower() not in _BEFORE_PAIRS)
        ):
            judged.setdefault(pair, False)
        elif _PERSON_AFTER.match(after):
            judged[pair] = True


def _beside_figures(text: str, match: re.Match[str]) -> bool:
    """Whether a pair is a piece of a code, a postcode or a row of capitals."""
    before, after = text[max(match.start() - 3, 0) : match.start()], text[match.end() : match.end() + 4]
    return bool(re.search(r"[0-9] ?\Z|[A-Z]{2} \Z", before) or re.match(r" ?[0-9]| [A-Z]{2}\b", after))


_BEFORE_PAIRS = frozenset(
    "with for and but when as told by then later while after before since also child like how".split()
)
_SOMEBODY = (
    "boy|girl|child|lad|lass|teenager|teen|toddler|baby|pupil|student|son|daughter|sibling|brother|sister|mum|mother|dad|father"
    "|young (?:man|woman|person|carer|adult|mum|mother|dad|father)|care leaver|year-old|looked after"
)
_SURELY_AFTER = re.compile(
    rf", who(?:m|se)?\b|(?:,| is| was) (?:an? |the )?(?:(?!with |for |by |of |in |on |at |to |from )[a-z-]+ ){{0,3}}(?:{_SOMEBODY})\b|"
    r",? \(?(?:aged [0-9a-z]+|1[0-9]|[4-9]),? ?(?:[a-z]|\))|['’]s (?:mother|father|mum|dad|parents|foster|school|carer|social worker)\b|, [Yy]ear [0-9]| and [A-Z][a-z]+ [A-Z]\.?(?=[ ,'’])"
)


def _lone(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """One letter without a stop that does what a person does: K, a young man of 16; T said."""
    for match in _LONE.finditer(text, line.start, line.end):
        start, end = match.span()
        before, after = text[max(start - 40, 0) : start], text[end : end + 24]
        if _is_labelled(before) or _LISTED.search(before):
            continue
        if not _PREPOSITION.search(before) and not _OWNS_OR_SAYS.match(after):
            continue
        if re.search(r"[A-Z]\.? ?[,&] ?\Z|[A-Z] (?:and|or|to) \Z", before) and re.search(
            rf"{_PLURALS} [A-Z]\b", before
        ):
            continue
        if _STRICT_AFTER.match(after) or (
            re.search(r"\b(?:with|told|supported|supporting|helped|met) \Z", before)
            and re.match(r"[,;]| (?:and|to|in|at|on|for|about|through|that|by)\b", after)
        ):
            yield start, end


_OWNS_OR_SAYS = re.compile(r"['’]s [a-z]| (?:said|told|asked|wanted|felt)\b")
_PLURALS = r"(?:children|pupils|persons|people|parents|wards|wings|groups|classes|years|levels|vitamins|blocks|options|parts|schools|families|siblings|child|ward|group|class)"


def _is_labelled(before: str) -> bool:
    """Whether the word before a letter makes it the name of a thing: ward K, group B."""
    word = _LAST_WORD.search(before)
    return word is not None and word[1].lower() in _THINGS and word[1].lower() not in _JOINING


def _surname_follows(text: str, end: int) -> bool:
    """J. D. Salinger, J. Smith: an author or somebody named in full."""
    following = _NEXT_WORD.match(text, end)
    return following is not None and following[1].lower() not in _NO_SURNAMES


def _ends_sentence(text: str, end: int) -> bool:
    return end >= len(text) or bool(re.match(r"\s+[A-Z“\"‘(]|\s*\Z|\n", text[end : end + 3]))
