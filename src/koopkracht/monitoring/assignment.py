"""Which product group a spend line belongs to: decisions of people first, then rules in their order. Pure.

Not lines are assigned but *combinations* of account, supplier, description key and CPV code: a town of ten million
lines has far fewer of them. Each rule is one bit of a number; a condition value is turned into the set of rules it
satisfies once, and a combination belongs to the lowest bit that all its values share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from koopkracht.monitoring.types import Assigned, AssignedBy, Combination, ManualDecision, Rules, RuleSpec
from koopkracht.shared.text import normalise, phrase_stems, stems

KeyT = TypeVar("KeyT")
UNASSIGNED = Assigned(product_group="", by=AssignedBy.NOBODY, rule="")


@dataclass(frozen=True)
class RuleBook:
    """Rules in the order in which they are tried, ready to answer for many combinations."""

    rules: tuple[RuleSpec, ...]

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """The single words of the rules, with which compounds are recognised."""
        return frozenset(word for rule in self.rules for phrase in rule.words for word in normalise(phrase).split())

    @cached_property
    def _by_stem(self) -> Mapping[str, tuple[tuple[int, frozenset[str]], ...]]:
        """From one stem of each phrase to the rules it may satisfy and all the stems that phrase needs."""
        index: dict[str, list[tuple[int, frozenset[str]]]] = {}
        for bit, rule in enumerate(self.rules):
            for wanted in phrase_stems(rule.words):
                index.setdefault(max(wanted, key=lambda one: (len(one), one)), []).append((1 << bit, wanted))
        return {key: tuple(found) for key, found in index.items()}

    @cached_property
    def _without_words(self) -> int:
        return sum(1 << bit for bit, rule in enumerate(self.rules) if not rule.words)

    @cached_property
    def _by_account_prefix(self) -> Mapping[str, int]:
        return _bits_per_value(rule.account_prefix for rule in self.rules)

    @cached_property
    def _by_cpv_prefix(self) -> Mapping[str, int]:
        return _bits_per_value(rule.cpv_prefix for rule in self.rules)

    @cached_property
    def _by_supplier(self) -> Mapping[int | None, int]:
        return _bits_per_value(rule.supplier_id for rule in self.rules)

    def with_account(self, account: str) -> int:
        """Return the rules whose account condition holds for ``account``."""
        return _bits_of_prefixes(self._by_account_prefix, account)

    def with_supplier(self, supplier_id: int) -> int:
        """Return the rules whose supplier condition holds."""
        return self._by_supplier.get(None, 0) | self._by_supplier.get(supplier_id, 0)

    def with_cpv(self, cpv: str) -> int:
        """Return the rules whose CPV condition holds."""
        return _bits_of_prefixes(self._by_cpv_prefix, cpv)

    def with_words(self, text: str) -> int:
        """Return the rules of which at least one phrase is in ``text``, and those that ask for no words."""
        present = stems(text, known=self._vocabulary)
        found = self._without_words
        for one in present:
            for bit, wanted in self._by_stem.get(one, ()):
                if wanted <= present:
                    found |= bit
        return found


class Assigner:
    """Answers for combinations one by one and remembers what it worked out about their values.

    ``canonical`` translates merged suppliers; decisions and rules about a merged supplier hold for the one that
    speaks for it.
    """

    def __init__(
        self,
        *,
        rules: Rules,
        decisions: Iterable[ManualDecision],
        canonical: Mapping[int, int],
    ) -> None:
        self._canonical = canonical
        own = (
            rule if rule.supplier_id is None else rule.for_supplier(self.speaks_for(rule.supplier_id))
            for rule in rules.own
        )
        self._own = _Answers(RuleBook(tuple(own)))
        self._by_description = _Answers(RuleBook(rules.by_description))
        self._by_account = _Answers(RuleBook(rules.by_account))
        self._decided = {
            (one.account_code, self.speaks_for(one.supplier_id), one.description_key): one.product_group
            for one in decisions
        }

    def speaks_for(self, supplier_id: int) -> int:
        """Return the supplier that counts for this one after merges."""
        return self._canonical.get(supplier_id, supplier_id)

    def __call__(self, one: Combination) -> Assigned:
        """Return the product group of a combination and why."""
        supplier = self.speaks_for(one.supplier_id)
        decision = self._decided.get((one.account_code, supplier, one.description_key)) or self._decided.get(
            (one.account_code, supplier, None)
        )
        if decision:
            return Assigned(decision, AssignedBy.PERSON, "")
        return (
            self._own.first(one, supplier, one.description_key, one.account_name)
            or self._by_description.first(one, supplier, one.description_key)
            or self._by_account.first(one, supplier, one.account_name)
            or UNASSIGNED
        )


class _Answers:
    """A rule book that remembers which rules each value satisfies."""

    def __init__(self, book: RuleBook) -> None:
        self._answers = [Assigned(rule.product_group, rule.by, rule.label) for rule in book.rules]
        self._by_account, self._by_supplier = _Memory(book.with_account), _Memory(book.with_supplier)
        self._by_text, self._by_cpv = _Memory(book.with_words), _Memory(book.with_cpv)

    def first(self, one: Combination, supplier: int, *texts: str) -> Assigned | None:
        """Return the answer of the first rule of which every condition holds, the words in one of ``texts``."""
        hits = self._by_account[one.account_code] & self._by_supplier[supplier] & self._by_cpv[one.cpv]
        if hits:
            words = 0
            for text in texts:
                words |= self._by_text[text]
            hits &= words
        return self._answers[(hits & -hits).bit_length() - 1] if hits else None


class _Memory(dict[KeyT, int]):
    """A dictionary that works out a missing value once."""

    def __init__(self, work_out: Callable[[KeyT], int]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: KeyT) -> int:
        value = self[key] = self._work_out(key)
        return value


def _bits_per_value(values: Iterable[KeyT]) -> Mapping[KeyT, int]:
    """Return the rules per value of one of their conditions; the values come in the order of the rules."""
    found: dict[KeyT, int] = {}
    for bit, value in enumerate(values):
        found[value] = found.get(value, 0) | 1 << bit
    return found


def _bits_of_prefixes(by_prefix: Mapping[str, int], value: str) -> int:
    """Return the rules whose prefix ``value`` starts with; the empty prefix fits every value."""
    found = 0
    for length in range(len(value) + 1):
        found |= by_prefix.get(value[:length], 0)
    return found
