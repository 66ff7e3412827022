"""The lines between two ``---`` at the head of a file, as names and values."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["split_front_matter"]

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
    import yaml  # type: ignore[import-untyped,unused-ignore]

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
