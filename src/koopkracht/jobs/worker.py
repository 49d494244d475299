"""The worker process: empties the queue, hands lost jobs out again, and starts what is due."""

from __future__ import annotations

import datetime as dt
import os
import signal
import time
from types import FrameType

import structlog
from django.db import close_old_connections, transaction
from django_tasks_db.management.commands.db_worker import Worker

from koopkracht.jobs.actions import reclaim
from koopkracht.jobs.models import Schedule
from koopkracht.jobs.registry import periodic_functions
from koopkracht.shared import clock

IDLE_SECONDS = 0.5
TROUBLE_SECONDS = 5.0
log = structlog.get_logger("koopkracht.jobs")


def run_until_idle() -> None:
    """Carry out everything that is ready now, in this process, and return."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"pid-{os.getpid()}",
        excluded_queue_names=[],
    ).run()


def run_worker() -> None:
    """Work until the process is asked to stop; a job under way is finished first.

    A turn that fails (the database restarts, a disk is full) is logged and tried again: nobody would notice a worker
    that stopped, except by imports that never start.
    """
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        try:
            run_turn()
        except Exception:
            log.exception("worker turn failed")
            close_old_connections()
            time.sleep(TROUBLE_SECONDS)
        time.sleep(IDLE_SECONDS)


def run_turn() -> None:
    """Hand lost jobs out again, start what is due and empty the queue."""
    reclaim()
    run_due()
    run_until_idle()


def run_due() -> int:
    """Run every periodic function whose time has come and return how many ran.

    The row of the schedule is moved forward first, in its own transaction, so that two workers never run the same turn.
    """
    count = 0
    now = clock.now()
    for name, (every, function) in periodic_functions().items():
        if _claim(name, every, now):
            function()
            count += 1
    return count


def _claim(name: str, every: dt.timedelta, now: dt.datetime) -> bool:
    with transaction.atomic():
        row, made = Schedule.objects.get_or_create(name=name, defaults={"next_at": now + every})
        if made:
            return True
        return bool(
            Schedule.objects.filter(name=name, next_at=row.next_at, next_at__lte=now).update(next_at=now + every)
        )
