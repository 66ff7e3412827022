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
    from kg.query import Answer
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
LedgerPath = Annotated[
    Path | None, typer.Option("--ledger", help="The file that knows what is extracted; without it OUT/.kg/NAME.ledger.")
]
Workers = Annotated[int, typer.Option("--workers", "-w", min=1, help="How many processes extract.")]
Cluster = Annotated[str | None, typer.Option("--cluster", help="The address of a Dask scheduler, whose workers extract.")]
Decided = Annotated[
    Path | None, typer.Option("--decisions", help="Which names are the same or not (.toml); else decisions.toml in OUT.")
]
Retry = Annotated[bool, typer.Option("--retry", help="Try again what failed or was quarantined before.")]
Log = Annotated[Path | None, typer.Option("--log", help="A file to add a line to for each document and each skipped input.")]
Graph = Annotated[Path, typer.Argument(help="A graph that kg build wrote (.json), or news to build one from.")]


@app.command()
def build(
    source: Source,
    out: Out = Path("graphs"),
    formats: Formats = "ttl,json,graphml,html",
    name: Name = "news",
    column: Columns = None,
    workers: Workers = 1,
    cluster: Cluster = None,
    ledger: LedgerPath = None,
    retry: Retry = False,
    decisions: Decided = None,
    log: Log = None,
    nlp: Nlp = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Read news, extract who said what, and write the graph; what was extracted before is not extracted again."""
    from rich.console import Console

    from kg.export import suffixes
    from kg.report import progress, report
    from kg.run import ledger_of, update

    wanted = [f".{part.strip().lstrip('.')}" for part in formats.split(",") if part.strip()]
    unknown = sorted(set(wanted) - set(suffixes()))
    if unknown:
        raise typer.BadParameter(f"no exporter for {', '.join(unknown)}; there are {', '.join(suffixes())}")
    skipped: list[Skipped] = []
    files = [out / f"{name}{suffix}" for suffix in wanted]
    _log_to(log)
    with progress(Console(stderr=True), hidden=quiet) as on_progress:
        built = update(
            source,
            files,
            ledger=ledger or ledger_of(out, name),
            columns=_columns(column),
            workers=workers,
            cluster=cluster,
            retry=retry,
            decisions=decisions or (beside if (beside := out / "decisions.toml").is_file() else None),
            nlp=nlp,
            on_skip=skipped.append,
            on_progress=on_progress,
        )
    if as_json:
        facts = {**asdict(built.summary), "files": [str(path) for path in files]}
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
    if not quiet:
        report(Console(stderr=True, highlight=False), built, skipped, files)
    if skipped:
        raise typer.Exit(SKIPPED)


@app.command()
def status(
    out: Annotated[Path, typer.Argument(help="The folder that kg build wrote into.")] = Path("graphs"),
    name: Name = "news",
    ledger: LedgerPath = None,
    as_json: AsJson = False,
) -> None:
    """Show what is done, what is left to do, and what was left out and why; also while a build is at work."""
    from rich.console import Console

    from kg.report import report_status
    from kg.run import ledger_of
    from kg.store import read_status

    found = read_status(ledger or ledger_of(out, name))
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        report_status(Console(highlight=False), found)


@app.command()
def view(
    graph: Graph, out: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write the page.")] = None
) -> None:
    """Open the page of a graph in a browser."""
    from kg.viz import show

    typer.echo(show(_load(graph), out))


@app.command()
def export(
    graph: Graph,
    path: Annotated[Path, typer.Argument(help="The file to write; its suffix is the format.")],
    base_iri: Annotated[str | None, typer.Option("--base-iri", help="For RDF: where the IRIs of your data begin.")] = None,
    with_text: Annotated[
        bool | None, typer.Option("--with-text/--without-text", help="For RDF: whether to write the articles' text.")
    ] = None,
) -> None:
    """Write a graph in another format."""
    from kg.export import write

    options = {"base_iri": base_iri, "article_text": with_text}
    loaded = _load(graph)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(loaded, path, **{option: value for option, value in options.items() if value is not None})


@app.command()
def query(
    graph: Annotated[Path | None, typer.Argument(help="A graph as RDF (.ttl .nt .trig .nq .jsonld) or .json, or news.")] = None,
    asked: Annotated[str | None, typer.Argument(metavar="NAME|FILE.rq", help="A named question, or a file of SPARQL.")] = None,
    about: Annotated[list[str] | None, typer.Option("--about", help="The name to bind to ?about; may be repeated.")] = None,
    as_list: Annotated[bool, typer.Option("--list", help="List the named questions.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Show the SPARQL instead of running it.")] = False,
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
) -> None:
    """Ask a graph a named question, or your own in SPARQL."""
    from kg.query import answer, questions

    if form not in ("table", "csv", "json"):
        raise typer.BadParameter(f"the format is table, csv or json, not {form!r}")
    if as_list:
        for item in questions().values():
            typer.echo(item.sparql if show else f"{item.name:24}{item.words}\n{'':24}--about: {item.about}")
        return
    if graph is None or asked is None:
        raise typer.BadParameter("say which graph, and which question: a name of kg query --list, or a file of SPARQL")
    sparql = _sparql(asked)
    if show:
        typer.echo(sparql, nl=False)
        return
    _print_answer(answer(_store(graph), sparql, about or ()), form)


@app.command()
def serve(
    graph: Graph, port: Annotated[int, typer.Option(help="The port on 127.0.0.1; 0 takes any that is free.")] = 7878
) -> None:
    """Answer SPARQL over HTTP on this machine, with a page to ask on, until Ctrl-C."""
    from kg.query.serve import server

    with server(_store(graph), port) as running:
        typer.echo(f"http://127.0.0.1:{running.server_port}/  (SPARQL 1.1 at /sparql; Ctrl-C ends)")
        running.serve_forever()


@app.command()
def explain(graph: Graph, name: Annotated[str, typer.Argument(help="A name, or the id of an entity.")]) -> None:
    """Say why the mentions of a name are one thing or several."""
    from kg.graph.explain import explain as reasons

    try:
        typer.echo(reasons(_load(graph), name))
    except KeyError as error:
        raise ValueError(error.args[0]) from error


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="Annotated articles (.jsonl or .jsonl.gz).")],
    as_json: AsJson = False,
    predictions: Annotated[Path | None, typer.Option(help="A folder to write the neutral predictions into.")] = None,
    plot: Annotated[
        Path | None, typer.Option(help="A reliability plot to write (.svg): how sure, and how often right.")
    ] = None,
) -> None:
    """Extract annotated articles anew and compare."""
    from kg.evaluate import evaluate
    from kg.score import reliability_plot, table

    if plot and plot.suffix.lower() != ".svg":
        raise typer.BadParameter(f"a plot is an .svg file, not {plot.name!r}")
    scores = evaluate(gold, predictions)
    if plot:
        plot.write_text(reliability_plot(scores), encoding="utf-8")
    typer.echo(json.dumps(scores.figures(), indent=1) if as_json else table(scores))


def _log_to(path: Path | None) -> None:
    """Add what a build does to the file at ``path``, line by line."""
    if path is not None:
        lines = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
        lines.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logging.getLogger("kg").addHandler(lines)
        logging.getLogger("kg").setLevel(logging.INFO)


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


def _store(path: Path) -> Any:
    """What to ask: an RDF file as it is, or a graph that is read or built first."""
    from kg.query import store_of

    return store_of(path if path.suffix.lower() in (".ttl", ".nt", ".trig", ".nq", ".jsonld") else _load(path))


def _sparql(asked: str) -> str:
    """The text of a file, or of a named question."""
    from kg.query import question

    return Path(asked).read_text(encoding="utf-8") if asked.endswith((".rq", ".sparql")) else question(asked).sparql


def _print_answer(found: Answer, form: str) -> None:
    from rich.console import Console

    from kg.query.results import as_csv, as_json, print_table

    if form == "table":
        print_table(Console(highlight=False), found)
    else:
        sys.stdout.write(as_csv(found) if form == "csv" else as_json(found))


def main() -> Any:
    """Run the command line; what goes wrong is one sentence on standard error, with the traceback only under --debug."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    logging.root.handlers[0].setLevel(logging.WARNING)  # what --log asks for goes to its file alone
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
