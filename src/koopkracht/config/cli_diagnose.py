"""``koopkracht diagnose``: the figures of the diagnosis pages as JSON, workbook or PDF.

Exit codes: 0 done, 1 there are no figures for this organisation or year.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from koopkracht.accounts import api as accounts
from koopkracht.monitoring import api as monitoring
from koopkracht.shared.errors import NotFound
from koopkracht.web.diagnosis import paper


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    command = subparsers.add_parser("diagnose", help="geef de aankoopdiagnose van een organisatie")
    command.add_argument("--org", required=True, help="korte naam van de organisatie")
    command.add_argument("--year", type=int, help="het jaar; zonder: het jongste jaar met uitgaven")
    command.add_argument("--compare", type=int, help="het jaar om mee te vergelijken; zonder: het jaar ervoor")
    command.add_argument("--format", choices=("json", "xlsx", "pdf"), default="json")
    command.add_argument(
        "--out", type=Path, help="het bestand; zonder: standaarduitvoer (json) of een naam met het jaar"
    )
    command.add_argument(
        "--rebuild", action="store_true", help="bereken de cijfers eerst opnieuw als er iets veranderde"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the report."""
    organisation = accounts.organisation_by_slug(slug=options.org)
    if options.rebuild:
        monitoring.rebuild(organisation_id=organisation.id, progress=lambda *_step: None)
    overview = monitoring.overview(organisation_id=organisation.id, year=options.year, compare=options.compare)
    if overview.figures is None or options.year not in (None, overview.year):
        raise NotFound(
            f"Er zijn geen cijfers van {organisation.name}"
            f"{f' voor {options.year}' if options.year else ''}. Laad eerst uitgaven in, of gebruik --rebuild.",
            code="no-figures",
        )
    report = paper.report_of(overview, organisation_id=organisation.id)
    _write(report, options, name=f"diagnose-{organisation.slug}-{overview.year}.{options.format}")
    return 0


def _write(report: paper.Report, options: argparse.Namespace, *, name: str) -> None:
    if options.format == "json":
        text = json.dumps(paper.as_data(report), ensure_ascii=False, indent=2)
        if options.out is None:
            print(text)
            return
        options.out.write_text(text + "\n", encoding="utf-8")
    target = options.out or Path(name)
    if options.format == "xlsx":
        with paper.xlsx(report) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file)
    elif options.format == "pdf":
        target.write_bytes(paper.pdf(report))
    print(target, file=sys.stderr)
