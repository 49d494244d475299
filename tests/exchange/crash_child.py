"""The process that a crash test kills: import one file into the database named by the environment.

Run as a module with a data folder, a step and its arguments. ``prepare`` makes the database and plans the file;
``apply`` takes it over, slowly enough to be hit at any point; ``state`` prints what is there.
"""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any


def _start() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koopkracht.config.settings")
    import django

    django.setup()


def _actor() -> Any:
    from koopkracht.accounts.models import Organisation
    from tests.accounts.factories import bare_actor

    return bare_actor(Organisation.objects.get(slug="crash").pk)


def prepare(lines: int) -> None:
    from django.core.management import call_command

    from koopkracht.accounts.models import Organisation
    from koopkracht.exchange import api
    from tests.exchange.spend_files import csv_bytes

    call_command("migrate", verbosity=0)
    Organisation.objects.create(name="Gemeente Crash", kind="municipality", slug="crash")
    rows = [
        (f"{n % 28 + 1:02d}/03/2025", f"Firma {n % 500}", str(n % 500), f"{n},{n % 100:02d}", "61", f"F-{n}")
        for n in range(lines)
    ]
    (receipt,) = api.receive_spend(actor=_actor(), filename="groot.csv", stream=io.BytesIO(csv_bytes(rows)))
    api.plan_spend(actor=_actor(), receipt_id=receipt.id)


def apply() -> None:
    from koopkracht.exchange import api
    from koopkracht.exchange.formats import text_blocks

    # Many small blocks, so that there are many points at which the process can die.
    text_blocks.blocks.__kwdefaults__["size"] = 64 * 1024
    actor = _actor()
    (receipt,) = api.receipts(organisation_id=actor.organisation_id, kind="spend")
    sys.stdout.write("started\n")
    sys.stdout.flush()
    api.apply_spend(actor=actor, receipt_id=receipt.id)


def state() -> None:
    import pyarrow.parquet as pq

    from koopkracht.audit.models import Event
    from koopkracht.exchange import api
    from koopkracht.exchange.models import ImportIssue, Provenance
    from koopkracht.lake import api as lake
    from koopkracht.lake.types import SPEND_LINES

    actor = _actor()
    files = lake.files(organisation_ids=[actor.organisation_id], table=SPEND_LINES)
    (receipt,) = api.receipts(organisation_id=actor.organisation_id, kind="spend")
    found = {
        "status": receipt.status,
        "files": len(files),
        "rows": sum(pq.read_metadata(file.path).num_rows for file in files),
        "sum": sum(batch.sum_cents for batch in lake.batches(organisation_id=actor.organisation_id, table=SPEND_LINES)),
        "sound": lake.verify().ok,
        "provenance": Provenance.objects.count(),
        "issues": ImportIssue.objects.count(),
        "audited": Event.objects.filter(action="spend.applied").count(),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    Path(os.environ["KOOPKRACHT_HOME"]).mkdir(parents=True, exist_ok=True)
    _start()
    {"prepare": lambda: prepare(int(sys.argv[2])), "apply": apply, "state": state}[sys.argv[1]]()
