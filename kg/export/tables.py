"""A graph as tables in a .zip, as CSV that spreadsheets open safely or as Parquet: entities, mentions, claims and so on."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.export.archive import add, csv_text
from kg.export.flat import printable
from kg.graph.network import KnowledgeGraph
from kg.vocab import ENTITIES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["safe_cell", "write_csv", "write_parquet"]

# What a spreadsheet takes for a formula at the start of a cell (OWASP, CSV injection), full-width forms too.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MENTIONS: Final = ("entity", "kind", "quote", "document", "start", "end", "score", "id")


def write_csv(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write the tables of ``graph`` as CSV in UTF-8 with a byte order mark, which Excel needs to see the encoding."""
    with zipfile.ZipFile(stream, "w") as archive:
        for name, frame in _frames(graph):
            rows = ([safe_cell(cell) for cell in row] for row in frame.itertuples(index=False, name=None))
            add(archive, f"{name}.csv", csv_text(list(frame.columns), rows).encode("utf-8-sig"))


def write_parquet(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write the tables of ``graph`` as Parquet; ImportError, with what to install, when pyarrow is not there."""
    try:
        import pyarrow  # noqa: F401  # pandas finds it by itself; here only whether it is there
    except ImportError as error:
        raise ImportError('Parquet needs pyarrow: pip install "newskg[parquet]"') from error
    with zipfile.ZipFile(stream, "w") as archive:
        for name, frame in _frames(graph):
            data = io.BytesIO()
            texts = {column: frame[column].map(printable) for column in frame.columns if frame[column].dtype.kind not in "if"}
            frame.assign(**texts).to_parquet(data, engine="pyarrow", index=False)
            add(archive, f"{name}.parquet", data.getvalue())


def safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that looks like one gets an apostrophe in front."""
    if isinstance(value, str):
        text = printable(value)
        return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text
    return "" if value is None or (isinstance(value, float) and math.isnan(value)) else value


def _frames(graph: KnowledgeGraph) -> Iterator[tuple[str, pd.DataFrame]]:
    graph = graph.in_memory()
    yield "entities", graph.entities()
    yield "mentions", _mentions(graph)
    yield "affiliations", graph.affiliations()
    yield "events", graph.events()
    yield "claims", graph.claims()


def _mentions(graph: KnowledgeGraph) -> pd.DataFrame:
    """One row a mention of an entity, by document and place in the text."""
    import pandas as pd

    rows = [
        (item.document, item.start, item.end, node.id, item.quote, node.label, node.kind, item.score)
        for node in graph.nodes(*ENTITIES)
        for item in node.evidence
    ]
    frame = pd.DataFrame(
        sorted(rows), columns=["document", "start", "end", "id", "quote", "entity", "kind", "score"], dtype=object
    )
    frame["quote"], frame["entity"] = frame["quote"].map(printable), frame["entity"].map(printable)
    return frame[list(_MENTIONS)].astype({"start": "int64", "end": "int64", "score": "float64"})
