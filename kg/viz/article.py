"""One article as HTML, in the manner of displaCy: names, claims, cues, speakers and roles are marked where they stand."""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from kg.graph.network import KnowledgeGraph, Node
from kg.records import Claim, Document, Evidence
from kg.vocab import ENTITIES, KINDS

__all__ = ["render"]

# What is marked by colour of the ground, the strongest first; a name is underlined in the colour of its kind.
_GROUNDS: Final = {
    "cue": ("#c9dcf2", "cue"),
    "source": ("#d3ead7", "speaker, as the article puts it"),
    "role": ("#ead9f2", "role"),
    "content": ("#fbe9a6", "what is said"),
}
_SHEET: Final = (
    "max-width:44rem;box-sizing:border-box;padding:1.25rem 1.75rem;border:1px solid #e3ded3;border-radius:6px;"
    "background:#fff;color:#1c1b19;font:16px/1.75 Georgia,'Noto Serif',serif;overflow-wrap:anywhere"
)
_SMALL: Final = "color:#68645c;font:12.5px/1.6 system-ui,sans-serif"
_LABEL: Final = "margin-left:.3em;color:#2c5c38;font:600 11px system-ui,sans-serif;user-select:none"


class _Mark(NamedTuple):
    """A stretch of the article, why it is marked (one of the grounds, or a kind of name), and what a pointer tells of it."""

    start: int
    end: int
    why: str
    told: str


def render(graph: KnowledgeGraph, article: str | Document) -> str:
    """An article (or the one of that id) as HTML without scripts, all of its text escaped; KeyError when there is none.

    Behind each expression of a speaker that is not the name itself stands who it is.

    In a notebook ``IPython.display.HTML`` shows it.

    >>> page = kg.render(graph, next(graph.nodes("DOCUMENT")).record)
    >>> "what is said" in page, "<script" in page
    (True, False)
    """
    document = graph.document(article.id if isinstance(article, Document) else article)
    claims = [(node.record, speakers) for node, speakers in _claims(graph, document.id) if isinstance(node.record, Claim)]
    marks = sorted({*_names(graph, document.id), *_roles(graph, document.id), *_said(claims)})
    labels = {claim.source.end: name for claim, name in claims if claim.source and name not in ("", claim.source.quote)}
    about = ", ".join(filter(None, (document.publisher, document.published)))
    title = f'<div style="font-size:21px;font-weight:600;line-height:1.3">{html.escape(document.title or "")}</div>'
    head = f'{title}<div style="{_SMALL}">{html.escape(about)}</div>'
    body = "".join(_pieces(document, marks, labels))
    page = f'<div style="{_SHEET}">{head}<div style="{_SMALL};margin:.6rem 0 1rem">{_key()}</div><div>{body}</div></div>'
    return page.encode("utf-8", "replace").decode("utf-8")


# ------------------------------------------------------------------ what is marked
def _claims(graph: KnowledgeGraph, document: str) -> Iterator[tuple[Node, str]]:
    """The claims of the article, each with the names of its speakers."""
    for edge in graph.edges_to(document, "appears in"):
        speakers = sorted(graph.node(said.source).label for said in graph.edges_to(edge.source, "said"))
        yield graph.node(edge.source), ", ".join(speakers)


def _said(claims: list[tuple[Claim, str]]) -> Iterator[_Mark]:
    for claim, speakers in claims:
        told = f"{speakers or 'unnamed'}: {claim.kind}, {claim.modality}, {claim.polarity}; score {claim.score:.2f}"
        yield from (_mark(piece, "content", told) for piece in claim.content)
        if claim.cue:
            yield _mark(claim.cue, "cue", told)
        if claim.source:
            yield _mark(claim.source, "source", told)


def _names(graph: KnowledgeGraph, document: str) -> Iterator[_Mark]:
    for edge in graph.edges_from(document, "mentions"):
        node = graph.node(edge.target)
        yield from (_mark(item, node.kind, f"{KINDS[node.kind].label}: {node.label}") for item in edge.evidence)


def _roles(graph: KnowledgeGraph, document: str) -> Iterator[_Mark]:
    for person in graph.edges_from(document, "mentions"):
        for edge in graph.edges_from(person.target, "affiliation"):
            role = edge.record.role if edge.record else None
            if role and role.document == document:
                target = f", {graph.node(edge.target).label}" if edge.target != edge.source else ""
                yield _mark(role, "role", f"Role of {graph.node(edge.source).label}{target}")


def _mark(item: Evidence, why: str, told: str) -> _Mark:
    return _Mark(item.start, item.end, why, told)


# ------------------------------------------------------------------ how it looks
def _pieces(document: Document, marks: list[_Mark], labels: dict[int, str]) -> Iterator[str]:
    """The text, cut wherever a mark begins or ends, so that marks may overlap."""
    cuts = sorted({0, len(document.text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    for start, end in pairwise(cuts):
        here = [mark for mark in marks if mark.start <= start and end <= mark.end]
        words = html.escape(document.text[start:end]).replace("\n", "<br>")
        yield _marked(words, here) if here else words
        if end in labels:
            yield f'<small style="{_LABEL}">{html.escape(labels[end])}</small>'


def _marked(words: str, here: list[_Mark]) -> str:
    kinds = [mark.why for mark in here]
    ground = next((colour for why, (colour, _) in _GROUNDS.items() if why in kinds), "transparent")
    line = next((f"border-bottom:2px solid {KINDS[why].colour};" for why in kinds if why in KINDS), "")
    told = html.escape("\n".join(dict.fromkeys(mark.told for mark in here)))
    return f'<mark style="{line}background:{ground};color:inherit" title="{told}">{words}</mark>'


def _key() -> str:
    grounds = (
        f'<mark style="background:{colour};color:inherit;padding:0 .3em">{label}</mark>' for colour, label in _GROUNDS.values()
    )
    lines = (
        f'<span style="border-bottom:2px solid {KINDS[kind].colour}">{KINDS[kind].label.lower()}</span>' for kind in ENTITIES
    )
    return " &nbsp; ".join((*grounds, *lines))
