"""``koopkracht check``, ``backup`` and ``restore``: looking after an installation."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from koopkracht.config import backup
from koopkracht.config.checks import run_checks


def register(commands: Any) -> None:
    """Add the commands to the parser."""
    check = commands.add_parser("check", help="kijk na of de installatie in orde is, met uitleg")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=run_check)
    make = commands.add_parser("backup", help="maak één bestand met alle gegevens")
    make.add_argument("file", type=Path)
    make.add_argument("--json", action="store_true")
    make.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="zet een reservekopie terug in een lege installatie")
    restore.add_argument("file", type=Path)
    restore.add_argument("--json", action="store_true")
    restore.set_defaults(run=run_restore)


def run_check(options: argparse.Namespace) -> int:
    """Print every finding; 4 when something must be mended."""
    findings = run_checks()
    if options.json:
        print(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(f"{finding.mark} {finding.subject}: {finding.message}")
    return 4 if any(finding.level == "error" for finding in findings) else 0


def run_backup(options: argparse.Namespace) -> int:
    """Write the backup file and say what is in it."""
    _say(backup.create(options.file), as_json=options.json, lead=f"Reservekopie geschreven naar {options.file}")
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Put the backup back and say what was found."""
    _say(backup.restore(options.file), as_json=options.json, lead="Teruggezet en nagekeken")
    return 0


def _say(summary: dict[str, Any], *, as_json: bool, lead: str) -> None:
    if as_json:
        print(json.dumps(summary, ensure_ascii=False, indent=2))
    else:
        print(f"{lead}: {summary['files']} bestanden, {summary['bytes']} bytes, gemaakt op {summary['made_at']}.")
