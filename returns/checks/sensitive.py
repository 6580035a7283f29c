"""Owns which words of a sentence are about crime, health, sex, care, abuse or who somebody is; knows no rule."""

import re
from collections.abc import Mapping
from functools import lru_cache

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

# Those with only small letters are held against the text in small letters: four times as quick as to ignore capitals.
_CLASSES: Mapping[str, re.Pattern[str]] = {
    CRIME: re.compile(
        r"\b(?:arrest(?:ed)?|charged with|convict(?:ed|ion)|sentenced|on (?:bail|remand|licence|probation|tag)|curfew|(?:youth )?justice order|referral order|rehabilitation order|youth caution|cautioned|court order|on an? order|offen[cd](?:e|es|ed|ing|er)|theft|thieving|stole|stealing|stolen|shoplift\w+"
        r"|robb(?:ed|ery|ing)|burgl\w+|arson|setting fire|set (?:a )?fires? to|set a fire|set fires|stabb(?:ed|ing)|carr(?:ied|ying|ies) (?:a |an )?(?:knife|knives|blade|weapon|machete|gun|drugs|crack|heroin|cocaine|cannabis|wraps)|with a (?:knife|machete|weapon|blade|gun)|knife|machete|firearm|dealing|dealer|possession (?:of|with)|intent to supply|county lines"
        r"|gangs?|in (?:prison|custody|youth custody|jail)|imprison\w*|prison sentence|murder(?:ed)?|manslaughter|blackmail\w*|trafficked|trafficking|fraud|joyriding|criminal(?:ly)? (?:exploit\w+|damage|record|activity|offence)|running drugs|sell(?:ing)? drugs|sold drugs|drug debt|pay off a debt|tend(?:ing)? cannabis|cannabis (?:farm|factory)|taking someone's (?:bike|car)|assaulting|for assault|for affray|affray|public order|vandalis\w+|criminal|young offender\w*|police station|police cell|in (?:the|a) cell|detained by police|handcuff\w*|shot (?:at|in)|stalk(?:ed|ing)|harassment order|restraining order|injunction)\b",
    ),
    HEALTH: re.compile(
        r"\b(?:overdos\w+|self[- ]harm\w*|harm(?:ed|ing) (?:himself|herself|themselves)|cut(?:ting)? (?:himself|herself|themselves|her arms|his arms)|diabet\w+|insulin|epilep\w+|asthma\w*|schizophreni\w+|bipolar|psychosis|psychotic|depress(?:ed|ion)|anxiety|panic attacks?|ptsd|post-traumatic|anorexi\w+|bulimi\w+|eating disorder"
        r"|autis\w+|adhd|neurodivergent|learning disabilit\w+|tourette\w*|cerebral palsy|down['’]?s syndrome|cystic fibrosis|sickle cell|cancer|leukaemia|tumour|transplant|kidney|dialysis|hiv|hepatitis|brain injury|fractur\w+|broken (?:arm|leg|femur|jaw|rib|ribs|wrist|collarbone|bone|bones|nose)|deaf|blind|wheelchair|disab(?:led|ility)"
        r"|cannabis|heroin|ketamine|cocaine|crack|methadone|opiates?|opioids?|naloxone|mdma|ecstasy|spice|amphetamines?|nitrous oxide|benzodiazepines?|xanax|pregabalin|substance (?:mis)?use|substance misuse|misus(?:e|ed|ing) (?:drugs|alcohol|substances)|drug(?:s| use| misuse|[- ]induced)|using drugs|tramadol|codeine|morphine|diazepam|valium|fentanyl|weed|glue sniffing|(?:took|taken|taking|swallowed) (?:[\w'’-]+ ){0,4}(?:tablets|pills|painkillers|paracetamol|ibuprofen)|drinks (?:a |too much|heavily|every)|vodka|cider|(?:has|had) injected|alcohol\w*|drinking|drunk|addict\w*|dependent on|relaps\w+|detox\w*|rehab"
        r"|suicid\w+|(?:take|took|taking|end|ended|ending) (?:his|her|their) (?:own )?(?:life|lives)|drown (?:herself|himself|themselves)|hang(?:ed|ing)? (?:himself|herself)|sectioned|detained under|psychiatric|inpatient|mental (?:health|illness)|medication|antidepressants?|hospitalised|admitted|intensive care|coma|seizures?|stammer\w*|selective(?:ly)? mut\w+|malnourish\w+|underweight|obes\w+|surgery|chemotherapy|terminal(?:ly)? ill|a stroke|heart condition|meningitis|scabies|postnatal depression|breakdown|sepsis|incontinen\w+|bed[- ]?wetting|tuberculosis)\b",
    ),
    SEX: re.compile(
        r"\b(?:pregnan\w+|abortion|terminat(?:ed|ing|ion of) (?:the|her|a) pregnancy|a termination|termination|miscarr\w+|stillb\w+|contracepti\w+|morning-after pill|emergency contraception|sexual(?:ly)?(?! (?:health (?:clinic|service|team)|orientation|abuse service))|sex\b|had sex|rap(?:ed|e)\b|chlamydia|gonorrhoea|syphilis|sti|std|hiv|gave birth|given birth|expecting (?:a|her|their) (?:baby|child)"
        r"|naked (?:pictures|photographs|images|photos)|nudes|indecent images?|intimate (?:pictures|images|photographs)|sexting|came out as|transgender|gender identity|transitioning|prostitut\w+|fgm|genital)\b",
    ),
    CARE: re.compile(
        r"\b(?:in (?:foster |residential |local authority |kinship |secure |council )?care\b(?! (?:of|proceedings|council|team|plan))|in the care of (?:the )?(?:council|local authority|[A-Z])|into (?:foster |residential )?care|care leaver|leaving care|left care|care[- ]experienced|looked[- ]after|foster(?:ed| care| carers?| placement| home| family| mother| father| parents| mum)|children['’]s home|residential (?:home|unit|placement|care|children)"
        r"|(?:in|through|had|lived in|been in) (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|[0-9]{1,2}) (?:foster )?placements|(?:baby|child|children|son|daughter|kids|two|three|eldest) (?:was |were |had been |been )?(?:removed|taken into care|taken off (?:her|him|them))|to adoption|placements? (?:in|with|broke|broken|breakdown|had|ended|at)|(?:her|his|their|the|\w+th|third|second|first|last|previous) placement|adopt(?:ed|ion)|care order|care proceedings|removed from (?:her|his|their|the) (?:mother|father|parents|family|home|care)|taken into care|child protection plan|child in need plan|child protection (?:register|conference|case)|special guardian\w*|guardianship order|kinship carers?|private fostering|privately fostered|secure (?:unit|home|accommodation)|unaccompanied|CLA|LAC|care status|semi-independent|supported (?:lodgings|accommodation)|ward of court|interim care|section 20|social worker removed|corporate parent)\b"
    ),
    ABUSE: re.compile(
        r"\b(?:abus(?:e|ed|ive|er|ively|ing)|beat(?:en|ing)?\b(?= (?:her|him|them|by|with|his|throughout|up|and|at|in|for|until|when|because)|[,.;])|been beaten|hits? (?:her|him|by|them)|sold to (?:[\w-]+ )?(?:men|him|others|boys|adults)|(?:made|forced) to (?:work|beg|sell|carry|steal|shoplift|marry|sleep|have sex)|held and |shut in|had (?:hit|punched|kicked|slapped|strangled|burned|burnt|bitten|choked)|punch(?:ed|ing)|kicked|slapped|strangl\w+|chok(?:ed|ing) (?:her|him)|burn(?:ed|t) (?:her|him|with)|bruis\w+|assault(?:ed|s|ing)?|sexual assault|flee(?:ing|s)? (?:her|his|their|an?|the)|fled (?:her|his|their|an?|the)|violen(?:t|ce)|neglect(?:ed|ful)?|starv(?:ed|ing)|exploit(?:ed|ation)|groom(?:ed|ing)"
        r"|domestic (?:abuse|violence)|forced (?:her|him|them|to|marriage|into)|forced marriage|touched (?:her|him|them)|touching (?:her|him)|rap(?:ed|e)\b|molest\w+|coming into (?:her|his|their) (?:bed)?room|coercive|controlled by|locked (?:her|him|them|in|up)|been locked|trafficked|tortur\w+|break (?:his|her) (?:mother|father|sister|brother)['’]s|broke (?:his|her) (?:mother|father|arm|leg|jaw|nose)|threatened (?:her|him|to kill|with)|shaken|radicalis\w+|fgm|genital mutilation|honour[- ]based|sending (?:her|him) money for|photographs of (?:her|him) naked|been (?:hurt|harmed|hurting) by|hurt by (?:her|his)|sold (?:her|him|for sex)|held captive|left alone for|abandoned|bullied|bullying)\b",
    ),
}  # fmt: skip

_AGE = re.compile(
    rf"\b(?:aged|age) (?:{_NUMBER})\b(?! (?:to|and|or|-|–) (?:{_NUMBER}))|\b(?:{_NUMBER})[- ](?:year|month|week)s?[- ]old\b|\b(?:girl|boy|child|son|daughter|man|woman|person|leaver|father|mother|baby|pupil|student|teenager|sister|brother|mum|dad|lad|learner|apprentice|resident|patient|tenant|cousin|niece|nephew) (?:of |aged |\(aged )?(?:{_NUMBER})(?= |,|\)|\.|;)(?! (?:weeks|months|days|children|boys|girls|years? ago|times|minutes|hours|sessions|visits|others|of)\b)"
    rf"|\b(?:who (?:is|was|were)|(?:he|she) (?:is|was|turned|had turned|had just turned|was only|was just)|turning|turned|when (?:he|she) was|[a-z]\w+ (?:was|is)|[a-z]\.? (?:was|is)|only|just) (?:just |only |then |nearly |almost |barely )?(?:{_NUMBER})(?=,| when| and|\.| at | years old|;| who| but| with)|\A(?:[a-z]\w+ )?(?:{_NUMBER}), (?:who|and|she|he)\b|\bof them, (?:{_NUMBER})\b|\bone of (?:our|the|my)(?: [a-z]+){{1,3}}, (?:{_NUMBER}) and\b|, (?:{_NUMBER}), |, (?:{_NUMBER}) and [a-z]|\b(?:at|since|until|from) (?:the age of )?(?:eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|ten|nine|eight|seven|six|five|1[0-9]|[5-9])(?= by|,| when|\.| and [a-z]+| to her| to his)|\b[a-z][a-z]*\.? \((?:aged )?(?:[4-9]|1[0-9])\)|\bborn (?:on|in) (?:[0-9]|january|february|march|april|may|june|july|august|september|october|november|december|20)|\bdate of birth\b|\byear (?:[1-9]|1[0-3]) (?:girl|boy|pupil|student)\b|\bturning 1[0-9]\b",
)  # fmt: skip
_TIME = re.compile(
    rf"\b(?:for|after|over|within) (?:(?:nearly|over|about|almost|more than|at least|some|the (?:last|past)) )?(?:{_NUMBER}) (?:days|nights|weeks|months|years)\b(?! (?:later|of age))|\bof (?:{_NUMBER}) years\b|\b(?:{_NUMBER}) times\b|\bfor (?:{_NUMBER}|several) hours\b|\b(?:{_NUMBER}) (?:days|weeks|months) (?:pregnant|later|in)\b|\b(?:{_NUMBER})(?:th|nd|rd|st|fth|ourth|ixth|eventh) (?:placement|school|foster|time|home)\b|\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:placement|school|home)\b|\bfather of (?:{_NUMBER})\b|\bmother of (?:{_NUMBER}|twins)\b",
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
_CAPITAL = re.compile(r" [A-Z]")
_ESTATE = re.compile(
    r"\bthe [A-Z][a-z]+(?: [A-Z][a-z]+)? (?:estate|site|flats|hostel|ward|park|tower|unit)\b"
)
_NO_PLACE = re.compile(
    r"\A(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Spring|Summer|Autumn|Winter|Year|Christmas|Easter|Ramadan|Eid|Level|Key|Stage|Section|Appendix|Child|Children|Young|Youth|Parent|Mother|Father|Pupil|Patient|Social|Early|Mental|Trust|Council|Board|Force|Service|Services"
    r"|Police|Team|Hospital|Community|Family|Families|Facebook|Snapchat|Instagram|Whats|Tik|You|Makaton|English|Urdu|Arabic|Operation|Act|Act's|Ofsted|Parliament|Government|Barnardo|Childline|Victim|Local|Named|Designated|Safeguarding|Crown|Court|Head|Scouts|Guides|Zoom|Teams|God|Childcare|The|Our|Mr|Mrs|Ms|Miss|Dr|Department|Integrated|National|Royal|Citizens|Railway|British|Xbox|Roblox|Fortnite|Minecraft|Football|School|Group|Case|Person|One|All|Every|Each|Working|Together|Keeping|People|Care|Corporate|Adult|Public|Health|Drug|Women|Refuge|Samaritans|Cafcass|Strategy|Plan|Link|Path|Student|Signs|Talking|Voice|Youth|Home Office|Her|His|Their|She|He|They|We|It|Window|Lego|Service's|Council's)\b"
)


@lru_cache(maxsize=500)  # an answer is looked through for points and for case studies, and at each save
def classes_in(text: str) -> frozenset[str]:
    """The sensitive classes that a sentence touches, by the names people read."""
    low = text.lower()
    found = {name for name, pattern in _CLASSES.items() if pattern.search(text if name == CARE else low)}
    if _identifies(text, low):
        found.add(IDENTITY)
    # One word must not count twice for what is one fact.
    if {SEX, ABUSE} <= found and not _apart(low, SEX, ABUSE) and len(found) == 2:
        found.discard(SEX)
    if {CRIME, ABUSE} <= found and not _apart(low, CRIME, ABUSE) and len(found) == 2:
        found.discard(CRIME)
    if {CRIME, HEALTH} <= found and not _apart(low, CRIME, HEALTH) and len(found) == 2:
        found.discard(HEALTH)
    return frozenset(found)


def _apart(text: str, one: str, other: str) -> bool:
    """Whether two classes are touched by different words."""
    ones = [match.span() for match in _CLASSES[one].finditer(text)]
    others = [match.span() for match in _CLASSES[other].finditer(text)]
    return any(end <= start or last <= first for first, end in ones for start, last in others)


def _identifies(text: str, low: str) -> bool:
    numbered = any(map(str.isdigit, text)) or not _NUMBERED.isdisjoint(re.findall(r"[a-z]+", low))
    if (numbered and (_AGE.search(low) or _TIME.search(low))) or _ORIGIN.search(text) or _SCHOOL.search(text):
        return True
    if not _CAPITAL.search(text):
        return False
    return bool(_ESTATE.search(text)) or any(
        not _NO_PLACE.match(match["name"]) for match in _PLACE.finditer(text)
    )
