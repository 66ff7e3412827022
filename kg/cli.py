"""The command line: turns words into calls of public functions; computes nothing."""

from __future__ import annotations

import json
import logging
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.records import Skipped

__all__ = ["app", "main"]

SKIPPED = 3
INTERRUPTED = 130

app = typer.Typer(
    help="News in, a knowledge graph of who said what out.",
    epilog="Exit codes: 0 done, 1 error, 2 usage, 3 done but some input was skipped, 130 interrupted. "
    "With --debug an error shows its traceback.",
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
Nlp = Annotated[str | None, typer.Option("--nlp", help="An installed spaCy pipeline that brings the names.")]
AsJson = Annotated[bool, typer.Option("--json", help="The summary as JSON on standard output.")]
Graph = Annotated[Path, typer.Argument(help="A graph that kg build wrote (.json), or news to build one from.")]


@app.command()
def build(
    source: Source,
    out: Out = Path("graphs"),
    formats: Formats = "ttl,json,graphml,html",
    name: Name = "news",
    column: Columns = None,
    nlp: Nlp = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Read news, extract who said what, and write the graph."""
    from rich.console import Console

    from kg.export import suffixes, write
    from kg.report import report
    from kg.summary import summarise

    wanted = [f".{part.strip().lstrip('.')}" for part in formats.split(",") if part.strip()]
    unknown = sorted(set(wanted) - set(suffixes()))
    if unknown:
        raise typer.BadParameter(f"no exporter for {', '.join(unknown)}; there are {', '.join(suffixes())}")
    skipped: list[Skipped] = []
    graph = _build(source, _columns(column), skipped, quiet, nlp)
    out.mkdir(parents=True, exist_ok=True)
    files = [out / f"{name}{suffix}" for suffix in wanted]
    for path in files:
        write(graph, path)
    summary = summarise(graph, skipped)
    if as_json:
        facts = {**asdict(summary), "files": [str(path) for path in files]}
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
    if not quiet:
        report(Console(stderr=True, highlight=False), summary, skipped, files)
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

    loaded = _load(graph)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(loaded, path)


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


def _build(
    source: Path, columns: dict[str, str] | None, skipped: list[Skipped], quiet: bool, nlp: str | None
) -> KnowledgeGraph:
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
    console = Console(stderr=True)
    hidden = quiet or not console.is_terminal
    with Progress(*columns_shown, console=console, disable=hidden, transient=True) as progress:
        task = progress.add_task("Reading", total=None)

        def on_progress(done: int, total: int, title: str) -> None:
            progress.update(task, completed=done, total=total, description=f"Extracting  {title[:40]:40}")

        return run(source, columns=columns, on_skip=skipped.append, on_progress=on_progress, nlp=nlp)


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


def main() -> Any:
    """Run the command line; what goes wrong is one sentence on standard error, with the traceback only under --debug."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    pressed = _interrupts()
    try:
        app(args=arguments)
    except BaseException as error:
        if pressed:
            sys.stderr.write("interrupted\n")
            sys.exit(INTERRUPTED)
        if debug or not isinstance(error, Exception):
            raise
        sys.stderr.write(f"kg: {_sentence(error)}\n")
        sys.exit(1)


def _interrupts() -> list[int]:
    """A list that fills when Ctrl-C is pressed: a library that is interrupted while it loads says something else."""
    pressed: list[int] = []

    def stop(number: int, _frame: object) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    return pressed


def _sentence(error: Exception) -> str:
    match error:
        case OSError(strerror=str(), filename=str()):
            return f"{error.filename}: {error.strerror}"
        case OSError() | ValueError() | TypeError() | ImportError():
            return str(error)
        case _:
            return f"a fault in kg ({type(error).__name__}: {error}); --debug shows where"
