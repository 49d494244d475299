"""Use cases of official files: load one, list what is loaded, tell which rules an invoice is held against."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from koopkracht.audit import api as audit
from koopkracht.documents import api as documents
from koopkracht.documents.types import Purpose
from koopkracht.exchange.artefacts import store
from koopkracht.exchange.artefacts.recognise import recognise
from koopkracht.exchange.artefacts.types import LABELS, USES, Artefact, ArtefactKind, ArtefactState
from koopkracht.exchange.formats.ocds import OcdsSchemas
from koopkracht.exchange.formats.ubl_rules import LoadedRules
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import Rejected
from koopkracht.shared.guards import ArchiveLimits, iterate_files

PERMISSION = "artefacts.manage"
_LIMITS = ArchiveLimits(size=200 << 20, entries=10_000, member=64 << 20, total=400 << 20)


def load_artefact(*, actor: Actor, filename: str, stream: BinaryIO) -> Artefact:
    """Check an official file, try it out, and put it in use; version and hash are recorded."""
    actor.require(PERMISSION)
    document = documents.store(actor=actor, stream=stream, filename=filename, purpose=Purpose.ARTEFACTS)
    path = documents.path_of(organisation_id=actor.organisation_id, sha256=document.sha256)
    found = recognise(_files(path, document.filename), document.filename)
    artefact = store.put(
        kind=found.kind,
        version=found.version,
        files=found.files,
        filename=document.filename,
        sha256=document.sha256,
        loaded_at=clock.now(),
    )
    with transaction.atomic():
        audit.record(
            actor=actor,
            action="artefact.loaded",
            subject="artefact",
            subject_key=artefact.kind.value,
            data={"version": artefact.version, "sha256": artefact.sha256, "files": artefact.files},
        )
    return artefact


def artefacts() -> tuple[ArtefactState, ...]:
    """Return every kind with the version in use, and whether its files are still what was loaded."""
    states = []
    for kind in ArtefactKind:
        loaded = store.current(kind)
        changed = store.changed_files(loaded) if loaded else []
        problem = f"Gewijzigd of verdwenen sinds het laden: {', '.join(changed[:3])}." if changed else ""
        states.append(ArtefactState(kind=kind, label=LABELS[kind], use=USES[kind], loaded=loaded, problem=problem))
    return tuple(states)


def invoice_rules() -> LoadedRules:
    """Return what invoices are held against now."""
    schematron: dict[str, Path] = {}
    versions: dict[str, str] = {}
    for name, kind in (("en16931", ArtefactKind.EN16931_UBL), ("peppol", ArtefactKind.PEPPOL_UBL)):
        if loaded := store.current(kind):
            schematron[name] = loaded.folder / "rules.sch"
            versions[name] = loaded.version
    schemas = store.current(ArtefactKind.UBL_XSD)
    if schemas:
        versions["xsd"] = schemas.version
    return LoadedRules(schematron=schematron, schemas=schemas.folder if schemas else None, versions=versions)


def ocds_schemas() -> OcdsSchemas | None:
    """Return the loaded OCDS schemas, or ``None``."""
    loaded = store.current(ArtefactKind.OCDS_SCHEMA)
    return OcdsSchemas.load(loaded.folder) if loaded else None


def current_artefact(*, kind: ArtefactKind | str) -> Artefact | None:
    """Return the version of a kind that is in use, or ``None``."""
    return store.current(ArtefactKind(kind))


def _files(path: Path, filename: str) -> dict[str, bytes]:
    found = {member.name: member.data for member in iterate_files(path, filename, _LIMITS)}
    if not found:
        raise Rejected("Dit archief is leeg.", code="artefact-empty")
    return found
