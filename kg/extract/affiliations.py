"""spaCy component kg_affiliations: who holds which role, in which organisation and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import SimpleFrozenList

from kg.extract.anchors import QUESTIONS, Answer, ask
from kg.extract.entities import role_span
from kg.extract.introductions import Introduction, implied_organisation, introduction, landmarks
from kg.extract.onnx import OnnxModel
from kg.extract.words import text_of

__all__ = ["AffiliationFinder", "DocAffiliation", "create_affiliations", "role_name"]

_PARTY_LETTER: Final = {"R": "Republican", "D": "Democratic", "I": "independent"}
_BRACKET = re.compile(r"\s*\(\s*(R|D|I)\s*[-–—,.]+\s*")
_PARTY_WORD = re.compile(r"\b(Republican|Democratic|Democrat|Libertarian|Labou?r|Conservative|Green|Socialist)\b(?! Party)")
_STATUS_WORDS: Final = {
    "former": "former", "ex": "former", "onetime": "former", "acting": "acting", "interim": "acting",
    "elect": "elect", "incoming": "elect", "candidate": "candidate", "nominee": "candidate",
}  # fmt: skip
_LONG_ROLES: Final = {
    "sen": "senator", "sens": "senator", "rep": "representative", "reps": "representative", "gov": "governor",
    "gen": "general", "lt": "lieutenant", "col": "colonel", "capt": "captain", "sgt": "sergeant", "maj": "major",
    "adm": "admiral", "prof": "professor", "dr": "doctor", "pres": "president", "atty": "attorney", "sec": "secretary",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocAffiliation:
    """A role that the text gives to one mention of a person."""

    person: Span
    role: Span | None
    organisation: Span | None
    place: Span | None
    party: str | None
    status: str
    start: int
    end: int
    score: float


class AffiliationFinder:
    """Sets ``doc._.affiliations`` from the people in ``doc.ents``; ``least`` is the least probability of a part."""

    def __init__(self, name: str, least: float) -> None:
        self.name = name
        self.least = least
        self.affiliation = OnnxModel()
        if not Doc.has_extension("affiliations"):
            Doc.set_extension("affiliations", default=())

    def __call__(self, doc: Doc) -> Doc:
        people = [span for span in doc.ents if span.label_ == "PERSON"]
        answers = ask(self.affiliation, QUESTIONS["affiliation"], doc, [(person.start, person.end) for person in people])
        by_start = landmarks(doc)
        found = [
            item for person, answer in zip(people, answers, strict=True) for item in self._read(doc, person, answer, by_start)
        ]
        doc._.affiliations = tuple(found)
        return doc

    def _read(self, doc: Doc, person: Span, answer: Answer, by_start: dict[int, Span]) -> Iterator[DocAffiliation]:
        """What stands beside the name in a shape that news uses; where that says nothing, what the head found."""
        stated = introduction(doc, person, by_start)
        guessed = self._guess(doc, person, answer)
        roles = [role for role in stated.roles or guessed.roles if not _titles_another(doc, role, person)]
        organisations = stated.organisations or guessed.organisations
        places = stated.places or guessed.places
        party, bracket = _party(doc, person, roles)
        if bracket and bracket not in places:
            places = [bracket, *places]
        if not (roles or organisations or party):
            return
        score = max(1 - answer.classes["status"]["none"], 0.5)
        if roles and not organisations:
            organisations = [body for role in roles[:1] if (body := implied_organisation(doc, role)) is not None]
        for role, organisation in _couple(person, roles, organisations):
            place = bracket or _nearest(places, role or organisation or person)
            parts = [part for part in (person, role, organisation, place) if part]
            start, end = min(part.start_char for part in parts), max(part.end_char for part in parts)
            yield DocAffiliation(person, role, organisation, place, party, _status(role, answer), start, end, round(score, 4))

    def _guess(self, doc: Doc, person: Span, answer: Answer) -> Introduction:
        sure = [span for span in answer.spans if span.score >= self.least and _same_place(doc, person, span.start)]
        return Introduction(
            roles=[role_span(doc, s.start, s.end) for s in sure if s.label == "ROLE"],
            organisations=list(_entities(doc, ((s.start, s.end) for s in sure if s.label == "ORG"), "ORG", person)),
            places=list(_entities(doc, ((s.start, s.end) for s in sure if s.label == "PLACE"), "PLACE", person)),
        )

    def to_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        self.affiliation.to_disk(path / "affiliation.onnx")

    def from_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> AffiliationFinder:
        self.affiliation.from_disk(path / "affiliation.onnx")
        return self


def role_name(role: str) -> str:
    """A role in its plain form: "Sen." and "the senator" are both "senator"."""
    words = [
        word
        for word in re.findall(r"[\w'’&-]+", role.casefold())
        if word not in ("the", "a", "an") and word not in _STATUS_WORDS
    ]
    return " ".join(_LONG_ROLES.get(word, word) for word in words)


def _same_place(doc: Doc, person: Span, token: int) -> bool:
    """Within the person's paragraph: what stands further off is no introduction."""
    between = doc[min(person.start, token) : max(person.end, token)]
    return len(between) < 60 and "\n" not in between.text


def _titles_another(doc: Doc, role: Span, person: Span) -> bool:
    """Directly before another name: the senator in "X and Sen. Y" is Y."""
    after = role.end + (role.end < len(doc) and doc[role.end].text == ".")
    return any(other.start == after != person.start for other in doc.ents if other.label_ == "PERSON")


def _entities(doc: Doc, spans: Iterable[tuple[int, int]], kind: str, person: Span) -> Iterator[Span]:
    """The entities of the document that the tagged stretches mean."""
    for start, end in spans:
        for entity in doc.ents:
            if entity.start < end and entity.end > start and entity != person and entity.label_ == kind:
                yield entity
                break


def _couple(person: Span, roles: list[Span], organisations: list[Span]) -> Iterator[tuple[Span | None, Span | None]]:
    """Each role with the organisation nearest to it, each organisation with some role.

    Of roles on both sides of the name, "Rep. X, head of Y", a lone organisation belongs to those on one side.
    """
    left = list(organisations)
    for role in roles:
        nearest = _nearest(left or organisations if len(roles) <= len(organisations) else organisations, role)
        if nearest is not None and _parted(person, role, _nearest(roles, nearest) or role):
            nearest = None
        elif nearest in left:
            left.remove(nearest)
        yield role, nearest
    for organisation in left:
        yield None if not roles else _nearest(roles, organisation), organisation
    if not roles and not organisations:
        yield None, None


def _parted(person: Span, one: Span, other: Span) -> bool:
    return (one.start < person.start) != (other.start < person.start)


def _nearest(spans: Iterable[Span], to: Span) -> Span | None:
    def gap(span: Span) -> int:
        return max(span.start - to.end, to.start - span.end, 0)

    return min(spans, key=lambda span: (gap(span), span.start), default=None)


def _party(doc: Doc, person: Span, roles: Iterable[Span]) -> tuple[str | None, Span | None]:
    """The party, and the state in brackets: "(R-Ky.)" after the name, or a party's adjective before it."""
    bracket = _BRACKET.match(text_of(doc), person.end_char)
    if bracket:
        place = next((e for e in doc.ents if e.label_ == "PLACE" and 0 <= e.start_char - bracket.end() <= 1), None)
        return _PARTY_LETTER[bracket[1]], place
    first = min((role.start_char for role in roles if role.start < person.start), default=person.start_char)
    before = text_of(doc)[max(0, first - 30) : person.start_char]
    words = _PARTY_WORD.findall(re.split(r"[.,;:()]\s", before)[-1])
    return (words[-1] if words else None), None


def _status(role: Span | None, answer: Answer) -> str:
    """As the role's own words or the two words before it say, else what the head finds likeliest."""
    if role is not None:
        nearby = role.doc[max(0, role.start - 2) : role.end + 2]
        for token in nearby:
            if token.lower_ in _STATUS_WORDS:
                return _STATUS_WORDS[token.lower_]
    options = {
        name: p for name, p in answer.classes["status"].items() if name in ("current", "former", "acting", "elect", "candidate")
    }
    return max(options, key=lambda name: options[name])


@Language.factory(
    "kg_affiliations", requires=["doc.tensor", "doc.ents"], assigns=["doc._.affiliations"], default_config={"least": 0.5}
)
def create_affiliations(nlp: Language, name: str, least: float) -> AffiliationFinder:
    return AffiliationFinder(name, least)
