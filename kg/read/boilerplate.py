"""Which lines belong to the page and not to the article; a line counts only if it is short and matched as a whole."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Kind", "line_kind"]

Kind = Literal["player", "furniture", "share", "network", "pointer", "credit", "stamp", "date"]

_MOST = 160

_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
_DATE = rf"{_DAY}(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})"
_TIME = rf"{_CLOCK}(?: ?[apAP]\.?[mM]\.?)?(?: \(?[A-Z]{{2,5}}\)?)?"
_WHEN = rf"(?:{_DATE}(?:,? (?:at |- |\| )?{_TIME})?|{_TIME}(?:,? (?:on |- |\| )?{_DATE})?)"
_STAMPED = r"(?:First |Last )?(?:[Pp]ublished|[Uu]pdated|[Pp]osted|[Mm]odified)(?: on| at)?:? "

_NETWORK = r"(?:Facebook|Twitter|X|Instagram|WhatsApp|LinkedIn|Telegram|YouTube|Reddit|Pinterest|Messenger|Google\+|TikTok)"
_NETWORKS = rf"{_NETWORK}(?:(?:, | and | & |, and | or ){_NETWORK}){{0,5}}"
_PAGE = r"(?:article|story|page|post|video|report)"
_PROPER = r"[A-Z][\w'’&.-]*(?: [A-Z][\w'’&.-]*){0,4}"
_LETTER = r"(?:newsletters?|e-?mail alerts?|news alerts?|daily briefing|mailing list|(?:YouTube )?channel|podcasts?)"
_JOIN = r"(?:subscribe|sign up|get)(?: now| today| here)?(?: to| for)?"
_WHOSE = r"(?:our|the|[\w.]{1,20}['’]s)"
_PICTURE = r"(?:File )?(?:Photo(?:graph)?|PHOTO|Image|Picture|Video|Illustration)s?(?: [Cc]redit)?"
_SITE = r"(?:web ?)?site"

_WORD = r"(?:(?:al|el|an|ar|as|ash|d)[-'’])?[A-Z][\w.'’-]*"
_NAMES = rf"{_WORD}(?:(?: / |, |[ /|])(?:(?:al|el|de|da|di|la|van|von|der|bin|ibn|for|via|and|of|the) ){{0,2}}{_WORD}){{0,7}}"
_AGENCY = r"(?:AP|Associated Press|Reuters|REUTERS|AFP|EPA|UPI|VOA|Getty(?: Images)?|Shutterstock|iStock)"

# In upper or lower case.
_LOOSE: tuple[tuple[Kind, str], ...] = (
    ("player", r"(?:please wait|loading)(?:\s?\.{3}|…)?"),
    ("player", r"no (?:media source|live streams?) (?:is |are )?currently available\.?"),
    ("player", r"the code has been copied to your clipboard\.?"),
    ("player", r"your browser does(?: not|n['’]t) support (?:the )?(?:html5?|audio|video|iframes?)[\w .]{0,20}"),
    ("furniture", r"accessibility links|skip to (?:main )?(?:content|navigation|search)"),
    ("furniture", r"breaking news|advertisements?|story continues below(?: advertisement)?|sponsored content"),
    ("furniture", r"article continues (?:below|after) (?:this )?(?:advertisement|ad)"),
    ("furniture", rf"we use cookies [^\"“”]{{0,90}}\b(?:experience|{_SITE}|traffic|ads|services?)\b[^\"“”]{{0,50}}"),
    ("furniture", rf"(?:this|our) {_SITE} uses cookies\b[^\"“”]{{0,130}}"),
    ("furniture", r"(?:accept|manage|reject)(?: all)? cookies|cookie (?:policy|settings|preferences|notice)"),
    ("furniture", rf"by (?:using|continuing to use) (?:this|our) {_SITE},? you (?:agree|consent)\b[^\"“”]{{0,90}}"),
    ("furniture", r"subscribe(?: now| today| here)?[.!]?|newsletters?|sign up(?: now| today| here)?[.!]?"),
    ("furniture", rf"{_JOIN} {_WHOSE}(?: [\w'’-]{{1,20}}){{0,4}} {_LETTER}(?: (?:here|now|today|below))?[.!]?"),
    ("share", rf"share(?: this(?: {_PAGE})?)?(?: (?:on|via) (?:e-?mail|{_NETWORKS}))?[:.!]?"),
    ("share", rf"follow (?:us|@\w{{1,30}})(?: (?:on|at) (?:@\w{{1,30}}|{_NETWORKS}))?[:.!]?"),
    ("share", rf"tweet(?: this(?: {_PAGE})?)?|(?:e-?mail|print) this(?: {_PAGE})?|copy link"),
    ("network", rf"{_NETWORK}|e-?mail|print|embed|comments?"),
    ("pointer", r"(?:read (?:more|also|next)|also read|see also|watch also|more on this)(?::.{1,150}|\.{3}|…)?"),
    ("pointer", r"related(?: (?:stories|articles?|coverage|content|news|videos?|topics?))?(?::.{0,150})?"),
)
# Capitals count: names are told from words by them.
_STRICT: tuple[tuple[Kind, str], ...] = (
    ("player", rf"{_CLOCK}(?:\s{{1,3}}{_CLOCK}){{0,5}}"),
    ("share", rf"(?:Follow|Like|Join|Find) (?:us|{_PROPER}) on {_NETWORKS}[:.!]?"),
    ("credit", rf"\(?{_PICTURE}(?:: ?| by | courtesy(?: of|:) ){_NAMES}\)?"),
    ("credit", rf"\(?(?:Credits?|CREDITS?): ?{_NAMES}\)?"),
    ("credit", rf"\(?{_AGENCY}(?: (?:File )?(?:Photo|PHOTO|Images?))?(?: ?/ ?{_NAMES})?\)?"),
    ("stamp", rf"{_STAMPED}{_WHEN}|(?:{_STAMPED})?\d{{1,2}} (?:minutes?|hours?|days?) ago"),
    ("stamp", rf"{_DATE},? (?:at |- |\| )?{_TIME}|{_TIME},? (?:on |- |\| )?{_DATE}|{_TIME}"),
    ("date", _DATE),
)
_PATTERNS = (
    *((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _LOOSE),
    *((kind, re.compile(pattern)) for kind, pattern in _STRICT),
)
_SPEECH = re.compile(r"[\"“”«»]|\b(?:said|says|told|added|asked)\b")
_SENTENCE_END = re.compile(r"\.[\"”’')]?$")


def line_kind(line: str) -> Kind | None:
    """What sort of boilerplate ``line`` is, or None for a line of text."""
    line = line.strip().removeprefix("• ").removeprefix("- ").strip()
    if not line or len(line) > _MOST:
        return None
    kind = next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(line)), None)
    if kind in ("furniture", "share", "network", "pointer") and line[0].islower():
        return None
    if kind in ("furniture", "share") and _SPEECH.search(line):
        return None
    if kind == "pointer" and _SENTENCE_END.search(line) and not line.endswith("..."):
        return None
    return kind
