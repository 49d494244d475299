"""Real notices and real spend beside the invented town, from a folder of reference data that the operator names."""

from __future__ import annotations

from pathlib import Path

from koopkracht.accounts import api as accounts
from koopkracht.accounts.types import OrganisationView
from koopkracht.demo.load import OPERATOR, PASSWORD, Say
from koopkracht.demo.town import content
from koopkracht.exchange import api as exchange
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import KoopkrachtError, NotFound

SLUG = "echte-uitgaven"
NOTICES = ("eforms/notices-real.tar.gz", "eforms/ted-legacy-be.tar.gz")
OFFICIAL = (
    "ubl/EN16931-UBL-validation-1.3.16-preprocessed.sch",
    "eforms/sdk-1.15.1-metadata.tar.gz",
    "ocds/ocds-1.1.5-schema.tar.gz",
)
SPEND = (
    ("spend/vlaams-formaat-afgeleid-1.csv", None),
    ("spend/vlaams-formaat-afgeleid-2.csv", None),
    ("spend/devon-2023-24.zip", "GBP"),
)


def load_reference(folder: Path, *, say: Say) -> None:
    """Import what ``folder`` has: notices into the market of the town, spend into an organisation of its own."""
    town = accounts.organisation_by_slug(slug=content("town")["town"]["slug"])
    buyer = accounts.operator_actor(organisation_id=town.id, label=OPERATOR)
    for name in OFFICIAL:
        if (folder / name).is_file():
            say(f"Officiële regels en schema's worden geladen: {name}")
            with (folder / name).open("rb") as stream:
                exchange.load_artefact(actor=buyer, filename=Path(name).name, stream=stream)
    for name in NOTICES:
        if (folder / name).is_file():
            say(f"Echte aankondigingen worden ingeladen: {name}")
            _import(buyer, "eforms", folder / name)
    spender = accounts.operator_actor(organisation_id=_organisation().id, label=OPERATOR)
    for name, currency in SPEND:
        if (folder / name).is_file():
            say(f"Echte uitgaven worden ingeladen: {name}")
            _import(spender, "spend", folder / name, currency=currency)


def _import(actor: Actor, kind: str, path: Path, *, currency: str | None = None) -> None:
    importer = exchange.IMPORTERS[kind]
    more = {"choice": exchange.SpendChoice(currency=currency)} if currency else {}
    with path.open("rb") as stream:
        receipts = importer.receive(actor=actor, filename=path.name, stream=stream, source=OPERATOR)
    for receipt in receipts:
        if receipt.status == "applied":
            continue
        try:
            importer.plan(actor=actor, receipt_id=receipt.id, **more)
            importer.apply(actor=actor, receipt_id=receipt.id)
        except KoopkrachtError as error:
            raise type(error)(f"{receipt.filename}: {error.message}", code=error.code) from error


def _organisation() -> OrganisationView:
    """Return the organisation with the real spend, made at the first time; the demonstration's buyer may see it."""
    try:
        return accounts.organisation_by_slug(slug=SLUG)
    except NotFound:
        made = accounts.create_organisation(
            operator=OPERATOR, name="Proefbestuur met echte uitgaven", kind="other-authority", slug=SLUG
        )
    actor = accounts.operator_actor(organisation_id=made.id, label=OPERATOR)
    for person in content("town")["people"]:
        accounts.create_person(
            actor=actor, email=person["email"], name=person["name"], roles=person["roles"], password=PASSWORD
        )
    return made
