"""Suggestions say why, and are modest while there is little to learn from."""

from __future__ import annotations

from decimal import Decimal

from koopkracht.monitoring.learning import Learner
from koopkracht.monitoring.types import Example


def example(supplier: int = 1, name: str = "", account: str = "", words: str = "") -> Example:
    return Example(supplier, name, account, "", words)


def test_nothing_learnt_gives_no_suggestion() -> None:
    assert Learner.from_examples([]).suggest(example(words="schoonmaak")) is None
    learner = Learner.from_examples([(example(1, words="gras"), "GRN-02")])
    assert learner.suggest(example(2, words="schoonmaak")) is None


def test_the_supplier_counts_most() -> None:
    learner = Learner.from_examples([(example(1, words="papier"), "A"), (example(2, words="papier"), "B")])
    assert learner.suggest(example(1, words="papier")).product_group == "A"  # type: ignore[union-attr]


def test_confidence_grows_with_the_number_of_earlier_decisions() -> None:
    def confidence(count: int) -> Decimal:
        examples = [(example(1, account=str(number), words="gras"), "GRN-02") for number in range(count)]
        found = Learner.from_examples(examples).suggest(example(1, words="gras"))
        assert found is not None
        return found.confidence

    assert confidence(1) == Decimal("0.50")
    assert confidence(1) < confidence(3) < confidence(9) <= Decimal("0.90")


def test_contradicting_decisions_lower_the_confidence() -> None:
    agreed = Learner.from_examples([(example(1), "A")] * 4).suggest(example(1))
    disputed = Learner.from_examples([(example(1), "A")] * 4 + [(example(1), "B")] * 4).suggest(example(1))
    assert agreed is not None
    assert disputed is not None
    assert disputed.confidence < agreed.confidence


def test_the_reasons_are_counts_that_a_person_can_check() -> None:
    examples = [(example(1, account="6102"), "A"), (example(1, account="6102"), "A"), (example(1, account="6103"), "B")]
    found = Learner.from_examples(examples).suggest(example(1, account="6102"))
    assert found is not None
    assert ("supplier:1", 2, 3) in found.reasons
    assert ("account:6102", 2, 2) in found.reasons
