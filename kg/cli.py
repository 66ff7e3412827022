"""The command line: turns words into calls of public functions; computes nothing."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from kg.graph import KnowledgeGraph
    from kg.records import Skipped
    from kg.summary import Summary

__all__ = ["app", "main"]

SKIPPED = 3
INTERRUPTED = 130

app = typer.Typer(
    help="News in, a knowledge graph of who said what out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Source = Annotated[Path, typer.Argument(help="A news file, or a folder of them (.txt .md .html .jsonl).")]
Out = Annotated[Path, typer.Option("--out", "-o", help="The folder to write into.")]
Formats = Annotated[str, typer.Option("--formats", help="Which files to write, by suffix.")]
Name = Annotated[str, typer.Option("--name", help="The name of the files, before the suffix.")]
Columns = Annotated[
    list[str] | None, typer.Option("--column", help="For .jsonl: field=key, such as text=body; may be repeated.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")]
AsJson = Annotated[bool, typer.Option("--json", help="The summary as JSON on standard output.")]
Graph = Annotated[Path, typer.Argument(help="A graph that kg build wrote (.json), or news to build one from.")]


@app.command()
def build(
    source: Source,
    out: Out = Path("graphs"),
    formats: Formats = "ttl,json,graphml,html",
    name: Name = "news",
    column: Columns = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Read news, extract who said what, and write the graph."""
    from kg.export import suffixes, write
    from kg.summary import summarise

    wanted = [f".{part.strip().lstrip('.')}" for part in formats.split(",") if part.strip()]
    unknown = sorted(set(wanted) - set(suffixes()))
    if unknown:
        raise typer.BadParameter(f"no exporter for {', '.join(unknown)}; there are {', '.join(suffixes())}")
    skipped: list[Skipped] = []
    graph = _build(source, _columns(column), skipped, quiet)
    out.mkdir(parents=True, exist_ok=True)
    files = [out / f"{name}{suffix}" for suffix in wanted]
    for path in files:
        write(graph, path)
    summary = summarise(graph, skipped)
    if as_json:
        sys.stdout.write(
            json.dumps({**asdict(summary), "files": [str(path) for path in files]}, ensure_ascii=False, indent=1) + "\n"
        )
    if not quiet:
        _report(summary, skipped, files)
    if skipped:
        raise typer.Exit(SKIPPED)


@app.command()
def view(
    graph: Graph, out: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write the page.")] = None
) -> None:
    """Open the page of a graph in a browser."""
    from kg.viz import show

    typer.echo(show(_load(graph), out))


@app.command()
def export(graph: Graph, path: Annotated[Path, typer.Argument(help="The file to write; its suffix is the format.")]) -> None:
    """Write a graph in another format."""
    from kg.export import write

    write(_load(graph), path)


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="Annotated articles (.jsonl or .jsonl.gz).")],
    as_json: AsJson = False,
    predictions: Annotated[Path | None, typer.Option(help="A folder to write the neutral predictions into.")] = None,
) -> None:
    """Extract annotated articles anew and compare."""
    from kg.evaluate import evaluate
    from kg.score import table

    scores = evaluate(gold, predictions)
    typer.echo(json.dumps(scores.figures(), indent=1) if as_json else table(scores))


def _build(source: Path, columns: dict[str, str] | None, skipped: list[Skipped], quiet: bool) -> KnowledgeGraph:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    from kg.run import build as run

    columns_shown = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns_shown, console=Console(stderr=True), disable=quiet, transient=True) as progress:
        task = progress.add_task("Reading", total=None)

        def on_progress(done: int, total: int, title: str) -> None:
            progress.update(task, completed=done, total=total, description=f"Extracting  {title[:40]:40}")

        return run(source, columns=columns, on_skip=skipped.append, on_progress=on_progress)


def _columns(pairs: list[str] | None) -> dict[str, str] | None:
    if not pairs:
        return None
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise typer.BadParameter(f"a column is written field=key, not {wrong[0]!r}")
    return dict(pair.split("=", 1) for pair in pairs)


def _load(path: Path) -> KnowledgeGraph:
    from kg.export.json import read_json
    from kg.run import build as run

    return read_json(path) if path.suffix == ".json" else run(path)


# ------------------------------------------------------------------ what people read at the end
def _report(summary: Summary, skipped: list[Skipped], files: list[Path]) -> None:
    from rich.console import Console

    from kg.vocab import KINDS

    console = Console(stderr=True, highlight=False)
    left_out = f", {len(skipped)} skipped" if skipped else ""
    console.print(f"[bold]{summary.documents}[/] documents read{left_out}")
    for item in skipped:
        console.print(
            f"  [yellow]skipped[/] {item.source}: {item.reason}{f' ({item.detail})' if item.detail else ''}", markup=True
        )
    entities = ", ".join(f"{count} {KINDS[kind].plural.lower()}" for kind, count in summary.entities.items())
    console.print(f"[bold]{sum(summary.entities.values())}[/] entities: {entities or 'none'}")
    console.print(f"[bold]{summary.affiliations}[/] affiliations")
    kinds = ", ".join(f"{count} {kind}" for kind, count in summary.claims.items())
    console.print(
        f"[bold]{sum(summary.claims.values())}[/] claims: {kinds or 'none'}; {summary.without_speaker} without a named speaker"
    )
    _print_speakers(console, summary)
    for path in files:
        console.print(f"[green]wrote[/] {path}  {_size(path)}")


def _print_speakers(console: Console, summary: Summary) -> None:
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("Speaker", "Role", "Organisation"):
        table.add_column(heading, overflow="fold")
    table.add_column("Claims", justify="right")
    for speaker in summary.speakers:
        table.add_row(speaker.name, speaker.role, speaker.organisation, str(speaker.claims))
    if summary.speakers:
        console.print(table)


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"


def main() -> Any:
    """Run the command line; errors that a user can mend are one sentence on standard error."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    try:
        app(args=arguments)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(INTERRUPTED)
    except (OSError, ValueError, TypeError, ImportError) as error:
        if debug:
            raise
        sys.stderr.write(f"kg: {error}\n")
        sys.exit(1)
