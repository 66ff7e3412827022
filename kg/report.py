"""A build as people read it: its progress, a summary of a few lines, and the state of its ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from kg.records import Skipped
    from kg.run import Built
    from kg.store import Status
    from kg.summary import Speaker

__all__ = ["progress", "report", "report_status"]

_MOST_SKIPPED = 20  # of them named; the rest are counted


def report(console: Console, built: Built, skipped: Sequence[Skipped], files: Iterable[Path]) -> None:
    """Print what a build counts, each input that was skipped with its reason, and the files, those left as they were too."""
    from kg.vocab import KINDS

    summary = built.summary
    left_out = f", {len(skipped)} skipped" if skipped else ""
    _line(console, f"[bold]{summary.documents}[/] {'document' if summary.documents == 1 else 'documents'} read{left_out}")
    if built.extracted < summary.documents:
        _line(console, f"  {built.extracted} of them extracted now, the others in earlier builds")
    _skipped(console, skipped, summary.skipped)
    entities = ", ".join(f"{count} {KINDS[kind].plural.lower()}" for kind, count in summary.entities.items())
    _line(console, f"[bold]{sum(summary.entities.values())}[/] entities: {entities or 'none'}")
    _line(console, f"[bold]{summary.affiliations}[/] affiliations")
    kinds = ", ".join(f"{count} {kind}" for kind, count in summary.claims.items())
    unnamed = f"{summary.without_speaker} without a named speaker"
    _line(console, f"[bold]{sum(summary.claims.values())}[/] claims: {kinds or 'none'}; {unnamed}")
    _speakers(console, summary.speakers)
    for path in files:
        verb = "[green]wrote[/]" if path in built.written else "[dim]unchanged[/]"
        _line(console, f"{verb} {_safe(str(path))}  {_size(path)}")


def _skipped(console: Console, skipped: Sequence[Skipped], reasons: dict[str, int]) -> None:
    for item in skipped[:_MOST_SKIPPED]:
        detail = f" ({item.detail})" if item.detail else ""
        _line(console, f"  [yellow]skipped[/] {_safe(f'{item.source}: {item.reason}{detail}')}")
    if len(skipped) > _MOST_SKIPPED:
        counted = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
        _line(console, f"  and {len(skipped) - _MOST_SKIPPED} more, named by kg status; in all {counted}")


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


# ------------------------------------------------------------------ progress
@contextmanager
def progress(console: Console, *, hidden: bool) -> Iterator[Callable[[int, int, str], None] | None]:
    """A bar with the rate and the time left while a build is at work, on a terminal; yields what tells it how far it is."""
    if hidden or not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, speed_estimate_period=120) as bar:
        task = bar.add_task("Reading", total=None, rate="")

        def on_progress(done: int, total: int, title: str) -> None:
            speed = bar.tasks[task].speed
            rate = f"{speed:.1f}/s" if speed else ""
            words = f"Extracting  {_safe(title[:40]):40}" if done < total else "Resolving and writing"
            bar.update(task, completed=done, total=total, description=words, rate=rate)

        yield on_progress


# ------------------------------------------------------------------ the ledger
def report_status(console: Console, status: Status) -> None:
    """Print what a ledger holds: documents by state, each one that is left out with its reason, and the files."""
    work = "a build is at work" if status.busy else "no build is at work"
    _line(console, f"[bold]{_safe(status.path)}[/]  {_bytes(status.bytes)}; {work}")
    counts = ", ".join(f"{count} {state}" for state, count in status.states.items() if count or state == "done")
    _line(console, f"[bold]{sum(status.states.values())}[/] documents: {counts}")
    if status.kept:
        _line(console, f"[bold]{status.kept}[/] results kept of documents that are no longer among them")
    for row in status.troubled:
        _line(console, f"  [yellow]{row.state}[/] {_safe(f'{row.id}: {row.reason}')}")
    _line(console, f"[bold]{len(status.skipped)}[/] inputs gave no document")
    for item in status.skipped:
        detail = f" ({item.detail})" if item.detail else ""
        _line(console, f"  [yellow]skipped[/] {_safe(f'{item.source}: {item.reason}{detail}')}")
    for name in status.files:
        _line(console, f"[green]wrote[/] {_safe(name)}")


def _line(console: Console, text: str) -> None:
    """One line, whatever the width of the terminal, so that paths can be copied."""
    console.print(text, soft_wrap=True)


def _safe(text: str) -> str:
    """Words from outside: neither markup nor control characters of a terminal."""
    from rich.markup import escape

    words = "".join(letter if letter.isprintable() else " " for letter in text)
    return escape(words.encode("utf-8", "replace").decode("utf-8"))


def _size(path: Path) -> str:
    return _bytes(path.stat().st_size)


def _bytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
