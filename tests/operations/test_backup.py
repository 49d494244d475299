"""A backup can be put back in an empty installation, and a damaged one is refused before anything is touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite
SCRIPT = """
import sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.accounts.factories import organisation
organisation("Gemeente Bewaard")
"""
NAMES = """
import django
django.setup()
from koopkracht.accounts.api import organisations
print(*(one.name for one in organisations()))
"""


def _koopkracht(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "KOOPKRACHT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "koopkracht.config.settings"}
    environment.pop("DATABASE_URL", None)
    command = (
        [sys.executable, *arguments]
        if arguments[0] == "-c"
        else [sys.executable, "-m", "koopkracht.config.cli", *arguments]
    )
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("bestuur") / "home"
    made = _koopkracht(place, "-c", SCRIPT)
    assert made.returncode == 0, made.stderr
    (place / "documents" / "ab").mkdir(parents=True)
    (place / "documents" / "ab" / "abc").write_bytes(b"bewijs")
    return place


def test_what_was_saved_comes_back(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "kopie.tar.gz"
    (home / "documents" / "tmp").mkdir(exist_ok=True)
    (home / "documents" / "tmp" / "half").write_bytes(b"half")
    made = _koopkracht(home, "backup", str(file), "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["files"] >= 3
    assert file.stat().st_mode & 0o077 == 0, "it holds the key: for its owner only"
    assert home.stat().st_mode & 0o077 == 0
    new = tmp_path / "nieuw"
    back = _koopkracht(new, "restore", str(file))
    assert back.returncode == 0, back.stderr
    assert (new / "documents/ab/abc").read_bytes() == b"bewijs"
    assert not (new / "documents/tmp").exists(), "what is half received is nobody's"
    assert (new / "secret.key").read_bytes() == (home / "secret.key").read_bytes()
    assert _koopkracht(new, "-c", NAMES).stdout.strip() == "Gemeente Bewaard"


def test_an_existing_file_is_never_overwritten(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "kopie.tar.gz"
    file.write_bytes(b"iets anders")
    refused = _koopkracht(home, "backup", str(file))
    assert refused.returncode == 1
    assert "backup-exists" in refused.stderr
    assert file.read_bytes() == b"iets anders"


def test_a_backup_is_not_put_over_existing_data(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "kopie.tar.gz"
    _koopkracht(home, "backup", str(file))
    refused = _koopkracht(home, "restore", str(file))
    assert refused.returncode == 1
    assert "restore-not-empty" in refused.stderr


def test_a_damaged_backup_is_refused_and_nothing_is_touched(home: Path, tmp_path: Path) -> None:
    file, worse = tmp_path / "kopie.tar.gz", tmp_path / "beschadigd.tar.gz"
    _koopkracht(home, "backup", str(file))
    with tarfile.open(file) as good, tarfile.open(worse, "w:gz") as bad:
        for member in good:
            stream = good.extractfile(member)
            if member.name.endswith("abc"):
                (tmp_path / "vals").write_bytes(b"vervalst")
                bad.add(tmp_path / "vals", arcname=member.name)
            else:
                bad.addfile(member, stream)
    new = tmp_path / "nieuw"
    refused = _koopkracht(new, "restore", str(worse))
    assert refused.returncode == 1
    assert "backup-damaged" in refused.stderr
    assert not (new / "documents").exists()


def test_half_a_backup_is_refused(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "kopie.tar.gz"
    _koopkracht(home, "backup", str(file))
    (tmp_path / "half.tar.gz").write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    refused = _koopkracht(tmp_path / "nieuw", "restore", str(tmp_path / "half.tar.gz"))
    assert refused.returncode == 1
    assert "backup-unreadable" in refused.stderr
