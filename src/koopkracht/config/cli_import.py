"""``koopkracht import``: the same receive → parse → plan → apply as the screens; without ``--wet-run`` only the plan.

Exit codes: 0 read (or, dry, readable), 1 refused; with several files the others still run after a refusal.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from koopkracht.accounts import api as accounts
from koopkracht.exchange.api import IMPORTERS, Importer
from koopkracht.exchange.types import ReceiptView
from koopkracht.jobs import api as jobs
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import KoopkrachtError


@dataclass(slots=True)
class Outcome:
    """What became of one file."""

    file: str
    status: str
    code: str = ""
    message: str = ""
    counts: dict[str, Any] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Tell whether the file was refused."""
        return bool(self.code)


def register(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("import", help="lees bestanden in, zoals op het scherm «Gegevens inladen»")
    parser.add_argument("kind", choices=sorted(IMPORTERS), metavar="SOORT", help=", ".join(sorted(IMPORTERS)))
    parser.add_argument("files", nargs="+", type=Path, metavar="BESTAND")
    parser.add_argument("--org", required=True, help="korte naam van de organisatie (zie «koopkracht organisations»)")
    parser.add_argument("--wet-run", action="store_true", help="neem echt over; zonder dit ziet u alleen het plan")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run_import)


def run_import(options: argparse.Namespace) -> int:
    """Import the files one by one and say what became of each."""
    organisation = accounts.organisation_by_slug(slug=options.org)
    actor = accounts.operator_actor(organisation_id=organisation.id, label="koopkracht import")
    outcomes = []
    for outcome in import_files(actor=actor, kind=options.kind, files=options.files, wet=options.wet_run):
        outcomes.append(outcome)
        if not options.json:
            print(_line(outcome))
    if options.wet_run:
        jobs.run_until_idle()
    if options.json:
        print(json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=2, default=str))
    elif not options.wet_run:
        print("Er is nog niets overgenomen. Voeg --wet-run toe om dat wel te doen.")
    return 1 if any(outcome.refused for outcome in outcomes) else 0


def import_files(*, actor: Actor, kind: str, files: Iterable[Path], wet: bool) -> Iterator[Outcome]:
    """Receive, plan and (when ``wet``) apply each file; a refused file does not stop the others."""
    importer = IMPORTERS[kind]
    for path in files:
        try:
            with path.open("rb") as stream:
                received = importer.receive(actor=actor, filename=path.name, stream=stream, source="koopkracht import")
            for receipt in received:
                yield _one(actor, importer, receipt, wet=wet)
        except OSError as error:
            yield Outcome(
                str(path), "niet gelezen", "file-unreadable", f"Het bestand gaat niet open: {error.strerror}."
            )
        except KoopkrachtError as error:
            yield Outcome(path.name, "geweigerd", error.code, error.message)


def _one(actor: Actor, importer: Importer, receipt: ReceiptView, *, wet: bool) -> Outcome:
    try:
        if receipt.status != "applied":
            receipt = importer.plan(actor=actor, receipt_id=receipt.id)
            if wet:
                receipt = importer.apply(actor=actor, receipt_id=receipt.id)
    except KoopkrachtError as error:
        return Outcome(receipt.filename, "geweigerd", error.code, error.message)
    return Outcome(receipt.filename, receipt.status_label, counts=dict(receipt.counts), plan=_short(receipt.plan))


def _short(plan: Any) -> dict[str, Any]:
    return {key: value for key, value in dict(plan).items() if not isinstance(value, list) or len(value) <= 20}


def _line(outcome: Outcome) -> str:
    if outcome.refused:
        return f"{outcome.file}: {outcome.message} [{outcome.code}]"
    counts = ", ".join(f"{key} {value}" for key, value in outcome.counts.items() if isinstance(value, int))
    return f"{outcome.file}: {outcome.status}{' (' + counts + ')' if counts else ''}"
