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
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 24, 64
SMALLEST, LARGEST = 9.0, 34.0
LETTER, LINE, GAP = 7.4, 17, 6
RESERVED = 140
"""Width of the words at the line of the advice."""


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
    anchor: str
    labelled: bool
    title: str


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle in the picture that is taken by a circle or a text."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        """Tell whether two rectangles share a point."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


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

    circles = [
        (
            point,
            across(point.spend),
            down(point.score),
            SMALLEST + (LARGEST - SMALLEST) * math.sqrt(point.supply / most),
        )
        for point in sorted(drawn, key=lambda one: (one.rank, one.name))
    ]
    taken = [_Box(x - radius, y - radius, x + radius, y + radius) for _point, x, y, radius in circles]
    taken.append(_Box(LEFT, down(border) - LINE, LEFT + RESERVED, down(border)))
    bubbles: list[Bubble] = []
    for own, (point, x, y, radius) in enumerate(circles):
        anchor, place = _label(point.name, x, y, radius, [box for number, box in enumerate(taken) if number != own])
        if place is not None:
            taken.append(place)
        bubbles.append(
            Bubble(
                rank=point.rank,
                name=point.name,
                x=round(x, 1),
                y=round(y, 1),
                radius=round(radius, 1),
                chosen=point.chosen,
                label_x=round(x + (radius + GAP) * (-1 if anchor == "end" else 1), 1),
                label_y=round(y + 5, 1),
                anchor=anchor,
                labelled=place is not None,
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


def _label(name: str, x: float, y: float, radius: float, taken: Sequence[_Box]) -> tuple[str, _Box | None]:
    """Return on which side of a circle its name has room, and where; ``None`` when it has none."""
    length, half = len(name) * LETTER, LINE / 2
    right = _Box(x + radius + GAP, y - half, x + radius + GAP + length, y + half)
    left = _Box(x - radius - GAP - length, y - half, x - radius - GAP, y + half)
    for anchor, box in (("start", right), ("end", left)):
        if box.left >= LEFT and box.right <= WIDTH and not any(box.meets(other) for other in taken):
            return anchor, box
    return "start", None
