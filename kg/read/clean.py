"""The article without its page: boilerplate lines go, the headline becomes the title, and the text begins with prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from kg.read.decode import one_line, sanitise

__all__ = ["clean", "line_kind"]

_Kind = Literal["player", "furniture", "share", "network", "pointer", "credit", "stamp", "date"]

_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"”’'»)\]]{0,3}$")
_FULL_STOP = re.compile(r"[.。।][\"”’'»)\]]{0,3}$")
_OPEN_END = (",", ";", ":", "-", "–", "—", "(")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})
_MOST_HEADLINE = 150
_LEAST_WRAPPED = 45
_LEAST_PROSE = 20
_LONG = 150
_MOST_BETWEEN = 2


def clean(text: str, title: str | None = None) -> tuple[str, str | None]:
    """The body of ``text`` and its title: the one that is known, else the headline that stands above the body."""
    lines = list(_body_lines(text.split("\n")))
    known = title or _headline(lines)
    if known is None:
        return sanitise("\n".join(lines)), None
    body = sanitise("\n".join(_without(lines, _key(known))))
    if not body:  # the headline is all there is
        body = sanitise("\n".join(lines))
    return body, known


def _body_lines(lines: list[str]) -> Iterator[str]:
    """``lines`` without boilerplate."""
    before, dropped, in_body = "", None, False
    for number, line in enumerate(lines):
        kind = line_kind(line)
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if kind is not None and not _is_text(kind, before, after, dropped, in_body):
            dropped = kind
            continue
        if line.strip():
            dropped = None
            in_body = in_body or _is_prose(line)
        before = line
        yield line


def _is_text(kind: _Kind, before: str, after: str, dropped: _Kind | None, in_body: bool) -> bool:
    """Whether a line that looks like boilerplate is text where it stands."""
    if kind == "player":
        return False
    if _runs_on(before):
        return True
    if kind == "network":  # "Facebook" is a word of its own unless it stands in a row of buttons
        return dropped not in ("share", "network")
    if kind == "pointer":
        return after.lstrip()[:1].islower() and line_kind(after) is None
    return kind == "date" and in_body


def _runs_on(line: str) -> bool:
    """Whether ``line`` was broken for its length, so that the next one continues it."""
    return len(line.strip()) >= _LEAST_WRAPPED and not _SENTENCE_END.search(line.rstrip())


def _is_prose(paragraph: str) -> bool:
    paragraph = paragraph.strip()
    return len(paragraph) >= _LONG or (len(paragraph) >= _LEAST_PROSE and bool(_SENTENCE_END.search(paragraph)))


def _headline(lines: list[str]) -> str | None:
    """The headline above the first prose: a line that stands there twice, else the first line."""
    above: list[list[str]] = []
    for block in _blocks(lines):
        if _is_prose(" ".join(block)) and not (len(block) == 1 and _could_be_headline(block[0])):
            break
        above.append(block)
    else:
        return None
    short = [line for block in above for line in block if _could_be_headline(line)]
    counts = Counter(map(_key, short))
    if (twice := next((line for line in short if counts[_key(line)] > 1), None)) is not None:
        return one_line(twice)
    alone = bool(above) and len(above[0]) == 1 and len(above) <= 1 + _MOST_BETWEEN
    return one_line(above[0][0]) if alone and _could_be_headline(above[0][0]) else None


def _could_be_headline(line: str) -> bool:
    line = line.strip()
    if not line or len(line) > _MOST_HEADLINE or line.endswith(_OPEN_END) or _FULL_STOP.search(line):
        return False
    return len(line.split()) > 1 or not line.isascii()


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Runs of lines between empty lines."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _without(lines: list[str], key: str) -> Iterator[str]:
    """``lines`` without those that repeat the headline."""
    before = ""
    for line in lines:
        if _key(line) == key and not _runs_on(before):
            continue
        before = line
        yield line


def _key(line: str) -> str:
    return " ".join(line.translate(_QUOTES).split()).casefold()


# ------------------------------------------------------------------ boilerplate: short lines, matched as a whole
_LONGEST_LINE = 160

_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
_DATE = (
    rf"{_DAY}(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}|"
    r"\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
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
_LOOSE: tuple[tuple[_Kind, str], ...] = (
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
_STRICT: tuple[tuple[_Kind, str], ...] = (
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
_PERIOD_END = re.compile(r"\.[\"”’')]?$")


def line_kind(line: str) -> _Kind | None:
    """What sort of boilerplate ``line`` is, or None for a line of text."""
    line = line.strip().removeprefix("• ").removeprefix("- ").strip()
    if not line or len(line) > _LONGEST_LINE:
        return None
    kind = next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(line)), None)
    if kind in ("furniture", "share", "network", "pointer") and line[0].islower():
        return None
    if kind in ("furniture", "share") and _SPEECH.search(line):
        return None
    if kind == "pointer" and _PERIOD_END.search(line) and not line.endswith("..."):
        return None
    return kind
