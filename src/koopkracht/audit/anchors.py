"""Anchors: the heads of the chains, written to a file outside the database that only grows.

Each line is one head with its own signature and with the hash of the line before, so that a line that was changed or
taken out is found as well. What nobody can find is a cut of the newest lines of the file itself: send it to a place
where this machine cannot rewrite it.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from koopkracht.audit.chain import GENESIS
from koopkracht.audit.errors import AnchorUnreadable
from koopkracht.audit.models import ChainHead
from koopkracht.audit.types import AnchorResult
from koopkracht.shared import clock


@dataclass(slots=True)
class Anchors:
    """The content of an anchor file: per chain the hash at each anchored sequence, and the lines that do not fit."""

    marks: dict[int, dict[int, str]] = field(default_factory=dict)
    bad_lines: list[int] = field(default_factory=list)
    last_hash: str = GENESIS


def export_anchor(*, path: Path) -> AnchorResult:
    """Append the head of each chain that grew since the last export, flush it to the disk, and say how many.

    Two exports at once queue up. Raises ``AnchorUnreadable`` when the file exists but is something else, and
    ``OSError`` when it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    with os.fdopen(descriptor, "a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = _read(path)
        heads = ChainHead.objects.order_by("organisation_key").values_list("organisation_key", "sequence", "event_hash")
        written = 0
        for organisation, sequence, found in heads:
            if found != known.marks.get(organisation, {}).get(sequence):
                known.last_hash = _append(file, known.last_hash, organisation, sequence, found)
                written += 1
        file.flush()
        os.fsync(file.fileno())
    return AnchorResult(chains=len(heads), written=written)


def read_anchors(path: Path) -> Anchors:
    """Return the anchors in a file; lines whose signature or order is wrong are listed. Raises ``AnchorUnreadable``."""
    if not path.is_file():
        raise AnchorUnreadable(
            f"Het ankerbestand {path} bestaat niet. Geef het bestand op dat «koopkracht audit anchor» schrijft.",
            code="anchor-file-missing",
        )
    return _read(path)


def _read(path: Path) -> Anchors:
    known = Anchors()
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, text in enumerate(file, start=1):
            line = _parsed(text.rstrip("\n"), path, number)
            fits = line["previous"] == known.last_hash and hmac.compare_digest(line["signature"], _signature(line))
            if not fits:
                known.bad_lines.append(number)
            known.marks.setdefault(line["organisation"], {})[line["sequence"]] = line["hash"]
            known.last_hash = hashlib.sha256(text.rstrip("\n").encode()).hexdigest()
    return known


def _parsed(text: str, path: Path, number: int) -> dict[str, Any]:
    try:
        line = json.loads(text)
        return {
            "at": str(line["at"]),
            "organisation": int(line["organisation"]),
            "sequence": int(line["sequence"]),
            "hash": str(line["hash"]),
            "previous": str(line["previous"]),
            "signature": str(line["signature"]),
        }
    except (ValueError, KeyError, TypeError):
        raise AnchorUnreadable(
            f"Regel {number} van {path} is geen anker. Is dit het juiste bestand, of is het beschadigd?",
            code="anchor-file-unreadable",
            line=number,
        ) from None


def _append(file: Any, previous: str, organisation: int, sequence: int, found: str) -> str:
    line: dict[str, Any] = {
        "at": clock.now().isoformat(timespec="seconds"),
        "organisation": organisation,
        "sequence": sequence,
        "hash": found,
        "previous": previous,
    }
    line["signature"] = _signature(line)
    text = json.dumps(line, separators=(",", ":"))
    file.write(text + "\n")
    return hashlib.sha256(text.encode()).hexdigest()


def _signature(line: dict[str, Any]) -> str:
    signed = "\n".join(str(line[name]) for name in ("at", "organisation", "sequence", "hash", "previous"))
    key = hashlib.sha256(f"koopkracht.audit.anchors\n{settings.AUDIT_ANCHOR_KEY}".encode()).digest()
    return hmac.new(key, signed.encode(), hashlib.sha256).hexdigest()
