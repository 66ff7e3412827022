"""Why an input gives no document: the named reasons, and the exception that carries one."""

from __future__ import annotations

__all__ = ["MOST_BYTES", "REASONS", "Unreadable"]

REASONS = (
    "empty",
    "binary",
    "encoding",
    "too large",
    "no text",
    "duplicate",
    "unreadable",
    "outside",
    "unknown format",
    "bad row",
)

MOST_BYTES = 20_000_000
"""A document (a file, or a row of a file of rows) that is larger is skipped."""


class Unreadable(Exception):
    """Raised by a reader for a whole file; ``reason`` is one of :data:`REASONS`, ``detail`` a sentence for people."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason if reason in REASONS else "unreadable"
        self.detail = detail if reason in REASONS else f"{reason}: {detail}"
