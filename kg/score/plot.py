"""A reliability plot as SVG: how sure the answers were against how many were right, for content and for speakers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.score.report import Scores
from kg.score.tallies import BINS, Bin, Reliability

__all__ = ["reliability_plot"]

_SIDE: Final = 270  # of the square that a panel's dots lie in, in pixels
_TOP: Final = 74
_BARS: Final = _TOP + _SIDE + 42, 40  # where the bars of the counts begin, and the height of the tallest
_PANELS: Final = (
    ("calibration.content", "Is it a claim, in these words?", 64),
    ("calibration.speaker", "Is it this speaker?", 436),
)
_STYLE: Final = """
.reliability { --paper: #ffffff; --ink: #1c1b19; --muted: #68645c; --line: #e3ded3; --dot: #2f6fb5; --bar: #b9cbe0; }
@media (prefers-color-scheme: dark) { .reliability { --paper: #17181b; --ink: #ece8df; --muted: #a39e94; --line: #34363b;
  --dot: #7fb2e8; --bar: #34506e; } }
.reliability text { font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--muted); }
.reliability .head { font-size: 15px; font-weight: 600; fill: var(--ink); }
.reliability .paper { fill: var(--paper); } .reliability .grid { stroke: var(--line); }
.reliability .ideal { stroke: var(--muted); stroke-dasharray: 4 4; } .reliability .gap { stroke: var(--dot); }
.reliability .dot { fill: var(--dot); } .reliability .bar { fill: var(--bar); }
.reliability .middle { text-anchor: middle; } .reliability .end { text-anchor: end; }
"""


def reliability_plot(scores: Scores) -> str:
    """An SVG of two panels; the same scores give the same bytes.

    Each dot is one of ten bins of scores: its mean score (x) and the share of its answers that were right (y); on the
    dashed line they agree.  The line from a dot to it is the bin's error; the expected calibration error (ECE), in the
    title, is their mean, weighted by the counts below (Guo et al. 2017, On Calibration of Modern Neural Networks).
    """
    height = sum(_BARS) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="reliability" viewBox="0 0 750 {height}" width="750" height="{height}"'
        ' role="img" aria-label="Reliability of the scores">',
        f"<style>{_STYLE}</style>",
        '<rect class="paper" width="100%" height="100%" rx="6"/>',
    ]
    for name, question, left in _PANELS:
        tally = scores[name]
        if isinstance(tally, Reliability):
            parts += [f'<g transform="translate({left} 0)">', *_panel(question, tally), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(question: str, tally: Reliability) -> Iterator[str]:
    answers = sum(bin.count for bin in tally.bins)
    yield f'<text class="head" x="0" y="30">{question}</text>'
    yield f'<text x="0" y="50">ECE {tally.ece:.3f}, {answers:.0f} answers</text>'
    for tenth in range(0, BINS + 1, 2):
        at, down = tenth * _SIDE / BINS, _TOP + _SIDE
        yield f'<path class="grid" d="M0 {down - at:g}H{_SIDE}M{at:g} {_TOP}V{down}"/>'
        yield f'<text class="end" x="-8" y="{down - at + 4:g}">{tenth / BINS:.1f}</text>'
        yield f'<text class="middle" x="{at:g}" y="{down + 18}">{tenth / BINS:.1f}</text>'
    yield f'<path class="ideal" d="M0 {_TOP + _SIDE}L{_SIDE} {_TOP}"/>'
    yield f'<text class="middle" transform="translate(-42 {_TOP + _SIDE / 2:g}) rotate(-90)">share that was right</text>'
    yield f'<text class="middle" x="{_SIDE / 2:g}" y="{sum(_BARS) + 18}">score, and how many answers had it</text>'
    most = max((bin.count for bin in tally.bins), default=0.0)
    for bin in tally.bins:
        if bin.count:
            yield from _bin(bin, bin.count / most)


def _bin(bin: Bin, share: float) -> Iterator[str]:
    """The dot of a bin, its distance from the dashed line, and the bar of its count."""
    x, y, ideal = bin.confidence * _SIDE, _TOP + (1 - bin.accuracy) * _SIDE, _TOP + (1 - bin.confidence) * _SIDE
    told = (
        f"{bin.low:.1f} to {bin.high:.1f}: {bin.count:.0f} answers, mean score {bin.confidence:.3f}, right {bin.accuracy:.3f}"
    )
    yield f'<path class="gap" d="M{x:.1f} {y:.1f}V{ideal:.1f}"/>'
    yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{3 + 5 * share**0.5:.1f}"><title>{told}</title></circle>'
    top, tall = _BARS[0], max(share * _BARS[1], 1)
    left, wide = bin.low * _SIDE, _SIDE / BINS
    yield f'<rect class="bar" x="{left + 1:.1f}" y="{top + _BARS[1] - tall:.1f}" width="{wide - 2:.1f}" height="{tall:.1f}"/>'
    yield f'<text class="middle" x="{left + wide / 2:.1f}" y="{top + _BARS[1] - tall - 3:.1f}">{bin.count:.0f}</text>'
