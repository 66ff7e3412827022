"""KnowledgeGraph to one file; the suffix says which format, and a failed write leaves the old file whole."""

from __future__ import annotations

import inspect
import os
import uuid
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.graph.network import KnowledgeGraph

__all__ = ["suffixes", "write"]

GROUP = "kg.exporters"


def write(graph: KnowledgeGraph, path: str | os.PathLike[str], **options: Any) -> None:
    """Write ``graph`` to ``path`` in the format of its suffix, such as ``.ttl``, ``.json`` or ``.csv.zip``.

    A format of several files is one .zip, and the suffix before says what is in it.

    The exporter of the suffix gets ``options``: ``base_iri`` and ``article_text`` for RDF.
    ValueError for an unknown suffix, TypeError for an option that the exporter does not know.

    >>> kg.write(graph, folder / "news.gexf")
    >>> (folder / "news.gexf").exists()
    True
    """
    target = Path(os.path.realpath(path))
    suffix = _suffix(Path(path).name)
    exporter = _exporter(suffix)
    _check(exporter, suffix, options)
    draft = target.with_name(f".kg-{uuid.uuid4().hex[:12]}.part")
    try:
        with open(draft, "xb") as stream:
            exporter(graph, stream, **options)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def suffixes() -> list[str]:
    """The suffixes that :func:`write` knows, sorted."""
    return sorted(f".{name}" for name in _registered())


def _registered() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def _suffix(name: str) -> str:
    """The longest registered suffix that ``name`` ends with; its last suffix when there is none."""
    known = [suffix for suffix in suffixes() if name.lower().endswith(suffix)]
    return max(known, key=len, default=Path(name).suffix)


def _exporter(suffix: str) -> Callable[..., None]:
    point = _registered().get(suffix[1:].lower())
    if point is None:
        raise ValueError(f"no exporter for the suffix {suffix!r}; there are {', '.join(suffixes())}")
    exporter: Callable[..., None] = point.load()
    return exporter


def _check(exporter: Callable[..., None], suffix: str, options: dict[str, Any]) -> None:
    parameters = inspect.signature(exporter).parameters.values()
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return
    known = [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]
    for option in options:
        if option not in known:
            raise TypeError(f"{suffix} has no option {option!r}; it has {', '.join(known) or 'none'}")
