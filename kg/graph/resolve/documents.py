"""One document's chains to profiles: what the text around a name says of its bearer."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any, Final

from kg.graph.resolve import event_names, organisation_names, person_names
from kg.graph.resolve.placing import Ground
from kg.graph.resolve.profile import Office, Profile, Ref
from kg.names import name_words, plain
from kg.records import Affiliation, Chain, Event, Extraction, Mention

__all__ = ["commonplaces", "profiles", "reference"]

RARE: Final = 50
"""A thing that more documents name tells little about who is meant."""

_AGE_AFTER: Final = re.compile(r",\s*(?:aged\s+|age\s+)?(\d{1,2})(?:\s*,|\s*\)|\.\s|\.$)|\s*\((\d{1,2})\)")
_AGE_BEFORE: Final = re.compile(r"(\d{1,2})-year-old[\w\s,-]{0,40}$")
_LIFE: Final = re.compile(r"[\s,(]*(\d{4})\s*[–-]\s*(\d{4})\)?")
_BORN: Final = re.compile(r"[^.;]{0,25}\bborn (?:in |on [\w ]+ )?(\d{4})")
_DIED: Final = re.compile(r"[^.;]{0,25}\bdied (?:in |on [\w ]+ )?(\d{4})")
_TITLE: Final = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Dame|Lady|Lord|Baroness)\.?\s+$")
_HEAD_ENDS: Final = frozenset("of for at to in on with from and".split())


def profiles(
    extraction: Extraction, kind: str, refs: Mapping[Mention, Ref], ground: Ground, common: frozenset[Ref]
) -> list[Profile]:
    """The profiles of the chains of one kind; ``refs`` is what each chain of the document means as far as that is known."""
    beside = {chain.name: refs[chain.name] for chain in extraction.chains if chain.kind != "EVENT"}
    affiliations: dict[Mention, list[Affiliation]] = defaultdict(list)
    for item in extraction.affiliations:
        affiliations[item.person].append(item)
    events = {event.trigger: event for event in extraction.events}
    return [
        _profile(chain, extraction, beside, ground, common, affiliations[chain.name], events.get(chain.name))
        for chain in extraction.chains
        if chain.kind == kind
    ]


def reference(chain: Chain) -> Ref:
    """How a chain is known to its neighbours before it is resolved: by its name."""
    return _named(chain.name.text, chain.kind)


@functools.lru_cache(maxsize=100_000)
def _named(text: str, kind: str) -> Ref:
    return Ref(" ".join(name_words(text, kind)), kind)


def commonplaces(extractions: Iterable[Extraction], refs: Mapping[Mention, Ref]) -> frozenset[Ref]:
    """What is named in more than ``RARE`` documents."""
    counts = Counter(ref for extraction in extractions for ref in {refs[chain.name] for chain in extraction.chains})
    return frozenset(ref for ref, count in counts.items() if count > RARE)


def _profile(
    chain: Chain,
    extraction: Extraction,
    beside: Mapping[Mention, Ref],
    ground: Ground,
    common: frozenset[Ref],
    affiliations: Sequence[Affiliation],
    event: Event | None,
) -> Profile:
    document = extraction.document
    named = {ref for mention, ref in beside.items() if mention != chain.name and _tells(ref)}
    countries = {place.iri for place in ground.places.values() if place.is_country}
    found = Profile(
        kind=chain.kind,
        chains=[chain],
        names=_names(chain),
        documents={document.id},
        published=(document.published, document.published) if document.published else None,
        company={ref for ref in named if ref not in common and ref.key not in countries},
        surroundings={ref for ref in named if ref in common or ref.key in countries},
        countries=set(ground.countries),
    )
    if chain.kind == "PERSON":
        _describe_person(found, chain, extraction, beside, affiliations)
    if event:
        _describe_event(found, event, beside, document.published)
    return found


def _tells(ref: Ref) -> bool:
    """A single word that is no place could be anybody's name."""
    return ref.kind != "PERSON" or " " in ref.label


_PARSE: Final[dict[str, Any]] = {
    "PERSON": person_names.parse,
    "ORG": organisation_names.parse,
    "EVENT": event_names.parse,
    "PLACE": functools.lru_cache(maxsize=100_000)(plain),
}


def _names(chain: Chain) -> set[Any]:
    parse = _PARSE[chain.kind]
    found = {parse(" ".join(mention.text.split())) for mention in chain.mentions} - {None}
    if chain.kind == "PERSON" and any(name.full for name in found):
        full = {name for name in found if name.full}
        return {name for name in full if not any(name != other and other.glued.endswith(name.glued) for other in full)}
    return found


# ------------------------------------------------------------------ people
def _describe_person(
    found: Profile, chain: Chain, extraction: Extraction, beside: Mapping[Mention, Ref], affiliations: Sequence[Affiliation]
) -> None:
    for item in affiliations:
        where = item.organisation or item.place
        if item.role_name:
            head = _head(item.role_name)
            held = beside.get(where) if where else None
            found.offices.add(Office(item.role_name, head, held, item.status == "former" or item.until is not None))
            found.fields |= _fields().get(head, frozenset())
            found.genders |= {"f"} if head.endswith("woman") else {"m"} if head in ("spokesman", "businessman") else set()
        elif where and where in beside:
            found.offices.add(Office("", "", beside[where], item.status == "former"))
    found.genders |= {name.gender for name in found.names if name.gender}
    year = int(extraction.document.published[:4]) if extraction.document.published else None
    for mention in chain.mentions:
        _read_life(found, extraction.document.text, mention, year)


def _head(role: str) -> str:
    """The noun of a role: "secretary" of "secretary of state for water"."""
    words = role.replace("-", " ").split()
    end = next((i for i, word in enumerate(words) if word in _HEAD_ENDS and i), len(words))
    return words[end - 1] if words else ""


def _read_life(found: Profile, text: str, mention: Mention, year: int | None) -> None:
    """Age, birth, death and title as they stand beside a mention."""
    before, after = text[max(mention.start - 60, 0) : mention.start], text[mention.end : mention.end + 60]
    if title := _TITLE.search(before):
        found.genders.add("m" if title[1] in ("Mr", "Sir", "Lord") else "f")
    age = _AGE_AFTER.match(after) or _AGE_BEFORE.search(before)
    if age and year:
        years = int(age[1] or age[age.lastindex or 1])
        found.births = (year - years - 1, year - years)
    if life := _LIFE.match(after):
        found.births, found.died = (int(life[1]), int(life[1])), int(life[2])
    if born := _BORN.match(after):
        found.births = (int(born[1]), int(born[1]))
    if died := _DIED.match(after):
        found.died = int(died[1])


@functools.cache
def _fields() -> dict[str, frozenset[str]]:
    """The walks of life that the head of a role belongs to."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in resources.files(__package__).joinpath("fields.txt").read_text(encoding="utf-8").splitlines():
        name, colon, words = line.partition(":")
        for word in words.split() if colon and not line.startswith("#") else ():
            found[word].add(name)
    return {word: frozenset(names) for word, names in found.items()}


# ------------------------------------------------------------------ events
def _describe_event(found: Profile, event: Event, beside: Mapping[Mention, Ref], published: str | None) -> None:
    if event.place and event.place in beside:
        found.places.add(beside[event.place])
    found.participants |= {beside[mention] for mention in event.participants if mention in beside}
    found.days |= event_names.days(event, published)
