"""Files that nobody wants: each ends in a document or in one named reason, and never in an exception."""

from __future__ import annotations

import gzip
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.read import REASONS, Unreadable, read, text
from kg.records import Document, Skipped

PROSE = "The government said on Monday that it would take part in the talks."
OTHER = "A second story, which has nothing to do with the first one."


def run(source: Path) -> tuple[list[Document], list[Skipped]]:
    skipped: list[Skipped] = []
    found = list(read(source, skipped.append))
    assert all(item.reason in REASONS for item in skipped)
    json.dumps([[item.source, item.detail] for item in skipped], ensure_ascii=False).encode("utf-8")
    return found, skipped


FILES: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\r\n ", "empty"),
    ("mark.txt", b"\xef\xbb\xbf", "empty"),
    ("empty.html", b"", "empty"),
    ("empty.jsonl", b"", "empty"),
    ("blank.jsonl", b"\n\n\n", "empty"),
    ("pdf.txt", b"%PDF-1.7 some words", "binary"),
    ("gzip.txt", gzip.compress(b"words " * 50), "binary"),
    ("png.html", b"\x89PNG\r\n\x1a\n" + bytes(50), "binary"),
    ("elf.md", b"\x7fELF" + bytes(200), "binary"),
    ("zeros.txt", bytes(1000), "binary"),
    ("random.txt", bytes((i * 73 + i // 7) % 256 for i in range(5000)), "binary"),
    ("utf16-unmarked.txt", PROSE.encode("utf-16-le"), "binary"),
    ("zeros.jsonl", bytes(1000), "binary"),
    ("high.txt", bytes(range(128, 256)) * 20, "encoding"),
    ("half.txt", "café".encode("cp1252"), "encoding"),
    ("odd-utf16.txt", b"\xff\xfea", "encoding"),
    ("lone-utf16.txt", b"\xff\xfe\x00\xd8a\x00", "encoding"),
    ("cut-utf8.txt", (PROSE + " é").encode()[:-1], "encoding"),
    ("overlong.txt", b"\xc0\xaf\xc0\xaf" * 40, "encoding"),
    ("dots.txt", b"...\n---\n***", "no text"),
    ("player.txt", b"please wait\n\nNo media source currently available\n\n0:00 0:02:26 0:00", "no text"),
    ("controls.txt", ("\ufeff" * 5 + "\u200b").encode(), "no text"),
    ("front.md", b"---\ntitle: Only a head\n---\n", "no text"),
    ("rules.md", b"***\n\n---\n", "no text"),
    ("bare.html", b"<html></html>", "no text"),
    ("words.html", b"<<<<<<", "no text"),
    ("untagged.html", b"Words without a tag are no web page.", "no text"),
    ("script.html", b"<html><body><script>alert(1)</script></body></html>", "no text"),
    ("row.jsonl", b"{", "bad row"),
    ("array.jsonl", b'[{"text": "a"}]', "bad row"),
    ("nan.jsonl", b"NaN", "bad row"),
    ("long-number.jsonl", b'{"text": ' + b"9" * 5000 + b"}", "bad row"),
    ("deep.jsonl", b'{"text": ' + b"[" * 100_000, "bad row"),
    ("missing.jsonl", b'{"titel": "a"}', "bad row"),
    ("no-text.jsonl", b'{"text": "  "}', "no text"),
    ("large.txt", b"a " * 10_000_001, "too large"),
    ("large.jsonl", b'{"text": "' + b"a " * 10_000_001 + b'"}', "too large"),
    ("elements.html", b"<html><body><p>" + b"<b>a</b> " * 60_000, "too large"),
    ("page.docx", b"words", "unknown format"),
    ("story.txt.gz", b"words", "unknown format"),
    ("story.txt~", b"words", "unknown format"),
    ("story", b"words", "unknown format"),
    ("\U0001f600", b"words", "unknown format"),
]


@pytest.mark.parametrize(("name", "data", "reason"), FILES, ids=[name for name, _, _ in FILES])
def test_a_bad_file_has_a_named_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "zz-good.txt").write_text(PROSE)
    start = time.perf_counter()
    found, skipped = run(tmp_path)
    assert time.perf_counter() - start < 20
    assert [item.reason for item in skipped] == [reason]
    assert [document.text for document in found] == [PROSE]


ODD: list[tuple[str, bytes]] = [
    ("bom.txt", b"\xef\xbb\xbf" + PROSE.encode()),
    ("utf16.txt", PROSE.encode("utf-16")),
    ("utf16be.txt", b"\xfe\xff" + PROSE.encode("utf-16-be")),
    ("utf32.txt", PROSE.encode("utf-32")),
    ("mac.txt", PROSE.encode() + b"\r\r\r\r"),
    ("dos.txt", b"\r\n\r\n" + PROSE.encode() + b" \t\r\n"),
    ("nul.txt", PROSE.replace(" said", "\0 said").encode()),
    ("escape.txt", PROSE.replace("said", "\x1b\x07said").encode()),
    ("UPPER.TXT", PROSE.encode()),
    ("utf16.jsonl", json.dumps({"text": PROSE}).encode("utf-16")),
    ("bom.jsonl", b"\xef\xbb\xbf" + json.dumps({"text": PROSE}).encode()),
    ("surrogate.jsonl", b'{"text": "\\ud800' + PROSE.encode() + b'\\u0000"}'),
    ("twice.jsonl", b'{"text": "no", "text": "' + PROSE.encode() + b'"}'),
    ("xml.html", b'<?xml version="1.0" encoding="UTF-8"?><html><body><p>' + PROSE.encode() + b"</p></body></html>"),
]


@pytest.mark.parametrize(("name", "data"), ODD, ids=[name for name, _ in ODD])
def test_an_odd_file_is_still_read(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    found, skipped = run(tmp_path)
    assert ([document.text for document in found], skipped) == ([PROSE], [])


def test_an_entity_bomb_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret word")
    head = f'<!DOCTYPE x [<!ENTITY b SYSTEM "file://{tmp_path}/secret"><!ENTITY a "aaaaaaaaaa">]>'
    (tmp_path / "a.html").write_text(f"{head}<html><body><p>{PROSE} &b;&a;&a;</p></body></html>")
    assert not any("secret word" in document.text for document in run(tmp_path)[0])


def test_folders_are_read_in_order_without_hidden_files_and_readme(tmp_path: Path) -> None:
    for name in ("b/z.txt", "b/a.txt", "a.txt", "c.txt", ".hidden.txt", ".git/x.txt", "README.md", "b/Readme"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"This is what stands in {name} today.")
    found, skipped = run(tmp_path)
    assert [document.text.split()[5] for document in found] == ["a.txt", "b/a.txt", "b/z.txt", "c.txt"]
    assert not skipped
    assert run(tmp_path)[0] == found


def test_a_duplicate_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    (tmp_path / "b.txt").write_text(PROSE + "\r\n")
    found, skipped = run(tmp_path)
    assert len(found) == 1
    assert [(item.source, item.reason) for item in skipped] == [(str(tmp_path / "b.txt"), "duplicate")]


def test_links(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "a.txt").write_text(OTHER)
    (inside / "a.txt").write_text(PROSE)
    (inside / "b.txt").symlink_to(outside / "a.txt")
    (inside / "c").symlink_to(outside)
    (inside / "d.txt").symlink_to(inside / "a.txt")
    (inside / "e").symlink_to(inside)
    (inside / "f.txt").symlink_to(inside / "nowhere.txt")
    (inside / "g.txt").symlink_to(inside / "g.txt")
    found, skipped = run(inside)
    assert [document.text for document in found] == [PROSE]
    assert [(item.source[-5:], item.reason) for item in skipped] == [
        ("b.txt", "outside"),
        ("/in/c", "outside"),
        ("d.txt", "duplicate"),
        ("f.txt", "unreadable"),
        ("g.txt", "unreadable"),
    ]
    (tmp_path / "link").symlink_to(inside)
    assert [document.text for document in run(tmp_path / "link")[0]] == [PROSE]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert [item.reason for item in run(tmp_path)[1]] == ["unreadable"]


def test_a_name_that_is_not_utf8_is_shown_with_escapes(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jsonl")).write_bytes(b"{")
    except OSError:
        pytest.skip("this file system wants UTF-8 names")
    assert run(tmp_path)[1][0].source.endswith("caf\\xe9.jsonl:1")


@pytest.mark.parametrize(
    ("error", "reason", "detail"),
    [
        (PermissionError(13, "Permission denied"), "unreadable", "Permission denied"),
        (RecursionError("too deep"), "unreadable", "RecursionError: too deep"),
        (MemoryError(), "unreadable", "MemoryError:"),
        (Unreadable("odd", "not ours"), "unreadable", "odd: not ours"),
        (Unreadable("encoding", "x\ny" * 500), "encoding", "x yx y"),
    ],
)
def test_what_a_reader_raises_ends_in_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str, detail: str
) -> None:
    def fail(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(text, "load", fail)
    (tmp_path / "a.txt").write_text(PROSE)
    (skip,) = run(tmp_path)[1]
    assert skip.reason == reason
    assert skip.detail.startswith(detail)
    assert len(skip.detail) <= 200


def test_a_missing_source_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"^There is no file or folder .*nowhere' to read\.$"):
        read(tmp_path / "nowhere")


def test_without_on_skip_bad_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    assert list(read(str(tmp_path))) == []


def slow_at(make: Callable[[int], bytes], path: Path) -> float:
    def seconds(count: int) -> float:
        path.write_bytes(make(count))
        start = time.perf_counter()
        list(read(path))
        return time.perf_counter() - start

    seconds(1000)
    return min(seconds(400_000) for _ in range(2)) / max(min(seconds(100_000) for _ in range(2)), 0.02)


@pytest.mark.parametrize("unit", ["[", "*a ", "[a](", "`", "_a ", "\\", " ", "\n", "a\n\n", "0:00 ", "Share\n", "# a\n"])
def test_time_grows_with_length_and_not_faster(tmp_path: Path, unit: str) -> None:
    assert slow_at(lambda count: (unit * (count // len(unit)) + "x").encode(), tmp_path / "a.md") < 10


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), suffix=st.sampled_from(["txt", "md", "html", "jsonl"]))
def test_any_bytes_end_well(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    found, skipped = run(path)
    assert found or skipped
    assert list(read(path)) == found
