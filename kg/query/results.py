"""An answer as people and programs read it: a table for the terminal, CSV, JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.export.archive import csv_text
from kg.export.tables import safe_cell
from kg.query.answers import Answer

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["as_csv", "as_json", "print_table"]


def as_csv(answer: Answer) -> str:
    """CSV whose cells no spreadsheet takes for formulas."""
    return csv_text(answer.columns, ([safe_cell(cell) for cell in row] for row in answer.rows)).replace("\r\n", "\n")


def as_json(answer: Answer) -> str:
    """A list of objects, one a row; null where the graph says nothing."""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def print_table(console: Console, answer: Answer) -> None:
    """The table, as wide as the terminal, and the number of rows."""
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in answer.columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in answer.rows:
        table.add_row(*map(_shown, row))
    console.print(table)
    console.print(f"{len(answer.rows)} {'row' if len(answer.rows) == 1 else 'rows'}", style="dim")


def _shown(cell: Any) -> str:
    from rich.markup import escape

    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return escape("".join(letter if letter.isprintable() else " " for letter in str(cell)))
