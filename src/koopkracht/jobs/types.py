"""What crosses the border of this context."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from koopkracht.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as a page shows it; ``steps_total`` is ``None`` while the amount of work is unknown."""

    id: int
    kind: str
    state: str
    message: str
    steps_done: int
    steps_total: int | None
    result: dict[str, Any] | None
    error_code: str
    created_at: dt.datetime
    finished_at: dt.datetime | None

    @property
    def is_finished(self) -> bool:
        """Tell whether nothing will happen to this job any more."""
        return self.state in {"done", "failed"}

    @property
    def percent(self) -> int | None:
        """Return the progress in whole percents, or ``None`` while the total is unknown."""
        if self.is_finished:
            return 100
        if not self.steps_total:
            return None
        return min(99, self.steps_done * 100 // self.steps_total)


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a handler gets: for whom it works, and how to report that it is alive.

    ``progress(done, total, message)`` stores the progress and renews the lease; call it at least once a minute.
    """

    job_id: int
    actor: Actor
    attempt: int
    progress: Callable[[int, int | None, str], None]
