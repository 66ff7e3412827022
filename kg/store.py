"""The ledger of a build: what has been extracted, so that nothing is done twice or lost.

One SQLite file in WAL mode with one writer.  A row is a document; its key is the sha256 of the document and of all
that decides its extraction (model, configuration, code), so a result is never used for anything else.  The result is
the JSON of the :class:`kg.records.Extraction`, compressed; result and state change in one transaction.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.records import Document, Extraction, Skipped, from_json, to_json

__all__ = ["STATES", "Extractions", "Ledger", "Row", "Status", "key_of", "open_ledger", "read_status"]

STATES: Final = ("new", "done", "failed", "quarantined")
"""Of a document: to be extracted; extracted; the extraction raised an error; it killed a worker twice."""

_FORMAT: Final = 1
_BATCH: Final = 500
_SCHEMA: Final = f"""
CREATE TABLE documents (
    key TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN {STATES}),
    reason TEXT NOT NULL DEFAULT '',
    wanted INTEGER NOT NULL DEFAULT 0,
    document BLOB,
    extraction BLOB
);
CREATE INDEX documents_by_state ON documents (wanted, state, id, key);
CREATE TABLE skipped (source TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TABLE files (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE summary (stamp TEXT NOT NULL, facts TEXT NOT NULL);
PRAGMA user_version = {_FORMAT};
"""
_ADD: Final = "INSERT INTO documents (key, id, title, state, document) VALUES (?, ?, ?, 'new', ?)"
_NEXT: Final = """
SELECT id, key, title, document FROM documents
WHERE wanted AND state = 'new' AND (id, key) > (?, ?) ORDER BY id, key LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A document of the present build that has no result, and why."""

    id: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Status:
    """What a ledger holds: documents of the last build by state, results kept from earlier ones, what was left out.

    ``files`` are paths from the current directory.
    """

    path: str
    bytes: int
    busy: bool
    states: dict[str, int]
    kept: int
    troubled: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    files: tuple[str, ...]


def key_of(document: Document, configuration: str) -> str:
    """The sha256 of ``document`` (its text and the fields beside it) and of what decides its extraction."""
    return hashlib.sha256(f"{configuration}\n{_dump(document)}".encode()).hexdigest()


class Ledger:
    """Reads and writes of one open ledger; made by :func:`open_ledger`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection

    # -------------------------------------------------------------- documents
    def take_in(self, documents: Iterable[Document], configuration: str) -> None:
        """Make ``documents`` those of the present build; only the unknown ones are added, as new."""
        self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS present (key TEXT PRIMARY KEY)")
        self._connection.execute("DELETE FROM present")
        for number, document in enumerate(documents, 1):
            key = key_of(document, configuration)
            self._connection.execute("INSERT OR IGNORE INTO present VALUES (?)", (key,))
            if not self._connection.execute("SELECT 1 FROM documents WHERE key = ?", (key,)).fetchone():
                row = (key, document.id, document.title or document.id, _pack(_dump(document)))
                self._connection.execute(_ADD, row)
            if number % _BATCH == 0:
                self._connection.commit()
        self._connection.execute("UPDATE documents SET wanted = NOT wanted WHERE wanted != (key IN (SELECT key FROM present))")
        self._connection.commit()

    def note_skipped(self, skipped: Iterable[Skipped]) -> None:
        """Keep the inputs that gave no document in the present build."""
        rows = [(item.source, item.reason, item.detail) for item in skipped]
        if rows != self._connection.execute("SELECT * FROM skipped ORDER BY rowid").fetchall():
            self._connection.execute("DELETE FROM skipped")
            self._connection.executemany("INSERT INTO skipped VALUES (?, ?, ?)", rows)
            self._connection.commit()

    def waiting(self) -> Iterator[tuple[str, str, str]]:
        """Key, title and JSON of each new document of the present build, in the order of their ids."""
        last = ("", "")
        while rows := self._connection.execute(_NEXT, last).fetchall():  # by pages: states change while they are read
            for id, key, title, packed in rows:
                yield key, title, _unpack(packed)
                last = (id, key)

    def finish(self, key: str, state: str, result: str) -> None:
        """Record the end of a document in one transaction: the JSON of its extraction, or the reason why there is none."""
        done = state == "done"
        if done:  # the document is part of its extraction
            change = "UPDATE documents SET state = ?, extraction = ?, document = NULL WHERE key = ?"
        else:
            change = "UPDATE documents SET state = ?, reason = ? WHERE key = ?"
        self._connection.execute(change, (state, _pack(result) if done else result, key))
        self._connection.commit()

    def retry(self) -> None:
        """Make failed and quarantined documents new again."""
        self._connection.execute("UPDATE documents SET state = 'new', reason = '' WHERE state IN ('failed', 'quarantined')")
        self._connection.commit()

    def count(self, state: str) -> int:
        """How many documents of the present build are in ``state``."""
        found = self._connection.execute("SELECT count(*) FROM documents WHERE wanted AND state = ?", (state,))
        return int(found.fetchone()[0])

    def troubled(self) -> tuple[Row, ...]:
        """The failed and quarantined documents of the present build, in the order of their ids."""
        return _troubled(self._connection)

    def extractions(self) -> Extractions:
        """The results of the present build."""
        return Extractions(self._connection)

    def digest(self) -> str:
        """The sha256 of the keys of all results of the present build: the same for the same results."""
        total = hashlib.sha256()
        for (key,) in self._connection.execute("SELECT key FROM documents WHERE wanted AND state = 'done' ORDER BY key"):
            total.update(key.encode())
        return total.hexdigest()

    # -------------------------------------------------------------- files
    def is_current(self, file: Path, stamp: str) -> bool:
        """Whether ``file`` still is, byte for byte, what was written of the results and the code that ``stamp`` names."""
        row = self._connection.execute("SELECT stamp, sha256 FROM files WHERE path = ?", (self._name(file),)).fetchone()
        return row is not None and row[0] == stamp and file.is_file() and _sha256(file) == row[1]

    def wrote(self, file: Path, stamp: str) -> None:
        """Remember ``file`` as it now is."""
        self._connection.execute("REPLACE INTO files VALUES (?, ?, ?)", (self._name(file), stamp, _sha256(file)))
        self._connection.commit()

    def _name(self, file: Path) -> str:
        return Path(os.path.relpath(os.path.realpath(file), self.path.parent)).as_posix()

    def summary(self, stamp: str) -> Any | None:
        """What :meth:`keep_summary` kept under ``stamp``."""
        row = self._connection.execute("SELECT facts FROM summary WHERE stamp = ?", (stamp,)).fetchone()
        return json.loads(row[0]) if row else None

    def keep_summary(self, stamp: str, facts: Any) -> None:
        self._connection.execute("DELETE FROM summary")
        self._connection.execute("INSERT INTO summary VALUES (?, ?)", (stamp, json.dumps(facts)))
        self._connection.commit()


class Extractions:
    """The results of a build in the order of their ids; each time that they are gone through, they are read one by one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __iter__(self) -> Iterator[Extraction]:
        rows = self._connection.execute("SELECT extraction FROM documents WHERE wanted AND state = 'done' ORDER BY id, key")
        for (packed,) in rows:
            yield from_json(Extraction, _parsed(_unpack(packed)))


# ------------------------------------------------------------------ opening
@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """The ledger at ``path``, made if absent, for this build alone.

    BlockingIOError while another build is at work on it; ValueError if the file is something else; OSError when the
    disk fails or is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _only_one(path), _connected(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # a killed process loses nothing; a power cut the last moments
        if _version(connection) == 0:
            connection.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
        yield Ledger(connection, path.resolve())


def read_status(path: Path) -> Status:
    """What the ledger at ``path`` holds, also while a build is at work; FileNotFoundError when there is none."""
    if not path.is_file():
        raise FileNotFoundError(f"There is no ledger at {path}: nothing was built there yet.")
    with _connected(path, reading=True) as connection:
        counts = dict(connection.execute("SELECT state, count(*) FROM documents WHERE wanted GROUP BY state"))
        rows = connection.execute("SELECT source, reason, detail FROM skipped ORDER BY rowid")
        return Status(
            path=str(path),
            bytes=path.stat().st_size,
            busy=_is_locked(path),
            states={state: counts.get(state, 0) for state in STATES},
            kept=connection.execute("SELECT count(*) FROM documents WHERE NOT wanted AND state = 'done'").fetchone()[0],
            troubled=_troubled(connection),
            skipped=tuple(Skipped(*row) for row in rows),
            files=tuple(
                Path(os.path.relpath(path.resolve().parent / name)).as_posix()
                for (name,) in connection.execute("SELECT path FROM files ORDER BY path")
            ),
        )


@contextmanager
def _connected(path: Path, *, reading: bool = False) -> Iterator[sqlite3.Connection]:
    try:
        connection = sqlite3.connect(path, timeout=30, isolation_level="IMMEDIATE")
        try:
            version = _version(connection)
            if version not in (0, _FORMAT):
                raise ValueError(f"{path} is a ledger of another version of kg; remove it to start again")
            if version == 0 and (reading or connection.execute("SELECT 1 FROM sqlite_master").fetchone()):
                raise ValueError(f"{path} is not a ledger of kg")
            yield connection
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise OSError(f"the ledger {path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise ValueError(f"{path} is not a ledger of kg, or is damaged: {error}; remove it to start again") from error


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _only_one(path: Path, patience: float = 1.0) -> Iterator[None]:
    """Hold the lock beside the ledger: a file that SQLite locks for us on every system, and that no death leaves locked."""
    lock = sqlite3.connect(_lock(path), timeout=patience, isolation_level=None)  # kg status looks for a moment
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise OSError(f"the ledger {path} cannot be locked: {error}") from error
            raise BlockingIOError(f"another build is at work on the ledger {path}; wait for its end") from None
        yield
    finally:
        lock.close()


def _is_locked(path: Path) -> bool:
    with suppress(BlockingIOError):
        if _lock(path).exists():
            with _only_one(path, patience=0):
                pass
        return False
    return True


def _lock(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


# ------------------------------------------------------------------ bytes
def _troubled(connection: sqlite3.Connection) -> tuple[Row, ...]:
    rows = connection.execute(
        "SELECT id, state, reason FROM documents WHERE wanted AND state IN ('failed', 'quarantined') ORDER BY id, key"
    )
    return tuple(Row(*row) for row in rows)


def _dump(record: Document) -> str:
    return json.dumps(to_json(record), sort_keys=True)


def _pack(text: str) -> bytes:
    return zlib.compress(text.encode(), 1)


def _parsed(text: str) -> Any:
    """``text`` as JSON, with one string in memory for all that are equal: ids and quotes come many times in one result."""
    known: dict[str, str] = {}

    def shared(item: dict[str, Any]) -> dict[str, Any]:
        return {name: known.setdefault(value, value) if isinstance(value, str) else value for name, value in item.items()}

    return json.loads(text, object_hook=shared)


def _unpack(packed: bytes) -> str:
    return zlib.decompress(packed).decode()


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
