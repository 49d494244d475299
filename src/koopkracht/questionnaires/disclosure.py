"""Which counts may be shown, so that no small group can be read or worked out. Pure.

Definition CF-07 with k (3 recommended): a group of parties that gave an answer is hidden when it is not empty and has
fewer than k parties. Because the total is shown, other groups are hidden with it until the hidden ones together hold
at least k parties and cannot be worked out, also not by somebody who knows this very rule. Groups of equal size are
hidden together: otherwise the order of the list would tell which one was the small one. When that leaves no group of
parties visible, nothing is shown at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal


def visible(counts: Sequence[int], *, under: int) -> list[int | None]:
    """Return the counts of answers that exclude each other, ``None`` where a count is hidden."""
    total = sum(counts)
    hidden = {index for index, count in enumerate(counts) if 0 < count < under}
    if not hidden:
        return list(counts)
    nothing: list[int | None] = [None] * len(counts)
    if total < under:
        return nothing
    while not _safe([counts[index] for index in hidden], under):
        shown = [count for index, count in enumerate(counts) if count and index not in hidden]
        if not shown:
            return nothing
        lowest = min(shown)
        hidden |= {index for index, count in enumerate(counts) if count == lowest}
    if all(index in hidden for index, count in enumerate(counts) if count):
        return nothing
    return [None if index in hidden else count for index, count in enumerate(counts)]


def _safe(hidden: Sequence[int], under: int) -> bool:
    """Tell whether a set of hidden, not empty groups leaves more than one possibility for each of them."""
    together, groups = sum(hidden), len(hidden)
    return groups >= 2 and together >= under and together not in {groups, groups * (under - 1)}


def visible_apart(count: int, total: int, *, under: int) -> int | None:
    """Return the count of an answer that may be given beside others, or ``None``.

    Who chose it and who did not are the two groups, and neither may be small.
    """
    small = (0 < count < under) or (0 < total - count < under) or 0 < total < under
    return None if small else count


def visible_within(counts: Sequence[int], limits: Sequence[int], *, under: int) -> list[int | None]:
    """Return the counts of who answered by group, where it is known how many were asked in each group.

    Empty groups and groups in which everybody answered count as small as well when they stand beside hidden ones:
    the number that was asked would give them away. A count is hidden when it, or the rest of its group, is small.
    """
    hidden = {
        index
        for index, (count, limit) in enumerate(zip(counts, limits, strict=True))
        if 0 < count < under or 0 < limit - count < under
    }
    nothing: list[int | None] = [None] * len(counts)
    if sum(counts) < under:
        return nothing
    while hidden and not _open_within([counts[index] for index in hidden], [limits[index] for index in hidden]):
        rest = [index for index in range(len(counts)) if index not in hidden]
        if not rest:
            return nothing
        lowest = min(counts[index] for index in rest)
        hidden |= {index for index in rest if counts[index] == lowest}
    return [None if index in hidden else count for index, count in enumerate(counts)]


def _open_within(counts: Sequence[int], limits: Sequence[int]) -> bool:
    """Tell whether every hidden count can still be more than one number, given the sum and the limits."""
    together, room = sum(counts), sum(limits)
    return all(max(0, together - (room - limit)) < min(limit, together) for limit in limits)


def share(count: int | None, total: int | None) -> Decimal | None:
    """Return ``count / total`` with four decimals, ``None`` when one of both is unknown or the total is zero."""
    if count is None or not total:
        return None
    return (Decimal(count) / Decimal(total)).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
