"""The log can be verified without Koopkracht: with the listing in the operator's manual, and by the command line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from koopkracht.audit import api
from koopkracht.audit.models import Event
from koopkracht.audit.types import Finding
from koopkracht.config.cli_audit import FINDING_TEXTS, run_anchor, run_verify
from koopkracht.shared.actor import Actor

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "operations" / "audit.md"
ACTOR = Actor(organisation_id=7, user_id=3, permissions=frozenset({"audit.view"}), label="é «test»")


class Options:
    """What the parser would give."""

    def __init__(self, **given: object) -> None:
        self.org, self.anchors, self.file, self.json = None, None, None, False
        self.__dict__.update(given)


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    found = re.search(r"```python\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert len(found[1].splitlines()) <= 50
    path = tmp_path / "verify_log.py"
    path.write_text(found[1], encoding="utf-8")
    return path


@pytest.fixture
def files(db: None, tmp_path: Path) -> tuple[Path, Path]:
    with transaction.atomic():
        for number in range(10):
            api.record(actor=ACTOR, action="thing.changed", subject="thing", data={"n": number, "tekst": "ë\x00\n"})
    log, anchors = tmp_path / "log.jsonl", tmp_path / "anchors.jsonl"
    log.write_text("".join(api.export_lines(actor=ACTOR)), encoding="utf-8")
    api.export_anchor(path=anchors)
    return log, anchors


def verified(listing: Path, *files: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", listing, *files], capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout


def test_a_downloaded_log_verifies_offline(listing: Path, files: tuple[Path, Path]) -> None:
    assert verified(listing, *files) == (0, "The log is whole.\n")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda lines: [*lines[:3], lines[3].replace("thing.changed", "thing.forged"), *lines[4:]], "event 4: content"),
        (lambda lines: lines[:3] + lines[4:], "event 4: expected here, found 5"),
        (lambda lines: lines[:8], "event 10: was anchored"),
    ],
)
def test_a_damaged_log_is_found_offline(listing: Path, files: tuple[Path, Path], damage, said: str) -> None:
    log, anchors = files
    log.write_text("".join(damage(log.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8")
    code, output = verified(listing, log, anchors)
    assert code == 1
    assert said in output


def test_the_command_says_whole_or_where_it_is_not(files: tuple[Path, Path], settings, capsys) -> None:
    settings.AUDIT_ANCHORS = files[1]
    assert run_verify(Options()) == 0
    assert "volledig en ongewijzigd" in capsys.readouterr().out
    assert run_anchor(Options(json=True)) == 0
    assert json.loads(capsys.readouterr().out)["written"] == 0
    Event.objects.filter(sequence=4).update(action="thing.forged")
    assert run_verify(Options()) == 1
    assert "organisatie 7, gebeurtenis 4: de inhoud is gewijzigd" in capsys.readouterr().out
    Event.objects.filter(sequence__gt=8).delete()
    assert run_verify(Options(json=True)) == 1
    told = json.loads(capsys.readouterr().out)
    assert [problem["finding"] for problem in told["problems"]] == ["changed", "cut", "anchor-cut"]


def test_every_finding_has_words() -> None:
    assert set(FINDING_TEXTS) == set(Finding)
