"""A private PostgreSQL server for the tests: made in a scratch folder, gone afterwards.

Usage as a context manager: ``with postgres() as url: ...``; ``url`` is ``None`` when this machine has no PostgreSQL.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/usr/pgsql-*/bin",
)


def program(name: str) -> Path | None:
    """Return the newest ``name`` of PostgreSQL on this machine."""
    found = [path / name for place in PLACES for path in Path("/").glob(place.lstrip("/")) if (path / name).exists()]
    on_path = shutil.which(name)
    return max(found) if found else Path(on_path) if on_path else None


def _as_owner(command: list[str]) -> list[str]:
    # PostgreSQL refuses to run as root; its own system account runs it then.
    return (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        if os.geteuid() == 0
        else command
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres() -> Iterator[str | None]:
    """Start a server on a free port of this machine, hand out its address, and stop and remove it at the end."""
    initdb, control = program("initdb"), program("pg_ctl")
    if initdb is None or control is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="koopkracht-pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data, port = folder / "data", _free_port()
    try:
        _run([str(initdb), "-D", str(data), "-U", "koopkracht", "-A", "trust", "-E", "UTF8", "--no-sync"], folder)
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=60 -c fsync=off"
        _run([str(control), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start"], folder)
        _run(
            [str(control.parent / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "koopkracht", "koopkracht"],
            folder,
        )
        yield f"postgres://koopkracht@127.0.0.1:{port}/koopkracht"
    finally:
        subprocess.run(
            _as_owner([str(control), "-D", str(data), "-m", "immediate", "stop"]),
            cwd=folder,
            capture_output=True,
            check=False,
        )
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(_as_owner(command), cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"PostgreSQL for the tests does not start: {done.stderr or done.stdout}")
