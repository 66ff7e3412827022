"""Claims that repeat or contradict one another, each pair with the reason; nothing is ever taken away."""

from __future__ import annotations

import functools
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from kg.names import plain
from kg.records import Claim, Mention

__all__ = ["Link", "links"]

_KEYS: Final = 6  # rare words of a claim by which it finds others
_MOST_IN_BLOCK: Final = 60
_SETTLED: Final = ("asserted", "predicted")  # what is demanded or merely possible contradicts nothing
_STOP: Final = frozenset(
    "a an the this that these those it its he him his she her hers they them their we us our i me my you your who whom which "
    "what when where while there here and or but if then than as at by for from in into of off on onto out over to up with "
    "about after again against all also any are be been being both can could did do does doing had has have having how is "
    "just may might more most much must now only other own same shall should so some such too under until very was were will "
    "would every each said say says told tell one even still yet".split()
)
_NEGATIONS: Final = frozenset("not no never nobody nothing none neither nor cannot without nowhere".split())
_OPPOSITES: Final = (
    "open close", "rise fall", "win lose", "safe unsafe", "safe dangerous", "accept reject", "approve reject", "true false",
    "alive dead", "guilty innocent", "support oppose", "allow forbid", "allow ban", "increase decrease", "gain lose",
    "succeed fail", "legal illegal", "genuine forged", "start stop", "begin end", "enter leave", "confirm deny",
    "improve worsen", "grow shrink", "possible impossible", "full empty", "arrive leave", "guilty cleared",
)  # fmt: skip
_IRREGULAR: Final = {
    form: verb
    for forms in (
        "take took taken", "give gave given", "meet met", "hold held", "write wrote written", "make made", "go went gone",
        "see saw seen", "know knew known", "pay paid", "sell sold", "buy bought", "find found", "lose lost", "win won",
        "rise rose risen", "fall fell fallen", "begin began begun", "speak spoke spoken", "lead led", "leave left", "send sent",
        "build built", "hear heard", "break broke broken", "kill killed", "come came", "get got", "bring brought",
    )
    for verb, *others in (forms.split(),)
    for form in others
}  # fmt: skip
_FIGURE: Final = re.compile(r"(\d[\d,.]*\d|\d)\s*(million|billion|thousand)?\s*(%|[a-z]+)")
_NO_FIGURES: Final[Mapping[str, float]] = MappingProxyType({})
_UNITS: Final = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_MONTHS: Final = frozenset("january february march april may june july august september october november december".split())


class Link(NamedTuple):
    """The later claim ``source`` repeats or contradicts the earlier ``target``; ``note`` says in what."""

    source: str
    target: str
    relation: Literal["repeats", "contradicts"]
    score: float
    note: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What is compared of a claim as a whole: where it stands, whether it is meant as a fact, and who is concerned."""

    id: str
    day: str
    pieces: tuple[tuple[str, int, int], ...]
    settled: bool
    speaker: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    """One sentence of a claim: stems without the names of people and things, figures by what they count, whether it is negated.

    There is one for each sentence of a build in memory at once, so it holds no more than is compared.
    """

    said: _Said
    number: int
    stems: tuple[str, ...]
    figures: Mapping[str, float]
    negated: bool

    @property
    def order(self) -> tuple[str, str, int]:
        return (self.said.day, self.said.id, self.number)


def links(claims: Iterable[tuple[Claim, str]], owner: Callable[[Mention], str]) -> list[Link]:
    """The links between ``claims``, which come with the day of publication; ``owner`` gives the entity of a mention.

    Two claims repeat one another when most of their telling words are the same.  They contradict one another when they
    are about the same things in mostly the same words, and one is negated, or says the opposite, or gives another figure.
    """
    items = sorted((item for claim, day in claims for item in _statements(claim, day, owner)), key=lambda item: item.order)
    found: dict[tuple[str, str], Link] = {}
    for earlier, later in _pairs(items):
        link = _link(earlier, later)
        if link and (link.relation, -link.score) < _rank(found.get(link[:2])):
            found[link[:2]] = link
    return sorted(found.values())


def _rank(link: Link | None) -> tuple[str, float]:
    """A contradiction in one sentence outweighs what two claims have in common."""
    return (link.relation, -link.score) if link else ("~", 0.0)


def _statements(claim: Claim, day: str, owner: Callable[[Mention], str]) -> Iterator[_Statement]:
    said = _Said(
        claim.id,
        day,
        tuple((piece.document, piece.start, piece.end) for piece in claim.content),
        claim.modality in _SETTLED,
        owner(claim.speaker) if claim.speaker else "",
        tuple({owner(mention) for mention in claim.about}),
    )
    named = (m for m in claim.about if m.label != "EVENT")  # a happening is told in words, which another claim may share
    names = {word for m in named for word in re.findall(r"[a-z]+", plain(m.text))} | _MONTHS
    text = re.sub(r"n['’]t\b", " not", plain(claim.text))
    for number, sentence in enumerate(re.split(r"(?<=[.!?])[\s\"”’]+|,?[\"”] … [\"“]", text)):
        figures = dict(_figures(sentence))
        words = [word for word in re.findall(r"[a-z]+", sentence) if word not in _UNITS and _stem(word) not in figures]
        negations = sum(word in _NEGATIONS for word in words) + (claim.polarity == "denied")
        telling = {_stem(word) for word in words if word not in _STOP | _NEGATIONS | names and len(word) > 2}
        yield _Statement(said, number, tuple(map(sys.intern, sorted(telling))), figures or _NO_FIGURES, negations % 2 == 1)


def _stem(word: str) -> str:
    """A word without its commonest endings; "resigned" and "resigns" are one."""
    word = _IRREGULAR.get(word, word)
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending in ("ied", "ies") else "")
    return word


@functools.cache
def _opposites() -> frozenset[tuple[str, str]]:
    """The stems that exclude one another, both ways round."""
    pairs = [(_stem(one), _stem(other)) for one, other in map(str.split, _OPPOSITES)]
    return frozenset(pairs) | frozenset((other, one) for one, other in pairs)


def _figures(text: str) -> Iterator[tuple[str, float]]:
    """What is counted, and how much of it; dates and years are no figures."""
    for number, scale, unit in _FIGURE.findall(text):
        value = number.replace(",", "").rstrip(".")
        if unit in _STOP or unit in _MONTHS or value.count(".") > 1 or re.fullmatch(r"(19|20)\d\d", value):
            continue
        yield _stem(unit), float(value) * _UNITS.get(scale, 1)


def _pairs(items: Sequence[_Statement]) -> Iterator[tuple[_Statement, _Statement]]:
    """Pairs that share one of their rarest words; a word in more than a few dozen claims brings none together."""
    counts = Counter(stem for item in items for stem in item.stems)
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        for stem in _keys(item, counts):
            blocks[stem].append(index)
    for index, item in enumerate(items):
        others = {other for stem in _keys(item, counts) for other in blocks[stem] if other > index}
        yield from ((item, items[other]) for other in sorted(others))


def _keys(item: _Statement, counts: Mapping[str, int]) -> list[str]:
    shared = (stem for stem in item.stems if 1 < counts[stem] <= _MOST_IN_BLOCK)
    return sorted(shared, key=lambda stem: (counts[stem], stem))[:_KEYS]


def _link(earlier: _Statement, later: _Statement) -> Link | None:
    shared = frozenset(earlier.stems).intersection(later.stems)
    if len(shared) < 2 or _overlap(earlier.said, later.said):
        return None
    either = len(earlier.stems) + len(later.stems) - len(shared)
    alike, held = len(shared) / either, len(shared) / min(len(earlier.stems), len(later.stems))
    pair = (later.said.id, earlier.said.id)
    apart = earlier.said.pieces[0][0] != later.said.pieces[0][0]
    if note := _contradiction(earlier, later, shared, alike, held):
        return Link(*pair, "contradicts", round(held, 3), note)
    if not apart:
        return None
    same = earlier.negated == later.negated and earlier.figures == later.figures
    if same and (alike == 1 or (len(shared) >= 4 and alike >= 0.6)):
        return Link(*pair, "repeats", round(alike, 3), f"both say {_listed(shared)}")
    return None


def _overlap(one: _Said, other: _Said) -> bool:
    """The same words, read as a claim within a claim."""
    return one is other or any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in one.pieces for b in other.pieces)


def _contradiction(earlier: _Statement, later: _Statement, shared: frozenset[str], alike: float, held: float) -> str:
    """In what two claims contradict one another; empty when they do not, or when it is not sure."""
    if not (earlier.said.settled and later.said.settled):
        return ""
    concerned = _concerned(earlier.said, later.said)
    in_common = len(shared) + len(earlier.figures.items() & later.figures.items())
    if earlier.negated != later.negated and (held >= 0.4 if concerned else held >= 0.6 and in_common >= 3):
        return f"one denies what the other affirms: {_listed(shared)}"
    if held < 0.5 or alike < 0.3:
        return ""
    if (units := _other_figures(earlier, later)) and len(shared) >= 3:
        unit = units[0]
        return f"{earlier.figures[unit]:g} and {later.figures[unit]:g} of {unit!r}: {_listed(shared)}"
    rest = [[stem for stem in item.stems if stem not in shared] for item in (earlier, later)]
    opposite = sorted((a, b) for a, b in product(*rest) if (a, b) in _opposites())
    if opposite and earlier.negated == later.negated and len(shared) >= 2:
        return f"{opposite[0][0]!r} against {opposite[0][1]!r}: {_listed(shared)}"
    return ""


def _concerned(one: _Said, other: _Said) -> bool:
    """The speaker of one is spoken of by the other."""
    return one.speaker in other.topics or other.speaker in one.topics


def _other_figures(one: _Statement, other: _Statement) -> list[str]:
    return sorted(unit for unit in one.figures.keys() & other.figures.keys() if one.figures[unit] != other.figures[unit])


def _listed(words: frozenset[str]) -> str:
    return ", ".join(sorted(words)[:5])
