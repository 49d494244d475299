"""The bubble chart of product groups: where circles and labels stand. Only geometry; the template draws.

Horizontal: spend on a scale on which every step is ten times the one before, because product groups differ a
thousandfold. Vertical: the score. The surface of a circle grows with the number of social enterprises that offer it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from koopkracht.web.ui import formats

WIDTH, HEIGHT = 960, 540
LEFT, RIGHT, TOP, BOTTOM = 70, 230, 24, 64
SMALLEST, LARGEST = 9.0, 34.0
LETTER, LINE = 7.4, 17


@dataclass(frozen=True, slots=True)
class Point:
    """One product group in the chart."""

    rank: int
    name: str
    spend: Decimal
    score: Decimal
    supply: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Bubble:
    """A drawn circle; without room beside it the name is left out, the number always stays."""

    rank: int
    name: str
    x: float
    y: float
    radius: float
    chosen: bool
    label_x: float
    label_y: float
    labelled: bool
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its text."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    columns: tuple[Tick, ...]
    rows: tuple[Tick, ...]
    border: float
    bubbles: tuple[Bubble, ...]


def chart(points: Sequence[Point], *, lowest: int, highest: int, border: Decimal) -> Chart | None:
    """Return the chart, or ``None`` when no group has both a score and spend."""
    drawn = [point for point in points if point.spend >= 1]
    if not drawn:
        return None
    first = math.floor(math.log10(min(point.spend for point in drawn)))
    last = max(math.ceil(math.log10(max(point.spend for point in drawn))), first + 1)
    most = max(1, *(point.supply for point in drawn))

    def across(spend: Decimal) -> float:
        return LEFT + (math.log10(spend) - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def down(score: Decimal | int) -> float:
        return TOP + float(highest - score) / (highest - lowest) * (HEIGHT - TOP - BOTTOM)

    bubbles: list[Bubble] = []
    for point in sorted(drawn, key=lambda one: one.rank):
        radius = SMALLEST + (LARGEST - SMALLEST) * math.sqrt(point.supply / most)
        x, y = across(point.spend), down(point.score)
        label_x, label_y = x + radius + 6, y + 5
        bubbles.append(
            Bubble(
                rank=point.rank,
                name=point.name,
                x=round(x, 1),
                y=round(y, 1),
                radius=round(radius, 1),
                chosen=point.chosen,
                label_x=round(label_x, 1),
                label_y=round(label_y, 1),
                labelled=_fits(bubbles, label_x, label_y, point.name),
                title=f"{point.name}: {formats.number(point.score, 2)}, {formats.euro_round(point.spend)}",
            )
        )
    # Large circles first, so that small ones stay visible on top of them.
    bubbles.sort(key=lambda bubble: -bubble.radius)
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=HEIGHT - BOTTOM,
        columns=tuple(
            Tick(round(across(Decimal(10) ** power), 1), formats.euro_short(Decimal(10) ** power))
            for power in range(first, last + 1)
        ),
        rows=tuple(Tick(round(down(step), 1), str(step)) for step in range(lowest, highest + 1)),
        border=round(down(border), 1),
        bubbles=tuple(bubbles),
    )


def _fits(placed: Sequence[Bubble], x: float, y: float, name: str) -> bool:
    """Tell whether a name beside its circle stays inside the picture and runs through no name that is there."""
    end = x + len(name) * LETTER
    if end > WIDTH:
        return False
    return not any(
        other.labelled
        and abs(other.label_y - y) < LINE
        and x < other.label_x + len(other.name) * LETTER
        and other.label_x < end
        for other in placed
    )
