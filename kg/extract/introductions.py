"""How news introduces people: "Y chief X", "X, the director of Y in Z", "X of Y", "X is the head of Y"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc, Span

from kg.extract.entities import SHORT_TITLES
from kg.extract.words import DETERMINERS

__all__ = ["Introduction", "implied_organisation", "introduction", "landmarks"]

_BETWEEN: Final = frozenset(
    (",", "(", "-", "–", "—", "who", "is", "was", "became", "remains", "as", "and", "now", "then", "also")
)
_QUALIFIERS: Final = frozenset(
    """
    former acting interim outgoing incoming deputy then longtime veteran current new ex onetime one-time newly elected
    republican democratic senior first
    """.split()
)
_JOINING: Final = frozenset(("of", "for", "at", "with", "in", "on", "to", "from"))
_MEMBERSHIP: Final = frozenset(("of", "at", "with", "from"))
_POSSESSIVES: Final = frozenset(("'", "’"))
_COMPANY: Final = frozenset(("company", "firm", "group", "organisation", "organization"))
_REACH: Final = 8
_FAR: Final = 60


@dataclass(slots=True)
class Introduction:
    """The role, organisation and place that stand beside a person's name."""

    roles: list[Span] = field(default_factory=list)
    organisations: list[Span] = field(default_factory=list)
    places: list[Span] = field(default_factory=list)

    def add(self, entity: Span) -> None:
        (self.organisations if entity.label_ == "ORG" else self.places).append(entity)


def landmarks(doc: Doc) -> dict[int, Span]:
    """The roles, organisations and places of a text, by their first token."""
    return {span.start: span for span in (*doc.ents, *doc.spans["roles"]) if span.label_ in ("ORG", "PLACE", "ROLE")}


def introduction(doc: Doc, person: Span, by_start: dict[int, Span]) -> Introduction:
    """What the words directly before and after ``person`` state, in the shapes that news uses, of :func:`landmarks`."""
    found = Introduction()
    _before(doc, person, by_start, found)
    _after(doc, person, by_start, found)
    return found


def _before(doc: Doc, person: Span, by_start: dict[int, Span], found: Introduction) -> None:
    """ "Amman's mayor X", "Fed chair X", "the president of Y, X,"."""
    by_end = {span.end: span for span in map(_with_stop, by_start.values())}
    index = person.start
    if index and doc[index - 1].text == ",":
        index -= 1
    chain: list[Span] = []
    while index > 0 and len(chain) < 4:
        span = by_end.get(index)
        if span is not None:
            chain.append(span)
            index = span.start
        elif doc[index - 1].lower_ in _QUALIFIERS or _joins(doc, index - 1, chain):
            index -= 1
        else:
            break
    comma = doc[person.start - 1].text == "," if person.start else False
    if not any(span.label_ == "ROLE" for span in chain) or (comma and chain[0].label_ == "PLACE"):
        return
    for span in chain:
        found.roles.append(span) if span.label_ == "ROLE" else found.add(span)


def _with_stop(span: Span) -> Span:
    """A role with the stop of its abbreviation: "Sen."."""
    doc, end = span.doc, span.end
    abbreviated = span.label_ == "ROLE" and doc[end - 1].lower_ in SHORT_TITLES and end < len(doc) and doc[end].text == "."
    return Span(doc, span.start, end + 1, label="ROLE") if abbreviated else span


def _joins(doc: Doc, index: int, chain: list[Span]) -> bool:
    """Words that may stand between the parts of an introduction: a possessive, or a preposition with its article."""
    word = doc[index].lower_
    if word == "s":
        return index > 0 and doc[index - 1].text in _POSSESSIVES
    if word in _POSSESSIVES:
        return True
    return bool(chain) and chain[-1].label_ != "ROLE" and word in _JOINING | {"the"}


def _after(doc: Doc, person: Span, by_start: dict[int, Span], found: Introduction) -> None:
    """ "X, the director of Amman's Y", "X of Y", "X is the head of Y in Z"."""
    index = person.end
    direct = index < len(doc) and doc[index].lower_ in _MEMBERSHIP
    if direct:
        entity = by_start.get(_skip(doc, index + 1, DETERMINERS))
        if entity is not None and entity.label_ == "ORG":
            found.add(entity)
        return
    index = _behind_bracket(doc, index)
    start = _skip(doc, index, _BETWEEN | DETERMINERS | _QUALIFIERS)
    if start == index or start - index > _REACH or "\n" in doc[index:start].text:
        return
    pending: list[Span] = []
    role = by_start.get(start)
    while role is not None and role.label_ != "ROLE" and len(pending) < 2:
        pending.append(role)
        role = by_start.get(_skip(doc, role.end, _POSSESSIVES | DETERMINERS | _QUALIFIERS | {"s"}))
    if role is None or role.label_ != "ROLE":
        return
    found.roles.append(role)
    for entity in pending:
        found.add(entity)
    _complements(doc, role.end, by_start, found)


def _complements(doc: Doc, index: int, by_start: dict[int, Span], found: Introduction) -> None:
    """What follows a role: "of the Y", "of Z's Y", "for Y in Z"."""
    for _ in range(3):
        start = _skip(doc, index, _JOINING | DETERMINERS | _POSSESSIVES | {"s"})
        entity = by_start.get(start)
        if start == index or entity is None or entity.label_ == "ROLE":
            return
        found.add(entity)
        index = entity.end


def implied_organisation(doc: Doc, role: Span) -> Span | None:
    """The organisation that "its" before the role, or "the ministry" behind it, means: the last fitting one before."""
    before = [entity for entity in doc.ents if entity.label_ == "ORG" and entity.end <= role.start]
    if role.start and doc[role.start - 1].lower_ in ("its", "their"):
        return next((entity for entity in reversed(before) if role.start - entity.end < _FAR), None)
    start = _skip(doc, role.end, _JOINING)
    if start == role.end or start + 1 >= len(doc) or doc[start].lower_ != "the":
        return None
    noun = doc[start + 1].lower_
    named = next((entity for entity in reversed(before) if entity[-1].lower_ == noun), None)
    return named or (before[-1] if before and noun in _COMPANY else None)


def _behind_bracket(doc: Doc, index: int) -> int:
    """Behind "(D-N.C.)" when that stands at ``index``."""
    if index >= len(doc) or doc[index].text != "(":
        return index
    return next((token.i + 1 for token in doc[index : index + _REACH] if token.text == ")"), index)


def _skip(doc: Doc, index: int, words: frozenset[str]) -> int:
    while index < len(doc) and doc[index].lower_ in words:
        index += 1
    return index
