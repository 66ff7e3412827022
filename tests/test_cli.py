"""The command line as people meet it: files, words on the two streams, and exit codes."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.export import suffixes
from kg.export.json import read_json
from kg.read import read

KG = Path(sys.executable).with_name("kg")
FORMATS = (".ttl", ".json", ".graphml", ".html")
ARTICLE = (
    "Helena Brandão, the minister of water, said on Monday that the reservoir would be filled. "
    "“Nobody was warned,” Rui Vasconcelos, a spokesman for the Green Bloc, told reporters in Lisbon.\n"
)


def kg(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command, in an environment with ``variables`` and none that colour or narrow what it prints."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM")}
    return subprocess.run(
        [KG, *arguments], capture_output=True, encoding="utf-8", env=kept | {"COLUMNS": "100"} | variables, timeout=300
    )


@dataclass(frozen=True)
class Built:
    """A build of all seeds and one file that cannot be read; and a build of one small article, in colour."""

    folder: Path
    seeds: subprocess.CompletedProcess[str]
    one: subprocess.CompletedProcess[str]

    def files(self, name: str) -> dict[str, Path]:
        return {path.suffix: path for path in (self.folder / name).iterdir() if not path.name.startswith(".")}


@pytest.fixture(scope="module")
def built(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("cli")
    news = folder / "news"
    shutil.copytree(seeds, news)
    (news / "broken [bold]\x1b[31m.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    (folder / "one.txt").write_text(ARTICLE, encoding="utf-8")
    return Built(
        folder,
        kg("build", news, "-o", folder / "seeds", "--json"),
        kg("build", folder / "one.txt", "-o", folder / "deep" / "one", "--name", "water", FORCE_COLOR="1", NO_COLOR="1"),
    )


def has_no_traceback(answers: Iterable[subprocess.CompletedProcess[str]]) -> bool:
    return not any("Traceback" in answer.stdout + answer.stderr for answer in answers)


# ------------------------------------------------------------------ build
def test_a_build_writes_four_files_that_hold_one_graph(built: Built, seeds: Path) -> None:
    files = built.files("seeds")
    assert set(files) == set(FORMATS)
    assert {path.stem for path in files.values()} == {"news"}
    assert all(path.stat().st_size > 10_000 for path in files.values())
    graph = read_json(files[".json"])
    documents = {node.id for node in graph.nodes("DOCUMENT")}
    assert documents == {document.id for document in read(seeds)}
    assert {node.label for node in graph.nodes("PERSON")} >= {"Helena Brandão", "Rui Vasconcelos"}
    for id in documents:
        assert id in files[".ttl"].read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_is_named_and_gives_exit_code_3(built: Built) -> None:
    assert built.seeds.returncode == 3
    line = next(line for line in built.seeds.stderr.splitlines() if "broken" in line)
    assert "skipped" in line
    assert "broken [bold] [31m.txt: binary" in line, "neither markup nor escapes of the terminal"
    assert "\x1b" not in built.seeds.stderr


def test_the_summary_is_readable(built: Built) -> None:
    words = built.seeds.stderr
    assert re.search(r"^\d+ documents read, 1 skipped$", words, re.MULTILINE)
    assert re.search(r"^\d+ entities: .*\d+ people", words, re.MULTILINE)
    assert re.search(r"^\d+ claims: .*; \d+ without a named speaker$", words, re.MULTILINE)
    assert re.search(r"^Speaker +Role +Organisation +Claims$", words, re.MULTILINE)
    assert re.search(r"^Helena Brandão .* \d+$", words, re.MULTILINE)
    for path in built.files("seeds").values():
        assert re.search(rf"^wrote {re.escape(str(path))}  [\d.]+ [kM]B$", words, re.MULTILINE)


def test_json_goes_to_standard_output_and_agrees_with_the_graph(built: Built) -> None:
    facts = json.loads(built.seeds.stdout)
    graph = read_json(built.files("seeds")[".json"])
    assert facts["documents"] == sum(1 for _ in graph.nodes("DOCUMENT"))
    assert sum(facts["claims"].values()) == sum(1 for _ in graph.nodes("CLAIM"))
    assert facts["skipped"] == {"binary": 1}
    assert [Path(name).suffix for name in facts["files"]] == list(FORMATS)


def test_one_article_without_trouble_gives_exit_code_0(built: Built) -> None:
    assert built.one.returncode == 0
    assert built.one.stdout == ""
    assert "1 document read\n" in re.sub(r"\x1b\[[\d;]*m", "", built.one.stderr)
    assert {path.stem for path in built.files("deep/one").values()} == {"water"}


def test_no_color_prints_no_colour(built: Built) -> None:
    assert "\x1b[1m" in built.one.stderr, "a terminal, as far as the command knows"
    assert not re.search(r"\x1b\[(?:\d+;)*(?:3|4|9|10)\d[;m]", built.one.stderr)


def test_quiet_prints_nothing_and_formats_are_chosen(built: Built, tmp_path: Path) -> None:
    answer = kg("build", built.folder / "one.txt", "-q", "--formats", "nt, .json", "-o", tmp_path)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".kg", "news.json", "news.nt"]
    assert (tmp_path / "news.json").read_bytes() == built.files("deep/one")[".json"].read_bytes()


def test_status_names_everything_that_was_left_out(built: Built, tmp_path: Path) -> None:
    answer = kg("status", built.folder / "seeds")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert re.search(r"^\d+ documents: \d+ done$", answer.stdout, re.MULTILINE)
    assert "broken [bold] [31m.txt: binary" in answer.stdout
    assert "no build is at work" in answer.stdout
    facts = json.loads(kg("status", built.folder / "seeds", "--json").stdout)
    assert facts["states"]["done"] == json.loads(built.seeds.stdout)["documents"]
    nothing = kg("status", tmp_path)
    assert nothing.returncode == 1
    assert nothing.stderr.startswith("kg: There is no ledger at ")


def test_building_again_extracts_nothing_and_leaves_the_files(built: Built, tmp_path: Path) -> None:
    log = tmp_path / "log"
    before = {path: path.stat().st_mtime_ns for path in built.files("seeds").values()}
    answer = kg("build", built.folder / "news", "-o", built.folder / "seeds", "--log", log)
    assert answer.returncode == 3
    assert "0 of them extracted now, the others in earlier builds" in answer.stderr
    assert len(re.findall("^unchanged ", answer.stderr, re.MULTILINE)) == len(FORMATS)
    assert {path: path.stat().st_mtime_ns for path in built.files("seeds").values()} == before
    assert re.search(r"INFO skipped .*broken.*: binary", log.read_text(encoding="utf-8"))


# ------------------------------------------------------------------ what goes wrong
def test_what_is_missing_is_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    answers = [
        kg("build", tmp_path / "no-such-folder", "-o", tmp_path / "out"),
        kg("view", tmp_path / "no-such.json"),
        kg("export", tmp_path / "other.json", tmp_path / "x.ttl"),
    ]
    for answer, name in zip(answers, ("no-such-folder", "no-such.json", "other.json"), strict=True):
        assert (answer.returncode, answer.stdout) == (1, "")
        assert answer.stderr.startswith("kg: ")
        assert answer.stderr.count("\n") == 1
        assert name in answer.stderr
    assert has_no_traceback(answers)
    assert not (tmp_path / "out").exists()
    assert "Traceback" in kg("build", tmp_path / "no-such-folder", "--debug").stderr


def test_wrong_usage_is_exit_code_2_before_anything_is_read(built: Built, tmp_path: Path) -> None:
    source = built.folder / "one.txt"
    answers = [
        kg("build", source, "--formats", "ttl,docx", "-o", tmp_path / "out"),
        kg("build", source, "--column", "text", "-o", tmp_path / "out"),
        kg("build"),
        kg("bild", source),
    ]
    assert [answer.returncode for answer in answers] == [2, 2, 2, 2]
    assert "no exporter for .docx; there are " + ", ".join(suffixes()) in answers[0].stderr
    assert "field=key" in answers[1].stderr
    assert has_no_traceback(answers)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_ctrl_c_gives_exit_code_130(seeds: Path, tmp_path: Path) -> None:
    started = subprocess.Popen([KG, "build", seeds, "-o", tmp_path / "out"], stderr=subprocess.PIPE, encoding="utf-8")
    time.sleep(1.5)
    started.send_signal(signal.SIGINT)
    _, words = started.communicate(timeout=60)
    assert started.returncode == 130
    assert words == "interrupted\n"
    assert not list(tmp_path.rglob("*.part"))


# ------------------------------------------------------------------ the other commands
def test_export_writes_another_format(built: Built, tmp_path: Path) -> None:
    source = built.files("seeds")[".json"]
    answer = kg("export", source, tmp_path / "new" / "copy.ttl")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    assert (tmp_path / "new" / "copy.ttl").read_bytes() == built.files("seeds")[".ttl"].read_bytes()
    unknown = kg("export", source, tmp_path / "copy.docx")
    assert unknown.returncode == 1
    assert unknown.stderr.startswith("kg: no exporter for the suffix '.docx'; there are ")


def test_export_takes_the_options_of_rdf(built: Built, tmp_path: Path) -> None:
    source, target = built.files("seeds")[".json"], tmp_path / "news.ttl"
    assert kg("export", source, target, "--base-iri", "https://data.example/x", "--without-text").returncode == 0
    text = target.read_text(encoding="utf-8")
    assert "<https://data.example/x/doc/>" in text
    assert "articleBody" not in text
    wrong = kg("export", source, tmp_path / "news.graphml", "--without-text")
    assert (wrong.returncode, wrong.stderr) == (1, "kg: .graphml has no option 'article_text'; it has none\n")


def test_query_answers_named_questions_and_files(built: Built, tmp_path: Path) -> None:
    turtle = built.files("seeds")[".ttl"]
    rows = json.loads(kg("query", turtle, "said-by", "--about", "brandao", "--format", "json").stdout)
    assert {row["speaker"] for row in rows} == {"Helena Brandão"}
    listed = kg("query", "--list").stdout
    assert listed.count("\n") >= 20
    shown = kg("query", turtle, "said-by", "--show").stdout
    (tmp_path / "mine.rq").write_text(shown, encoding="utf-8")
    table = kg("query", turtle, tmp_path / "mine.rq", "--about", "Helena Brandão")
    assert re.search(r"^speaker +date +said +outlet", table.stdout)
    assert f"\n{len(rows)} rows\n" in table.stdout
    assert shown.removesuffix("\n") in kg("query", "--list", "--show").stdout
    lost = kg("query", turtle, "said-by", "--about", "Helena Brandau")
    assert (lost.returncode, lost.stdout) == (1, "")
    assert "did you mean Helena Brandão" in lost.stderr
    assert kg("query", turtle).returncode == 2
    assert kg("query", turtle, "said-by", "--format", "pdf").returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_serve_says_where_and_answers_until_ctrl_c(built: Built) -> None:
    command = [KG, "serve", built.files("seeds")[".ttl"], "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", bufsize=1) as started:
        assert started.stdout
        port = int(re.findall(r"http://127\.0\.0\.1:(\d+)/", started.stdout.readline())[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D")
        assert json.loads(connection.getresponse().read())["boolean"] is True
        connection.close()
        started.send_signal(signal.SIGINT)
        assert started.wait(timeout=60) == 130


def test_view_writes_the_page_and_opens_it(built: Built, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{seen}"\n', encoding="utf-8")
    browser.chmod(0o755)
    page = tmp_path / "page.html"
    answer = kg("view", built.files("seeds")[".json"], "-o", page, BROWSER=str(browser))
    assert (answer.returncode, answer.stdout) == (0, f"{page}\n")
    assert page.read_bytes() == built.files("seeds")[".html"].read_bytes()
    assert seen.read_text(encoding="utf-8") == page.as_uri()


def test_help_lists_the_commands_and_loads_nothing_heavy() -> None:
    answer = kg("--help")
    assert answer.returncode == 0
    for command in ("build", "status", "view", "explain", "export", "query", "serve", "score"):
        assert re.search(rf"^  {command} +\w", answer.stdout, re.MULTILINE)
    heavy = {"spacy", "torch", "numpy", "pandas", "rdflib", "onnxruntime", "networkx", "rich.progress", "trafilatura"}
    code = f"""
import sys
from kg.cli import main
sys.argv = ["kg", "--help"]
try:
    main()
finally:
    sys.stderr.write(" ".join(sorted({heavy} & set(sys.modules))))
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr == ""


@pytest.mark.parametrize("command", ["build", "status", "view", "explain", "export", "query", "serve", "score"])
def test_every_command_explains_itself(command: str) -> None:
    answer = kg(command, "--help")
    assert answer.returncode == 0
    assert f"kg {command}" in answer.stdout
