"""What decides a result beside the input, as digests: the code and weights of kg, and the versions of its libraries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

__all__ = ["EXTRACTION", "extraction_digest", "graph_digest"]

EXTRACTION: Final = ("extract", "model", "names.py", "records.py")
"""The parts of kg that decide what is extracted from a document."""

_GRAPH: Final = ("export", "graph", "names.py", "records.py", "run.py", "slugs.py", "summary.py", "viz", "vocab.py")
_PACKAGE: Final = Path(__file__).parent


@cache
def extraction_digest() -> str:
    """Changes whenever an extraction could: with a byte of the model or its configuration, the code, or a library."""
    return _digest(EXTRACTION, ("numpy", "onnxruntime", "spacy", "tokenizers"))


@cache
def graph_digest() -> str:
    """Changes whenever the files made of the same extractions could."""
    return _digest(_GRAPH, ("datasketch", "networkx", "numpy", "pyoxigraph", "pyvis", "rapidfuzz", "rdflib", "scipy"))


def _digest(parts: Iterable[str], libraries: Iterable[str]) -> str:
    total = hashlib.sha256()
    for path in (path for part in parts for path in _files(_PACKAGE / part)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(_PACKAGE).as_posix()} {content}\n".encode())
    for library in libraries:
        total.update(f"{library} {_version(library)}\n".encode())
    return total.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "absent"
