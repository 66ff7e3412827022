"""Why the mentions of a name are one entity or several, in words for people."""

from __future__ import annotations

from kg.graph.network import KnowledgeGraph
from kg.graph.parts import named
from kg.records import Entity, Mention, Verdict

__all__ = ["explain"]


def explain(graph: KnowledgeGraph, name: str) -> str:
    """The reasons behind every entity of that name, or of that id; KeyError when there is none.

    When nothing is called exactly so, those are meant whose names hold it as whole words: a surname, the head of an event.
    Mentions are written as a decisions file takes them: the name, `` @ `` and the id of the document.
    """
    found = list(named(graph, name))
    if not found:
        raise KeyError(f"nothing is called {name!r}")
    return "\n\n".join(map(_entity, found))


def _entity(entity: Entity) -> str:
    documents = len({mention.document for mention in entity.mentions})
    lines = [f"{entity.name} ({entity.kind.lower()}, {entity.id}): {len(entity.mentions)} mentions in {documents} articles"]
    if entity.aliases:
        lines.append(f"  also called {', '.join(' '.join(alias.split()) for alias in entity.aliases)}")
    if entity.location:
        where = f"{entity.location.latitude:.3f}, {entity.location.longitude:.3f}"
        lines.append(
            f"  lies at {where}{f' in {entity.location.country}' if entity.location.country else ''} ({entity.same_as[0]})"
        )
    for heading, same in (("one, because", True), ("not joined with others of the name, because", False)):
        verdicts = [verdict for verdict in entity.verdicts if verdict.same is same]
        if verdicts:
            lines += [f"  {heading}", *(line for verdict in verdicts for line in _verdict(verdict))]
    return "\n".join(lines)


def _verdict(verdict: Verdict) -> list[str]:
    reasons = "; ".join(verdict.reasons)
    return [f"    {_mention(verdict.one)}", f"    {_mention(verdict.other)}", f"      {reasons} (score {verdict.score:g})"]


def _mention(mention: Mention) -> str:
    return f"{' '.join(mention.text.split())} @ {mention.document}"
