"""Owns the phrases that announce something, and those that tell of standing practice; knows no sentence and no rule.

All but those with capitals are held against text in small letters, which is far quicker than to ignore capitals.
"""

import re


def _one_of(*phrases: str) -> str:
    return f"(?:{'|'.join(phrases)})"


_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)(?![a-z])"
_SEASON = "(?:spring|summer|autumn|winter)"
_YEAR = "20[0-9]{2}"
# What may follow "by", "in" or "from" and lies ahead when the verb is of the present.
_AHEAD = rf"(?:(?:[0-9]{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}|(?:the )?{_SEASON}|christmas|easter|half[- ]term|the (?:end|new|next|coming)|next|{_YEAR})"
BASES = (
    "add|agree|align|analyse|appoint|arrange|audit|begin|bring|build|carry|capture|collect|commission|complete|conduct|consider|consult|continue|convene|co-produce|create"
    "|deliver|design|develop|draft|embed|engage|enhance|ensure|establish|evaluate|expand|explore|extend|finalise|finish|focus|form|gather|give|hold|host|identify|implement|improve"
    "|include|increase|install|introduce|invest|invite|involve|launch|look|maintain|make|map|meet|monitor|move|offer|open|organise|pilot|plan|procure|produce|promote|provide|publish"
    "|recruit|redesign|reduce|refresh|relaunch|repeat|replace|report|review|revise|rewrite|roll|run|scope|secure|seek|set|share|simplify|start|strengthen|streamline|support|survey"
    "|sample|dip-sample|test|train|trial|undertake|update|upgrade|use|widen|work|write"
)
DOERS = "(?:managers|staff|teams?|schools|leads?|officers|workers|partners|agencies|practitioners|nurses|providers|governors|trustees|board|trust|council|service|heads|supervisors)"
# What is done before there is anything to use.
_MADE_READY = _one_of(
    "built|bought|brought in|bid for|commissioned|considered|designed|drafted|drawn up|explored|finalised|lined up",
    "ordered|planned|prepared|procured|put together|recruited|scoped|sought|worked up|written up",
)

# A time that lies ahead, in a sentence with "will".
FUTURE = re.compile(
    r"\b"
    + _one_of(
        "next (?:year|month|term|spring|summer|autumn|winter|quarter|week|phase|stage|step|financial|academic)",
        r"(?:the )?(?:coming|forthcoming) (?:year|months?|weeks|term)",
        r"(?:over|in) the next",
        r"(?:in the )?new year",
        r"by the end of",
        r"(?:going|moving) forward|(?:starting|beginning|commencing) (?:in|from|on|next)",
        r"in (?:the )?future",
        r"soon|shortly|in due course",
        r"once (?:finalised|approved|agreed|funding|complete|in place|recruited)",
        r"once [a-z’' -]{2,40} (?:is|are|has been|have been) (?:finalised|approved|agreed|complete|in place|in post|recruited|filled|appointed|secured|signed|found|ready)",
        r"subject to (?:funding|approval)",
        r"later (?:this|in)",
        r"at the start of (?!each\b|every\b|any\b)",
        rf"from {_MONTH}",
        rf"in (?:{_YEAR}|the {_SEASON})",
        rf"this {_SEASON}",
    )
    + r"\b"
)

# A time that can only lie ahead: whatever is said of it is to come.
AHEAD = re.compile(
    r"(?<!the )(?<!['’]s )\bnext (?:year|month|week|term|half[- ]term|spring|summer|autumn|winter|(?:financial|academic|school|calendar) year|january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\b(?:in|for|over) (?:the )?(?:coming (?:year|months?|weeks|term)|year ahead)\b|\bin (?:a|one|two|three|six) (?:few )?(?:years?|months?|weeks)['’]?s?['’]? time\b|\Alooking ahead\b"
)

# Who does it makes it standing practice; whom it is done to does not.
STANDING_SUBJECT = re.compile(
    r"\b(?:any|each|every|all (?:[a-z]+ ){1,3}(?:who|that|under|over|aged)|anyone|everyone|whoever|all new [a-z]+|no (?:child|parent|family|young person))\b[^;:]*\Z"
    # Staff who see it; those who attended are some, not all.
    r"|(?:\A|[.,] )(?:(?!the|those|these|our|both|two|three)[a-z]+ )?(?:staff|people|children|parents|families|[a-z]+s|an? [a-z]+) (?:who|that|which) (?!were|was|are|is|had|have|has|did|took|came|went|[a-z]+ed\b)[^;:]*\Z",
)
STANDING = re.compile(
    r"\b"
    + _one_of(
        # how often
        "always|often|sometimes|generally|typically|regularly|frequently|ordinarily|mostly|routinely|usually|normally|never",
        "(?:one|two|three|four|six|[a-z]+ [a-z]+s) (?:a|each|per) (?:week|month|quarter|term|year)|in (?:each|every|all) (?:instance|case)s?|on request",
        "most (?:days|weeks|mornings|evenings|nights|weekends|[a-z]+days)",
        "at all times|each time|every time|at (?:each|every) [a-z]+",
        r"will [a-z]+ (?:each|every|any) |(?:each|every) (?:day|week|fortnight|month|quarter|term|year|morning|evening|shift)",
        r"as is (?:usual|normal|customary|(?:their|his|her|our|its) [a-z]+)|as a (?:rule|matter of course)|by default|of course",
        # on what occasion
        "whenever|wherever|where (?:a|an|there|it|this|the)",
        r"when (?:a|an|they|there|it|people|somebody|the(?! [\w ]{1,30} allows?\b))",
        "if (?:a|an|they|there|the(?! (?:bid|business case|application|funding|money)\\b)|it|you)|if (?:no|any|nobody|anybody|somebody|someone|either|neither|i)|if [a-z]+ (?:remain|are|is|need|want|do|have|feel|wish|ask)",
        r"only (?:[^.]{1,60} )?(?:once|if|when|after)|once (?:a|an)|before (?:a|an|any|the|they|he|she)",
        r"as (?:people|things|they|it) [a-z]+",
        "on the day of|at (?:booking|admission|discharge|referral|the first visit)|on arrival",
        r"an? (?:child|young person|parent|family|baby|pupil|patient|mother|father)(?: (?!and\b)[a-z]+){0,6} will",
        # what goes with a post
        r"an? (?:[a-z]+ )?(?:adult|colleague|doctor|driver|guard|interpreter|manager|member of staff|mentor|midwife|nurse|officer|steward|supervisor|teacher|volunteer|worker)(?: who [a-z ]{1,40})? will (?!be (?:added|appointed|based|employed|funded|hired|in post|recruited|trained)\b)",
        r"an? (?:child|young person|parent|carer|pupil|patient|family)(?: or [a-z]+)? [a-z]+[^s]s\b[^.;]{0,80}, and",
        # by what rule
        "(?:may|can|must) be",
        r"(?:(?:that|this|which|it)(?: is|['’]s)) (?:the|our|a|their) (?:[a-z]+ )?(?:standard|rule|practice|policy|norm|expectation|procedure|protocol|promise)",
        r"(?:that|this|which|it)(?: is|['’]s) (?:in|part of|a term of|a condition of) (?:the|our|every|their) (?:[a-z]+ )?(?:[a-z]+ )?(?:contract|policy|standard|agreement|licence|procedure|charter|code|job|list|post|role|description|terms|grant)",
        r"as (?:our|the) standard|national standards?|under which|our (?:standard|practice|promise)|has been our practice|(?:has|have) been so since|what we (?:always )?do\b",
        r"as (?:its|their|our|the) [a-z ]{3,30}(?: \([^)]{1,80}\))? (?:states?|requires?|provides?|says?)|in line with",
        r"under (?:the|its|our) [\w'’ ]{0,40}(?:constitution|policy|procedures?|terms|standards?|protocol|framework|charter|rules|code|contract|agreement|licence)",
        r"(?:and (?:did|does|do)|(?:had|have|has) done) so\b",
        # how soon
        r"within (?:[a-z]+|[0-9]+)(?:[- ](?:[a-z]+|[0-9]+))? (?:working )?(?:days?|hours?|minutes|weeks?)",
        r"in (?:[a-z]+|[0-9]+) (?:seconds|minutes|hours|working days)|by day and by night",
        r"within an? (?:working )?(?:day|week|hour)|(?:on )?the same day",
    )
    + r"\b"
)

_THEIRS = r"(?:we|i|it is|[Tt]he (?!(?:young |older |younger |other )?(?:people|pupils|children|parents|families|carers|girls|boys|students|patients|residents|mothers|fathers|mums|dads|teenagers|women|men|lads)\b)[a-z-]+(?: [a-z-]+){0,4}|staff|our [a-z-]+(?: [a-z-]+){0,3}|[a-z]*officers|(?!(?:Pupils|Children|Parents|Families|Young|Carers|Girls|Boys|Students|Patients|Residents|Mothers|Fathers|Mums|Dads|Teenagers)\b)[A-Z][\w&'’-]*(?: [A-Z&][\w&'’-]*){0,4}|leaders|managers|clubs|schools|practitioners|they|who|and|commissioners|partners|governors|trustees|volunteers|members|work|there are|has|have|had|there is)"
# Somebody of the agency's means to.
INTENDS = re.compile(
    rf"\b{_THEIRS}(?: (?:also|now|then|both|each|currently|still|therefore|all|jointly))* (?<!not )(?P<verb>"
    + _one_of(
        rf"(?:now |also )wants? to (?:{BASES}|try|ask|have)",
        r"(?:is|are) minded to|(?:has|have) (?:an )?ambitions? (?:also |now )?to|plan (?:an?|another|more|further|two|three)|(?:has|have) (?:it )?in mind to",
        r"(?:intend|intends) (?:to|that|for|[a-z]+ing)",
        r"(?:propose|proposes|expect|expects|aspire|aspires|anticipate|anticipates) (?:to|[a-z]+ing)",
        r"means to [a-z]+|(?<!\b[Aa] )plans? to|plans? on [a-z]+ing|(?:hope|hopes) (?:to|that)",
        rf"wants? to [a-z]+ [^.;]{{1,60}}\b(?:next|by|from|in) (?:year|term|{_YEAR}|the (?:autumn|spring|summer|new year))",
        r"(?:has|have) (?:also |now |since )?(?:resolved|undertaken|pledged|committed) (?:to|that)",
        r"(?:is|are) (?:also |now |currently |actively |still )?(?:planning|looking|intending|hoping|proposing|preparing|aiming|set|(?<!who is )(?<!who are )about|seeking|working) to\b",
        r"(?:is|are) committed to (?:introducing|creating|launching|establishing|opening|holding|developing an?\b)",
        r"are looking (?:at|into)|(?:is|are) working towards (?:having|an?|the|every|each)",
        rf"(?:has|have) (?:plans|a plan|(?:also |now |since )?(?:agreed|decided)) to (?:{BASES}|fund|pay|buy|appoint|attend|close|drop|stop|send|ask|keep)",
        rf"(?:has|have) yet to (?:{BASES}|decide|settle|choose|tell|learn|find)",
    )
    + r")\b"
)
# Something is intended, arranged or about to begin, whoever says so.
ANNOUNCED = re.compile(
    r"\b"
    + _one_of(
        # intended
        r"it(?: is|['’]s) (?:also |now )?(?:hoped|intended|planned|proposed|anticipated|expected|envisaged|our (?:intention|hope|ambition|aim|aspiration)|the intention)\b",
        r"(?:is|are|has been|have been|being)(?: (?:also|now|already|currently|both|provisionally))* (?:planned|scheduled|earmarked|proposed|pencilled in|on the agenda for next|timetabled|lined up)\b"
        r"(?! (?:with|by|around|jointly with|together|from the age|from [a-z]+ (?:and a half|weeks|months|years)))",
        r"planned for\b|plans for (?:the|next) (?:coming |next )?year\b|our (?:ambition|aspiration) is (?:for|to|that)\b",
        r"(?:the|our) (?:plan|intention|proposal|next (?:step|job|task|move)|hope) (?:now |here )?is (?:now )?(?:to|for|that)\b",
        rf"(?:the|our) (?:aim|goal|objective|priority|priorities|focus) [a-z ]{{0,12}}(?:over|for|in|during) the (?:coming|next|new) [a-z ]{{3,20}} (?:is|are) (?:to|on) (?:{BASES}|have|get|[a-z]+ing)\b",
        r"plans (?:are|have been) (?:now |well )?(?:in hand|in place|afoot|advanced|under way|underway|made|drawn up|being (?:made|drawn up)) (?:to|for)\b|plans? (?:is|are) in hand\b|plans are afoot\b",
        r"there (?:are|is) (?:also |now )?(?:an? )?(?:[a-z]+ )?plans? (?:to|for|that)\b",
        r"it has been (?:agreed|decided|resolved) (?:to|that [^.;]{1,60}? (?:should|be|will|would))\b",
        r"we(?: are|['’]re)(?: [a-z]+){0,2} (?:keen|eager|aiming|hoping|planning|looking|preparing) to\b|we(?:['’]re| are) to [a-z]+|we look forward to\b",
        r"we(?: are|['’]re) (?:also |now |already )?(?:planning|considering|exploring|arranging|organising|looking at|looking into) (?:an?|another|the|our|more|further|new|whether|how|ways|to|for|[0-9a-z]+ more)\b",
        rf"we would (?:also |now |still )?like to (?:{BASES})\b|we would like to see [^.;]{{1,80}}\b(?:by|in|from|before) {_AHEAD}",
        rf"(?:we|[a-z]+ (?:team|service|board|trust|council)) aims? to [a-z]+ [^.;]{{1,80}}\bby {_AHEAD}",
        r"on the horizon\b|in the pipeline\b|in the planning stages?\b|sights on\b|with a view to [a-z]+ing\b[^.;]{0,60}\b(?:in|from|by|next)\b",
        r"(?:is|are) (?:also |now )?(?:on the cards|on the forward plan|in preparation|in development|under consideration|on order)\b",
        rf"(?:is|are) (?:also |now |currently |actively )?being {_MADE_READY}\b",
        r"plans (?:for|this) [^.;]{2,40} (?:include|are)\b|the next (?:phase|stage|step|cohort|round) (?:is|are) (?!the\b)",
        r"(?:has|have) (?:also |now |since )?(?:promised|pledged|undertaken) to [a-z]+",
        r"(?:discussions?|talks|recruitment|negotiations|preparations|planning) (?:is|are) (?:now |already |well )?(?:under ?way|in progress)\b",
        # arranged
        r"(?:is|are|s|re) (?:now |currently |also )?due (?:to|in(?! (?:school|court|class|hospital)\b)|out|back|for|by|this|next|at(?! [a-z]+\Z))\b",
        rf"go(?:es)? (?:to|before) [^.;]{{3,50}} (?:in|next|on) (?:{_MONTH}|the (?:new|spring|summer|autumn)|[0-9]{{1,2}} )(?![^.;]{{0,30}}\b(?:each|every)\b)",
        rf"(?:is|are|has been|have been) (?:already |now |also )?(?:in the diary|in (?:our|their|everybody['’]s|the) diaries|booked|set|fixed|agreed) (?:in )?for (?:the (?:second|third|next|new|coming|autumn|spring|summer|winter|end|start)|{_AHEAD})",
        r"(?:is|are) in the diary\b|(?:is|are) on track to\b",
        # expected
        rf"(?:is|are) expected to [a-z]+ [^.;]{{0,50}}\b(?:by|in|from|before) {_AHEAD}",
        rf"we expect [^.;]{{1,40}} to be\b[^.;]{{0,40}}\b(?:by|in|before) (?:{_MONTH}|the|next|{_YEAR})",
        rf"should be (?:[a-z]+ly )?[a-z]+(?:ed|en|lt|de|ne|wn|pt|ade|ade|ught) (?:by|before|in) {_AHEAD}",
        r"should be (?:available|ready|complete|open|in place|live|up and running|with (?:us|you|families)) (?:[^.;]{0,40} )?(?:by|before|in|from|soon|shortly) ?",
        rf"should (?:finish|start|begin|open|arrive|follow|launch) (?:by|in|before|from) {_AHEAD}",
        # about to begin
        rf"(?:is|are) being (?:held|run|launched|opened|introduced|rolled out|offered) (?:in|on|from) {_AHEAD}",
        rf"follows? in (?:the )?(?:{_SEASON}|new year|{_MONTH})|comes? (?:in|into force) (?:on|in|from) (?:[0-9]{{1,2}} )?{_MONTH}|who (?:starts?|begins?|joins?) (?:us |work )?(?:in|on) {_AHEAD}",
        rf"(?:starts?|begins?|commences?|opens?|launch(?:es)?|kicks? off|go(?:es)? live) (?:in|on|from) (?:the (?:new year|spring|summer|autumn)|(?:[0-9]{{1,2}} )?{_MONTH} {_YEAR})",
        r"(?:starts?|begins?|opens?|launch(?:es)?|go(?:es)? live) (?:next|soon|shortly)\b|about to be [a-z]+(?:ed|en|t)\b",
        r"(?:is|are|s|re) (?:going|coming) (?:live|out to [a-z]+ in|ahead (?:in|from|next))\b",
        rf"the next [a-z]+ (?:is|are) (?:going|coming|starting|running|meeting)[^.;]{{0,20}} (?:in|on|from) {_AHEAD}",
        r"(?:is|are|s|re) [a-z]+ing\b[^.;]{0,50}\bnext (?:week|month|term|year|spring|summer|autumn|winter)\b",
        r"(?:['’]re|are|is|am|['’]m) gonna\b|gonna (?:do|be|have|get|make|run|try|start)\b",
        r"(?<!what )(?<!who )(?<!what['’])(?<!who['’])(?:is|are|s|re|m) (?:also |now |currently |all )?going to (?!(?:school|college|court|bed|work|hospital|university|the|a|an|see their|see his|see her|church|prison|it)\b)[a-z]+",
        # still to come
        r"(?:more|others?|another|the rest) (?:of (?:this|them) )?(?:is|are) (?:still )?(?:to come|on (?:its|their|the) way)\b|(?:is|are) on (?:its|the) way\b",
        r"(?:is|are) to follow\b|to follow (?:in|next|soon|by)\b|there (?:is|are) to be\b",
        r"(?:has|have|is|are) yet to be\b|remains? to be (?:done|seen|agreed)\b|it remains (?:for us )?to [a-z]+\b",
        r"next on (?:the|our) list\b|(?<!\bthe )(?<!a )next steps?\b(?! (?:in|on|up|down|of) (?:the|an?|this|that) (?:ladder|pathway|process|journey|scale)\b)(?! (?:are (?:agreed|recorded|explained|discussed|displayed|shown|listed|set out|written|on)|was|were)\b)",
        r"in the (?:coming|forthcoming) (?:year|months)\b",
    )
)
# A quick look before the careful ones: each phrase above, and each verb of the future, has one of these.
TRIGGER = re.compile(
    r"\b"
    + _one_of(
        r"will|shall|plan|plans|planned|planning|preparations|negotiations|recruitment|discussions?|talks|mind|promised to|should|follows?|comes?|who (?:starts?|begins?|joins?)|intend|intends|intended|intending|hope|hopes|hoping|hoped|ambition|aspiration",
        r"would (?:also |now |still )?like to|go(?:es)? (?:to|before)|there (?:is|are) to be|aim|aims|propose|proposes|proposed|due|scheduled",
        r"going|looking|pipeline|to be|are to|['’]re to|is to|keen|eager|aiming|steps|forward|set to|earmarked|anticipated",
        r"expected|expect|expects|envisaged|about to|minded to|ambitions?|intention|means to|(?:resolved|decided|pledged|undertaken|agreed) to|anticipates?|aspires?",
        r"next (?:week|month|term|year|spring|summer|autumn|winter|step|stage|phase|job|task|move|on)|next [a-z]+ (?:is|are)",
        rf"{DOERS} to|new year|ahead|time|next [a-z]+",
        r"on the agenda|yet to|pencilled|(?:starts?|begins?|commences?|opens?|launch(?:es)?|kicks? off|live) (?:in|on|from|next|soon|shortly)",
        r"to follow|want to|wants to|prepare|preparing|forthcoming|coming|upcoming|commit|committed|cards|gonna|sights|should be|in hand",
        r"planning stages?|in preparation|in development|in the diary|diaries|booked|set for|fixed for|agreed for",
        r"with a view to|considering|consideration|exploring|afoot|advanced|on order|on (?:its|their|the) way|being|remains|working towards",
    )
    + r"\b|['’]ll\b"
)
