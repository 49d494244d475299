"""Loads the demonstration town through the real import path: nothing here writes to a table by itself."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import structlog

from koopkracht.accounts import api as accounts
from koopkracht.accounts.types import OrganisationView
from koopkracht.demo import (
    invoices,
    market_sheets,
    market_surveys,
    notices,
    registers,
    spend,
    strategy_goals,
    strategy_indicators,
    strategy_planner,
    strategy_selection,
    strategy_stories,
    strategy_support,
    strategy_workgroup,
)
from koopkracht.demo.town import content, enterprise_number
from koopkracht.exchange import api as exchange
from koopkracht.jobs import api as jobs
from koopkracht.market import api as market
from koopkracht.monitoring import api as monitoring
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import KoopkrachtError, NotFound

PASSWORD = "koopkracht-demo"  # noqa: S105 - printed on the screen on purpose: everything in it is invented
OPERATOR = "demonstratie"
log = structlog.get_logger("koopkracht.demo")
Say = Callable[[str], None]
STRATEGY = (
    strategy_workgroup.load,
    strategy_support.load,
    strategy_goals.load,
    strategy_indicators.load,
    market_sheets.load,
    market_surveys.load,
    strategy_selection.load,
    strategy_stories.load,
)


def is_loaded() -> bool:
    """Tell whether the demonstration town is there already."""
    try:
        accounts.organisation_by_slug(slug=content("town")["town"]["slug"])
    except NotFound:
        return False
    return True


def load(*, say: Say) -> None:
    """Create the town, its neighbours and its people, and import all its files; ``say`` reports each step."""
    described = content("town")
    say("Het voorbeeldbestuur Gemeente Lindebeke wordt aangemaakt")
    town = _organisation(described["town"])
    actor = accounts.operator_actor(organisation_id=town.id, label=OPERATOR)
    for linked in described["linked"]:
        other = _organisation(linked)
        accounts.link_organisations(actor=actor, source_id=other.id, target_id=town.id, relation=linked["relation"])
    people = _people(actor, described["people"])
    for step, kind, filename, data in _files():
        say(step)
        import_bytes(actor=actor, kind=kind, filename=filename, data=data)
    say("Dubbele leveranciers worden gezocht")
    market.propose_duplicates(actor=actor)
    _load_neighbours(described["neighbours"], say)
    say("De cijfers worden berekend")
    monitoring.set_sharing(actor=actor, shares=True)
    jobs.run_until_idle()
    for fill in STRATEGY:
        fill(people=people, say=say)
    jobs.run_until_idle()
    # Last: the planner reads the plan, the targets and the market.
    strategy_planner.load(people=people, say=say)
    jobs.run_until_idle()


def _people(operator: Actor, described: list[dict[str, Any]]) -> dict[str, Actor]:
    """Create the people of the town and return who acts in each role."""
    acting = {}
    for row in described:
        person = accounts.create_person(
            actor=operator, email=row["email"], name=row["name"], roles=row["roles"], password=PASSWORD
        )
        actor = accounts.actor_for(user_id=person.id, organisation_id=operator.organisation_id)
        acting.update(dict.fromkeys(row["roles"], actor))
    return acting


def import_bytes(*, actor: Actor, kind: str, filename: str, data: bytes) -> None:
    """Receive, plan and apply one file; a refusal is logged: the demonstration has files that must be refused."""
    importer = exchange.IMPORTERS[kind]
    for receipt in importer.receive(actor=actor, filename=filename, stream=io.BytesIO(data), source=OPERATOR):
        try:
            importer.plan(actor=actor, receipt_id=receipt.id)
            importer.apply(actor=actor, receipt_id=receipt.id)
        except KoopkrachtError as error:
            log.warning("demonstration file refused", file=receipt.filename, code=error.code)


def write_example_files(folder: Path) -> list[Path]:
    """Write the files of the town to ``folder``, for people who want to import them by hand, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for _, _, filename, data in _files():
        (folder / filename).write_bytes(data)
        written.append(folder / filename)
    return written


def _files() -> Iterator[tuple[str, str, str, bytes]]:
    for year in spend.YEARS:
        filename, data = spend.export_file(year, spend.lines_of(year))
        yield f"Uitgaven van {year} worden ingeladen", "spend", filename, data
    yield "Leveranciers worden aangevuld", "register", "leveranciers.csv", registers.supplier_details()
    yield (
        "Sociale ondernemingen worden ingeladen",
        "register",
        "sociale-ondernemingen.csv",
        registers.social_enterprises(),
    )
    yield "De aankoopplanning wordt ingeladen", "register", "aankoopplanning.csv", registers.purchasing_plan()
    yield "Aankondigingen worden ingeladen", "eforms", "aankondigingen.tar", notices.archive()
    if "ubl" in exchange.IMPORTERS:
        yield "Facturen worden ingeladen", "ubl", "facturen.tar", invoices.archive()


def _load_neighbours(rows: list[dict[str, object]], say: Say) -> None:
    for row in rows:
        say(f"Uitgaven van {row['name']} worden ingeladen (om te vergelijken)")
        neighbour = _organisation(row)
        actor = accounts.operator_actor(organisation_id=neighbour.id, label=OPERATOR)
        for year in spend.YEARS[-2:]:
            lines = spend.lines_of(
                year, factor=float(str(row["factor"])), social=float(str(row["social"])), seed=neighbour.slug
            )
            filename, data = spend.export_file(2024, lines)
            import_bytes(
                actor=actor,
                kind="spend",
                filename=filename.replace("lindebeke-2024", f"{neighbour.slug}-{year}"),
                data=data,
            )
        import_bytes(actor=actor, kind="register", filename="leveranciers.csv", data=registers.supplier_details())
        monitoring.set_sharing(actor=actor, shares=True)


def _organisation(row: dict[str, object]) -> OrganisationView:
    return accounts.create_organisation(
        operator=OPERATOR,
        name=str(row["name"]),
        kind=str(row["kind"]),
        slug=str(row["slug"]),
        kbo_number=enterprise_number(int(str(row["kbo_seed"]))),
        inhabitants=int(str(row["inhabitants"])),
    )
