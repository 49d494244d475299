"""Killed at any moment of an import: nothing is half there, and running again finishes it exactly once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
LINES = 30_000
DELAYS = (0.05, 0.3, 0.6, 1.0)


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give the children a data folder and a database of their own, of the kind this run tests."""
    given = {**os.environ, "KOOPKRACHT_HOME": str(tmp_path / "home"), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield {**given, "DATABASE_URL": f"sqlite:///{tmp_path / 'home' / 'crash.sqlite3'}"}
        return
    name = f"crash_{os.getpid()}"
    admin = urlunsplit(urlsplit(server)._replace(path="/postgres", scheme="postgresql"))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield {**given, "DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{name}"))}
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def child(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.exchange.crash_child", *arguments]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def finished(environment: dict[str, str], *arguments: str) -> str:
    process = child(environment, *arguments)
    output, _ = process.communicate(timeout=180)
    assert process.returncode == 0, output
    return output


def state(environment: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(finished(environment, "state"))
    return found


def test_killed_anywhere_and_run_again(environment: dict[str, str]) -> None:
    finished(environment, "prepare", str(LINES))
    for delay in DELAYS:
        process = child(environment, "apply")
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        time.sleep(delay)
        process.kill()
        process.wait()
        found = state(environment)
        if found["status"] == "applied":
            break
        assert found["files"] == found["rows"] == found["provenance"] == found["issues"] == found["audited"] == 0
        assert found["sound"]
    finished(environment, "apply")
    whole = state(environment)
    expected = sum(n * 100 + n % 100 for n in range(LINES))
    assert (whole["status"], whole["files"], whole["rows"], whole["sum"]) == ("applied", 1, LINES, expected)
    assert (whole["provenance"], whole["audited"], whole["sound"]) == (1, 1, True)
    finished(environment, "apply")
    assert state(environment) == whole
