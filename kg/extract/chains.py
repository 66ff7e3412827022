"""spaCy component kg_chains: names in one document that mean the same thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.sources import gender_of
from kg.names import acronym_of, name_words, plain

__all__ = ["DocChain", "create_chains", "link_names"]

_INTRODUCTION: Final = 5  # words of "a young dentist named"


@dataclass(slots=True, eq=False)
class DocChain:
    """Mentions of one thing in a Doc, in order; ``best`` names it most fully."""

    kind: str
    mentions: list[Span] = field(default_factory=list)

    @property
    def best(self) -> Span:
        return max(self.mentions, key=lambda span: (len(_words(span)), len(span.text), -span.start))


def _words(span: Span) -> tuple[str, ...]:
    return name_words(span.text, span.label_)


def link_names(doc: Doc) -> Doc:
    """Sets ``doc._.chains``: every entity of ``doc.ents`` in exactly one chain.

    Full names first, then short forms, each to the longer name that it abbreviates; a short form that fits
    two longer names goes to the one named last before it.
    """
    chains: list[DocChain] = []
    for kind, abbreviates in _ABBREVIATES.items():
        chains += _link([span for span in doc.ents if span.label_ == kind], kind, abbreviates)
    doc._.chains = tuple(sorted(chains, key=lambda chain: chain.mentions[0].start))
    return doc


def _link(spans: Sequence[Span], kind: str, abbreviates: Callable[[Span, Span], bool]) -> list[DocChain]:
    chains: dict[tuple[str, ...], DocChain] = {}
    for span in sorted(spans, key=lambda span: (-len(_words(span)), -len(span.text), span.start)):
        words = _words(span)
        if words in chains:
            if _is_somebody_new(span, chains[words]):
                chains[*words, str(span.start)] = DocChain(kind, [span])
            else:
                chains[words].mentions.append(span)
            continue
        fitting = [chain for chain in _unique(chains.values()) if any(abbreviates(span, other) for other in chain.mentions)]
        fitting = _of_one_gender(span, fitting) if kind == "PERSON" else fitting
        if not fitting:
            chains[words] = DocChain(kind, [span])
        elif len(fitting) == 1:
            fitting[0].mentions.append(span)
            chains[words] = fitting[0]
        else:
            _last_before(span, fitting).mentions.append(span)
    found = _unique(chains.values())
    for chain in found:
        chain.mentions.sort(key=lambda span: span.start)
    return found


def _is_somebody_new(span: Span, namesake: DocChain) -> bool:
    """Introduced as unknown, "a dentist named X", though a namesake was spoken of before."""
    if not any(other.start < span.start for other in namesake.mentions):
        return False
    before = [token.lower_ for token in span.doc[max(0, span.start - _INTRODUCTION) : span.start]]
    return before[-1:] in (["named"], ["called"]) and any(word in ("a", "an", "another") for word in before)


def _of_one_gender(span: Span, chains: list[DocChain]) -> list[DocChain]:
    """Without those that the title rules out: "Mrs. Abadi" is not Saeed Abadi, when there is another."""
    title = gender_of(span)
    left = [chain for chain in chains if title is None or gender_of(chain.best) in (None, title)]
    return left or chains


def _unique(chains: Iterable[DocChain]) -> list[DocChain]:
    return list({id(chain): chain for chain in chains}.values())


def _last_before(span: Span, chains: Iterable[DocChain]) -> DocChain:
    def distance(chain: DocChain) -> tuple[bool, int]:
        before = [span.start - other.start for other in chain.mentions if other.start < span.start]
        return (not before, min(before, default=chain.mentions[0].start))

    return min(chains, key=distance)


def _person(short: Span, long: Span) -> bool:
    """A surname (with what stands before it), or a first name, of a longer name."""
    few, many = _words(short), _words(long)
    if _generation(short) - _generation(long):
        return False
    return len(few) < len(many) and (many[-len(few) :] == few or many[: len(few)] == few or _initials(few, many))


def _generation(name: Span) -> set[str]:
    """ "Jr." and the like: "Donald Jr." is not "Donald J. Varga"."""
    return {"jr", "sr", "ii", "iii"} & set(plain(name.text).replace(".", " ").split())


def _initials(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """ "J. Smith" for "John Smith", "John Smith" for "John A. Smith"."""
    if len(few) < 2 or few[-1] != many[-1]:
        return False
    return many[0].startswith(few[0]) and all(word in many or len(word) == 1 for word in few[1:])


def _organisation(short: Span, long: Span) -> bool:
    """The first words of a longer name, or the initials of its capitalised words."""
    few, many = _words(short), _words(long)
    if len(few) < len(many) and (many[: len(few)] == few or (len(few) > 1 and many[-len(few) :] == few)):
        return True
    return acronym_of(short.text, long.text)


def _place(short: Span, long: Span) -> bool:
    """ "Amman" does not stand for "East Amman": places are linked by equal names alone."""
    return False


def _event(short: Span, long: Span) -> bool:
    """The same head noun with fewer modifiers: "talks" for "peace talks"."""
    few, many = _words(short), _words(long)
    return few[-1] == many[-1] and set(few) <= set(many)


_ABBREVIATES: Final[dict[str, Callable[[Span, Span], bool]]] = {
    "PERSON": _person,
    "ORG": _organisation,
    "PLACE": _place,
    "EVENT": _event,
}


@Language.factory("kg_chains", requires=["doc.ents"], assigns=["doc._.chains"])
def create_chains(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    if not Doc.has_extension("chains"):
        Doc.set_extension("chains", default=())
    return link_names
