"""spaCy component kg_entities: people, organisations, places, events and roles in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import SimpleFrozenList

from kg.extract.agreement import agree
from kg.extract.encoder import real_words
from kg.extract.onnx import OnnxModel
from kg.extract.sources import PEOPLE
from kg.extract.tags import LabelSpan, decode
from kg.extract.words import DETERMINERS, compound_end

__all__ = ["NAME_LABELS", "SHORT_TITLES", "EntityTagger", "create_entities", "role_span"]

NAME_LABELS = ("PERSON", "ORG", "PLACE", "NORP", "MISC")
_KEPT = frozenset(("PERSON", "ORG", "PLACE"))
_BEFORE_NAMES = DETERMINERS | {"this", "that", "these", "those"}

SHORT_TITLES = frozenset(("sen", "sens", "rep", "reps", "gov", "govs", "del", "gen"))  # of offices, not of degrees
_LAST_NOUNS = frozenset(
    """
    center centre institute institution foundation university college school hospital council committee commission association
    agency authority union federation society party bank court ministry department bureau office service museum
    """.split()
)
_MARKS = frozenset("'’\"“”‘,;:")
_MONTHS = frozenset("january february march april may june july august september october november december".split()) - {
    "march",
    "may",
}
_LOOSE_ENDS = frozenset(("of", "for", "at", "in", "to", "and", "with", "the"))
_DEMONYM = re.compile(r"[A-Z][a-z]+(?:an|ese|ish|aeli|aqi|ani|ni|ench|tch|eek|iss|ino)")
_HAPPENINGS = frozenset(
    """
    offensive counteroffensive siege airstrike airstrikes ceasefire truce coup mutiny uprising insurgency referendum summit
    earthquake hurricane wildfire derailment merger takeover evacuation impeachment inauguration
    """.split()
)
_INSTITUTIONS = frozenset(("government", "regime", "military", "army", "navy", "parliament", "embassy"))


class EntityTagger:
    """Sets ``doc.ents`` (PERSON, ORG, PLACE, EVENT), ``doc.spans["roles"]`` and ``doc.spans["groups"]``.

    ``groups`` holds nationalities and the like, which are no entities of ours but help to read what
    "the Syrian minister" means.  Spans carry their probability in ``span.kb_id_``-free form: ``span._.score``.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.model = OnnxModel()
        if not Span.has_extension("score"):
            Span.set_extension("score", default=1.0)

    def __call__(self, doc: Doc) -> Doc:
        words = real_words(doc)
        if not len(words):
            doc.spans["roles"] = doc.spans["groups"] = []
            return doc
        names, events, roles = self.model(words=doc.tensor[words])

        def spans(found: Iterable[LabelSpan]) -> list[Span]:
            return [span for item in found if (span := _span(doc, words, item)) is not None]

        tagged = agree(spans(decode(names, NAME_LABELS)))
        happened = [span for span in spans(decode(events, ("EVENT",))) if _names_a_happening(span)]
        groups = [span for span in tagged if span.label_ == "NORP"]
        kept = [_whole_name(span) for span in tagged if span.label_ in _KEPT]
        doc.set_ents(_longest(kept + happened + _institutions(doc) + _event_nouns(doc)))
        doc.spans["roles"] = _whole_roles(doc, spans(decode(roles, ("ROLE",))))
        doc.spans["groups"] = groups
        return doc

    def to_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        self.model.to_disk(path / "model.onnx")

    def from_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> EntityTagger:
        self.model.from_disk(path / "model.onnx")
        return self


def _span(doc: Doc, words: NDArray[np.int64], item: LabelSpan) -> Span | None:
    """The span of a tagged run of words, without a leading determiner or a trailing possessive; None if nothing is left."""
    indices = words[item.start : item.end].tolist()
    while indices and doc[indices[0]].lower_ in _BEFORE_NAMES and len(indices) > 1 and not doc[indices[0]].is_title:
        indices.pop(0)
    while len(indices) > 2 and doc[indices[-1]].lower_ == "s" and doc[indices[-2]].text in ("'", "’"):
        del indices[-2:]
    while len(indices) > 1 and (doc[indices[-1]].text in _MARKS or doc[indices[-1]].lower_ in _LOOSE_ENDS):
        indices.pop()
    while len(indices) > 1 and doc[indices[0]].text in _MARKS:
        indices.pop(0)
    if not indices or not any(doc[i].is_alpha or doc[i].like_num for i in indices):
        return None
    span = Span(doc, indices[0], indices[-1] + 1, label=item.label)
    span._.score = round(item.score, 4)
    return span


def _whole_name(span: Span) -> Span:
    """An organisation's name up to the noun that ends it: "Delta Studies Center", not "Delta Studies"."""
    doc, end = span.doc, span.end
    if span.label_ != "ORG" or end == len(doc) or not doc[end].is_title or doc[end].lower_ not in _LAST_NOUNS:
        return span
    whole = Span(doc, span.start, end + 1, label="ORG")
    whole._.score = span._.score
    return whole


def _whole_roles(doc: Doc, roles: list[Span]) -> list[Span]:
    """Roles in one piece: parts that touch or are joined by a hyphen together, without a preposition at the end."""
    joined: list[tuple[int, int, float]] = []
    for role in roles:
        start, end = role.start, role.end
        score = float(role._.score)
        if joined and (joined[-1][1] == start or (joined[-1][1] == start - 1 and doc[start - 1].text in "-–")):
            first, _, before = joined.pop()
            start, score = first, min(score, before)
        joined.append((start, end, score))
    whole = []
    for start, end, score in joined:
        while end - start > 1 and (doc[end - 1].lower_ in _LOOSE_ENDS or not doc[end - 1].is_alpha):
            end -= 1
        for first, last in _titles(doc, start, end):
            span = role_span(doc, first, last)
            span._.score = score
            whole.append(span)
    return whole


def _titles(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """A role and the abbreviated title behind it are two: "Chairman Sen."."""
    last = end - 1
    return [(start, last), (last, end)] if start < last and doc[last].lower_ in SHORT_TITLES else [(start, end)]


def role_span(doc: Doc, start: int, end: int) -> Span:
    """A role that does not stop inside a compound: "water-company lawyer", not "water-"."""
    whole = compound_end(doc, end)
    if end < whole < len(doc) and doc[whole].lower_ in PEOPLE:
        whole += 1
    return Span(doc, start, whole, label="ROLE")


def _names_a_happening(span: Span) -> bool:
    """Not a bare year, month or function word."""
    return len(span) > 1 or (span[0].is_alpha and not span[0].is_stop and span[0].lower_ not in _MONTHS)


def _institutions(doc: Doc) -> list[Span]:
    """A nationality and its government, army or parliament: "Syrian government" is an organisation by name."""
    return [
        Span(doc, token.i - 1, token.i + 1, label="ORG")
        for token in doc[1:]
        if token.lower_ in _INSTITUTIONS and _DEMONYM.fullmatch(doc[token.i - 1].text)
    ]


def _event_nouns(doc: Doc) -> list[Span]:
    """Nouns that name a happening whenever one of them is meant: "the government offensive against Qusair"."""
    found = []
    for token in doc:
        follows = doc[token.i + 1] if token.i + 1 < len(doc) else None
        modifies = follows is not None and follows.is_alpha and not follows.is_stop
        if token.lower_ not in _HAPPENINGS or modifies:
            continue
        start = token.i
        while start > 0 and token.i - start < 4 and doc[start - 1].is_alpha and not doc[start - 1].is_stop:
            start -= 1
        if start > 0 and doc[start - 1].lower_ in _BEFORE_NAMES | {"s"}:
            found.append(Span(doc, start, token.i + 1, label="EVENT"))
    return found


def _longest(spans: Iterable[Span]) -> list[Span]:
    """Spans without overlap: the longest wins, then the surer one."""
    taken: set[int] = set()
    kept = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, -s._.score, s.start)):
        inside = set(range(span.start, span.end))
        if not inside & taken:
            taken |= inside
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)


@Language.factory("kg_entities", requires=["doc.tensor"], assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def create_entities(nlp: Language, name: str) -> EntityTagger:
    return EntityTagger(name)
