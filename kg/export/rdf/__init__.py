"""KnowledgeGraph to triples, one file a part; our terms are in vocabulary.ttl, what always holds is in shapes.ttl."""

from kg.export.rdf.generator import quads, triples

__all__ = ["quads", "triples"]
