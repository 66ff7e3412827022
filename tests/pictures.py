"""The pictures of docs/, taken anew from graphs/news.json in headless Chromium: ``python -m tests.pictures [NAME ...]``.

Needs Debian's chromium and chromium-driver.  The terminal is that of ``kg build seeds``, drawn by rich.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
DOCS: Final = ROOT / "docs"
DESKTOP: Final = (1440, 900)
PHONE: Final = (390, 844)
SETTLED: Final = 1.0  # seconds until the page has drawn what its address asks for


class Picture(NamedTuple):
    """What stands after the ``#`` of the page's address, the window, and the theme."""

    address: str
    size: tuple[int, int] = DESKTOP
    dark: bool = False


def pictures(claim: str, person: str) -> dict[str, Picture]:
    return {
        "page": Picture(f"#{claim}"),
        "page-timeline": Picture("#?view=timeline"),
        "page-map": Picture("#?view=map"),
        "page-speakers": Picture("#?view=speakers"),
        "page-contradictions": Picture("#?view=contradictions"),
        "page-dark": Picture(f"#{person}", dark=True),
        "page-phone": Picture(f"#{claim}", size=PHONE),
    }


def main(names: list[str]) -> None:
    import kg

    graph = kg.read(ROOT / "graphs" / "news.json")
    print(graph)


if __name__ == "__main__":
    main(sys.argv[1:])
