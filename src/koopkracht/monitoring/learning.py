"""Suggestions for what is not assigned yet, learnt from what people of the same organisation decided before. Pure.

Naive Bayes over plain features (supplier, account, words), so that a suggestion can say why. The stated confidence
is the share of probability of the best product group, lowered while there is little to learn from: with ``n`` earlier
decisions that share a feature, it is at most ``n / (n + 1)``.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from koopkracht.monitoring.types import NO_SUPPLIER, Example, Suggestion
from koopkracht.shared.text import stems

_SMOOTHING = 0.5
_SUPPLIER_WEIGHT = 2.0
_REASONS = 3


@dataclass
class Learner:
    """Counts of features per product group; :meth:`suggest` reads them."""

    groups: Counter[str] = field(default_factory=Counter)
    features: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @classmethod
    def from_examples(cls, examples: Iterable[tuple[Example, str]]) -> Learner:
        """Learn from decisions: an example and the product group a person chose."""
        learner = cls()
        for example, group in examples:
            learner.groups[group] += 1
            for feature in features_of(example):
                learner.features[feature][group] += 1
        return learner

    def suggest(self, example: Example) -> Suggestion | None:
        """Return the likeliest product group, or ``None`` when nothing learnt bears on the example."""
        known = sorted(feature for feature in features_of(example) if feature in self.features)
        if not known:
            return None
        scores = {group: self._score(group, known) for group in self._candidates(known)}
        best = max(sorted(scores), key=lambda group: scores[group])
        share = 1 / sum(math.exp(score - scores[best]) for score in scores.values())
        support = max(self.features[feature][best] for feature in known)
        confidence = Decimal(share * support / (support + 1)).quantize(Decimal("0.01"))
        return Suggestion(best, confidence, self._reasons(best, known), support)

    def _candidates(self, known: list[str]) -> set[str]:
        return {group for feature in known for group in self.features[feature]}

    def _score(self, group: str, known: list[str]) -> float:
        total = self.groups[group]
        score = math.log(total / self.groups.total())
        for feature in known:
            weight = _SUPPLIER_WEIGHT if feature.startswith("supplier:") else 1.0
            score += weight * math.log((self.features[feature][group] + _SMOOTHING) / (total + 2 * _SMOOTHING))
        return score

    def _reasons(self, group: str, known: list[str]) -> tuple[tuple[str, int, int], ...]:
        """Return the features that speak most for ``group``: the feature, how often it went there, out of how many."""
        counted = [
            (feature, self.features[feature][group], self.features[feature].total())
            for feature in known
            if self.features[feature][group]
        ]
        counted.sort(key=lambda one: (-one[1] / one[2], -one[1], one[0]))
        return tuple(counted[:_REASONS])


def features_of(example: Example) -> frozenset[str]:
    """Return the features of an example; words of the three texts count alike."""
    found = {f"supplier:{example.supplier_id}"} if example.supplier_id != NO_SUPPLIER else set()
    if example.account_code:
        found.add(f"account:{example.account_code}")
    texts = " ".join((example.supplier_name, example.account_name, example.words))
    found.update(f"word:{one}" for one in stems(texts))
    return frozenset(found)
