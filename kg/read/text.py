"""Reads .txt and .md files, with or without front matter; of Markdown the marks go and the words stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.read.clean import line_kind
from kg.read.decode import decode, sanitise
from kg.read.document import make_document, named_fields
from kg.read.files import load
from kg.records import Document

__all__ = ["read_markdown", "read_text", "split_front_matter", "without_markup"]


def read_text(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Document]:
    """The one document of a plain text file."""
    data, text = split_front_matter(sanitise(decode(load(path))))
    yield make_document(text, named_fields(data))


def read_markdown(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Document]:
    """The one document of a Markdown file, as plain text; its first heading is the title when no other is given."""
    data, text = split_front_matter(sanitise(decode(load(path))))
    text, heading = without_markup(text)
    fields = named_fields(data)
    if heading:
        fields.setdefault("title", heading)
    yield make_document(text, fields)


# ------------------------------------------------------------------ front matter: the lines between two ---
_MOST_LINES = 100
_MOST_CHARACTERS = 16_000
_KEY = re.compile(r"[A-Za-z][\w-]*")
_ENDS = ("---", "...")


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The names and values at the head of ``text``, and what follows; nothing and all of it when there is no front matter."""
    lines = text.split("\n", _MOST_LINES)
    if lines[0] != "---":
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], 1) if line in _ENDS), None)
    if end is None:
        return {}, text
    head = "\n".join(lines[1:end])
    values = _parse(head) if len(head) <= _MOST_CHARACTERS else None
    return (values, "\n".join(lines[end + 1 :])) if values is not None else ({}, text)


def _parse(head: str) -> dict[str, Any] | None:
    """YAML with every value a string; lines of ``key: value`` that YAML refuses are still names and values."""
    import yaml  # type: ignore[import-untyped,unused-ignore]  # its types are a package apart

    try:
        loader = yaml.BaseLoader(head)  # makes strings, lists and dicts, and nothing else
        try:
            data = loader.get_single_data()
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError, ValueError):
        data = _lines(head)
    if data is None or data == "":
        return {} if not head.strip() else None
    if not isinstance(data, dict) or not all(isinstance(key, str) and _KEY.fullmatch(key) for key in data):
        return None
    return data


def _lines(head: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in head.split("\n") if ":" in line and not line.startswith((" ", "\t", "#")))
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}


# ------------------------------------------------------------------ Markdown
_FENCES = ("```", "~~~")
_RULE = re.compile(r" {0,3}([-*_=])(?:[ \t]?\1){2,}")
_BULLET = re.compile(r"^([ \t]{0,12})[-*+][ \t]{1,4}(?=\S)")
_QUOTED = re.compile(r"^ {0,3}>[ \t]?")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]\n]{1,200}\]:[ \t]*\S+(?:[ \t]+[\"'(][^\n]*)?")
_LINK = re.compile(
    r"!?\[([^\[\]\n]*(?:\n[^\[\]\n]*){0,3})\](?:\((?:[^()\n]|\([^()\n]{0,300}\)){0,2000}\)|\[[^\[\]\n]{0,200}\])"
)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]+)\1(?!`)")
_STARS = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])([^*]+)(?<=[^\s\\])\1(?!\*)")
_LINES = re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])([^_]+)(?<=[^\s\\])\1(?!\w)")
_STRUCK = re.compile(r"~~(?=[^\s~])([^~]+)~~")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def without_markup(text: str) -> tuple[str, str | None]:
    """``text`` without marks, and its first heading."""
    lines: list[str] = []
    headings: list[int] = []
    fence = ""
    for line in text.split("\n"):
        start = line.lstrip(" ")[:3]
        if start in _FENCES and (not fence or start == fence):
            fence = "" if fence else start
        elif fence:
            lines.append(line)
        elif _is_underline(line, lines):
            headings.append(len(lines) - 1)
        elif not _RULE.fullmatch(line) and not _DEFINITION.fullmatch(line):
            content = _heading(line)
            if content is not None:
                headings.append(len(lines))
                lines.extend((content, ""))
            else:
                lines.append(_BULLET.sub(r"\1", _QUOTED.sub("", line, count=1), count=1))
    titles = (_inline(lines[number]).strip() for number in headings)
    title = next((one for one in titles if one and line_kind(one) is None), None)
    return "\n\n".join(_inline(paragraph) for paragraph in "\n".join(lines).split("\n\n")), title


def _is_underline(line: str, lines: list[str]) -> bool:
    """Whether ``line`` is the ===== or ----- under a heading."""
    marks = line.strip()
    above = lines[-1].strip() if lines else ""
    alone = len(lines) < 2 or not lines[-2].strip()
    return len(marks) >= 3 and not marks.strip(marks[0]) and marks[0] in "=-" and bool(above) and alone


def _heading(line: str) -> str | None:
    """The words of a heading line (``## Words ##``), or None."""
    stripped = line.strip()
    words = stripped.lstrip("#")
    level = len(stripped) - len(words)
    if not 1 <= level <= 6 or words[:1] not in (" ", "\t"):
        return None
    bare = words.rstrip("#")
    return (bare if bare.endswith((" ", "\t")) else words).strip()


def _inline(text: str) -> str:
    if not any(mark in text for mark in "*_`[~<\\"):
        return text
    text = _AUTOLINK.sub(r"\1", _CODE.sub(r"\2", text))
    for _ in range(2):  # a picture in a link, stress in stress
        text = _LINK.sub(r"\1", text)
        text = _LINES.sub(r"\2", _STARS.sub(r"\2", text))
    return _ESCAPE.sub(r"\1", _STRUCK.sub(r"\1", text))
