"""The data model: what every stage hands to the next.  Imports nothing else from kg.

Offsets are Unicode code points of ``Document.text``, end exclusive; ``text[start:end]`` is the recorded
quote of every mention and every piece of evidence.  Scores run from 0 to 1.
"""

from __future__ import annotations

import functools
import html
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, TypeVar

__all__ = [
    "Affiliation",
    "Chain",
    "Claim",
    "Document",
    "Entity",
    "Event",
    "Evidence",
    "Extraction",
    "Location",
    "Mention",
    "Skipped",
    "Verdict",
    "check",
    "from_json",
    "to_json",
]

EntityKind = Literal["PERSON", "ORG", "PLACE", "EVENT"]
ClaimKind = Literal["direct", "indirect", "mixed"]
SourceForm = Literal["name", "surname", "pronoun", "nominal", "none"]
SourceType = Literal["named person", "unnamed person", "named organisation", "unnamed group", "document", "none"]
Polarity = Literal["affirmed", "denied"]
Modality = Literal["asserted", "predicted", "possible", "demanded", "conditional"]
Status = Literal["current", "former", "acting", "elect", "candidate"]
EventStatus = Literal["past", "ongoing", "planned", "hypothetical"]


@dataclass(frozen=True, slots=True)
class Document:
    """An article.  ``id`` comes from its content; ``published`` is an ISO 8601 date.

    >>> kg.Document("letter-1", "Nobody asked us.", published="2031-03-03").language
    'en'
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that gave no document: where it is, why (one word of ``read.REASONS``), and a sentence for people."""

    source: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A stretch of a document that shows something."""

    document: str
    start: int
    end: int
    quote: str
    score: float = 1.0


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name, nominal or pronoun; ``label`` is PERSON, ORG, PLACE, EVENT, ROLE, NOMINAL or PRONOUN."""

    document: str
    start: int
    end: int
    text: str
    label: str
    score: float = 1.0

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.document, self.start, self.end, self.text, self.score)


@dataclass(frozen=True, slots=True)
class Chain:
    """Mentions of one thing within one document; the first one names it best."""

    kind: EntityKind
    mentions: tuple[Mention, ...]

    @property
    def name(self) -> Mention:
        return self.mentions[0]


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A person holds a role in an organisation or place, as the text states it.

    ``person`` and the others are the mentions that name them best; ``role`` is verbatim, ``role_name`` normalised.
    ``since`` and ``until`` are ISO 8601 dates (a year, a month or a day), None when the text does not say.
    """

    person: Mention
    role: Evidence | None
    role_name: str | None
    organisation: Mention | None
    place: Mention | None
    party: str | None
    status: Status
    evidence: Evidence
    score: float
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A happening, named or nominal, with who took part, where and when as far as the text says.

    ``date`` is ``time`` in ISO 8601, reckoned from the day of publication.
    """

    trigger: Mention
    participants: tuple[Mention, ...]
    place: Mention | None
    time: Evidence | None
    evidence: Evidence
    score: float
    status: EventStatus = "past"
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody is reported to have said.

    ``source`` is the nearest expression of the speaker, ``speaker`` the mention that names them best in the
    document, or None with ``unresolved`` saying why; ``trace`` tells how the one led to the other.
    ``time`` is when it was said, as the text puts it, and ``said_on`` the same as an ISO 8601 date.

    >>> claim = next(graph.nodes("CLAIM")).record
    >>> piece = claim.content[0]
    >>> graph.document(piece.document).text[piece.start : piece.end] == piece.quote
    True
    """

    id: str
    kind: ClaimKind
    content: tuple[Evidence, ...]
    cue: Evidence | None
    cue_lemma: str | None
    source: Evidence | None
    form: SourceForm
    speaker: Mention | None
    co_speakers: tuple[Mention, ...]
    unresolved: str | None
    source_type: SourceType
    justification: Evidence | None
    affiliation: Affiliation | None
    on_behalf_of: Mention | None
    about: tuple[Mention, ...]
    polarity: Polarity
    modality: Modality
    score: float
    speaker_score: float
    trace: tuple[str, ...]
    time: Evidence | None = None
    said_on: str | None = None

    @property
    def text(self) -> str:
        """The content in one string; pieces are joined by an ellipsis."""
        return " … ".join(piece.quote for piece in self.content)

    def _repr_html_(self) -> str:
        """The words and who said them, for notebooks; all text is escaped."""
        who = self.speaker.text if self.speaker else self.source.quote if self.source else "nobody by name"
        role = self.affiliation.role.quote if self.affiliation and self.affiliation.role else ""
        facts = f"{self.kind}, {self.polarity}, {self.modality}; score {self.score:.2f}"
        return _card(self.text, f"— {who}{f', {role}' if role else ''}", facts)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says."""

    document: Document
    mentions: tuple[Mention, ...]
    chains: tuple[Chain, ...]
    affiliations: tuple[Affiliation, ...]
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Location:
    """Where a place lies: WGS 84 degrees, and the name of its country when it is not one itself."""

    latitude: float
    longitude: float
    country: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Verdict:
    """Why two mentions, each of which stands for all of its chain, mean one thing or (``same`` False) do not."""

    one: Mention
    other: Mention
    same: bool
    reasons: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world, with every mention of it in every document; only places have a ``location``.

    ``verdicts`` says of each chain why it was joined to the rest, and of things of the same name why they were not.

    >>> next(node.record.kind for node in graph.nodes("PERSON") if node.label == "Helena Brandão")
    'PERSON'
    """

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    same_as: tuple[str, ...] = ()
    location: Location | None = None
    verdicts: tuple[Verdict, ...] = ()

    def _repr_html_(self) -> str:
        """The name, other names, and where it is mentioned, for notebooks; all text is escaped."""
        others = ", ".join(alias for alias in self.aliases if alias != self.name)
        documents = len({mention.document for mention in self.mentions})
        facts = f"{self.kind.lower()}; mentions: {len(self.mentions)}, documents: {documents}"
        return _card(self.name, f"also {others}" if others else "", facts)


def _card(title: str, below: str, facts: str) -> str:
    rows = (("font:600 1.05em Georgia,serif", title), ("", below), ("opacity:.7;font-size:.85em", facts))
    lines = "".join(f'<div style="{style}">{html.escape(words)}</div>' for style, words in rows if words)
    return f'<div style="max-width:40em;padding:.4em .8em;border-left:3px solid #b8923a">{lines}</div>'


# ------------------------------------------------------------------ JSON
Record = TypeVar("Record")


def to_json(record: Any) -> Any:
    """A record as plain dicts, lists, strings and numbers."""
    if isinstance(record, tuple):
        return [to_json(item) for item in record]
    names = _names(type(record))  # type: ignore[arg-type]  # mypy takes a type for unhashable
    return {name: to_json(getattr(record, name)) for name in names} if names else record


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a record; none for anything else."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def from_json(kind: type[Record], data: Any) -> Record:
    """The record of type ``kind`` that :func:`to_json` wrote as ``data``; TypeError or KeyError on anything else."""
    found: Record = _reader(kind)(data)  # type: ignore[arg-type]  # as above
    return found


@functools.cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """What turns JSON into a value of type ``hint``; made once a type, because a large graph has millions of records."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        read = _reader(next(option for option in typing.get_args(hint) if option is not type(None)))
        return lambda data: None if data is None else read(data)
    if typing.get_origin(hint) is tuple:
        read = _reader(typing.get_args(hint)[0])
        return lambda data: tuple(map(read, data))
    if is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        readers = tuple((field.name, _reader(hints[field.name])) for field in fields(hint))
        return lambda data: hint(*[read(data[name]) for name, read in readers])  # type: ignore[operator]
    return float if hint is float else lambda data: data


def check(extraction: Extraction) -> None:
    """Raise ValueError unless every quote in ``extraction`` stands in the text where it says."""
    for item in _spans(extraction):
        quote = item.quote if isinstance(item, Evidence) else item.text
        if item.document != extraction.document.id or extraction.document.text[item.start : item.end] != quote:
            raise ValueError(f"evidence does not match the text of {extraction.document.id}: {item!r}")


def _spans(record: Any) -> typing.Iterator[Evidence | Mention]:
    if isinstance(record, Evidence | Mention):
        yield record
    elif is_dataclass(record):
        for field in fields(record):
            yield from _spans(getattr(record, field.name))
    elif isinstance(record, tuple):
        for item in record:
            yield from _spans(item)
