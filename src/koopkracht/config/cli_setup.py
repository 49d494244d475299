"""``koopkracht init`` and ``koopkracht organisations``: the first organisation and its first administrator."""

from __future__ import annotations

import argparse
import getpass
import json
import secrets
import sys
from typing import Any

from koopkracht.accounts import api as accounts
from koopkracht.config.cli_serve import prepare
from koopkracht.shared.errors import Rejected


def register(commands: Any) -> None:
    """Add the commands to the parser."""
    init = commands.add_parser("init", help="maak uw organisatie en de eerste beheerder aan")
    init.add_argument("--name", required=True, help="naam van de organisatie")
    init.add_argument("--kind", default="municipality", help="soort (municipality, ocmw, province, …)")
    init.add_argument("--slug", default="", help="korte naam voor de opdrachtregel")
    init.add_argument("--nis", default="", help="NIS-code, vijf cijfers")
    init.add_argument("--kbo", default="", help="ondernemingsnummer, tien cijfers")
    init.add_argument("--inhabitants", type=int)
    init.add_argument("--email", required=True, help="e-mailadres van de eerste beheerder")
    init.add_argument("--password-stdin", action="store_true", help="lees het wachtwoord van de standaardinvoer")
    init.add_argument("--json", action="store_true")
    init.set_defaults(run=run_init)
    listing = commands.add_parser("organisations", help="toon de organisaties van deze installatie")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=run_list)


def run_init(options: argparse.Namespace) -> int:
    """Create the organisation and an administrator who can log in at once."""
    prepare()
    password, made_up = _password(options)
    made = accounts.create_organisation(
        operator="koopkracht init",
        name=options.name,
        kind=options.kind,
        slug=options.slug,
        nis_code=options.nis,
        kbo_number=options.kbo,
        inhabitants=options.inhabitants,
    )
    operator = accounts.operator_actor(organisation_id=made.id, label="koopkracht init")
    accounts.create_person(actor=operator, email=options.email, roles=["administrator", "buyer"], password=password)
    if options.json:
        print(json.dumps({"organisation": made.slug, "email": options.email}))
        return 0
    print(f"{made.name} is klaar. Korte naam voor de opdrachtregel: {made.slug}.")
    if made_up:
        print(f"Meld u aan als {options.email} met dit wachtwoord: {password}")
        print("Schrijf het nu op; het wordt nergens bewaard. U kunt het wijzigen bij «Mijn account».")
    print("Volgende stap: «koopkracht serve», en laad dan uw uitgaven in.")
    return 0


def run_list(options: argparse.Namespace) -> int:
    """List the organisations with their short names."""
    found = accounts.organisations()
    if options.json:
        print(json.dumps([{"slug": one.slug, "name": one.name, "kind": one.kind} for one in found], ensure_ascii=False))
    else:
        for one in found:
            print(f"{one.slug:24} {one.name}")
    return 0


def _password(options: argparse.Namespace) -> tuple[str, bool]:
    """Return the password and whether we made it up."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\n"), False
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(12), True
    first = getpass.getpass("Wachtwoord (leeg: wij maken er een): ")
    if not first:
        return secrets.token_urlsafe(12), True
    if first != getpass.getpass("Nog eens: "):
        raise Rejected("De twee wachtwoorden zijn niet gelijk. Begin opnieuw.", code="password-differs")
    return first, False
