"""Our annotation that training leaves out, as gold articles: python -m kg.train.held_out OUT [--data PATH]."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.extract.features import quotation
from kg.extract.words import word_spans
from kg.train.corpora import ANNOTATIONS, rows

__all__ = ["gold_rows"]

Row = dict[str, Any]


def gold_rows(data: Path) -> Iterator[Row]:
    """One row an article, in the form that ``kg score`` reads; ``data`` is the folder of the public corpora."""
    texts = {row["id"]: row["text"] for row in rows(data / "attribution/polnear-train.jsonl.gz")}
    for row in rows(ANNOTATIONS):
        if row.get("held_out"):
            yield _gold(row, texts[row["id"]])


def _gold(row: Row, text: str) -> Row:
    words = word_spans(text)
    codes = quotation(text, words)
    quoted = {start: bool(code) for (start, _), code in zip(words, codes, strict=True) if text[start].isalnum()}
    affiliations = [{**item, "role": text[slice(*item["role"])] if item["role"] else None} for item in row["affiliations"]]
    claims = [{**claim, "kind": _kind(claim["content"], quoted)} for claim in row["claims"]]
    return {"id": row["id"], "text": text, "entities": row["entities"], "affiliations": affiliations, "claims": claims}


def _kind(content: list[list[int]], quoted: dict[int, bool]) -> str:
    found = {inside for start, inside in quoted.items() if any(s <= start < e for s, e in content)}
    return "mixed" if len(found) > 1 else "direct" if found == {True} else "indirect"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m kg.train.held_out", description=__doc__)
    parser.add_argument("out", type=Path, help="the .jsonl file to write")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder of the public corpora")
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in gold_rows(options.data))
    options.out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
