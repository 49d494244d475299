"""A small town with figures, and a person of it at the screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.test import Client

from koopkracht.accounts.models import Organisation
from koopkracht.accounts.permissions import Role
from koopkracht.market.types.suppliers import SupplierKind, SupplierSize
from tests.accounts.factories import member, organisation
from tests.monitoring.factories import Line, batch, rebuild, supplier


@dataclass
class Town:
    """The town, its suppliers by name, and a client that is logged in."""

    of: Organisation
    suppliers: dict[str, int]
    client: Client


def logged_in(of: Organisation, *roles: Role) -> Client:
    client = Client()
    client.force_login(member(of, *roles), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def town(db: None) -> Town:
    of = organisation("Gemeente Zonnedijk", inhabitants=20_000)
    suppliers = {
        "De Brug": supplier(of, "De Brug", SupplierKind.SOCIAL_ECONOMY, SupplierSize.MEDIUM),
        "Asfalt nv": supplier(of, "Asfalt nv", SupplierKind.ENTERPRISE, SupplierSize.LARGE),
        "Onbekend": supplier(of, "=HYPERLINK(1)"),
    }
    lines = []
    for year in (2024, 2025):
        lines += [
            Line(300_00, suppliers["De Brug"], dt.date(year, 3, 1), "6102", "Onderhoud", "Schoonmaak school 12"),
            Line(600_00, suppliers["Asfalt nv"], dt.date(year, 6, 1), "6103", "Groen", "Maaien gras"),
            Line(
                100_00 * (year - 2023), suppliers["Onbekend"], dt.date(year, 9, 1), "6999", "Varia", "=1+1 Prestaties"
            ),
        ]
    batch(of, lines)
    rebuild(of)
    return Town(of, suppliers, logged_in(of, Role.ADMINISTRATOR))
