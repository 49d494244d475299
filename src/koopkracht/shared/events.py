"""Events between contexts: an early phase says what happened and does not know who listens.

Subscribers are listed in ``config/wiring.py`` and nowhere else. They are called inside the transaction of the
announcement and may only put work in the queue: that work is then committed together with the change, so a crash
between the two cannot lose it (docs/decisions/0006-events-in-the-transaction.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

EventT = TypeVar("EventT")
_SUBSCRIBERS: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[EventT], subscriber: Callable[[EventT], None]) -> None:
    """Call ``subscriber`` for each announced event of exactly this ``kind``; twice the same is once."""
    if subscriber not in _SUBSCRIBERS[kind]:
        _SUBSCRIBERS[kind].append(subscriber)


def announce(event: object) -> None:
    """Tell every subscriber of this kind of event; errors are the announcer's, so that nothing is half done."""
    for subscriber in _SUBSCRIBERS[type(event)]:
        subscriber(event)
