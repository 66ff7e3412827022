"""KnowledgeGraph to one page that opens anywhere, offline, with the evidence a click away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from kg.graph.network import KnowledgeGraph

__all__ = ["show", "write_html"]


def write_html(graph: KnowledgeGraph, stream: BinaryIO, *, title: str = "Who said what", **options: Any) -> None:
    """Write ``graph`` to ``stream`` as one HTML file; see :func:`kg.viz.page.write_html`."""
    from kg.viz.page import write_html as write

    write(graph, stream, title=title, **options)


def show(graph: KnowledgeGraph, path: str | Path | None = None) -> Path:
    """Open the page of ``graph`` in a browser; it is written to ``path``, or to a temporary file, which is returned.

    >>> kg.show(graph, folder / "graph.html").name
    'graph.html'
    """
    import tempfile
    import webbrowser

    target = Path(path) if path else Path(tempfile.mkdtemp(prefix="newskg-")) / "graph.html"
    with target.open("wb") as stream:
        write_html(graph, stream)
    webbrowser.open(target.resolve().as_uri())
    return target
