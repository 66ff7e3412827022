"""A graph as pandas tables: claims, entities, affiliations, events; what is not known is an empty string."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from kg.graph.corroboration import corroboration
from kg.graph.network import KnowledgeGraph, Node
from kg.records import Affiliation, Claim, Document, Entity, Evidence, Mention

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["affiliations", "claims", "entities", "events"]

CLAIMS: Final = (
    "speaker", "source", "role", "organisation", "claim", "kind", "cue", "polarity", "modality", "about",
    "published", "outlet", "title", "document", "start", "end", "score", "origins", "id",
)  # fmt: skip
ENTITIES: Final = ("name", "kind", "aliases", "mentions", "documents", "claims", "claims_about", "same_as", "id")
AFFILIATIONS: Final = (
    "person", "status", "role", "organisation", "place", "party", "evidence",
    "published", "outlet", "title", "document", "start", "end", "score", "id",
)  # fmt: skip
EVENTS: Final = (
    "name", "place", "time", "participants", "evidence", "claims_about",
    "published", "outlet", "title", "document", "start", "end", "id",
)  # fmt: skip

_NUMBERS: Final = {
    **dict.fromkeys(("start", "end", "mentions", "documents", "claims", "claims_about", "origins"), "int64"),
    "score": "float64",
}
_Row = dict[str, Any]
_Owner = dict[tuple[str, int, int], Node]


def claims(graph: KnowledgeGraph) -> pd.DataFrame:
    """One row a claim, by date and place in the text.

    ``origins`` counts the independent articles that say the same: copies of one wire story are one.
    ``speaker`` is who it was, as far as that is known; ``source`` is how the article calls them beside the quote.
    """
    owner = _owner(graph)
    counts = corroboration(graph)
    rows = (
        _claim(graph, node, node.record, owner) | {"origins": counts[node.id]}
        for node in graph.nodes("CLAIM")
        if isinstance(node.record, Claim)
    )
    return _frame(rows, CLAIMS)


def _claim(graph: KnowledgeGraph, node: Node, claim: Claim, owner: _Owner) -> _Row:
    affiliation = claim.affiliation
    row = _place(graph, claim.content)
    speakers = [edge.source for edge in graph.edges_to(node.id, "said")]
    return row | {
        "speaker": _labels(graph, speakers),
        "source": claim.source.quote if claim.source else "",
        "role": affiliation.role.quote if affiliation and affiliation.role else "",
        "organisation": _name(owner, affiliation.organisation) if affiliation else "",
        "claim": claim.text,
        "kind": claim.kind,
        "cue": claim.cue.quote if claim.cue else "",
        "polarity": claim.polarity,
        "modality": claim.modality,
        "about": _labels(graph, (edge.target for edge in graph.edges_from(node.id, "about"))),
        "score": claim.score,
        "id": node.id,
    }


def entities(graph: KnowledgeGraph) -> pd.DataFrame:
    """One row an entity: how often it is mentioned, in how many documents, how many claims it makes and is about."""
    rows = (_entity(graph, node, node.record) for node in graph.nodes() if isinstance(node.record, Entity))
    return _frame(rows, ENTITIES, ("kind", "name", "id"))


def _entity(graph: KnowledgeGraph, node: Node, entity: Entity) -> _Row:
    return {
        "name": node.label,
        "kind": node.kind,
        "aliases": "; ".join(entity.aliases),
        "mentions": len(node.evidence),
        "documents": len({item.document for item in node.evidence}),
        "claims": len({edge.target for edge in graph.edges_from(node.id, "said")}),
        "claims_about": len({edge.source for edge in graph.edges_to(node.id, "about")}),
        "same_as": "; ".join(entity.same_as),
        "id": node.id,
    }


def affiliations(graph: KnowledgeGraph) -> pd.DataFrame:
    """One row an affiliation that an article states, by date and place in the text; ``id`` is the person's."""
    owner = _owner(graph)
    rows = (
        _affiliation(graph, graph.node(edge.source), edge.record, owner) for edge in graph.edges("affiliation") if edge.record
    )
    return _frame(rows, AFFILIATIONS)


def _affiliation(graph: KnowledgeGraph, person: Node, record: Affiliation, owner: _Owner) -> _Row:
    return _place(graph, (record.evidence,)) | {
        "person": person.label,
        "status": record.status,
        "role": record.role.quote if record.role else record.role_name or "",
        "organisation": _name(owner, record.organisation),
        "place": _name(owner, record.place),
        "party": record.party or "",
        "evidence": record.evidence.quote,
        "score": record.score,
        "id": person.id,
    }


def events(graph: KnowledgeGraph) -> pd.DataFrame:
    """One row an event; date, outlet, title and offsets are those of its earliest mention, whose words are ``evidence``.

    ``time`` is every time expression that the articles use for it, as written.
    """
    return _frame((_event(graph, node) for node in graph.nodes("EVENT")), EVENTS)


def _event(graph: KnowledgeGraph, node: Node) -> _Row:
    earliest = sorted(node.evidence, key=lambda item: (_published(graph, item), item))[:1]
    return _place(graph, earliest) | {
        "name": node.label,
        "place": _labels(graph, (edge.target for edge in graph.edges_from(node.id, "located in"))),
        "time": "; ".join(dict.fromkeys(event.time.quote for event in node.events if event.time)),
        "participants": _labels(graph, (edge.target for edge in graph.edges_from(node.id, "participant"))),
        "evidence": earliest[0].quote if earliest else "",
        "claims_about": len({edge.source for edge in graph.edges_to(node.id, "about")}),
        "id": node.id,
    }


# ------------------------------------------------------------------ shared by the four
def _frame(rows: Iterable[_Row], columns: tuple[str, ...], order: tuple[str, ...] = ()) -> pd.DataFrame:
    import pandas as pd

    by = order or ("published", "document", "start", "end", "id")
    found = sorted(rows, key=lambda row: tuple(row[name] for name in by))
    frame = pd.DataFrame([[_whole(row[name]) for name in columns] for row in found], columns=list(columns))
    return frame.astype({name: _NUMBERS.get(name, "str") for name in columns})


def _whole(value: Any) -> Any:
    """``value`` itself; text without lone surrogates, which a column of text cannot hold when pyarrow is installed."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _place(graph: KnowledgeGraph, evidence: Iterable[Evidence]) -> _Row:
    """Where the first of ``evidence`` begins and the last ends, and what is known of the article."""
    items = list(evidence)
    row: _Row = {"document": "", "published": "", "outlet": "", "title": "", "start": 0, "end": 0}
    if items:
        row |= {"document": items[0].document, "start": items[0].start, "end": items[-1].end}
        document = _document(graph, items[0].document)
        if document:
            row |= {
                "published": document.published or "",
                "outlet": document.publisher or "",
                "title": document.title or "",
            }
    return row


def _document(graph: KnowledgeGraph, id: str) -> Document | None:
    return graph.document(id) if id in graph else None


def _published(graph: KnowledgeGraph, item: Evidence) -> str:
    """The date of the article, dates that are not known last."""
    document = _document(graph, item.document)
    return (document.published if document else None) or "\uffff"


def _labels(graph: KnowledgeGraph, ids: Iterable[str]) -> str:
    return "; ".join(sorted({graph.node(id).label for id in ids}))


def _owner(graph: KnowledgeGraph) -> _Owner:
    nodes = (node for node in graph.nodes() if isinstance(node.record, Entity))
    return {(item.document, item.start, item.end): node for node in nodes for item in node.evidence}


def _name(owner: _Owner, mention: Mention | None) -> str:
    """What the entity of ``mention`` is called."""
    node = owner.get((mention.document, mention.start, mention.end)) if mention else None
    return node.label if node else ""
