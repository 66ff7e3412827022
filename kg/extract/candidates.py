"""Whom a pronoun or nominal may mean: the names of the document as candidates, each with what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

import numpy as np
from spacy.tokens import Doc, Span

from kg.extract.affiliations import role_name
from kg.extract.anchors import Answer
from kg.extract.calibration import log_odds
from kg.extract.chains import DocChain
from kg.extract.sources import fits, form_of, gender_of, head_of, is_document, is_indefinite, is_plural
from kg.extract.tags import softmax

__all__ = ["FEATURES", "Candidate", "Spoken", "candidates", "probabilities"]

# What is known of a candidate, 0 to 1 or -1 to 1; the last four describe the option that nobody named is meant.
FEATURES: Final = (
    "head", "best of head", "last speaker", "speaker before", "same sentence", "sentence before", "opens sentence",
    "near", "last named", "often named", "only later", "other gender", "organisation", "bears role", "only bearer",
    "former", "same words", "shares noun", "nobody", "nobody by head", "indefinite", "plural",
)  # fmt: skip


_LATELY: Final = 4
# Words in the names of bodies that a common noun takes up again: "the newspaper" is the Herald.
_PAPERS: Final = frozenset("times post news journal herald tribune gazette chronicle guardian observer mail press star".split())
_KIN: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(("newspaper", "paper", "publication", "outlet", "magazine", "newsroom"), _PAPERS),
    "company": frozenset("inc inc. corp corp. co co. ltd plc motors industries holdings".split()),
    "bank": frozenset(("bancorp", "banco")),
    "union": frozenset(("association", "federation", "workers", "brotherhood")),
    "school": frozenset(("academy", "college", "university")),
    "network": frozenset(("news", "tv", "broadcasting", "cnn", "nbc", "cbs", "abc", "fox", "msnbc")),
    "agency": frozenset(("administration", "bureau", "service")),
    "team": frozenset(("united", "city", "fc")),
}
# Trades of one kind, of which a text uses now one word and now the other: "Justice Frank Orlo ... the judge".
_TRADES: Final = tuple(
    frozenset(words.split())
    for words in (
        "judge justice magistrate",
        "lawyer attorney counsel solicitor barrister",
        "lawmaker legislator senator representative congressman congresswoman deputy mp",
        "candidate nominee contender hopeful",
        "spokesman spokeswoman spokesperson",
        "chairman chairwoman chair",
        "executive ceo",
        "scientist researcher",
        "scholar academic professor",
        "doctor physician surgeon",
        "reporter journalist correspondent",
        "writer author novelist",
        "diplomat ambassador envoy",
        "cleric priest pastor imam bishop",
        "policeman policewoman officer",
    )
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Chains that may be meant (none: nobody who is named), with the values of :data:`FEATURES`."""

    chains: tuple[DocChain, ...]
    values: dict[str, float]

    def reasons(self) -> str:
        """The features that hold, for people."""
        return ", ".join(name for name, value in self.values.items() if value == 1 and name in _TOLD)


_TOLD: Final = frozenset(
    (
        "last speaker",
        "same sentence",
        "sentence before",
        "opens sentence",
        "last named",
        "bears role",
        "only bearer",
        "same words",
        "shares noun",
    )
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A source that was resolved before: its own expression and the chains behind it."""

    mention: Span | None
    chains: tuple[DocChain, ...]


def candidates(doc: Doc, mention: Span, answer: Answer, before: Sequence[Spoken]) -> list[Candidate]:
    """The chains that fit ``mention``, and last the option that nobody named is meant."""
    roles = _roles(doc, mention)
    lately = {id(chain) for spoken in before[-_LATELY:] for chain in spoken.chains}
    heads = _by_head(mention, answer, doc._.chains, lately | roles.keys())
    fitting = [chain for chain in doc._.chains if id(chain) in heads]
    best = max(heads.values(), default=0.0)
    most = max((shared for shared, _ in roles.values()), default=0)
    last_named = max(fitting, key=lambda chain: _last_before(chain, mention), default=None)
    starts = np.flatnonzero(doc.to_array("SENT_START")[: mention.end] == 1)[-2:].tolist()
    sentences = (starts[0], starts[-1]) if starts else (0, 0)
    found = []
    for chain in fitting:
        values = dict(_standing(chain, mention, *sentences))
        values["head"] = log_odds(heads[id(chain)])
        values["best of head"] = float(heads[id(chain)] == best)
        values["last named"] = float(chain is last_named)
        values |= _speaking(chain, mention, before)
        if id(chain) in roles:
            shared, former = roles[id(chain)]
            values["bears role"] = float(shared == most)
            values["only bearer"] = float(shared == most and sum(s == most for s, _ in roles.values()) == 1)
            values["former"] = float(former)
        found.append(Candidate((chain,), values))
    return [*found, _nobody(mention, answer, before)]


def probabilities(found: Sequence[Candidate], weights: Mapping[str, float]) -> list[float]:
    """The probability of each candidate: a conditional logit over ``weights`` of :data:`FEATURES`."""
    scores = [sum(weights.get(name, 0.0) * value for name, value in candidate.values.items()) for candidate in found]
    return [float(p) for p in softmax(np.array(scores, dtype=np.float32))]


def _nobody(mention: Span, answer: Answer, before: Sequence[Spoken]) -> Candidate:
    values = {
        "nobody": 1.0,
        "same words": float(any(not spoken.chains and _same_words(spoken, mention) for spoken in before)),
        "nobody by head": log_odds(answer.classes["named"]["no"]),
        "indefinite": float(form_of(mention) == "nominal" and is_indefinite(mention)),
        "plural": float(is_plural(mention)),
    }
    return Candidate((), values)


def _by_head(mention: Span, answer: Answer, chains: Sequence[DocChain], anyway: set[int]) -> dict[int, float]:
    """For each chain that fits, the best probability for one of its mentions; 0 for one of ``anyway`` out of reach."""
    meant = dict(zip(answer.words.tolist(), (1 - answer.scores[:, 0]).tolist(), strict=True))
    found = {}
    for chain in chains:
        if chain.kind == "EVENT" or not fits(mention, chain.kind):
            continue
        scores = [
            fmean(meant[i] for i in range(span.start, span.end) if i in meant)
            for span in chain.mentions
            if span.start in meant and not mention.start <= span.start < mention.end
        ]
        if scores or id(chain) in anyway:
            found[id(chain)] = max(scores, default=0.0)
    return found


def _last_before(chain: DocChain, mention: Span) -> int:
    return max((span.end for span in chain.mentions if span.end <= mention.start), default=-1)


def _standing(chain: DocChain, mention: Span, previous: int, sentence: int) -> Iterator[tuple[str, float]]:
    """Where the chain's mentions stand relative to ``mention``, whose sentence and the one before begin at these tokens."""
    last = _last_before(chain, mention)
    inside = [span for span in chain.mentions if sentence <= span.start and span.end <= mention.start]
    earlier = [span for span in chain.mentions if previous <= span.start < sentence]
    yield "same sentence", float(bool(inside))
    yield "sentence before", float(bool(earlier))
    opened = [span.start - sentence <= 4 for span in inside] + [span.start - previous <= 4 for span in earlier]
    yield "opens sentence", float(any(opened))
    yield "near", 1 / (1 + (mention.start - last) / 20) if last >= 0 else 0.0
    yield "often named", min(len(chain.mentions) / 10, 1.0)
    yield "only later", float(last < 0)
    yield "organisation", float(chain.kind != "PERSON")
    yield "other gender", float(_other_gender(mention, chain))
    kin = _KIN.get(head_of(mention), frozenset()) | {head_of(mention)}
    yield "shares noun", float(any(word in kin for span in chain.mentions for word in span.text.lower().split()))


def _other_gender(mention: Span, chain: DocChain) -> bool:
    """ "she" for a man, "he" for a woman, as far as the names tell."""
    wanted = {"he": "m", "him": "m", "she": "f", "her": "f"}.get(mention.text.lower())
    if wanted is None:
        return False
    genders = [gender for span in chain.mentions if (gender := gender_of(span)) is not None]
    return bool(genders) and wanted not in genders


def _speaking(chain: DocChain, mention: Span, before: Sequence[Spoken]) -> dict[str, float]:
    """Whether the chain spoke before, and under the same words."""
    last = next((spoken for spoken in reversed(before) if spoken.chains), None)
    return {
        "last speaker": float(last is not None and chain in last.chains),
        "speaker before": float(any(chain in spoken.chains for spoken in before[-_LATELY:])),
        "same words": float(any(chain in spoken.chains and _same_words(spoken, mention) for spoken in before)),
    }


def _same_words(spoken: Spoken, mention: Span) -> bool:
    """A nominal whose head noun an earlier source had too: "a banker", then "the banker"."""
    return form_of(mention) == "nominal" and spoken.mention is not None and head_of(spoken.mention) == head_of(mention)


def _roles(doc: Doc, mention: Span) -> dict[int, tuple[int, bool]]:
    """The people to whom the text gives the role that ``mention`` names: words shared, and whether it is a former one."""
    head = head_of(mention)
    if form_of(mention) != "nominal" or not head or is_document(mention):
        return {}
    same = frozenset((head,)).union(*(trade for trade in _TRADES if head in trade))
    words = {token.lower_ for token in mention if token.is_alpha} | same
    owners = {(span.start, span.end): chain for chain in doc._.chains for span in chain.mentions}
    found: dict[int, tuple[int, bool]] = {}
    for item in doc._.affiliations:
        role = {*role_name(item.role.text).split(), *item.role.text.lower().split()} if item.role is not None else set()
        if same & role:
            chain = id(owners[item.person.start, item.person.end])
            former = item.status == "former"
            found[chain] = max(found.get(chain, (-9, True)), (len(words & role) - 2 * former, former))
    return found
