"""The article without its page: boilerplate lines go, the headline becomes the title, and the text begins with prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.read.boilerplate import Kind, line_kind
from kg.read.sanitise import one_line, sanitise

__all__ = ["clean"]

_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"”’'»)\]]{0,3}$")
_FULL_STOP = re.compile(r"[.。।][\"”’'»)\]]{0,3}$")
_OPEN_END = (",", ";", ":", "-", "–", "—", "(")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})
_MOST_HEADLINE = 150
_LEAST_WRAPPED = 45
_LEAST_PROSE = 20
_LONG = 150
_MOST_BETWEEN = 2


def clean(text: str, title: str | None = None) -> tuple[str, str | None]:
    """The body of ``text`` and its title: the one that is known, else the headline that stands above the body."""
    lines = list(_body_lines(text.split("\n")))
    known = title or _headline(lines)
    if known is None:
        return sanitise("\n".join(lines)), None
    body = sanitise("\n".join(_without(lines, _key(known))))
    if not body:  # the headline is all there is
        body = sanitise("\n".join(lines))
    return body, known


def _body_lines(lines: list[str]) -> Iterator[str]:
    """``lines`` without boilerplate."""
    before, dropped, in_body = "", None, False
    for number, line in enumerate(lines):
        kind = line_kind(line)
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if kind is not None and not _is_text(kind, before, after, dropped, in_body):
            dropped = kind
            continue
        if line.strip():
            dropped = None
            in_body = in_body or _is_prose(line)
        before = line
        yield line


def _is_text(kind: Kind, before: str, after: str, dropped: Kind | None, in_body: bool) -> bool:
    """Whether a line that looks like boilerplate is text where it stands."""
    if kind == "player":
        return False
    if _runs_on(before):
        return True
    if kind == "network":  # "Facebook" is a word of its own unless it stands in a row of buttons
        return dropped not in ("share", "network")
    if kind == "pointer":
        return after.lstrip()[:1].islower() and line_kind(after) is None
    return kind == "date" and in_body


def _runs_on(line: str) -> bool:
    """Whether ``line`` was broken for its length, so that the next one continues it."""
    return len(line.strip()) >= _LEAST_WRAPPED and not _SENTENCE_END.search(line.rstrip())


def _is_prose(paragraph: str) -> bool:
    paragraph = paragraph.strip()
    return len(paragraph) >= _LONG or (len(paragraph) >= _LEAST_PROSE and bool(_SENTENCE_END.search(paragraph)))


def _headline(lines: list[str]) -> str | None:
    """The headline above the first prose: a line that stands there twice, else the first line."""
    above: list[list[str]] = []
    for block in _blocks(lines):
        if _is_prose(" ".join(block)) and not (len(block) == 1 and _could_be_headline(block[0])):
            break
        above.append(block)
    else:
        return None
    short = [line for block in above for line in block if _could_be_headline(line)]
    counts = Counter(map(_key, short))
    if (twice := next((line for line in short if counts[_key(line)] > 1), None)) is not None:
        return one_line(twice)
    alone = bool(above) and len(above[0]) == 1 and len(above) <= 1 + _MOST_BETWEEN
    return one_line(above[0][0]) if alone and _could_be_headline(above[0][0]) else None


def _could_be_headline(line: str) -> bool:
    line = line.strip()
    if not line or len(line) > _MOST_HEADLINE or line.endswith(_OPEN_END) or _FULL_STOP.search(line):
        return False
    return len(line.split()) > 1 or not line.isascii()


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Runs of lines between empty lines."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _without(lines: list[str], key: str) -> Iterator[str]:
    """``lines`` without those that repeat the headline."""
    before = ""
    for line in lines:
        if _key(line) == key and not _runs_on(before):
            continue
        before = line
        yield line


def _key(line: str) -> str:
    return " ".join(line.translate(_QUOTES).split()).casefold()
