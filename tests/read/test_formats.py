"""Each format: what is read, under which names, and what is left out."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from kg.read import read
from kg.read.decode import guess_encoding
from kg.read.document import iso_date
from kg.read.text import without_markup
from kg.records import Document, Skipped

PROSE = "The government of Syria said on Monday that it would take part in the talks next month."
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Talks Begin | Example News</title>
<meta property="og:site_name" content="Example News"><meta property="og:title" content="Talks Begin">
<meta property="article:published_time" content="2013-05-22T10:00:00Z">
<link rel="canonical" href="https://news.example/talks"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Talks Begin</h1><p>{PROSE}</p><p>Share on Facebook</p><p>“We are ready,” said Anna Smith of the ministry.</p>
<img src="https://news.example/a.png"></article><div class="comments"><p>First comment!</p></div></body></html>"""


def one(path: Path, content: str | bytes, **options: dict[str, str]) -> Document:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    skipped: list[Skipped] = []
    found = list(read(path, skipped.append, **options))
    assert not skipped
    assert len(found) == 1
    return found[0]


def test_the_first_seed_is_read_as_an_article() -> None:
    seed = next(Path(__file__).resolve().parents[2].parent.glob("shared/seeds/voa-*.txt"), None)
    if seed is None:
        pytest.skip("the seed article is not beside this checkout")
    (document,) = read(seed)
    assert document.title == "Syrian Troops Show Strength Ahead of Peace Talks"
    assert document.text.startswith("The Syrian government says")
    assert document.text.endswith("may struggle to be heard.")
    assert document.text.count("\n\n") == 12
    assert document.id.startswith("syrian-troops-show-strength-ahead-of-")


def test_front_matter(tmp_path: Path) -> None:
    head = "---\ntitle: Talks: The Beginning\ndate: 22 May 2013\nsource: VOA\nlink: https://news.example/a\nlanguage: no\n---\n"
    document = one(tmp_path / "a.txt", head + "\n" + PROSE)
    assert (document.title, document.published, document.publisher) == ("Talks: The Beginning", "2013-05-22", "VOA")
    assert (document.url, document.language, document.text) == ("https://news.example/a", "no", PROSE)


@pytest.mark.parametrize(
    "text",
    [f"---\n{PROSE}\n---\n{PROSE}", f"---\n{PROSE}", "---\nHe said on Monday: talks begin\n---\nThe talks began soon."],
)
def test_what_is_no_front_matter_stays_text(tmp_path: Path, text: str) -> None:
    assert one(tmp_path / "a.txt", text).text == text


@pytest.mark.parametrize(
    "head", ["a: &a [x,x]\nb: &b [*a,*a]\ntitle: T t", "title: T t\ndate: 2013-99-99", "title: T t\nurl: javascript:x"]
)
def test_bad_values_in_front_matter_are_dropped(tmp_path: Path, head: str) -> None:
    document = one(tmp_path / "a.md", f"---\n{head}\n---\n{PROSE}")
    assert (document.title, document.published, document.url, document.text) == ("T t", None, None, PROSE)


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("# Heading #", "Heading"),
        ("a **bold** and *soft* and ***both*** word", "a bold and soft and both word"),
        ("a __bold__ and _soft_ word, snake_case_name", "a bold and soft word, snake_case_name"),
        ("see [the *site*](http://a.example/x_(y) \"t\") now", "see the site now"),
        ("![a picture](a.png) [![logo](b.png)](c)", "a picture logo"),
        ("run `code()` or ``x`y`` now", "run code() or ``x`y`` now"),
        ("```python\nx = 1\n```", "x = 1"),
        ("> quoted\n\n- item\n* item", "quoted\n\nitem\nitem"),
        ("2 * 3 * 4 and f*** and 5*", "2 * 3 * 4 and f*** and 5*"),
        ("#hashtag C# [sic] \\*star\\*", "#hashtag C# [sic] *star*"),
        ("text\n\n[1]: http://a.example\n\n***", "text"),
        ("<https://a.example/x>", "https://a.example/x"),
    ],
)  # fmt: skip
def test_markdown_keeps_the_words(marked: str, bare: str) -> None:
    assert without_markup(marked)[0].strip() == bare


def test_the_first_markdown_heading_is_the_title(tmp_path: Path) -> None:
    assert one(tmp_path / "a.md", f"# Talks *Begin*\n\n{PROSE}").title == "Talks Begin"
    under = one(tmp_path / "b.md", f"Talks Begin\n===========\n\n{PROSE}\n\n## More\n\nAnd more.")
    assert (under.title, under.text) == ("Talks Begin", f"{PROSE}\n\nMore\n\nAnd more.")
    assert one(tmp_path / "c.md", f"---\ntitle: Known\n---\n# Other\n\n{PROSE}").title == "Known"


def test_html(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    document = one(tmp_path / "a.html", PAGE)
    assert (document.title, document.published, document.publisher) == ("Talks Begin", "2013-05-22", "Example News")
    assert (document.url, document.language) == ("https://news.example/talks", "en")
    assert document.text == f"{PROSE}\n\n“We are ready,” said Anna Smith of the ministry."
    assert capfd.readouterr() == ("", "")


def test_html_in_the_encoding_it_declares(tmp_path: Path) -> None:
    page = PAGE.replace("utf-8", "iso-8859-2").replace("“", "").replace("”", "").replace("Anna Smith", "Lech Wałęsa")
    assert "Lech Wałęsa" in one(tmp_path / "a.htm", page.encode("iso-8859-2")).text


def test_jsonl_names_and_columns(tmp_path: Path) -> None:
    row = {"body": PROSE, "Headline": "Talks Begin", "published_at": 1369180800, "source": {"id": None, "name": "VOA"}}
    usual = one(tmp_path / "a.jsonl", json.dumps(row))
    assert (usual.title, usual.published, usual.publisher, usual.text) == ("Talks Begin", "2013-05-22", "VOA", PROSE)
    row = {"text": "not this one", "story": PROSE, "head": "Talks Begin"}
    mapped = one(tmp_path / "b.jsonl", json.dumps(row), columns={"text": "story", "title": "head"})
    assert (mapped.title, mapped.text) == ("Talks Begin", PROSE)


def test_bad_rows_are_named_with_their_line(tmp_path: Path) -> None:
    rows = [
        "{",
        "[1]",
        '{"text": 7.5}',
        '{"text": null}',
        '{"text": ["a"]}',
        '{"title": "T"}',
        "",
        '{"text": "\\ud800"}',
        "[" * 9999,
    ]
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": PROSE})
    path.write_bytes("\n".join([good, *rows, good, json.dumps({"text": "Another one."})]).encode() + b'\n{"text": "\xff"}')
    skipped: list[Skipped] = []
    assert [document.text for document in read(path, skipped.append)] == [PROSE, "7.5", "Another one."]
    assert [(item.source.removeprefix(str(path)), item.reason) for item in skipped] == [
        (":2", "bad row"),
        (":3", "bad row"),
        (":5", "no text"),
        (":6", "bad row"),
        (":7", "bad row"),
        (":9", "no text"),
        (":10", "bad row"),
        ("", "duplicate"),
        (":13", "encoding"),
    ]


def test_an_unknown_field_in_the_column_map_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": PROSE}))
    skipped: list[Skipped] = []
    assert not list(read(tmp_path, skipped.append, columns={"txet": "body"}))
    assert "'txet'" in skipped[0].detail


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2013-05-22", "2013-05-22"),
        ("2013-05-22T23:59:59-08:00", "2013-05-22"),
        ("Wed, 22 May 2013 10:00:00 EDT", "2013-05-22"),
        ("22/5/2013", "2013-05-22"),
        ("1369180800000", "2013-05-22"),
        ("3/4/2013", None),
        ("May 2013", None),
        ("Monday", None),
        ("2013", None),
        ("2013-13-45", None),
        ("yesterday", None),
    ],
)
def test_dates(written: str, day: str | None) -> None:
    assert iso_date(written) == day


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "The café in Zürich, he said, was “closed” for the week. The government said it was déjà vu. "),
        ("cp1252", "The government of Syria said it won’t take part in the talks. "),
        ("cp1250", "The mayor of Łódź said on Monday that Lech Wałęsa would take part in the talks. "),
        ("koi8_r", "Правительство Сирии заявило, что добилось значительного прогресса в возвращении территорий. "),
        ("cp932", "シリア政府は、反体制派から領土を奪還する上で大きな進展があったと述べた。"),
    ],
)
def test_a_sure_guess_reads_the_same_characters(encoding: str, text: str) -> None:
    data = (text * 3).encode(encoding)
    guessed = guess_encoding(data)
    assert guessed is not None
    assert data.decode(guessed) == text * 3
