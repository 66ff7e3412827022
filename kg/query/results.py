"""An answer as people and programs read it: a table for the terminal, CSV, JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kg.export.archive import csv_text
from kg.export.tables import safe_cell
from kg.query.answers import Answer

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["as_csv", "as_json", "print_table"]

_NAME: Final = 14  # letters of a column of names, dates or words, in a table that is wider than the terminal
_SENTENCE: Final = 40  # a column with a cell as long as that holds sentences


def as_csv(answer: Answer) -> str:
    """CSV whose cells no spreadsheet takes for formulas."""
    return csv_text(answer.columns, ([safe_cell(cell) for cell in row] for row in answer.rows)).replace("\r\n", "\n")


def as_json(answer: Answer) -> str:
    """A list of objects, one a row; null where the graph says nothing."""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def print_table(console: Console, answer: Answer) -> None:
    """The table, as wide as the terminal, and the number of rows; where it is crowded, names make room for sentences."""
    from rich.cells import cell_len
    from rich.table import Table

    heads = [column.replace("_", " ") for column in answer.columns]
    rows = [[_shown(cell) for cell in row] for row in answer.rows]
    widths = [max(map(cell_len, column)) for column in zip(heads, *rows, strict=True)]
    crowded = sum(widths) + 2 * len(widths) > console.width and max(widths) >= _SENTENCE
    table = Table(box=None, header_style="bold", pad_edge=False)
    for number, (head, width) in enumerate(zip(heads, widths, strict=True)):
        counts = bool(rows) and all(isinstance(row[number], int | float) for row in answer.rows)
        name = _NAME if crowded and width < _SENTENCE else None
        table.add_column(head, overflow="fold", max_width=name, justify="right" if counts else "left")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    console.print(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}", style="dim")


def _shown(cell: Any) -> str:
    from rich.markup import escape

    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return escape("".join(letter if letter.isprintable() else " " for letter in str(cell)))
