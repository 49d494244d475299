"""All rollups of a town from its lines, against DuckDB alone adding up the same files by year, month and supplier.

First the answers are compared: the same cents per year and supplier. The baseline knows no product groups, no
descriptions and no database; the rest of the time is what assignment and durable rollups cost. Shown apart: the first
rebuild (every line is read) and one after a new rule (only the kept sums are). Measured is processor time of all
threads, so that other work on the machine does not count; DuckDB alone runs twice and its better time is the baseline.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from overview import make_town, write_lines


def main() -> int:
    """Generate, compare, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=2_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["KOOPKRACHT_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koopkracht.config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return measure(options.lines)


def measure(lines: int) -> int:
    """Print seconds and ratios; 1 when the answers differ."""
    from koopkracht.lake import api as lake
    from koopkracht.lake.types import SPEND_LINES
    from koopkracht.monitoring import api as monitoring

    town, suppliers = make_town(lines)
    write_lines(town.pk, suppliers, lines)
    paths = [str(file.path) for file in lake.files(organisation_ids=[town.pk], table=SPEND_LINES)]
    bare, answer = min((timed(lambda: with_duckdb(paths)) for _ in range(2)), key=lambda found: found[0])
    first, _report = timed(lambda: monitoring.rebuild(organisation_id=town.pk, progress=lambda *_step: None))
    again, _report = timed(
        lambda: monitoring.rebuild(organisation_id=town.pk, progress=lambda *_step: None, force=True)
    )
    print(f"DuckDB alone {bare:.2f} s; first rebuild {first:.2f} s ({first / bare:.1f}x); "
          f"after a new rule {again:.2f} s ({again / bare:.1f}x)")  # fmt: skip
    equal = answer == stored(town.pk)
    print("answers equal" if equal else "ANSWERS DIFFER")
    return int(not equal)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor time of some work, and its answer."""
    started = time.process_time()
    answer = work()
    return time.process_time() - started, answer


def with_duckdb(paths: list[str]) -> dict[tuple[int, int], int]:
    """Add up by year, month and supplier, and return the sums per year and supplier."""
    import duckdb

    rows = duckdb.connect().execute(
        "SELECT year, supplier_id, month(booking_date), sum(amount_cents) FROM read_parquet(?) GROUP BY ALL", [paths]
    )
    found: dict[tuple[int, int], int] = {}
    for year, supplier, _month, cents in rows.fetchall():
        found[year, supplier] = found.get((year, supplier), 0) + int(cents)
    return found


def stored(organisation_id: int) -> dict[tuple[int, int], int]:
    """Return the same from the rollups."""
    from koopkracht.monitoring.models import SupplierYear

    rows = SupplierYear.objects.of(organisation_id).values_list("year", "supplier_id", "cents")
    return {(year, supplier): cents for year, supplier, cents in rows}


if __name__ == "__main__":
    sys.exit(main())
