"""On whose behalf somebody speaks: "speaking for X", "a lawyer for X", "X's spokesman"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Span

from kg.extract.attribution import Attribution

__all__ = ["Representation", "representations", "represented"]

_AGENTS: Final = frozenset(
    """
    lawyer lawyers attorney attorneys spokesman spokeswoman spokesperson spokesmen spokespeople counsel solicitor barrister
    representative publicist agent
    """.split()
)
_JOINS: Final = frozenset(("for", "of"))
_SKIPPED: Final = frozenset(
    """
    the a an former president senator minister mr mrs ms dr gov sen rep prime king queen chief executive longtime then
    republican democratic candidate nominee
    """.split()
)
_BETWEEN: Final = frozenset(", ( - – — who is was as a an the and his her their".split())
_POSSESSIVE: Final = frozenset(("'", "’", "s"))
_QUALIFIERS: Final = frozenset("personal chief defence defense longtime former top senior campaign deputy lead press".split())


@dataclass(frozen=True, slots=True)
class Representation:
    """The words ``doc[start:end]`` say that somebody speaks for ``client``."""

    start: int
    end: int
    client: Span


def representations(doc: Doc) -> list[Representation]:
    """Each "lawyer for X", "X's lawyer" and "X spokesman" in the text; X is one of ``doc.ents``."""
    by_start = {entity.start: entity for entity in doc.ents if entity.label_ != "EVENT"}
    by_end = {entity.end: entity for entity in doc.ents if entity.label_ != "EVENT"}
    return [item for token in doc if token.lower_ in _AGENTS for item in _of_agent(doc, token.i, by_start, by_end)]


def represented(doc: Doc, attribution: Attribution, speaker: Iterable[Span], found: Iterable[Representation]) -> Span | None:
    """The one on whose behalf an attribution's speaker speaks; ``speaker`` holds the mentions of the speaker.

    What the sentence says of this saying ("speaking on behalf of X") comes before what the speaker is to somebody.
    """
    said = {i for piece in attribution.content for i in range(piece.start, piece.end)}
    spoken = _spoken_for(doc, attribution.cue.sent, said)
    if spoken is not None:
        return spoken
    persons = [*speaker, *([attribution.source] if attribution.source is not None else [])]
    inside = {(span.start, span.end) for span in persons}
    for item in found:
        if (item.client.start, item.client.end) in inside or any(i in said for i in range(item.start, item.end)):
            continue
        if any(_belongs(doc, person, item) for person in persons):
            return item.client
    return None


def _of_agent(doc: Doc, agent: int, by_start: dict[int, Span], by_end: dict[int, Span]) -> Iterator[Representation]:
    """ "lawyer for X" from its noun to X; "X's personal lawyer" from X to the noun."""
    if agent + 1 < len(doc) and doc[agent + 1].lower_ in _JOINS:
        client = by_start.get(_skip(doc, agent + 2, _SKIPPED | {"."}))
        if client is not None:
            yield Representation(agent, client.end, client)
            return
    start = agent
    while start > 0 and doc[start - 1].lower_ in _QUALIFIERS:
        start -= 1
    while start > 0 and doc[start - 1].lower_ in _POSSESSIVE:
        start -= 1
    client = by_end.get(start)
    if client is not None:
        yield Representation(client.start, agent + 1, client)


def _spoken_for(doc: Doc, sentence: Span, said: set[int]) -> Span | None:
    """ "speaking for X", "on behalf of X" in the sentence of the cue and outside what is said."""
    lower = [token.lower_ for token in sentence]
    for i in range(sentence.start, sentence.end - 2):
        words = lower[i - sentence.start :][:3]
        if i in said or not (words[:2] == ["speaking", "for"] or words == ["on", "behalf", "of"]):
            continue
        by_start = {entity.start: entity for entity in doc.ents if entity.label_ != "EVENT"}
        client = by_start.get(_skip(doc, i + (2 if words[0] == "speaking" else 3), _SKIPPED | {"."}))
        if client is not None:
            return client
    return None


def _belongs(doc: Doc, person: Span, item: Representation) -> bool:
    """The phrase lies in the person's words or directly beside them: "X, a lawyer for Y", "Y's lawyer X"."""
    if person.start < item.end and person.end > item.start:
        return True
    between = doc[person.end : item.start] if item.start >= person.end else doc[item.end : person.start]
    return len(between) <= 5 and all(token.lower_ in _BETWEEN | _QUALIFIERS for token in between)


def _skip(doc: Doc, index: int, words: frozenset[str]) -> int:
    while index < len(doc) and doc[index].lower_ in words:
        index += 1
    return index
