"""From the suppliers a file names to ids in the register: each distinct one is asked for once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from koopkracht.exchange.formats.spend_rows import Converted, SupplierKey
from koopkracht.market import api as market
from koopkracht.market.types import SupplierCandidate
from koopkracht.shared.actor import Actor

SOURCE = "spend"


class SupplierIds:
    """Remembers the ids of the suppliers met so far in one import."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._ids: dict[SupplierKey, int] = {}

    def learn(self, keys: Sequence[SupplierKey]) -> None:
        """Have the register resolve those of ``keys`` that are new and name a supplier."""
        new = [key for key in dict.fromkeys(keys) if any(key) and key not in self._ids]
        if not new:
            return
        candidates = [
            SupplierCandidate(
                key=str(position),
                name=name,
                identifier=enterprise_number or None,
                vat=vat_number or None,
                external_id=number or None,
            )
            for position, (name, number, enterprise_number, vat_number) in enumerate(new)
        ]
        found = market.resolve_suppliers(actor=self._actor, candidates=candidates, source=SOURCE)
        self._ids.update({key: found[str(position)] for position, key in enumerate(new)})

    def complete(self, part: Converted) -> pa.Table:
        """Return the lines of a block with the id of the supplier of each."""
        ids = np.array([self._ids.get(key, 0) for key in part.suppliers] or [0], dtype=np.int64)
        nameless = part.supplier < 0
        of_line = pa.array(ids[np.maximum(part.supplier, 0)], pa.int64(), mask=nameless if nameless.any() else None)
        return part.lines.append_column("supplier_id", of_line)
