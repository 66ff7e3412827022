"""The measures, layer by layer: one article of gold and what was predicted for it to tallies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any, Final, TypeVar

from kg.score.articles import CLAIM_KINDS, Gold, Side, SideAffiliation, SideClaim, Span
from kg.score.names import FORMS, Inventory, is_party, is_same, normal, normal_role, roles_agree, speaker_form
from kg.score.tallies import PRF, Ratio, Reliability, Tally

__all__ = ["MEASURES", "measure"]

NAMED: Final = ("PERSON", "ORG", "PLACE")
_QUOTES: Final = frozenset("\"'`‘’‚‛“”„‟«»‹›′″")
_AFFILIATIONS: Final = {
    "affiliations.person+org": (False, True),
    "affiliations.person+role": (True, False),
    "affiliations.person+org+role": (True, True),
}

# Every measure, in the order of the report, with its empty tally.
MEASURES: Final[dict[str, Tally]] = {
    "names.exact": PRF(),
    **{f"names.{kind.lower()}.exact": PRF() for kind in NAMED},
    "names.overlap": PRF(),
    **{f"names.{kind.lower()}.overlap": PRF() for kind in NAMED},
    "events.exact": PRF(),
    "events.overlap": PRF(),
    "chains.b3": PRF(),
    "chains.pairs": PRF(),
    "chains.inventory": PRF(),
    "claims.content.iou50": PRF(),
    "claims.content.iou80": PRF(),
    **{f"claims.recall.{kind}": Ratio() for kind in CLAIM_KINDS},
    "claims.cue": PRF(),
    "claims.source": Ratio(),
    "claims.speaker": Ratio(),
    "claims.speaker.named": Ratio(),
    **{f"claims.speaker.{form}": Ratio() for form in FORMS},
    "claims.organisation": Ratio(),
    "claims.content+speaker": PRF(),
    "claims.strict": PRF(),
    **{name: PRF() for name in _AFFILIATIONS},
    "calibration.content": Reliability(),
    "calibration.speaker": Reliability(),
}

Pair = tuple[int, int]
Row = TypeVar("Row")


def measure(gold: Gold, predicted: Side) -> dict[str, Tally]:
    """The tally of each of MEASURES for one article."""
    names = Inventory(gold.side.entities), Inventory(predicted.entities)
    found = _mentions(gold.side, predicted) | _chains(gold.side, predicted)
    found |= _claims(gold, predicted, *names) | _affiliations(gold.side, predicted, *names)
    return {name: found[name] for name in MEASURES}


# ------------------------------------------------------------------ matching
def _match(weights: Mapping[Pair, Any]) -> list[Pair]:
    """One to one, the heaviest pair first; of equals the first in gold, then the first predicted."""
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs = []
    for i, j in sorted(sorted(weights), key=weights.__getitem__, reverse=True):
        if i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
            pairs.append((i, j))
    return pairs


def _overlap(one: Span | None, other: Span | None) -> int:
    """The length of what two spans share."""
    return max(min(one[1], other[1]) - max(one[0], other[0]), 0) if one and other else 0


def _match_spans(gold: Sequence[Span], predicted: Sequence[Span]) -> PRF:
    weights = {(i, j): _overlap(gold[i], predicted[j]) for i, j in product(range(len(gold)), range(len(predicted)))}
    hits = _match({pair: weight for pair, weight in weights.items() if weight})
    return PRF.matched(len(hits), len(gold), len(predicted))


def _match_sets(gold: Counter[Any], predicted: Counter[Any]) -> PRF:
    return PRF.matched((gold & predicted).total(), gold.total(), predicted.total())


# ------------------------------------------------------------------ names and chains
def _mentions(gold: Side, predicted: Side) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    exact, overlap = PRF(), PRF()
    for kind in (*NAMED, "EVENT"):
        spans, guesses = ([(m.start, m.end) for m in side.mentions if m.kind == kind] for side in (gold, predicted))
        key = f"names.{kind.lower()}" if kind in NAMED else "events"
        found[f"{key}.exact"] = one = _match_sets(Counter(spans), Counter(guesses))
        found[f"{key}.overlap"] = other = _match_spans(spans, guesses)
        if kind in NAMED:
            exact, overlap = exact + one, overlap + other
    return found | {"names.exact": exact, "names.overlap": overlap}


def _chains(gold: Side, predicted: Side) -> dict[str, Tally]:
    """B-cubed and pairs over the spans that both sides mention, and the list of things by kind and name; without events."""
    mentioned = {m.entity for m in gold.mentions}
    true = {(m.start, m.end): m.entity for m in gold.mentions if m.kind != "EVENT"}
    given = {(m.start, m.end): m.entity for m in predicted.mentions if m.entity is not None}
    common = sorted(true.keys() & given.keys())
    both = Counter((true[span], given[span]) for span in common)
    by_gold, by_predicted = Counter(true[span] for span in common), Counter(given[span] for span in common)
    things = (
        Counter(
            (e.kind, normal(e.name, e.kind == "PERSON"))
            for e in side.entities
            if e.kind != "EVENT" and (side is predicted or e.id in mentioned)
        )
        for side in (gold, predicted)
    )
    return {
        "chains.b3": PRF(
            sum(n * n / by_gold[entity] for (entity, _), n in both.items()),
            len(common),
            sum(n * n / by_predicted[entity] for (_, entity), n in both.items()),
            len(common),
        ),
        "chains.pairs": PRF.matched(
            *(sum(n * (n - 1) // 2 for n in sizes.values()) for sizes in (both, by_gold, by_predicted))
        ),
        "chains.inventory": _match_sets(*things),
    }


# ------------------------------------------------------------------ claims
def _claims(gold: Gold, predicted: Side, true: Inventory, given: Inventory) -> dict[str, Tally]:
    wanted, claims = gold.side.claims, predicted.claims
    weights = _content_overlap(gold.text, wanted, claims)
    matched = _match({pair: weight for pair, weight in weights.items() if weight[0] >= 0.5})
    closely = _match({pair: weight for pair, weight in weights.items() if weight[0] >= 0.8})
    hit_gold, hit_predicted = {i for i, _ in matched}, {j for _, j in matched}
    cues, guesses = ([claim.cue for claim in side if claim.cue] for side in (wanted, claims))
    return {
        "claims.content.iou50": PRF.matched(len(matched), len(wanted), len(claims)),
        "claims.content.iou80": PRF.matched(len(closely), len(wanted), len(claims)),
        **{f"claims.recall.{k}": Ratio.count(i in hit_gold for i, c in enumerate(wanted) if c.kind == k) for k in CLAIM_KINDS},
        "claims.cue": _match_spans(cues, guesses),
        "calibration.content": Reliability.count((claim.score, j in hit_predicted) for j, claim in enumerate(claims)),
        **_speakers(gold, predicted, true, given, [(wanted[i], claims[j]) for i, j in matched]),
    }


def _content_overlap(text: str, gold: Sequence[SideClaim], predicted: Sequence[SideClaim]) -> dict[Pair, tuple[float, int]]:
    """Intersection over union, and intersection, of the letters of each two claims that share any."""
    letters, guesses = ([_letters(text, claim.content) for claim in side] for side in (gold, predicted))
    weights = {}
    for (i, one), (j, other) in product(enumerate(letters), enumerate(guesses)):
        if shared := len(one & other):
            weights[i, j] = shared / (len(one) + len(other) - shared), shared
    return weights


def _letters(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """The places in the spans that hold neither white space nor a quotation mark."""
    places = (place for start, end in spans for place in range(start, min(end, len(text))))
    return frozenset(place for place in places if not text[place].isspace() and text[place] not in _QUOTES)


def _speakers(
    gold: Gold, predicted: Side, true: Inventory, given: Inventory, pairs: Sequence[tuple[SideClaim, SideClaim]]
) -> dict[str, Tally]:
    """Who said it, over the claims whose content was found."""
    right = [_speaker_right(one, other, true, given) for one, other in pairs]
    stated = [_organisation_right(one, other, gold.side, predicted, true, given) for one, other in pairs]
    forms = [_form(gold.text, one, true) for one, _ in pairs]
    total = len(gold.side.claims), len(predicted.claims)
    answers = list(zip(right, stated, forms, strict=True))
    return {
        "claims.source": Ratio.count(
            _overlap(one.source, other.source) > 0 or not (one.source or other.source) for one, other in pairs
        ),
        "claims.speaker": Ratio.count(right),
        "claims.speaker.named": Ratio.count(ok for ok, _, form in answers if form != "unnamed"),
        **{f"claims.speaker.{wanted}": Ratio.count(ok for ok, _, form in answers if form == wanted) for wanted in FORMS},
        "claims.organisation": Ratio.count(org for ok, org, _ in answers if ok and org is not None),
        "claims.content+speaker": PRF.matched(sum(right), *total),
        "claims.strict": PRF.matched(sum(ok and org is not False for ok, org, _ in answers), *total),
        "calibration.speaker": Reliability.count(
            (other.speaker_score, ok) for (_, other), ok in zip(pairs, right, strict=True)
        ),
    }


def _form(text: str, claim: SideClaim, names: Inventory) -> str:
    source = text[slice(*claim.source)] if claim.source else None
    return speaker_form(source, [names.identity(speaker) for speaker in claim.speakers])


def _speaker_right(gold: SideClaim, predicted: SideClaim, true: Inventory, given: Inventory) -> bool:
    """Any one of the gold speakers, or where gold has none nobody with a name."""
    ref = predicted.speakers[0] if predicted.speakers else None
    return any(is_same(true, id, given, ref) for id in gold.speakers) if gold.speakers else given.unnamed(ref)


def _organisation_right(
    claim: SideClaim, guess: SideClaim, gold: Side, predicted: Side, true: Inventory, given: Inventory
) -> bool | None:
    """The prediction states an organisation of the first gold speaker for its own speaker; None where gold states none."""
    wanted = {org for a in gold.affiliations if a.person in claim.speakers[:1] and (org := _organisation(a, true))}
    if not wanted:
        return None
    ours = {
        org
        for a in predicted.affiliations
        if guess.speakers and given.same(a.person, guess.speakers[0]) and (org := _organisation(a, given))
    }
    return any(is_same(true, id, given, ref) for id, ref in product(wanted, ours))


# ------------------------------------------------------------------ affiliations
def _organisation(affiliation: SideAffiliation, names: Inventory) -> str | None:
    """The organisation, unless it is but a party."""
    organisation = affiliation.organisation
    return organisation if organisation and not is_party(names.name(organisation)) else None


def _affiliations(gold: Side, predicted: Side, true: Inventory, given: Inventory) -> dict[str, Tally]:
    """Sets of what is stated of a person: the organisation, the role, or both."""
    found: dict[str, Tally] = {}
    for name, (with_role, with_organisation) in _AFFILIATIONS.items():
        wanted = _statements(gold.affiliations, true, with_role, with_organisation)
        stated = _statements(predicted.affiliations, given, with_role, with_organisation)
        rows = _unique(wanted, lambda row: (row[0], row[1], normal(true.name(row[2] or ""))))
        guesses = _unique(stated, lambda row: (given.identity(row[0]).main, row[1], normal(row[2])))
        agreeing = {
            (i, j): True
            for (i, row), (j, guess) in product(enumerate(rows), enumerate(guesses))
            if _agree(row, guess, true, given)
        }
        found[name] = PRF.matched(len(_match(agreeing)), len(rows), len(guesses))
    return found


Statement = tuple[str, str, str | None]


def _statements(
    items: Iterable[SideAffiliation], names: Inventory, with_role: bool, with_organisation: bool
) -> list[Statement]:
    """Person, role and organisation of each affiliation that has one of those asked for; what is not asked for is left out."""
    rows = (
        (item.person, normal_role(item.role) if with_role else "", _organisation(item, names) if with_organisation else None)
        for item in items
    )
    return [row for row in rows if row[1] or row[2]]


def _unique(rows: Iterable[Row], key: Callable[[Row], Any]) -> list[Row]:
    """The first row of each key."""
    first: dict[Any, Row] = {}
    for row in rows:
        first.setdefault(key(row), row)
    return list(first.values())


def _agree(gold: Statement, predicted: Statement, true: Inventory, given: Inventory) -> bool:
    if not is_same(true, gold[0], given, predicted[0]) or not roles_agree(gold[1], predicted[1]):
        return False
    if gold[2] is None or predicted[2] is None:
        return gold[2] is predicted[2]
    return is_same(true, gold[2], given, predicted[2])
