"""Several processes write to one SQLite file: nobody is refused, nobody is forgotten, nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
WRITER = """
import sys, django
django.setup()
from django.db import transaction
from koopkracht.audit import api
from koopkracht.shared.actor import Actor
actor = Actor(organisation_id=1, user_id=int(sys.argv[1]))
for number in range(int(sys.argv[2])):
    with transaction.atomic():
        api.record(actor=actor, action="test.written", subject="test", subject_key=number)
    print(number, flush=True)
"""
COUNTER = """
import django
django.setup()
from collections import Counter
from koopkracht.audit.models import Event
rows = Event.objects.filter(organisation_key=1).order_by("sequence").values_list("user_key", "subject_key", "sequence")
print(*(f"{user}:{key}:{sequence}" for user, key, sequence in rows), sep="\\n")
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    run = [sys.executable, "-m", "koopkracht.config.manage", "migrate", "--verbosity", "0"]
    subprocess.run(run, check=True, env={**ENVIRONMENT, "KOOPKRACHT_HOME": str(tmp_path)})
    return tmp_path


def _start(home: Path, writer: int, count: int) -> subprocess.Popen[str]:
    environment = {**ENVIRONMENT, "KOOPKRACHT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "koopkracht.config.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(writer), str(count)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _rows(home: Path) -> list[tuple[int, int, int]]:
    environment = {**ENVIRONMENT, "KOOPKRACHT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "koopkracht.config.settings"}
    done = subprocess.run([sys.executable, "-c", COUNTER], env=environment, capture_output=True, text=True, check=True)
    return [tuple(map(int, line.split(":"))) for line in done.stdout.split()]  # type: ignore[misc]


def test_four_writers_all_finish_and_the_chain_has_no_gap(home: Path) -> None:
    writers = [_start(home, writer, 150) for writer in range(1, 5)]
    for writer in writers:
        _, complaints = writer.communicate(timeout=120)
        assert writer.returncode == 0, complaints
    rows = _rows(home)
    assert [sequence for _, _, sequence in rows] == list(range(1, 601))
    assert {(user, key) for user, key, _ in rows} == {(user, key) for user in range(1, 5) for key in range(150)}


def test_a_killed_writer_loses_nothing_it_acknowledged_and_does_not_block_the_others(home: Path) -> None:
    acknowledged: set[tuple[int, int]] = set()
    for round_number in range(1, 6):
        victim = _start(home, round_number, 100_000)
        assert victim.stdout is not None
        first = victim.stdout.readline()
        time.sleep(0.15)
        os.kill(victim.pid, signal.SIGKILL)
        told = first + victim.stdout.read()
        # The last line may be cut off by the kill; a whole line was acknowledged.
        acknowledged |= {(round_number, int(line)) for line in told.split("\n")[:-1] if line}
        victim.communicate()
    after = _start(home, 99, 5)
    _, complaints = after.communicate(timeout=60)
    assert after.returncode == 0, complaints
    rows = _rows(home)
    assert acknowledged
    assert acknowledged <= {(user, key) for user, key, _ in rows}
    assert [sequence for _, _, sequence in rows] == list(range(1, len(rows) + 1))
