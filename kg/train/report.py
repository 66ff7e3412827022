"""How a pipeline does on corpora beside our own gold: python -m kg.train.report [--data PATH] [--pipeline PATH] [--gold FILE].

Attribution is compared word by word, as taggers of PolNeAR (Newell et al. 2018) are; every attribution that the pipeline
finds counts, whether or not it is a claim.  Names are compared by exact spans.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.pipeline import MODEL, load
from kg.extract.records import to_extraction
from kg.records import Document
from kg.score import read_gold, score, table
from kg.train.corpora import rows

__all__ = ["name_scores", "token_scores"]

PARTS: Final = ("source", "cue", "content")
KINDS: Final = ("PERSON", "ORG", "PLACE")
Row = dict[str, Any]
Words = dict[str, set[int]]


def token_scores(nlp: Language, articles: Iterable[Row]) -> dict[str, float]:
    """F1 over words of each part; ``articles`` have "text" and "attributions"."""
    finder = nlp.get_pipe("kg_attribution")
    least, finder.least = finder.least, 0.0
    counts: Counter[tuple[str, str]] = Counter()
    for article in articles:
        doc = nlp(article["text"])
        gold, found = _gold(doc, article["attributions"]), _found(doc)
        counts += _compared((part, gold[part], found[part]) for part in PARTS)
    finder.least = least
    return _f1(counts, PARTS)


def name_scores(nlp: Language, texts: Iterable[Row]) -> dict[str, float]:
    """Exact F1 of people, organisations and places; ``texts`` have "text" and "entities"."""
    counts: Counter[tuple[str, str]] = Counter()
    with nlp.select_pipes(enable=["kg_sentences", "kg_encoder", "kg_entities"]):
        for row in texts:
            found = {(e.start_char, e.end_char, e.label_) for e in nlp(row["text"]).ents}
            gold = {(start, end, label) for start, end, label in row["entities"]}
            counts += _compared((kind, *({x for x in some if x[2] == kind} for some in (gold, found))) for kind in KINDS)
    return _f1(counts, KINDS)


def _compared(parts: Iterable[tuple[str, set[Any], set[Any]]]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for part, gold, found in parts:
        counts[part, "both"] += len(gold & found)
        counts[part, "each"] += len(gold) + len(found)
    return counts


def _f1(counts: Counter[tuple[str, str]], parts: Iterable[str]) -> dict[str, float]:
    return {part: 2 * counts[part, "both"] / max(counts[part, "each"], 1) for part in parts}


def _gold(doc: Doc, attributions: Iterable[Row]) -> Words:
    spans = {part: [span for item in attributions for span in item[part]] for part in PARTS}
    taken = {part: {place for start, end in found for place in range(start, end)} for part, found in spans.items()}
    return {part: {token.i for token in doc if not token.is_space and token.idx in taken[part]} for part in PARTS}


def _found(doc: Doc) -> Words:
    found = doc._.attributions
    spans = {
        "source": [item.source for item in found if item.source is not None],
        "cue": [item.cue for item in found],
        "content": [piece for item in found for piece in item.content],
    }
    return {part: {i for span in spans[part] for i in range(span.start, span.end) if not doc[i].is_space} for part in PARTS}


def report(nlp: Language, data: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """A line a corpus that training leaves out: development parts of PolNeAR and GUM, GUM's attribution, CrossNER."""
    gum = list(rows(data / "attribution/gum-ccby.jsonl.gz"))
    for corpus, articles in (("PolNeAR dev", rows(data / "attribution/polnear-dev.jsonl.gz")), ("GUM attribution", gum)):
        yield corpus, token_scores(nlp, articles)
    held_back = [row for row in rows(data / "ner/gum-ccby.jsonl.gz") if row["split"] == "dev"]
    yield "GUM dev", name_scores(nlp, held_back)
    yield "CrossNER politics", name_scores(nlp, rows(data / "ner/crossner-politics-sa.jsonl.gz"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m kg.train.report", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder of the public corpora")
    parser.add_argument("--pipeline", type=Path, default=MODEL)
    parser.add_argument("--gold", type=Path, help="annotated articles to score instead, as kg score does")
    options = parser.parse_args()
    nlp = load(options.pipeline)
    if options.gold:
        gold = read_gold(options.gold)
        sys.stdout.write(table(score(gold, {a.id: to_extraction(Document(a.id, a.text), nlp(a.text)) for a in gold})) + "\n")
        return
    for name, scores in report(nlp, options.data):
        sys.stdout.write(f"{name:28}" + "".join(f"  {part.lower()} {value:.3f}" for part, value in scores.items()) + "\n")


if __name__ == "__main__":
    main()
