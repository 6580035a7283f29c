"""Owns which words of a sentence are about crime, health, sex, care, abuse or who somebody is; knows no rule."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

_NUMBER = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|[0-9]{1,2}"

_NUMBERED = frozenset(_NUMBER.split("|")) | frozenset(
    "born birth several second third fourth fifth sixth seventh eighth ninth tenth twins".split()
)
CRIME = "an offence or the law"
HEALTH = "health, drugs or alcohol"
SEX = "sex, pregnancy or a relationship"
CARE = "being in care"
ABUSE = "abuse"
IDENTITY = "exact age, time, place, origin or school"

_WORDS = Path(__file__).parent / "words" / "sensitive.txt"
_CLASS_OF = {"crime": CRIME, "health": HEALTH, "sex": SEX, "care": CARE, "abuse": ABUSE}
_STANDS_FOR = {"HIS": "(?:his|her|their)", "HIM": "(?:him|her|them)", "NUMBER": f"(?:{_NUMBER})"}


def _read_classes() -> Mapping[str, re.Pattern[str]]:
    """The terms of each class as one expression, held against text in small letters."""
    terms: dict[str, list[str]] = {name: [] for name in _CLASS_OF.values()}
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = terms[_CLASS_OF[line.strip("[]")]]
        elif line.strip() and not line.startswith("#"):
            for name, words in _STANDS_FOR.items():
                line = line.replace(name, words)
            current.extend(term.strip(" ") for term in line.split("| "))
    return {name: _one_of(each) for name, each in terms.items()}


def _one_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Any of the terms; sorted by their first letter, so that few of hundreds are tried at a place."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        for each in _spread(term):
            by_letter[each[0]].append(each)
    groups = ("|".join(each) for each in by_letter.values())
    return re.compile(rf"\b(?:{'|'.join(f'(?:{group})' for group in groups)})(?!\w)")


def _spread(term: str) -> Iterator[str]:
    """A term that begins with a choice as one term for each, so that each has a first letter."""
    choice = re.fullmatch(r"\(\?:([\w '’|\[\]-]+)\)(\??)(.*)", term)
    if not choice:
        yield term
        return
    for begin in (*choice[1].split("|"), *([""] if choice[2] else [])):
        yield from _spread(begin + choice[3])


_CLASSES = _read_classes()

_AGE = re.compile(
    rf"\b(?:he|she|they)['’](?:s|re) (?:only |just |now |nearly )?(?:{_NUMBER})(?=,| and|\.|;|\Z)|\(?(?:aged )?(?:{_NUMBER}), [a-z-]+,|\b[0-9]{{1,2}} ?(?:yo|y/o|yrs?)\b|\b(?:{_NUMBER})[- ](?:years|months|weeks|days)[- ]old\b|\b(?:at|aged) (?:just |only )?(?:{_NUMBER}) (?:he|she|they)\b|\b[a-z]*\.? \((?:aged )?(?:{_NUMBER})[,)]"
    rf"|\b(?:thir|four|fif|six|seven|eigh|nine)teenth birthday|\b(?:fif|six|seven|eigh|nin|ten|eleven|twelf)th birthday|\b(?:in|a) year (?:[1-9]|1[0-3]|six|seven|eight|nine|ten|eleven)\b|, (?:{_NUMBER}) (?:he|she) was\b|"
    rf"\b(?:aged|age) (?:{_NUMBER})\b(?! (?:to|and|or|-|–) (?:{_NUMBER}))|\b(?:{_NUMBER})[- ](?:year|month|week)s?[- ]old\b|\b(?:girl|boy|child|son|daughter|man|woman|person|leaver|father|mother|baby|pupil|student|teenager|sister|brother|mum|dad|lad|learner|apprentice|resident|patient|tenant|cousin|niece|nephew) (?:of |aged |\(aged )?(?:{_NUMBER})(?= |,|\)|\.|;)(?! (?:weeks|months|days|children|boys|girls|years? ago|times|minutes|hours|sessions|visits|others|of)\b)"
    rf"|\b(?:who (?:is|was|were)|(?:he|she) (?:is|was|turned|had turned|had just turned|was only|was just)|turning|turned|when (?:he|she) was|[a-z]\w+ (?:was|is)|[a-z]\.? (?:was|is)|only|just) (?:just |only |then |nearly |almost |barely )?(?:{_NUMBER})(?=,| when| and|\.| at | years old|;| who| but| with)|\A(?:[a-z]\w+ )?(?:{_NUMBER}), (?:who|and|she|he)\b|\bof them, (?:{_NUMBER})\b|\bone of (?:our|the|my)(?: [a-z]+){{1,3}}, (?:{_NUMBER}) and\b|, (?:{_NUMBER}), |, (?:{_NUMBER}) and [a-z]|\b(?:at|since|until|from) (?:the age of )?(?:eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|ten|nine|eight|seven|six|five|1[0-9]|[5-9])(?= by|,| when|\.| and [a-z]+| to her| to his)|\b[a-z][a-z]*\.? \((?:aged )?(?:[4-9]|1[0-9])\)|\bborn (?:on|in) (?:[0-9]|january|february|march|april|may|june|july|august|september|october|november|december|20)|\bdate of birth\b|\byear (?:[1-9]|1[0-3]) (?:girl|boy|pupil|student)\b|\bturning 1[0-9]\b",
)  # fmt: skip
_TIME = re.compile(
    rf"\b(?:did|serv(?:ed|ing)|spent|the drink|sober|clean) (?:{_NUMBER}) (?:days|nights|weeks|months|years)\b|\b(?:{_NUMBER}) (?:days|weeks|months|years) (?:sober|clean|inside)\b|\bborn at (?:{_NUMBER}) weeks\b|\b(?:mum|dad) of (?:{_NUMBER}|twins)\b"
    rf"|\b(?:for|after|over|within) (?:(?:nearly|over|about|almost|more than|at least|some|the (?:last|past)) )?(?:{_NUMBER}) (?:days|nights|weeks|months|years)\b(?! (?:later|of age))|\bof (?:{_NUMBER}) years\b|\b(?:{_NUMBER}) times\b|\bfor (?:{_NUMBER}|several) hours\b|\b(?:{_NUMBER}) (?:days|weeks|months) (?:pregnant|later|in)\b|\b(?:{_NUMBER})(?:th|nd|rd|st|fth|ourth|ixth|eventh) (?:placement|school|foster|time|home)\b|\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:placement|school|home)\b|\bfather of (?:{_NUMBER})\b|\bmother of (?:{_NUMBER}|twins)\b",
)  # fmt: skip
_ORIGIN = re.compile(
    r"\b(?:Black(?= (?:young|girl|boy|man|woman|British|Caribbean|African|child|mother|father|teenager|pupil))|(?:of )?(?:dual|mixed)(?:[- ]race)? heritage|mixed[- ]race|[A-Z]\w+ heritage|Asian|African|Caribbean|Somali|Polish|Romanian|Bulgarian|Lithuanian|Latvian|Bangladeshi|Pakistani|Indian|Chinese|Vietnamese|Albanian|Afghan|Syrian|Iraqi|Iranian|Kurdish|Eritrean|Ethiopian|Sudanese|Nigerian|Ghanaian|Congolese|Ukrainian|Russian|Turkish|Roma|Romany|Gypsy|Irish|Traveller|Jewish|Muslim|Sikh|Hindu|Tamil|Filipino|Portuguese|Brazilian|Jamaican|Hungarian|Slovak|Czech|Kosovan|Zimbabwean|Gambian|Moroccan|Algerian|Yemeni|Sri Lankan|Nepalese|Thai|Jehovah['’]s Witness|refugee from|from (?:Syria|Eritrea|Sudan|Afghanistan|Albania|Vietnam|Iran|Iraq|Somalia|Ukraine|Romania|Poland|Ethiopia|Nigeria|Pakistan|Bangladesh|India|Kosovo|Turkey|Kuwait|Yemen|Libya|Egypt|Ghana|Jamaica))\b"
)  # fmt: skip
_SCHOOL = re.compile(
    r"\b(?:her|his|their|a|the) (?:\w+ )?(?:school|college|academy|nursery), [A-Z]|\b(?!The\b|Our\b|Each\b|High\b|Primary\b|Secondary\b|Special\b)[A-Z][a-z]+(?: [A-Z][a-z]+)? (?:School|Academy|College|High|Primary|Grammar|Nursery)\b|\b(?:excluded|expelled|suspended) from (?:(?:his|her|their|a|the|two|three|four) )?(?:\w+ ){0,2}(?:school|schools|college|academy)"
)
_PLACE = re.compile(
    r"\b(?:in|from|at|near|outside|on|to|of|around) (?:the |a )?(?:[a-z]+ (?:town|village|estate|city|flat|site) (?:of|in|at) )?(?P<name>(?!I\b)[A-Z][a-zé]+(?:[- ](?:on|upon|under|le|the|St|[A-Z][a-z]+))*)"
)
_ESTATE = re.compile(
    r"\bthe [A-Z][a-z]+(?: [A-Z][a-z]+)? (?:estate|site|flats|hostel|ward|park|tower|unit)\b"
)
_NO_PLACE = re.compile(
    r"\A(?:Jan\w+ary|Feb\w+y|Sept\w+r|Octo\w+r|Nove\w+r|Dece\w+r|Advent|Lent|Purim|Passover|Diwali|Vaisakhi|Hanukkah|Mass|Brownies|Cubs|Beavers|Discord|YouTube|Word|Braille|Google|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Spring|Summer|Autumn|Winter|Year|Christmas|Easter|Ramadan|Eid|Level|Key|Stage|Section|Appendix|Child|Children|Young|Youth|Parent|Mother|Father|Pupil|Patient|Social|Early|Mental|Trust|Council|Board|Force|Service|Services"
    r"|Police|Team|Hospital|Community|Family|Families|Facebook|Snapchat|Instagram|Whats|Tik|You|Makaton|English|Urdu|Arabic|Operation|Act|Act's|Ofsted|Parliament|Government|Barnardo|Childline|Victim|Local|Named|Designated|Safeguarding|Crown|Court|Head|Scouts|Guides|Zoom|Teams|God|Childcare|The|Our|Mr|Mrs|Ms|Miss|Dr|Department|Integrated|National|Royal|Citizens|Railway|British|Xbox|Roblox|Fortnite|Minecraft|Football|School|Group|Case|Person|One|All|Every|Each|Working|Together|Keeping|People|Care|Corporate|Adult|Public|Health|Drug|Women|Refuge|Samaritans|Cafcass|Strategy|Plan|Link|Path|Student|Signs|Talking|Voice|Youth|Home Office|Her|His|Their|She|He|They|We|It|Window|Lego|Service's|Council's)\b"
)


# The drug talk, a self-harm leaflet: what is taught or written about, not what somebody went through.
_TOPIC = re.compile(
    r"\b(?:mental health|self[- ]harm|drugs?|alcohol|(?:domestic|sexual) (?:abuse|violence)|knife crime|neglect|(?:sexual |criminal )?exploitation|substance misuse|county lines)"
    r" (?:awareness|leaflets?|talks?|training|polic(?:y|ies)|strategy|lead|board|week|day|course|sessions?|lessons?|assembl(?:y|ies)|workshops?|posters?)\b"
)


def classes_in(text: str) -> frozenset[str]:
    """The sensitive classes that a sentence touches, by the names people read."""
    low = _TOPIC.sub(" ", text.lower())
    found = {name for name, pattern in _CLASSES.items() if pattern.search(low)}
    if _identifies(text, text.lower()):
        found.add(IDENTITY)
    if len(found) == 2 and IDENTITY not in found and not _apart(low, *found):
        found.pop()  # one word must not count twice for what is one fact
    return frozenset(found)


def _apart(text: str, one: str, other: str) -> bool:
    """Whether two classes are touched by different words."""
    ones = [match.span() for match in _CLASSES[one].finditer(text)]
    others = [match.span() for match in _CLASSES[other].finditer(text)]
    return any(end <= start or last <= first for first, end in ones for start, last in others)


def _identifies(text: str, low: str) -> bool:
    numbered = any(map(str.isdigit, text)) or not _NUMBERED.isdisjoint(re.findall(r"[a-z]+", low))
    if (
        (numbered and (_AGE.search(low) or _TIME.search(low)))
        or _ORIGIN.search(text)
        or _SCHOOL.search(text)
        or _ESTATE.search(text)
    ):
        return True
    return any(not _NO_PLACE.match(match["name"]) for match in _PLACE.finditer(text))
