"""``koopkracht serve`` and ``koopkracht worker``: the web server and the process that does the long work."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.management import call_command

from koopkracht.shared.errors import ConfigurationError

log = structlog.get_logger("koopkracht.serve")


def register(commands: Any) -> None:
    """Add the commands to the parser."""
    serve = commands.add_parser("serve", help="start de website (en het achtergrondwerk) op deze machine")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=1, help="aantal processen voor pagina's")
    serve.add_argument("--without-worker", action="store_true", help="doe het achtergrondwerk elders")
    serve.set_defaults(run=run_serve)
    worker = commands.add_parser("worker", help="voer alleen het achtergrondwerk uit")
    worker.set_defaults(run=run_worker)


def run_serve(options: argparse.Namespace) -> int:
    """Prepare the installation and serve until stopped."""
    from granian import Granian
    from granian.constants import Interfaces

    prepare()
    with background_worker(wanted=not options.without_worker):
        sys.stdout.write(f"Koopkracht draait op http://{options.host}:{options.port} (stoppen met Ctrl+C)\n")
        sys.stdout.flush()
        Granian(
            "koopkracht.config.wsgi:application",
            address=options.host,
            port=options.port,
            interface=Interfaces.WSGI,
            workers=options.workers,
            # More threads per process only make database pages wait for each other.
            blocking_threads=1,
            log_enabled=False,
        ).serve()
    return 0


def run_worker(_options: argparse.Namespace) -> int:
    """Do background work until stopped."""
    from koopkracht.jobs import api as jobs

    jobs.run_worker()
    return 0


def prepare() -> None:
    """Bring tables and static files up to date; raises ``ConfigurationError`` when the styles were never built."""
    Path(settings.HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()


def collect_static() -> None:
    """Copy and compress the static files, only when they changed since the last time."""
    source = Path(settings.STATICFILES_DIRS[0])
    if not (source / "vendor").is_dir():
        raise ConfigurationError(
            "De opmaak van de website is nog niet gemaakt. Voer «make setup» uit, of installeer het volledige pakket.",
            code="static-not-built",
        )
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    state = _state_of(source)
    if stamp.exists() and stamp.read_text(encoding="ascii") == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state, encoding="ascii")


def _state_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            status = path.stat()
            digest.update(f"{path.relative_to(folder)}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@contextmanager
def background_worker(*, wanted: bool) -> Iterator[None]:
    """Run the worker beside the server, start it again when it dies, and stop it with the server."""
    if not wanted:
        yield
        return
    stopping = threading.Event()
    running: list[subprocess.Popen[bytes]] = []
    keeper = threading.Thread(target=_keep_working, args=(stopping, running), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join(timeout=15)
        for process in running:
            process.kill()


def _keep_working(stopping: threading.Event, running: list[subprocess.Popen[bytes]]) -> None:
    while not stopping.is_set():
        process = subprocess.Popen([sys.executable, "-m", "koopkracht.config.cli", "worker"], env={**os.environ})
        running[:] = [process]
        while process.poll() is None and not stopping.wait(1):
            pass
        if not stopping.is_set():
            log.error("the worker stopped and is started again", code=process.returncode)
            stopping.wait(2)
            continue
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
