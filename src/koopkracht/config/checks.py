"""What must be in order before a town can rely on this installation, each with a way to mend it."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

ENOUGH_BYTES = 2 * 1024**3
MARKS = {"ok": "[in orde]   ", "warning": "[let op]    ", "error": "[herstellen]"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``level`` is ok, warning or error; ``message`` says how to mend it."""

    subject: str
    level: str
    message: str

    @property
    def mark(self) -> str:
        """Return the mark that starts the line on the terminal."""
        return MARKS[self.level]

    def as_dict(self) -> dict[str, Any]:
        """Return the finding for machines."""
        return asdict(self)


def run_checks() -> list[Finding]:
    """Look at everything and return the findings in a fixed order; never raises."""
    return [finding for look in LOOKS for finding in look()]


def _data_folder() -> Iterator[Finding]:
    home = Path(settings.HOME)
    if not home.is_dir() or not os.access(home, os.W_OK):
        yield Finding(
            "gegevensmap",
            "error",
            f"{home} bestaat niet of is niet te beschrijven. Maak de map of pas KOOPKRACHT_HOME aan.",
        )
        return
    free = shutil.disk_usage(home).free
    if free < ENOUGH_BYTES:
        yield Finding(
            "gegevensmap",
            "warning",
            f"Op {home} is nog maar {free // 1024**2} MB vrij. Maak plaats voor de volgende import.",
        )
    else:
        yield Finding("gegevensmap", "ok", f"{home}, {free // 1024**3} GB vrij")


def _database() -> Iterator[Finding]:
    try:
        plan = MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(
            "database", "error", f"De database antwoordt niet: {str(error).strip()[:200]}. Kijk DATABASE_URL na."
        )
        return
    if plan:
        yield Finding(
            "database",
            "error",
            f"{len(plan)} aanpassingen van de tabellen wachten. Voer «koopkracht serve» of «koopkracht init» uit.",
        )
    else:
        yield Finding("database", "ok", f"{connection.vendor}, alle tabellen zijn bij")
    if connection.vendor == "sqlite":
        yield from _sqlite_durability()


def _sqlite_durability() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        level = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if level < 2:
        yield Finding(
            "database",
            "error",
            "SQLite staat op synchronous=NORMAL: bij een stroompanne kunt u werk verliezen. Zet het op FULL.",
        )
    else:
        yield Finding("database", "ok", "bevestigd werk overleeft een stroompanne (synchronous=FULL)")


def _secret() -> Iterator[Finding]:
    if (
        settings.PRODUCTION
        and (Path(settings.HOME) / "secret.key").exists()
        and "KOOPKRACHT_SECRET_KEY" not in os.environ
    ):
        yield Finding(
            "sleutel",
            "warning",
            "De geheime sleutel staat in de gegevensmap. Geef hem in productie met KOOPKRACHT_SECRET_KEY.",
        )
    else:
        yield Finding("sleutel", "ok", "er is een geheime sleutel")


def _hosts() -> Iterator[Finding]:
    if settings.PRODUCTION and "localhost" in settings.ALLOWED_HOSTS:
        yield Finding("adres", "error", "KOOPKRACHT_HOSTS noemt het adres van uw website nog niet.")
    else:
        yield Finding("adres", "ok", ", ".join(settings.ALLOWED_HOSTS))


def _assets() -> Iterator[Finding]:
    if (Path(settings.STATICFILES_DIRS[0]) / "vendor").is_dir():
        yield Finding("opmaak", "ok", "stijlen, iconen en grafieken zijn gemaakt")
    else:
        yield Finding(
            "opmaak", "error", "De stijlen zijn niet gemaakt. Voer «make setup» uit of installeer het volledige pakket."
        )


def _optional_parts() -> Iterator[Finding]:
    if importlib.util.find_spec("saxonche"):
        yield Finding("factuurregels", "ok", "de officiële factuurregels kunnen uitgevoerd worden als u ze laadt")
    else:
        yield Finding(
            "factuurregels",
            "warning",
            "Zonder saxonche worden de officiële regels EN 16931 niet nagekeken. Installeer koopkracht[schematron].",
        )
    if "consolemail" in settings.EMAIL_BACKEND or settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        yield Finding(
            "e-mail",
            "warning",
            "E-mails verschijnen enkel in het logboek. Stel KOOPKRACHT_EMAIL_URL in om ze echt te sturen.",
        )
    else:
        yield Finding("e-mail", "ok", "er is een mailserver ingesteld")


def _django() -> Iterator[Finding]:
    try:
        call_command("check", deploy=settings.PRODUCTION, fail_level="WARNING", stdout=io.StringIO())
    except Exception as error:  # noqa: BLE001 - whatever Django reports becomes one finding
        yield Finding("instellingen", "error", f"Django meldt: {str(error).strip()[:600]}")
    else:
        yield Finding("instellingen", "ok", "Django vindt geen problemen")


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _data_folder,
    _database,
    _secret,
    _hosts,
    _assets,
    _optional_parts,
    _django,
)
