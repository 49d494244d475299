"""Which suppliers are proposed as possible duplicates."""

from __future__ import annotations

from koopkracht.market.matching import Record, find_duplicates
from tests.market.factories import kbo


def pairs(*records: Record) -> set[tuple[int, int]]:
    return {(found.low, found.high) for found in find_duplicates(records)}


def test_a_slip_of_the_pen_is_proposed() -> None:
    assert pairs(Record(1, "schoonmaak janssens"), Record(2, "schoonmaak jansens")) == {(1, 2)}


def test_the_same_words_in_another_order_are_only_compared_within_their_place() -> None:
    assert pairs(Record(1, "de kring", postal_code="9000"), Record(2, "de krink", postal_code="9000")) == {(1, 2)}
    assert pairs(Record(1, "de kring", postal_code="9000"), Record(2, "de krink", postal_code="8000")) == set()


def test_two_enterprise_numbers_are_never_proposed() -> None:
    assert pairs(Record(1, "schoonmaak janssens", kbo(1)), Record(2, "schoonmaak janssens", kbo(2))) == set()


def test_a_name_that_everybody_bears_says_nothing() -> None:
    assert pairs(*(Record(number, "diverse leveranciers") for number in range(10))) == set()


def test_short_names_that_differ_are_left_alone() -> None:
    assert pairs(Record(1, "alfa"), Record(2, "alba")) == set()


def test_the_best_proposal_comes_first_and_says_why() -> None:
    found = find_duplicates(
        [
            Record(1, "schoonmaak janssens", postal_code="9000"),
            Record(2, "schoonmaak janssens", postal_code="9000"),
            Record(3, "groenbedrijf de linde"),
            Record(4, "groenbedrijf de lind"),
        ]
    )

    assert [(item.low, item.high) for item in found] == [(1, 2), (3, 4)]
    assert found[0].reasons == ("same-name", "same-postal-code")
    assert found[0].score > found[1].score


def test_another_number_in_the_name_is_another_supplier() -> None:
    assert pairs(Record(1, "sporthal de linde 1"), Record(2, "sporthal de linde 2")) == set()


def test_nothing_to_compare_gives_nothing() -> None:
    assert find_duplicates([]) == []
    assert find_duplicates([Record(1, "alfa")]) == []
