"""The public names of kg; everything else may change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.export import write
    from kg.export.json import read_json
    from kg.graph import KnowledgeGraph
    from kg.records import Claim, Document, Entity
    from kg.run import build
    from kg.viz import show
    from kg.viz.article import render

__all__ = ["Claim", "Document", "Entity", "KnowledgeGraph", "build", "read_json", "render", "show", "write"]

_HOMES = {
    "Claim": "kg.records",
    "Document": "kg.records",
    "Entity": "kg.records",
    "KnowledgeGraph": "kg.graph",
    "build": "kg.run",
    "read_json": "kg.export.json",
    "render": "kg.viz.article",
    "show": "kg.viz",
    "write": "kg.export",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that ``import kg`` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
