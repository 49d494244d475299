"""A database of its own for tests that need real processes and the real triggers: same kind as the test run's."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

HOUSE = Path(__file__).resolve().parents[2]


@contextmanager
def fresh_database(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the environment of a new database that holds only the migrated tables of the log."""
    chosen = settings.DATABASES["default"]
    if chosen["ENGINE"].endswith("sqlite"):
        yield _migrated(folder, f"sqlite:///{folder / 'log.sqlite3'}")
        return
    name = f"koopkracht_log_{uuid.uuid4().hex[:12]}"
    with _server() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield _migrated(folder, _url(chosen, name))
    finally:
        with _server() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def python(code: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    """Start a process of its own that runs ``code`` with Django set up on the given database."""
    setup = "import django; django.setup()\n"
    return subprocess.Popen(
        [sys.executable, "-c", setup + code], env=environment, cwd=HOUSE, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for a process and return what it printed; its complaints become the failure of the test."""
    output, complaints = process.communicate(timeout=120)
    assert process.returncode == 0, complaints
    return output


def _migrated(folder: Path, url: str) -> dict[str, str]:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "KOOPKRACHT_HOME": str(folder),
    }
    finish(
        python(
            "from django.core.management import call_command; call_command('migrate', 'audit', verbosity=0)",
            environment,
        )
    )
    return environment


@contextmanager
def _server() -> Iterator[object]:
    import psycopg

    chosen = settings.DATABASES["default"]
    with psycopg.connect(_url(chosen, "postgres"), autocommit=True) as connection, connection.cursor() as cursor:
        yield cursor


def _url(chosen: dict[str, object], name: str) -> str:
    user, password = quote(str(chosen["USER"] or "")), quote(str(chosen["PASSWORD"] or ""))
    host, port = quote(str(chosen["HOST"] or ""), safe=""), chosen["PORT"] or 5432
    return f"postgres://{user}:{password}@{host}:{port}/{name}"
