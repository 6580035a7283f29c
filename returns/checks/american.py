"""Owns which spellings are American and what they are in British English; knows no dictionary and no rule."""

import re

_WORDS = {
    american: british
    for pair in (
        "color colour|favor favour|favorite favourite|honor honour|labor labour|neighbor neighbour|neighborhood neighbourhood|behavior behaviour"
        "|behavioral behavioural|rumor rumour|humor humour|harbor harbour|vigor vigour|endeavor endeavour|flavor flavour|savior saviour|odor odour"
        "|parlor parlour|armor armour|candor candour|clamor clamour|tumor tumour|vapor vapour|splendor splendour|misbehavior misbehaviour|misdemeanor misdemeanour"
        "|center centre|theater theatre|fiber fibre|liter litre|kilometer kilometre|millimeter millimetre|centimeter centimetre|caliber calibre"
        "|somber sombre|luster lustre|meager meagre|specter spectre|defense defence|offense offence|pretense pretence"
        "|counseling counselling|counselor counsellor|counseled counselled|traveling travelling|traveled travelled|traveler traveller|canceled cancelled|canceling cancelling"
        "|labeled labelled|labeling labelling|modeling modelling|modeled modelled|signaling signalling|signaled signalled|fueled fuelled|fueling fuelling"
        "|leveled levelled|channeled channelled|channeling channelling|marveled marvelled|marvelous marvellous|quarreled quarrelled|dialed dialled|dialing dialling|tunneling tunnelling"
        "|totaled totalled|equaled equalled|unraveled unravelled|shoveled shovelled|jewelry jewellery|woolen woollen|skillful skilful|willful wilful"
        "|fulfill fulfil|fulfills fulfils|fulfillment fulfilment|enroll enrol|enrolls enrols|enrollment enrolment|installment instalment|distill distil|instill instil"
        "|pediatric paediatric|pediatrics paediatrics|pediatrician paediatrician|anesthetic anaesthetic|anesthesia anaesthesia|hemorrhage haemorrhage|hemoglobin haemoglobin"
        "|diarrhea diarrhoea|fetus foetus|fetal foetal|estrogen oestrogen|orthopedic orthopaedic|gynecology gynaecology|gynecological gynaecological|leukemia leukaemia"
        "|anemia anaemia|esophagus oesophagus|maneuver manoeuvre|encyclopedia encyclopaedia|archeology archaeology|esthetic aesthetic|hemophilia haemophilia"
        "|gray grey|mom mum|moms mums|mommy mummy|pajamas pyjamas|tire-d tyred|plow plough|skeptical sceptical|skeptic sceptic|aluminum aluminium"
        "|mustache moustache|catalog catalogue|analog analogue|program programme|programs programmes|checkbook chequebook|cozy cosy|aging ageing|acknowledgment acknowledgement"
        "|judgmental judgemental|mold mould|moldy mouldy|molding moulding|smolder smoulder|math maths|math's maths|airplane aeroplane|sulfur sulphur|ax axe|draft-y draughty"
        "|learned-d learnt|gotten got|percent-d per cent|inquiry-d enquiry|practicing practising|practiced practised|license-d licence|cipher-d cypher|artifact artefact|artifacts artefacts"
        "|donut doughnut|omelet omelette|story-d storey|curb-d kerb|yogurt-d yoghurt|specialty speciality|specialties specialities|diaper nappy|diapers nappies|sidewalk pavement"
        "|councilor councillor|councilors councillors|counselors counsellors|colors colours|colored coloured|colorful colourful|coloring colouring|favorites favourites|neighbors neighbours"
        "|neighborhoods neighbourhoods|behaviors behaviours|centers centres|centered centred|honored honoured|favored favoured|labored laboured|theaters theatres|travelers travellers"
        "|pediatricians paediatricians|programed programmed|favorable favourable|honorable honourable|rumors rumours|offenses offences|defenses defences|tumors tumours|flavors flavours"
        "|unfavorable unfavourable|discolored discoloured|neighboring neighbouring|behaviorally behaviourally|cosponsor-d co-sponsor|analyze analyse|analyzed analysed|analyzes analyses|analyzing analysing"
        "|paralyze paralyse|paralyzed paralysed|catalyze catalyse|catalyzed catalysed|psychoanalyze psychoanalyse|instills instils|instillment instilment|woolens woollens|kidnaped kidnapped|worshiping worshipping|worshiped worshipped"
        "|diagramed diagrammed|focussed-d focused|ameba amoeba|fetuses foetuses|snowplow snowplough|tidbit titbit|installments instalments|enrollments enrolments|apologize apologise"
    ).split("|")
    for american, british in (pair.split(" ", 1),)
    if not american.endswith("-d")
}
_IZE = re.compile(r"([a-z]{3,})(iz)(e|ed|es|er|ers|ing|ation|ations|ational|able|ability)\Z")
# These are written with z in British English too.
_WITH_Z = re.compile(
    r"(?:over|under|down|re|out|mid|up|bite|king|plus|super|full|life|pint|fun|dress|medium|family|jumbo|queen|small)?-?siz|priz|seiz|capsiz|maiz|baiz|assiz|citiz|denizen|wizen|apprizing|friz|bliz|griz|quiz|horizon|trapez|dozen"
)
# Whole families of words: what follows a stem is the same in both.
_FAMILIES = (
    (
        re.compile(
            r"((?:dis|mis|un)?(?:ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb|hon|hum|lab|misdemean|neighb"
            r"|od|parl|ranc|rum|savi?|splend|tum|val|vap|vig))or"
            r"(|s|ed|ing|able|ably|ful|fully|less|ly|liness|hood|hoods|al|ally|ist|ists|ite|ites|itism|y|er|ers|blind)"
        ),
        r"\1our\2",
    ),
    (
        re.compile(
            r"(cancel|carol|channel|counsel|dial|equal|fuel|funnel|grovel|label|level|marvel|model|panel|pedal|pencil|quarrel"
            r"|rival|shovel|shrivel|signal|spiral|stencil|swivel|total|towel|travel|tunnel|unravel)(ed|ing|ings|er|ers|or|ors|ous)"
        ),
        r"\1l\2",
    ),
    (re.compile(r"(cent|fib|lit|calib|theat|lust|meag|somb|spect|sab)er(s|piece|pieces)?"), r"\1re\2"),
    (re.compile(r"(\w+)yz(e|ed|es|er|ers|ing)"), r"\1ys\2"),
    (re.compile(r"(orthop|p)ed(iatric\w*|ics|ophil\w+)"), r"\1aed\2"),
    (
        re.compile(r"(an|hyp[eo]r?glyc|isch|leuk|septic|f(?=ec)|gyn(?=ec))(em(?=ia|ic)|ec(?=al|es|ol))(\w+)"),
        r"\1a\2\3",
    ),
    (re.compile(r"(an)(esth\w+)"), r"\1a\2"),
    (re.compile(r"(h)(em(?:at|o(?:r|ph|gl))\w+)"), r"\1a\2"),
)
_AFTER_COMPUTER = re.compile(r" (?:code|coding|software|files?|that runs on)\b")


def may_be_american(word: str) -> bool:
    """Whether it is worth asking for the British spelling of a word in lower case."""
    bare = word.split("'")[0]
    return "iz" in word or bare in _WORDS or _of_family(bare) is not None


def british_for(word: str, before: str = "", after: str = "") -> str | None:
    """The British spelling of an American word in lower case, or None. The words around it tell computer programs."""
    word = word.split("'")[0]
    if word in ("program", "programs"):
        software = re.search(r"\b(?:computer|software|coding|computing) \Z", before) or _AFTER_COMPUTER.match(
            after
        )
        return None if software else _WORDS[word]
    if word in _WORDS:
        return _WORDS[word]
    if "iz" in word and (match := _IZE.match(word)) and not _WITH_Z.match(word):
        return f"{match[1]}is{match[3]}"
    return _of_family(word)


def _of_family(word: str) -> str | None:
    for american, british in _FAMILIES:
        if match := american.fullmatch(word):
            return match.expand(british)
    return None


def american_for(word: str) -> list[str]:
    """How a British word in lower case may be spelt in American English; for dictionaries that know only that."""
    found = [_AMERICAN[word]] if word in _AMERICAN else []
    for british, american in _SUFFIXES:
        if british in word:
            found.append(word.replace(british, american))
    return found


_AMERICAN = {british: american for american, british in _WORDS.items() if " " not in british}
_SUFFIXES = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("isable", "izable"),
    ("isability", "izability"),
    ("yse", "yze"),
    ("ysing", "yzing"),
    ("our", "or"),
    ("tre", "ter"),
    ("lled", "led"),
    ("lling", "ling"),
    ("ller", "ler"),
    ("llor", "lor"),
    ("ence", "ense"),
    ("ogue", "og"),
    ("ae", "e"),
    ("oe", "e"),
    ("programme", "program"),
    ("ement", "ment"),
    ("lment", "llment"),
    ("lfil", "llfill"),
    ("grey", "gray"),
    ("mould", "mold"),
    ("ractise", "ractice"),
    ("ractised", "racticed"),
    ("ractising", "racticing"),
    ("eable", "able"),
    ("ageing", "aging"),
)
