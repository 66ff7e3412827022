"""One label for one name: what the tagger calls a name most surely in a document, it is throughout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from spacy.tokens import Span

from kg.names import name_words, plain

__all__ = ["agree"]

_CLEARLY = 2.0


def agree(spans: Iterable[Span]) -> list[Span]:
    """The spans with one label for equal names, and a person's for a surname in capitals ("OKORO:").

    A name that bears two labels about equally often keeps both: Washington the man and the city.
    """
    found = list(spans)
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    surnames: set[tuple[str, ...]] = set()
    for span in found:
        weights[plain(span.text)][span.label_] += float(span._.score)
        words = name_words(span.text, "PERSON")
        if span.label_ == "PERSON" and len(words) > 1:
            surnames |= {words[start:] for start in range(1, len(words))}
    return [_relabelled(span, _label(span, weights[plain(span.text)], surnames)) for span in found]


def _label(span: Span, weights: dict[str, float], surnames: set[tuple[str, ...]]) -> str:
    if span.text.isupper() and len(span.text) > 2 and name_words(span.text, "PERSON") in surnames:
        return "PERSON"
    likeliest = max(weights, key=lambda label: (weights[label], label))
    return likeliest if weights[likeliest] >= _CLEARLY * weights[span.label_] else span.label_


def _relabelled(span: Span, label: str) -> Span:
    if label == span.label_:
        return span
    other = Span(span.doc, span.start, span.end, label=label)
    other._.score = span._.score
    return other
