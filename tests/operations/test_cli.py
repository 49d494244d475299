"""The command line: the same use cases as the screens, exit codes that mean something, JSON for machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from koopkracht.accounts import api as accounts
from koopkracht.config import cli
from koopkracht.lake import api as lake

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = """Datum;Leverancier;Rekening;Omschrijving;Bedrag
02/01/2025;Bakker Smet;610;Brood;1.234,56
03/01/2025;Smid Maes;611;Hek;10,00
"""


@pytest.fixture
def town() -> str:
    made = accounts.create_organisation(operator="test", name="Gemeente Proefdam", kind="municipality", slug="proefdam")
    return made.slug


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "uitgaven.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def _lines(slug: str) -> int:
    organisation = accounts.organisation_by_slug(slug=slug)
    return sum(batch.rows for batch in lake.batches(organisation_id=organisation.id, table="spend_lines"))


def test_without_wet_run_nothing_is_taken_over(town: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "spend", str(file), "--org", town]) == 0
    assert _lines(town) == 0
    assert "--wet-run" in capsys.readouterr().out


def test_with_wet_run_the_lines_are_there_and_a_second_time_changes_nothing(
    town: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["import", "spend", str(file), "--org", town, "--wet-run", "--json"]
    assert cli.main(command) == 0
    first = json.loads(capsys.readouterr().out)
    assert first[0]["counts"]["rows"] == 2
    assert cli.main(command) == 0
    assert _lines(town) == 2


def test_a_refused_file_does_not_stop_the_others_and_shows_in_the_exit_code(
    town: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "foto.csv"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert cli.main(["import", "spend", str(wrong), str(file), "--org", town, "--wet-run", "--json"]) == 1
    outcomes = json.loads(capsys.readouterr().out)
    assert outcomes[0]["code"]
    assert outcomes[0]["message"]
    assert outcomes[1]["counts"]["rows"] == 2


def test_a_missing_file_is_named(town: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "spend", str(tmp_path / "weg.csv"), "--org", town]) == 1
    assert "weg.csv" in capsys.readouterr().out


def test_an_unknown_organisation_is_refused_in_words(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "spend", str(file), "--org", "nergens"]) == 1
    assert "nergens" in capsys.readouterr().err


def test_wrong_use_is_exit_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["import", "zonnebrillen", "x", "--org", "y"])
    assert stopped.value.code == 2
    assert "SOORT" in capsys.readouterr().err


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    shown = capsys.readouterr().out
    for command in ("serve", "init", "demo", "import", "diagnose", "audit", "rules", "check", "backup", "restore"):
        assert command in shown, command
