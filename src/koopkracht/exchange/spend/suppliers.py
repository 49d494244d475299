"""From the suppliers a file names to ids in the register: each distinct one is asked for once."""

from __future__ import annotations

import pyarrow as pa

from koopkracht.exchange.formats.spend_rows import NAMELESS, SEPARATOR, Converted
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import SupplierCandidate
from koopkracht.shared.actor import Actor

SOURCE = "spend"


class SupplierIds:
    """Remembers the ids of the suppliers met so far in one import."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._ids: dict[str, int] = {}

    def complete(self, part: Converted) -> pa.Table:
        """Return the lines of a block with the id of the supplier of each; new ones are resolved first."""
        keys = part.suppliers.to_pylist()
        self._learn([key for key in keys if key not in self._ids and key != NAMELESS])
        ids = pa.array([self._ids.get(key) for key in keys], pa.int64())
        of_line = ids.take(pa.array(part.supplier, mask=part.supplier < 0))
        return part.lines.append_column("supplier_id", of_line)

    def distinct(self) -> int:
        """Return how many suppliers the lines so far name, whatever the spelling; merged ones count once."""
        canonical = market.canonical_ids(organisation_id=self._actor.organisation_id)
        return len({canonical.get(supplier_id, supplier_id) for supplier_id in self._ids.values()})

    def _learn(self, new: list[str]) -> None:
        """Have the register resolve the suppliers that are new."""
        if not new:
            return
        candidates = [_candidate(key) for key in new]
        self._ids.update(market.resolve_suppliers(actor=self._actor, candidates=candidates, source=SOURCE))


def _candidate(key: str) -> SupplierCandidate:
    name, number, enterprise_number, vat_number = key.split(SEPARATOR)
    return SupplierCandidate(
        key=key,
        name=name,
        identifier=enterprise_number or None,
        vat=vat_number or None,
        external_id=number or None,
    )
