"""The door of award: outcomes of lots. Stable, keep it small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from koopkracht.award import actions
from koopkracht.award.queries import results, tender_figures
from koopkracht.award.types import LotResultInput
from koopkracht.shared.actor import Actor

__all__ = ["record_results", "results", "set_aside", "tender_figures"]


def record_results(
    *,
    actor: Actor,
    procedure_id: int,
    notice_id: int,
    is_own: bool,
    counts: bool,
    results: Sequence[LotResultInput],
) -> tuple[int, ...]:
    """Keep the outcomes that one notice states and return their ids; the same notice again changes nothing.

    ``counts`` says whether the notice is the version that counts. Raises ``NotAllowed`` without ``register.import``.
    """
    return actions.record_results(
        actor=actor, procedure_id=procedure_id, notice_id=notice_id, is_own=is_own, counts=counts, results=results
    )


def set_aside(*, actor: Actor, notice_ids: Iterable[int]) -> int:
    """Let the outcomes of notices that were replaced no longer count; returns how many there were.

    Raises ``NotAllowed`` without ``register.import``.
    """
    return actions.set_aside(actor=actor, notice_ids=notice_ids)
