"""The door of background work: stable, keep it small."""

from __future__ import annotations

from koopkracht.jobs.actions import enqueue, prune, reclaim
from koopkracht.jobs.queries import running, totals, view
from koopkracht.jobs.registry import job, periodic
from koopkracht.jobs.worker import run_until_idle, run_worker

__all__ = [
    "enqueue",
    "job",
    "periodic",
    "prune",
    "reclaim",
    "run_until_idle",
    "run_worker",
    "running",
    "totals",
    "view",
]
