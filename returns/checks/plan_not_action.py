"""Owns the rule that looks for plans where the question asks what was done."""

import re
from collections.abc import Iterator
from functools import lru_cache

from .context import Context
from .findings import Finding
from .plan_phrases import AHEAD, ANNOUNCED, BASES, DOERS, FUTURE, INTENDS, STANDING, STANDING_SUBJECT, TRIGGER
from .reading import Reading, Sentence, small

RULE = "plan-not-action"

_WILL = re.compile(
    r"\b(?<!\b[Yy]ou )(?:will|shall)\b(?! (?:said|told|power)\b)(?<!\bI shall)(?<!\bI will)(?! have been (?:the|a|an)\b)|(?<=[a-z])(?<!\byou)(?<!\bYou)['’]ll\b"
)
_EFFECT = re.compile(
    r"\b(?:this|it|that|which|these|they|interaction|approach|change|changes|impact|result|who|what|nobody|everything)(?: [a-z]+){0,4} (?:will|['’]ll)(?: (?:hopefully|also|then|in turn|now|therefore))*"
    r" (?:help|enable|allow|ensure|lead|have|mean|give|improve|support|make|remain|stay|be (?:able|easier|better|the|a|an|there|able|heard|safe|useful)|bring|keep|continue)\b",
)
_REPORTED = re.compile(
    r"\b(?:said|says|say|told|tells|asked|asks|wrote|replied|felt|feel|explained|explains|reported|suggested|suggest|want|wanted|wants|know|knows|knew|promised|thought|think|believe|believes|worried|worry|fear|feared|wish|wished|promises?|agreed (?:with [a-z ]{1,30})?that"
    r"|reads|warned|hear|heard|understand|asking|saying|telling|knowing|confident|sure|remarked?|remarks|commented|noted|pointed out|added|mentioned|insisted|joked|predicted|wondered|wonder|put it|(?:people|pupils|children|parents|families|carers|girls|boys) hope)\b",
)
_OURS = re.compile(
    r"\b(?:we|our [a-z]+|the (?:trust|service|team|council|force|board))(?: (?:also|now|then))*\s*\Z"
)
_WAS_TOLD = re.compile(r"\b(?:has|have|was|were|been|is|are) (?:asked|told|heard|reported)\Z")
_OWN_CLAUSE = re.compile(
    r"(?:;|:|,? and(?: so)?|,? so|,? but|, therefore|, which is why|as a result,?|in response,?|following this,?|because of this,?|[.!?][\"”’]?)\s+(?:(?:as a result|in response|therefore|from this|now),? )?(?:we|our|the (?:trust|service|team|council|force|partnership|board|charity|club|school|company|group|agency|unit|hub))\b[^;]{0,60}\Z",
)
_DOCUMENT = re.compile(
    r"\b(?:strategy|policy|policies|guidance|lease|plan|protocol|act|standards?|procedures?|contract|specification|charter|agreement|framework|document|code|handbook|leaflet|letter|card|poster|form|law|rules?|duty|licence|order|guide|pathway|regulations?|pledge|booklet|page|script|email|e-mail|website|terms|criteria|toolkit|report)s?\b"
    r"(?: [\w'’().–-]+){0,5} (?:says?|states?|sets? out|requires?|explains?|provides?|tells?|describes?|makes? (?:it )?clear|promis\w+|commits?|outlines?|specif\w+|reads?|expects?|stipulates?|said|stated|set out|explained|that|which)\b",
)
# "everybody who will be in the room" tells of somebody, not of a plan.
_WHO = re.compile(
    r"\b(?:who(?: [a-z]+)?|(?:whom|what|where|how|whether|(?:on|in|at|by|from|for|with) which|(?:day|time|date|place|way|reason)s? (?:when|that))(?: [a-z]+){0,2}) \Z"
)
_WE_BEFORE = re.compile(r"\bwe\b[^,;]{0,20}\Z")
# "Colleagues will recall", "this will be short": what is said to the reader.
_TO_READERS = re.compile(
    r"\b(?:you|readers?|colleagues|members|board|partners|some|it|this|that|which|and)(?:['’]ll| will| shall) (?:(?:all|also|already|doubtless|perhaps|surely|no doubt|of course) )?"
    r"(?:recall|remember|know|note|notice|see (?:from|that|in|how|below|above)|appreciate|agree|forgive|recognise|come as|not? surprise|surprise|sound|speak for|tell\b|be (?:noted|seen|aware|familiar|recalled|remembered|clear|obvious|evident|brief|short|no surprise|forgiven|glad|pleased|of interest))\b"
    r"|\btime(?:['’]ll| will) tell\b"
)
_NEGATED = re.compile(r"(?:will|shall|['’]ll) (?:not|never|no longer|neither)\b")
_IS_TO = re.compile(
    r"\b([\w'’)-]+?)(?: is| are|['’]s) (?:now |also |then |both |still |each |all |soon |jointly )?to (be )?([a-z]{2,})",
)
_ASKED_WHEN = re.compile(r"\b(?:when|where|how|whether|if|why) \Z")
_IT = frozenset("it this that".split())
_NOT_PLANNED = frozenset(
    "it that this what nothing there here matters aim aims purpose role job duty task idea point goal goals key answer important easier hard harder"
    " how who objective objectives focus challenge need wish rule ambition approach vision mission function target remit hope trick thing message reason advice intent request way step first priority priorities principle".split()
)
_HEADLINE = re.compile(
    r"\A[^,;:]{0,140}?(?:: )?\bto be (?:[a-z]+ly )?(?:established|commenced|used|launched|developed|rolled|reviewed|delivered|set|held|introduced|agreed|confirmed|completed|implemented|created|recruited|appointed|rewritten|written|extended|offered|published|trained|run|tested|refreshed|updated|commissioned|embedded|shared|circulated|arranged|started|begun|piloted|produced|made|added|involved|explored)\b",
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|need|needs|needed|want|wants|wanted|asked|ought|able|like|liked|going|seem|seems|seemed|continue|said|told|chose|prefer|preferred|hope|hoped|expect|expected|allowed|agreed|do|does|did|can|could|may|would|might|must|should|started|began|waiting|how|when|where|what|voted|hate|hated|love|loved|likely|wish|wished)\b",
)
# Managers to sample ten pages: a line without another verb.
_TO_DO = re.compile(rf"\A(?:[a-z'’&-]+ ){{0,3}}{DOERS} to (?:{BASES})\b")
_COLLABORATION = re.compile(
    r"\A(?:Collaboration|Work(?:ing)?|Partnership|Plans?) (?:with|between|together)\b[^.]{0,160}? to (?:run|hold|deliver|develop|host|create|launch|establish)\b"
)
_ORDERS = re.compile(
    rf"(?:[•·●▪*–-] ?|[0-9]{{1,2}}[.)] |[a-z]\) )?(?:by [^,]{{3,30}}, )?(?:{BASES})\b(?! (?:was|were|is|are|has|had)\b)",
)
_INFINITIVE = re.compile(
    rf"(?:[•·●▪*–-] ?)?to (?:{BASES})\b(?![^.]*(?:, | we | they | was | were | has | have | had ))",
)
_ANNOUNCES = re.compile(
    r"\b(?:next steps?|plans?|planned|actions?|priorities|intend|will|future|going forward|looking ahead|ahead|ambitions?|(?:coming|next) (?:year|months?)|for development|to do|still to|to come)\b",
)
_LOOKS_BACK = re.compile(r"\b(?:taken|completed|delivered|done|did|achieve\w*|last year|so far)\b")
_ALONE = re.compile(r"(?:<[a-z0-9/]+>)?[A-Z][\w ’'-]{2,50}(?:<[a-z0-9/]+>)?\Z")
_TYPED = re.compile(r"[•·●▪*–-]|[0-9]{1,2}[.)] ")
_ADVICE = (
    "Say what was done and what came of it. Leave the plan out, or tell of it next year when it has happened."
)
_WHOLE = "At least half of this answer is about what is still to come."
_FEWEST_WHOLE = 4
_LONGEST = 1500


def check(reading: Reading, context: Context) -> Iterator[Finding]:
    """One finding for each sentence, and one for the answer as a whole when half or more of it, four at least, is plans."""
    prose = [sentence for sentence in reading.prose if len(sentence.text) > 12]
    plans = [sentence for sentence in prose if is_plan(reading, sentence)]
    if len(plans) >= _FEWEST_WHOLE and 2 * len(plans) >= len(prose):
        yield Finding(RULE, "warning", context.question, 0, 0, "", _WHOLE, _ADVICE)
    for sentence in plans:
        message = "This seems to say what is to come; the question asks what was done."
        yield Finding(
            RULE, "warning", context.question, sentence.start, sentence.end, sentence.text, message, _ADVICE
        )


def is_plan(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence says what the agency will do, and not what always happens or what somebody said."""
    if sentence.text.endswith("?"):
        return False
    if sentence.start in _announced(reading):
        return True
    if not TRIGGER.search(sentence.low) or len(sentence.text.split()) < 4:
        return False
    text = reading.unquoted(sentence)[:_LONGEST]
    low = small(text)
    return (
        _wills(text, low)
        or any(
            not _is_reported(text, low, match.start("verb")) and not _DOCUMENT.search(low, 0, match.start())
            for match in INTENDS.finditer(text)
        )
        or any(not _is_reported(text, low, match.start()) for match in ANNOUNCED.finditer(low))
        or any(not _is_reported(text, low, match.start()) for match in AHEAD.finditer(low))
        or _is_to_be(text, low)
        or (bool(_HEADLINE.match(low)) and not _FINITE.search(low[: low.index("to be")]))
        or (bool(_TO_DO.match(low)) and not _FINITE.search(low))
        or bool(_COLLABORATION.match(text))
    )


@lru_cache(maxsize=2)
def _announced(reading: Reading) -> frozenset[int]:
    """Where the points of a list begin that a line before them announces as plans (Next steps:), or that begin "To …":
    what is to be done stands there without a word of the future."""
    found: set[int] = set()
    announced = False
    for sentence in reading.sentences:
        text, low = sentence.text, sentence.low
        is_item = sentence.kind == "item"
        if sentence.kind == "heading" or (
            not is_item and (text.endswith(":") or (len(text) < 90 and _ALONE.match(text)))
        ):
            announced = bool(_ANNOUNCES.search(low)) and not _LOOKS_BACK.search(low)
        elif announced and not is_item and not _TYPED.match(text) and not _ORDERS.match(low):
            announced = False
        if sentence.kind == "heading":
            continue
        if _INFINITIVE.match(low) or (announced and _ORDERS.match(low)):
            found.add(sentence.start)
    return frozenset(found)


def _wills(text: str, low: str) -> bool:
    standing = False
    for match in _WILL.finditer(text):
        start = match.start()
        clause = small(_clause(text[:start]))
        if clause.strip():  # else it has the subject of the one before
            standing = bool(STANDING_SUBJECT.search(clause))
        if low.endswith(("free ", "good ", "own ", "at ", "the ", "against her "), 0, start):
            continue
        if (
            _NEGATED.match(low, start)
            or _WHO.search(low, max(start - 30, 0), start)
            or _TO_READERS.search(low, max(start - 12, 0), match.end() + 40)
            or _is_reported(text, low, start)
            or _DOCUMENT.search(low, max(start - 90, 0), start)
        ):
            continue
        end = text.find(";", start)
        future = bool(FUTURE.search(low, text.rfind(";", 0, start) + 1, len(text) if end == -1 else end))
        if _EFFECT.search(low, max(start - 60, 0), match.end() + 24) and not _WE_BEFORE.search(
            low, max(start - 24, 0), start
        ):
            continue
        if clause.startswith("that ") and _DOCUMENT.search(low, 0, start):
            continue
        if (standing or STANDING.search(low)) and not future:
            continue
        return True
    return False


def _clause(before: str) -> str:
    """What stands before a verb in its own clause."""
    return re.split(r"[;:]|, (?:and|but|so) | and (?=(?:we|the|our|they)\b)", before)[-1]


def _is_to_be(text: str, low: str) -> bool:
    for match in _IS_TO.finditer(low):
        before = match[1]
        if before == "which" and not text[: match.start()].endswith(", "):
            continue  # a section which is to be completed
        is_done_to = bool(match[2]) and before in _IT and not _ASKED_WHEN.search(low, 0, match.start())
        if (before in _NOT_PLANNED and not is_done_to) or match[3] in _NO_PLAN:
            continue
        if before != "steps" and _WEAK.search(low, 0, match.end(1)):
            continue
        if re.search(r"\bno [a-z ]+\Z", low[: match.end(1)]):
            continue  # no child is to wait alone: a rule
        if not _is_reported(text, low, match.start()) and not _DOCUMENT.search(low, 0, match.start()):
            return True
    return False


# Staff are to be thanked, leaflets are to be found: nothing is planned.
_NO_PLAN = frozenset(
    "say blame come expected hoped said noted regretted welcomed not hand found seen heard had thanked congratulated commended applauded praised admired trusted learned learnt gained desired".split()
)
_WEAK = re.compile(
    r"\b(?:aims?|purpose|role|job|duty|task|idea|goals?|objectives?|ambition|vision|what|how|all (?:we|they|you)"
    r"|best way|first thing|point)\b(?: of| for)?(?: [a-z'’-]+){0,4}\Z"
)


def _is_reported(text: str, low: str, place: int) -> bool:
    """Whether what stands at a place is what somebody said, felt or wished."""
    reporting = None
    for reporting in _REPORTED.finditer(low, 0, place):  # noqa: B007
        pass
    if reporting is None:
        comma = re.search(
            r", (?!as )(?:a |an |the |one |said |they |he |she |our )?[a-z ]{0,30}(?:said|suggested|told|were told|was told|asked|wrote)\b",
            text[place:],
        )
        return bool(comma) or bool(
            re.search(r", (?:they|he|she|families|parents) (?:were|was|are|said|say|told)\b", text[place:])
        )
    since = text[reporting.end() : place]
    if re.search(r"[.!?][\"”’]? ", since):
        return False
    own = low[reporting.end() : place]
    if _OURS.search(own) and _OWN_CLAUSE.search(own):
        return False
    if _WAS_TOLD.search(low, 0, reporting.end()) and not re.search(r"\bthat\b", since):
        return not re.search(r"[;,]| and ", since)
    return not re.search(
        r";|: | and (?:it|this|all(?: of)? the [a-z]+|the [a-z]+|we|a [a-z]+|an [a-z]+)\s*\Z|, (?:and(?! that\b)|so|but) |\bso (?:we|the|a)\b",
        since,
    )
