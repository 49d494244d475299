"""SQLite for several processes: whoever wants to write waits in line instead of trying again and again.

SQLite's own busy handler polls, so with four writing processes one of them can wait for seconds while the others go in
turn after turn. A lock on a file beside the database is handed out by the kernel in order of asking. It is taken
before ``BEGIN IMMEDIATE`` and given back after the commit; readers never meet it.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the writers' lock around every transaction of a database that lives in a file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._queue: int | None = None
        self._queue_owner = 0

    def _start_transaction_under_autocommit(self) -> None:
        self._wait_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # private in the stubs
        except BaseException:
            self._leave_line()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # private in the stubs
        finally:
            self._leave_line()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # private in the stubs
        finally:
            self._leave_line()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # private in the stubs
        finally:
            if self._queue is not None and self._queue_owner == os.getpid():
                os.close(self._queue)
            self._queue = None

    def _wait_in_line(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self.is_in_memory_db() or not Path(name).parent.is_dir():
            return
        if self._queue is None or self._queue_owner != os.getpid():
            # A forked process must not share the lock of its parent.
            self._queue = os.open(f"{name}.writers", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._queue_owner = os.getpid()
        fcntl.flock(self._queue, fcntl.LOCK_EX)

    def _leave_line(self) -> None:
        if self._queue is not None and self._queue_owner == os.getpid():
            fcntl.flock(self._queue, fcntl.LOCK_UN)
