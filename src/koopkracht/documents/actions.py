"""Use cases of the document store: take a file in, or refuse it for a stated reason."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from koopkracht.audit import api as audit
from koopkracht.documents import checks, sandbox, scanner, storage
from koopkracht.documents.errors import FileRefused
from koopkracht.documents.models import Document
from koopkracht.documents.queries import ref_of
from koopkracht.documents.types import ACCEPTED, KIND_LABELS, MEDIA_TYPES, DocumentRef, Purpose
from koopkracht.shared.actor import Actor
from koopkracht.shared.guards import FileKind

_EVIDENCE_LIMIT_MB = 50


def limit_of(purpose: Purpose) -> int:
    """Return how many bytes a file for this purpose may have."""
    return int(settings.UPLOAD_LIMITS_MB.get(purpose.value, _EVIDENCE_LIMIT_MB)) << 20


def store(*, actor: Actor, source: bytes | BinaryIO, filename: str, purpose: Purpose) -> DocumentRef:
    """Take a file in: stream, hash, recognise, check, scan, keep."""
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    name = _clean_name(filename)
    with storage.staged(stream, limit=limit_of(purpose)) as file:
        kind = checks.kind_of(file.path, file.head, name)
        _refuse_other_kinds(kind, purpose)
        _inspect(file, kind, purpose)
        scanner.scan(file.path)
        storage.publish(file)
        return _remember(actor, file, name, kind, purpose)


def _remember(actor: Actor, file: storage.Staged, name: str, kind: FileKind, purpose: Purpose) -> DocumentRef:
    with transaction.atomic():
        document, is_new = Document.objects.get_or_create(
            organisation_id=actor.organisation_id,
            sha256=file.sha256,
            purpose=purpose.value,
            defaults={
                "size": file.size,
                "filename": name,
                "media_type": MEDIA_TYPES.get(kind, "application/octet-stream"),
                "kind": kind.value,
                "stored_by_id": actor.user_id,
            },
        )
        if is_new:
            audit.record(
                actor=actor,
                action="document.stored",
                subject="document",
                subject_key=document.pk,
                data={"sha256": file.sha256, "size": file.size, "purpose": purpose.value},
            )
    return ref_of(document, is_new=is_new)


def _refuse_other_kinds(kind: FileKind, purpose: Purpose) -> None:
    accepted = ACCEPTED[purpose]
    if kind in accepted:
        return
    wanted = ", ".join(sorted(KIND_LABELS[each] for each in accepted))
    raise FileRefused(
        f"Dit is {KIND_LABELS[kind]}. Hier kunt u alleen deze soorten inladen: {wanted}.",
        code="document-kind",
        kind=kind.value,
    )


def _inspect(file: storage.Staged, kind: FileKind, purpose: Purpose) -> None:
    """Guard in a child process, unless the guard is linear and the file small.

    What is read piece by piece is judged piece by piece when it is read: JSON lines, and the files in a large archive.
    """
    if _is_judged_while_reading(file, kind, purpose):
        return
    if kind in checks.IN_PROCESS and file.size <= checks.SMALL:
        checks.inspect(path=str(file.path), kind=kind.value)
        return
    sandbox.run("koopkracht.documents.checks:inspect", arguments={"path": str(file.path), "kind": kind.value})


def _is_judged_while_reading(file: storage.Staged, kind: FileKind, purpose: Purpose) -> bool:
    if kind is FileKind.JSON:
        return purpose is Purpose.OCDS
    return kind in checks.ARCHIVES and file.size > checks.LARGE_ARCHIVE


def _clean_name(filename: str) -> str:
    name = Path(filename.replace("\\", "/")).name
    return "".join(sign for sign in name if sign.isprintable())[-255:] or "bestand"
