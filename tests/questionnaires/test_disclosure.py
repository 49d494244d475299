"""What may be shown: no small group, and nothing from which one can be worked out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopkracht.questionnaires.disclosure import share, visible, visible_apart, visible_within


def splits(total: int, groups: int) -> Iterator[tuple[int, ...]]:
    """Return every way in which ``total`` parties divide over ``groups`` answers."""
    if groups == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, groups - 1):
            yield (first, *rest)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((6, 4, 0), [6, 4, 0]),
        ((5, 0), [5, 0]),
        ((8, 1, 5), [8, None, None]),  # one small group: the next one goes along
        ((8, 2, 2), [None, None, None]),  # both could only be two, so the last goes along
        ((5, 1), [None, None]),
        ((2, 0), [None, None]),
        ((1, 2, 7), [None, None, 7]),
    ],
)
def test_check_values(counts: tuple[int, ...], shown: list[int | None]) -> None:
    assert visible(counts, under=3) == shown


@pytest.mark.parametrize("under", [3, 4, 5])
@pytest.mark.parametrize("groups", [2, 3, 4])
def test_no_hidden_count_follows_from_what_is_shown_even_for_who_knows_the_rule(under: int, groups: int) -> None:
    """Every division that gives the same picture is possible; each hidden group has at least two sizes among them."""
    for total in range(1, 14):
        pictures = defaultdict(list)
        for counts in splits(total, groups):
            pictures[tuple(visible(counts, under=under))].append(counts)
        for picture, possible in pictures.items():
            for index, shown in enumerate(picture):
                if shown is None:
                    assert len({counts[index] for counts in possible}) > 1, (total, picture, possible)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=9), st.integers(3, 6))
def test_what_is_shown_is_true_and_the_hidden_rest_is_large(counts: list[int], under: int) -> None:
    shown = visible(counts, under=under)
    rest = sum(counts) - sum(count or 0 for count in shown)
    hidden = [index for index, count in enumerate(shown) if count is None]

    assert all(count is None or count == counts[index] for index, count in enumerate(shown))
    assert not any(0 < (count or 0) < under for count in shown)
    if hidden and len(hidden) < len(counts):
        assert rest >= under
        assert len(hidden) >= 2


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6))
def test_who_answered_by_group_does_not_follow_from_who_was_asked(pairs: list[tuple[int, int]]) -> None:
    counts = [min(pair) for pair in pairs]
    limits = [max(pair) for pair in pairs]
    shown = visible_within(counts, limits, under=3)
    hidden = [index for index, count in enumerate(shown) if count is None]
    if len(hidden) == len(counts):
        return
    rest = sum(counts[index] for index in hidden)
    room = sum(limits[index] for index in hidden)
    for index in hidden:
        lowest, highest = max(0, rest - (room - limits[index])), min(limits[index], rest)
        assert lowest < highest


def test_answers_beside_each_other_hide_small_groups_on_both_sides() -> None:
    assert [visible_apart(count, 10, under=3) for count in (0, 1, 2, 3, 7, 8, 9, 10)] == [
        0, None, None, 3, 7, None, None, 10,
    ]  # fmt: skip
    assert visible_apart(2, 2, under=3) is None


def test_shares_are_exact_and_unknown_without_a_total() -> None:
    assert share(1, 3) == Decimal("0.3333")
    assert share(3, 0) is None
    assert share(None, 3) is None
