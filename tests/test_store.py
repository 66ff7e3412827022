"""The ledger: states, keys, one writer, and what it does with files that are something else."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from kg.records import Document, Skipped
from kg.store import STATES, key_of, open_ledger, read_status
from kg.workers.work import encode
from tests.samples import DOCUMENTS, HARBOUR, PLAIN, TALKS, extractions


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "news.ledger"


RESULTS = {extraction.document.id: encode(extraction) for extraction in extractions()}


def fill(path: Path, *documents: Document, configuration: str = "a") -> list[str]:
    """Take documents in, extract what is new, and say what that was."""
    with open_ledger(path) as ledger:
        ledger.take_in(documents, configuration)
        new = []
        for key, _, text in ledger.waiting():
            id = json.loads(text)["id"]
            ledger.finish(key, "done", RESULTS[id])
            new.append(id)
        return new


def test_the_key_is_of_every_field_and_of_the_configuration() -> None:
    keys = {key_of(TALKS, "a"), key_of(TALKS, "b")}
    for field, value in {"text": "x", "title": "x", "url": None, "published": "2031-05-02", "language": "fr"}.items():
        keys.add(key_of(replace(TALKS, **{field: value}), "a"))
    assert len(keys) == 7
    assert key_of(replace(TALKS), "a") in keys


def test_results_come_back_as_they_were_in_the_order_of_ids(path: Path) -> None:
    assert fill(path, *DOCUMENTS[::-1]) == sorted(RESULTS)
    with open_ledger(path) as ledger:
        assert list(ledger.extractions()) == sorted(extractions(), key=lambda item: item.document.id)


def test_what_is_done_is_not_new_again_and_what_is_gone_is_kept(path: Path) -> None:
    fill(path, TALKS, HARBOUR)
    assert fill(path, TALKS) == []
    assert read_status(path).states["done"] == 1
    assert read_status(path).kept == 1
    assert fill(path, TALKS, HARBOUR, PLAIN) == [PLAIN.id], "the one that was gone is known"
    assert fill(path, TALKS, configuration="b") == [TALKS.id], "another model"


def test_taking_in_the_same_changes_no_byte(path: Path) -> None:
    fill(path, *DOCUMENTS)
    before = path.read_bytes()
    fill(path, *DOCUMENTS[::-1])
    with open_ledger(path) as ledger:
        ledger.note_skipped([])
    assert path.read_bytes() == before


def test_states_of_documents_without_result(path: Path) -> None:
    with open_ledger(path) as ledger:
        ledger.take_in(DOCUMENTS, "a")
        keys = [key for key, _, _ in ledger.waiting()]
        ledger.finish(keys[0], "failed", "ValueError: no")
        ledger.finish(keys[1], "quarantined", "killed 2 workers")
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            ledger.finish(keys[2], "lost", "")
        assert [(row.id, row.state, row.reason) for row in ledger.troubled()] == [
            (HARBOUR.id, "failed", "ValueError: no"),
            (PLAIN.id, "quarantined", "killed 2 workers"),
        ]
    status = read_status(path)
    assert status.states == {"new": 1, "done": 0, "failed": 1, "quarantined": 1}
    assert tuple(status.states) == STATES
    with open_ledger(path) as ledger:
        ledger.take_in(DOCUMENTS, "a")
        assert ledger.count("new") == 1, "they are not tried again"
        ledger.retry()
        assert ledger.count("new") == 3
        assert [json.loads(text)["id"] for _, _, text in ledger.waiting()] == sorted(RESULTS)


def test_skipped_inputs_are_those_of_the_last_build(path: Path) -> None:
    one, other = Skipped("a.txt", "empty"), Skipped("b.txt", "binary", "zero bytes")
    for skipped in ([one, other], [other]):
        with open_ledger(path) as ledger:
            ledger.note_skipped(skipped)
        assert read_status(path).skipped == tuple(skipped)


def test_a_file_is_current_until_a_byte_or_the_stamp_changes(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "news.ttl"
    with open_ledger(path) as ledger:
        assert not ledger.is_current(file, "s")
        file.write_bytes(b"one")
        assert not ledger.is_current(file, "s")
        ledger.wrote(file, "s")
        assert ledger.is_current(file, "s")
        assert not ledger.is_current(file, "t")
        file.write_bytes(b"two")
        assert not ledger.is_current(file, "s")
        file.unlink()
        assert not ledger.is_current(file, "s")
    monkeypatch.chdir(tmp_path)
    assert read_status(path).files == ("news.ttl",)  # as seen from where the question is asked


def test_only_one_build_at_a_time_and_status_meanwhile(path: Path) -> None:
    with open_ledger(path) as ledger:
        ledger.take_in(DOCUMENTS, "a")
        with pytest.raises(BlockingIOError, match="another build is at work on the ledger"), open_ledger(path):
            pass
        assert read_status(path).busy
        assert read_status(path).states["new"] == 3
    assert not read_status(path).busy
    with open_ledger(path):
        pass


def test_other_files_are_refused_and_left_alone(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    foreign = tmp_path / "foreign"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    newer = tmp_path / "newer"
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()
    path.write_bytes(b"words of somebody else " * 100)
    for file, words in ((foreign, "not a ledger"), (newer, "another version"), (path, "not a ledger")):
        before = file.read_bytes()
        with pytest.raises(ValueError, match=words), open_ledger(file):
            pass
        with pytest.raises(ValueError, match=words):
            read_status(file)
        assert file.read_bytes() == before
    with pytest.raises(FileNotFoundError, match="nothing was built there yet"):
        read_status(tmp_path / "none")
