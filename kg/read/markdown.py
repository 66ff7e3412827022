"""Markdown to plain text: the marks go, the words stay."""

from __future__ import annotations

import re

from kg.read.boilerplate import line_kind

__all__ = ["without_markup"]

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
