"""Gold and predicted articles in the one form that the measures compare."""

from __future__ import annotations

import gzip
import json
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from kg.records import Affiliation, Chain, Claim, ClaimKind, Document, Extraction, Mention
from kg.score.names import is_party

__all__ = [
    "CLAIM_KINDS",
    "KINDS",
    "NOTHING",
    "Gold",
    "Side",
    "SideAffiliation",
    "SideClaim",
    "SideEntity",
    "SideMention",
    "Span",
    "neutral",
    "predicted_side",
    "read_gold",
]

Span = tuple[int, int]

KINDS: Final = ("PERSON", "ORG", "PLACE", "EVENT")
CLAIM_KINDS: Final = ("direct", "indirect", "mixed")


@dataclass(frozen=True, slots=True)
class SideMention:
    """A span, its kind, and the id of the entity that it mentions."""

    start: int
    end: int
    kind: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class SideEntity:
    """One thing within one article: its fullest name and its other surface forms."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideAffiliation:
    """Who holds which role where; all but the role are entity ids, or names of what has no id."""

    person: str
    role: str | None
    organisation: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class SideClaim:
    """Spans of a claim and the entities (ids or names) that make it, the first one first."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speakers: tuple[str, ...]
    kind: ClaimKind
    score: float = 1.0
    speaker_score: float = 1.0


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: all that gold, or a prediction, has to say on one article."""

    mentions: tuple[SideMention, ...] = ()
    entities: tuple[SideEntity, ...] = ()
    affiliations: tuple[SideAffiliation, ...] = ()
    claims: tuple[SideClaim, ...] = ()


NOTHING: Final = Side()


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated article."""

    id: str
    text: str
    side: Side

    @property
    def document(self) -> Document:
        """The article as what the extraction stage reads."""
        return Document(self.id, self.text)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Gold:
        """One line of a gold file; an affiliation without a person is left out.

        KeyError, TypeError or ValueError on another form.
        """
        entities = data["entities"]
        side = Side(
            tuple(
                SideMention(start, end, entity["type"], entity["id"])
                for entity in entities
                for start, end in entity["mentions"]
            ),
            tuple(SideEntity(e["id"], e["type"], e["name"] or "", tuple(e.get("aliases", ()))) for e in entities),
            tuple(
                SideAffiliation(a["person"], a["role"], a["organisation"], a.get("place"))
                for a in data["affiliations"]
                if a["person"]
            ),
            tuple(_gold_claim(claim) for claim in data["claims"]),
        )
        known = {entity.id for entity in side.entities}
        named = [ref for a in side.affiliations for ref in (a.person, a.organisation, a.place) if ref is not None]
        named += [speaker for claim in side.claims for speaker in claim.speakers]
        if not known.issuperset(named):
            raise ValueError(f"no such entity: {sorted(set(named) - known)}")
        return cls(data["id"], data["text"], side)


def _gold_claim(data: dict[str, Any]) -> SideClaim:
    if data["kind"] not in CLAIM_KINDS:
        raise ValueError(f"unknown kind of claim: {data['kind']!r}")
    speakers = (data["speaker"], *data.get("co_speakers", ()))
    return SideClaim(
        content=tuple((start, end) for start, end in data["content"]),
        cue=_pair(data.get("cue")),
        source=_pair(data.get("speaker_span")),
        speakers=tuple(speaker for speaker in speakers if speaker),
        kind=cast(ClaimKind, data["kind"]),
    )


def _pair(span: Sequence[int] | None) -> Span | None:
    return (span[0], span[1]) if span else None


def read_gold(path: str | Path) -> list[Gold]:
    """The articles of a .jsonl or .jsonl.gz file, one a line; ValueError names the line that has another form."""
    path = Path(path)
    articles = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                articles.append(Gold.from_json(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}, line {number}: not an annotated article: {error!r}") from error
    return articles


# ------------------------------------------------------------------ predictions
def predicted_side(extraction: Extraction) -> Side:
    """What ``extraction`` says, with the chains as entities e0, e1 and so on."""
    ids: dict[Span, str] = {}
    entities = tuple(_entity(f"e{number}", chain) for number, chain in enumerate(extraction.chains))
    parties = {entity.id for entity in entities if is_party(entity.name)}
    for number, chain in enumerate(extraction.chains):
        for mention in chain.mentions:
            ids.setdefault((mention.start, mention.end), f"e{number}")
    return Side(
        tuple(SideMention(m.start, m.end, m.label, ids.get((m.start, m.end))) for m in extraction.mentions if m.label in KINDS),
        entities,
        tuple(_affiliation(affiliation, ids, parties) for affiliation in extraction.affiliations),
        tuple(_claim(claim, ids) for claim in extraction.claims),
    )


def _entity(id: str, chain: Chain) -> SideEntity:
    forms = (mention.text for mention in chain.mentions if mention.label in KINDS)
    return SideEntity(id, chain.kind, chain.name.text, tuple(form for form in dict.fromkeys(forms) if form != chain.name.text))


def _affiliation(affiliation: Affiliation, ids: dict[Span, str], parties: Container[str]) -> SideAffiliation:
    """A party's name is no organisation, just as in gold, where it stands in a field of its own."""
    organisation = _ref(affiliation.organisation, ids) if affiliation.organisation else None
    return SideAffiliation(
        person=_ref(affiliation.person, ids),
        role=affiliation.role.quote if affiliation.role else None,
        organisation=None if organisation is None or organisation in parties or is_party(organisation) else organisation,
        place=_ref(affiliation.place, ids) if affiliation.place else None,
    )


def _claim(claim: Claim, ids: dict[Span, str]) -> SideClaim:
    return SideClaim(
        content=tuple((piece.start, piece.end) for piece in claim.content),
        cue=(claim.cue.start, claim.cue.end) if claim.cue else None,
        source=(claim.source.start, claim.source.end) if claim.source else None,
        speakers=(_ref(claim.speaker, ids), *(_ref(m, ids) for m in claim.co_speakers)) if claim.speaker else (),
        kind=claim.kind,
        score=claim.score,
        speaker_score=claim.speaker_score,
    )


def _ref(mention: Mention, ids: dict[Span, str]) -> str:
    """The id of the chain that ``mention`` is in, or else its text."""
    return ids.get((mention.start, mention.end), mention.text)


def neutral(extraction: Extraction) -> dict[str, Any]:
    """``extraction`` as plain JSON without our records, for scorers and viewers that know nothing of kg.

    ``{"mentions": [{start, end, type, entity}], "entities": [{id, type, name, aliases}],
    "affiliations": [{person, role, organisation, place}], "claims": [{content, cue, speaker_span, speaker, kind}]}``
    """
    side = predicted_side(extraction)
    return {
        "mentions": [{"start": m.start, "end": m.end, "type": m.kind, "entity": m.entity} for m in side.mentions],
        "entities": [{"id": e.id, "type": e.kind, "name": e.name, "aliases": list(e.aliases)} for e in side.entities],
        "affiliations": [
            {"person": a.person, "role": a.role, "organisation": a.organisation, "place": a.place} for a in side.affiliations
        ],
        "claims": [
            {
                "content": _lists(claim.content),
                "cue": list(claim.cue) if claim.cue else None,
                "speaker_span": list(claim.source) if claim.source else None,
                "speaker": claim.speakers[0] if claim.speakers else None,
                "kind": claim.kind,
            }
            for claim in side.claims
        ],
    }


def _lists(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]
