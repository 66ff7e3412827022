"""Builds with a ledger: the files are always those of a build from nothing, and nothing is done twice or lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.records import Skipped
from kg.run import Built, ledger_of, update
from kg.slugs import slug
from kg.store import Status, read_status
from tests import standin
from tests.standin import article, files_in, write_articles

ROOT = Path(__file__).parents[1]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    write_articles(tmp_path / "news", range(8))
    return tmp_path / "news"


def build(news: Path, out: Path, **options: object) -> Built:
    built = standin.build(news, out, **options)
    assert isinstance(built, Built)
    return built


def fresh(news: Path, tmp_path: Path) -> dict[str, bytes]:
    """The files of a build from nothing."""
    shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
    build(news, tmp_path / "fresh")
    return files_in(tmp_path / "fresh")


def status(out: Path) -> Status:
    return read_status(ledger_of(out))


# ------------------------------------------------------------------ again
def test_a_second_build_extracts_nothing_and_changes_nothing(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = build(news, out)
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    contents = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    second = build(news, out)
    assert (first.extracted, len(first.written)) == (8, len(standin.FORMATS))
    assert (second.extracted, second.written) == (0, ())
    assert second.summary == first.summary
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == contents, "nor of the ledger"
    assert {path: times[path] for path in contents} == {path: path.stat().st_mtime_ns for path in contents}


def test_a_second_build_loads_neither_the_model_nor_the_graph(news: Path, tmp_path: Path) -> None:
    build(news, tmp_path / "out")
    code = f"""
import sys
from pathlib import Path
from tests.standin import build
build(Path({str(news)!r}), Path({str(tmp_path / "out")!r}))
heavy = {{"spacy", "onnxruntime", "numpy", "networkx", "rdflib", "pandas", "scipy"}}
sys.stdout.write(" ".join(sorted(heavy & set(sys.modules))))
"""
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout == ""


def test_what_somebody_changed_or_removed_is_written_again(news: Path, tmp_path: Path) -> None:
    build(news, tmp_path / "out")
    expected = files_in(tmp_path / "out")
    (tmp_path / "out" / "news.ttl").write_text("other", encoding="utf-8")
    (tmp_path / "out" / "news.json").unlink()
    again = build(news, tmp_path / "out")
    assert (again.extracted, {path.suffix for path in again.written}) == (0, {".ttl", ".json"})
    assert files_in(tmp_path / "out") == expected


def add(news: Path) -> None:
    write_articles(news, (20, 21))


def change(news: Path) -> None:
    (news / "000003.txt").write_text(article(33), encoding="utf-8")


def remove(news: Path) -> None:
    (news / "000000.txt").unlink()
    (news / "000005.txt").unlink()


def rename(news: Path) -> None:
    (news / "000001.txt").rename(news / "zz.txt")


@pytest.mark.parametrize(("edit", "extracted"), [(add, 2), (change, 1), (remove, 0), (rename, 0)])
def test_an_edited_source_gives_what_a_build_from_nothing_gives(
    news: Path, tmp_path: Path, edit: Callable[[Path], None], extracted: int
) -> None:
    build(news, tmp_path / "out")
    edit(news)
    assert build(news, tmp_path / "out").extracted == extracted
    assert files_in(tmp_path / "out") == fresh(news, tmp_path)


def test_many_edits_in_a_row(news: Path, tmp_path: Path) -> None:
    chance = random.Random(4)
    for _ in range(6):
        for _ in range(3):
            number = chance.randrange(12)
            path = news / f"{number:06}.txt"
            if path.exists() and chance.random() < 0.5:
                path.unlink()
            else:
                path.write_text(article(chance.randrange(40)), encoding="utf-8")
        build(news, tmp_path / "out", workers=2)
    assert files_in(tmp_path / "out") == fresh(news, tmp_path)


def test_the_files_are_those_of_a_graph_in_memory(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.extract.extract", standin.extract)
    build(news, tmp_path / "out")
    graph = kg.build(news)
    for suffix in standin.FORMATS:
        kg.write(graph, tmp_path / f"memory{suffix}")
        assert (tmp_path / f"memory{suffix}").read_bytes() == (tmp_path / "out" / f"news{suffix}").read_bytes()


def test_seeds_with_the_real_extractor(seeds: Path, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for path in sorted(seeds.glob("2031-03-03*")) + sorted(seeds.glob("*.jsonl")):
        shutil.copy(path, news)
    file = tmp_path / "out" / "news.json"
    first = update(news, [file], ledger=tmp_path / "ledger")
    kg.write(kg.build(news), tmp_path / "memory.json")
    assert file.read_bytes() == (tmp_path / "memory.json").read_bytes()
    assert first.extracted == 2
    assert update(news, [file], ledger=tmp_path / "ledger").extracted == 0


# ------------------------------------------------------------------ the same bytes
def test_neither_hash_seed_workers_order_locale_nor_time_zone_changes_a_byte(tmp_path: Path) -> None:
    write_articles(tmp_path / "a", range(6))
    for number in range(6):
        (tmp_path / "b").mkdir(exist_ok=True)
        shutil.copy(tmp_path / "a" / f"{number:06}.txt", tmp_path / "b" / f"{9 - number}.txt")
    rows = [json.dumps({"text": article(number)}) for number in (3, 1, 5, 0, 4, 2)]
    (tmp_path / "c.jsonl").write_text("\n".join(rows), encoding="utf-8")
    runs = [
        ("a", "1", "0", "C", "UTC"),
        ("a", "2", "1", "C.UTF-8", "Asia/Kathmandu"),
        ("b", "1", "2", "tr_TR.UTF-8", "America/St_Johns"),
        ("b", "2", "0", "de_DE.UTF-8", "UTC"),
        ("c.jsonl", "2", "2", "C", "Pacific/Apia"),
    ]
    results = []
    for number, (source, workers, seed, locale, zone) in enumerate(runs):
        variables = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        command = [sys.executable, "-m", "tests.standin", tmp_path / source, tmp_path / f"out{number}", workers]
        subprocess.run(command, cwd=ROOT, env=os.environ | variables, check=True, timeout=120)
        results.append(files_in(tmp_path / f"out{number}"))
    assert results[0].keys() == {f"news{suffix}" for suffix in standin.FORMATS}
    for result in results[1:]:
        assert result == results[0]


# ------------------------------------------------------------------ interruptions
def started(news: Path, out: Path, workers: int = 1) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.standin", news, out, str(workers)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


@pytest.fixture
def slow_news(news: Path) -> Path:
    for number in range(30, 36):
        (news / f"{number}.txt").write_text(article(number, words="SLOW"), encoding="utf-8")
    return news


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_ended_loses_nothing(slow_news: Path, tmp_path: Path, how: signal.Signals) -> None:
    expected = fresh(slow_news, tmp_path)
    out = tmp_path / "out"
    delays = random.Random(how).sample(range(200, 2600), 4)
    for delay in sorted(delays):
        process = started(slow_news, out, workers=2)
        time.sleep(delay / 1000)
        before = _done(out)
        process.send_signal(how)
        process.wait(timeout=60)
        assert _done(out) >= before, "what was done stays done"
        assert {name: data for name, data in _visible(out).items() if expected[name] != data} == {}, "whole or not at all"
    done = _done(out)
    assert build(slow_news, out).extracted == 14 - done
    assert files_in(out) == expected
    assert not list((out / ".kg").glob("*.drafts"))


def _done(out: Path) -> int:
    try:
        return status(out).states["done"]
    except (FileNotFoundError, ValueError):  # not yet there, or empty
        return 0


def _visible(out: Path) -> dict[str, bytes]:
    return files_in(out) if out.is_dir() else {}


def test_a_second_build_on_one_ledger_says_so_and_stops(slow_news: Path, tmp_path: Path) -> None:
    process = started(slow_news, tmp_path / "out")
    try:
        while not (ledger_of(tmp_path / "out").exists() and _busy(tmp_path / "out")):
            time.sleep(0.02)
        with pytest.raises(BlockingIOError, match="another build is at work"):
            build(slow_news, tmp_path / "out")
    finally:
        process.wait(timeout=60)
    assert process.returncode == 0
    assert files_in(tmp_path / "out") == fresh(slow_news, tmp_path)


def _busy(out: Path) -> bool:
    try:
        return status(out).busy
    except ValueError:
        return False


def test_a_write_that_fails_leaves_all_old_files(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    build(news, out)
    before = files_in(out)
    add(news)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("kg.export.graphml.write_graphml", full)
        with pytest.raises(OSError, match="No space left"):
            build(news, out)
    assert files_in(out) == before, "not even those that were written before the failure"
    assert build(news, out).extracted == 0
    assert files_in(out) == fresh(news, tmp_path)


# ------------------------------------------------------------------ what goes wrong with documents
def test_failed_and_quarantined_documents_are_named_and_not_tried_again(news: Path, tmp_path: Path) -> None:
    (news / "bad.txt").write_text(article(50, words="FAIL"), encoding="utf-8")
    (news / "worse.txt").write_text(article(51, words="KILL"), encoding="utf-8")
    (news / "empty.txt").write_bytes(b"")
    out = tmp_path / "out"
    for extracted, options in ((10, {}), (0, {}), (2, {"retry": True})):
        skipped: list[Skipped] = []
        built = build(news, out, on_skip=skipped.append, **options)
        assert built.extracted == extracted
        assert built.summary.documents == 8
        assert [item.reason for item in skipped] == ["empty", "failed", "quarantined"]
        assert built.summary.skipped == {"empty": 1, "failed": 1, "quarantined": 1}
        assert skipped[1].source.startswith(slug(standin.name(150))), "named"
        assert skipped[1].detail == "RuntimeError: as asked"
    assert status(out).states == {"new": 0, "done": 8, "failed": 1, "quarantined": 1}
    for name in ("bad.txt", "worse.txt", "empty.txt"):
        (news / name).unlink()
    build(news, out)
    assert files_in(out) == fresh(news, tmp_path)


def test_the_log_names_every_document_and_every_skipped_input(
    news: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(30):
        (news / f"empty{number}.txt").write_bytes(b"")
    with caplog.at_level("INFO", "kg"):
        build(news, tmp_path / "out")
    assert all(any(f"empty{number}.txt: empty" in line for line in caplog.messages) for number in range(30))
    assert sum(line.startswith("done ") for line in caplog.messages) == 8


def test_progress_counts_what_is_extracted_now(news: Path, tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []

    def on_progress(done: int, total: int, _title: str) -> None:
        calls.append((done, total))

    build(news, tmp_path / "out")
    add(news)
    build(news, tmp_path / "out", on_progress=on_progress)
    assert calls == [(0, 2), (1, 2), (2, 2)]


def test_a_source_that_is_missing_makes_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        build(tmp_path / "none", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_document_given_twice_counts_once(news: Path, tmp_path: Path) -> None:
    expected = fresh(news, tmp_path)
    shutil.copy(news / "000000.txt", news / "zz-copy.txt")
    skipped: list[Skipped] = []
    assert build(news, tmp_path / "out", on_skip=skipped.append).extracted == 8
    assert [item.reason for item in skipped] == ["duplicate"]
    assert files_in(tmp_path / "out") == expected
