"""The summary of a build as people read it: a few lines, a table of speakers, and where the files are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from kg.records import Skipped
    from kg.summary import Speaker, Summary

__all__ = ["report"]

_MOST_SKIPPED = 20  # of them named; the rest are counted


def report(console: Console, summary: Summary, skipped: Sequence[Skipped], files: Iterable[Path]) -> None:
    """Print what ``summary`` counts, each input that was skipped with its reason, and the files that were written."""
    from kg.vocab import KINDS

    left_out = f", {len(skipped)} skipped" if skipped else ""
    _line(console, f"[bold]{summary.documents}[/] {'document' if summary.documents == 1 else 'documents'} read{left_out}")
    _skipped(console, skipped, summary.skipped)
    entities = ", ".join(f"{count} {KINDS[kind].plural.lower()}" for kind, count in summary.entities.items())
    _line(console, f"[bold]{sum(summary.entities.values())}[/] entities: {entities or 'none'}")
    _line(console, f"[bold]{summary.affiliations}[/] affiliations")
    kinds = ", ".join(f"{count} {kind}" for kind, count in summary.claims.items())
    unnamed = f"{summary.without_speaker} without a named speaker"
    _line(console, f"[bold]{sum(summary.claims.values())}[/] claims: {kinds or 'none'}; {unnamed}")
    _speakers(console, summary.speakers)
    for path in files:
        _line(console, f"[green]wrote[/] {_safe(str(path))}  {_size(path)}")


def _skipped(console: Console, skipped: Sequence[Skipped], reasons: dict[str, int]) -> None:
    for item in skipped[:_MOST_SKIPPED]:
        detail = f" ({item.detail})" if item.detail else ""
        _line(console, f"  [yellow]skipped[/] {_safe(f'{item.source}: {item.reason}{detail}')}")
    if len(skipped) > _MOST_SKIPPED:
        counted = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
        _line(console, f"  and {len(skipped) - _MOST_SKIPPED} more; in all {counted}")


def _speakers(console: Console, speakers: Sequence[Speaker]) -> None:
    from rich.table import Table

    if not speakers:
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("Speaker", "Role", "Organisation"):
        table.add_column(heading, overflow="fold")
    table.add_column("Claims", justify="right")
    for speaker in speakers:
        words = (_safe(text) for text in (speaker.name, speaker.role, speaker.organisation))
        table.add_row(*words, str(speaker.claims))
    console.print(table)


def _line(console: Console, text: str) -> None:
    """One line, whatever the width of the terminal, so that paths can be copied."""
    console.print(text, soft_wrap=True)


def _safe(text: str) -> str:
    """Words from outside: neither markup nor control characters of a terminal."""
    from rich.markup import escape

    words = "".join(letter if letter.isprintable() else " " for letter in text)
    return escape(words.encode("utf-8", "replace").decode("utf-8"))


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
