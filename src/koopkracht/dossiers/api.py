"""The door of the register of procedures: procedures, lots and notices. Stable, keep it small."""

from __future__ import annotations

from collections.abc import Sequence

from koopkracht.dossiers import actions
from koopkracht.dossiers.queries import (
    lots,
    notice,
    notice_states,
    notices,
    procedure,
    procedure_keys,
    procedures,
    strategic_figures,
)
from koopkracht.dossiers.types import LotInput, NoticeInput, RegisteredNotice
from koopkracht.shared.actor import Actor

__all__ = [
    "lots",
    "notice",
    "notice_states",
    "notices",
    "procedure",
    "procedure_keys",
    "procedures",
    "register_notice",
    "strategic_figures",
]


def register_notice(*, actor: Actor, notice: NoticeInput, lots: Sequence[LotInput]) -> RegisteredNotice:
    """Put one notice with its lots in the register.

    A later version replaces the earlier ones in every count, a correction what it corrects, in whatever order they
    come in. The same notice twice changes nothing. Raises ``NoticeConflict`` where the register holds other content
    under the same number and version, ``NotAllowed`` without ``register.import``.
    """
    return actions.register_notice(actor=actor, notice=notice, lots=lots)
