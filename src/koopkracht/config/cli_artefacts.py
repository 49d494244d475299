"""``koopkracht artefacts``: load official schemas and rules as data, and see which versions are in use."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from koopkracht.accounts import api as accounts
from koopkracht.exchange import api as exchange


def register(commands: Any) -> None:
    """Add the commands to the parser."""
    parser = commands.add_parser("artefacts", help="laad officiële schema's en regels, of toon wat geladen is")
    actions = parser.add_subparsers(dest="artefacts_command", required=True, metavar="OPDRACHT")
    load = actions.add_parser("load", help="laad een officieel bestand; soort en versie worden herkend")
    load.add_argument("files", nargs="+", type=Path, metavar="BESTAND")
    load.add_argument("--org", required=True, help="organisatie in wier logboek dit komt")
    load.add_argument("--json", action="store_true")
    load.set_defaults(run=run_load)
    listing = actions.add_parser("list", help="toon wat geladen is, en wat zonder de rest niet kan")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=run_list)


def run_load(options: argparse.Namespace) -> int:
    """Load each file and print what it turned out to be."""
    organisation = accounts.organisation_by_slug(slug=options.org)
    actor = accounts.operator_actor(organisation_id=organisation.id, label="koopkracht artefacts")
    loaded = []
    for path in options.files:
        with path.open("rb") as stream:
            found = exchange.load_artefact(actor=actor, filename=path.name, stream=stream)
        loaded.append(
            {"kind": found.kind.value, "version": found.version, "files": found.files, "sha256": found.sha256}
        )
        if not options.json:
            print(f"{path.name}: {found.kind.value} {found.version}, {found.files} bestanden")
    if options.json:
        print(json.dumps(loaded, indent=2))
    return 0


def run_list(options: argparse.Namespace) -> int:
    """Print each kind with the version in use; 4 when a loaded file was changed."""
    states = exchange.artefacts()
    if options.json:
        rows = [
            {"kind": one.kind.value, "version": one.loaded.version if one.loaded else None, "problem": one.problem}
            for one in states
        ]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for one in states:
            version = one.loaded.version if one.loaded else f"niet geladen. {one.use}"
            print(f"{one.label}: {version} {one.problem}".rstrip())
    return 4 if any(one.problem for one in states) else 0
