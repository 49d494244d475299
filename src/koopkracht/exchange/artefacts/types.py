"""The official files an operator can load, and what is known of a loaded one. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class ArtefactKind(StrEnum):
    """What is loaded; each kind has one version in use, the one loaded last."""

    EN16931_UBL = "en16931-ubl"
    PEPPOL_UBL = "peppol-ubl"
    UBL_XSD = "ubl-xsd"
    OCDS_SCHEMA = "ocds-schema"
    EFORMS_SDK = "eforms-sdk"
    EFORMS_SCHEMATRON = "eforms-schematron"


LABELS: dict[ArtefactKind, str] = {
    ArtefactKind.EN16931_UBL: "Regels voor facturen (EN 16931)",
    ArtefactKind.PEPPOL_UBL: "Regels van Peppol BIS Billing",
    ArtefactKind.UBL_XSD: "Schema's van UBL 2.1",
    ArtefactKind.OCDS_SCHEMA: "Schema's van OCDS",
    ArtefactKind.EFORMS_SDK: "eForms SDK (velden, codelijsten, schema's)",
    ArtefactKind.EFORMS_SCHEMATRON: "Regels van eForms",
}
USES: dict[ArtefactKind, str] = {
    ArtefactKind.EN16931_UBL: "Zonder deze regels rekenen we facturen alleen zelf na.",
    ArtefactKind.PEPPOL_UBL: "Zonder deze regels kijken we de afspraken van Peppol niet na.",
    ArtefactKind.UBL_XSD: "Zonder deze schema's kijken we de opbouw van een factuurbestand niet na.",
    ArtefactKind.OCDS_SCHEMA: "Zonder deze schema's voegen we verschillende releases van één opdracht niet samen.",
    ArtefactKind.EFORMS_SDK: "Zonder deze bestanden kijken we een eForms-aankondiging niet na tegen het schema.",
    ArtefactKind.EFORMS_SCHEMATRON: "Zonder deze regels kijken we een eForms-ontwerp niet volledig na.",
}


@dataclass(frozen=True, slots=True)
class Artefact:
    """A loaded official file: its version, where it is, and which bytes it came from."""

    kind: ArtefactKind
    version: str
    folder: Path
    filename: str
    sha256: str
    loaded_at: dt.datetime
    files: int


@dataclass(frozen=True, slots=True)
class ArtefactState:
    """One kind as the page of the operator shows it."""

    kind: ArtefactKind
    label: str
    use: str
    loaded: Artefact | None
    problem: str = ""
