"""``koopkracht audit``: verify the log, and write anchors to a file outside the database.

Exit codes: 0 the log is whole, 1 a deviation was found or the anchor file cannot be read.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.conf import settings

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.audit.types import Finding, Problem, Report

FINDING_TEXTS = {
    Finding.CHANGED: "de inhoud is gewijzigd",
    Finding.MISSING: "gebeurtenissen ontbreken",
    Finding.DUPLICATE: "een nummer komt twee keer voor",
    Finding.BROKEN_LINK: "een gebeurtenis is vervangen of ertussen gezet",
    Finding.CUT: "het einde is weggeknipt",
    Finding.HEAD_DIFFERS: "het einde klopt niet met de laatst bekende stand",
    Finding.HEAD_MISSING: "de laatst bekende stand is verwijderd",
    Finding.ANCHOR_CUT: "het einde is weggeknipt (volgens het ankerbestand)",
    Finding.ANCHOR_REWRITTEN: "de geschiedenis is herschreven (volgens het ankerbestand)",
    Finding.ANCHOR_FILE_CHANGED: "deze regel van het ankerbestand is gewijzigd of er ontbreekt een regel voor",
}


def register(subparsers: Any) -> None:
    """Add the commands to the parser."""
    audit_parser = subparsers.add_parser("audit", help="kijk het logboek na of leg de stand ervan vast")
    commands = audit_parser.add_subparsers(dest="audit_command", required=True, metavar="OPDRACHT")
    verify = commands.add_parser("verify", help="zoek elke wijziging, knip of herschrijving in het logboek")
    verify.add_argument("--org", help="korte naam van de organisatie; zonder: alle organisaties")
    verify.add_argument(
        "--anchors", type=Path, help="het ankerbestand; zonder: dat van deze installatie, als het er is"
    )
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=run_verify)
    anchor = commands.add_parser("anchor", help="schrijf de stand van elk logboek naar een bestand buiten de databank")
    anchor.add_argument("file", nargs="?", type=Path, help="het ankerbestand; zonder: dat van deze installatie")
    anchor.add_argument("--json", action="store_true")
    anchor.set_defaults(run=run_anchor)


def run_verify(options: argparse.Namespace) -> int:
    """Print where the log deviates; 1 when it does."""
    organisation_id = accounts.organisation_by_slug(slug=options.org).id if options.org else None
    report = audit.verify(organisation_id=organisation_id, anchors=options.anchors or _own_anchors())
    print(json.dumps(_as_dict(report), ensure_ascii=False, indent=2) if options.json else _as_text(report))
    return 0 if report.whole else 1


def run_anchor(options: argparse.Namespace) -> int:
    """Write the anchors and say how many."""
    path = options.file or settings.AUDIT_ANCHORS
    result = audit.export_anchor(path=path)
    if options.json:
        print(json.dumps({"file": str(path), "chains": result.chains, "written": result.written}))
    else:
        print(f"{result.written} van {result.chains} logboeken waren gegroeid; hun stand staat nu in {path}.")
    return 0


def _own_anchors() -> Path | None:
    own = Path(settings.AUDIT_ANCHORS)
    return own if own.is_file() else None


def _as_text(report: Report) -> str:
    checked = f"{report.events} gebeurtenissen in {report.chains} logboeken nagekeken, {report.anchors} ankers."
    if report.whole:
        return f"Het logboek is volledig en ongewijzigd. {checked}"
    lines = [f"Het logboek klopt niet: {report.problem_count} afwijkingen. {checked}"]
    return "\n".join(lines + [f"- {_place(problem)}: {FINDING_TEXTS[problem.finding]}" for problem in report.problems])


def _place(problem: Problem) -> str:
    if problem.finding is Finding.ANCHOR_FILE_CHANGED:
        return f"ankerbestand, regel {problem.sequence}"
    until = f" tot {problem.last}" if problem.last not in {None, problem.sequence} else ""
    return f"organisatie {problem.organisation_id}, gebeurtenis {problem.sequence}{until}"


def _as_dict(report: Report) -> dict[str, Any]:
    return {
        "whole": report.whole,
        "events": report.events,
        "chains": report.chains,
        "anchors": report.anchors,
        "problem_count": report.problem_count,
        "problems": [
            {
                "organisation": problem.organisation_id,
                "sequence": problem.sequence,
                "last": problem.last,
                "finding": problem.finding.value,
            }
            for problem in report.problems
        ],
    }
