"""What a source's own words say: the names in it that speak, its form, and the kind of thing it means."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from spacy.tokens import Doc, Span

from kg.names import plain

__all__ = [
    "PEOPLE",
    "RELATIVE",
    "fits",
    "form_of",
    "gender_of",
    "head_of",
    "is_document",
    "is_indefinite",
    "is_known",
    "is_plural",
    "named_sources",
    "unnamed_type",
]

PERSONAL: Final = frozenset(("he", "she", "him", "her", "i", "himself", "herself"))
PLURAL: Final = frozenset(("they", "them", "we", "us", "those", "these", "some", "many", "others", "few", "several", "both"))
_GROUP: Final = frozenset(("they", "we", "who", "it"))
RELATIVE: Final = frozenset(("who", "which", "that"))
_PRONOUNS: Final = (
    PERSONAL | PLURAL | RELATIVE | frozenset(("it", "you", "this", "anyone", "everyone", "nobody", "most", "all"))
)
_INDEFINITE: Final = frozenset("a an one some several many few two three four most other another no any".split())
_DEFINITE: Final = frozenset("the this that these those his her their its our both they".split())
_PREPOSITIONS: Final = frozenset("of at with from for in on to by within inside near close familiar against about over".split())
_LIKE: Final = frozenset(("like", "including", "as"))
_DOCUMENTS: Final = frozenset(
    """
    report study survey poll memo memorandum letter statement document filing lawsuit suit complaint article email editorial
    ruling opinion order brief review analysis paper book transcript tweet post ad advertisement headline forecast assessment
    submission essay column dossier cable note release audit blog website motion petition account
    calculation statistic figure photo picture footage recording audio video platform finding text message
    """.split()
)
_BODIES: Final = frozenset(
    """
    government administration regime ministry department agency office bureau commission committee council court parliament
    congress senate house party campaign company firm bank group organisation organization union association network newspaper
    magazine paper outlet station institute university college school hospital center centre foundation fund police army
    military force authority city state country nation kingdom team club league federation board panel coalition alliance
    corporation manufacturer airline carrier retailer automaker maker operator regulator watchdog charity think-tank
    """.split()
)
_RULERS: Final = frozenset(("government", "administration", "regime", "authorities"))
PEOPLE: Final = frozenset(
    """
    official aide source person observer analyst expert critic diplomat lawmaker resident witness lawyer attorney spokesman
    spokeswoman spokesperson supporter opponent republican democrat voter adviser advisor senator representative congressman
    congresswoman governor mayor president chairman chairwoman chair chief head director minister secretary judge justice
    professor doctor teacher student man woman boy girl mother father son daughter wife husband widow brother sister friend
    ally rival worker researcher scientist economist leader candidate nominee executive officer manager owner founder author
    writer journalist reporter editor host pastor priest pope king queen prince princess general colonel captain commander
    soldier farmer fisherman driver neighbour neighbor victim survivor activist organiser organizer protester player coach
    actor singer artist engineer pilot nurse physician billionaire businessman businesswoman mogul veteran politician
    legislator delegate ambassador envoy prosecutor investigator detective sheriff inspector historian speaker
    """.split()
)
_KNOWN: Final = _DOCUMENTS | _BODIES | PEOPLE
_AFTER_HEAD: Final = _PREPOSITIONS | RELATIVE | {"handling", "seeking", "released"}


def form_of(source: Span) -> str:
    """ "pronoun" or "nominal", for a source that names nobody."""
    words = [token for token in source if token.is_alpha]
    if not words or words[0].lower_ not in _PRONOUNS:
        return "nominal"
    first, rest = words[0].lower_, words[1:]
    adverbs = len(rest) <= 2 and all(
        token.is_stop or token.lower_.endswith(("self", "selves", "ly", "later")) for token in rest
    )
    return "pronoun" if not rest or (adverbs and (first in PERSONAL or first in _GROUP)) else "nominal"


def is_indefinite(source: Span) -> bool:
    """ "a diplomat", "some observers", "officials at Y": nobody spoken of before."""
    first = source[0].lower_
    return (
        first in _INDEFINITE
        or (first == head_of(source) and not source[0].is_title)
        or (is_plural(source) and first not in _DEFINITE)
    )


def head_of(source: Span) -> str:
    """The head noun of the source's first phrase, in the singular: "officials at the bank" is about an official."""
    head = ""
    for token in source:
        word = token.lower_
        if word in _AFTER_HEAD or word in ",(;:":
            break
        if token.is_alpha:
            head = word
    singular = head[:-3] + "y" if head.endswith("ies") else head.removesuffix("s")
    return head if head in _KNOWN or singular not in _KNOWN else singular


def is_known(source: Span) -> bool:
    """Whether the noun is one of people, bodies or documents, so that :func:`fits` can tell kinds apart."""
    return head_of(source) in _KNOWN


def is_document(source: Span) -> bool:
    return head_of(source) in _DOCUMENTS


def is_plural(source: Span) -> bool:
    """More than one person: "they", "officials"."""
    words = [token.lower_ for token in source if token.is_alpha]
    if words and words[0] in PLURAL:
        return True
    return head_of(source) in PEOPLE and any(word.removesuffix("s") in PEOPLE and word.endswith("s") for word in words)


def unnamed_type(source: Span) -> str:
    """The source type of a source without a name."""
    if is_document(source):
        return "document"
    return "unnamed group" if is_plural(source) or head_of(source) in _BODIES else "unnamed person"


def fits(source: Span, kind: str) -> bool:
    """Whether the source may mean one thing of ``kind``: "the bank" is no person, "the judges" are not one."""
    word, head = source.text.lower(), head_of(source)
    if word in PERSONAL or word == "who" or head in PEOPLE:
        return kind == "PERSON" and not (head in PEOPLE and is_plural(source))
    if word in ("it", "which") or head in _BODIES:
        return kind in ("ORG", "PLACE")
    return kind != "EVENT"


# ------------------------------------------------------------------ names in the source
def named_sources(doc: Doc, source: Span) -> list[Span]:
    """The entities that the source itself names as speaking; several when they are joined.

    A document speaks for the body or author that it names: "a study by X", "the X report".
    """
    inside = [e for e in doc.ents if source.start <= e.start and e.end <= source.end and e.label_ != "EVENT"]
    people = [e for e in inside if e.label_ == "PERSON" and not _modifies(doc, source, e)]
    heads = [e for e in people if not _governed(doc, source, e)]
    if heads:
        return [heads[0], *(e for e in people if e.start > heads[0].start and _joined(doc, heads[0], e))]
    if is_document(source):
        authors = [e for e in inside if "by" in _words_before(source, e)]
        authors.sort(key=lambda e: e.label_ != "PERSON")
        return authors[:1] or [e for e in inside if not _possessed_person(doc, e)][:1]
    if head_of(source) in PEOPLE:
        return []
    seats = [e for e in inside if e.label_ == "PLACE" and _words_before(source, e)[-1:] in (["in"], ["of"])]
    if seats and head_of(source) in _RULERS:
        return seats[:1]
    return [e for e in inside if e.label_ != "PERSON" and _heads(doc, source, e)][:1]


def _modifies(doc: Doc, source: Span, entity: Span) -> bool:
    """The name stands before the noun that speaks: "Trump lawyer ...", "Oduya's aide"."""
    if not any(token.is_alpha and token.lower_ != "s" for token in doc[entity.end : source.end]):
        return False
    after = doc[entity.end]
    noun = after.is_alpha and after.is_lower and not after.is_stop and after.lower_ not in ("jr", "sr")
    return after.text in ("'", "’") or (noun and not after.lower_.endswith(("ed", "ing", "ly")))


def _governed(doc: Doc, source: Span, entity: Span) -> bool:
    """Behind a preposition, titles between: "an aide to Senator Oduya"; not "critics like Oduya"."""
    titles = {i for role in doc.spans.get("roles", ()) for i in range(role.start, role.end)}
    index = entity.start - 1
    while index >= source.start and (
        index in titles or doc[index].lower_ in ("the", "a", "an", "former") or doc[index].is_title
    ):
        if index not in titles and doc[index].lower_ in _PREPOSITIONS:
            break
        index -= 1
    preposition = index >= source.start and index not in titles and doc[index].lower_ in _PREPOSITIONS - _LIKE
    return preposition and not doc[index : entity.start].text.lower().startswith("of state ")


def _joined(doc: Doc, first: Span, other: Span) -> bool:
    """ "X and Y", "X (D-Ohio), Y and Z": nothing between but other names, brackets, titles and joining words."""
    if not _follows_joint(doc, other):
        return False
    between = doc[first.end : other.start]
    return len(between) <= 24 and any(token.lower_ in ("and", ",", "&") for token in between) and not any(
        token.lower_ in _PREPOSITIONS - {"of"} or token.text in ".;:" for token in between if not _in_brackets(between, token.i)
    )  # fmt: skip


def _follows_joint(doc: Doc, name: Span) -> bool:
    """Before the name and its titles stands "and" or a comma: not "X, a Y ally"."""
    titles = {i for role in doc.spans.get("roles", ()) for i in range(role.start, role.end)}
    index = name.start - 1
    while index > 0 and (index in titles or doc[index].is_title or doc[index].lower_ in ("the", "former", ".")):
        index -= 1
    return doc[index].lower_ in ("and", ",", "&", "or")


def _in_brackets(span: Span, index: int) -> bool:
    text = span.doc[span.start : index].text
    return text.count("(") > text.count(")")


def _possessed_person(doc: Doc, entity: Span) -> bool:
    return False if entity.label_ != "PLACE" else entity.end < len(doc) and doc[entity.end].text in "'’"


def _heads(doc: Doc, source: Span, entity: Span) -> bool:
    """The organisation or country is what speaks, not what stands beside a noun: not "Pentagon officials", "aides at Y"."""
    if any(word in _PREPOSITIONS for word in _words_before(source, entity)):
        return False
    after = doc[entity.end : source.end]
    if after.text in ("'s", "’s", "'", "’"):
        return True
    return not len(after) or (after[0].is_stop if after[0].is_alpha else after[0].text not in "'’")


def _words_before(source: Span, entity: Span) -> list[str]:
    return [token.lower_ for token in source.doc[source.start : entity.start] if token.is_alpha]


# ------------------------------------------------------------------ he or she
def gender_of(name: Span) -> str | None:
    """ "m" or "f" by the title before the name or the given name, when either tells."""
    before = name.doc[max(0, name.start - 2) : name.start]
    titles = {token.lower_ for token in before}
    if titles & {"mr", "sir", "lord"}:
        return "m"
    if titles & {"ms", "mrs", "miss", "lady", "dame"}:
        return "f"
    words = plain(name.text).split()
    return _given_names().get(words[0]) if len(words) > 1 else None


@cache
def _given_names() -> dict[str, str]:
    lines = (Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8").splitlines()
    genders: dict[str, str] = {}
    for line in lines:
        gender, colon, names = line.partition(": ")
        if colon and gender in ("m", "f"):
            genders |= dict.fromkeys(names.split(), gender)
    return genders
